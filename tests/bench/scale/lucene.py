"""Lucene beside the others: the jars that OpenSearch brings, run by Java from source.

In go the passages and queries of the benchmark as lines with tabs, out comes what
`tests.bench.scale.one` prints for the other engines. Java's compiler warms up: every query is asked
ten times before it is timed.
"""

from __future__ import annotations

from pathlib import Path

from tests.bench.scale.rows import FROM, KIND, TO, load, read
from tests.opensearch.nodes import find_java

PROGRAM = Path(__file__).with_name("Lucene.java")


def is_there() -> bool:
    """Tell whether there is a Java and the jars of OpenSearch."""
    java = find_java()
    return java is not None and java.is_ready


def build(folder: Path, passages: Path) -> tuple[str, ...]:
    """Return the command that indexes the passages."""
    lines = passages.with_suffix(".tsv")
    if not lines.exists():
        with lines.open("w", encoding="utf-8") as stream:
            for row in read(passages):
                title = " ".join(row.title.split())
                stream.write(f"{row.id}\t{row.kind}\t{row.day}\t{title}\t{row.tokens}\n")
    return *_java(), "build", str(folder), str(lines)


def search(folder: Path, queries: Path) -> tuple[str, ...]:
    """Return the command that asks the queries."""
    lines = queries.with_suffix(".tsv")
    rows = ("\t".join([query.kind, *query.tokens]) for query in load(queries))
    lines.write_text("\n".join(rows) + "\n", "utf-8")
    return *_java(), "search", str(folder), str(lines), KIND, str(FROM), str(TO)


def _java() -> tuple[str, ...]:
    java = find_java()
    assert java is not None
    return java.program, "-cp", f"{java.jars}/*", str(PROGRAM)
