"""Words broken at line ends in papers that we set ourselves, from texts whose words are known.

In go the motions of ../shared (8,041 real texts, which the rules were not made on), put together by
twelve as a paper; they are set in a narrow column, broken as a press does: behind a hyphen of the
word's own, otherwise where the Dutch patterns of pyphen allow it. So what each break must become is
known without anybody's mark. Papers are drawn by chance; the file is read as any other.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pyphen
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from indexer.extract import read, words
from tests.conftest import SHARED
from tests.quality.scores import Row, Table
from tests.quality.watching import watching

SEEDS = {"motions, drawn first": 20261125, "motions, drawn after mending": 20261127}
PAPERS, MOTIONS = 40, 12
FONT, SIZE, LEADING, LEFT, MEASURE = "Times-Roman", 10.0, 12.0, 90.0, 190.0
TOP, LINES = 780.0, 58
REACH = 0.993
CORE = re.compile(r"^([^\w]*)([^\W\d_]{6,})([^\w]*)$")
OWN = re.compile(r"(?<=\w)-(?=\w)")
ADDRESS = re.compile(r"https?:|www\.|@|/")

EMPTY = ("", "")

Key = tuple[str, str]
Broken = tuple[Key, str]
"""The halves as read, and `whole`, `hyphen` or `apart`."""


def table() -> Table | None:
    """Return how many breaks are decided right in papers drawn by two seeds."""
    motions = SHARED / "collection" / "docs.jsonl"
    if not motions.is_file():
        return None
    texts = [json.loads(line)["text"] for line in motions.read_text("utf-8").splitlines()]
    rows = [_row(name, texts, seed) for name, seed in SEEDS.items()]
    return Table("Line-end hyphens in papers set from known words", tuple(rows))


def _row(name: str, texts: list[str], seed: int) -> Row:
    row = Row(name, REACH)
    starts = random.Random(seed).sample(range(0, len(texts) - MOTIONS, MOTIONS), PAPERS)
    with tempfile.TemporaryDirectory() as scratch:
        for number, start in enumerate(starts):
            path = Path(scratch) / f"{number}.pdf"
            truth: dict[Key, deque[str]] = defaultdict(deque)
            for key, kind in _set(path, texts[start : start + MOTIONS]):
                truth[key].append(kind)
            for key, found in _decided(path):
                wanted = truth[key].popleft() if truth[key] else "no break"
                row.add(f"paper {start} {key[0]}-|{key[1]}", wanted, found)
            left = [key for key, kinds in truth.items() for _ in kinds]
            row.wanted += len(left)
            row.misses += [f"paper {start} {key[0]}-|{key[1]}: not seen" for key in left]
    return row


def _decided(path: Path) -> Iterator[Broken]:
    """Yield the breaks of a paper as decided now."""
    found: list[Broken] = []
    decide = words.decide

    def noted(broken: words.Break, known: words.Counts) -> str:
        kind = decide(broken, known)
        found.append(((broken.before + broken.left, broken.right), kind))
        return kind

    with watching(words, "decide", noted):
        read.extract(path, ocr="off")
    yield from found


def _set(path: Path, texts: Iterable[str]) -> Iterator[Broken]:
    """Set texts as a paper and yield its breaks."""
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    lines = [line for text in texts for part in text.split("\n") for line in [*_lines(part), EMPTY]]
    for number, ((line, kind), (following, _)) in enumerate(pairwise([*lines, EMPTY])):
        if number % LINES == 0:
            if number:
                canvas.showPage()
            canvas.setFont(FONT, SIZE)
        canvas.drawString(LEFT, TOP - LEADING * (number % LINES), line)
        left, right = words.LAST.search(line), words.FIRST.match(following)
        if kind and left and right and ((number + 1) % LINES or words.GOES_ON.match(following)):
            yield (left[1] + left[2], right[0]), kind
    canvas.save()


def _lines(text: str) -> list[tuple[str, str]]:
    """Break a paragraph into lines, first fit, each with what the break at its end was."""
    lines: list[tuple[str, str]] = []
    line = ""
    waiting = text.split()[::-1]
    while waiting:
        word = waiting.pop()
        start = f"{line} " if line else ""
        if _width(start + word) <= MEASURE:
            line = start + word
            continue
        head, rest = _cut(word, start)
        if head:
            own = word[len(head) - 1] == "-"
            lines.append((start + head, "hyphen" if own else "whole"))
            waiting.append(rest)
        else:
            lines.append((line or word, "apart" if line.endswith("-") else ""))
            waiting += [word] if line else []
        line = ""
    return [*lines, (line, "")] if line else lines


def _cut(word: str, start: str) -> tuple[str, str]:
    """Return what of a word still fits behind the start of a line, as printed, and the rest."""
    for place in reversed(_places(word)):
        head = word[:place] if word[place - 1] == "-" else f"{word[:place]}-"
        if _width(start + head) <= MEASURE:
            return head, word[place:]
    return "", word


@cache
def _places(word: str) -> list[int]:
    """Return where a word may be broken, in letters; an address is not."""
    if ADDRESS.search(word):
        return []
    own = [match.end() for match in OWN.finditer(word)]
    core = CORE.match(word)
    if own or core is None:
        return own
    points = pyphen.Pyphen(lang="nl_NL", left=2, right=2).positions(core[2])
    return [len(core[1]) + int(at) for at in points if core[2][at] not in "äëïöü"]


@cache
def _width(text: str) -> float:
    return float(stringWidth(text, FONT, SIZE))
