"""A folder of PDFs that somebody else fills: a share, a disk that came by post.

In goes a folder, out come batches of its PDFs with the records beside them, and a way to read them
that looks like the client of the others. What is gone from that folder goes here too. Symbolic
links that lead out of it are not followed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from indexer.beside import files_beside
from indexer.sources.client import LARGEST_FILE, NOTHING, Answer, Validators
from indexer.sources.clock import SYSTEM, Clock
from indexer.sources.corpus import safe_name
from indexer.sources.errors import FetchError, StopError
from indexer.sources.item import Batch, Described, Item, Remote
from indexer.sources.manners import Budget, Manners
from indexer.sources.official_names import OFFICIAL
from indexer.sources.selection import Selection
from indexer.structure.official import Record, read_record

AT_ONCE = 100


class LocalFiles:
    """Files of a folder by their addresses."""

    def __init__(self, root: Path, clock: Clock = SYSTEM) -> None:
        self.clock, self.budget = clock, Budget(Manners(), clock)
        self._root = root.resolve()

    def file(self, url: str, known: Validators = NOTHING) -> Answer:  # noqa: ARG002
        """Return a file. Raises `FetchError`."""
        path = Path(unquote(urlsplit(url).path)).resolve()
        if not path.is_relative_to(self._root):
            raise FetchError("adres geweigerd", f"{path} ligt buiten {self._root}.")
        try:
            if path.stat().st_size > LARGEST_FILE:
                raise FetchError("te groot", f"{path} is te groot.")
            return Answer(url, path.read_bytes())
        except FileNotFoundError as error:
            raise FetchError("niet gevonden", f"{path} is er niet meer.") from error
        except OSError as error:
            raise FetchError("onleesbaar", f"{path}: {error.strerror}.") from error


class Folder:
    """A folder as a source. Raises `StopError` when it is none."""

    name = "folder"
    whole = True

    def __init__(self, folder: Path, selection: Selection) -> None:
        self.checks = selection
        if not folder.is_dir():
            raise StopError(f"{folder} is geen map. Geef een map met PDF's.")
        self._root = folder.resolve()

    def batches(self) -> Iterator[Batch]:
        """Yield the PDFs in a fixed order."""
        paths = list(_pdfs(self._root))
        for start in range(0, len(paths), AT_ONCE):
            items = tuple(self._item(path) for path in paths[start : start + AT_ONCE])
            yield Batch(items, expected=len(paths))

    def _item(self, path: Path) -> Item:
        beside = files_beside(path)
        record = next(filter(None, map(_record, beside)), None)
        shown = path.relative_to(self._root).with_suffix("").as_posix()
        official = record.id if record and record.id else path.stem
        files = {".pdf": path} | {_ending(each): each for each in beside}
        stamps = [(each.stat().st_size, each.stat().st_mtime_ns) for each in files.values()]
        return Item(
            key=f"{self.name}:{path}",
            name=safe_name(official if OFFICIAL.fullmatch(official) else shown),
            version=hashlib.sha256(repr(stamps).encode()).hexdigest()[:16],
            files=tuple(Remote(ending, each.as_uri()) for ending, each in files.items()),
            described=_described(record),
        )


def _pdfs(root: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(where, name)
            if path.suffix.lower() == ".pdf" and path.resolve().is_relative_to(root):
                yield path


def _described(record: Record | None) -> Described:
    if record is None:
        return Described()
    return Described(
        kind=record.kind,
        dossiers=(record.dossier,) if record.dossier else (),
        session=record.session_year,
        date=record.date,
        title=record.title or "",
        number=record.number,
    )


def _record(path: Path) -> Record | None:
    try:
        return read_record(path.read_bytes())
    except OSError:
        return None


def _ending(path: Path) -> str:
    """Return the ending under which a record is kept; that of a whole folder becomes the PDF's."""
    return ".metadata.xml" if path.name.lower().endswith("metadata.xml") else path.suffix.lower()
