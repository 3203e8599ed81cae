"""A text in pieces → runs, lines and blocks: what a template writes out, marks and links in place.

In go pieces of text (matched or not) and links, out come `Block`s of plain values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from indexer.engine.results import Piece

MOST_LINKS = 400
"""Links in one text; a list of decisions can hold thousands of numbers."""


PAGE = re.compile(r",\s(?:p|pp|blz)\.\s?(?P<number>\d{1,4})(?:[-–]\d{1,4})?\b")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line. `mark` numbers the match on the page of the site, 0 is none.

    `first` tells that a match begins here; it goes on over the runs after it. `href` is where
    the stretch links to.
    """

    text: str
    mark: int = 0
    first: bool = False
    href: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading when it has an anchor; `level` is that of the outline."""

    lines: tuple[Line, ...]
    anchor: str = ""
    level: int = 0

    @property
    def text(self) -> str:
        """Return the text without marks; lines are joined by spaces."""
        return " ".join("".join(run.text for run in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Link:
    """A text that links somewhere wherever it stands."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that links."""

    start: int
    end: int
    href: str


def find_links(text: str, links: Sequence[Link]) -> tuple[Span, ...]:
    """Return where links stand in a text, in order and without overlap; the longest text wins.

    The page that is cited behind a paper (`, p. 3`) belongs to its link.
    """
    taken: list[Span] = []
    for link in sorted({link.text: link for link in links[:MOST_LINKS]}.values(), key=_length):
        pattern = r"\s+".join(re.escape(word) for word in link.text.split())
        if not pattern:
            continue
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text):
            start, end = match.span()
            if not any(span.start < end and start < span.end for span in taken):
                page = PAGE.match(text, end)
                href = link.href + (quote(f", p. {page['number']}") if page else "")
                taken.append(Span(start, page.end() if page else end, href))
    return tuple(sorted(taken, key=lambda span: span.start))


def _length(link: Link) -> int:
    return -len(link.text)


def cut(pieces: Iterable[Piece], links: Sequence[Span], counted: int) -> list[Run]:
    """Return the runs of a text, a line break a run of its own; matches count on from `counted`."""
    runs: list[Run] = []
    at = 0
    for piece in pieces:
        counted += piece.match
        first = piece.match
        for text, href in _linked(piece.text, at, links):
            for place, part in enumerate(text.split("\n")):
                if place:
                    runs.append(Run("\n"))
                if part:
                    runs.append(Run(part, counted if piece.match else 0, first, href))
                    first = False
        at += len(piece.text)
    return runs


def _linked(text: str, start: int, links: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """Yield the stretches of a text that begins at `start`, each with where it links to."""
    at, end = start, start + len(text)
    for span in links:
        low, high = max(span.start, at), min(span.end, end)
        if low >= high:
            continue
        if low > at:
            yield text[at - start : low - start], ""
        yield text[low - start : high - start], span.href
        at = high
    if at < end:
        yield text[at - start :], ""


def blocks(runs: Sequence[Run], headings: Mapping[str, int], counted: int) -> tuple[Block, ...]:
    """Return the runs as blocks; those whose text is a heading get anchors after `counted`."""
    made = []
    for lines in _paragraphs(runs):
        block = Block(lines)
        level = headings.get(block.text, 0)
        if level:
            counted += 1
            block = Block(lines, f"kop-{counted}", level)
        made.append(block)
    return tuple(made)


def _paragraphs(runs: Sequence[Run]) -> Iterator[tuple[Line, ...]]:
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
