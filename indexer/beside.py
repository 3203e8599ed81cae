"""Official records that lie beside a PDF.

In goes the path of a PDF, out come the files that tell of it and what they say: `NAME.xml`,
`NAME.metadata.xml` and `NAME.json`, and the `metadata.xml` of a folder that has one PDF.
"""

from __future__ import annotations

from pathlib import Path

from indexer.structure.official import Record, read_record

ENDINGS = (".metadata.xml", ".xml", ".json")
OF_FOLDER = "metadata.xml"


def files_beside(pdf: Path) -> tuple[Path, ...]:
    """Return the files beside a PDF that may tell of it, in the order in which they count."""
    named = [pdf.with_name(f"{pdf.stem}{ending}") for ending in ENDINGS]
    shared = pdf.with_name(OF_FOLDER)
    if shared.is_file() and sum(p.suffix.lower() == ".pdf" for p in pdf.parent.iterdir()) == 1:
        named.append(shared)
    return tuple(path for path in named if path.is_file())


def records_beside(pdf: Path) -> tuple[Record, ...]:
    """Return what the records beside a PDF say; a file that is none, or unreadable, is left out."""
    found = []
    for path in files_beside(pdf):
        try:
            record = read_record(path.read_bytes())
        except OSError:
            continue
        if record is not None:
            found.append(record)
    return tuple(found)
