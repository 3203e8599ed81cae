"""Papers that are nearly the same: a signature of each, and which hits go under one.

In goes a paper, out comes a short text that is kept on its card; in go the cards of hits in order,
out come groups. The story: a reprint, a version, or a letter that came from two sources has nearly
the same letters, whatever happened to its lines, spaces and hyphens. Runs of 16 letters or digits
are numbered, a quarter of them is taken by their number, and of 64 ways to shuffle numbers the
lowest of each is kept (MinHash, Broder 1997): two papers agree in as many places as they share of
all their runs. A notice of delay goes under the answer to the same questions, and a paper under the
one that says that it comes in its place (`ter vervanging van die gedrukt onder nr. 31`), whatever
was changed in it: the newest of them stands on top.
"""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.analysis.filters import fold
from indexer.engine.arrays.ids import Mask, distinct
from indexer.paper import Paper

RUN = 16
TAKEN = 4
"""One in so many runs is taken; a power of two."""
PLACES = 64
FEWEST = 24
"""Runs that are taken of a paper, at least: of less too little is known."""
SAME = 0.8
"""Of two papers that are nearly the same this share of the places agrees (docs/decisions/0510)."""
BAND = np.uint32
"""Four places: of the sixteen that two such papers have, at most twelve differ."""
LONGEST = 400_000
"""Letters that are looked at."""
PIECE = 4096
SEED = 20221213
MULTIPLIER = 0x9E3779B97F4A7C15
LEAST_TITLE = 25
"""Letters of a title that can be the same by no chance."""
FOLDED = 100
"""Hits that are looked at to find those that are nearly the same."""

Signs = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.uint64]


class Kept(NamedTuple):
    """What decides whether a hit goes under another."""

    paper_id: str
    kind: str | None
    title: str | None
    date: str | None
    alike: str
    replaces: tuple[str, ...] = ()


def signature(paper: Paper) -> str:
    """Return the signature of a paper's text; nothing of a short one."""
    numbers = _runs("".join(passage.text for passage in paper.passages))
    if len(numbers) < FEWEST:
        return ""
    lowest = np.full(PLACES, np.iinfo(np.uint64).max, np.uint64)
    factors, terms = _shuffles()
    for start in range(0, len(numbers), PIECE):
        piece = numbers[start : start + PIECE]
        shuffled = factors[:, None] * piece[None, :]
        shuffled += terms[:, None]
        shuffled ^= shuffled >> np.uint64(29)
        lowest = np.minimum(lowest, shuffled.min(axis=1))
    signs = (lowest >> np.uint64(32)).astype(np.uint8)
    return base64.b64encode(signs.tobytes()).decode()


def _runs(text: str) -> Numbers:
    """Return the numbers of the runs that are taken, each once."""
    table, others = _letters()
    letters = text[:LONGEST].encode("latin-1", "ignore").translate(table, others)
    if len(letters) < RUN:
        return np.zeros(0, np.uint64)
    numbers, width = np.frombuffer(letters, np.uint8).astype(np.uint64), 1
    while width < RUN:  # the number of a run from those of its halves
        behind = numbers[width:]
        numbers = numbers[: len(behind)] * np.uint64(pow(37, width, 2**64))
        numbers += behind
        width *= 2
    numbers *= np.uint64(MULTIPLIER)
    numbers ^= numbers >> np.uint64(32)
    taken: Numbers = distinct(numbers[numbers & np.uint64(TAKEN - 1) == 0])
    return taken


@cache
def _letters() -> tuple[bytes, bytes]:
    """Return by sign of Latin-1 the small letter or digit that it is without its accent.

    And the signs that are none.
    """
    lower = (chr(code).lower() for code in range(256))
    plain = [fold(sign)[:1] if sign.isalnum() else "" for sign in lower]
    table = bytes(ord(sign) if sign and sign.isascii() else 0 for sign in plain)
    return table, bytes(code for code in range(256) if not table[code])


@cache
def _shuffles() -> tuple[Numbers, Numbers]:
    drawn = np.random.default_rng(SEED).integers(1, 2**63, size=(2, PLACES), dtype=np.uint64)
    return drawn[0] | np.uint64(1), drawn[1]


def share(one: str, other: str) -> float:
    """Return which share of two signatures agrees; 0 where one is missing."""
    if not (one and other):
        return 0.0
    return float((_signs(one) == _signs(other)).mean())


def _signs(*packed: str) -> Signs:
    """Return signatures, a row for each; what is damaged is all zeros."""
    return np.frombuffer(b"".join(map(_octets, packed)), np.uint8).reshape(-1, PLACES)


def _octets(packed: str) -> bytes:
    try:
        found = binascii.a2b_base64(packed)
    except binascii.Error:
        return bytes(PLACES)
    return found if len(found) == PLACES else bytes(PLACES)


