"""Answers with faults in them: an error that is told, or less to take; never a crash."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from indexer.sources.errors import FetchError
from indexer.sources.feed import read_page
from indexer.sources.selection import Selection
from indexer.sources.sru import read_records
from indexer.structure.official import read_record
from indexer.structure.publication import read_publication
from tests.sources.composed import entry, feed, guid, official_motion, row, rows, sru_page
from tests.sources.composed import sru_record as record
from tests.sources.rounds import Rounds
from tests.sources.site import Reply, Site

ODD: tuple[Any, ...] = (None, 0, -1, "", "x", [], [None], {}, {"Id": None}, True, 1e300)
FEED = feed("http://x", "Document", [entry("http://x", "Document", guid(1), {"a": "b"}, token=2)])
RECORDS = sru_page([record("http://x", "kst-37020-IX-40")], count=1, onwards=2)
READERS: tuple[tuple[bytes, Callable[[bytes], object]], ...] = (
    (FEED, lambda data: read_page(data, "http://x")),
    (RECORDS, lambda data: read_records(data, "http://x")),
    (official_motion(), read_publication),
    (official_motion(), read_record),
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some of them changed, cut, doubled or taken away."""
    found = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(found) or 1)
        size = chance.randrange(1, 40)
        act = chance.randrange(4)
        if act == 0:
            found[at : at + 1] = bytes([chance.randrange(256)])
        elif act == 1:
            del found[at:]
        elif act == 2:
            del found[at : at + size]
        else:
            found[at:at] = found[at : at + size]
    return bytes(found)


@pytest.mark.parametrize(
    "count", [300, pytest.param(20_000, marks=pytest.mark.soak)], ids=["few", "many"]
)
@pytest.mark.parametrize("kind", range(len(READERS)), ids=["feed", "sru", "xml", "record"])
def test_mutated_answers(kind: int, count: int) -> None:
    data, read = READERS[kind]
    chance = random.Random(11)
    refused = 0
    for _ in range(count):
        try:
            refused += read(mutated(data, chance)) is None
        except FetchError:
            refused += 1
    assert 0 < refused <= count  # most are no XML any more


def odd_rows() -> Iterator[dict[str, Any]]:
    """Yield a document with each of its values, also deep ones, replaced by odd ones."""
    for odd in ODD:
        for name in row(1):
            yield {**row(1), name: odd}
        version = row(1)["HuidigeDocumentVersie"]
        for name in version:
            yield {**row(1), "HuidigeDocumentVersie": {**version, name: odd}}
        yield {**row(1), "Kamerstukdossier": [odd]}


def test_odd_rows(site: Site, rounds: Rounds) -> None:
    """OData with any value odd: what can be taken is taken, and the round ends."""
    found: list[Any] = [*odd_rows(), *ODD]
    site.put("/OData/v4/2.0/Document", rows(found))
    report = rounds.run(Selection(), source="odata", dry=True)
    assert report.stopped == ""
    assert report.outcomes["nieuw"] > len(found) // 2


@pytest.mark.parametrize("odd", ODD)
def test_odd_pages(site: Site, rounds: Rounds, odd: object) -> None:
    for value in (odd, {"value": odd}, {"value": [], "@odata.nextLink": odd, "@odata.count": odd}):
        site.put("/OData/v4/2.0/Document", Reply(json.dumps(value).encode()))
        rounds.run(Selection(), source="odata")
