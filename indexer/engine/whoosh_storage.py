"""Whoosh's files by way of our `Disk`, so that each of its steps can be failed by a test.

In go names, out come Whoosh's files; what the disk refuses is an `OSError` that names the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from indexer.engine.publishing.disk import Disk


class DiskStorage(FileStorage):  # type: ignore[misc]
    """A directory of Whoosh files that are made, renamed and removed by a `Disk`."""

    def __init__(self, path: Path | str, disk: Disk) -> None:
        super().__init__(str(path))
        self.disk = disk

    def create_file(self, name: str, excl: bool = False, **kwargs: Any) -> StructFile:
        """Open a new file (Whoosh's protocol)."""
        del excl  # one writer only: the generation's lock
        kwargs.pop("mode", None)  # a file can always be read back
        return StructFile(self.disk.create(Path(self.folder, name)), name=name, **kwargs)

    def delete_file(self, name: str) -> None:
        """Remove a file (Whoosh's protocol)."""
        self.disk.delete(Path(self.folder, name))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Give a file another name (Whoosh's protocol)."""
        target = Path(self.folder, newname)
        if safe and target.exists():
            raise NameError(f"{target} is there already")
        self.disk.replace(Path(self.folder, oldname), target)

    def temp_storage(self, name: str | None = None) -> DiskStorage:
        """Return a directory within this one (Whoosh's protocol)."""
        folder = Path(self.folder, name or "tijdelijk.tmp")
        self.disk.make(folder)
        return DiskStorage(folder, self.disk)
