"""A disk that counts its steps and fails at one of them, and the machine that loses its power.

In goes the number of a step, out comes a `Disk` that refuses it, or stops with the machine there.
After the machine stopped, `cut` leaves on the real disk what a file system may have kept: of a file
that was not synced all, half, nothing or zeros; of names that were made, changed or removed in a
directory that was not synced any part. Every raw write counts as a step, Whoosh's too.
"""

from __future__ import annotations

import contextlib
import errno
import io
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from indexer.engine.publishing import disk as disks
from indexer.engine.publishing.disk import Disk


class PowerCutError(BaseException):
    """The machine stops here."""


class _Raw(io.FileIO):
    """A file whose writes are steps of a disk."""

    def __init__(self, path: Path, disk: FaultyDisk) -> None:
        super().__init__(path, "w+")
        self._disk = disk

    def write(self, data: Any) -> int:
        if self._disk.is_dead:
            return len(data)
        with self._disk.step(lambda: super(_Raw, self).write(data[: len(data) // 2])):
            return super().write(data)


@dataclass(frozen=True)
class _Change:
    """A change of a name in a directory, and how it is undone."""

    directory: Path
    undo: Callable[[], object]


class FaultyDisk(Disk):
    """Fails at step `fail` (from 1; 0 never), and at all after it when `sticky`.

    With `PowerCutError` as the error it does nothing any more after that.
    """

    def __init__(
        self, fail: int = 0, error: BaseException | None = None, *, sticky: bool = False
    ) -> None:
        self.fail, self.steps, self.failed, self.is_dead = fail, 0, 0, False
        self.error = error or OSError(errno.ENOSPC, "No space left on device")
        self.sticky = sticky
        self._dirty: set[Path] = set()
        self._changes: list[_Change] = []

    @contextlib.contextmanager
    def step(
        self, half: Callable[[], object] = lambda: None, *, removes: bool = False
    ) -> Iterator[None]:
        """Count a step; at the one that fails do `half` of it and raise.

        A disk that stays full refuses no removal.
        """
        self.steps += 1
        again = self.sticky and not removes and self.steps > self.fail
        if self.fail and (self.steps == self.fail or again):
            self.failed += 1
            half()
            self.is_dead = isinstance(self.error, PowerCutError)
            raise self.error
        yield

    def _change(self, path: Path, undo: Callable[[], object]) -> None:
        self._changes.append(_Change(path.parent, undo))

    def make(self, path: Path) -> None:
        if self.is_dead or path.is_dir():
            return
        with self.step():
            super().make(path)
            self._change(path, lambda: shutil.rmtree(path))

    def create(self, path: Path) -> BinaryIO:
        if self.is_dead:
            return io.BytesIO()
        with self.step():
            self._change(path, path.unlink)
            self._dirty.add(path)
            return cast("BinaryIO", io.BufferedRandom(_Raw(path, self)))

    def sync_all(self, paths: Sequence[Path]) -> None:
        """Take the steps one by one, so that each run has them in the same order."""
        for path in paths:
            self.sync(path)

    def sync(self, path: Path) -> None:
        if self.is_dead:
            return
        with self.step():
            assert path.exists()  # nothing waits for the real disk: `cut` plays it
            self._dirty.discard(path)
            self._changes = [row for row in self._changes if row.directory != path]

    def write(self, path: Path, data: bytes) -> None:
        with self.create(path) as stream:
            stream.write(data)

    def replace(self, source: Path, target: Path) -> None:
        if self.is_dead:
            return
        with self.step():
            before = target.read_bytes() if target.exists() else None
            super().replace(source, target)
            if source in self._dirty:
                self._dirty.remove(source)
                self._dirty.add(target)
            self._change(target, lambda: _put_back(target, before))

    def link(self, source: Path, target: Path) -> None:
        if self.is_dead:
            return
        with self.step():
            super().link(source, target)
            self._change(target, target.unlink)

    def delete(self, path: Path) -> None:
        if self.is_dead:
            return
        before = path.read_bytes() if path.is_file() else None
        with self.step(removes=True):
            super().delete(path)
            self._change(path, lambda: _put_back(path, before))

    def clear(self, path: Path, first: str) -> None:
        if not self.is_dead:
            half = partial(_clear_half, path, first)
            with contextlib.suppress(OSError), self.step(half, removes=True):
                super().clear(path, first)

    def cut(self, chance: random.Random) -> None:
        """Leave what may be there after the machine lost its power."""
        for path in sorted(self._dirty):
            if path.is_file():
                data = path.read_bytes()
                kept = chance.choice((data, data[: len(data) // 2], b"", bytes(len(data))))
                path.write_bytes(kept)
        for change in reversed(self._changes):
            if chance.random() < 0.5:
                with contextlib.suppress(OSError):
                    change.undo()


def _put_back(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    else:
        path.unlink(missing_ok=True)  # not through a hard link that an old generation shares
        path.write_bytes(before)


def _clear_half(path: Path, first: str) -> None:
    """Do what a removal that stops halfway has done."""
    files = sorted(p for p in path.rglob("*") if p.is_file())
    (path / first).unlink(missing_ok=True)
    for file in files[::2]:
        file.unlink(missing_ok=True)


def let_go() -> None:
    """Release the locks of writers that died within this process, as the death of one does."""
    for lock in list(disks._HELD):
        lock.release()
