"""The parts of a letter: where its body begins and ends, to whom it is written, the marks it bears.

In go the shared facts of a paper, out comes a `Letter`. The body lies between the salutation and
the formula that closes it, or the signature; what stands before it is the letterhead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.structure.facts import Facts
from indexer.structure.signatures import CLOSING, OFFICE

SALUTATION = re.compile(r"^(?:Hoogg|G)eachte?\b[^\n]*$|^L\.S\.,?$", re.MULTILINE)
SALUTATION_REACH = 3500
MOST_SPACES = 3
LEAST_BODY = 40
"""Characters of a body; with less, the salutation and the formula belong to different letters."""
# `Ons kenmerk⏎3055678`, `Onze referentie  TRCNVWA/2021/2926`, `Kenmerk IENW/BSK-2021/32819`; the
# value has a digit.
MARK = re.compile(
    r"^(?:Ons kenmerk|Onze referentie|Kenmerk|Referentie|Zaaknummer|Zaaknr\.?)"
    r"(?:\s*:?[ \t]*|\s*:?\n)"
    r"(?P<value>[\w.][\w ./–-]{2,50}?)[ \t]*$",
    re.MULTILINE,
)
ADDRESSED = re.compile(
    r"^(?:Aan )?(?P<who>(?:de|het|De|Het) (?:[Vv]oorzitter|[Gg]riffier|[Ll]eden|[Pp]residium)\s+"
    r"van\s+(?:de|het)\s+(?:Tweede|Eerste)\s+Kamer(?:\s+der\s+Staten-\s?Generaal)?)",
    re.MULTILINE,
)
# `De vaste commissie voor Digitale Zaken`, `de commissie voor de Rijksuitgaven`, `de vaste
# commissie voor Onderwijs, Cultuur⏎en Wetenschap`; its name is words with capitals.
CAPITALS = r"[A-ZÀ-Þ][\w-]+(?:\s[A-ZÀ-Þ][\w-]+)*"
COMMITTEE = re.compile(
    r"\b[Dd]e\s(?P<name>(?:(?:vaste|algemene|tijdelijke|parlementaire)\s)?"
    r"(?:onderzoeks|enquête)?commissie\s(?:voor|inzake|van|uit)\s(?:de\s|het\s)?"
    rf"{CAPITALS}(?:(?:,|\sen|,\sen)\s{CAPITALS})*)"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """Where a letter's body stands in the text, its marks and its addressee."""

    start: int = 0
    end: int | None = None
    references: tuple[str, ...] = ()
    addressee: str | None = None


def read_letter(facts: Facts) -> Letter:
    """Return the parts of a letter."""
    text = facts.body.text
    salutation = SALUTATION.search(text[:SALUTATION_REACH])
    start = max(salutation.start() if salutation else 0, facts.head.end)
    end = _closes(text, start)
    found = (match["value"] for match in MARK.finditer(f"{facts.body.furniture}\n{facts.top}"))
    marks = dict.fromkeys(value for value in found if _is_mark(value))
    return Letter(start, end, tuple(marks), addressee(facts))


def _is_mark(value: str) -> bool:
    """Tell a reference mark from the label or the words that stand where one was left out."""
    return any(c.isdigit() for c in value) and value.count(" ") <= MOST_SPACES


def addressee(facts: Facts) -> str | None:
    """Return to whom in the Kamer a letter is written: `Voorzitter van de Tweede Kamer …`."""
    match = ADDRESSED.search(facts.top)
    if not match:
        return None
    words = " ".join(match["who"].split()).split(" ", 1)[1].replace("Staten- ", "Staten-")
    return words[:1].upper() + words[1:]


def committee(facts: Facts) -> str | None:
    """Return the committee that a report or a list of questions is from."""
    match = COMMITTEE.search(facts.top)
    return " ".join(match["name"].split()) if match else None


def _closes(text: str, start: int) -> int | None:
    """Return where the signature begins: at the closing formula, else at an office."""
    for rule in (CLOSING, OFFICE):
        found = rule.search(text, start + LEAST_BODY)
        if found:
            return found.start()
    return None
