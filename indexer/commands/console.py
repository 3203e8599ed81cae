"""Progress for people: a line that moves in a terminal, now and then a plain line elsewhere.

In goes a generator of `Progress`, out comes what it returns. Nothing is written anywhere but to
stderr, so that stdout can be read by a program.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from typing import TYPE_CHECKING, Protocol, TextIO, TypeVar

from indexer.progress import Progress

if TYPE_CHECKING:
    from tqdm import tqdm

T = TypeVar("T")
SECONDS = 5.0
"""Between two plain lines."""


class _Meter(Protocol):
    def show(self, progress: Progress) -> None: ...

    def end(self) -> None: ...


def follow(steps: Generator[Progress, None, T], stream: TextIO | None = None) -> T:
    """Run the steps to their end and show how far they are."""
    stream = stream or sys.stderr
    meter: _Meter = _Bar(stream) if stream.isatty() else _Lines(stream)
    try:
        while True:
            try:
                progress = next(steps)
            except StopIteration as stop:
                result: T = stop.value
                return result
            meter.show(progress)
    finally:
        steps.close()
        meter.end()


class _Bar:
    """A bar per step, with rate, time left and failures."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bar: tqdm[None] | None = None
        self._step = ""

    def show(self, progress: Progress) -> None:
        """Move the bar, or begin a new one for a new step."""
        if self._bar is None or progress.step != self._step:
            from tqdm import tqdm  # noqa: PLC0415 - where there is no terminal it is not needed

            self.end()
            self._step = progress.step
            self._bar = tqdm(
                total=progress.total or None,
                desc=f"{progress.step:<14}",
                unit="",
                file=self._stream,
                dynamic_ncols=True,
            )
        if progress.failed:
            self._bar.set_postfix_str(f"{progress.failed} mislukt", refresh=False)
        self._bar.update(progress.done - self._bar.n)

    def end(self) -> None:
        """Leave the bar as it stands."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


class _Lines:
    """A line when a step begins, every few seconds, and when it is done."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._step = ""
        self._start = self._last = 0.0

    def show(self, progress: Progress) -> None:
        """Write a line when it is time for one."""
        now = time.monotonic()
        new = progress.step != self._step
        if new:
            self._step, self._start = progress.step, now
        done = 0 < progress.total == progress.done
        if new or done or now - self._last >= SECONDS:
            self._last = now
            self._stream.write(f"{describe(progress, now - self._start)}\n")
            self._stream.flush()

    def end(self) -> None:
        """Nothing is left open."""


def seconds_told(seconds: float) -> str:
    """Return `2,9 s`."""
    return f"{seconds:.1f} s".replace(".", ",")


def describe(progress: Progress, seconds: float) -> str:
    """Return a step in words: `lezen: 120 van 500, 4,1 per seconde, nog 1:33, 2 mislukt`."""
    parts = []
    if progress.total:
        parts.append(f"{progress.done} van {progress.total}")
    elif progress.done:
        parts.append(f"{progress.done}")
    if progress.done and seconds > 0.5:
        rate = progress.done / seconds
        parts.append(f"{rate:.1f} per seconde".replace(".", ","))
        if progress.total > progress.done:
            left = round((progress.total - progress.done) / rate)
            parts.append(f"nog {left // 60}:{left % 60:02}")
    if progress.failed:
        parts.append(f"{progress.failed} mislukt")
    return f"{progress.step}: {', '.join(parts)}" if parts else progress.step
