"""What the sources say that exists, as far as a reader of an index wants to know it.

In go a fetch's tables (through `indexer.sources.complete`), out comes a small JSON file beside the
papers, that a build copies beside the index; the page of a dossier reads it there. Nothing of ours
is imported, so that both sides may.

    FOLDER/.kamerzoek/register.json → LOCATION/register.json, or a document beside it in OpenSearch
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = "register.json"
HIDDEN = ".kamerzoek"
"""The folder within a folder of papers in which a fetch keeps its own."""
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Told:
    """What a source says of a dossier: its title, its numbers, the highest, and when it said so.

    `highest` may be more than the largest of `numbers`: the source counts what it does not list.
    `at` is an ISO 8601 time, UTC.
    """

    title: str | None = None
    highest: int | None = None
    numbers: tuple[str, ...] = ()
    at: str = ""

    @property
    def ceiling(self) -> int:
        """Return the highest number that exists by this word, 0 when there is none."""
        return max([self.highest or 0, *(int(n) for n in self.numbers if n.isdigit())])

    def missing(self, here: Iterable[int]) -> tuple[int, ...]:
        """Return the numbers that exist by this word and are not among those here."""
        return tuple(sorted(set(range(1, self.ceiling + 1)) - set(here)))


Register = Mapping[str, Told]
"""By the normal form of a dossier."""


def packed(register: Register) -> bytes:
    """Return the file of a register."""
    rows = {
        name: {"title": t.title, "highest": t.highest, "numbers": list(t.numbers), "at": t.at}
        for name, t in sorted(register.items())
    }
    return json.dumps({"format": FORMAT, "dossiers": rows}, ensure_ascii=False).encode()


def read(path: Path) -> Register:
    """Return the register in a file; none, or one that is damaged, is an empty one."""
    try:
        return unpacked(path.read_bytes())
    except OSError:
        return {}


def unpacked(data: bytes) -> Register:
    """Return the register that was packed; one that is damaged is an empty one."""
    try:
        said: dict[str, Any] = json.loads(data)
        if said["format"] != FORMAT:
            return {}
        return {
            name: Told(row["title"], row["highest"], tuple(row["numbers"]), row["at"])
            for name, row in said["dossiers"].items()
        }
    except (ValueError, LookupError, TypeError, AttributeError):
        return {}


def merged(registers: Iterable[Register]) -> Register:
    """Return several as one; of two words on one dossier the later counts."""
    found: dict[str, Told] = {}
    for register in registers:
        for name, told in register.items():
            if name not in found or found[name].at < told.at:
                found[name] = told
    return found


def told_of(kept: bytes | None, dossier: str) -> Told | None:
    """Return what the register that is kept beside an index says of a dossier."""
    return _read_once(kept).get(dossier) if kept else None


@functools.lru_cache(maxsize=2)
def _read_once(kept: bytes) -> Register:
    return unpacked(kept)
