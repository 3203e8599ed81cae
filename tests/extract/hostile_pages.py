"""Crafted pages: content, rules and widths that ask too much of who reads a page well.

In go nothing, out come (name, bytes). Where `tests.extract.hostile` is about files, these are about
what a reader does with a sound file: numbers, tables by their rules, arrays of text, widths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.extract.hostile import FONT, PAGE, TEXT, changed, composite, stream

MILLION = b"1" * 1_000_000
WORD = b"BT /F1 6 Tf 1 0 0 1 %d %d Tm (de cel %d van het vak) Tj ET"


def _rules(lines: Iterator[bytes], text: bytes = b"") -> bytes:
    return changed(o4=stream(b"\n".join(lines) + b"\n" + text))


def _grid(across: int, down: int) -> bytes:
    """Return a page with so many upright and level rules, and a word in some of its cells."""
    level = (b"20 %.3f m 575 %.3f l S" % ((y := 20 + 800 * n / down), y) for n in range(down))
    upright = (b"%.3f 20 m %.3f 820 l S" % ((x := 20 + 555 * n / across), x) for n in range(across))
    return _rules(iter([*level, *upright]), _words(20, 40))


def _boxes(across: int, down: int) -> bytes:
    """Return a page with a rectangle around every cell, each of four thin ones."""
    wide, high = 555 / across, 800 / down
    cells = (
        b"%.2f %.2f %.2f .4 re %.2f %.2f .4 %.2f re f"
        % (20 + wide * x, 20 + high * y, wide, 20 + wide * x, 20 + high * y, high)
        for x in range(across)
        for y in range(down)
    )
    return _rules(cells, _words(20, 40))


def _words(across: int, down: int) -> bytes:
    places = (
        (20 + 555 * x // across, 22 + 800 * y // down) for x in range(across) for y in range(down)
    )
    return b"\n".join(WORD % (x + 1, y, n) for n, (x, y) in enumerate(places))


def _table(rows: int, columns: int, lines: int) -> bytes:
    """Return a ruled table whose cells have so many lines each."""
    wide, high = 555 / columns, 800 / rows
    drawn = [b"20 %.3f m 575 %.3f l S" % ((y := 20 + high * n), y) for n in range(rows + 1)]
    drawn += [b"%.3f 20 m %.3f 820 l S" % ((x := 20 + wide * n), x) for n in range(columns + 1)]
    step = high / (lines + 1)
    words = (
        b"BT /F1 %.2f Tf 1 0 0 1 %.2f %.3f Tm (in de rij %d is het regel %d) Tj ET"
        % (min(6, step), 21 + wide * column, 820 - high * row - step * (line + 1), row, line)
        for row in range(rows)
        for column in range(columns)
        for line in range(lines)
    )
    return _rules(iter(drawn), b"\n".join(words))


def _shown(array: bytes) -> bytes:
    return changed(o4=stream(b"BT /F1 12 Tf 90 700 Td " + array + b" TJ ET " + TEXT))


def _widths(array: bytes) -> bytes:
    return composite(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [ " + array + b" ] >>",
        o4=stream(b"BT /F1 12 Tf 90 700 Td <00410042> Tj ET"),
    )


def _simple(first: int, last: int, widths: int) -> bytes:
    font = FONT[:-2] + b"/FirstChar %d /LastChar %d /Widths [%s] >>"
    return changed(o6=font % (first, last, b"500 " * widths))


CRAFTED: dict[str, Callable[[], bytes]] = {
    # numbers of a million digits
    "move-by-a-million-digits": lambda: changed(
        o4=stream(b"BT /F1 12 Tf 90 %s Td (ver weg) Tj ET " % MILLION + TEXT)
    ),
    "size-of-a-million-digits": lambda: changed(
        o4=stream(b"BT /F1 %s Tf 90 700 Td (groot) Tj ET " % MILLION + TEXT)
    ),
    "matrix-of-a-million-digits": lambda: changed(
        o4=stream(b"1 0 0 1 0.%s -%s cm " % (MILLION, MILLION) + TEXT)
    ),
    "fraction-of-a-million-digits": lambda: changed(
        o4=stream(b"BT /F1 12 Tf 90.%s 700 Td (binnen) Tj ET " % MILLION)
    ),
    "rules-of-a-million-digits": lambda: _rules(
        iter([b"%s 0 m 0 %s l S" % (MILLION, MILLION)]), _words(4, 10)
    ),
    "kerning-of-a-million-digits": lambda: _shown(b"[(a) %s (b) -%s (c)]" % (MILLION, MILLION)),
    "page-of-a-million-digits": lambda: changed(o3=PAGE.replace(b"595", MILLION)),
    "width-of-a-million-digits": lambda: _widths(b"0 [%s]" % MILLION),
    "object-of-a-million-digits": lambda: changed(o3=PAGE.replace(b"4 0 R", MILLION + b" 0 R")),
    "stretched-by-a-million-digits": lambda: changed(
        o4=stream(b"BT /F1 12 Tf %s Tz 90 700 Td (breed) Tj ET " % MILLION + TEXT)
    ),
    "turned-by-a-million-digits": lambda: changed(
        o4=stream(b"BT /F1 12 Tf 1 %s 1 1 90 700 Tm (schuin) Tj ET " % MILLION + TEXT)
    ),
    "nothing-but-a-million-digits": lambda: changed(
        o4=stream(b"BT /F1 %s Tf %s Tz 90 700 Td (niets) Tj ET " % (MILLION, MILLION))
    ),
    "digits-without-end": lambda: changed(o4=stream(TEXT + b" " + b"7" * 20_000_000)),
    # rules
    "grid-of-10000-rules": lambda: _grid(5_000, 5_000),
    "grid-of-100000-rules": lambda: _grid(50_000, 50_000),
    "100000-rules-on-one-place": lambda: _rules(
        iter([b"20 400 m 575 400 l S"] * 100_000), _words(4, 10)
    ),
    "10000-cells-drawn-each": lambda: _boxes(100, 100),
    "90000-cells-drawn-each": lambda: _boxes(300, 300),
    "cells-of-several-lines": lambda: _table(12, 5, 4),
    "one-row-of-2000-lines": lambda: _table(1, 10, 2_000),
    "cells-of-10000-lines": lambda: _table(100, 50, 10),
    # arrays of text
    "array-of-a-million-strings": lambda: _shown(b"[" + b"(a) -900 " * 1_000_000 + b"]"),
    "array-of-a-million-numbers": lambda: _shown(b"[(a) " + b"-1 " * 1_000_000 + b"(b)]"),
    "array-of-a-million-codes": lambda: _shown(b"[<" + b"41" * 1_000_000 + b">]"),
    "array-of-arrays": lambda: _shown(b"[(a) " + b"[" * 100_000 + b"(b)" + b"]" * 100_000 + b"]"),
    "array-of-open-strings": lambda: _shown(b"[" + b"(a" * 100_000 + b"]"),
    "array-of-escapes": lambda: _shown(b"[(" + rb"\(\101" * 500_000 + b")]"),
    "array-without-end": lambda: changed(
        o4=stream(TEXT + b" BT /F1 12 Tf 90 600 Td [" + b"(a) -20 " * 300_000)
    ),
    # widths
    "65536-widths-in-ranges-over-each-other": lambda: _widths(b"0 65535 500 " * 5_000),
    "65536-widths-in-lists-over-each-other": lambda: _widths(
        b"".join(b"%d [%s] " % (n, b"500 " * 65_536) for n in range(16))
    ),
    "widths-in-ranges-turned-round": lambda: _widths(b"65535 0 500 " * 10_000),
    "widths-in-lists-in-lists": lambda: _widths(b"0 [" * 20_000 + b"500" + b"]" * 20_000),
    "65536-widths-of-256-codes": lambda: _simple(0, 65_535, 65_536),
    "first-code-after-the-last": lambda: _simple(255, 0, 256),
}


def crafted() -> Iterator[tuple[str, bytes]]:
    """Yield every crafted page with its name."""
    for name, make in CRAFTED.items():
        yield name, make()
