"""A paper → the sections of its page: questions with answers, or text by page, matches marked.

In go a paper, an open index and the words to mark; out comes a `PaperView` of plain values. The
story: printed lines flow into paragraphs (a line that ends early ended on purpose), the index marks
each text as a whole so that a phrase over two lines is found, references to other papers become
links, and the runs are cut back into paragraphs and lines (`runs`). Every mark has a number, so
that a reader can go to it, and every heading of the outline an anchor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.engine.interface import Index
from indexer.engine.query import Node
from indexer.engine.results import Piece
from indexer.paper import Citation, Heading, Page, Paper, Passage
from search_app import dutch
from search_app.dutch import PAGE_LABEL
from search_app.links import anchor, ref_path
from search_app.papers.runs import Block, Link, blocks, cut, find_links

SHORT_LINE = 0.78
"""A printed line shorter than this part of a usual one ended on purpose: an address, a list."""
LEAST_USUAL = 0.7
"""A usual line is at least this part of the longest: on a page of short lines few are full."""
CELLS = "  "
"""Between the cells of a row of a table."""
LOOKED_AT = 50
"""Pages that are searched for the next match: some milliseconds each."""
ROW = re.compile(r"(\d{1,4})[.)]?\s+\S")
LEAST_ROWS = 3
BULLETS = ("•", "–", "-", "▪", "○", "*", "—")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline: a heading and its anchor on the page."""

    text: str
    anchor: str
    level: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper that can be linked to. `pages` are the PDF pages that begin in it.

    `also` are the anchors of passages that it holds.
    `see` are other parts that it refers to: anchor and title. `ocr` tells that its text was read
    from an image, in whole or in part, and `confidence` (0 to 1) how surely.
    """

    anchor: str
    title: str
    pages: tuple[int, ...]
    first_page: int | None
    body: tuple[Block, ...] = ()
    question: tuple[Block, ...] = ()
    answer: tuple[Block, ...] = ()
    is_question: bool = False
    see: tuple[tuple[str, str], ...] = ()
    outline: tuple[Entry, ...] = ()
    marks: int = 0
    first_mark: int = 0
    ocr: bool = False
    confidence: float | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper's page. `marks` counts the matches on it."""

    paper: Paper
    sections: tuple[Section, ...]
    marks: int

    @property
    def places(self) -> int:
        """Return how many parts hold a match."""
        return sum(bool(section.marks) for section in self.sections)


class _Marker:
    """Marks and links the texts of one page of the site, and numbers matches and headings."""

    def __init__(self, index: Index, node: Node | None, *, literal: bool) -> None:
        self._index = index
        self._node = node
        self._literal = literal
        self._headings = 0
        self.count = 0

    def blocks(
        self, text: str, citations: Iterable[Citation] = (), headings: Iterable[Heading] = ()
    ) -> tuple[Block, ...]:
        """Return a text with empty lines between paragraphs, cut up, marked and linked."""
        if self._node is None:
            pieces: tuple[Piece, ...] = (Piece(text, match=False),)
        else:
            pieces = self._index.mark(text, self._node, literal=self._literal)
        links = find_links(text, [Link(c.text, ref_path(c.target)) for c in citations if c.target])
        runs = cut(pieces, links, self.count)
        self.count += sum(piece.match for piece in pieces)
        made = blocks(runs, {h.text: h.level for h in headings}, self._headings)
        self._headings += sum(bool(block.anchor) for block in made)
        return made


def view(paper: Paper, index: Index, node: Node | None, *, literal: bool) -> PaperView:
    """Return the page of a paper, with what matches `node` marked."""
    marker = _Marker(index, node, literal=literal)
    if any(passage.kind == "vraag" for passage in paper.passages) or not paper.pages:
        sections = _by_passage(paper, marker)
    else:
        sections = tuple(_page(page, paper, marker) for page in paper.pages)
    return PaperView(paper, sections, marker.count)


def first_match(pages: Iterable[Page], index: Index, node: Node, *, literal: bool) -> int | None:
    """Return the number of the first page with a match, of the first `LOOKED_AT`; else `None`."""
    for page in islice(pages, LOOKED_AT):
        if any(piece.match for piece in index.mark(page.text, node, literal=literal)):
            return page.number
    return None


