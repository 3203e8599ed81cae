"""What a round over a source takes, what it asks of the source, and what it tells afterwards.

Values and protocols; `indexer.sources.collect` does the work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from indexer.sources.client import Answer, Validators
from indexer.sources.clock import Clock
from indexer.sources.item import Batch
from indexer.sources.manners import Budget
from indexer.sources.selection import Selection

NEW, CHANGED, SAME, DELETED = "nieuw", "vernieuwd", "bekend", "verwijderd"
FAILED, OTHER, WAITING = "mislukt", "niet gevraagd", "wacht op nieuwe poging"


class Fetcher(Protocol):
    """What brings files: the client, or a folder."""

    @property
    def clock(self) -> Clock:
        """Return its clock."""
        ...

    @property
    def budget(self) -> Budget:
        """Return what was spent."""
        ...

    def file(self, url: str, known: Validators = ...) -> Answer:
        """Return a file. Raises `FetchError`."""
        ...


class Source(Protocol):
    """A source: its name, its batches, and whether they are all that it has of the selection."""

    @property
    def name(self) -> str:
        """Return the name with which the keys of its items begin."""
        ...

    @property
    def whole(self) -> bool:
        """Tell whether what it yields is all that there is."""
        ...

    @property
    def checks(self) -> Selection:
        """Return what of the selection the source cannot see to itself, and must be checked."""
        ...

    def batches(self) -> Iterator[Batch]:
        """Yield what there is to take, each batch from where the last was safe."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What to take. `dry` fetches no papers; `most` stops after so many that are new or changed."""

    selection: Selection = field(default_factory=Selection)
    dry: bool = False
    allow_deletions: bool = False
    most: int = 0


@dataclass(slots=True)
class Report:
    """What a round did: items by what became of them, and of the wanted ones their kinds.

    `files` is how many would be asked for, `stopped` why the round ended before its end.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    files: int = 0
    expected: int = 0
    requests: int = 0
    waited: float = 0.0
    stopped: str = ""

    @property
    def changed(self) -> int:
        """Return how many papers came, changed or went."""
        return self.outcomes[NEW] + self.outcomes[CHANGED] + self.outcomes[DELETED]

    def add(self, other: Report) -> None:
        """Count another round to this one."""
        self.outcomes += other.outcomes
        self.kinds += other.kinds
        self.files += other.files
        self.expected += other.expected
        self.requests = max(self.requests, other.requests)
        self.waited = max(self.waited, other.waited)
