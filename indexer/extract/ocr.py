"""Scanned pages → lines, by tesseract with Dutch when it is installed.

In go a PDF and page numbers, out come for each page its lines in tesseract's order, with a box for
each word and how sure tesseract is. Pages are rendered by poppler's `pdftoppm`; both programs get a
fixed argument list, never a shell. What was read is kept, so that a page is read once.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from indexer.boxes import Box
from indexer.extract.characters import composed, usual
from indexer.extract.lines import PageLines
from indexer.extract.rows import Line
from indexer.orphans import die_with

DPI = 300
POINTS = 72 / DPI
PAGE_SECONDS = 15
"""A page that takes more seconds of the processor, to draw or to read, is left as a scan."""
WAIT = 4
"""So many times longer it may take by the clock: a busy machine is no reason to lose a text."""
BASELINE = 0.22
"""The baseline of a line lies this share of its height above its lower edge."""
FIELDS = 12
Row = list[str]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as read: its lines, and how sure tesseract is of its words, from 0 to 1."""

    lines: PageLines
    confidence: float


def read(path: Path, number: int, kept: Path | None) -> Recognised | None:
    """Return a page, `None` when it cannot be read; `kept` is a folder for what was read."""
    place = kept / f"{number}.json" if kept else None
    table = _known(place)
    if table is None:
        with tempfile.TemporaryDirectory() as folder:
            table = _table(path, number, Path(folder) / "page")
        if table is None:
            return None
        if place:
            _keep(place, table)
    return _page(number, table)


def _known(place: Path | None) -> list[Row] | None:
    """Return what was kept of a page; what cannot be understood is read again."""
    if place is None:
        return None
    try:
        table = json.loads(place.read_bytes())
    except (OSError, ValueError):
        return None
    return table if isinstance(table, list) and table else None


def _keep(place: Path, table: list[Row]) -> None:
    """Keep what was read; a disk that refuses costs time in the next build, and not the page."""
    fresh = place.with_suffix(".new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")), "utf-8")
        fresh.replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def _table(path: Path, number: int, image: Path) -> list[Row] | None:
    """Return tesseract's table of a page (TSV), `None` when it cannot be read in time."""
    render = ["pdftoppm", "-r", str(DPI), "-gray", "-png", "-singlefile", "-f", str(number)]
    try:
        run([*render, "-l", str(number), str(path), str(image)])
        told = run(
            ["tesseract", f"{image}.png", "-", "-l", "nld", "--psm", "3", "tsv"],
            {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/local/bin:/usr/bin:/bin"},
        )
    except (subprocess.SubprocessError, OSError):
        return None
    rows = [line.split("\t") for line in told.decode("utf-8", "replace").splitlines()[1:]]
    return [row for row in rows if len(row) == FIELDS and (row[0] == "1" or row[11].strip())]


def run(command: list[str], env: dict[str, str] | None = None) -> bytes:
    """Run a program that dies with us, for at most `PAGE_SECONDS` of the processor.

    Raises `subprocess.SubprocessError` when it fails or takes longer.
    """
    return subprocess.run(  # noqa: S603 - fixed arguments; a child that reads has one thread
        command,
        capture_output=True,
        timeout=WAIT * PAGE_SECONDS,
        check=True,
        preexec_fn=partial(_bound, os.getpid(), PAGE_SECONDS),
        env=env,
    ).stdout


def _bound(parent: int, seconds: int) -> None:
    die_with(parent)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limit = seconds if most == resource.RLIM_INFINITY else min(seconds, most)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))


def _page(number: int, table: list[Row]) -> Recognised:
    """Make lines of a table: the first row is the page, the others are words."""
    sizes = [row for row in table if row[0] == "1"]
    width, height = (int(sizes[0][8]), int(sizes[0][9])) if sizes else (1, 1)
    words = [row for row in table if row[0] == "5"]
    lines = [
        _line(list(rows), width, height) for _, rows in groupby(words, key=itemgetter(2, 3, 4))
    ]
    lengths = [(float(row[10]), len(row[11])) for row in words]
    total = sum(length for _, length in lengths)
    sure = sum(value * length for value, length in lengths) / total / 100 if total else 0.0
    across, down = width * POINTS, height * POINTS
    body = tuple(_even(line for line in lines if line.text))
    return Recognised(PageLines(number, down, body, (), 0.0, across, down), round(sure, 3))


def _line(rows: list[Row], width: int, height: int) -> Line:
    words = [
        (composed(usual(row[11])).split(), [int(value) for value in row[6:10]]) for row in rows
    ]
    boxes = [
        Box(x / width, y / height, (x + wide) / width, (y + high) / height)
        for texts, (x, y, wide, high) in words
        for _ in texts
    ]
    around = _around(boxes)
    high = (around.bottom - around.top) * height * POINTS
    return Line(
        x0=around.left * width * POINTS,
        x1=around.right * width * POINTS,
        y=(1 - around.bottom) * height * POINTS + BASELINE * high,
        size=high,
        text=" ".join(text for texts, _ in words for text in texts),
        bold=False,
        boxes=tuple(boxes),
    )


def _around(boxes: list[Box]) -> Box:
    if not boxes:
        return Box(0.0, 0.0, 0.0, 0.0)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def _even(lines: Iterable[Line]) -> Iterator[Line]:
    """Give lines of about one height one type size: heights of scanned lines vary with letters."""
    found = list(lines)
    heights = sorted(line.size for line in found)
    usual_height = heights[len(heights) // 2] if heights else 0.0
    for line in found:
        near = 0.7 * usual_height < line.size < 1.4 * usual_height
        yield replace(line, size=round(0.75 * (usual_height if near else line.size), 1))
