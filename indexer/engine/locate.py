"""LOCATION → the engine that keeps an index there: a directory is the embedded engine's."""

from __future__ import annotations

from indexer.engine.interface import Engine, EngineError


def engine_for(location: str) -> Engine:
    """Return the engine of a location. Raises `EngineError` for one that no engine serves."""
    if "://" in location:
        raise EngineError(
            f"Kamerzoek kent ‘{location.partition('://')[0]}://’ (nog) niet; geef een map op."
        )
    # Imported here, so that other engines do not need Whoosh.
    from indexer.engine.whoosh_engine import WhooshEngine  # noqa: PLC0415

    return WhooshEngine()
