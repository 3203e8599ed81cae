"""The tables of the analysis → files that a person or another program can read.

In go the learned tables of a generation, out come tab-separated files with a head line: the words
of the corpus, the halves of its compounds, and the lists that come with the program (stems, old
spellings, abbreviations, …), so that everything by which words are found can be inspected.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from indexer.analysis.tables import Tables

WORDS, HALVES = "woorden.tsv", "helften.tsv"


def export(tables: Tables, folder: Path) -> list[Path]:
    """Write the tables into a folder, made when it is not there, and return the files.

    Raises `OSError` when that cannot be done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in _files(tables):
        path = folder / name
        path.write_text(text, "utf-8")
        written.append(path)
    return written


def _files(tables: Tables) -> Iterator[tuple[str, str]]:
    yield WORDS, _rows("woord\taantal", tables.vocabulary)
    yield HALVES, _rows("helft\tlos\tvooraan\tachteraan", tables.halves)
    for file in sorted((resources.files("indexer.analysis") / "data").iterdir(), key=str):
        yield file.name, file.read_text("utf-8")


def _rows(head: str, table: str) -> str:
    rows = (line.replace(" ", "\t") for line in table.splitlines())
    return "\n".join((head, *rows)) + "\n"
