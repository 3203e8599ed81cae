"""The steps that change the disk, and the lock that lets one writer at a time do them.

In go paths and bytes, out comes nothing but a changed disk, or an `EngineError` that says in a
sentence what the disk refused.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import socket
import weakref
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from indexer.engine.errors import EngineError, LockedError
from indexer.refused import told

SYNCS = 16
"""Files that are put on the disk at a time."""


class Disk:
    """The steps that change the disk, in one place so that a test can fail each of them."""

    def make(self, path: Path) -> None:
        """Make a directory, and those above it, when they are not there."""
        path.mkdir(parents=True, exist_ok=True)

    def create(self, path: Path) -> BinaryIO:
        """Open a new file to be written (and read back) bit by bit; `sync` is the caller's."""
        return path.open("w+b")

    def sync(self, path: Path) -> None:
        """Wait until the file or directory is really on the disk."""
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)

    def sync_all(self, paths: Sequence[Path]) -> None:
        """Wait until files or directories are on the disk: it takes many as soon as one."""
        # Imported here: an unchanged folder does without.
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        with ThreadPoolExecutor(SYNCS) as pool:
            for _ in pool.map(self.sync, paths):
                pass

    def write(self, path: Path, data: bytes) -> None:
        """Write a new file; `sync` is the caller's."""
        path.write_bytes(data)

    def replace(self, source: Path, target: Path) -> None:
        """Put `source` in the place of `target` at once."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Give the file a second name, or copy it where the disk has no links."""
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
            self.sync(target)

    def delete(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def clear(self, path: Path, first: str) -> None:
        """Remove a directory with all in it, the file `first` for good before everything else.

        What refuses to go is left for the next time.
        """
        with contextlib.suppress(OSError):
            self.delete(path / first)
            self.sync(path)
        shutil.rmtree(path, ignore_errors=True)


class Lock:
    """One writer at a time: an flock on a file that names its holder, gone when the holder dies."""

    def __init__(self, path: Path, what: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            holder = self._file.read(200).strip() or "een ander proces"
            self._file.close()
            raise LockedError(
                f"{what} is al in gebruik door {holder}. Wacht tot dat klaar is of beëindig het."
            ) from None
        self._file.truncate(0)
        since = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
        self._file.write(f"proces {os.getpid()} op {socket.gethostname()} (sinds {since})\n")
        self._file.flush()
        _HELD.add(self)

    def release(self) -> None:
        """Let the next writer in; harmless when done before.

        The lock is taken off, not just closed: a child that was forked a moment ago may not have
        closed its copy of the file yet.
        """
        if not self._file.closed:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self.drop()

    def drop(self) -> None:
        """Close the file and leave the lock to who else has it open."""
        self._file.close()


_HELD: weakref.WeakSet[Lock] = weakref.WeakSet()


def _let_go() -> None:
    """Keep a forked child from holding the locks of its parent, which may die before it."""
    for lock in _HELD:
        lock.drop()


os.register_at_fork(after_in_child=_let_go)


@contextlib.contextmanager
def explained(what: str) -> Iterator[None]:
    """Turn a refusal of the disk into an `EngineError` that says what could not be done."""
    try:
        yield
    except OSError as error:
        raise EngineError(f"{what}: {told(error)}.") from error
