"""The values that travel between the steps: Paper and what it is made of.

In goes nothing, out come frozen values (as JSON: `indexer.paper_json`). No I/O here, and nothing of
ours is imported, so that every step may use it. Unknown is `None`, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS = (
    "brief",
    "kamervragen",
    "antwoord",
    "uitstel",
    "vragenlijst",
    "verslag",
    "motie",
    "amendement",
    "wetsvoorstel",
    "toelichting",
    "nota",
    "besluit",
    "inventaris",
    "rapport",
    "handelingen",
    "overig",
)
"""What `kind` can be when read from a PDF; a paper from `.jsonl` keeps the kind it states."""


REPLACES, REPRINTS = "vervangt", "herdruk van"
"""Relations of a citation by which a paper comes in the place of another."""
ALSO_IN = "ook in dossier"
"""Relation to a dossier that a paper belongs to beside its own."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read.

    `text` is the running text: printed lines separated by a newline, blocks (paragraphs, headings)
    by an empty line, words broken at line ends rejoined, footnotes as the last blocks.
    `furniture` holds what is printed on the page but is not its text: running heads and feet and
    the lines of a letter's right-hand column, in reading order.
    `number` counts from 1 in the file, whatever is printed on the page.
    `boxes` are where the words of `text` (`text.split()`) stand, packed by `indexer.boxes`; empty
    when that is not known. `ocr`: the text was read from an image, by us with `confidence` (0 to
    1), or by another program that put it into the file: then it is `None`.
    """

    number: int
    text: str
    furniture: tuple[str, ...] = ()
    ocr: bool = False
    boxes: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came out of one file, before anything is known about it as a paper.

    `properties` are the document properties of the PDF (`Title`, `Subject`, `Author`, …), empty
    ones left out. `notes` say in Dutch what a user should know (a truncated file, hidden text).
    `breaks` are the halves of words broken at a line's end that the paper itself does not settle.
    """

    pages: tuple[Page, ...]
    extractor: str
    properties: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    breaks: tuple[tuple[str, str], ...] = ()

    @property
    def ocr_pages(self) -> int:
        """Return how many pages were read by OCR."""
        return sum(page.ocr for page in self.pages)


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a role: `indiener`, `beantwoorder`, `afzender`, `ondertekenaar`.

    `office` is a member of government's, as printed: `Staatssecretaris van Financiën`.
    """

    name: str
    role: str
    party: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of a paper by the part they play, ISO 8601.

    `asked`: questions were sent in, or a request was made that a decision answers; `sent`: the
    date of a letter; `received`: it came in at the Kamer or the ministry; `answered`: the answer
    came in, and `days` after how many days that was.
    """

    asked: str | None = None
    sent: str | None = None
    received: str | None = None
    answered: str | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the text: its page, and its depth from 1."""

    text: str
    page: int | None = None
    level: int = 1


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence by which a member of government may promise something: found by rule.

    `term` is when, as printed (`voor de zomer van 2024`); `passage` the label of where it stands.
    """

    text: str
    page: int | None = None
    term: str | None = None
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is searched: a question with its answer, or about a page of running text.

    `id` is `<paper id>#<label>`; `kind` is `vraag` (then `question` and, if answered, `answer`
    hold the pair) or `tekst`. `text` is the whole passage, paragraphs separated by a newline.
    `breaks` are the offsets in `text` at which a next page begins, one per page after
    `page_first`, so that an offset can be traced to its page. `links` are the labels of other
    passages of the paper to which it refers (`Zie het antwoord op vraag 22`: `vraag-22`).
    """

    id: str
    kind: str
    label: str
    text: str
    question: str | None = None
    answer: str | None = None
    page_first: int | None = None
    page_last: int | None = None
    breaks: tuple[int, ...] = ()
    links: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """Return the page on which the character at `offset` of `text` stands."""
        if self.page_first is None:
            return None
        return self.page_first + sum(start <= offset for start in self.breaks)


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to another paper as printed; `target` is its link form when it is certain.

    `relation` says what it is when that is more than a mention: `zie ook` (an answer that goes with
    this one), `bijlage bij`, `vervangt`, `herdruk van`. `others` are targets that it can be read as
    too; `repaired` that the print has a slip. `passage` is the label of where it stands.
    """

    text: str
    target: str | None = None
    page: int | None = None
    relation: str | None = None
    passage: str | None = None
    others: tuple[str, ...] = ()
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a paper came from. `file` is relative to the folder that was indexed."""

    file: str
    sha256: str
    pages: int
    extractor: str
    ocr_pages: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """A parliamentary paper. Dates are ISO 8601 (`2022-12-13`), sessions `2022-2023`.

    `dossier` is the normal form (`36200-VII`), `number` the number within it (`12`, or a letter
    of the Eerste Kamer), `paper_ref` the printable form (`36 200 VII, nr. 12`), `house` `TK`,
    `EK` or `VV`, `ministry` the name without "Ministerie van". `evidence` is the line that decided
    `kind`; `confidence` (0 to 1) how sure the questions are told from the answers, `None` where
    there are none. `references` are the marks that a letter bears (`Ons kenmerk`), the number
    of the printer in a foot of around 2009 (`KST137189`) and the case in the head of questions
    (`2024Z18294`), `subject` what it says it is
    about, `addressee` to whom it is written, `committee` which one it comes from.
    `breaks` are the halves of words broken at a line's end whose form is a guess
    (`indexer.breaks`).
    """

    id: str
    title: str | None = None
    kind: str | None = None
    dossier: str | None = None
    number: str | None = None
    paper_ref: str | None = None
    date: str | None = None
    session_year: str | None = None
    house: str | None = None
    ministry: str | None = None
    people: tuple[Person, ...] = ()
    pages: tuple[Page, ...] = ()
    passages: tuple[Passage, ...] = ()
    citations: tuple[Citation, ...] = ()
    source: Source | None = None
    notes: tuple[str, ...] = ()
    dates: Dates = field(default_factory=Dates)
    evidence: str | None = None
    confidence: float | None = None
    subject: str | None = None
    references: tuple[str, ...] = ()
    addressee: str | None = None
    committee: str | None = None
    url: str | None = None
    outline: tuple[Heading, ...] = ()
    promises: tuple[Promise, ...] = ()
    breaks: tuple[tuple[str, str], ...] = ()

    @property
    def replaces(self) -> tuple[str, ...]:
        """Return the link forms of the papers that it comes in the place of."""
        found = (c.target for c in self.citations if c.relation in (REPLACES, REPRINTS))
        return tuple(dict.fromkeys(target for target in found if target))


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why: a short word and a Dutch sentence for people."""

    path: str
    reason: str
    message: str = ""
    sha256: str | None = None
    size: int | None = None
