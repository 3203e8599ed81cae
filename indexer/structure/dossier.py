"""The paper's own number: what it is filed under, never what it speaks of.

In go the furniture, the head and the properties of the file, out comes an `Own`. The link form in
the foot is surest, then the running foot, then the head, then the file's properties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from indexer.numbers.finding import find_numbers, parse_number
from indexer.numbers.values import Number, reprint, session_year
from indexer.structure.head import Head
from indexer.structure.meeting import Meeting

# Must match a foot's own line `kst-36200-VII-12`, `ah-tk-20232024-1999`, `kv-tk-2024Z18561`; a
# paper's text that names another's link is no line of furniture.
LINK = re.compile(r"(?:kst|ah-[te]k|kv-[te]k|h-[tev][kv]|blg)-[\w-]*\d[\w-]*", re.IGNORECASE)
# The foot of around 2009: `0910tkkst30012-19`.
OLD_LINK = re.compile(
    r"(?P<y1>\d\d)(?P<y2>\d\d)(?P<house>tk|ek)kst(?P<dossier>\d{5}(?:-[IVX]+[A-H]?|-[A-N](?=-))?)"
    r"-(?P<sub>\d{1,5}|[A-Z]{1,2})",
    re.IGNORECASE,
)
# The printer's own number above it: `KST137189`.
PRINTERS = re.compile(r"\bKST\d{5,7}\b")
# `Tweede Kamer, vergaderjaar 2022–2023, 36 200 VII, nr. 12 1`
RUNNING = re.compile(
    r"(?P<house>Tweede|Eerste) Kamer, vergaderjaar (?P<y1>\d{4})\s?[-–]\s?(?P<y2>\d{2,4}), "
    r"(?P<rest>[^\n]+)"
)
SESSION = re.compile(r"[Vv]ergaderjaar (?P<y1>\d{4})\s?[-–]\s?(?P<y2>\d{2,4})")
MASTHEAD = re.compile(r"^(Tweede|Eerste) Kamer der Staten-Generaal", re.MULTILINE)
ADDRESSED = re.compile(
    r"[Vv]oorzitter\s+van\s+de\s+(Tweede|Eerste)\s+Kamer\s+der\s+Staten-\s?Generaal", re.IGNORECASE
)
HOUSES = {"tweede": "TK", "eerste": "EK"}
PAPERS = ("kamerstuk", "aanhangsel", "kamervraag", "handelingen", "bijlage")


@dataclass(frozen=True, slots=True)
class Own:
    """What a paper is filed under; `number` is `None` for a letter without an official one.

    `print` counts the reprints: 0 for the first print, 1 for `kst-36200-VII-31-h1`.
    """

    number: Number | None = None
    session: str | None = None
    house: str | None = None
    print: int = 0

    @property
    def first_print(self) -> str | None:
        """Return the official link form, without which print it is."""
        return self.number.link if self.number and self.number.kind in PAPERS else None

    @property
    def id(self) -> str | None:
        """Return the official link form."""
        return f"{self.first_print}-h{self.print}" if self.print else self.first_print

    @property
    def dossier(self) -> str | None:
        """Return the dossier in its normal form: `36200-VII`."""
        return self.number.dossier if self.number else None

    @property
    def reference(self) -> str | None:
        """Return the printable form; a question without an answer is cited by its case."""
        if not self.number or self.number.kind not in PAPERS:
            return None
        if self.number.kind == "kamervraag":
            return self.number.sub
        return f"{self.number.printable} (herdruk)" if self.print else self.number.printable


def printers_numbers(furniture: str) -> tuple[str, ...]:
    """Return the numbers that the printer gave a paper, which stand in its foot alone."""
    return tuple(dict.fromkeys(PRINTERS.findall(furniture)))


def own_number(furniture: str, head: Head, properties: Mapping[str, str], *, asked: bool) -> Own:
    """Return the number of a paper, its session and house, as far as they are printed.

    `asked` for questions that have no answer yet: these are filed under the number of the case.
    """
    session, house = _session(furniture), _house(furniture)
    number = (
        _linked(furniture.split("\n"))
        or _running(furniture)
        or _in_head(head, session, house, asked=asked)
        or _linked(properties.values())
    )
    if number and not number.session:
        number = replace(number, session=session)
    return Own(
        number,
        session=session or (number.session if number else None),
        house=house or (number.house if number else None),
        print=_print(furniture, head) if number else 0,
    )


def _print(furniture: str, head: Head) -> int:
    """Return which reprint it is: by the foot, or by the head where no foot has a link form."""
    links = [line.strip() for line in furniture.split("\n") if LINK.fullmatch(line.strip())]
    return reprint(links[0]) if links else head.print


def with_session(own: Own, head: Head, session: str) -> Own:
    """Return the number of an Aanhangsel whose session is known by its date alone: `AH 604`."""
    if own.number or not head.annex:
        return replace(own, session=own.session or session)
    number = Number("aanhangsel", sub=head.annex, session=session, house=own.house or "TK")
    return replace(own, number=number, session=session, house=number.house)


def of_meeting(own: Own, said: Meeting, session: str) -> Own:
    """Return the number of an item of the Handelingen, whose session is known by its date alone."""
    if own.number:
        return own
    sub = f"{said.number}-{said.item}"
    number = Number("handelingen", sub=sub, session=session, house=said.house)
    return replace(own, number=number, session=session, house=said.house)


def addressed_house(text: str) -> str | None:
    """Return the house to whose president a letter is written."""
    match = ADDRESSED.search(text)
    return HOUSES[match[1].lower()] if match else None


def _linked(lines: Iterable[str]) -> Number | None:
    """Return the number of the first line that is a link form and nothing else."""
    for line in lines:
        text = line.strip()
        if old := OLD_LINK.fullmatch(text):
            session = session_year(f"20{old['y1']}", f"20{old['y2']}")
            house = old["house"].upper()
            return Number("kamerstuk", old["dossier"].upper(), old["sub"].upper(), session, house)
        if LINK.fullmatch(text):
            readings = [n for n in parse_number(text) if n.kind in PAPERS]
            if readings:
                return readings[0]
    return None


def _running(furniture: str) -> Number | None:
    """Return the Kamerstuk that a running foot names."""
    for match in RUNNING.finditer(furniture):
        found = next(iter(find_numbers(match["rest"])), None)
        if found and found.start == 0 and found.readings[0].kind == "kamerstuk":
            return found.readings[0]
    return None


def _in_head(head: Head, session: str | None, house: str | None, *, asked: bool) -> Number | None:
    if asked and head.case:
        return Number("kamervraag", sub=head.case, house=house or "TK")
    if head.annex and session:
        return Number("aanhangsel", sub=head.annex, session=session, house=house or "TK")
    if not head.dossier or not head.sub:
        return None
    glue = f", nr. {head.sub}" if head.sub.isdigit() else f", {head.sub}"
    readings = parse_number(f"{head.dossier}{glue}")
    return readings[0] if readings else None


def _session(furniture: str) -> str | None:
    match = SESSION.search(furniture)
    return session_year(match["y1"], match["y2"]) if match else None


def _house(furniture: str) -> str | None:
    match = RUNNING.search(furniture)
    masthead = MASTHEAD.search(furniture)
    printed = match["house"] if match else masthead[1] if masthead else None
    return HOUSES[printed.lower()] if printed else None