def _by_passage(paper: Paper, marker: _Marker) -> tuple[Section, ...]:
    sections = []
    seen = 0
    for passage in paper.passages:
        last = passage.page_last or passage.page_first or 0
        pages = tuple(range(max(seen + 1, passage.page_first or 1), last + 1)) if last else ()
        seen = max(seen, last)
        sections.append(_passage(passage, paper, pages, marker))
    return tuple(sections)


def _passage(passage: Passage, paper: Paper, pages: tuple[int, ...], marker: _Marker) -> Section:
    before = marker.count
    is_question = passage.kind == "vraag"
    cited = [c for c in paper.citations if c.passage in (None, passage.label)]
    question = marker.blocks(_spread(passage.question or ""), cited) if is_question else ()
    answer = marker.blocks(_spread(passage.answer or ""), cited) if is_question else ()
    body = () if is_question else marker.blocks(_spread(passage.text), cited)
    scans = _scans(passage, paper)
    return Section(
        anchor=anchor(passage.label),
        title=dutch.label(passage.label),
        pages=tuple(page for page in pages if f"p{page}" != anchor(passage.label)),
        first_page=passage.page_first,
        body=body,
        question=question,
        answer=answer,
        is_question=is_question,
        see=tuple((anchor(label), dutch.label(label)) for label in passage.links),
        marks=marker.count - before,
        first_mark=before + 1,
        ocr=bool(scans),
        confidence=min((page.confidence for page in scans if page.confidence), default=None),
    )


def _page(page: Page, paper: Paper, marker: _Marker) -> Section:
    before = marker.count
    cited = [c for c in paper.citations if c.page in (None, page.number)]
    headings = [h for h in paper.outline if h.page in (None, page.number)]
    body = marker.blocks(flow(page.text), cited, headings)
    return Section(
        anchor=f"p{page.number}",
        title=f"Bladzijde {page.number}",
        pages=(),
        first_page=page.number,
        body=body,
        outline=tuple(Entry(b.text, b.anchor, b.level) for b in body if b.anchor),
        marks=marker.count - before,
        first_mark=before + 1,
        ocr=page.ocr,
        confidence=page.confidence,
        also=tuple(dict.fromkeys(_held(page, paper))),
    )


def _held(page: Page, paper: Paper) -> Iterator[str]:
    """Yield the anchors of passages with a name that begin on a page: `briefhoofd`."""
    for passage in paper.passages:
        if passage.page_first == page.number and not PAGE_LABEL.fullmatch(passage.label):
            yield anchor(passage.label)


def _scans(passage: Passage, paper: Paper) -> list[Page]:
    """Return the pages of a passage whose text was read from an image."""
    first = passage.page_first or 0
    last = passage.page_last or first
    return [page for page in paper.pages if page.ocr and first <= page.number <= last]


def flow(text: str) -> str:
    """Join printed lines into paragraphs; lines that end early, and lists, keep their breaks."""
    short = SHORT_LINE * _usual(text)
    blocks = []
    for block in text.split("\n\n"):
        flowed = ""
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        rows = _rows(lines)
        for place, line in enumerate(lines):
            if place:
                before = lines[place - 1]
                apart = len(before) < short or CELLS in before or CELLS in line
                flowed += "\n" if apart or place in rows or line.startswith(BULLETS) else " "
            flowed += line
        blocks.append(flowed)
    return "\n\n".join(block for block in blocks if block)


def _usual(text: str) -> float:
    """Return how long a full line is: a word that was broken in print made some far longer."""
    lengths = sorted(len(line) for line in text.split("\n") if line.strip())
    if not lengths:
        return 0.0
    return max(lengths[len(lengths) * 4 // 5], LEAST_USUAL * lengths[-1])


def _rows(lines: Sequence[str]) -> set[int]:
    """Return which lines begin a row of a numbered table or list: 1, 2, 3, … one after another.

    An inventory of a Woo decision is such a table; its rows are long and would flow together.
    """
    rows: list[int] = []
    expected = 0
    for place, line in enumerate(lines):
        found = ROW.match(line)
        number = int(found[1]) if found else -1
        if number == expected or (not rows and number >= 0):
            rows.append(place)
            expected = number + 1
    return set(rows) if len(rows) >= LEAST_ROWS else set()


def _spread(text: str) -> str:
    """Return a passage's text with an empty line between its paragraphs."""
    return "\n\n".join(line for line in text.split("\n") if line.strip())
