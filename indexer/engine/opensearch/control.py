"""Who writes to a name: the lock of one writer, and the draft that many processes share.

In go a cluster and a name, out come documents in the small index `NAME-control`. A lock is held for
`LEASE` and renewed by a thread; that of a process which died is free when it runs out, or at once
on the machine where it ran. A draft is the generation that a divided build writes: the first
process makes it, the others join, `publish` ends it.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from indexer.engine.errors import EngineError, LockedError
from indexer.engine.opensearch.client import Cluster, ClusterError

LEASE = 120.0
RENEW = 30.0
STARTING_TRIES, STARTING_WAIT = 20, 0.5
LOCK, DRAFT = "lock", "draft"


class Control:
    """Documents by id in the control index of a name."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._index = f"{cluster.address.name}-control"

    def prepare(self) -> None:
        """Make the index when it is not there."""
        if self._cluster.exists(f"/{self._index}"):
            return
        body = {
            "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
            "mappings": {"enabled": False},
        }
        try:
            self._cluster.call("PUT", f"/{self._index}", body)
        except ClusterError as error:
            if error.kind != "resource_already_exists_exception":
                raise

    def get(self, name: str) -> dict[str, Any] | None:
        """Return the answer with `_source`, `_seq_no` and `_primary_term`, or `None`."""
        for _ in range(STARTING_TRIES):
            try:
                return self._get(name)
            except ClusterError as error:
                if error.status != 503:
                    raise
            time.sleep(STARTING_WAIT)  # another process is making the index at this moment
        return self._get(name)

    def _get(self, name: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = self._cluster.call("GET", f"/{self._index}/_doc/{name}")
        except ClusterError as error:
            if error.status == 404:
                return None
            raise
        return found

    def create(self, name: str, value: dict[str, Any]) -> bool:
        """Put a document; `False` when there is one already."""
        return self._put(f"/{self._index}/_create/{name}", value) is not None

    def replace(
        self, name: str, value: dict[str, Any], seen: dict[str, Any] | None
    ) -> dict[str, Any] | None:
        """Put a document if it is still the one that was seen; `None` when it is not."""
        params: dict[str, Any] = {}
        if seen is not None:
            params = {"if_seq_no": seen["_seq_no"], "if_primary_term": seen["_primary_term"]}
        return self._put(f"/{self._index}/_doc/{name}", value, params)

    def delete(self, name: str) -> None:
        """Remove a document; harmless when it is gone."""
        with contextlib.suppress(ClusterError):
            self._cluster.call("DELETE", f"/{self._index}/_doc/{name}")

    def _put(
        self, path: str, value: dict[str, Any], params: dict[str, Any] | None = None
    ) -> dict[str, Any] | None:
        try:
            done: dict[str, Any] = self._cluster.call("PUT", path, value, params=params)
        except ClusterError as error:
            if error.status == 409:
                return None
            raise
        return done


class WriterLock:
    """One writer at a time. Raises `LockedError` when another process holds the lock."""

    def __init__(self, control: Control, location: str) -> None:
        self._control = control
        self._location = location
        self._token = uuid.uuid4().hex
        control.prepare()
        self._seen = self._acquire()
        self._stop = threading.Event()
        self._lost = False
        self._thread = threading.Thread(target=self._renew, daemon=True)
        self._thread.start()

    def ensure(self) -> None:
        """Raise `EngineError` when the lock was lost, so that two writers never both publish."""
        found = None if self._lost else self._control.get(LOCK)
        if found is None or found["_source"]["token"] != self._token:
            raise EngineError(
                f"Een ander proces heeft de index in {self._location} overgenomen; er is niets "
                "gepubliceerd. Start het indexeren opnieuw als dat klaar is."
            )

    def release(self) -> None:
        """Let the next writer in; harmless when done before."""
        if self._stop.is_set():
            return
        self._stop.set()
        self._thread.join(timeout=5)
        with contextlib.suppress(EngineError):
            found = self._control.get(LOCK)
            if found is not None and found["_source"]["token"] == self._token:
                self._control.delete(LOCK)

    def _acquire(self) -> dict[str, Any]:
        found = self._control.get(LOCK)
        if found is not None and not is_free(found["_source"]):
            raise self._refused(found["_source"])
        if found is None:
            if not self._control.create(LOCK, self._value()):
                raise self._refused({})
        elif self._control.replace(LOCK, self._value(), found) is None:
            raise self._refused({})
        held = self._control.get(LOCK)
        if held is None or held["_source"]["token"] != self._token:
            raise self._refused({})
        return held

    def _value(self) -> dict[str, Any]:
        return {
            "token": self._token,
            "host": socket.gethostname(),
            "process": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
            "until": time.time() + LEASE,
        }

    def _refused(self, holder: dict[str, Any]) -> LockedError:
        who = (
            f"proces {holder['process']} op {holder['host']} (sinds {holder['since']})"
            if holder
            else "een ander proces"
        )
        return LockedError(
            f"De index in {self._location} is al in gebruik door {who}. Wacht tot dat klaar is of "
            f"beëindig het; is het gestorven, dan komt de index na {LEASE:.0f} seconden vrij."
        )

    def _renew(self) -> None:
        while not self._stop.wait(RENEW):
            with contextlib.suppress(EngineError):
                done = self._control.replace(LOCK, self._value(), self._seen)
                if done is None:
                    self._lost = True
                    return
                self._seen = done


def draft_of(control: Control) -> dict[str, Any] | None:
    """Return what is known of the draft, `None` without one."""
    found = control.get(DRAFT)
    return None if found is None else dict(found["_source"])


def refuse_draft(control: Control, location: str) -> None:
    """Raise `LockedError` when many processes are writing the next generation together."""
    draft = draft_of(control)
    if draft is not None:
        raise LockedError(
            f"Er loopt een bouw van {location} in {draft['of']} delen (sinds {draft['since']}). "
            f"Publiceer hem met python -m indexer publish {location}, of gooi hem weg met "
            "publish --abandon."
        )


def is_free(holder: dict[str, Any]) -> bool:
    """Tell whether the holder of a lock let it run out, or died on this machine."""
    if holder["until"] < time.time():
        return True
    here = holder["host"] == socket.gethostname()
    return here and not Path(f"/proc/{holder['process']}").exists() and Path("/proc/self").exists()
