"""LOCATION → the engine that keeps an index there: a directory is the embedded engine's."""

from __future__ import annotations

import importlib

from indexer.deferred import WHOOSH, deferred
from indexer.engine.errors import EngineError
from indexer.engine.interface import Engine

DISTRIBUTED = ("opensearch+http", "opensearch+https")


def engine_for(location: str, *, lean: bool = False) -> Engine:
    """Return the engine of a location. Raises `EngineError` for one that no engine serves.

    A `lean` one may turn out not to be needed: it loads what opening and writing take later.
    """
    scheme, separator, _ = location.partition("://")
    if not separator:
        # Imported here, so that other engines do not need Whoosh.
        from indexer.engine.whoosh_engine import WhooshEngine  # noqa: PLC0415

        return WhooshEngine(lean=lean)
    if scheme not in DISTRIBUTED:
        raise EngineError(
            f"Kamerzoek kent ‘{scheme}://’ niet; geef een map op, of "
            "opensearch+https://host:poort/naam."
        )
    from indexer.engine.opensearch.engine import OpenSearchEngine  # noqa: PLC0415

    return OpenSearchEngine()


def load_writer(location: str) -> None:
    """Load what writing an index there takes, so that it is there when it is asked for.

    The embedded engine's Whoosh and numpy take a fifth of a second, best spent while a build waits.
    """
    if "://" not in location:
        with deferred(*WHOOSH):
            importlib.import_module("indexer.engine.whoosh_writer")
