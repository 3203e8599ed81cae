"""Who signed a letter, in what office, and for which ministry.

In goes the text of a paper, out come people and a ministry. A signature is an office on a line of
its own (`De Minister van Financiën,`), perhaps `namens deze,` and a function, then a name; in a
letter without a minister, a name with initials soon after the closing formula.
"""

from __future__ import annotations

import re

from indexer.paper import Person
from indexer.structure.ministries import ANY, MINISTRIES, find_ministry

# Must match `De Minister van Volksgezondheid,⏎Welzijn en Sport,` and `DE MINISTER VAN FINANCIEN`
# as whole lines; not an address (`t.a.v. de Minister van …`) or a sentence about one.
OFFICE = re.compile(
    r"^(?:de[ \t]+)?(?P<office>(?:Minister-?\s?President|Minister|Staatssecretaris)"
    rf"(?:\s*(?:van|voor)\s+(?:{ANY}|[^\n,]{{3,60}}))?)"
    r"(?:\s+[–—-]\s+[^\n]{3,80})?(?:,?[ \t]+(?:Minister|Staatssecretaris)[^\n]*)?[,.]?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
CLOSING = re.compile(
    r"^(?:Hoogachtend|Met (?:vriendelijke|hartelijke) groet(?:en)?)\b[^\n]{0,3}$", re.MULTILINE
)
FORMULA = re.compile(r"^(?:Hoogachtend|Met (?:vriendelijke|hartelijke) groet)", re.MULTILINE)
# What may stand between the office and the name.
BETWEEN = re.compile(
    r"(?:mede\s+)?namens\b|voor (?:deze|dezen)\b|(?:de|het|i\.o\.|b/a|i/o)\b|[a-z]|\[|\(",
)
# Academic titles are part of a printed name: `ing. G.H. Dijksterman` signs so.
TITLES = r"(?:(?:drs|mr|dr|ir|ing|prof|dhr|mw|mevr)(?:\.\s*|\s+)){0,3}"
SURNAME = (
    r"(?:(?:van|de|der|den|ten|ter|te|el|di|da|la|le|von|’t|'t|in|op|aan|het)\s+)*"
    r"(?:[A-ZÀ-Þ’'][\w’'-]+(?:[ -]+(?:(?:van|de|der|den)\s+)*[A-ZÀ-Þ][\w’'-]+){0,3})"
)
INITIALS = r"(?:(?:[A-Z]{1,2}|Th|Ch|IJ|Ph|Chr)\.\s?){1,6}(?:\([A-Z]\w+\)\s?)?"
# Must match `E.J. Verschuure`, `drs. T.R. Ter Braake`, `mr. drs. M.A.A. di Feddema`.
WITH_INITIALS = re.compile(rf"{TITLES}{INITIALS}{SURNAME}", re.IGNORECASE)
# Only directly under a minister's office: `Hugo de Jonge`; elsewhere it could be `Gemeente
# Utrecht`, and even there the rest of a ministry's name: `Minister van Volksgezondheid,⏎Welzijn`.
WITH_FIRST_NAME = re.compile(rf"{TITLES}[A-ZÀ-Þ][\w’'-]+\s+{SURNAME}")
MINISTERIAL = frozenset(word for ministry in MINISTRIES for word in ministry.name.split()) - {"en"}
# In the place of a signature: `[Deze brief is niet voorzien van een handtekening …]`.
UNSIGNED = re.compile(r"\[[^\[\]]{20,400}\]\n*")
INSTEAD = "["
AFTER_OFFICE = 5
AFTER_NAMENS = 8
AFTER_CLOSING = 7
ABOVE_OFFICE = 8
CLOSING_REACH = 400
SIGNED_REACH = 700
LONGEST_FUNCTION = 60


def find_signatories(
    text: str, role: str, year: int | None = None
) -> tuple[tuple[Person, ...], str | None]:
    """Return who signed as or for a minister, and the ministry of the first."""
    people: list[Person] = []
    ministry: str | None = None
    for match in OFFICE.finditer(text):
        below = (
            UNSIGNED.sub(f"{INSTEAD}\n", text[match.end() : match.end() + 700]).strip().split("\n")
        )
        another = _for_another(below)
        name = _name_below(below) or _name_above(text[: match.start()])
        if name or another:
            ministry = ministry or find_ministry(match["office"], year)
        if name:
            held = " ".join(match["office"].split())
            office = None if another or held.isupper() else held[:1].upper() + held[1:]
            people.append(Person(name, role, office=office))
    return _once(people), ministry


def find_writer(text: str) -> tuple[Person, ...]:
    """Return who signed a letter without a minister's office: initials after the formula."""
    for match in CLOSING.finditer(text):
        for line in text[match.end() :].strip().split("\n")[:AFTER_CLOSING]:
            if name := WITH_INITIALS.fullmatch(line.strip(" ,")):
                return (Person(_tidy(name.group()), "afzender"),)
    return ()


def closing(text: str) -> str:
    """Return the lines behind the formula that closes a letter; a scan may add the margin to it."""
    match = FORMULA.search(text)
    return text[match.end() : match.end() + CLOSING_REACH] if match else ""


def _once(people: list[Person]) -> tuple[Person, ...]:
    """Return each person once: who signs for two ministers keeps the first office."""
    return tuple({person.name: person for person in reversed(people)}.values())[::-1]


def _name_below(lines: list[str]) -> str | None:
    """Return the name under an office, past `namens deze,` and the function of who signs."""
    another = _for_another(lines)
    for index, line in enumerate(lines[: AFTER_NAMENS if another else AFTER_OFFICE]):
        plain = line.strip(" ,")
        match = WITH_INITIALS.fullmatch(plain)
        first = index == 0 or lines[index - 1] == INSTEAD
        if not match and first and not MINISTERIAL & set(plain.split()):
            match = WITH_FIRST_NAME.fullmatch(plain)
        if match:
            return _tidy(match.group())
        function = another and len(plain) <= LONGEST_FUNCTION and not plain.endswith(".")
        if plain and not function and not BETWEEN.match(plain):
            return None
    return None


def _name_above(text: str) -> str | None:
    """Return the name above an office, where a page can end between the two.

    Some letters are signed `T.R. Oldenkamp⏎Minister voor Klimaat en Energie`.
    """
    for line in reversed(text.rstrip().split("\n")[-ABOVE_OFFICE:]):
        if match := WITH_INITIALS.fullmatch(line.strip(" ,")):
            return _tidy(match.group())
    return None


def _for_another(lines: list[str]) -> bool:
    return any("namens" in line.lower() or "voor deze" in line.lower() for line in lines[:2])


def _tidy(name: str) -> str:
    return " ".join(name.split())
