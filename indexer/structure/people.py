"""Who asked, who answered, who signed, and for which ministry.

In goes text, out come people with a role, and the name of a ministry. Only printed names are
taken; a ministry is one of the table, under the name that was printed.
"""

from __future__ import annotations

import re

from indexer.paper import Person

MINISTRIES = (
    "Algemene Zaken",
    "Asiel en Migratie",
    "Binnenlandse Zaken en Koninkrijksrelaties",
    "Buitenlandse Handel en Ontwikkelingshulp",
    "Buitenlandse Handel en Ontwikkelingssamenwerking",
    "Buitenlandse Zaken",
    "Defensie",
    "Economische Zaken en Klimaat",
    "Economische Zaken, Landbouw en Innovatie",
    "Economische Zaken",
    "Financiën",
    "Infrastructuur en Milieu",
    "Infrastructuur en Waterstaat",
    "Justitie en Veiligheid",
    "Veiligheid en Justitie",
    "Justitie",
    "Klimaat en Groene Groei",
    "Landbouw, Natuur en Voedselkwaliteit",
    "Landbouw, Visserij, Voedselzekerheid en Natuur",
    "Onderwijs, Cultuur en Wetenschap",
    "Sociale Zaken en Werkgelegenheid",
    "Verkeer en Waterstaat",
    "Volksgezondheid, Welzijn en Sport",
    "Volkshuisvesting en Ruimtelijke Ordening",
    "Volkshuisvesting, Ruimtelijke Ordening en Milieubeheer",
)
ANY_MINISTRY = "|".join(
    re.escape(name).replace(r"\ ", r"\s+") for name in sorted(MINISTRIES, key=len, reverse=True)
)
MINISTRY = re.compile(rf"(?:{ANY_MINISTRY})\b", re.IGNORECASE)
OFFICE = r"(?:[Mm]inister(?:-president)?|[Ss]taatssecretaris)"

ASKERS = re.compile(
    r"^Vragen\s+van\s+(?:het\s+lid|de\s+leden)\s+(?P<names>.{3,400}?)\s+aan\s+(?:de|het)\s",
    re.DOTALL | re.MULTILINE,
)
MEMBER = re.compile(r"(?P<name>[^(),]+?)\s*\((?P<party>[^()]{2,25})\)")
ANSWER = re.compile(
    rf"^(?:Antwoord(?:en)?|Mededeling)\s+van\s+(?P<rest>(?:de\s+)?{OFFICE}.{{3,400}}?)\(\s*\(?\s*ontvangen",
    re.DOTALL | re.MULTILINE,
)
ANSWERER = re.compile(
    rf"{OFFICE}\s+(?P<name>(?!van\b|voor\b)[^(),]+?)\s*\((?P<office>[^()]+)\)", re.DOTALL
)
SIGNED = re.compile(
    rf"^(?i:de\s+{OFFICE})(?:\s+(?i:van|voor)\s+(?P<office>[^\n]+(?:\n[^\n]+?)??))?,\s*$",
    re.MULTILINE,
)
INITIALS = r"(?:(?:drs|mr|dr|ir|ing|prof)\.\s*)*(?:[A-Z]\.\s?(?:Th\.\s?)?)+(?:\([^)]+\)\s?)?"
NAME_LINE = re.compile(rf"^(?P<name>{INITIALS}\s?[^\d\n,]{{2,50}}|[A-Z]\w+(?: [\w’'-]+){{1,4}})$")
HEADING = re.compile(
    r"^(?:Nr\.? ?\d+\s+)?(?:GEWIJZIGD )?AMENDEMENT VAN (?:HET LID|DE LEDEN) (?P<names>[^a-z\n]+)$",
    re.MULTILINE,
)
MOVED = re.compile(r"gaat over tot de orde van de dag\.?\s*\n(?P<names>(?:[^\n]{2,40}\n?){1,30})")


def ministry_in(text: str) -> str | None:
    """Return the first ministry that a text names, as the table writes it."""
    match = MINISTRY.search(text)
    return _canonical(match.group()) if match else None


def _canonical(printed: str) -> str:
    plain = " ".join(printed.split()).lower()
    return next(name for name in MINISTRIES if name.lower() == plain)


def askers(head: str) -> list[Person]:
    """Return who asked: `Vragen van de leden Sneller (D66) en Van Dijk (SP) aan …`."""
    match = ASKERS.search(head)
    if match is None:
        return []
    found = MEMBER.finditer(" ".join(match["names"].split()))
    return [person for m in found for person in _members(_bare(m["name"]), m["party"].strip())]


def _members(names: str, party: str) -> list[Person]:
    """Return `Bushoff en Patijn (beiden GroenLinks-PvdA)` as two people."""
    shared = re.match(r"(?:beiden|allen)\s+", party)
    if shared is None:
        return [Person(names, "indiener", party)]
    each = re.split(r"\s*,\s*(?:en\s+)?|\s+en\s+", names)
    return [Person(name, "indiener", party[shared.end() :]) for name in each]


def _bare(name: str) -> str:
    return re.sub(r"^(?:en|,|\s)+\s*", "", name).strip(" ,")


def answerers(head: str) -> tuple[list[Person], str | None]:
    """Return who answered (or told of a delay), and the first one's ministry."""
    match = ANSWER.search(head)
    if match is None:
        return [], None
    rest = " ".join(match["rest"].split())
    found = [Person(m["name"].strip(), "beantwoorder") for m in ANSWERER.finditer(rest)]
    return found, ministry_in(rest)


def signatories(text: str, role: str) -> tuple[list[Person], str | None]:
    """Return who signed as minister or state secretary, and the first one's ministry."""
    people: list[Person] = []
    ministry: str | None = None
    for match in SIGNED.finditer(text):
        ministry = ministry or ministry_in(match["office"] or "")
        for line in text[match.end() :].strip().split("\n")[:4]:
            name = NAME_LINE.match(line.strip())
            if name:
                people.append(Person(" ".join(name["name"].split()), role))
                break
    return people, ministry


def movers(text: str) -> list[Person]:
    """Return who moved a motion or an amendment: the names under it, or in its heading."""
    match = MOVED.search(text)
    if match is None:
        return _in_heading(text)
    lines = [line.strip() for line in match["names"].split("\n")]
    names = [line for line in lines if re.fullmatch(r"[^\d:;]{2,40}", line)]
    return [Person(name, "indiener") for name in names]


def _in_heading(text: str) -> list[Person]:
    """Return the names of `AMENDEMENT VAN DE LEDEN X EN Y` as they are written under it."""
    heading = HEADING.search(text)
    if heading is None:
        return []
    lines = {line.strip().upper(): line.strip() for line in text.split("\n")}
    names = re.split(r"\s*,\s*|\s+EN\s+", heading["names"].strip())
    return [Person(lines[name], "indiener") for name in names if name in lines]
