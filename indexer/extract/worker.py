"""A task for each file, in child processes that can be killed.

In go a task and paths, out come results as they finish, or a `Failure` that says why not. A child
has its own session, a limit on its memory, and a wall clock that the parent holds; it is replaced
after a number of files. While it is at one file the next waits with it, so that it never waits for
the parent. The parent keeps nothing.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import resource
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, TypeVar

from indexer.extract.limits import ExtractionError, Limits
from indexer.orphans import die_with
from indexer.paper import Failure
from indexer.refused import FULL, told

T = TypeVar("T")
OF_THE_MACHINE = "schijf"
"""The reason of a failure that says nothing of the file: it is read again in the next build."""
FILES_PER_CHILD = 200
FILES_PER_SWEEP = 20
CONTEXT = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class _More:
    """What a child sends to ask for more time: it is at work on a page that takes long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a child sends that is at something which it may not survive: its result so far."""

    result: object


_parent: list[Connection] = []
"""In a child: the connection to its parent."""


def ask_for(seconds: float) -> None:
    """Ask the parent for so many seconds from now on; nothing happens outside a child."""
    for connection in _parent:
        connection.send(_More(seconds))


def keep(result: object) -> None:
    """Give the parent a result, in case this child dies or runs out of time before its end."""
    for connection in _parent:
        connection.send(_Kept(result))


class _Child:
    """A child process, the file it is at, until when, and what it would leave if it died.

    `ahead` is a file that waits with it, to be begun when it has done the one it is at.
    """

    def __init__(self, task: Callable[[Path], object], limits: Limits) -> None:
        self.connection, other = CONTEXT.Pipe()
        ours = (task, other, limits, os.getpid(), self.connection)
        self.process = CONTEXT.Process(target=_serve, args=ours, daemon=True)
        self.process.start()
        other.close()
        self.path: Path | None = None
        self.ahead: Path | None = None
        self.until = 0.0
        self.done = 0
        self.left: object = None

    def give(self, path: Path, limits: Limits) -> None:
        """Hand out a file, to be read now, or when the one it is at is done."""
        if self.path is None:
            self._begin(path, limits)
        else:
            self.ahead = path
        with contextlib.suppress(BrokenPipeError):  # it just died: that is seen when it is asked
            self.connection.send(path)

    def go_on(self, limits: Limits) -> None:
        """Know that the file it was at is done, and that it is at the one that waited, if any."""
        self.done += 1
        path, self.path, self.ahead = self.ahead, None, None
        if path is not None:
            self._begin(path, limits)

    def _begin(self, path: Path, limits: Limits) -> None:
        self.path, self.until = path, time.monotonic() + limits.seconds
        self.left = None

    @property
    def is_worn(self) -> bool:
        """Tell whether it gets no more files: it has done its share, or is gone."""
        return self.done >= FILES_PER_CHILD or not self.process.is_alive()

    def stop(self) -> None:
        """Kill the child with all that it started."""
        if self.connection.closed:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.connection.close()


def run(
    task: Callable[[Path], T],
    paths: Iterable[Path],
    *,
    workers: int,
    limits: Limits,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[tuple[Path, T | Failure]]:
    """Yield (path, result or failure) for each path, in the order in which they finish.

    `meanwhile` is what this process does once the children are at work on their first files.

    The task is forked, not pickled; its results are. Raises nothing for a file; closing the
    iterator kills the children. Several children begin with the largest files, so that none is
    still at work on one when the others are done.
    """
    todo = deque(paths if workers < 2 else sorted(paths, key=_size, reverse=True))
    children: list[_Child] = []
    try:
        while todo and len(children) < max(1, workers):
            children.append(_Child(task, limits))
            children[-1].give(todo.popleft(), limits)
        for child in children:
            _give_ahead(child, todo, len(children), limits)
        if meanwhile is not None:
            meanwhile()
        while children:
            for child in _ready(children):
                result = _result(child, limits)
                if isinstance(result, _More):
                    child.until = max(child.until, time.monotonic() + result.seconds)
                elif isinstance(result, _Kept):
                    child.left = result.result
                else:
                    path = child.path or Path()
                    children[:] = _gone_on(child, children, todo, task, limits)
                    yield path, result
    finally:
        for child in children:
            child.stop()


def _gone_on(
    child: _Child,
    children: list[_Child],
    todo: deque[Path],
    task: Callable[[Path], object],
    limits: Limits,
) -> list[_Child]:
    """Return the children when one has done its file: it is at another, replaced, or let go."""
    others = [each for each in children if each is not child]
    child.go_on(limits)
    if child.is_worn:
        child.stop()
        if child.path is not None:
            todo.appendleft(child.path)
        if todo:
            child = _Child(task, limits)
            child.give(todo.popleft(), limits)
    elif child.path is None and todo:
        child.give(todo.popleft(), limits)
    elif child.path is None:
        child.stop()
    if child.connection.closed:
        return others
    _give_ahead(child, todo, len(children), limits)
    return [*others, child]


def _give_ahead(child: _Child, todo: deque[Path], children: int, limits: Limits) -> None:
    """Let a file wait with a child, while there are as many for the others too."""
    if len(todo) >= children and child.done + 1 < FILES_PER_CHILD:
        child.give(todo.popleft(), limits)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _ready(children: list[_Child]) -> list[_Child]:
    """Wait until a child has finished, died or run out of time."""
    left = min(child.until for child in children) - time.monotonic()
    connections = wait([child.connection for child in children], timeout=max(0.0, left))
    now = time.monotonic()
    return [c for c in children if c.connection in connections or now >= c.until]


def _result(child: _Child, limits: Limits) -> Any:
    """Return what the child sent, a result or a wish; one that has nothing to say is stopped.

    What it left is the result then, if it did.
    """
    path = str(child.path)
    try:
        if child.connection.poll():
            return child.connection.recv()
    except (EOFError, OSError):
        child.stop()
        if child.left is not None:
            return child.left
        told = "Het lezen van dit bestand is afgebroken; mogelijk is het beschadigd of te groot."
        return Failure(path, "afgebroken", told)
    child.stop()
    if child.left is not None:
        return child.left
    told = f"Het lezen duurde langer dan {limits.seconds:g} seconden; geef meer tijd met "
    return Failure(path, "tijd", told + "--limit-seconds.")


def _serve(
    task: Callable[[Path], object],
    connection: Connection,
    limits: Limits,
    parent: int,
    of_parent: Connection,
) -> None:
    """Work in the child until the parent goes away."""
    die_with(parent)
    os.setsid()
    of_parent.close()  # or the child itself would keep its connection open
    _parent.append(connection)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _limit_memory(limits.memory_mb)
    gc.freeze()
    gc.disable()  # a page makes many tuples, and hardly a circle
    for number in count(1):
        if number % FILES_PER_SWEEP == 0:
            gc.collect()
        try:
            path = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(_attempt(task, path))


def _limit_memory(megabytes: int) -> None:
    """Allow this much memory on top of what the process has mapped by now."""
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    limit = mapped + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _attempt(task: Callable[[Path], object], path: Path) -> object:
    try:
        return task(path)
    except ExtractionError as error:
        return Failure(str(path), error.reason, error.message)
    except MemoryError:
        return Failure(str(path), "geheugen", "Dit bestand vraagt te veel geheugen; splits het.")
    except RecursionError:
        return Failure(str(path), "beschadigd", "Dit bestand verwijst eindeloos naar zichzelf.")
    except OSError as error:
        reason = OF_THE_MACHINE if error.errno in FULL else "onleesbaar"
        return Failure(str(path), reason, f"Het bestand is niet te lezen: {told(error)}.")
    except Exception as error:  # noqa: BLE001 - one file never stops a run
        unknown = f"Onverwachte fout bij dit bestand: {type(error).__name__}: {error}"[:300]
        return Failure(str(path), "fout", f"{unknown}. Meld dit met het bestand erbij.")
