"""Official records and official XML that lie beside a PDF, or in its place.

In goes the path of a PDF, out come the files that tell of it and what they say: `NAME.xml`,
`NAME.metadata.xml` and `NAME.json`, and the `metadata.xml` of a folder that has one PDF.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indexer.structure.official import Record, read_record
from indexer.structure.publication import Publication, looks_official, read_publication

ENDINGS = (".metadata.xml", ".xml", ".json")
OF_FOLDER = "metadata.xml"


def files_beside(pdf: Path) -> tuple[Path, ...]:
    """Return the files beside a PDF that may tell of it, in the order in which they count."""
    named = [pdf.with_name(f"{pdf.stem}{ending}") for ending in ENDINGS]
    named = [path for path in named if path != pdf]  # official XML can be the paper itself
    shared = pdf.with_name(OF_FOLDER)
    if shared.is_file() and sum(p.suffix.lower() == ".pdf" for p in pdf.parent.iterdir()) == 1:
        named.append(shared)
    return tuple(path for path in named if path.is_file())


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


def is_publication(path: Path) -> bool:
    """Tell whether a file is official XML with no PDF of its name beside it: a paper by itself."""
    name = path.name.lower()
    if not name.endswith(".xml") or name.endswith(OF_FOLDER):
        return False
    if any(path.with_suffix(ending).is_file() for ending in (".pdf", ".PDF")):
        return False
    try:
        with path.open("rb") as stream:
            return looks_official(stream.read(4096))
    except OSError:
        return False


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
