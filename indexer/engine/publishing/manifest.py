"""The manifest of a generation: which files it has, how large, with which checksums.

In goes the directory of a generation, out comes a `Manifest` or what is wrong with the files, a
sentence each. The manifest ends in the checksum of its own text, so that a flipped bit anywhere
in a generation is found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.engine.errors import EngineError
from indexer.refused import told

MANIFEST = "MANIFEST.json"
HANDS = 2
"""Files that are summed side by side."""
SMALL = 1 << 20
"""Files of at most so many bytes are summed whenever a generation is opened."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a generation: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds. `files` are named by their path within it, `/` between parts."""

    name: str
    built: str
    fingerprint: str
    counts: Mapping[str, int]
    files: Mapping[str, FileEntry]
    extra: Mapping[str, Any] = field(default_factory=dict)


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of the generation in `path`, the size of each file verified."""
    manifest = _unpack(path / MANIFEST)
    for name, entry in manifest.files.items():
        try:
            size = (path / name).stat().st_size
        except OSError:
            raise EngineError(damaged(path, f"{name} ontbreekt")) from None
        if size != entry.size:
            told = f"{name} is {size} bytes groot in plaats van {entry.size}"
            raise EngineError(damaged(path, told))
    return manifest


def verify_small(path: Path, manifest: Manifest) -> None:
    """Sum the small files, Whoosh's pickle among them. Raises `EngineError` when one changed."""
    for name, entry in manifest.files.items():
        if entry.size <= SMALL:
            try:
                same = sha256_of(path / name) == entry.sha256
            except OSError as error:
                raise EngineError(damaged(path, f"{name}: {told(error)}")) from None
            if not same:
                raise EngineError(damaged(path, f"{name} is veranderd"))


def verify(path: Path) -> tuple[str, ...]:
    """Return what is wrong with the generation in `path`, a sentence each; empty is sound."""
    try:
        manifest = _unpack(path / MANIFEST)
    except EngineError as error:
        return (str(error),)
    # Imported where it is used: a build in which nothing changed does without.
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    wrong = []
    if manifest.name != path.name:
        wrong.append(f"{MANIFEST} hoort bij {manifest.name}, niet bij {path.name}.")
    wrong += [f"{name} staat niet in {MANIFEST}." for name in sorted(_extra(path, manifest))]
    with ThreadPoolExecutor(HANDS) as pool:  # summing lets go of the interpreter
        found = pool.map(lambda row: _wrong(path, *row), manifest.files.items())
        return (*wrong, *filter(None, found))


def _wrong(path: Path, name: str, entry: FileEntry) -> str | None:
    """Return what is wrong with a file, `None` when it is as it was."""
    try:
        size = (path / name).stat().st_size
        if size != entry.size:
            return f"{name} is {size} bytes groot in plaats van {entry.size}."
        if sha256_of(path / name) != entry.sha256:
            return f"{name} is veranderd: de controlesom klopt niet."
    except OSError as error:
        return f"{name} is niet te lezen: {told(error)}."
    return None


def pack(manifest: Manifest) -> bytes:
    """Return the manifest as the bytes of its file."""
    data = {
        "name": manifest.name,
        "built": manifest.built,
        "fingerprint": manifest.fingerprint,
        "counts": manifest.counts,
        "extra": manifest.extra,
        "files": {n: {"size": e.size, "sha256": e.sha256} for n, e in manifest.files.items()},
    }
    body = json.dumps(data, indent=1, ensure_ascii=True)
    return f"{body}\n{hashlib.sha256(body.encode()).hexdigest()}\n".encode()


def files_in(path: Path) -> set[str]:
    """Return the names of all files of a generation, by their path within it."""
    return {p.relative_to(path).as_posix() for p in path.rglob("*") if not p.is_dir()}


def _extra(path: Path, manifest: Manifest) -> set[str]:
    return files_in(path) - manifest.files.keys() - {MANIFEST}


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _unpack(path: Path) -> Manifest:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise EngineError(damaged(path.parent, f"{MANIFEST}: {told(error)}")) from None
    body, _, check = raw.removesuffix(b"\n").rpartition(b"\n")
    if not raw.endswith(b"\n") or check != hashlib.sha256(body).hexdigest().encode():
        raise EngineError(damaged(path.parent, f"{MANIFEST} is veranderd"))
    data = json.loads(body)
    data["files"] = {name: FileEntry(**entry) for name, entry in data["files"].items()}
    return Manifest(**data)


def damaged(path: Path, what: str) -> str:
    """Return a sentence on a generation that cannot be used."""
    location = path.parent.parent
    return (
        f"De index in {path} is beschadigd ({what}). Ga terug naar de vorige met python -m indexer "
        f"rollback {location}, of bouw opnieuw: python -m indexer build MAP --index {location} "
        "--fresh"
    )
