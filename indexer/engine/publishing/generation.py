"""Publishing: a fresh directory, fsync, a manifest with checksums, an atomic pointer.

In goes the directory that an engine has filled, out comes a generation that is published whole or
not at all. The story: `begin` takes the writer's lock and makes an empty directory; the engine
writes its files there; `seal` puts every byte on the disk and writes `MANIFEST.json`; `publish`
replaces the pointer and throws old generations away. A reader follows the pointer once and keeps
that directory open for as long as it likes: the files of a generation never change.

    LOCATION/CURRENT                      the name of the published generation, with its check
    LOCATION/lock                         flocked by the writer; says who that is
    LOCATION/generations/NAME/…           the engine's files and MANIFEST.json
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.engine.errors import EngineError, IndexNotFoundError
from indexer.engine.publishing import kept
from indexer.engine.publishing.disk import Disk, Lock, explained
from indexer.engine.publishing.kept import NAME, generations
from indexer.engine.publishing.manifest import (
    MANIFEST,
    FileEntry,
    Manifest,
    files_in,
    pack,
    read_manifest,
    sha256_of,
    verify,
    verify_small,
)

if TYPE_CHECKING:
    from indexer.engine.results import GenerationInfo

__all__ = [
    "Draft",
    "Manifest",
    "begin",
    "current",
    "current_path",
    "read_manifest",
    "roll_back",
    "verify",
    "verify_small",
]

POINTER = "CURRENT"
FRESH_POINTER = "CURRENT.new"


class Draft:
    """The directory of the next generation, which nobody reads until it is published."""

    def __init__(self, location: Path, name: str, lock: Lock, disk: Disk) -> None:
        self.name = name
        self.path = generations(location) / name
        self.disk = disk
        self._location = location
        self._lock = lock
        self._adopted: dict[str, tuple[os.stat_result, FileEntry]] = {}
        self._sealed = False

    def adopt(self, previous: Path, keep: Callable[[str], bool]) -> None:
        """Take over files of a published generation that will not be written to again.

        They are linked, not copied, and keep the checksum that they were published with.
        """
        with explained(f"De vorige index in {previous} kan niet worden overgenomen"):
            for name, entry in read_manifest(previous).files.items():
                if keep(name):
                    target = self.path / name
                    self.disk.make(target.parent)
                    self.disk.link(previous / name, target)
                    self._adopted[name] = (target.stat(), entry)

    def seal(
        self,
        *,
        fingerprint: str,
        counts: Mapping[str, int],
        built: str,
        extra: Mapping[str, Any] | None = None,
    ) -> Manifest:
        """Put all files on the disk and write the manifest. Raises `EngineError`.

        `built` is an ISO 8601 UTC time; `extra` must be JSON.
        """
        with explained(f"De nieuwe index kan niet worden geschreven in {self.path}"):
            names = sorted(files_in(self.path) - {MANIFEST})
            known = {name: entry for name in names if (entry := self._adopted_entry(name))}
            self.disk.sync_all([self.path / name for name in names if name not in known])
            files = {name: known.get(name) or _entry(self.path / name) for name in names}
            manifest = Manifest(
                self.name, built, fingerprint, dict(counts), files, dict(extra or {})
            )
            target = self.path / MANIFEST
            self.disk.write(target, pack(manifest))
            folders = {(self.path / name).parent for name in (*names, MANIFEST)}
            self.disk.sync_all([target, *folders, self.path.parent, self._location])
        self._sealed = True
        return manifest

    def publish(self) -> None:
        """Make the sealed generation the published one, at once, and collect garbage.

        Raises `EngineError`; then the old generation is still published, or (when the disk failed
        at the very last step) the new one: never neither.
        """
        if not self._sealed:
            raise EngineError(f"Generatie {self.name} is nog niet verzegeld en kan niet gelden.")
        with explained(f"De nieuwe index in {self._location} kan niet worden gepubliceerd"):
            _point(self._location, self.name, self.disk)
        kept.collect(self._location, self.name, self.disk)
        self._lock.release()

    def abandon(self) -> None:
        """Throw the draft away and let the next writer in; harmless after `publish`."""
        with contextlib.suppress(EngineError):
            if current(self._location) != self.name:
                self.disk.clear(self.path, MANIFEST)
        self._lock.release()

    def _adopted_entry(self, name: str) -> FileEntry | None:
        """Return what is known of a file that was taken over, if it was not written to since."""
        if name not in self._adopted:
            return None
        before, entry = self._adopted[name]
        now = (self.path / name).stat()
        same = (now.st_ino, now.st_size, now.st_mtime_ns) == (
            before.st_ino,
            before.st_size,
            before.st_mtime_ns,
        )
        return entry if same else None


def _entry(path: Path) -> FileEntry:
    return FileEntry(path.stat().st_size, sha256_of(path))


def begin(
    location: Path, *, adopt: Callable[[str], bool] | None = None, disk: Disk | None = None
) -> Draft:
    """Start the next generation at `location`, which is made when it is not there.

    `adopt` says by its name which file of the published generation is taken over; without it the
    draft is empty. Raises `LockedError` when another process is writing there.
    """
    disk = disk or Disk()
    with explained(f"In {location} kan geen index worden gemaakt"):
        disk.make(generations(location))
        lock = Lock(location / "lock", f"De index in {location}")
    draft: Draft | None = None
    try:
        with explained(f"In {location} kan geen index worden gemaakt"):
            published, name = _readable_pointer(location), kept.next_name(location)
            (location / FRESH_POINTER).unlink(missing_ok=True)
            kept.sweep(location, published, disk)
            draft = Draft(location, name, lock, disk)
            disk.make(draft.path)
        if adopt is not None and published is not None:
            draft.adopt(generations(location) / published, adopt)
    except BaseException:
        if draft is not None:
            draft.abandon()
        lock.release()
        raise
    return draft


def current(location: Path) -> str | None:
    """Return the name of the published generation, `None` when there is none."""
    try:
        line = (location / POINTER).read_text("utf-8", "replace")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise EngineError(f"{location / POINTER} is niet te lezen: {error.strerror}.") from None
    name, _, check = line.strip(" \n").partition(" ")
    if not NAME.fullmatch(name) or check != _check(name):
        raise EngineError(
            f"{location / POINTER} is beschadigd. Bouw de index opnieuw: "
            f"{_how_to_build(location)} --fresh"
        )
    return name


def current_path(location: Path) -> Path:
    """Return the directory of the published generation. Raises `IndexNotFoundError`."""
    name = current(location)
    if name is None:
        raise IndexNotFoundError(
            f"Er is geen index in {location}. Maak hem met: {_how_to_build(location)}"
        )
    path = generations(location) / name
    if not path.is_dir():
        raise IndexNotFoundError(
            f"De index in {location} wijst naar {name}, en die is er niet meer. "
            f"Maak hem opnieuw met: {_how_to_build(location)}"
        )
    return path


def roll_back(location: Path) -> str:
    """Publish the generation before the current one again and return its name.

    Raises `EngineError` when there is none, or when it is damaged.
    """
    lock = Lock(location / "lock", f"De index in {location}")
    try:
        now = current_path(location).name
        older = [name for name in kept.sealed(location) if name < now]
        if not older:
            raise EngineError(
                f"Er is in {location} geen eerdere index om naar terug te gaan. "
                f"Bouw opnieuw: {_how_to_build(location)} --fresh"
            )
        wrong = verify(generations(location) / older[-1])
        if wrong:
            raise EngineError(
                f"De eerdere index {older[-1]} in {location} is beschadigd ({wrong[0]}) en is niet "
                f"teruggezet. Bouw opnieuw: {_how_to_build(location)} --fresh"
            )
        with explained(f"De eerdere index in {location} kan niet worden teruggezet"):
            _point(location, older[-1], Disk())
    finally:
        lock.release()
    return older[-1]


def infos(location: Path) -> tuple[GenerationInfo, ...]:
    """Return what is known of the generations that are kept whole, the newest first."""
    # Imported here: what a search takes is a hundredth of a second before a build begins to read.
    from indexer.engine.results import GenerationInfo  # noqa: PLC0415

    published = current_path(location).name
    manifests = [read_manifest(generations(location) / name) for name in kept.sealed(location)]
    return tuple(
        GenerationInfo(
            name=manifest.name,
            built=manifest.built,
            papers=manifest.counts["papers"],
            passages=manifest.counts["passages"],
            pages=manifest.counts["pages"],
            published=manifest.name == published,
        )
        for manifest in reversed(manifests)
    )


def _check(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]


def _point(location: Path, name: str, disk: Disk) -> None:
    fresh = location / FRESH_POINTER
    disk.write(fresh, f"{name} {_check(name)}\n".encode())
    disk.sync(fresh)
    disk.replace(fresh, location / POINTER)
    disk.sync(location)


def _readable_pointer(location: Path) -> str | None:
    """Return what is published; a damaged pointer must not keep a new index from being made."""
    with contextlib.suppress(EngineError):
        return current(location)
    return None


def _how_to_build(location: Path) -> str:
    return f"python -m indexer build MAP --index {location}"
