"""Documents → the index, many in one request, again and again until each is acknowledged.

In go documents and deletions by id, out comes nothing; when the cluster keeps refusing there is an
`EngineError`, and nothing that was not acknowledged is taken for written. Sending a document twice
does no harm: its id comes from the paper. One request is under way while the next is made ready,
and never more than one, so that what is sent first is written first.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

from indexer.engine.errors import EngineError
from indexer.engine.opensearch.client import BUSY, Cluster, ClusterError, is_full

ACTIONS = 500
BYTES = 10 * 1024 * 1024
LARGEST = 95 * 1024 * 1024
"""Bytes of one document: a node takes requests of 100 MB at the most."""
TRIES = 9
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
"""Seconds before the second try, doubled each time, and the most: two minutes over all tries."""
SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Action:
    """What to do with a document."""

    kind: Literal["index", "delete"]
    id: str
    document: str = ""

    @property
    def lines(self) -> str:
        """Return the lines of the request."""
        head = json.dumps({self.kind: {"_id": self.id}})
        return f"{head}\n{self.document}\n" if self.kind != "delete" else f"{head}\n"


class Sender:
    """Sends actions in their order; `flush` waits until all are acknowledged."""

    def __init__(
        self, cluster: Cluster, index: str, sleep: Callable[[float], object] | None = None
    ) -> None:
        self._cluster, self._index = cluster, index
        self._stopped = threading.Event()
        self._sleep = sleep or self._stopped.wait
        self._pool = ThreadPoolExecutor(1)
        self._under_way: Future[None] | None = None
        self._waiting: list[Action] = []
        self._ids: set[str] = set()
        self._size = 0
        self.retried = 0

    def send(self, kind: Literal["index", "delete"], name: str, document: Any) -> None:
        """Take an action on; it is sent when there are enough."""
        action = Action(kind, name, _packed(document))
        size = len(action.document.encode())
        if size > LARGEST:
            raise EngineError(
                f"Een stuk is te groot voor OpenSearch ({size // 2**20} MB van ten hoogste "
                f"{LARGEST // 2**20} MB). Splits de PDF of laat hem weg."
            )
        # Two actions on one document in one request could overtake each other when tried again.
        if name in self._ids or self._size + size > BYTES or len(self._waiting) >= ACTIONS:
            self._hand_over()
        self._waiting.append(action)
        self._ids.add(name)
        self._size += size

    def flush(self) -> None:
        """Send what is waiting and return when all is acknowledged. Raises `EngineError`."""
        self._hand_over()
        self._finish()

    def close(self) -> None:
        """Try no more; what was not acknowledged is given up. Harmless after `flush`."""
        self._stopped.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _hand_over(self) -> None:
        """Send what is waiting when what was sent before is acknowledged."""
        self._finish()
        waiting, self._waiting, self._size = self._waiting, [], 0
        self._ids = set()
        if waiting:
            self._under_way = self._pool.submit(self._deliver, waiting)

    def _finish(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()

    def _deliver(self, waiting: list[Action]) -> None:
        told = ""
        for attempt in range(TRIES):
            if not waiting:
                return
            if self._stopped.is_set():
                break
            if attempt:
                self.retried += len(waiting)
                self._sleep(min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)))
            waiting, told = self._try(waiting)
        if waiting:
            raise EngineError(
                f"OpenSearch op {self._cluster.address.shown} neemt {len(waiting)} stukken niet "
                f"aan ({told}). Controleer de nodes en start het indexeren opnieuw: wat er al "
                "staat blijft staan."
            )

    def _try(self, actions: list[Action]) -> tuple[list[Action], str]:
        """Send actions once; return those to try again, and why."""
        body = "".join(action.lines for action in actions)
        try:
            answer = self._cluster.call("POST", f"/{self._index}/_bulk", body, seconds=SECONDS)
        except ClusterError as error:
            if error.status and error.status not in BUSY:
                raise
            return actions, str(error)
        if not answer["errors"]:
            return [], ""
        again, told = [], ""
        for action, row in zip(actions, answer["items"], strict=True):
            (done,) = row.values()
            if _is_done(action, done):
                continue
            told = _reason(done)
            self._refuse_hopeless(done["status"], told)
            again.append(action)
        return again, told

    def _refuse_hopeless(self, status: int, told: str) -> None:
        """Raise `EngineError` for a refusal that another try does not change."""
        where = self._cluster.address.shown
        if is_full(told):
            raise EngineError(
                f"Een schijf van OpenSearch op {where} is te vol om te schrijven ({told}). Maak "
                "ruimte of voeg een node toe en start het indexeren opnieuw."
            )
        if status not in BUSY:
            raise EngineError(f"OpenSearch op {where} weigert een stuk ({status}: {told}).")


def _packed(document: Any) -> str:
    """Return a document on one line; what is no text (half a character) becomes a question mark."""
    packed = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return packed.encode("utf-8", "replace").decode()


def _is_done(action: Action, done: dict[str, Any]) -> bool:
    status: int = done["status"]
    return status < 300 or (action.kind == "delete" and status == 404)


def _reason(done: dict[str, Any]) -> str:
    error = done.get("error") or {}
    return f"{error.get('type', '')}: {error.get('reason', '')}"[:300]
