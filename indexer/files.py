"""Files under one place: a folder, or an address that fsspec knows (`s3://…`, `memory://…`).

In go names relative to the place, out come bytes. A file is written whole or not at all: on a disk
by a rename, on an object store because a put is whole. Whatever a file system raises comes out as
an `OSError`.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

SCRATCH = "new"
"""The folder in which a file is written before it gets its name."""


class Files:
    """The files under a place."""

    def __init__(self, place: Path | str) -> None:
        """Find the file system of the place. Raises `ValueError` when there is none for it."""
        self.place = place
        self._system, self._root, local = _system_of(str(place))
        self.local: Path | None = Path(self._root) if local else None

    def shown(self, name: str) -> str:
        """Return where a file is, as a person is told it."""
        return f"{str(self.place).rstrip('/')}/{name}"

    def read(self, name: str) -> bytes:
        """Return the bytes of a file. Raises `OSError`."""
        with _as_oserror():
            return bytes(self._system.cat_file(self._path(name)))

    def size(self, name: str) -> int:
        """Return the size of a file, 0 when it is not there."""
        try:
            with _as_oserror():
                return int(self._system.info(self._path(name))["size"])
        except OSError:
            return 0

    def write(self, name: str, data: bytes) -> None:
        """Write a file in one step: a reader sees the old one or the new one."""
        with _as_oserror():
            if self.local is not None:
                write_whole(self.local / name, data, self.local / SCRATCH)
            else:
                self._system.pipe_file(self._path(name), data)

    def delete(self, name: str) -> None:
        """Remove a file; harmless when it is gone."""
        try:
            with _as_oserror():
                self._system.rm_file(self._path(name))
        except FileNotFoundError:
            return

    def names(self, pattern: str) -> list[str]:
        """Return the names of the files that fit a pattern (`papers/*/*.json.gz`), in order."""
        if self.local is not None:
            return sorted(str(path.relative_to(self.local)) for path in self.local.glob(pattern))
        with _as_oserror():
            found = self._system.glob(self._path(pattern))
        return sorted(str(path).removeprefix(self._root).lstrip("/") for path in found)

    def inside(self, folder: str, start: str, end: str) -> list[str]:
        """Return the names of the files in a folder whose own names begin and end so, in order."""
        if self.local is None:
            return self.names(f"{folder}/{start}*{end}")
        found = os.listdir(self.local / folder)  # noqa: PTH208 - quicker, of each paper
        fitting = (name for name in found if name.startswith(start) and name.endswith(end))
        return sorted(f"{folder}/{name}" for name in fitting)

    def sweep(self) -> None:
        """Remove what processes left that were killed while they wrote a file."""
        for fresh in (self.local / SCRATCH).glob("*.new") if self.local else ():
            if _is_left(fresh):
                fresh.unlink(missing_ok=True)

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


class _Disk:
    """The file system of a folder, as fsspec calls what it does: most stores are in one."""

    def cat_file(self, path: str) -> bytes:
        return Path(path).read_bytes()

    def info(self, path: str) -> dict[str, int]:
        return {"size": os.stat(path).st_size}  # noqa: PTH116 - quicker, of each of 10,000 papers

    def rm_file(self, path: str) -> None:
        Path(path).unlink()


def _system_of(place: str) -> tuple[Any, str, bool]:
    """Return the file system of a place, the place in it, and whether it is a disk of here."""
    if "://" not in place:
        return _Disk(), str(Path(place).expanduser().absolute()), True
    # Imported here: it takes a tenth of a second, and a folder does without it.
    from fsspec.core import url_to_fs  # noqa: PLC0415
    from fsspec.implementations.local import LocalFileSystem  # noqa: PLC0415

    try:
        system, root = url_to_fs(place)
    except (ImportError, ValueError) as error:
        raise ValueError(
            f"{place} is niet te gebruiken als opslag: {error}. Geef een map, of een adres "
            "waarvoor het pakket van fsspec is geïnstalleerd (s3fs voor s3://)."
        ) from None
    return system, root, isinstance(system, LocalFileSystem)


@contextmanager
def _as_oserror() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        # Each file system has errors of its own (no credentials, no such bucket).
        raise OSError(f"{type(error).__name__}: {error}") from error


def write_whole(path: Path, data: bytes, scratch: Path | None = None) -> None:
    """Write a file on a disk in one step, by way of one in `scratch` (the same folder).

    Raises `OSError` that names a file.
    """
    fresh = (scratch or path.parent) / f"{path.name}.{_host()}.{os.getpid()}.new"
    try:
        try:
            _write(fresh, data, path)
        except FileNotFoundError:  # a folder is not there yet: of most files it is
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh.parent.mkdir(parents=True, exist_ok=True)
            _write(fresh, data, path)
    except OSError as error:
        error.filename = error.filename or str(path)
        raise
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _write(fresh: Path, data: bytes, path: Path) -> None:
    fresh.write_bytes(data)
    fresh.replace(path)


def _host() -> str:
    return socket.gethostname().replace(".", "_")


def _is_left(fresh: Path) -> bool:
    """Tell whether a file that was being written belongs to a process of here that is gone."""
    *_, host, process, _ = fresh.name.rsplit(".", 3)
    gone = Path("/proc/self").exists() and not Path("/proc", process).exists()
    return host == _host() and gone
