"""What the files beside a PDF say of it.

In goes the path of a PDF, or of official XML without one, out come its records and its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indexer.beside import files_beside
from indexer.structure.official import Record, read_record
from indexer.structure.publication import Publication, read_publication


def records_beside(pdf: Path) -> tuple[Record, ...]:
    """Return what the records beside a PDF say; a file that is none, or unreadable, is left out."""
    return _records(files_beside(pdf))


def records_in(publication: Path) -> tuple[Record, ...]:
    """Return what official XML and the records beside it say."""
    return _records((*files_beside(publication), publication))


def publication_beside(pdf: Path) -> Publication | None:
    """Return the text of the official XML beside a PDF, `None` when there is none."""
    return publication_in(pdf.with_suffix(".xml"))


def publication_in(path: Path) -> Publication | None:
    """Return the text of official XML, `None` when the file is none or cannot be read."""
    try:
        return read_publication(path.read_bytes())
    except OSError:
        return None


def _records(paths: Iterable[Path]) -> tuple[Record, ...]:
    found = []
    for path in paths:
        try:
            record = read_record(path.read_bytes())
        except OSError:
            continue
        if record is not None:
            found.append(record)
    return tuple(found)
