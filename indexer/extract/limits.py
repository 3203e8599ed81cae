"""The limits within which a file must be read, and the error of one that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: wall seconds, megabytes of memory, pages, megabytes on the disk.

    Of each page: fragments of text, megabytes of content once inflated.
    """

    seconds: float = 20.0
    memory_mb: int = 1024
    pages: int = 5000
    file_mb: int = 200
    fragments: int = 60_000
    content_mb: int = 64


class ExtractionError(Exception):
    """A file cannot be read. `reason` is a short word, `message` a Dutch sentence for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message

    def __reduce__(self) -> tuple[type[ExtractionError], tuple[str, str]]:
        """Travel between processes with both arguments."""
        return type(self), (self.reason, self.message)
