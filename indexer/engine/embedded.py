"""Whether an index has vectors, without loading what makes them."""

from __future__ import annotations

import contextlib

from indexer.engine.errors import EngineError
from indexer.engine.interface import Engine, VectorEngine


def published_model(engine: Engine, location: str) -> str | None:
    """Return the model of the published vectors; a damaged index has none, and is made anew."""
    with contextlib.suppress(EngineError):
        return engine.embedding(location) if isinstance(engine, VectorEngine) else None
    return None
