"""Which generations are kept at a location, and which are garbage.

In go a location and the name of the published generation, out come names in the order in which they
were made. A generation without its manifest is none: one that is thrown away loses it first, so
that a death halfway leaves nothing that could be taken for a generation.
"""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime
from pathlib import Path

from indexer.engine.publishing.disk import Disk
from indexer.engine.publishing.manifest import MANIFEST

KEEP = 2
NAME = re.compile(r"g\d{8}T\d{6}Z-\d{4,9}")


def generations(location: Path) -> Path:
    """Return the directory in which they lie."""
    return location / "generations"


def names(location: Path) -> list[str]:
    """Return all, the unfinished too. Raises `OSError`."""
    found = (path.name for path in generations(location).iterdir() if path.is_dir())
    return sorted(name for name in found if NAME.fullmatch(name))


def sealed(location: Path) -> list[str]:
    """Return those that were finished."""
    folder = generations(location)
    return [name for name in names(location) if (folder / name / MANIFEST).exists()]


def next_name(location: Path) -> str:
    """Return a name that sorts after all others, also when the clock was set back."""
    there = names(location)
    latest = there[-1] if there else ""
    stamp = max(f"g{datetime.now(UTC):%Y%m%dT%H%M%SZ}", latest.partition("-")[0])
    same = [int(name.partition("-")[2]) for name in there if name.startswith(stamp)]
    return f"{stamp}-{max(same, default=0) + 1:04}"


def garbage(location: Path, published: str | None) -> list[str]:
    """Return what writers left that died before they published."""
    whole = set(sealed(location))
    return [
        name
        for name in names(location)
        if name != published and (name not in whole or (published is not None and name > published))
    ]


def sweep(location: Path, published: str | None, disk: Disk) -> None:
    """Remove the garbage; the lock is the caller's."""
    for name in garbage(location, published):
        disk.clear(generations(location) / name, MANIFEST)


def collect(location: Path, published: str, disk: Disk) -> None:
    """Keep the newest generations; a reader that holds an older one open keeps its files."""
    with contextlib.suppress(OSError):
        for name in [name for name in names(location) if name <= published][:-KEEP]:
            disk.clear(generations(location) / name, MANIFEST)
