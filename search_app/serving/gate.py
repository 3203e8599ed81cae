"""How many expensive searches go on at once: more of them are told to come back.

In goes the tree of a query, out comes a `with` to do it in, or a `BusyError`. The story: Python
does one thing at a time, so a few people with sticks of wildcards could keep everyone waiting. What
costs more than some loose words passes here, a few at a time; the loose words of all others do not
wait for them. The costs below are estimates; nobody measured them yet (docs/decisions/1001).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from indexer.engine.query import And, Bag, Fuzzy, InField, Near, Node, Not, Or, Phrase, Prefix
from search_app.errors import BusyError
from search_app.serving.crowd import RETRY_SECONDS, Crowd

AT_ONCE = 2
WAIT_SECONDS = 1.0
EXPENSIVE = 12
"""From this cost on a search is expensive; a loose word costs 1."""
COSTS: dict[type[Node], int] = {Prefix: 6, Fuzzy: 12, Near: 4, Phrase: 3, Not: 3}


def cost(node: Node) -> int:
    """Return about how much work a query is, in loose words."""
    own = COSTS.get(type(node), 0)
    if isinstance(node, And | Or | Bag):
        return sum(map(cost, node.items))
    if isinstance(node, Not | InField):
        return own + cost(node.item)
    return own or 1


class Gate:
    """Lets a number of expensive searches through at once. Safe under threads."""

    def __init__(self, crowd: Crowd, at_once: int = AT_ONCE, wait: float = WAIT_SECONDS) -> None:
        self._crowd = crowd
        self._slots = threading.BoundedSemaphore(at_once)
        self._wait = wait

    def passing(self, node: Node) -> AbstractContextManager[None]:
        """Return the `with` to search in. Entering it raises `BusyError` when it is too busy."""
        if cost(node) < EXPENSIVE:
            return nullcontext()
        return self._slot()

    @contextmanager
    def _slot(self) -> Iterator[None]:
        with self._crowd.joined():
            if not self._slots.acquire(timeout=self._wait):
                raise BusyError(RETRY_SECONDS)
            try:
                yield
            finally:
                self._slots.release()
