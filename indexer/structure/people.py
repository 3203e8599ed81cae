"""Who asked, who answered, who moved a motion.

In goes text, out come people with their roles, and the ministry of whoever answers. Only
names that are printed are returned, as they are printed; the party is the one behind the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.paper import Person
from indexer.structure.ministries import (
    find_ministry,
    ministry_among,
    ministry_name,
    names_task,
)

MINISTER = r"(?:Minister-?\s?[Pp]resident|Minister|Staatssecretaris)"
MINISTERS = rf"(?:{MINISTER}|Ministers|Staatssecretarissen)"
# Must match `Vragen van de leden Stokmans (D66) en Van⏎der Meulen (SP) aan de`, `Mondelinge vragen
# van het lid`, `de Kamervragen van het lid`, `de vragen die zijn gesteld door het lid`, and the
# slip `Vragen van het leden`; the names end where the addressee or the matter begins.
ASKERS = re.compile(
    r"\b(?:[Kk]amerv|[Vv])ra(?:ag|gen)\s+(?:(?:die\s+(?:zijn|werden|waren)\s+)?gesteld\s+door|van)"
    r"\s+(?:(?:het|de|een)\s+)?(?:leden\s+lid|leden|lid|Kamerlid|Kamerleden)"
    r"\s+(?P<names>(?:(?!\bover\b|\n\n).){3,600}?)(?:\s+aan\s+(?:de|het)\s"
    r"|(?<=\))\s+(?:over|inzake|betreffende|met\s+betrekking|\(?(?:ingezonden|kenmerk|20\d\d ?Z))"
    r"\s?)",
    re.DOTALL,
)
# One or more names that share a party: `Stokmans en Feddema (beiden D66)`, `Feddema(beiden …)`.
OF_PARTY = re.compile(r"(?P<names>[^()]+?)\s*\((?P<party>[^()]{1,40})\)")
TOGETHER = re.compile(r"^(?:beiden|allen|alle drie)\s+", re.IGNORECASE)
# Printed without its space: `Els vanDuin (BBB)`.
GLUED_PARTICLE = re.compile(r"\b(van|de|der|den|ten|ter)(?=[A-ZÀ-Þ])")
# A font without the letter prints the accent behind it: `Feddema´`, `Feddema ´`.
LOOSE_ACUTE = re.compile(r"([A-Za-z]) ?´")
AND = re.compile(r"\s*,\s*(?:en\s+)?|\s+en\s+", re.IGNORECASE)

# Must match up to `(ontvangen`, or to the end of the line when that is missing:
# `Antwoord van Minister Oldenkamp (BZ) van Minister Verschuure (…) (ontvangen 28 juni`.
REPLY = re.compile(
    r"^(?P<what>(?:(?:Nader|Herzien|Aanvullend|Gewijzigd)e? )?[Aa]ntwoord(?:en)?"
    r"|(?:Nadere )?[Mm]ededeling)\s+van\s+(?:de\s+)?"
    rf"(?P<who>{MINISTERS}\b.{{3,500}}?)\s*(?:\(\s*ontvangen\b|\n\n|\n(?=Vraag\b|Zie\b|1\b)|$(?!\n))",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
# Must match `Minister Oldenkamp (Klimaat en Energie)`, both of `Ministers Oldenkamp (Financiën) en
# Van Kempenaer (Defensie)`; not `Minister van Financiën (…)`.
ANSWERER = re.compile(
    rf"(?:\b(?P<title>{MINISTERS})\s+|(?:,|\ben)\s+(?=[A-ZÀ-Þ’']))"
    r"(?P<name>(?!van\s+[A-Z]\w+\s+(?:Zaken|en)\b|voor\b|Minister|Staatssecretaris)"
    r"[^(),]{2,50}?)\s*"
    r"\((?P<office>[^()]+)\)?",
    re.IGNORECASE,
)
# `Minister-President Oldenkamp, Minister van Algemene Zaken`.
APPOSED = re.compile(
    rf"\b(?P<title>{MINISTER})\s+(?P<name>[A-ZÀ-Þ][^(),]{{1,40}}),\s+(?P<office>{MINISTER}\s[^(),]+)"
)
SINGULAR = {"ministers": "Minister", "staatssecretarissen": "Staatssecretaris"}
NAMES_OF = re.compile(r",?\s+(?:mede\s+)?namens\b.*", re.DOTALL | re.IGNORECASE)

# In a heading: `MOTIE VAN DE LEDEN DE WIT EN STOKMANS`, `Gewijzigde motie van het lid X c.s.`
MOVERS = re.compile(r"\bvan (?:het lid|de leden)\s+(?P<names>.+)", re.IGNORECASE)
HEADING_ENDS = re.compile(
    r"\s+(?:c\.s\.|ter vervanging|over\b|voorgesteld\b|ontvangen\b|houdende\b|tot wijziging\b).*",
    re.IGNORECASE | re.DOTALL,
)
ORDER_OF_THE_DAY = re.compile(r"en gaat over tot de orde van de dag\.?[ \t]*\n")
SIGNED_NAME = re.compile(r"[^\W\d_][^\d:;()]{1,45}")


@dataclass(frozen=True, slots=True)
class Reply:
    """Who answers, for which ministry, and whether it only tells of a delay."""

    people: tuple[Person, ...]
    ministry: str | None
    delay: bool


def find_askers(head: str) -> tuple[Person, ...]:
    """Return who ask the questions, each with the party printed behind the name."""
    match = ASKERS.search(head)
    if not match:
        return ()
    names = " ".join(match["names"].split())
    found: list[Person] = []
    end = 0
    for group in OF_PARTY.finditer(names):
        party = TOGETHER.sub("", group["party"]).strip()
        found += (Person(name, "indiener", party) for name in _names(group["names"]))
        end = group.end()
    return (*found, *(Person(name, "indiener") for name in _names(names[end:])))


def find_reply(head: str, year: int | None = None) -> Reply | None:
    """Return who answers: `Antwoord van Minister Oldenkamp (Financiën), mede namens …`."""
    match = REPLY.search(head)
    if not match:
        return None
    who = NAMES_OF.sub("", " ".join(match["who"].split()))
    found = list(ANSWERER.finditer(who))
    if not found and (apposed := APPOSED.search(who)):
        person = Person(apposed["name"].strip(), "beantwoorder", office=apposed["office"].strip())
        people: tuple[Person, ...] = (person,)
    else:
        people = tuple(_answerers(found))
    names = [ministry_name(each["office"], year) for each in found]
    ministry = ministry_among(names, year)
    if not names:
        ministry = find_ministry(who, year)
    return Reply(people, ministry, delay="mededeling" in match["what"].lower())


def _answerers(found: Iterable[re.Match[str]]) -> Iterator[Person]:
    """Yield who answers; one without a title shares that of the one before."""
    title = ""
    for each in found:
        printed = each["title"] or title
        title = SINGULAR.get(printed.lower(), printed)
        office = _office(title, each["office"])
        yield Person(each["name"].strip(), "beantwoorder", office=office)


def find_movers(heading: str, text: str) -> tuple[Person, ...]:
    """Return who moved a motion or an amendment: who the heading names, then who signed with them.

    The heading prints names in capitals (`MOTIE VAN HET LID FEDDEMA`); the signature has them as
    people write them, and decides.
    """
    match = MOVERS.search(heading)
    first = _names(HEADING_ENDS.sub("", " ".join(match["names"].split()))) if match else []
    signed = _signed(text)
    spelled = {name.lower(): name for name in signed}
    moved = [spelled.get(name.lower(), _capitals_down(name)) for name in first]
    others = [name for name in signed if name not in moved]
    return tuple(Person(name, "indiener") for name in (*moved, *others))


def _office(printed: str, within: str) -> str:
    """Return `Minister van Financiën` for `Minister Oldenkamp (Financiën)`."""
    title = " ".join(printed.split())
    title = title[:1].upper() + title[1:]
    task = " ".join(within.split())
    if "president" in title.lower():
        return title
    joint = "voor" if names_task(f"Minister voor {task}") else "van"
    return f"{title} {joint} {task}"


def _signed(text: str) -> list[str]:
    """Return the names under a motion, one a line until something else follows."""
    end = ORDER_OF_THE_DAY.search(text)
    names: list[str] = []
    for line in text[end.end() :].split("\n") if end else ():
        name = line.strip()
        if not SIGNED_NAME.fullmatch(name) or name.endswith("."):
            break
        names.append(name)
    return names


def _names(printed: str) -> list[str]:
    whole = LOOSE_ACUTE.sub(lambda m: unicodedata.normalize("NFC", f"{m[1]}\u0301"), printed)
    whole = GLUED_PARTICLE.sub(r"\1 ", whole)
    found = (part.strip(" ,.;") for part in AND.split(whole.strip(" ,")))
    return [name.removeprefix("en ") for name in found if name]


def _capitals_down(name: str) -> str:
    """Return `Van der Berg-Smit` for `VAN DER BERG-SMIT`; other spellings are left alone."""
    if not name.isupper():
        return name
    small = {"VAN", "DE", "DER", "DEN", "TEN", "TER", "TE", "EL", "’T", "IN"}
    words = [word.lower() if word in small else word.title() for word in name.split()]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])
