"""The head of a paper: what the first lines of its first page print about it.

In goes a `Body`, out comes a `Head`: the dossier line with its title, the number within the
dossier and the heading beside it, the number of an Aanhangsel, the number of the case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.structure.body import Body, Line

HEAD_LINES = 40
ADDITION = r"(?:-\d{2}| ?\(R ?\d{3,4}\)|[ -][IVX]{1,6}[A-H]?\b| [A-FHJ-N]\b)"
# Must match `21 501-02 Raad Algemene Zaken`, `36 200 VII Vaststelling`, `33 000 A` and a number
# alone on its line; must not match `36 200 mensen` (a title has a capital) or `10 000 euro`.
DOSSIER = re.compile(
    rf"(?P<number>[1-4]\d \d{{3}}{ADDITION}{{0,2}})(?: (?P<title>[A-ZÀ-Þ‘’“«(\d].*))?$"
)
# `Nr. 3121 MOTIE VAN HET LID FEDDEMA`; the heading can stand on the next line. A reprint says so
# behind its number or above its heading, with the mark of a note: `Nr. 31 HERDRUK1 MOTIE VAN …`.
REPRINT = r"(?:[hH](?P<print>[1-9])|(?:[Hh]erdruk|HERDRUK)(?: ?\d)?)"
SUB = re.compile(
    rf"N[ro]s?\. ?(?P<sub>\d{{1,5}})(?: ?(?P<again>{REPRINT}))?(?: (?P<heading>\D.*))?$"
)
REPRINTED = re.compile(r"(?:HERDRUK|Herdruk)(?: ?\d)?(?: |$)")
# In the Eerste Kamer: `D BRIEF VAN DE MINISTER VAN JUSTITIE`, or the letter alone.
LETTER = re.compile(r"(?P<sub>[A-Z]{1,2})(?: (?P<heading>[A-Z]{3,}.*))?$")
# The number of an Aanhangsel: alone above `Vragen van …`, or `AH 604` in a Word document.
ANNEX = re.compile(r"(?P<ah>AH ?(?:nr\.? ?)?)?(?P<number>\d{1,4})$", re.IGNORECASE)
ASKS = re.compile(r"(?:Mondelinge )?[Vv]ra(?:ag|gen) (?:van|gesteld)\b|Antwoord|Mededeling|2\d{3}Z")
# `2024Z18294`, and with a slip of the space bar `2024Z 17972`.
CASE = re.compile(r"(?<!\w)(?P<year>20\d\d) ?Z ?(?P<number>\d{5})(?!\d)")
# What follows a heading on a Kamerstuk, where no gap shows it.
AFTER_HEADING = re.compile(
    r"(?:Voorgesteld|Ontvangen|Vastgesteld|Ingediend|Aan de|De Kamer|De (?:vaste )?commissie|"
    r"Den Haag|’s-Gravenhage|Geachte|De ondergetekende|Inhoudsopgave|\d{1,2} \w+ \d{4}$)"
)
LOWER = re.compile(r"[a-zà-ÿ]{2,}")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head prints; `end` is the offset in the body's text behind its last line.

    `print` counts the reprints: 1 where it says `HERDRUK` or `h1`. `also` are other dossiers, below
    the first, to which the paper belongs.
    """

    dossier: str | None = None
    dossier_title: str | None = None
    sub: str | None = None
    heading: str | None = None
    annex: str | None = None
    case: str | None = None
    end: int = 0
    print: int = 0
    also: tuple[str, ...] = ()


def read_head(body: Body) -> Head:
    """Return what the first lines of the first page say."""
    lines = body.lines[:HEAD_LINES]
    lines = tuple(line for line in lines if line.page == lines[0].page and not line.note)
    case = _case(lines)
    for index, line in enumerate(lines[:12]):
        match = DOSSIER.match(line.text)
        if match:
            return _kamerstuk(lines, index, match, case)
    return Head(annex=_annex(lines), case=case)


def _kamerstuk(lines: Sequence[Line], index: int, match: re.Match[str], case: str | None) -> Head:
    """Read from the dossier line on: its title, then the number with its heading."""
    title = [match["title"]] if match["title"] else []
    also: list[str] = []
    for place in range(index + 1, min(index + 12, len(lines))):
        text = lines[place].text
        found = SUB.match(text) or (LETTER.match(text) if title else None)
        if found:
            heading, last = _heading(lines, place, found["heading"])
            said = REPRINTED.match(heading or "")
            named = found.groupdict()
            return Head(
                dossier=match["number"],
                dossier_title=" ".join(title) or None,
                sub=found["sub"],
                heading=(heading or "")[said.end() if said else 0 :] or None,
                case=case,
                end=lines[last].end,
                also=tuple(also),
                print=int(named.get("print") or 1) if said or named.get("again") else 0,
            )
        if second := DOSSIER.match(text):  # with a title of its own
            title.append("")
            also.append(second["number"])
        elif "" not in title:
            title.append(text)
    return Head(case=case)


def _heading(lines: Sequence[Line], place: int, first: str | None) -> tuple[str | None, int]:
    """Return the heading that begins beside the number or below it, and its last line."""
    parts = [first] if first else []
    last = place
    for index in range(place + 1, min(place + 8, len(lines))):
        line = lines[index]
        alone = len(parts) == 1 and REPRINTED.fullmatch(parts[0])
        if AFTER_HEADING.match(line.text) or (parts and line.gap and not alone):
            break
        if parts and LOWER.search(line.text) and not LOWER.search(parts[0]):
            break
        parts.append(line.text)
        last = index
    return " ".join(parts) or None, last


def _annex(lines: Sequence[Line]) -> str | None:
    for line, after in pairwise(lines[:9]):
        match = ANNEX.match(line.text)
        if match and (match["ah"] or ASKS.match(after.text)):
            return match["number"]
    return None


def _case(lines: Sequence[Line]) -> str | None:
    """Return the number of the case when it has a line for itself, or most of one."""
    for line in lines[:8]:
        match = CASE.search(line.text)
        if match and len(line.text) - len(match.group()) < 12:
            return f"{match['year']}Z{match['number']}"
    return None
