"""The words of all papers → what the analysis learns of them, and how broken words are written.

In go papers, out come `Tables` and `Forms`. The story: what to learn is known when the last paper
is there, and nothing else can be done until it is learned; so words are counted as papers come out
of their files, while others are read (`Heard`), and the rest when all are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from indexer import breaks
from indexer.analysis.tables import Pieces, Tables, WordsIn, learn_from
from indexer.paper import Paper
from indexer.sample import Sample
from indexer.store import texts
from indexer.wanted import FromPdf, Want

ROOM = 500_000
"""Of words that are kept by paper until all are there, some 50 MB."""


class Heard:
    """The words of papers that were counted as they came, by the hash of their files."""

    def __init__(self) -> None:
        self._papers: dict[str, Pieces] = {}
        self._all = Pieces()
        self._room = ROOM
        self.chunks = WordsIn()
        self.pieces = breaks.Words()

    def take(self, sha256: str, paper: Paper) -> None:
        """Count the words of a paper, as long as there is room."""
        if sha256 in self._papers or self._room <= 0:
            return
        found = self._papers[sha256] = Pieces(texts(paper))
        self._room -= len(found)
        self._all.take(found)
        for fresh in found.unknown(self.chunks.keys()):
            self.chunks[fresh], self.pieces[fresh]  # which reads it

    def of(self, want: Want) -> Pieces | None:
        """Return the words of a paper, if they were counted."""
        origin = want.origin
        return self._papers.get(origin.sha256) if isinstance(origin, FromPdf) else None

    def of_all(self, wants: Iterable[Want]) -> Pieces | None:
        """Return the words of all papers that were counted, if they are all wanted."""
        wanted = sum(self.of(want) is not None for want in wants)
        return self._all if wanted == len(self._papers) else None


def learned(
    rows: Iterable[tuple[Paper, Want]], wants: Sequence[Want], heard: Heard, sample: Sample
) -> tuple[Tables, breaks.Forms]:
    """Return what all papers teach; `sample` sees each of them."""
    census = breaks.Census((pair for want in wants for pair in want.facts.breaks), heard.pieces)
    begun = heard.of_all(wants)

    def counted() -> Iterator[Pieces]:
        for paper, want in rows:
            sample.see(paper)
            before = heard.of(want)
            pieces = Pieces(texts(paper)) if before is None else before
            census.see(paper, pieces)
            if begun is None or before is None:
                yield pieces

    return learn_from(counted(), begun, heard.chunks), census.forms()
