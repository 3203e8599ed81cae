"""Our embedded engine: the whole of it, with title, exact words and grouping by paper."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from indexer.analysis.encode import Encoder
from indexer.analysis.tables import EMPTY
from indexer.engine.query import And, Bag, Fuzzy, Near, Node, Or, Phrase, Prefix, Term
from indexer.engine.results import SearchRequest
from indexer.engine.whoosh_engine import WhooshEngine
from indexer.paper import Paper, Passage
from tests.bench.scale.corpus import iso
from tests.bench.scale.rows import FROM, KIND, TO, Query
from tests.bench.scale.rows import Passage as Row


class Ours:
    """Kamerzoek's embedded engine. `analysis`: CPU seconds that it took of the build."""

    analysis = 0.0

    def __init__(self) -> None:
        self._engine = WhooshEngine()  # loads its libraries, as those of the others are

    def build(self, passages: Iterator[Row], folder: Path) -> None:
        """Index the passages."""
        self._time_analysis()
        writer = WhooshEngine().writer(str(folder), EMPTY)
        for row in passages:
            passage = Passage(f"{row.id}#1", "tekst", "1", row.text)
            paper = Paper(
                id=row.id, title=row.title, kind=row.kind, date=iso(row.day), passages=(passage,)
            )
            writer.add(paper, row.id)
        for _ in writer.publish():
            pass

    def _time_analysis(self) -> None:
        """Time what reads texts, and titles too: one does not call the other when compiled."""
        within = False
        read, encode = Encoder.read, Encoder.encode

        def timed(method: Callable[[Encoder, str], Any]) -> Callable[[Encoder, str], Any]:
            def called(encoder: Encoder, text: str) -> Any:
                nonlocal within
                if within:
                    return method(encoder, text)
                within, started = True, time.process_time()
                try:
                    return method(encoder, text)
                finally:
                    within = False
                    self.analysis += time.process_time() - started

            return called

        Encoder.read = timed(read)  # type: ignore[method-assign,assignment]
        Encoder.encode = timed(encode)  # type: ignore[method-assign,assignment]

    def change(self, folder: Path) -> dict[str, object]:
        """Change a passage in a copy of links; return seconds until a search finds it."""
        copy = folder.with_name(f"{folder.name}-changed")
        shutil.copytree(folder, copy, copy_function=os.link)
        for name in ("CURRENT", "lock"):  # these are written again
            (copy / name).unlink(missing_ok=True)
        shutil.copy(folder / "CURRENT", copy / "CURRENT")
        took, cpu = time.perf_counter(), time.process_time()
        writer = WhooshEngine().writer(str(copy), EMPTY)
        name = next(iter(writer.contents()))
        passage = Passage(f"{name}#1", "tekst", "1", "een nieuw zebrapadenprotocol " * 100)
        writer.add(Paper(id=name, title="Nieuw", passages=(passage,)), "nieuw")
        for _ in writer.publish():
            pass
        found = WhooshEngine().open(str(copy)).search(SearchRequest(Term("zebrapadenprotocol")))
        seconds = time.perf_counter() - took, time.process_time() - cpu
        assert [hit.paper_id for hit in found.hits] == [name]
        shutil.rmtree(copy)
        return {"seconds": seconds}

    def open(self, folder: Path) -> None:
        """Open the index."""
        self._index = self._engine.open(str(folder))

    def forget_questions(self) -> None:
        """Forget which words were asked together."""
        self._index.segments.forget_questions()

    def forget(self) -> None:
        """Forget what was kept of earlier searches."""
        self._index.segments.forget()

    def search(self, query: Query) -> list[str]:
        """Return ten ids."""
        narrowed = query.kind == "field + date filter"
        found = self._index.search(
            SearchRequest(
                tree(query),
                filters={"kind": (KIND,)} if narrowed else {},
                date_from=iso(FROM) if narrowed else None,
                date_to=iso(TO) if narrowed else None,
                facets=("kind", "year") if query.kind == "two facets over all hits" else (),
                snippets=query.kind == "ten snippets",
                page=20 if query.kind == "hits 191-200" else 1,
            )
        )
        return [hit.paper_id for hit in found.hits]


def tree(query: Query) -> Node:
    """Return a query as our tree."""
    words = [word for word, _ in query.words]
    terms = tuple(Term(word) for word in words)
    kind = query.kind
    if kind in ("rare term", "common term"):
        return terms[0]
    if kind == "AND":
        return And(terms)
    if kind == "phrase":
        return Phrase(" ".join(words))
    if kind == "NEAR/5":
        return Near(terms[0], terms[1], 5)
    if kind == "prefix":
        return Prefix(words[0])
    if kind == "fuzzy":
        return Fuzzy(words[0])
    return Bag(terms) if kind.startswith("question") else Or(terms)
