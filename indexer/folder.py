"""What a person names on the command line → the files that are meant.

In go SOURCEs (folders, PDFs, lists of papers), out come PDFs with the name they are known by and
lists, in a fixed order, each file once. Symbolic links that lead out of a folder are not followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.beside import is_publication
from indexer.register import HIDDEN

ENDINGS = (".pdf", ".xml")
LISTS = (".jsonl", ".jsonl.gz", ".jsonl.xz")


class SourceError(Exception):
    """A SOURCE cannot be used; the message is a Dutch sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF, or official XML without one: its real path, and its name in the indexed folder."""

    path: Path
    file: str


@dataclass(frozen=True, slots=True)
class Sources:
    """All files that are meant, in the order in which they count."""

    pdfs: tuple[Pdf, ...]
    lists: tuple[Path, ...]


def find(sources: Sequence[str]) -> Sources:
    """Return the files of all sources. Raises `SourceError` when there is none to read."""
    pdfs: dict[Path, Pdf] = {}
    lists: dict[Path, None] = {}
    for source in sources:
        path = Path(source)
        if path.is_dir():
            for pdf in _in_folder(path.resolve()):
                pdfs.setdefault(pdf.path, pdf)
        elif not path.is_file():
            raise SourceError(f"{source} bestaat niet. Geef een map, een PDF of een .jsonl op.")
        elif path.name.lower().endswith(LISTS):
            lists[path.resolve()] = None
        elif path.suffix.lower() == ".pdf" or is_publication(path):
            pdfs.setdefault(path.resolve(), Pdf(path.resolve(), _shown(path.name)))
        else:
            raise SourceError(
                f"{source} is geen PDF en geen lijst ({', '.join(LISTS)}). "
                "Geef een map, een PDF of een lijst van stukken op."
            )
    if not pdfs and not lists:
        raise SourceError(
            f"In {', '.join(sources)} staat geen PDF. Controleer de map; er is niets veranderd."
        )
    return Sources(tuple(sorted(pdfs.values(), key=lambda pdf: str(pdf.path))), tuple(lists))


def _in_folder(root: Path) -> Iterator[Pdf]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name != HIDDEN)
        inside = Path(folder).relative_to(root).as_posix()
        shown = "" if inside == "." else f"{inside}/"
        for name in sorted(files):
            if not name.lower().endswith(ENDINGS) or name.lower() == ".pdf":
                continue
            path = Path(folder, name)
            if name.lower().endswith(".xml") and not is_publication(path):
                continue
            real = _real(path, root)
            if real is not None:
                yield Pdf(real, _shown(shown + name))


def _real(path: Path, root: Path) -> Path | None:
    """Return the file that is meant, `None` when it is none, gone, or outside of the root."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return None
    if stat.S_ISREG(mode):
        return path
    real = path.resolve() if stat.S_ISLNK(mode) else path
    return real if real.is_file() and real.is_relative_to(root) else None


def _shown(name: str) -> str:
    """Return a file name as text, also when its bytes are none."""
    return os.fsencode(name).decode("utf-8", "replace")
