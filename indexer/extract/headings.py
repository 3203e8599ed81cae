"""Cells → runs in reading order, where headings in large type stand beside their text.

In go the cells of a column, the highest first, out come runs of them in the order of a person, none
when there are no such headings. The story: a leaflet has its questions at the left in larger type,
and each answer at the right of its question; their lines lie at heights of their own, so that row
by row they alternate. Each heading comes before the lines that begin beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from indexer.extract.rows import Line, same_row

LARGER: Final = 1.1
"""Headings are so many times as large as the text beside them."""
LEAST: Final = 4
"""Lines of headings, and so many times as many of text."""
APART: Final = 0.5
"""Of the lines of headings so many stand on no baseline of the text: rows of a table do."""
LEADING: Final = 1.6
MOST: Final = 2_000
"""A page with more cells than this is a drawing."""
TOP: Final = 0.75
"""A line is this share of its type size high above its baseline."""


def headings_beside(cells: Sequence[Line]) -> list[list[Line]]:
    """Return runs, each heading before the text beside it; empty without such headings."""
    if len(cells) > MOST:
        return []
    text_size = _common([cell.size for cell in cells for _ in range(len(cell.text) // 20)])
    large = [cell for cell in cells if cell.size >= LARGER * text_size and not cell.band]
    edge = _common([float(round(cell.x0)) for cell in large])
    heads = [cell for cell in large if abs(cell.x0 - edge) <= 2.0]
    inside = set(map(id, heads))
    right = max([cell.x1 for cell in heads], default=0.0)
    text = [cell for cell in cells if id(cell) not in inside]
    beside = [cell for cell in text if cell.x0 > right]
    if len(heads) < LEAST or len(beside) < LEAST * len(heads):
        return []
    if any(cell.x0 <= right and heads[-1].y <= cell.y <= heads[0].y for cell in text):
        return []  # something runs from the one into the other
    alone = sum(not any(same_row(head, cell) for cell in beside) for head in heads)
    return _merged(heads, text) if alone >= APART * len(heads) else []


def _merged(heads: Sequence[Line], text: Sequence[Line]) -> list[list[Line]]:
    found: list[list[Line]] = []
    left = list(text)
    for block in _blocks(heads):
        top = block[0].y + TOP * block[0].size
        above = [cell for cell in left if cell.y + TOP * cell.size > top + 0.5 * cell.size]
        left = left[len(above) :]
        found += [above, block]
    return [*found, left]


def _blocks(heads: Sequence[Line]) -> list[list[Line]]:
    blocks = [[heads[0]]]
    for before, head in pairwise(heads):
        if before.y - head.y > LEADING * head.size:
            blocks.append([])
        blocks[-1].append(head)
    return blocks


def _common(numbers: Sequence[float]) -> float:
    return Counter(numbers).most_common(1)[0][0] if numbers else 0.0
