"""The embedded engine: opens, makes and keeps generations of a Whoosh index in a directory.

In goes a directory, out come an `Index` (`whoosh_index`) and, for building, an `IndexWriter`
(`whoosh_writer`).
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.analysis.tables import Tables
from indexer.engine.errors import EngineError, FingerprintError
from indexer.engine.fields import fingerprint
from indexer.engine.interface import VectorSource
from indexer.engine.publishing import generation
from indexer.engine.publishing.manifest import damaged
from indexer.engine.whoosh_format import TABLES, VERSION
from indexer.files import write_whole

if TYPE_CHECKING:
    from indexer.engine.results import GenerationInfo
    from indexer.engine.whoosh_index import WhooshIndex
    from indexer.engine.whoosh_writer import WhooshWriter


class WhooshEngine:
    """The embedded engine; see `indexer.engine.interface.Engine`. A location is a directory.

    Whoosh and numpy are loaded with it, so that opening an index need not wait for them; a `lean`
    one loads them when they are asked for, since a build in which nothing changed does without.
    """

    def __init__(self, *, lean: bool = False) -> None:
        if not lean:
            importlib.import_module("indexer.engine.whoosh_index")

    def open(self, location: str) -> WhooshIndex:
        """Open the published generation. Raises `IndexNotFoundError`, `FingerprintError`.

        One that is thrown away between finding and opening it was followed by another.
        """
        path = generation.current_path(Path(location))
        try:
            return self._open(path, location)
        except (EngineError, OSError):
            if generation.current(Path(location)) in (None, path.name):
                raise
        return self.open(location)

    def _open(self, path: Path, location: str) -> WhooshIndex:
        manifest = generation.read_manifest(path)
        generation.verify_small(path, manifest)
        tables = _read_tables(path)
        if (
            manifest.fingerprint != own_fingerprint()
            or manifest.extra.get("tables") != tables.digest
        ):
            raise FingerprintError(
                f"De index in {location} is met een andere versie van Kamerzoek gemaakt. "
                f"Maak hem opnieuw met: python -m indexer build MAP --index {location}"
            )
        from indexer.engine.whoosh_index import WhooshIndex  # noqa: PLC0415

        try:
            return WhooshIndex(path, manifest, tables)
        except (EngineError, OSError):
            raise
        except Exception as error:
            # Whoosh, numpy and JSON each have their own word for bytes that they do not know.
            raise EngineError(damaged(path, f"{type(error).__name__} bij het openen")) from error

    def tables(self, location: str) -> Tables | None:
        """Return the analysis tables of the published generation if they fit this program."""
        path = Path(location)
        if generation.current(path) is None:
            return None
        folder = generation.current_path(path)
        if generation.read_manifest(folder).fingerprint != own_fingerprint():
            return None
        return _read_tables(folder)

    def writer(
        self, location: str, tables: Tables, workers: int = 1, *, fresh: bool = False
    ) -> WhooshWriter:
        """Start the next generation. Raises `LockedError` when another process is writing."""
        from indexer.engine.whoosh_writer import WhooshWriter  # noqa: PLC0415

        return WhooshWriter(Path(location), tables, own_fingerprint(), workers, fresh=fresh)

    def vector_writer(
        self,
        location: str,
        tables: Tables,
        workers: int,
        vectors: VectorSource,
        *,
        fresh: bool = False,
    ) -> WhooshWriter:
        """Start the next generation, with vectors; a published one without starts empty."""
        from indexer.engine.whoosh_writer import WhooshWriter  # noqa: PLC0415

        own = own_fingerprint()
        return WhooshWriter(Path(location), tables, own, workers, fresh=fresh, vectors=vectors)

    def embedding(self, location: str) -> str | None:
        """Return the model of the published vectors, `None` when there are none."""
        if generation.current(Path(location)) is None:
            return None
        manifest = generation.read_manifest(generation.current_path(Path(location)))
        return manifest.extra.get("embedding")

    def current(self, location: str) -> str | None:
        """Return the name of the published generation: cheap, to see whether it moved on."""
        return generation.current(Path(location))

    def generations(self, location: str) -> tuple[GenerationInfo, ...]:
        """Return the generations that are kept, the newest first."""
        return generation.infos(Path(location))

    def roll_back(self, location: str) -> str:
        """Publish the generation before the published one again and return its name."""
        return generation.roll_back(Path(location))

    def keep(self, location: str, name: str, data: bytes | None) -> None:
        """Keep a small file beside the index whatever its generation, or remove it (`None`)."""
        if data is None:
            Path(location, name).unlink(missing_ok=True)
        else:
            write_whole(Path(location, name), data)

    def kept(self, location: str, name: str) -> bytes | None:
        """Return a file that is kept beside the index, `None` without it."""
        path = Path(location, name)
        return path.read_bytes() if path.is_file() else None

    def check(self, location: str) -> tuple[str, ...]:
        """Return what is wrong with the published generation, a sentence each; empty is sound."""
        path = generation.current_path(Path(location))
        wrong = generation.verify(path)
        if wrong:
            return wrong
        try:
            index = self.open(location)
        except EngineError as error:
            return (str(error),)
        counted = index.documents
        index.close()
        said = generation.read_manifest(path).counts
        found = {"papers": len(counted.paper_ids), "passages": counted.count}
        return tuple(
            f"De index zegt {said[name]} {name} te hebben en heeft er {number}."
            for name, number in found.items()
            if said[name] != number
        )


def own_fingerprint() -> str:
    """Return the fingerprint of this program's fields and Whoosh format."""
    return fingerprint([VERSION])


def _read_tables(path: Path) -> Tables:
    try:
        return Tables.from_json(json.loads((path / TABLES).read_text("utf-8")))
    except (ValueError, LookupError, TypeError) as error:
        raise EngineError(damaged(path, f"{TABLES} is veranderd")) from error
