"""One generation written by many processes: who begins it, who joins, when it is whole.

In go a share and tables, out comes a writer of that share; later all shares are published together.
The draft is written down in the control index: its generation and into how many shares the files
were divided.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from indexer.analysis.tables import Tables
from indexer.engine.errors import EngineError, LockedError
from indexer.engine.opensearch.contents import MEANS, TABLES, counted, get_tables
from indexer.engine.opensearch.control import DRAFT, Control, WriterLock, draft_of
from indexer.engine.opensearch.draft import Draft
from indexer.engine.opensearch.generations import Generations
from indexer.engine.opensearch.writer import ShareWriter, begin, seal
from indexer.engine.share import Share

JOIN_SECONDS = 90.0
"""A process waits this long for the one that is making the draft."""


def draft_tables(generations: Generations) -> Tables | None:
    """Return the tables of the draft, `None` without one."""
    draft = draft_of(Control(generations.cluster))
    return get_tables(generations.cluster, draft["generation"]) if draft else None


def join(
    generations: Generations, location: str, tables: Tables, share: Share, shards: int
) -> ShareWriter:
    """Return the writer of a share; the first process to come makes the draft."""
    control = Control(generations.cluster)
    control.prepare()
    deadline = time.monotonic() + JOIN_SECONDS
    while (draft := draft_of(control)) is None:
        try:
            _begin(generations, location, tables, share, shards)
        except LockedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(1.0)
    if draft["of"] != share.of:
        raise EngineError(
            f"Er loopt al een bouw van {location} in {draft['of']} delen. Gebruik --share "
            f"{share.number}/{draft['of']}, publiceer hem met python -m indexer publish "
            f"{location}, of gooi hem weg met publish --abandon."
        )
    cluster, name = generations.cluster, draft["generation"]
    found = get_tables(cluster, name)
    if found is None:
        raise EngineError(f"De index {name} is niet af. Gooi hem weg met publish --abandon.")
    return ShareWriter(generations, Draft(cluster, name, found, share), share)


def publish(generations: Generations, location: str, replicas: int) -> str:
    """Publish what all shares wrote and return its name. Raises `EngineError`."""
    control = Control(generations.cluster)
    control.prepare()
    lock = WriterLock(control, location)
    try:
        draft = _needed(control, location)
        name: str = draft["generation"]
        _refuse_unfinished(control, draft, location)
        _drop_claims(generations, name)
        tables = get_tables(generations.cluster, name)
        seal(
            generations,
            name,
            counted(generations.cluster, name),
            tables.digest if tables else "",
            replicas,
        )
        lock.ensure()
        generations.publish(name)
        _forget(control, draft)
        generations.collect()
    finally:
        lock.release()
    return name


def abandon(generations: Generations, location: str) -> str:
    """Throw the draft away and return its name."""
    control = Control(generations.cluster)
    control.prepare()
    lock = WriterLock(control, location)
    try:
        draft = _needed(control, location)
        generations.drop(draft["generation"])
        _forget(control, draft)
    finally:
        lock.release()
    return str(draft["generation"])


def _begin(
    generations: Generations, location: str, tables: Tables, share: Share, shards: int
) -> None:
    control = Control(generations.cluster)
    lock = WriterLock(control, location)
    try:
        if draft_of(control) is None:
            generations.sweep()
            value = {
                "generation": begin(generations, tables, shards),
                "of": share.of,
                "since": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            control.create(DRAFT, value)
    finally:
        lock.release()


def _needed(control: Control, location: str) -> dict[str, Any]:
    draft = draft_of(control)
    if draft is None:
        raise EngineError(
            f"Er is geen bouw van {location} in delen om te publiceren. Begin met: "
            f"python -m indexer build MAP --index {location} --share 1/8"
        )
    return draft


def _refuse_unfinished(control: Control, draft: dict[str, Any], location: str) -> None:
    missing = []
    for number in range(1, draft["of"] + 1):
        found = control.get(f"share-{number}")
        row = found["_source"] if found else {}
        if row.get("generation") != draft["generation"] or not row.get("done"):
            missing.append(str(Share(number, draft["of"])))
    if missing:
        raise EngineError(
            f"Nog niet alle delen van {location} zijn klaar: {', '.join(missing)}. Draai die (nog "
            "eens) met build --share, of gooi de bouw weg met publish --abandon."
        )


def _drop_claims(generations: Generations, name: str) -> None:
    """Remove ids that were claimed by a process that died before it sent the paper."""
    query = {
        "bool": {
            "must_not": [{"exists": {"field": "paper_id"}}, {"ids": {"values": [TABLES, MEANS]}}]
        }
    }
    generations.cluster.call("POST", f"/{name}/_refresh")
    generations.cluster.call(
        "POST", f"/{name}/_delete_by_query", {"query": query}, params={"refresh": True}
    )


def _forget(control: Control, draft: dict[str, Any]) -> None:
    control.delete(DRAFT)
    for number in range(1, draft["of"] + 1):
        control.delete(f"share-{number}")
