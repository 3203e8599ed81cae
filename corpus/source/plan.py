"""What a layout is: a source goes in, out comes a Plan of frames, styles, furniture and head."""

from collections.abc import Callable
from dataclasses import dataclass

from flow import Box, FrameMaker, Glyphs, Strip, Styles, set_block
from fonts import font, width
from lines import Style
from markup import read_words

A4 = (595.0, 842.0)
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
Furniture = list[Glyphs | Box]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A strip with a place of its own: x at its left, y at its top."""

    strip: Strip
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a layout decides; `order` is how the page is painted: plain or interleaved."""

    styles: Styles
    frames: FrameMaker
    furniture: Callable[[int, int], Furniture]
    head: tuple[Fixed, ...] = ()
    size: tuple[float, float] = A4
    crop: tuple[float, float, float, float] | None = None
    order: str = "plain"


def fixed(text: str, style: Style, x: float, y: float, measure: float) -> list[Fixed]:
    """Set a text from a fixed place downwards."""
    out = []
    for strip in set_block(read_words(text), style, measure):
        out.append(Fixed(strip, x, y))
        y -= strip.height
    return out


def below(placed: list[Fixed]) -> float:
    """Return the lowest point of a fixed text."""
    return min(item.y - item.strip.height for item in placed)


def mark(text: str, x: float, y: float, family: str, size: float, style: str = "regular") -> Glyphs:
    """Return a string of furniture with its base line at y."""
    return Glyphs(x, y, text, font(family, style), size)


def mark_right(
    text: str, x: float, y: float, family: str, size: float, style: str = "regular"
) -> Glyphs:
    """Return a string of furniture that ends at x."""
    name = font(family, style)
    return Glyphs(x - width(text, name, size), y, text, name, size)


def printed_date(iso: str) -> str:
    """Write an ISO date as the papers print it."""
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def printed_session(session: str) -> str:
    """Write a session year with the en dash of the printed papers."""
    return session.replace("-", "–")
