"""The folder of papers: where a file goes, and how it gets there whole.

In go a name and bytes, out comes a file that is there whole or not at all. Names come from
elsewhere: what could lead out of the folder, or is no plain name, is made one. A PDF is written
last, so that a build that runs meanwhile finds what belongs beside it.

    FOLDER/kst/36200-VII/kst-36200-VII-12.pdf, .xml, .metadata.xml, .json
    FOLDER/ah-tk/20222023/…   FOLDER/blg/929/…   FOLDER/tk/2025/2025D05549.pdf
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from indexer.register import HIDDEN

ENDINGS = (".metadata.xml", ".json", ".xml", ".pdf")
"""In the order in which they are written."""
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9()_-]*(?:\.[A-Za-z0-9()_-]+)*")
LONGEST = 120
REPRINT = re.compile(r"-[hbnv]\d+$")
FOLDERS = re.compile(
    r"(?P<kind>(?:ah|h|kv|nds|ag)-(?:tk|ek|vv)|blg|kst)-(?P<part>\d{1,8})"
    r"|(?P<year>\d{4})[DZ]\d+"
)


class Corpus:
    """The folder `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.hidden = root / HIDDEN
        self._fresh = self.hidden / "new"

    def open(self) -> None:
        """Make the folder, and throw away what an earlier run left half written."""
        self._fresh.mkdir(parents=True, exist_ok=True)
        for left in self._fresh.iterdir():
            left.unlink(missing_ok=True)

    def path(self, name: str, ending: str) -> Path:
        """Return where a file of a paper stands."""
        return self.root / folder_of(name) / f"{name}{ending}"

    def has(self, name: str, ending: str) -> bool:
        """Tell whether a file is there."""
        return self.path(name, ending).is_file()

    def write(self, name: str, files: Mapping[str, bytes]) -> None:
        """Write files by their endings, each whole, on the disk before this returns."""
        folders = set()
        for ending in ENDINGS:
            if ending in files:
                target = self.path(name, ending)
                if _holds(target, files[ending]):
                    continue  # its time stays what it was, so that a build need not read it again
                target.parent.mkdir(parents=True, exist_ok=True)
                fresh = self._fresh / f"{name}{ending}.part"
                with fresh.open("wb") as stream:
                    stream.write(files[ending])
                    stream.flush()
                    os.fsync(stream.fileno())
                fresh.replace(target)
                folders.add(target.parent)
        for folder in folders:
            _sync(folder)

    def remove(self, name: str, endings: tuple[str, ...] = ENDINGS) -> None:
        """Remove files of a paper, its PDF first; none is no error."""
        for ending in reversed(endings):
            self.path(name, ending).unlink(missing_ok=True)


def safe_name(text: str) -> str:
    """Return a text as a plain file name; what was changed gets a mark, so that it stays one."""
    if PLAIN.fullmatch(text) and len(text) <= LONGEST:
        return text
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")[: LONGEST - 9]
    return f"{plain or 'stuk'}-{mark}"


def folder_of(name: str) -> Path:
    """Return the folder of a paper by its name alone, so that none gets too full.

    It must never depend on how well numbers are read: a paper whose folder changed would be
    fetched again, and stay in the old one.
    """
    dossier = REPRINT.sub("", name).removeprefix("kst-").rpartition("-")[0]
    if name.startswith("kst-") and PLAIN.fullmatch(dossier):
        return Path("kst", dossier)
    found = FOLDERS.match(name)
    if found is None:
        return Path("overig")
    if found["year"]:
        return Path("tk", found["year"])
    part = found["part"][:3] if found["kind"] == "blg" else found["part"]
    return Path(found["kind"], part)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _sync(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
