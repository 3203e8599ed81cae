"""Words of documents and postings of other segments → runs, against the places one by one."""

from __future__ import annotations

import random
from collections import defaultdict

import numpy as np
import pytest

from indexer.analysis.encode import Entry
from indexer.engine.postings import inversion
from indexer.engine.postings.inversion import Inversion, Run, Words
from indexer.engine.postings.lexicon import Lexicon

ENTRIES = [
    Entry("belastingplan", ("belastingplan", "belasting", "plan")),
    Entry("plan", ("plan",)),
    Entry("één", ("een",)),
    Entry("zee-egel", ("zeeegel", "zee", "egel", "zee")),  # one token twice in a place
    Entry("ĳsland", ("ijsland",)),
]
Places = dict[bytes, dict[int, list[int]]]


def in_places(found: Run) -> Places:
    rows: Places = {}
    for at, token in enumerate(found.tokens):
        place = int(found.first_place[at])
        rows[token] = {}
        for row in range(int(found.first[at]), int(found.first[at + 1])):
            stop = place + int(found.counts[row])
            rows[token][int(found.ids[row])] = found.places[place:stop].tolist()
            place = stop
        assert place == found.first_place[at + 1]
    return rows


@pytest.mark.parametrize("width", [64, 8])  # of the narrow numbers none holds all three
@pytest.mark.parametrize("portion", [inversion.PORTION, 5])
@pytest.mark.parametrize("seed", range(8))
def test_all_places(seed: int, portion: int, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inversion, "PORTION", portion)
    monkeypatch.setattr(inversion, "WIDTH", width)
    random_ = random.Random(seed)
    lexicon = Lexicon()
    numbers = lexicon.learn(1, ENTRIES)
    expected: dict[bytes, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows: list[tuple[int, int, list[int]]] = []
    for document in range(1, 30):
        start = random_.choice((0, 70_000))
        rows.append((document, start, [random_.randrange(5) for _ in range(random_.randrange(9))]))
        for at, word in enumerate(rows[-1][2], start):
            for form in ENTRIES[word].forms:
                expected[form.encode()][document].add(at)
    collected = Inversion(lexicon)
    collected.add_words(
        "body",
        Words(
            numbers[np.array([word for row in rows for word in row[2]], np.uint32)],
            np.array([row[0] for row in rows], np.uint32),
            np.array([row[1] for row in rows], np.uint32),
            np.array([len(row[2]) for row in rows], np.uint32),
        ),
    )
    collected.add_document("body", 0, [("plan", 3), ("plan", 3), ("alleen", 4)])
    expected[b"plan"][0].add(3)
    expected[b"alleen"][0].add(4)
    ((name, found),) = collected.runs()
    assert name == "body"
    assert list(found.tokens) == sorted(expected)
    plain = {
        token: {document: sorted(places) for document, places in sorted(row.items())}
        for token, row in expected.items()
    }
    assert in_places(found) == plain
    # The same postings, as of another segment whose second document was deleted.
    renumbered = np.arange(100, 130, dtype=np.int64)
    renumbered[1] = -1
    again = Inversion()
    again.add_run("body", found, renumbered)
    ((_, merged),) = again.runs()
    left = {
        token: {document + 100: places for document, places in row.items() if document != 1}
        for token, row in plain.items()
    }
    assert in_places(merged) == left
