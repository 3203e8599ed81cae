"""What the index should hold → its papers, one by one, from where they are kept.

In go the wanted papers, out come `Paper`s: of PDFs from the store, of lists from the lists
themselves. Both are read again for each step of a build, since no machine need hold them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer import papers_jsonl
from indexer.breaks import Forms, settled
from indexer.how import How
from indexer.paper import Failure, Paper
from indexer.reading import read_one
from indexer.store import Store, StoreError
from indexer.wanted import FromList, FromPdf, Want


@dataclass(frozen=True, slots=True)
class Stored:
    """The papers of a store and of lists; `how` a damaged one is read again."""

    store: Store
    how: How

    def papers(self, wants: Iterable[Want], forms: Forms) -> Iterator[tuple[Paper, Want]]:
        """Yield papers with the words that were broken at line ends as the corpus writes them."""
        for paper, want in self.as_read(wants):
            yield settled(paper, forms), want

    def as_read(self, wants: Iterable[Want]) -> Iterator[tuple[Paper, Want]]:
        """Yield papers as they were read, those of a list in one run over it."""
        lists: dict[Path, dict[int, Want]] = {}
        for want in wants:
            if isinstance(want.origin, FromList):
                lists.setdefault(want.origin.path, {})[want.origin.line] = want
            else:
                yield self._paper(want.origin, want.id), want
        for path, lines in lists.items():
            for line in papers_jsonl.read(path, lines):
                if line.number in lines and isinstance(line.paper, Paper):
                    yield line.paper, lines[line.number]

    def _paper(self, origin: FromPdf, paper_id: str) -> Paper:
        """Load a paper; one that is damaged in the store is read from its PDF again."""
        how = self.how
        try:
            return origin.paper(self.store, how.key, paper_id)
        except StoreError:
            again = read_one(origin.path, how)
            if isinstance(again, Failure):
                raise
            self.store.save(again, origin.sha256, how.key)
            return origin.paper(self.store, how.key, paper_id)


def pdf_of(want: Want) -> Path | None:
    """Return the PDF of a paper, `None` when it comes from a list or from official XML alone."""
    path = want.origin.path if isinstance(want.origin, FromPdf) else None
    return path if path and path.suffix.lower() == ".pdf" else None
