"""What can go wrong on the way to a paper, each with a Dutch sentence that says what to do.

`FetchError` is about one address: the run notes it and goes on. `SourceDownError` is about a
source that does not answer: the run stops, and the same command goes on later. `StopError` is
anything else that a person must look at first.
"""

from __future__ import annotations


class FetchError(Exception):
    """One address gave nothing to use; `reason` is a short word for lists and counts."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class SourceDownError(FetchError):
    """A source does not answer, or asks to be left alone for long."""


class StopError(Exception):
    """The run cannot go on before a person has looked."""
