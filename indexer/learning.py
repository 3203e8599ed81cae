"""The words of all papers → what the analysis learns of them, and how broken words are written.

In go papers, out come `Tables` and `Forms`. The story: what to learn is known when the last paper
is there, and nothing else can be done until it is learned; so words are counted as papers come out
of their files, while others are read (`Heard`), and the rest when all are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from indexer import breaks
from indexer.analysis.tables import Pieces, Tables, learn_from
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
        self._room = ROOM

    def take(self, sha256: str, paper: Paper) -> None:
        """Count the words of a paper, as long as there is room."""
        if sha256 not in self._papers and self._room > 0:
            pieces = self._papers[sha256] = Pieces(texts(paper))
            self._room -= len(pieces)

    def of(self, paper: Paper, want: Want) -> Pieces:
        """Return the words of a paper, counted now unless they were."""
        origin = want.origin
        heard = self._papers.get(origin.sha256) if isinstance(origin, FromPdf) else None
        return Pieces(texts(paper)) if heard is None else heard


def learned(
    rows: Iterable[tuple[Paper, Want]], wants: Sequence[Want], heard: Heard, sample: Sample
) -> tuple[Tables, breaks.Forms]:
    """Return what all papers teach; `sample` sees each of them."""
    census = breaks.Census(pair for want in wants for pair in want.facts.breaks)

    def counted() -> Iterator[Pieces]:
        for paper, want in rows:
            sample.see(paper)
            pieces = heard.of(paper, want)
            census.see(paper, pieces)
            yield pieces

    return learn_from(counted()), census.forms()
