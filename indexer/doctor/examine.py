"""A set-up → findings, from the program outward to the index.

In go a location and a store, out come findings, one for each thing that was looked at. Nothing is
changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from indexer.doctor import cluster, folders, machine, model, program
from indexer.doctor.finding import Finding, fault, warning
from indexer.engine.embedded import published_model
from indexer.engine.locate import engine_for
from indexer.store import StoreError


def examine(location: str, store: Path | str, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is found; what cannot be looked at is a finding too."""
    yield from program.examine(environment, location)
    if "://" not in location:  # an index in OpenSearch has no vectors
        made = published_model(engine_for(location), location)
        yield from model.examine(program.needed(), program.version_of, made)
    yield from machine.examine()
    try:
        if isinstance(store, Path):
            yield from folders.store(store)
        else:
            told = f"de opslag {store} is een adres en wordt hier niet bekeken"
            yield warning("opslag", told, "Kijk in de beheerpagina van die opslag.")
    except (OSError, StoreError) as error:
        yield fault("opslag", f"{store} is niet te bekijken ({error})", "Controleer de rechten.")
    try:
        yield from cluster.examine(location) if "://" in location else folders.index(location)
    except OSError as error:
        yield fault("index", f"{location} is niet te bekijken ({error})", "Controleer de rechten.")
