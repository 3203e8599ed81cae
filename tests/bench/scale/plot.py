"""Latency against size as an SVG picture, written by hand: four lines need no library."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 360, 60, 20, 40
KIND = "question without stop words"
COLOURS = ("#154273", "#b3261e", "#39870c", "#a66f00", "#6d3b8f", "#555555")


class Timed(Protocol):
    """What is drawn of an engine."""

    @property
    def took(self) -> Mapping[str, Sequence[float]]:
        """Return milliseconds by kind of query."""
        ...


def write(
    path: Path, outcomes: Mapping[int, Mapping[str, Timed]], names: Mapping[str, str]
) -> None:
    """Draw the median time of questions for each engine and size, both on a scale of tens."""
    points = {
        name: [
            (size, statistics.median(row[name].took[KIND]))
            for size, row in outcomes.items()
            if name in row and row[name].took.get(KIND)
        ]
        for name in names
    }
    drawn = {name: row for name, row in points.items() if row}
    path.write_text("\n".join(_svg(drawn, names)) + "\n", "utf-8")


def _svg(
    points: Mapping[str, Sequence[tuple[int, float]]], names: Mapping[str, str]
) -> Iterator[str]:
    sizes = [size for row in points.values() for size, _ in row]
    times = [time for row in points.values() for _, time in row]
    wide = (math.log10(min(sizes)), math.log10(max(sizes)))
    high = (math.floor(math.log10(min(times))), math.ceil(math.log10(max(times))))
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">'
    )
    yield "<title>Milliseconds of a question without stop words, by passages</title>"
    for power in range(high[0], high[1] + 1):
        y = _y(float(power), high)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - 130}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} ms</text>'
    for size in sorted(set(sizes)):
        x = _x(math.log10(size), wide)
        yield f'<text x="{x:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{size:,}</text>'
    for colour, (name, row) in zip(COLOURS, points.items(), strict=False):
        places = [(_x(math.log10(s), wide), _y(math.log10(t), high)) for s, t in row]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
        x, y = places[-1]
        yield f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{names[name]}</text>'
    yield "</svg>"


def _x(value: float, span: tuple[float, float]) -> float:
    share = (value - span[0]) / (span[1] - span[0]) if span[1] > span[0] else 0.5
    return LEFT + 20 + share * (WIDTH - LEFT - 170)


def _y(value: float, span: tuple[float, float]) -> float:
    share = (value - span[0]) / max(1e-9, span[1] - span[0])
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
