"""Small real indexes for the tests of faults: papers that tell of which generation they are."""

from __future__ import annotations

from pathlib import Path

from indexer.analysis.tables import EMPTY
from indexer.engine.publishing.disk import Disk
from indexer.engine.query import Term
from indexer.engine.results import SearchRequest
from indexer.engine.whoosh_engine import WhooshEngine, own_fingerprint
from indexer.engine.whoosh_writer import WhooshWriter
from indexer.paper import Page, Paper, Passage
from indexer.paper_json import content_hash

ENGINE = WhooshEngine()


def paper(name: str, number: int) -> Paper:
    """Return a paper whose title and text tell a number."""
    text = f"Tekst van ronde {number} over stikstof."
    passage = Passage(f"{name}#p1", "tekst", "p1", text, page_first=1)
    return Paper(id=name, title=f"Ronde {number}", pages=(Page(1, text),), passages=(passage,))


def publish(location: Path, number: int, disk: Disk | None = None, *, fresh: bool = False) -> str:
    """Publish a generation: one paper changes by number, one is new, the others stay."""
    writer = WhooshWriter(location, EMPTY, own_fingerprint(), disk=disk, fresh=fresh)
    try:
        for made in (paper("stuk", number), paper(f"erbij-{number}", number)):
            writer.add(made, content_hash(made))
        for _ in writer.publish():
            pass
    finally:
        writer.abandon()
    return writer.generation


def told(location: Path) -> int:
    """Return the number that the published generation tells, after a check of all of it."""
    assert ENGINE.check(str(location)) == ()
    index = ENGINE.open(str(location))
    try:
        hits = index.search(SearchRequest(Term("stikstof"), size=100)).hits
        read = index.paper("stuk")
    finally:
        index.close()
    titles = {hit.paper_id: hit.title or "" for hit in hits}
    assert read is not None
    assert read.title == titles["stuk"]
    return int(titles["stuk"].split()[1])


def generations(location: Path) -> list[str]:
    """Return the names of all generations that lie at a location, garbage too."""
    return sorted(path.name for path in (location / "generations").iterdir())
