"""Answers side by side: which words of each are not in the one beside it.

In go chosen answers, out come columns of pieces by date, oldest first. Each answer is compared
with the one before it, the first with the second (`differences`): what differs is the text, and
nothing more is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.engine.results import Piece
from search_app.answers.differences import MOST_WORDS, marks
from search_app.answers.worksheet import Item
from search_app.errors import ParameterError

FEWEST, MOST = 2, 6
# `8.900` and `1,5` are one word, `zonne-energie` too.
WORD = re.compile(r"\s+|\d+(?:[.,]\d+)+|[^\W_]+(?:[-'’][^\W_]+)*|[\W_]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Column:
    """An answer, its paragraphs as pieces (`match`: marked), and how many words are marked.

    Marked is what differs from the answer beside it, or what is the same when they are `unlike`.
    """

    item: Item
    paragraphs: tuple[tuple[Piece, ...], ...]
    marked: int
    unlike: bool
    words: int
    whole: bool
    newest: bool


def compare(items: Sequence[Item]) -> tuple[Column, ...]:
    """Return the answers by date with what differs. Raises `ParameterError`."""
    items = list({item.passage.id: item for item in items}.values())  # one answer of two questions
    if not FEWEST <= len(items) <= MOST:
        raise ParameterError(
            f"Kies {FEWEST} tot {MOST} antwoorden om te vergelijken; "
            f"u koos er {len(items)}. Ga terug en zet vinkjes bij de antwoorden."
        )
    ordered = sorted(items, key=lambda item: item.paper.date or "")
    texts = [WORD.findall(item.text) for item in ordered]
    found = [marks(before, after) for before, after in pairwise(texts)]
    beside = [(found[0].first, found[0].unlike), *((row.second, row.unlike) for row in found)]
    last = ordered[-1].paper.date if ordered[0].paper.date != ordered[-1].paper.date else None
    return tuple(
        _column(item, tokens, marked, unlike=unlike, newest=bool(last) and item.paper.date == last)
        for item, tokens, (marked, unlike) in zip(ordered, texts, beside, strict=True)
    )


def _column(
    item: Item, tokens: Sequence[str], marked: frozenset[int], *, unlike: bool, newest: bool
) -> Column:
    paragraphs: list[list[Piece]] = [[]]
    for place, token in enumerate(tokens):
        if "\n" in token:
            paragraphs.append([])
        elif paragraphs[-1] and paragraphs[-1][-1].match == (place in marked):
            last = paragraphs[-1].pop()
            paragraphs[-1].append(Piece(last.text + token, last.match))
        else:
            paragraphs[-1].append(Piece(token, place in marked))
    words = sum(token[:1].isalnum() for token in tokens)
    return Column(
        item=item,
        paragraphs=tuple(tuple(_joined(row)) for row in paragraphs if row),
        marked=len(marked),
        unlike=unlike,
        words=words,
        whole=words <= MOST_WORDS,
        newest=newest,
    )


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces with the room between two marked words marked too."""
    joined: list[Piece] = []
    for place, piece in enumerate(pieces):
        inside = 0 < place < len(pieces) - 1 and not piece.match and not piece.text.strip()
        match = piece.match or inside
        if joined and joined[-1].match == match:
            joined[-1] = Piece(joined[-1].text + piece.text, match)
        else:
            joined.append(Piece(piece.text, match))
    return joined
