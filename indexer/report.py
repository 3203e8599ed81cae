"""What a build did: plain values, for a command to tell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from indexer.engine.share import Share
from indexer.paper import Failure


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. Papers, passages and pages are those of the index afterwards.

    `skipped` counts papers that were not read because they were known; `duplicates` files that
    are the same as another; `scans` papers without text and `unsplit` papers of questions in
    which none was found, by file name; `damage` what was wrong with the index before, which is why
    all of it was made anew; `embedding` is the model of the vectors.
    """

    papers: int
    passages: int
    pages: int
    failures: tuple[Failure, ...]
    skipped: int
    duplicates: int
    added: int
    removed: int
    generation: str
    seconds: float
    failures_file: str
    share: Share | None = None
    scans: tuple[str, ...] = ()
    unsplit: tuple[str, ...] = ()
    damage: tuple[str, ...] = ()
    embedding: str | None = None

    @property
    def reasons(self) -> Counter[str]:
        """Return how often each reason of failure occurs."""
        return Counter(failure.reason for failure in self.failures)
