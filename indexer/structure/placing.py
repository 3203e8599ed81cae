"""Text from elsewhere onto the pages of a PDF.

In go the blocks of a text and the pages of a PDF that prints it, out come the same blocks cut where
each page begins. The story: runs of four words that occur once in both are anchors; those that keep
the order (the longest such series) say where in the text a page stands; a page begins as many words
before its first anchor as the PDF prints there. What is only in one of the two does not matter.
Linear but for the sorting; Patience diff (Bram Cohen) finds its anchors the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.paper import Page

WORD = re.compile(r"\w+")
RUN = 4
"""Words of an anchor."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The text of each page, its blocks separated by an empty line, and how much is in both.

    `share` is the part of the text's words that the PDF prints too, by count.
    """

    texts: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    block: int
    start: int


def place(blocks: Sequence[str], pages: Sequence[Page]) -> Placed:
    """Cut a text into pages."""
    words = [
        _Word(match.group().casefold(), number, match.start())
        for number, block in enumerate(blocks)
        for match in WORD.finditer(block)
    ]
    printed = [[w.casefold() for w in WORD.findall(page.text)] for page in pages]
    starts = _starts([word.text for word in words], printed)
    places = [(words[s].block, words[s].start) if s < len(words) else None for s in starts]
    return Placed(tuple(_cut(blocks, places)), _share(words, printed))


def _share(words: Sequence[_Word], printed: Sequence[Sequence[str]]) -> float:
    ours = Counter(word.text for word in words)
    theirs = Counter(word for page in printed for word in page)
    return (ours & theirs).total() / max(ours.total(), 1)


def _starts(ours: Sequence[str], printed: Sequence[Sequence[str]]) -> list[int]:
    """Return for each page the index of the word of ours with which it begins."""
    firsts = [0]
    for page in printed:
        firsts.append(firsts[-1] + len(page))
    anchors = _in_order(_anchors(ours, [word for page in printed for word in page]))
    theirs = [there for there, _ in anchors]
    starts: list[int | None] = []
    last = -1
    for begin, end in pairwise(firsts):
        # A run that began on the page before tells of a page with too few words for its own.
        first, behind = bisect_right(theirs, begin - RUN), bisect_left(theirs, end)
        if begin < end and first < behind:
            starts.append(max(anchors[first][1] + begin - theirs[first], last + 1))
            # The last run may go on on the next page.
            last = anchors[behind - 1][1] + min(RUN, end - theirs[behind - 1]) - 1
        else:
            starts.append(None)
    return _filled(starts, len(ours))


def _filled(starts: Sequence[int | None], end: int) -> list[int]:
    """Return where each page begins; one on which nothing is found begins where the next does."""
    found = list(starts)
    for number in range(len(found) - 1, -1, -1):
        start = found[number]
        found[number] = end = end if start is None else start
    return [0, *(start or 0 for start in found[1:])]


def _anchors(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Return where runs that occur once in both stand in theirs and in ours, in their order."""
    here, there = _once(ours), _once(theirs)
    return sorted((there[run], here[run]) for run in here.keys() & there.keys())


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    runs: dict[tuple[str, ...], int] = {}
    twice: set[tuple[str, ...]] = set()
    for start in range(len(words) - RUN + 1):
        run = tuple(words[start : start + RUN])
        if run in runs:
            twice.add(run)
        runs[run] = start
    return {run: start for run, start in runs.items() if run not in twice}


def _in_order(anchors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest series of anchors whose places in ours rise too."""
    tails: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for number, (_, our) in enumerate(anchors):
        place = bisect_left(tails, our)
        before.append(heads[place - 1] if place else -1)
        tails[place : place + 1] = [our]
        heads[place : place + 1] = [number]
    found, at = [], heads[-1] if heads else -1
    while at >= 0:
        found.append(anchors[at])
        at = before[at]
    return found[::-1]


def _cut(blocks: Sequence[str], places: Sequence[tuple[int, int] | None]) -> Iterator[str]:
    """Yield the text of each page; `places` say with which character of which block it begins."""
    end = (len(blocks), 0)
    points = [place or end for place in places]
    for first, last in zip(points, [*points[1:], end], strict=True):
        yield "\n\n".join(_between(blocks, first, last))


def _between(blocks: Sequence[str], first: tuple[int, int], last: tuple[int, int]) -> Iterator[str]:
    for number in range(first[0], min(last[0] + 1, len(blocks))):
        start = first[1] if number == first[0] else 0
        end = last[1] if number == last[0] else len(blocks[number])
        if text := blocks[number][start:end].strip():
            yield text
