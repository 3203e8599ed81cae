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
    rf"(?:\s+(?:van|voor)\s+(?:{ANY}|[^\n,]{{3,60}}))?)"
    r"(?:\s+[–—-]\s+[^\n]{3,80})?(?:,?[ \t]+(?:Minister|Staatssecretaris)[^\n]*)?[,.]?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
CLOSING = re.compile(
    r"^(?:Hoogachtend|Met (?:vriendelijke|hartelijke) groet(?:en)?)\b[^\n]{0,3}$", re.MULTILINE
)
# What may stand between the office and the name.
BETWEEN = re.compile(
    r"(?:mede\s+)?namens\b|voor (?:deze|dezen)\b|(?:de|het|i\.o\.|b/a|i/o)\b|[a-z]|\[|\(",
)
# Academic titles are part of a printed name: `ing. G.H. Dijksterman` signs so.
TITLES = r"(?:(?:drs|mr|dr|ir|ing|prof|dhr|mw|mevr|drs\.ing)\.?\s+){0,3}"
SURNAME = (
    r"(?:(?:van|de|der|den|ten|ter|te|el|di|da|la|le|von|’t|'t|in|op|aan|het)\s+)*"
    r"(?:[A-ZÀ-Þ’'][\w’'-]+(?:[ -]+(?:(?:van|de|der|den)\s+)*[A-ZÀ-Þ][\w’'-]+){0,3})"
)
INITIALS = r"(?:(?:[A-Z]|Th|Ch|IJ|Ph|Chr)\.\s?){1,6}(?:\([A-Z]\w+\)\s?)?"
# Must match `E.J. Verschuure`, `drs. H.G.J. Bruins Slot`, `mr. drs. M.A.A. di Bucchianico`.
WITH_INITIALS = re.compile(rf"{TITLES}{INITIALS}{SURNAME}", re.IGNORECASE)
# Only directly under a minister's office: `Hugo de Jonge`; elsewhere it could be `Gemeente
# Utrecht`, and even there the rest of a ministry's name: `Minister van Volksgezondheid,⏎Welzijn`.
WITH_FIRST_NAME = re.compile(rf"{TITLES}[A-ZÀ-Þ][\w’'-]+\s+{SURNAME}")
MINISTERIAL = frozenset(word for ministry in MINISTRIES for word in ministry.name.split()) - {"en"}
AFTER_OFFICE = 5
AFTER_CLOSING = 7


def find_signatories(text: str, role: str) -> tuple[tuple[Person, ...], str | None]:
    """Return who signed as or for a minister, and the ministry of the first."""
    people: list[Person] = []
    ministry: str | None = None
    for match in OFFICE.finditer(text):
        below = text[match.end() : match.end() + 400].strip().split("\n")
        name = _name_below(below)
        if name or _for_another(below):
            ministry = ministry or find_ministry(match["office"])
        if name:
            people.append(Person(name, role))
    return tuple(dict.fromkeys(people)), ministry


def find_writer(text: str) -> tuple[Person, ...]:
    """Return who signed a letter without a minister's office: initials after the formula."""
    for match in CLOSING.finditer(text):
        for line in text[match.end() :].strip().split("\n")[:AFTER_CLOSING]:
            if name := WITH_INITIALS.fullmatch(line.strip(" ,")):
                return (Person(_tidy(name.group()), "afzender"),)
    return ()


def _name_below(lines: list[str]) -> str | None:
    """Return the name under an office, past `namens deze,` and the function of who signs."""
    for index, line in enumerate(lines[:AFTER_OFFICE]):
        plain = line.strip(" ,")
        match = WITH_INITIALS.fullmatch(plain)
        if not match and index == 0 and not MINISTERIAL & set(plain.split()):
            match = WITH_FIRST_NAME.fullmatch(plain)
        if match:
            return _tidy(match.group())
        if plain and not BETWEEN.match(plain):
            return None
    return None


def _for_another(lines: list[str]) -> bool:
    return any("namens" in line.lower() for line in lines[:2])


def _tidy(name: str) -> str:
    return " ".join(name.split())
