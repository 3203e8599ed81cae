"""Official records and official XML that lie beside a PDF, or in its place.

In goes the path of a PDF, out come the files that tell of it: `NAME.xml`, `NAME.metadata.xml` and
`NAME.json`, and the `metadata.xml` of a folder that has one PDF. `indexer.records` reads them.
"""

from __future__ import annotations

import os
from pathlib import Path

from indexer.structure.publication import looks_official

ENDINGS = (".metadata.xml", ".xml", ".json")
OF_FOLDER = "metadata.xml"
WITH_RECORDS = "+records"
"""Added to the extractor and to the key of a paper that was read with records beside it."""


class Listings:
    """The names in folders, each listed once: most PDFs have nothing beside them."""

    def __init__(self) -> None:
        self._names: dict[str, frozenset[str] | None] = {}

    def may_have(self, folder: str, name: str) -> bool:
        """Tell whether a folder may have a file, small or capital; one without a list may."""
        if folder not in self._names:
            self._names[folder] = _listed(folder)
        names = self._names[folder]
        return names is None or name.lower() in names


def files_beside(pdf: Path, listings: Listings | None = None) -> tuple[Path, ...]:
    """Return the files beside a PDF that may tell of it, in the order in which they count.

    Who asks for many files gives the `listings` of their folders; else each name is looked for.
    """
    named = [f"{pdf.stem}{ending}" for ending in ENDINGS]
    names = [*named, OF_FOLDER]
    if listings is not None:
        folder = os.path.dirname(pdf)  # noqa: PTH120 - quicker, of each of 10,000 files
        names = [name for name in names if listings.may_have(folder, name)]
    # Official XML can be the paper itself.
    found = [pdf.with_name(name) for name in dict.fromkeys(names) if name != pdf.name]
    return tuple(
        path
        for path in found
        if path.is_file() and (path.name in named or _has_one_pdf(pdf.parent))
    )


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


def _listed(folder: str) -> frozenset[str] | None:
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name.lower() for entry in entries)
    except OSError:
        return None


def _has_one_pdf(folder: Path) -> bool:
    found = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            found += Path(entry.name).suffix.lower() == ".pdf"
            if found > 1:
                break
    return found == 1
