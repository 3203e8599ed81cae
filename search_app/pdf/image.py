"""A page of a PDF → its image and words, drawn on demand, kept for a while, never too many at once.

In go a path and a page number, out comes a `Leaf`. The drawing is done by `child` in a child
process; here are the limits: how many at once, how long, and how much is kept in memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from search_app.errors import BusyError, NoImageError
from search_app.serving.crowd import Crowd

WIDTH = 1100
SECONDS = 15.0
AT_ONCE = 2
WAIT_SECONDS = 10.0
KEPT_BYTES = 48 * 1024 * 1024
WORD_BYTES = 160
"""What a word with its box takes in memory, about."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box, as parts (0 to 1) of the page as it is shown, from its top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as an image (PNG), its size in pixels, its words, and how many pages there are."""

    png: bytes
    width: int
    height: int
    pages: int
    words: tuple[Word, ...]


Key = tuple[str, int, int, int]


class Renderer:
    """Draws pages and keeps those that were asked for last. Safe under threads."""

    def __init__(self, crowd: Crowd, kept_bytes: int = KEPT_BYTES) -> None:
        self._crowd = crowd
        self._kept_bytes = kept_bytes
        self._size = 0
        self._kept: OrderedDict[Key, Leaf] = OrderedDict()
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(AT_ONCE)

    def leaf(self, path: Path, number: int) -> Leaf:
        """Return a page. Raises `NoImageError`, and `BusyError` when too many are drawn."""
        state = path.stat()
        key = (str(path), state.st_mtime_ns, state.st_size, number)
        found = self._find(key)
        if found is not None:
            return found
        with self._crowd.joined():
            if not self._slots.acquire(timeout=WAIT_SECONDS):
                raise BusyError
            try:
                made = self._find(key) or draw(path, number)
            finally:
                self._slots.release()
        self._keep(key, made)
        return made

    def _find(self, key: Key) -> Leaf | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _keep(self, key: Key, leaf: Leaf) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = leaf
                self._size += _weight(leaf)
            while self._size > self._kept_bytes and self._kept:
                _, old = self._kept.popitem(last=False)
                self._size -= _weight(old)


def draw(path: Path, number: int, width: int = WIDTH) -> Leaf:
    """Draw a page in a child process. Raises `NoImageError` when that fails or takes too long."""
    command = [sys.executable, "-m", "search_app.pdf.child", str(path), str(number), str(width)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, arguments as a list
            command, capture_output=True, timeout=SECONDS, check=True, stdin=subprocess.DEVNULL
        )
        told, _, image = done.stdout.partition(b"\n")
        facts = json.loads(told)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise NoImageError from error
    words = tuple(Word(*word) for word in facts["words"])
    return Leaf(image, facts["width"], facts["height"], facts["pages"], words)


def _weight(leaf: Leaf) -> int:
    return len(leaf.png) + WORD_BYTES * len(leaf.words)
