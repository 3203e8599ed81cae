"""A paper → the sections of its page: questions with answers, or text by page, matches marked.

In go a paper, an open index and the words to mark; out comes a `PaperView` of plain values. The
story: printed lines flow into paragraphs (a line that ends early ended on purpose), the index marks
each text as a whole so that a phrase over two lines is found, and the pieces are cut back into
paragraphs and lines. Every mark has a number, so that a reader can go to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.engine.interface import Index, Piece
from indexer.engine.query import Node
from indexer.paper import Page, Paper, Passage
from search_app import dutch
from search_app.links import anchor

SHORT_LINE = 0.78
"""A printed line shorter than this part of the longest ended on purpose: an address, a list."""
BULLETS = ("•", "–", "-", "▪", "○", "*", "—")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line; `mark` is the number of the match on the page of the site, or 0."""

    text: str
    mark: int = 0


Line = tuple[Run, ...]
Paragraph = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper that can be linked to. `pages` are the PDF pages that begin in it."""

    anchor: str
    title: str
    pages: tuple[int, ...]
    first_page: int | None
    body: tuple[Paragraph, ...] = ()
    question: tuple[Paragraph, ...] = ()
    answer: tuple[Paragraph, ...] = ()
    is_question: bool = False
    marks: int = 0
    first_mark: int = 0
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper's page. `marks` counts the matches on it."""

    paper: Paper
    sections: tuple[Section, ...]
    marks: int


class _Marker:
    """Marks texts of one page and numbers the matches."""

    def __init__(self, index: Index, node: Node | None, *, literal: bool) -> None:
        self._index = index
        self._node = node
        self._literal = literal
        self.count = 0

    def paragraphs(self, text: str) -> tuple[Paragraph, ...]:
        """Return a text with empty lines between paragraphs, cut up and marked."""
        if self._node is None:
            pieces: tuple[Piece, ...] = (Piece(text, match=False),)
        else:
            pieces = self._index.mark(text, self._node, literal=self._literal)
        return tuple(_paragraphs(list(self._runs(pieces))))

    def _runs(self, pieces: tuple[Piece, ...]) -> Iterator[Run]:
        for piece in pieces:
            if piece.match:
                self.count += 1
            number = self.count if piece.match else 0
            for place, part in enumerate(piece.text.split("\n")):
                if place:
                    yield Run("\n")
                if part:
                    yield Run(part, number)


def view(paper: Paper, index: Index, node: Node | None, *, literal: bool) -> PaperView:
    """Return the page of a paper, with what matches `node` marked."""
    marker = _Marker(index, node, literal=literal)
    if any(passage.kind == "vraag" for passage in paper.passages) or not paper.pages:
        sections = _by_passage(paper, marker)
    else:
        sections = tuple(_page(page, marker) for page in paper.pages)
    return PaperView(paper, sections, marker.count)


def _by_passage(paper: Paper, marker: _Marker) -> tuple[Section, ...]:
    sections = []
    seen = 0
    for passage in paper.passages:
        last = passage.page_last or passage.page_first or 0
        pages = tuple(range(max(seen + 1, passage.page_first or 1), last + 1)) if last else ()
        seen = max(seen, last)
        sections.append(_passage(passage, pages, marker))
    return tuple(sections)


def _passage(passage: Passage, pages: tuple[int, ...], marker: _Marker) -> Section:
    before = marker.count
    is_question = passage.kind == "vraag"
    question = marker.paragraphs(_spread(passage.question or "")) if is_question else ()
    answer = marker.paragraphs(_spread(passage.answer or "")) if is_question else ()
    body = () if is_question else marker.paragraphs(_spread(passage.text))
    return Section(
        anchor=anchor(passage.label),
        title=dutch.label(passage.label),
        pages=tuple(page for page in pages if f"p{page}" != anchor(passage.label)),
        first_page=passage.page_first,
        body=body,
        question=question,
        answer=answer,
        is_question=is_question,
        marks=marker.count - before,
        first_mark=before + 1,
    )


def _page(page: Page, marker: _Marker) -> Section:
    before = marker.count
    body = marker.paragraphs(flow(page.text))
    return Section(
        anchor=f"p{page.number}",
        title=f"Bladzijde {page.number}",
        pages=(),
        first_page=page.number,
        body=body,
        marks=marker.count - before,
        first_mark=before + 1,
        ocr=page.ocr,
    )


def flow(text: str) -> str:
    """Join printed lines into paragraphs; lines that end early, and lists, keep their breaks."""
    longest = max((len(line) for line in text.split("\n")), default=0)
    blocks = []
    for block in text.split("\n\n"):
        flowed = ""
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        for place, line in enumerate(lines):
            if place:
                early = len(lines[place - 1]) < SHORT_LINE * longest
                flowed += "\n" if early or line.startswith(BULLETS) else " "
            flowed += line
        blocks.append(flowed)
    return "\n\n".join(block for block in blocks if block)


def _spread(text: str) -> str:
    """Return a passage's text with an empty line between its paragraphs."""
    return "\n\n".join(line for line in text.split("\n") if line.strip())


def _paragraphs(runs: list[Run]) -> Iterator[Paragraph]:
    lines: list[Line] = []
    line: list[Run] = []
    for run in [*runs, Run("\n"), Run("\n")]:
        if run.text != "\n":
            line.append(run)
        elif line:
            lines.append(tuple(line))
            line = []
        elif lines:
            yield tuple(lines)
            lines = []
