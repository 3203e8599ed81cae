"""Breaks words into lines: in go words and a width, out come lines that know what was printed
and what it says.

The story: first fit, as the presses of the papers do. A word that does not fit is broken at the
best point that does: behind a hyphen of its own, inside an address of a web page, at a point
marked in the source, or where the Dutch patterns of pyphen allow it. What a line says is kept
apart from what it prints, so that the truth of a page never depends on joining hyphens again.
"""

import re
from dataclasses import dataclass
from functools import cache

import pyphen
from fonts import font, width
from markup import Piece, Word

_TREMA = "äëïöüÄËÏÖÜ"
_CORE = re.compile(r"^([^\w]*)([^\W\d_]{7,})([^\w]*)$")
_URL = re.compile(r"https?://|www\.")
_RAGGED_ZONE = 26.0  # a ragged line shorter by less than this is not filled with half a word


@dataclass(frozen=True, slots=True)
class Style:
    """How a block is set; sizes and distances in points."""

    family: str
    size: float
    leading: float
    face: str = "regular"
    before: float = 0.0
    indent: float = 0.0
    justify: bool = False
    hyphenate: bool = False
    keep: bool = False
    colour: str = "#000000"


@dataclass(frozen=True, slots=True)
class SetWord:
    """A word, or the part of one that stands on this line."""

    pieces: tuple[Piece, ...]
    text: str
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `glue` when its last word goes on in the next, `full` when it may be stretched."""

    words: tuple[SetWord, ...]
    glue: bool
    full: bool

    @property
    def text(self) -> str:
        """What the line says; a hyphen that was added by the break is not in it."""
        return " ".join(word.text for word in self.words)

    @property
    def marks(self) -> tuple[str, ...]:
        """The footnote marks on this line."""
        pieces = (piece for word in self.words for piece in word.pieces)
        return tuple(piece.text for piece in pieces if piece.style == "mark")


def piece_width(piece: Piece, style: Style) -> float:
    """Return the width of a piece in a style; marks are raised and smaller."""
    size = style.size * 0.62 if piece.style == "mark" else style.size
    return width(piece.text, piece_font(piece, style), size)


def piece_font(piece: Piece, style: Style) -> str:
    """Return the font of a piece: its own emphasis, or the face of its block."""
    return font(style.family, style.face if piece.style in ("regular", "mark") else piece.style)


def space_width(style: Style) -> float:
    """Return the width of a space in a style."""
    return width(" ", font(style.family, style.face), style.size)


def break_lines(words: tuple[Word, ...], style: Style, measure: float) -> list[Line]:
    """Break words into lines no wider than `measure`.

    Where the source forces a break, the paragraph is set a little narrower, so that the line that
    ends there is nearly full, as it is where a press breaks a word.
    """
    if not any(word.hard for word in words):
        return _first_fit(words, style, measure)
    tries = [_first_fit(words, style, measure * share / 100) for share in range(100, 81, -1)]
    return max(tries, key=lambda lines: min(_forced_fills(words, lines, style)))


def _forced_fills(words: tuple[Word, ...], lines: list[Line], style: Style) -> list[float]:
    """Return how wide the lines are that end at a forced break."""
    ends = {word.text[: word.hard] for word in words if word.hard}
    forced = (line for line in lines if line.full and line.words[-1].text in ends)
    space = space_width(style)
    return [
        sum(word.width for word in line.words) + space * (len(line.words) - 1) for line in forced
    ]


def _first_fit(words: tuple[Word, ...], style: Style, measure: float) -> list[Line]:
    """Break words into lines, each filled as far as it goes."""
    lines: list[Line] = []
    line: list[SetWord] = []
    used = 0.0
    waiting = list(reversed(words))
    while waiting:
        word = waiting.pop()
        gap = space_width(style) if line else 0.0
        head, rest = _fit(word, style, measure - used - gap, empty=not line)
        if head is not None:
            line.append(head)
            used += gap + head.width
        if rest is not None:
            waiting.append(rest)
        if rest is not None or word.newline or word.hard == len(word.text):
            lines.append(Line(tuple(line), head is not None and rest is not None, not word.newline))
            line, used = [], 0.0
    if line:
        lines.append(Line(tuple(line), glue=False, full=False))
    return lines


def _fit(
    word: Word, style: Style, room: float, *, empty: bool
) -> tuple[SetWord | None, Word | None]:
    """Return the part of a word that fits and the part that is left."""
    if word.hard and word.hard < len(word.text):
        head, rest = _cut(word, word.hard, style)
        if head.width <= room:
            return head, rest
        if not empty:
            return None, word
    whole = _set(word.pieces, word.text, style)
    if whole.width <= room:
        return whole, None
    if not empty and not style.justify and room < _RAGGED_ZONE:
        return None, word
    for place in reversed(break_points(word, hyphenate=style.hyphenate)):
        head, rest = _cut(word, place, style)
        if head.width <= room:
            return head, rest
    if not empty:
        return None, word
    return _force(word, style, room)


def _force(word: Word, style: Style, room: float) -> tuple[SetWord, Word | None]:
    """Cut a word that is wider than a line where the line ends."""
    for place in range(len(word.text) - 1, 0, -1):
        head, rest = _cut(word, place, style)
        if head.width <= room:
            return head, rest
    return _set(word.pieces, word.text, style), None


def break_points(word: Word, *, hyphenate: bool) -> list[int]:
    """Return the places, counted in letters, where a word may be broken."""
    text = word.text
    if _URL.search(text):
        places = {m.end() for m in re.finditer(r"[/?=&_.-]+(?=\w)", text) if m.end() > 8}
    else:
        places = {m.end() for m in re.finditer(r"(?<=\w)[-–/](?=\w)", text)}
        if hyphenate and not places and (core := _CORE.match(text)):
            start = len(core[1])
            places = {start + at for at in _patterns(core[2])}
    return sorted(places | set(word.soft))


@cache
def _patterns(letters: str) -> tuple[int, ...]:
    """Return pyphen's points, without those before a trema: the trema would have to go."""
    points = pyphen.Pyphen(lang="nl_NL", left=3, right=3).positions(letters)
    return tuple(int(at) for at in points if letters[at] not in _TREMA)


def _cut(word: Word, place: int, style: Style) -> tuple[SetWord, Word]:
    """Cut a word in two; a hyphen is printed unless the word has its own sign there."""
    left: list[Piece] = []
    right: list[Piece] = []
    count = 0
    for piece in word.pieces:
        letters = 0 if piece.style == "mark" else len(piece.text)
        at = max(0, min(len(piece.text), place - count)) if letters else 0
        if letters and at:
            left.append(Piece(piece.text[:at], piece.style))
        if not letters:
            (right if count >= place else left).append(piece)
        elif at < letters:
            right.append(Piece(piece.text[at:], piece.style))
        count += letters
    said = word.text[:place]
    if said[-1].isalpha() and not _URL.search(word.text):
        left.append(Piece("-", left[-1].style if left[-1].style != "mark" else "regular"))
    soft = tuple(at - place for at in word.soft if at > place)
    return _set(tuple(left), said, style), Word(tuple(right), soft, newline=word.newline)


def _set(pieces: tuple[Piece, ...], said: str, style: Style) -> SetWord:
    return SetWord(pieces, said, sum(piece_width(piece, style) for piece in pieces))
