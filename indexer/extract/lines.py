"""A page as painted → its lines in reading order.

In goes a `RawPage`, out come the lines of the body and of a letter's margin. Text that runs up or
down the page is laid flat and comes last, unless the page is mostly such text: then it is a page
that lies on its side, and what stands upright comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from indexer.extract.columns import joined, margin, ordered
from indexer.extract.fragments import Fragment
from indexer.extract.reader import RawPage
from indexer.extract.rows import Line, cells
from indexer.extract.rules import Rule, rules
from indexer.extract.tables import levels_of, may_have_tables, with_tables
from indexer.extract.wrapped import with_wrapped

UPRIGHT: Final = 2.5
"""A page lies on its side when so many times as much text runs up or down as stands upright."""

__all__ = ["Line", "PageLines", "page_lines"]


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page in reading order, and those of a letter's right-hand margin.

    `height` is of the page as it is read, `across` and `down` are the width and the height of the
    page as it lies in the file.
    """

    number: int
    height: float
    body: tuple[Line, ...]
    margin: tuple[Line, ...]
    image: float
    across: float = 0.0
    down: float = 0.0


def page_lines(page: RawPage, *, with_hidden: bool) -> PageLines:
    """Return the lines of a page. Hidden text is left out unless it lies over a scan."""
    sides = _sides(page, with_hidden=with_hidden)
    main = _main(sides)
    width, height = _extent(page, main)
    body, aside = margin(cells(sides.pop(main, []), width, main), width)
    if may_have_tables(body):
        drawn = [_laid_flat(rule, main, page) for rule in rules(*page.drawn)] if page.drawn else []
        body = with_tables(body, drawn)
        body = with_wrapped(body, levels_of(drawn), width)
    lines = ordered(body, 0.0, width)
    for turned, fragments in sides.items():
        rest = cells(fragments, _extent(page, turned)[0], turned)
        lines += joined(sorted(rest, key=lambda line: (-line.y, line.x0)))
    aside.sort(key=lambda line: (-line.y, line.x0))
    return PageLines(
        page.number, height, tuple(lines), tuple(aside), page.image, page.width, page.height
    )


def _main(sides: dict[int, list[Fragment]]) -> int:
    """Return how most of a page runs; what stands upright counts for more."""
    if len(sides) == 1:
        return 0
    weights = {turned: sum(len(f.text) for f in sides[turned]) for turned in sides}
    most = max(weights, key=weights.__getitem__)
    return most if weights[most] > UPRIGHT * weights[0] else 0


def _extent(page: RawPage, turned: int) -> tuple[float, float]:
    return (page.height, page.width) if turned in (90, 270) else (page.width, page.height)


def _sides(page: RawPage, *, with_hidden: bool) -> dict[int, list[Fragment]]:
    """Return the fragments by the degrees to turn the page clockwise so that they lie flat."""
    plain = [f for f in page.fragments if f[1] == f[3] and f[2] >= f[0] and not f[7]]
    if len(plain) == len(page.fragments):
        return {0: plain}
    sides: dict[int, list[Fragment]] = {0: []}
    for fragment in page.fragments:
        if fragment.hidden and not with_hidden:
            continue
        x0, y0, x1, y1 = fragment[:4]
        if x1 - x0 >= abs(y1 - y0) - 0.5:
            sides[0].append(fragment)
            continue
        turned = 180 if x1 < x0 - abs(y1 - y0) else 90 if y1 > y0 else 270
        sides.setdefault(turned, []).append(_flat(fragment, turned, page))
    return sides


def _laid_flat(rule: Rule, turned: int, page: RawPage) -> Rule:
    """Return a rule as it lies once the page is turned clockwise."""
    across, level, start, end = rule
    if turned == 0:
        return rule
    if turned == 180:
        high, wide = (page.height, page.width) if across else (page.width, page.height)
        return Rule(across, high - level, wide - end, wide - start)
    if (turned == 90) == across:  # it keeps its level, or keeps its ends
        ends = (
            (page.width - end, page.width - start)
            if across
            else (page.height - end, page.height - start)
        )
        return Rule(not across, level, *ends)
    return Rule(not across, (page.height if across else page.width) - level, start, end)


def _flat(fragment: Fragment, turned: int, page: RawPage) -> Fragment:
    """Return a fragment as it lies once the page is turned clockwise."""
    x0, y0, x1, y1 = fragment[:4]
    if turned == 90:
        return fragment._replace(x0=y0, y0=page.width - x0, x1=y1, y1=page.width - x1)
    if turned == 270:
        return fragment._replace(x0=page.height - y0, y0=x0, x1=page.height - y1, y1=x1)
    return fragment._replace(
        x0=page.width - x0, y0=page.height - y0, x1=page.width - x1, y1=page.height - y1
    )
