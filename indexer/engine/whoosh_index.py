"""A published generation of a Whoosh index, opened for searching.

In goes a directory, out comes an `Index`. Whoosh keeps the postings, the stored passages and the
cards; matching, ranking, facets and snippets are ours, on arrays that all threads share. Whoosh's
own reader is not safe to share: it is read under a lock, and everything of it that opens files
later is opened at the start, so that a generation can be thrown away on the disk while it still
answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage

from indexer.analysis.chains import searching
from indexer.analysis.embedding import Floats
from indexer.analysis.tables import Tables
from indexer.engine import lookup, vectors
from indexer.engine.arrays.ids import Mask
from indexer.engine.card_columns import shelf_of
from indexer.engine.documents import alike, shelf
from indexer.engine.documents.cards import Card, kept, version
from indexer.engine.documents.ready import unpacked_paper
from indexer.engine.documents.table import Documents
from indexer.engine.errors import EngineError
from indexer.engine.hits import Hits
from indexer.engine.leaf import Leaf
from indexer.engine.matching import facets, grouping, loose
from indexer.engine.matching.filters import Filters
from indexer.engine.matching.matches import Matches
from indexer.engine.matching.tree import Matcher
from indexer.engine.publishing import generation
from indexer.engine.query import Node
from indexer.engine.results import (
    Nearest,
    PassageRequest,
    Piece,
    RankedPassage,
    Reading,
    Results,
    SearchRequest,
    StoredPassage,
    Summary,
    Version,
)
from indexer.engine.segments import Segments
from indexer.engine.shown import windows
from indexer.engine.stored import Stored
from indexer.engine.whoosh_schema import PAPER, PASSAGE, make_schema
from indexer.engine.whoosh_writer import WHOOSH
from indexer.paper import Paper


class WhooshIndex:
    """A published generation; see `indexer.engine.interface.Index`."""

    def __init__(self, path: Path, manifest: generation.Manifest, tables: Tables) -> None:
        self._manifest = manifest
        self._index = FileStorage(str(path / WHOOSH)).open_index(schema=make_schema())
        reader = self._index.reader()
        self._stored = Stored(reader)
        self._tables = tables
        self._analyzer = searching(tables)
        leaves = [Leaf(part, base) for part, base in reader.leaf_readers()]
        self._shelf = shelf_of(reader, shelf.read(path / shelf.FILE))
        self._filters = Filters(self._shelf.documents)
        self.segments = Segments(leaves, self._shelf.documents)
        self._hits = Hits(self._shelf, self._analyzer, self._stored)
        self._vectors = vectors.read(path)

    # What it holds

    def words(self) -> Mapping[str, int]:
        """Return the words of the corpus with their counts, rare ones left out."""
        return self._tables.words()

    @property
    def summary(self) -> Summary:
        """Return what this generation holds."""
        counts = self._manifest.counts
        return Summary(
            generation=self._manifest.name,
            built=self._manifest.built,
            papers=counts["papers"],
            passages=counts["passages"],
            pages=counts["pages"],
            words=self._manifest.extra["tables"],
        )

    @property
    def documents(self) -> Documents:
        """Return what is known of every document."""
        return self._shelf.documents

    def paper(self, paper_id: str) -> Paper | None:
        """Return a paper by its id, or `None`."""
        numbers = self._numbers(self._shelf.documents.paper_ids.find(paper_id))
        rows = [self._stored[number] for number in numbers]
        whole = next((row[PAPER] for row in rows if PAPER in row), None)
        return whole and unpacked_paper(whole, [row[PASSAGE] for row in rows])

    def papers(self, paper_ids: Sequence[str]) -> Mapping[str, Paper]:
        """Return those of these papers that are there, by id, asked for all at once."""
        found = ((name, self.paper(name)) for name in paper_ids)
        return {name: paper for name, paper in found if paper is not None}

    def pdf(self, paper_id: str) -> Path | None:
        """Return the paper's PDF if it is still a plain file where it was indexed."""
        ordinal = self._shelf.documents.paper_ids.find(paper_id)
        name = None if ordinal is None else self._shelf.cards[ordinal].pdf
        if name is None:
            return None
        path = Path(name)
        return path if path.is_file() and path.resolve() == path else None

    def close(self) -> None:
        """Release files; no call may follow."""
        self._stored.close()
        self._index.close()

    # Searching

    def search(self, request: SearchRequest) -> Results:
        """Return one page of results. Raises `QueryBudgetError` when it asks for too much."""
        return self.segments.answered.page(request, self._search)

    def forget_questions(self) -> None:
        """Forget what was asked, not what is known of words: what comes next is a new question."""
        self.segments.forget_questions()

    def _search(self, request: SearchRequest) -> Results:
        documents = self._shelf.documents
        found = Matcher(self.segments, self._analyzer, literal=request.literal).match(request.query)
        found = grouping.led(found, [int(key) for key in request.lead])
        if request.facets:
            found.list_few()
        first = (request.page - 1) * request.size
        part = slice(first, first + request.size)
        passes = self._filters.passing(request)

        def rank(part: slice) -> grouping.Ranked:
            return grouping.rank(found, documents, passes, request.sort, part)

        ranked, also, folded = self._folded(rank, part) if request.fold else (rank(part), {}, 0)
        return Results(
            total=ranked.total,
            total_exact=True,
            hits=self._hits.page(request, ranked, also),
            folded=folded,
            facets=facets.counts(request, found, documents, self._filters),
            generation=self._manifest.name,
            total_all_words=ranked.full,
        )

    def _folded(
        self, rank: Callable[[slice], grouping.Ranked], part: slice
    ) -> tuple[grouping.Ranked, dict[int, tuple[Version, ...]], int]:
        """Return a page of papers, by document the versions that go under it, and their number."""
        head = rank(slice(0, alike.FOLDED))
        cards = [self._card(number) for number in head.documents]
        page = alike.page([kept(card) for card in cards], part)
        also = {
            head.documents[row.place]: tuple(
                version(cards[n], replaced=n in row.replaced) for n in row.under
            )
            for row in page.rows
        }
        ranked = grouping.chosen(head, [row.place for row in page.rows])
        if page.rest.stop > page.rest.start and head.total > len(cards):
            ranked = grouping.joined(ranked, rank(page.rest))
        return ranked, also, page.folded

    def _card(self, number: int) -> Card:
        card: Card = self._shelf.cards[int(self._shelf.documents.paper[number])]
        return card

    def rank_passages(self, request: PassageRequest) -> tuple[RankedPassage, ...]:
        """Return the best passages, best first; all words of a bag give no lift here."""
        matcher = Matcher(self.segments, self._analyzer, literal=False, all_first=False)
        allowed = self._allowed(request, matcher)
        return self._best(matcher.match(request.query), allowed, request)

    def _allowed(self, request: PassageRequest, matcher: Matcher) -> Mask:
        within = matcher.match(request.within) if request.within else None
        return loose.passing(request, self._shelf.documents, self._filters, within)

    def _best(
        self, found: Matches, allowed: Mask, request: PassageRequest
    ) -> tuple[RankedPassage, ...]:
        def name(number: int) -> str:
            return self._shelf.labels[number].passage_id

        ids, scores = loose.best(found, allowed, request, name)
        return tuple(
            RankedPassage(str(number), float(score))
            for number, score in zip(ids, scores, strict=True)
        )

    @property
    def embedding(self) -> str | None:
        """Return the name of the model that made the vectors, `None` when there are none."""
        return self._manifest.extra.get("embedding") if self._vectors else None

    def nearest(self, wanted: Floats, request: PassageRequest) -> tuple[Nearest, ...]:
        """Return for each vector the nearest passages. Raises `EngineError` without vectors."""
        kept = self._kept_vectors()
        matcher = Matcher(self.segments, self._analyzer, literal=False, all_first=False)
        allowed = self._allowed(request, matcher) & (kept.scales > 0)
        ids, all_ = np.flatnonzero(allowed), np.flatnonzero(kept.scales > 0)
        return tuple(
            Nearest(
                self._best(Matches(ids, row[ids]), allowed, request),
                float(row[all_].mean()) if len(all_) else 0.0,
                float(row[all_].std()) if len(all_) else 0.0,
            )
            for row in kept.cosines(wanted)
        )

    def cosines(self, vector: Floats, keys: Sequence[str]) -> Floats:
        """Return the cosine of a vector with each passage that `rank_passages` named."""
        return self._kept_vectors().cosines_with(vector, np.array([int(k) for k in keys], np.int64))

    def likeness(self, pieces: Floats, keys: Sequence[str]) -> Floats:
        """Return how much each of them is like a question, by its pieces (`analysis.signs`)."""
        return self._kept_vectors().likeness(pieces, np.array([int(k) for k in keys], np.int64))

    def _kept_vectors(self) -> vectors.Vectors:
        if self._vectors is None:
            raise EngineError(
                "Deze index heeft geen vectoren. Maak ze met: "
                "python -m indexer build MAP --index PLAATS --embedding"
            )
        return self._vectors

    def passage(self, key: str) -> StoredPassage:
        """Return a passage that `rank_passages` of this open index named."""
        number = int(key)
        documents = self._shelf.documents
        label = self._shelf.labels[number]
        ordinal = int(documents.paper[number])
        asked, answered = documents.lengths["question"], documents.lengths["answer"]
        return StoredPassage(
            key=key,
            paper_id=documents.paper_ids[ordinal],
            passage_id=label.passage_id,
            label=label.label,
            page=label.page,
            text=self._stored.passage(number)["text"],
            is_pair=bool(asked[number] > 0 and answered[number] > 0),
            date=_iso(int(documents.dates[number])),
        )

    def passages(self, keys: Sequence[str]) -> tuple[StoredPassage, ...]:
        """Return several of them in the order asked for."""
        return tuple(self.passage(key) for key in keys)

    def read(self, query: Node, *, literal: bool = False) -> tuple[Reading, ...]:
        """Explain how the words of a query are looked up, in the order of the query."""
        return lookup.readings(query, self._analyzer, literal=literal)

    def mark(self, text: str, query: Node, *, literal: bool = False) -> tuple[Piece, ...]:
        """Cut a text into pieces, those that match the query marked."""
        found = self._hits.marker(query, literal=literal).spans(text)
        return windows.pieces(text, found, 0, len(text))

    def _numbers(self, ordinal: int | None) -> list[int]:
        """Return the documents of a paper in order."""
        if ordinal is None:
            return []
        documents = self._shelf.documents
        return [int(n) for n in np.flatnonzero(documents.paper == ordinal) if documents.live[n]]


def _iso(number: int) -> str | None:
    """Return the date that `date_number` made a number of, as far as it was known."""
    digits = f"{number:08d}"
    parts = [part for part in (digits[:4], digits[4:6], digits[6:]) if int(part)]
    return "-".join(parts) if number else None
