"""The files of the benchmark, read without the project: Xapian runs in Debian's Python."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

KINDS = (
    "rare term", "common term", "AND", "OR of 3-5", "question, 8-12 words",
    "question without stop words", "phrase", "NEAR/5", "prefix", "fuzzy",
    "field + date filter", "two facets over all hits", "ten snippets", "hits 191-200",
)  # fmt: skip
Word = tuple[str, str]


class Passage(NamedTuple):
    """A passage of the benchmark. `day` is a date as a number (`20210314`)."""

    id: str
    kind: str
    day: int
    title: str
    text: str
    tokens: str


@dataclass(frozen=True)
class Query:
    """A query: its kind, and its words as written and as tokens."""

    kind: str
    words: tuple[Word, ...]

    @property
    def tokens(self) -> list[str]:
        """Return its words as they are indexed."""
        return [token for _, token in self.words]


class Engine(Protocol):
    """One engine of the benchmark."""

    def build(self, passages: Iterator[Passage], folder: Path) -> None:
        """Index the passages into a folder that is there and empty."""
        ...

    def open(self, folder: Path) -> None:
        """Open what was built, ready for a search."""
        ...

    def search(self, query: Query) -> list[str] | None:
        """Return the ids of ten passages; `None` when the engine has no such search."""
        ...


@runtime_checkable
class Changing(Protocol):
    """An engine that tells what analysis took of its build, and can change one passage."""

    analysis: float

    def change(self, folder: Path) -> dict[str, object]:
        """Change a passage in a copy; return wall and CPU seconds until it is found."""
        ...


@runtime_checkable
class Forgetting(Engine, Protocol):
    """An engine that keeps what it worked out, and can forget it."""

    def forget_questions(self) -> None:
        """Make the next search take as long as a new question of known words."""
        ...

    def forget(self) -> None:
        """Make the next search take as long as a first one."""
        ...


def read(path: Path) -> Iterator[Passage]:
    """Yield the passages of a file."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield Passage(*json.loads(line))


def load(path: Path) -> list[Query]:
    """Return the queries of a file."""
    rows = json.loads(path.read_text("utf-8"))
    return [Query(row["kind"], tuple((a, b) for a, b in row["words"])) for row in rows]


KIND = "ministeriele-regeling"
FROM, TO = 20050101, 20141231
"""What filters ask for: the most frequent kind, and ten years of thirty."""
