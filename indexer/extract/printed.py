"""Lines → printed lines: text in the usual form, with a box for each of its words.

In go `Line`s, out come `Printed` lines whose runs hold a box for each word of `text.split()`, in
parts of the page; that holds through everything that is done to them later. Where a word begins
within a fragment follows from the widths of its letters; what is left over goes to the spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Final

from indexer.extract.characters import composed
from indexer.extract.fragments import Fragment
from indexer.extract.packing import Run
from indexer.extract.rows import Line, Piece

SOFT: Final = "\u00ad"
ABOVE: Final = 0.78
BELOW: Final = 0.22
"""A box reaches so far above and below the baseline, in shares of the type size."""
SINGLE: Final = re.compile(r" [^\W\d_] +[^\W\d_] +[^\W\d_] ")
"""What is in the midst of letters set apart, and found sooner."""
LETTERS_APART: Final = re.compile(r"(?<!\S)(?:[^\W\d_] +){4,}[^\W\d_](?!\S)")

_new_run: Final = tuple.__new__
"""Makes a `Run` in half the time that its own constructor takes."""
Place = tuple[float, float, float, float]
"""Left, top, right and bottom of a box, in parts of the page."""
Row = tuple[float, float, list[float]]
"""The baseline and type size of a fragment; where its words begin and end, by turns."""


@dataclass(slots=True)
class Printed:
    """A line with the runs of its words; no text is the space between two blocks."""

    text: str
    runs: list[Run] = field(default_factory=list)


def printed(line: Line, across: float, down: float) -> Printed:
    """Return a line of a page of that width and height, in points, as printed text."""
    runs = [_run(box) for box in line.boxes] if line.boxes else _runs(line, across, down)
    found = Printed(composed(line.text), runs)
    if SINGLE.search(found.text) and LETTERS_APART.search(found.text):
        _close_up(found)
    if SOFT in found.text:
        _drop_soft(found)
    return found


def _runs(line: Line, across: float, down: float) -> list[Run]:
    rows = _rows(line.pieces)
    if line.turned:
        return [_run(box) for row in rows for box in _turned(row, line.turned, across, down)]
    return [
        _new_run(
            Run,
            (
                1 - (y + ABOVE * size) / down, 1 - (y - BELOW * size) / down,
                [edge / across for edge in edges], False,
            ),
        )
        for y, size, edges in rows
    ]  # fmt: skip


def _run(box: Place) -> Run:
    left, top, right, bottom = box
    return Run(top, bottom, [left, right])


def _turned(row: Row, turned: int, across: float, down: float) -> Iterator[Place]:
    """Yield the boxes of words on a page that was laid flat, where they are on the page itself."""
    y, size, edges = row
    for x0, x1 in zip(edges[::2], edges[1::2], strict=True):
        left, low = _upright(x0, y - BELOW * size, turned, across, down)
        right, high = _upright(x1, y + ABOVE * size, turned, across, down)
        yield (
            min(left, right) / across, 1 - max(low, high) / down,
            max(left, right) / across, 1 - min(low, high) / down,
        )  # fmt: skip


def _upright(x: float, y: float, turned: int, across: float, down: float) -> tuple[float, float]:
    """Return where a place of a page that was laid flat is on the page itself."""
    if turned == 90:
        return across - y, x
    if turned == 270:
        return y, down - x
    return (across - x, down - y) if turned == 180 else (x, y)


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    """Return where the words of a line stand, by fragment."""
    rows: list[Row] = []
    open_word = False
    for text, fragment in pieces:
        if fragment is None:
            open_word = False
            continue
        x0, y, x1, _, size, _, _, _, _ = fragment
        edges = _edges(text, fragment) if " " in text else [x0, x1]
        if open_word and edges and text[0] != " ":
            words = rows[-1][2]
            words[-1] = max(words[-1], edges[1])
            del edges[:2]
        if edges:
            rows.append((y, size, edges))
        open_word = text[-1:] != " "
    return rows


def _edges(text: str, fragment: Fragment) -> list[float]:
    """Return where each word of a fragment begins and ends, by turns."""
    x, _, end, _, size, _, font, _, _ = fragment
    words = text.split(" ")
    widths = list(map(font.words.__getitem__, words))
    spaces, space = len(words) - 1, font.advance[" "]
    total = sum(widths) + space * spaces
    more = (end - x - total * size) / spaces
    if more < -0.2 * size:  # the letters are narrower than the font says: all shrink alike
        size, more = (end - x) / total if total else 0.0, 0.0
    steps = [space * size + more] * (2 * len(words))
    steps[0] = x
    steps[1::2] = [width * size for width in widths]
    edges = list(accumulate(steps))
    if "" not in words:
        return edges
    if words.index("") == len(words) - 1:
        return edges[:-2]
    return [edge for place, edge in enumerate(edges) if words[place // 2]]


def _close_up(line: Printed) -> None:
    """Join the letters of a heading that is set wide (`B e s l u i t`); wider gaps part words."""
    words, boxes = line.text.split(), _places(line.runs)
    out: list[str] = []
    kept: list[Place] = []
    place = 0
    while place < len(words):
        end = place
        while end < len(words) and len(words[end]) == 1 and words[end].isalpha():
            end += 1
        if end - place < 5:
            end = max(end, place + 1)
            out += words[place:end]
            kept += boxes[place:end]
        else:
            for start, stop in _groups(boxes[place:end]):
                out.append("".join(words[place + start : place + stop]))
                kept.append(around(boxes[place + start : place + stop]))
        place = end
    line.text, line.runs = " ".join(out), list(map(_run, kept))


def _places(runs: Sequence[Run]) -> list[Place]:
    """Return the box of each word of runs that have no halves of words."""
    return [
        (left, run.top, right, run.bottom)
        for run in runs
        for left, right in zip(run.edges[::2], run.edges[1::2], strict=True)
    ]


def _groups(boxes: Sequence[Place]) -> list[tuple[int, int]]:
    """Return from where to where letters make a word: up to a gap twice as wide as usual."""
    gaps = [b[0] - a[2] for a, b in pairwise(boxes)]
    usual = sorted(gaps)[len(gaps) // 2]
    cuts = [i + 1 for i, gap in enumerate(gaps) if gap > 2 * usual + 0.002]
    return list(zip([0, *cuts], [*cuts, len(boxes)], strict=True))


def around(boxes: Sequence[Place]) -> Place:
    """Return the box around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _drop_soft(line: Printed) -> None:
    """Leave out soft hyphens, except at the end of the line, where a word may be broken."""
    end = SOFT if line.text.endswith(SOFT) and not line.text.endswith(" " + SOFT) else ""
    words = [word.replace(SOFT, "") for word in line.text.split()]
    boxes = zip(words, _places(line.runs), strict=True)
    line.runs = [_run(box) for word, box in boxes if word]
    line.text = " ".join(word for word in words if word) + end
