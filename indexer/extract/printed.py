"""Lines → printed lines: text in the usual form, with a box for each of its words.

In go `Line`s, out come `Printed` lines whose boxes, in parts of the page, go with `text.split()`
one by one; that holds through everything that is done to them later. Where a word begins within a
fragment follows from the widths of its letters; what is left over goes to the spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.extract.characters import composed
from indexer.extract.pen import Fragment
from indexer.extract.rows import Line, Piece

SOFT = "\u00ad"
ABOVE, BELOW = 0.78, 0.22
"""A box reaches so far above and below the baseline, in shares of the type size."""
SINGLE = re.compile(r" [^\W\d_] +[^\W\d_] +[^\W\d_] ")
"""What is in the midst of letters set apart, and found sooner."""
LETTERS_APART = re.compile(r"(?<!\S)(?:[^\W\d_] +){4,}[^\W\d_](?!\S)")

Place = tuple[float, float, float, float]
"""Left, top, right and bottom of a box, in parts of the page."""
Boxes = tuple[Place, ...]
Run = tuple[float, float, list[tuple[float, float]]]
"""The baseline and type size of a fragment, and from where to where each of its words stands."""


@dataclass(slots=True)
class Printed:
    """A line with the boxes of its words; no text is the space between two blocks."""

    text: str
    boxes: list[Boxes] = field(default_factory=list)


def printed(line: Line, across: float, down: float) -> Printed:
    """Return a line of a page of that width and height, in points, as printed text."""
    boxes: list[Boxes] = [(box,) for box in line.boxes] or _boxes(line, across, down)
    found = Printed(composed(line.text), boxes)
    if SINGLE.search(found.text) and LETTERS_APART.search(found.text):
        _close_up(found)
    if SOFT in found.text:
        _drop_soft(found)
    return found


def _boxes(line: Line, across: float, down: float) -> list[Boxes]:
    runs = _runs(line.pieces)
    if line.turned:
        return [(box,) for run in runs for box in _turned(run, line.turned, across, down)]
    found: list[Boxes] = []
    for y, size, edges in runs:
        top, bottom = 1 - (y + ABOVE * size) / down, 1 - (y - BELOW * size) / down
        found += [((x0 / across, top, x1 / across, bottom),) for x0, x1 in edges]
    return found


def _turned(run: Run, turned: int, across: float, down: float) -> Iterator[Place]:
    """Yield the boxes of words on a page that was laid flat, where they are on the page itself."""
    y, size, edges = run
    for x0, x1 in edges:
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


def _runs(pieces: Sequence[Piece]) -> list[Run]:
    """Return where the words of a line stand, by fragment."""
    runs: list[Run] = []
    open_word = False
    for text, fragment in pieces:
        if fragment is None:
            open_word = False
            continue
        x0, y, x1, _, size = fragment[:5]
        edges = _edges(text, fragment) if " " in text else [(x0, x1)]
        if open_word and edges and text[0] != " ":
            words = runs[-1][2]
            words[-1] = (words[-1][0], max(words[-1][1], edges[0][1]))
            del edges[0]
        if edges:
            runs.append((y, size, edges))
        open_word = text[-1:] != " "
    return runs


def _edges(text: str, fragment: Fragment) -> list[tuple[float, float]]:
    """Return from where to where each word of a fragment stands."""
    x, _, end, _, size, _, font = fragment[:7]
    words = text.split(" ")
    widths = list(map(font.words.__getitem__, words))
    spaces, space = len(words) - 1, font.advance[" "]
    total = sum(widths) + space * spaces
    more = (end - x - total * size) / spaces
    if more < -0.2 * size:  # the letters are narrower than the font says: all shrink alike
        size, more = (end - x) / total if total else 0.0, 0.0
    step = space * size + more
    found = []
    for word, width in zip(words, widths, strict=True):
        behind = x + width * size
        if word:
            found.append((x, behind))
        x = behind + step
    return found


def _close_up(line: Printed) -> None:
    """Join the letters of a heading that is set wide (`B e s l u i t`); wider gaps part words."""
    words = line.text.split()
    out: list[str] = []
    boxes: list[Boxes] = []
    place = 0
    while place < len(words):
        end = place
        while end < len(words) and len(words[end]) == 1 and words[end].isalpha():
            end += 1
        if end - place < 5:
            end = max(end, place + 1)
            out += words[place:end]
            boxes += line.boxes[place:end]
        else:
            for start, stop in _groups(line.boxes[place:end]):
                out.append("".join(words[place + start : place + stop]))
                group = [box for word in line.boxes[place + start : place + stop] for box in word]
                boxes.append((around(group),))
        place = end
    line.text, line.boxes = " ".join(out), boxes


def _groups(boxes: Sequence[Boxes]) -> list[tuple[int, int]]:
    """Return from where to where letters make a word: up to a gap twice as wide as usual."""
    gaps = [b[0][0] - a[0][2] for a, b in pairwise(boxes)]
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
    line.boxes = [box for word, box in zip(words, line.boxes, strict=True) if word]
    line.text = " ".join(word for word in words if word) + end
