"""What the other questions of a paste bring: each asked alone, with its paper's, and among others.

In go the questions of ../shared (`qa.dev`) with their own answers among all, out come tables: how
often the answer is found first, and MRR@10. A whole paper as a paste flatters, since all its
answers are in one paper; so papers are also pasted together by two and by four, which nobody does,
to see what it costs when the questions have nothing in common.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from indexer.engine.interface import Index
from search_app.answers.rank import Context
from search_app.answers.service import Options, find, make_desk
from tests.quality.scores import Row, Table
from tests.quality.threshold import COLLECTION, Group, built, topics

TOGETHER = {"one paper": 1, "two papers together": 2, "four papers together": 4}
DEPTH = 10


def by_words() -> Table | None:
    """Return what is found where questions are looked for by words."""
    return _table("by words", vectors=False)


def by_meaning() -> Table | None:
    """Return what is found where they are looked for by meaning too."""
    return _table("by meaning too", vectors=True)


def _table(name: str, *, vectors: bool) -> Table | None:
    source = COLLECTION / "qa.docs.jsonl"
    if not source.is_file():
        return None
    with tempfile.TemporaryDirectory() as folder:
        index = built(source, Path(folder, "answers"), vectors=vectors)
        groups = topics()
        rows = [_row("each alone", [[each] for group in groups for each in group], index)]
        for label, count in TOGETHER.items():
            parts = (groups[n : n + count] for n in range(0, len(groups), count))
            rows.append(_row(label, [list(chain.from_iterable(part)) for part in parts], index))
        index.close()
    return Table(f"pastes {name}: found first, MRR@10 by row", rows)


def _row(name: str, pastes: Sequence[Group], index: Index) -> Row:
    desk = make_desk(index)
    places = {}
    for paste in pastes:
        found = find([text for text, _ in paste], Context(), Options(), desk)
        for (_, target), candidates in zip(paste, found.candidates, strict=True):
            names = list(dict.fromkeys(row.passage.paper_id for row in candidates))[:DEPTH]
            places[target] = names.index(target) + 1 if target in names else 0
    mean = sum(1 / place for place in places.values() if place) / len(places)
    row = Row(f"{name} ({mean:.3f})")
    for target, place in places.items():
        row.add(target, True, place == 1)
    return row
