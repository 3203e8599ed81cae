"""What can go wrong with an index; each error says what to do.

Nothing is loaded for them, so that a command that ends with a sentence ends soon.
"""

from __future__ import annotations


class EngineError(Exception):
    """An index cannot be opened, read or written; the message says what to do."""


class IndexNotFoundError(EngineError):
    """There is no published index at the location."""


class FingerprintError(EngineError):
    """The index was made with other fields or another analysis than this program's."""


class LockedError(EngineError):
    """Another process is writing to the location."""


class QueryBudgetError(EngineError):
    """A query asks for more than its budget; the message is Dutch and fit to show."""


class DeadlineError(EngineError):
    """A search took too long and was stopped; the message is Dutch and fit to show."""

    def __init__(self) -> None:
        super().__init__(
            "Deze zoekvraag kostte te veel tijd en is afgebroken; er is dus geen antwoord. "
            "Zoek met minder woorden en zonder sterretjes of golfjes, of probeer het later opnieuw."
        )
