"""The other engines, each with what it offers; what it has not is `None`."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.scale.rows import FROM, KIND, TO, Passage, Query

TEN = 10
DEEP = 190


class Fts5:
    """SQLite FTS5, texts stored."""

    def build(self, passages: Iterator[Passage], folder: Path) -> None:
        """Index the passages."""
        base = sqlite3.connect(folder / "fts.db")
        base.execute(
            "create virtual table f using fts5(tokens, id unindexed, title unindexed, "
            "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_-.:/'\")"
        )
        base.execute("create table p (rowid integer primary key, kind, day, year)")
        for number, row in enumerate(passages, 1):
            base.execute(
                "insert into f(rowid, tokens, id, title) values (?,?,?,?)",
                (number, row.tokens, row.id, row.title),
            )
            base.execute(
                "insert into p values (?,?,?,?)", (number, row.kind, row.day, row.day // 10000)
            )
        base.execute("create index p_day on p(kind, day)")
        base.execute("insert into f(f) values ('optimize')")
        base.commit()

    def open(self, folder: Path) -> None:
        """Open the database."""
        self._base = sqlite3.connect(folder / "fts.db")

    def search(self, query: Query) -> list[str] | None:
        """Return ten ids."""
        if query.kind == "fuzzy":
            return None
        match = self._match(query)
        if query.kind == "field + date filter":
            return self._ids(
                "select id from f join p on p.rowid = f.rowid where f match ? and kind = ? "
                "and day between ? and ? order by bm25(f) limit 10",
                match, KIND, FROM, TO,
            )  # fmt: skip
        if query.kind == "two facets over all hits":
            for facet in ("kind", "year"):
                self._base.execute(
                    f"select {facet}, count(*) from f join p on p.rowid = f.rowid "
                    f"where f match ? group by {facet}", (match,),
                ).fetchall()  # fmt: skip
        offset = DEEP if query.kind == "hits 191-200" else 0
        snippet = ", snippet(f, 0, '<', '>', '…', 40)" if query.kind == "ten snippets" else ""
        return self._ids(
            f"select id{snippet} from f where f match ? order by bm25(f) limit 10 offset {offset}",
            match,
        )

    def _ids(self, statement: str, *values: object) -> list[str]:
        return [row[0] for row in self._base.execute(statement, values)]

    @staticmethod
    def _match(query: Query) -> str:
        words = [f'"{token}"' for token in query.tokens]
        if query.kind == "phrase":
            return '"' + " ".join(query.tokens) + '"'
        if query.kind == "NEAR/5":
            return f"NEAR({words[0]} {words[1]}, 5)"
        if query.kind == "prefix":
            return f"{words[0]}*"
        return (" AND " if query.kind == "AND" else " OR ").join(words)


class Tantivy:
    """tantivy by its Python package, texts stored."""

    def build(self, passages: Iterator[Passage], folder: Path) -> None:
        """Index the passages in one thread."""
        import tantivy

        schema = self._schema(tantivy)
        index = tantivy.Index(schema, path=str(folder))
        index.register_tokenizer("spaces", self._spaces(tantivy))
        writer = index.writer(heap_size=256_000_000, num_threads=1)
        for row in passages:
            writer.add_document(
                tantivy.Document(
                    id=row.id, kind=row.kind, tokens=row.tokens, day=row.day, year=row.day // 10000,
                    title=row.title,
                )
            )  # fmt: skip
        writer.commit()
        writer.wait_merging_threads()

    @staticmethod
    def _spaces(tantivy: Any) -> Any:
        return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()

    @staticmethod
    def _schema(tantivy: Any) -> Any:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("title", stored=True, tokenizer_name="raw")
        builder.add_text_field("kind", stored=False, tokenizer_name="raw", fast=True)
        builder.add_text_field("tokens", stored=True, tokenizer_name="spaces")
        builder.add_integer_field("day", indexed=True, fast=True)
        builder.add_integer_field("year", indexed=True, fast=True)
        return builder.build()

    def open(self, folder: Path) -> None:
        """Open the index."""
        import tantivy

        self._tantivy = tantivy
        self._index = tantivy.Index.open(str(folder))
        self._index.register_tokenizer("spaces", self._spaces(tantivy))
        self._index.reload()
        self._searcher = self._index.searcher()
        self._fields = self._index.schema

    def search(self, query: Query) -> list[str] | None:
        """Return ten ids."""
        asked = self._query(query)
        if asked is None:
            return None
        offset = DEEP if query.kind == "hits 191-200" else 0
        found = self._searcher.search(asked, limit=TEN, count=True, offset=offset)
        if query.kind == "two facets over all hits":
            self._searcher.aggregate(
                asked,
                {
                    "kind": {"terms": {"field": "kind", "size": 100}},
                    "year": {"terms": {"field": "year", "size": 100}},
                },
            )
        documents = [self._searcher.doc(address) for _, address in found.hits]
        if query.kind == "ten snippets":
            maker = self._tantivy.SnippetGenerator.create(
                self._searcher, asked, self._fields, "tokens"
            )
            for document in documents:
                maker.snippet_from_doc(document).to_html()
        return [str(document.get_first("id")) for document in documents]

    def _query(self, query: Query) -> Any:
        make = self._tantivy.Query
        terms = [make.term_query(self._fields, "tokens", token) for token in query.tokens]
        must, should = self._tantivy.Occur.Must, self._tantivy.Occur.Should
        any_term = make.boolean_query([(should, term) for term in terms])
        if query.kind == "AND":
            return make.boolean_query([(must, term) for term in terms])
        if query.kind == "phrase":
            return make.phrase_query(self._fields, "tokens", list(query.tokens))
        if query.kind == "NEAR/5":
            return self._index.parse_query(f'"{" ".join(query.tokens)}"~5', ["tokens"])
        if query.kind == "prefix":
            return make.regex_query(self._fields, "tokens", f"{query.tokens[0]}.*")
        if query.kind == "fuzzy":
            return make.fuzzy_term_query(self._fields, "tokens", query.tokens[0], distance=1)
        if query.kind == "field + date filter":
            kind = make.term_query(self._fields, "kind", KIND)
            days = make.range_query(self._fields, "day", self._tantivy.FieldType.Integer, FROM, TO)
            return make.boolean_query([(must, any_term), (must, kind), (must, days)])
        return any_term


class Xapian:
    """Xapian by Debian's binding, run in Debian's Python; texts stored."""

    def build(self, passages: Iterator[Passage], folder: Path) -> None:
        """Index the passages."""
        import xapian

        base = xapian.WritableDatabase(str(folder / "x"), xapian.DB_CREATE)
        for row in passages:
            document = xapian.Document()
            document.set_data(f"{row.id}\n{row.tokens}")
            for position, token in enumerate(row.tokens.split(), 1):
                document.add_posting(token[:200], position)
            document.add_boolean_term(f"XKIND{row.kind}")
            document.add_value(0, xapian.sortable_serialise(row.day))
            document.add_value(1, str(row.day // 10000))
            document.add_value(2, row.kind)
            base.add_document(document)
        base.commit()
        base.close()

    def open(self, folder: Path) -> None:
        """Open the database."""
        import xapian

        self._xapian = xapian
        self._base = xapian.Database(str(folder / "x"))

    def search(self, query: Query) -> list[str] | None:
        """Return ten ids."""
        if query.kind == "fuzzy":
            return None
        xapian = self._xapian
        enquire = xapian.Enquire(self._base)
        enquire.set_query(self._query(query))
        spies = []
        if query.kind == "two facets over all hits":
            spies = [xapian.ValueCountMatchSpy(slot) for slot in (1, 2)]
            for spy in spies:
                enquire.add_matchspy(spy)
        everything = self._base.get_doccount() if spies else 0
        offset = DEEP if query.kind == "hits 191-200" else 0
        found = enquire.get_mset(offset, TEN, everything)
        texts = [match.document.get_data().decode() for match in found]
        if query.kind == "ten snippets":
            for text in texts:
                found.snippet(text.partition("\n")[2], 280)
        return [text.partition("\n")[0] for text in texts]

    def _query(self, query: Query) -> Any:
        make = self._xapian.Query
        operators = {"AND": make.OP_AND, "phrase": make.OP_PHRASE, "NEAR/5": make.OP_NEAR}
        if query.kind == "prefix":
            reader = self._xapian.QueryParser()
            reader.set_database(self._base)
            return reader.parse_query(f"{query.tokens[0]}*", reader.FLAG_WILDCARD)
        operator = operators.get(query.kind, make.OP_OR)
        if query.kind == "NEAR/5":
            return make(operator, query.tokens, 6)
        found = make(operator, query.tokens)
        if query.kind == "field + date filter":
            pack = self._xapian.sortable_serialise
            days = make(make.OP_VALUE_RANGE, 0, pack(FROM), pack(TO))
            narrowed = make(make.OP_AND, [make(f"XKIND{KIND}"), days])
            return make(make.OP_FILTER, found, narrowed)
        return found


class Bm25s:
    """bm25s: scores worked out beforehand, in memory; loose words only, no positions or filters."""

    def build(self, passages: Iterator[Passage], folder: Path) -> None:
        """Index the passages."""
        import bm25s

        rows = [(row.id, row.tokens.split()) for row in passages]
        retriever = bm25s.BM25(k1=1.2, b=0.75)
        retriever.index([tokens for _, tokens in rows], show_progress=False)
        retriever.save(str(folder), corpus=[{"id": name} for name, _ in rows])

    def open(self, folder: Path) -> None:
        """Map the arrays."""
        import bm25s

        self._retriever = bm25s.BM25.load(str(folder), mmap=True, load_corpus=True)

    def search(self, query: Query) -> list[str] | None:
        """Return ten ids."""
        loose = ("rare term", "common term", "OR of 3-5")
        if query.kind not in loose and not query.kind.startswith("question"):
            return None
        known = [token for token in query.tokens if token in self._retriever.vocab_dict]
        if not known:
            return []
        found, _ = self._retriever.retrieve([known], k=TEN, show_progress=False)
        return [row["id"] for row in found[0]]


class PlainWhoosh:
    """Whoosh 2.7.4 as it comes: its own codec, matchers and scorer."""

    def build(self, passages: Iterator[Passage], folder: Path) -> None:
        """Index the passages."""
        from whoosh import analysis, fields, index

        spaces = analysis.RegexTokenizer(r"\S+")
        schema = fields.Schema(
            id=fields.ID(stored=True),
            tokens=fields.TEXT(analyzer=spaces, stored=True),
            kind=fields.ID(sortable=True),
            day=fields.NUMERIC(int, sortable=True),
            year=fields.NUMERIC(int, sortable=True),
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=512)
        writer.compound = False
        for row in passages:
            writer.add_document(
                id=row.id, tokens=row.tokens, kind=row.kind, day=row.day, year=row.day // 10000
            )
        writer.commit()

    def open(self, folder: Path) -> None:
        """Open the index."""
        from whoosh import index

        self._searcher = index.open_dir(str(folder)).searcher()

    def search(self, query: Query) -> list[str] | None:
        """Return ten ids."""
        asked, narrowed = self._query(query)
        facets = ["kind", "year"] if query.kind == "two facets over all hits" else None
        limit = DEEP + TEN if query.kind == "hits 191-200" else TEN
        found = self._searcher.search(asked, limit=limit, filter=narrowed, groupedby=facets)
        for facet in facets or ():
            Counter({name: len(rows) for name, rows in found.groups(facet).items()})
        hits = list(found)[limit - TEN :]
        if query.kind == "ten snippets":
            for hit in hits:
                hit.highlights("tokens")
        return [hit["id"] for hit in hits]

    def _query(self, query: Query) -> tuple[Any, Any]:
        from whoosh import query as q

        terms = [q.Term("tokens", token) for token in query.tokens]
        narrowed = None
        if query.kind == "field + date filter":
            narrowed = q.And([q.Term("kind", KIND), q.NumericRange("day", FROM, TO)])
        if query.kind == "AND":
            return q.And(terms), None
        if query.kind == "phrase":
            return q.Phrase("tokens", query.tokens), None
        if query.kind == "NEAR/5":
            return q.Phrase("tokens", query.tokens, slop=5), None
        if query.kind == "prefix":
            return q.Prefix("tokens", query.tokens[0]), None
        if query.kind == "fuzzy":
            return q.FuzzyTerm("tokens", query.tokens[0], maxdist=1, prefixlength=1), None
        return q.Or(terms), narrowed