def groups(hits: Sequence[Kept]) -> list[list[int]]:
    """Return hits that go together, in the order of the first of each; that one is shown.

    Parts of one paper (`ah-tk-20242025-594#2`) are no versions of each other.
    """
    family, near = _families(hits), _near(hits)
    sizes, is_near = Counter(family), set(np.flatnonzero(near.any(axis=1)).tolist())
    delays = any(hit.kind == "uitstel" for hit in hits)
    found: list[list[int]] = []
    for at, hit in enumerate(hits):
        close: list[bool] = near[at].tolist() if at in is_near else []
        is_tied = sizes[family[at]] > 1
        for group in found if close or is_tied or delays else ():
            if (
                (close and close[group[0]])
                or (delays and _is_delay(hits[group[0]], hit))
                or (is_tied and any(family[each] == family[at] for each in group))
            ):
                _join(group, at, hits)
                break
        else:
            found.append([at])
    return [_newest_first(group, hits) for group in found]


def _near(hits: Sequence[Kept]) -> Mask:
    """Return by two hits whether their texts are nearly the same; parts of one paper never are.

    What is nearly the same has some places in a row alike: few hits are compared with each other.
    """
    near = np.zeros((len(hits), len(hits)), np.bool_)
    known = [at for at, hit in enumerate(hits) if hit.alike]
    signs = _signs(*(hits[at].alike for at in known))
    some = _with_others(signs)
    agree = (signs[some, None] == signs[some]).sum(axis=2, dtype=np.uint8) >= SAME * PLACES
    for row, column in np.argwhere(agree).tolist():
        one, other = known[some[row]], known[some[column]]
        near[one, other] = _owner(hits[one]) != _owner(hits[other])
    return near


def _with_others(signs: Signs) -> list[int]:
    """Return the rows of which a band is that of another row."""
    bands = np.ascontiguousarray(signs.view(BAND).T)
    ordered = np.sort(bands, axis=1)
    if not (ordered[:, 1:] == ordered[:, :-1]).any():
        return []
    order = bands.argsort(axis=1)
    ordered = np.take_along_axis(bands, order, axis=1)
    same = ordered[:, 1:] == ordered[:, :-1]
    return sorted({*order[:, 1:][same].tolist(), *order[:, :-1][same].tolist()})


def _families(hits: Sequence[Kept]) -> list[int]:
    """Return by hit the first of those that it is tied to by what replaces what."""
    places = {hit.paper_id: at for at, hit in enumerate(hits)}
    family = list(range(len(hits)))
    for at, hit in enumerate(hits):
        for other in hit.replaces:
            if other in places:
                one, two = sorted((family[at], family[places[other]]))
                family = [one if each == two else each for each in family]
    return family


def _newest_first(group: list[int], hits: Sequence[Kept]) -> list[int]:
    """Return a group with what was replaced behind what came in its place, else as it was."""
    if len(group) == 1:
        return group
    above = {at: _newer(at, group, hits) for at in group}
    meant = above[group[0]] or {group[0]}  # what came in the place of the first hit leads
    return sorted(group, key=lambda at: (len(above[at]), at not in meant))


def _newer(at: int, group: list[int], hits: Sequence[Kept]) -> set[int]:
    """Return those of a group that came in the place of one of them, one after another."""
    found: set[int] = set()
    waiting = [at]
    while waiting:
        older = hits[waiting.pop()].paper_id
        newer = {each for each in group if older in hits[each].replaces} - found - {at}
        found |= newer
        waiting += newer
    return found


def _join(group: list[int], at: int, hits: Sequence[Kept]) -> None:
    """Put a hit under a group, or before it when that was a notice of its delay."""
    if hits[group[0]].kind == "uitstel" and hits[at].kind == "antwoord":
        group.insert(0, at)
    else:
        group.append(at)


def _owner(hit: Kept) -> str:
    return hit.paper_id.partition("#")[0]


def _is_delay(one: Kept, other: Kept) -> bool:
    """Tell whether one is the notice that the other, an answer, comes later."""
    notice, answer = (one, other) if one.kind == "uitstel" else (other, one)
    if notice.kind != "uitstel" or answer.kind != "antwoord":
        return False
    same = _plain(notice.title) == _plain(answer.title)
    in_time = (notice.date or "") <= (answer.date or "9")
    return same and len(_plain(notice.title)) >= LEAST_TITLE and in_time


def _plain(title: str | None) -> str:
    return " ".join((title or "").casefold().split())


@dataclass(frozen=True, slots=True)
class Row:
    """A hit on the page, by its place among those looked at, with those that go under it.

    `replaced` are those of them in whose place another of the group came.
    """

    place: int
    under: tuple[int, ...] = ()
    replaced: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of hits that were folded: its `rows`, and which places follow them unfolded."""

    rows: tuple[Row, ...]
    rest: slice
    folded: int


def page(hits: Sequence[Kept], part: slice) -> Page:
    """Return part of the hits, folded; `hits` are the first `FOLDED` or all there are.

    Hits beyond those are not folded: they follow, each place moved up by what was folded.
    """
    found = groups(hits)
    rows = tuple(
        Row(
            group[0],
            tuple(group[1:]),
            frozenset(at for at in group[1:] if _newer(at, group, hits)),
        )
        for group in found[part]
    )
    folded = len(hits) - len(found)
    first = max(part.start + folded, len(hits))
    return Page(rows, slice(first, max(first, part.stop + folded)), folded)
