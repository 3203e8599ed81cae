"""The embedded engine: a published generation of a Whoosh index, opened for searching.

In goes a directory, out come an `Index` and, for building, an `IndexWriter`. Whoosh keeps the
postings, the stored passages and the cards; matching, ranking, facets and snippets are ours, on
arrays that all threads share. Whoosh's own reader is not safe to share: it is read under a lock,
and everything of it that opens files later is opened at the start, so that a generation can be
thrown away on the disk while it still answers.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage

from indexer.analysis.chains import Analyzer
from indexer.analysis.embedding import Floats
from indexer.analysis.tables import Tables
from indexer.engine import (
    alike,
    deadline,
    generation,
    grouping,
    lookup,
    loose,
    shelf,
    snippets,
    vectors,
)
from indexer.engine.arrays import Mask
from indexer.engine.cache import Cache
from indexer.engine.cards import Card, kept, version
from indexer.engine.documents import Documents
from indexer.engine.fields import fingerprint
from indexer.engine.interface import (
    EngineError,
    FingerprintError,
    GenerationInfo,
    Hit,
    Nearest,
    PassageRequest,
    Piece,
    RankedPassage,
    Reading,
    Results,
    SearchRequest,
    StoredPassage,
    Summary,
    VectorSource,
    Version,
)
from indexer.engine.leaf import Leaf
from indexer.engine.manifest import damaged
from indexer.engine.matches import Matches, scored
from indexer.engine.matching import Matcher, Scored
from indexer.engine.postings import Postings, counted, joined
from indexer.engine.query import Node
from indexer.engine.ready import unpacked, unpacked_paper
from indexer.engine.whoosh_schema import (
    PAPER,
    PASSAGE,
    VERSION,
    make_schema,
)
from indexer.engine.whoosh_writer import TABLES, WHOOSH, WhooshWriter
from indexer.files import write_whole
from indexer.paper import Paper

CACHED_POSTINGS = 24 << 20
CACHED_SCORES = 40 << 20
"""Bytes of postings, and of scored words, that are kept ready."""


class WhooshIndex:
    """A published generation; see `indexer.engine.interface.Index`."""

    def __init__(self, path: Path, manifest: generation.Manifest, tables: Tables) -> None:
        self._manifest = manifest
        self._index = FileStorage(str(path / WHOOSH)).open_index(schema=make_schema())
        self._reader = self._index.reader()
        self._lock = threading.RLock()
        self._leaves = [Leaf(reader, base) for reader, base in self._reader.leaf_readers()]
        self._postings: Cache[tuple[str, str], Postings] = Cache(
            CACHED_POSTINGS, lambda kept: kept.size
        )
        self.scored: Scored = Cache(CACHED_SCORES, lambda kept: kept.size)
        self._tables = tables
        self._analyzer = Analyzer(tables)
        for leaf, _ in self._reader.leaf_readers():  # opens the files of stored fields now
            if leaf.doc_count_all():
                leaf.stored_fields(0)
        self._shelf = shelf.read(path / shelf.FILE)
        documents = self._shelf.documents
        self._scanned = documents.papers_with("scanned", ("ja",))
        self._vectors = vectors.read(path)

    # What it holds

    def words(self) -> dict[str, int]:
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
        )

    @property
    def documents(self) -> Documents:
        """Return what is known of every document (for the matcher)."""
        return self._shelf.documents

    def paper(self, paper_id: str) -> Paper | None:
        """Return a paper by its id, or `None`."""
        numbers = self._numbers(self._shelf.documents.paper_ids.find(paper_id))
        rows = [self._stored(number) for number in numbers]
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
        with self._lock:
            self._reader.close()
            self._index.close()

    # Searching

    def search(self, request: SearchRequest) -> Results:
        """Return one page of results. Raises `QueryBudgetError` when it asks for too much."""
        documents = self._shelf.documents
        found = Matcher(self, self._analyzer, literal=request.literal).match(request.query)
        found = grouping.led(found, [int(key) for key in request.lead])
        masks = grouping.filter_masks(request, documents)
        first = (request.page - 1) * request.size
        part = slice(first, first + request.size)
        passes = grouping.passing(masks)

        def rank(part: slice) -> grouping.Ranked:
            return grouping.rank(found, documents, passes, request.sort, part)

        ranked, also, folded = self._folded(rank, part) if request.fold else (rank(part), {}, 0)
        return Results(
            total=ranked.total,
            total_exact=True,
            hits=self._hits(request, ranked, also),
            folded=folded,
            facets=grouping.facet_counts(request, found, documents, masks),
            generation=self._manifest.name,
            total_all_words=ranked.full,
        )

    def _folded(
        self, rank: Callable[[slice], grouping.Ranked], part: slice
    ) -> tuple[grouping.Ranked, dict[int, tuple[Version, ...]], int]:
        """Return a page of papers, by document the versions that go under it, and their number."""
        head = rank(slice(0, alike.FOLDED))
        cards = [self._card(int(number)) for number in head.documents]
        page = alike.page([kept(card) for card in cards], part)
        also = {
            int(head.documents[row.place]): tuple(version(cards[n]) for n in row.under)
            for row in page.rows
        }
        ranked = grouping.chosen(head, [row.place for row in page.rows])
        if page.rest.stop > page.rest.start and head.total > len(cards):
            ranked = grouping.joined(ranked, rank(page.rest))
        return ranked, also, page.folded

    def _card(self, number: int) -> Card:
        card: Card = self._shelf.cards[int(self._shelf.documents.paper[number])]
        return card

    def _hits(
        self,
        request: SearchRequest,
        ranked: grouping.Ranked,
        also: Mapping[int, tuple[Version, ...]],
    ) -> tuple[Hit, ...]:
        marker = None
        if request.snippets:
            want = lookup.wanted(request.query, self._analyzer, literal=request.literal)
            marker = snippets.Marker(self._analyzer, want, literal=request.literal)
        rows = zip(ranked.documents, ranked.scores, ranked.matched, strict=True)
        return tuple(
            replace(
                self._hit(int(number), float(score), int(matched) - 1, marker),
                also=also.get(int(number), ()),
            )
            for number, score, matched in rows
        )

    def _hit(
        self,
        number: int,
        score: float,
        more: int,
        marker: snippets.Marker | None,
    ) -> Hit:
        ordinal = int(self._shelf.documents.paper[number])
        card = self._shelf.cards[ordinal]
        label = self._shelf.labels[number]
        page, snippet = label.page, tuple[Piece, ...]()
        if marker is not None:
            passage = unpacked(self._stored(number)[PASSAGE])
            page, snippet = marker.excerpt(passage | {"page": page})
        return Hit(
            paper_id=card.paper_id,
            title=card.title,
            kind=card.kind,
            paper_ref=card.paper_ref,
            date=card.date,
            ministry=card.ministry,
            score=score,
            passage_id=label.passage_id,
            label=label.label,
            page=page,
            snippet=snippet,
            more=more,
            session_year=card.session_year,
            askers=tuple(card.askers),
            answerers=tuple(card.answerers),
            scanned=bool(self._scanned[ordinal]),
        )

    def rank_passages(self, request: PassageRequest) -> tuple[RankedPassage, ...]:
        """Return the best passages, best first; all words of a bag give no lift here."""
        matcher = Matcher(self, self._analyzer, literal=False, all_first=False)
        allowed = self._allowed(request, matcher)
        return self._best(matcher.match(request.query), allowed, request)

    def _allowed(self, request: PassageRequest, matcher: Matcher) -> Mask:
        within = matcher.match(request.within) if request.within else None
        return loose.passing(request, self._shelf.documents, within)

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
        matcher = Matcher(self, self._analyzer, literal=False, all_first=False)
        allowed = self._allowed(request, matcher) & (kept.scales > 0)
        ids, all_ = np.flatnonzero(allowed), np.flatnonzero(kept.scales > 0)
        return tuple(
            Nearest(
                self._best(scored(ids, row[ids]), allowed, request),
                float(row[all_].mean()) if len(all_) else 0.0,
                float(row[all_].std()) if len(all_) else 0.0,
            )
            for row in kept.cosines(wanted)
        )

    def cosines(self, vector: Floats, keys: Sequence[str]) -> Floats:
        """Return the cosine of a vector with each passage that `rank_passages` named."""
        return self._kept_vectors().cosines_with(vector, np.array([int(k) for k in keys], np.int64))

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
            text=unpacked(self._stored(number)[PASSAGE])["text"],
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
        want = lookup.wanted(query, self._analyzer, literal=literal)
        found = snippets.spans(text, self._analyzer, want, literal=literal)
        return snippets.pieces(text, found, 0, len(text))

    # Whoosh

    def postings(self, field: str, token: str) -> Postings:
        """Return where a token stands in a text field; empty when it does not."""
        deadline.check()
        found = self._postings.get((field, token))
        if found is None:
            encoded = token.encode()
            found = joined([leaf.postings(field, encoded) for leaf in self._leaves])
            self._postings.put((field, token), found)
        return found

    def beginning(self, field: str, prefix: str) -> tuple[int, Postings]:
        """Return how many words of a field begin so, and their counts by document, no places."""
        encoded = prefix.encode()
        found = [leaf.beginning(field, encoded) if encoded else range(0) for leaf in self._leaves]
        parts = [leaf.counted(field, row) for leaf, row in zip(self._leaves, found, strict=True)]
        return self._distinct(field, found), counted(parts)

    def within(self, field: str, token: str, distance: int) -> tuple[int, Postings]:
        """Return how many words are at most `distance` edits away, and their counts, no places."""
        words = {w for leaf in self._leaves for w in leaf.near(field, token.encode(), distance)}
        return len(words), counted([self.postings(field, word.decode()) for word in words])

    def _distinct(self, field: str, found: Sequence[range]) -> int:
        """Count the different words of some ranges, one for each segment."""
        filled = [row for row in found if row]
        if len(filled) < 2:
            return sum(map(len, filled))
        pairs = zip(self._leaves, found, strict=True)
        return len({word for leaf, row in pairs for word in leaf.tokens(field, row)})

    def _numbers(self, ordinal: int | None) -> list[int]:
        """Return the documents of a paper in order."""
        if ordinal is None:
            return []
        documents = self._shelf.documents
        return [int(n) for n in np.flatnonzero(documents.paper == ordinal) if documents.live[n]]

    def _stored(self, number: int) -> dict[str, Any]:
        deadline.check()
        with self._lock:
            return dict(self._reader.stored_fields(number))


class WhooshEngine:
    """The embedded engine; see `indexer.engine.interface.Engine`. A location is a directory."""

    def open(self, location: str) -> WhooshIndex:
        """Open the published generation. Raises `IndexNotFoundError`, `FingerprintError`.

        One that is thrown away between finding and opening it was followed by another.
        """
        path = generation.current_path(Path(location))
        try:
            return self._open(path, location)
        except (EngineError, OSError):
            if generation.current(Path(location)) in (None, path.name):
                raise
        return self.open(location)

    def _open(self, path: Path, location: str) -> WhooshIndex:
        manifest = generation.read_manifest(path)
        generation.verify_small(path, manifest)
        tables = _read_tables(path)
        if (
            manifest.fingerprint != own_fingerprint()
            or manifest.extra.get("tables") != tables.digest
        ):
            raise FingerprintError(
                f"De index in {location} is met een andere versie van Kamerzoek gemaakt. "
                f"Maak hem opnieuw met: python -m indexer build MAP --index {location}"
            )
        try:
            return WhooshIndex(path, manifest, tables)
        except (EngineError, OSError):
            raise
        except Exception as error:
            # Whoosh, numpy and JSON each have their own word for bytes that they do not know.
            raise EngineError(damaged(path, f"{type(error).__name__} bij het openen")) from error

    def tables(self, location: str) -> Tables | None:
        """Return the analysis tables of the published generation if they fit this program."""
        path = Path(location)
        if generation.current(path) is None:
            return None
        folder = generation.current_path(path)
        if generation.read_manifest(folder).fingerprint != own_fingerprint():
            return None
        return _read_tables(folder)

    def writer(
        self, location: str, tables: Tables, workers: int = 1, *, fresh: bool = False
    ) -> WhooshWriter:
        """Start the next generation. Raises `LockedError` when another process is writing."""
        return WhooshWriter(Path(location), tables, own_fingerprint(), workers, fresh=fresh)

    def vector_writer(
        self,
        location: str,
        tables: Tables,
        workers: int,
        vectors: VectorSource,
        *,
        fresh: bool = False,
    ) -> WhooshWriter:
        """Start the next generation, with vectors; a published one without starts empty."""
        own = own_fingerprint()
        return WhooshWriter(Path(location), tables, own, workers, fresh=fresh, vectors=vectors)

    def embedding(self, location: str) -> str | None:
        """Return the model of the published vectors, `None` when there are none."""
        if generation.current(Path(location)) is None:
            return None
        manifest = generation.read_manifest(generation.current_path(Path(location)))
        return manifest.extra.get("embedding")

    def current(self, location: str) -> str | None:
        """Return the name of the published generation: cheap, to see whether it moved on."""
        return generation.current(Path(location))

    def generations(self, location: str) -> tuple[GenerationInfo, ...]:
        """Return the generations that are kept, the newest first."""
        return generation.infos(Path(location))

    def roll_back(self, location: str) -> str:
        """Publish the generation before the published one again and return its name."""
        return generation.roll_back(Path(location))

    def keep(self, location: str, name: str, data: bytes | None) -> None:
        """Keep a small file beside the index whatever its generation, or remove it (`None`)."""
        if data is None:
            Path(location, name).unlink(missing_ok=True)
        else:
            write_whole(Path(location, name), data)

    def kept(self, location: str, name: str) -> bytes | None:
        """Return a file that is kept beside the index, `None` without it."""
        path = Path(location, name)
        return path.read_bytes() if path.is_file() else None

    def check(self, location: str) -> tuple[str, ...]:
        """Return what is wrong with the published generation, a sentence each; empty is sound."""
        path = generation.current_path(Path(location))
        wrong = generation.verify(path)
        if wrong:
            return wrong
        try:
            index = self.open(location)
        except EngineError as error:
            return (str(error),)
        counted = index.documents
        index.close()
        said = generation.read_manifest(path).counts
        found = {"papers": len(counted.paper_ids), "passages": counted.count}
        return tuple(
            f"De index zegt {said[name]} {name} te hebben en heeft er {number}."
            for name, number in found.items()
            if said[name] != number
        )


def own_fingerprint() -> str:
    """Return the fingerprint of this program's fields and Whoosh format."""
    return fingerprint([VERSION])


def _iso(number: int) -> str | None:
    """Return the date that `date_number` made a number of, as far as it was known."""
    digits = f"{number:08d}"
    parts = [part for part in (digits[:4], digits[4:6], digits[6:]) if int(part)]
    return "-".join(parts) if number else None


def _read_tables(path: Path) -> Tables:
    try:
        return Tables.from_json(json.loads((path / TABLES).read_text("utf-8")))
    except (ValueError, LookupError, TypeError) as error:
        raise EngineError(damaged(path, f"{TABLES} is veranderd")) from error
