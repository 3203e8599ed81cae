"""The published generation, kept open: requests borrow it, a new one takes its place by itself.

In goes a location, out come open indexes for as long as a `with` lasts. At most once a second a
request looks whether another generation was published; the one that sees it opens the new one while
the others go on with the old. With `background` it does not wait for it either: a thread opens the
new one and warms it, and it takes over when it answers as fast as the old. A generation is closed
when nobody uses it any more.

Whoever borrows a generation gets the same object as everyone: what is learned from its words once
(spelling, completions, earlier answers) is kept by that object.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from indexer.engine.errors import EngineError
from indexer.engine.interface import Engine, Index
from indexer.engine.locate import engine_for
from indexer.engine.results import Summary
from search_app.errors import UnavailableError
from search_app.search.meaning import trouble

CHECK_SECONDS = 1.0
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Opened:
    """An open generation: `index` to close it by, `lent` to search in."""

    index: Index
    lent: Index
    summary: Summary
    users: int = 0
    replaced: bool = False


class IndexHolder:
    """Lends the published generation of a location to any number of threads."""

    def __init__(
        self,
        location: str,
        engine: Engine | None = None,
        clock: Callable[[], float] = time.monotonic,
        guarded: Callable[[Index], Index] = lambda index: index,
        warmed: Callable[[Index], None] | None = None,
        *,
        background: bool = False,
    ) -> None:
        self._location = location
        self._guarded = guarded
        self._warmed = warmed
        self._background = background
        self._engine = engine or engine_for(location)
        self._clock = clock
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._now: _Opened | None = None
        self._checked = float("-inf")
        self.failures = 0

    @property
    def generation(self) -> str | None:
        """Return the name of the generation that is open, without opening one."""
        opened = self._now
        return opened.summary.generation if opened else None

    def kept(self, name: str) -> bytes | None:
        """Return a small file that is kept beside the index, `None` without it."""
        return self._engine.kept(self._location, name)

    @property
    def summary(self) -> Summary | None:
        """Return what the open generation holds, without opening one."""
        opened = self._now
        return opened.summary if opened else None

    @contextmanager
    def use(self) -> Iterator[Index]:
        """Lend the open generation; it stays the same and open until the end of the `with`.

        Raises `UnavailableError` when there is none that can be read.
        """
        self._keep_up()
        with self._lock:
            opened = self._now
            if opened is None:
                raise UnavailableError
            opened.users += 1
        try:
            yield opened.lent
        finally:
            self._give_back(opened)

    def close(self) -> None:
        """Close the open generation as soon as nobody uses it."""
        with self._lock:
            old, self._now = self._now, None
        self._retire(old)

    def _give_back(self, opened: _Opened) -> None:
        with self._lock:
            opened.users -= 1
            last = opened.replaced and opened.users == 0
        if last:
            opened.index.close()

    def _retire(self, old: _Opened | None) -> None:
        if old is None:
            return
        with self._lock:
            old.replaced = True
            unused = old.users == 0
        if unused:
            old.index.close()

    def _keep_up(self) -> None:
        """Open another generation when there is one; only the first request waits for the first."""
        waits = self._now is None
        if not waits and self._clock() - self._checked < CHECK_SECONDS:
            return
        if not self._opening.acquire(blocking=waits):
            return
        if self._background and not waits and self._is_behind():
            threading.Thread(target=self._catch_up, name="index", daemon=True).start()
        else:
            self._catch_up()

    def _is_behind(self) -> bool:
        """Tell whether another generation than the open one may be published."""
        try:
            return self._engine.current(self._location) != self.generation
        except EngineError:
            return True

    def _catch_up(self) -> None:
        """Look, open, and let the next one look (who calls this has the turn)."""
        try:
            if self._now is None or self._clock() - self._checked >= CHECK_SECONDS:
                self._checked = self._clock()
                self._move_on()
        finally:
            self._opening.release()

    def _move_on(self) -> None:
        try:
            name = self._engine.current(self._location)
            if name is None or name == self.generation:
                return
            index = self._engine.open(self._location)
            fresh = _Opened(index, self._guarded(index), index.summary)
            if self._warmed is not None:
                self._warmed(fresh.lent)
            told = trouble(index)
        except Exception:
            # Whatever a damaged file raises: the old generation goes on answering.
            self.failures += 1
            log.exception("De index is niet te openen")
            return
        if told:
            log.warning(told)
        with self._lock:
            old, self._now = self._now, fresh
        self._retire(old)
