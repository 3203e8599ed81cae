"""The ministries of an index, and which of them somebody means who types a name.

In goes an index, and names as typed; out come names as the index has them.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.engine.interface import Index
from indexer.engine.results import FacetCount
from search_app.errors import ParameterError
from search_app.search.present import present


def ministries(index: Index) -> tuple[FacetCount, ...]:
    """Return the ministries of the index by name."""
    return tuple(sorted(present("ministry", index), key=lambda row: row.value))


def meant(typed: Sequence[str], index: Index) -> list[str]:
    """Return the ministries that are meant: by the whole name, or by what one of them alone has.

    Raises `ParameterError` with the names that there are: a filter by another name finds nothing,
    which would look as if there were no answers.
    """
    names = [row.value for row in ministries(index)] if typed else []
    return [_one(each, names) for each in typed]


def _one(typed: str, names: Sequence[str]) -> str:
    wanted = typed.strip().casefold()
    whole = [name for name in names if name.casefold() == wanted]
    found = whole or [name for name in names if wanted and wanted in name.casefold()]
    if len(found) != 1:
        told = "meer dan één ministerie past bij" if found else "in de index is geen ministerie"
        raise ParameterError(f"‘ministry’: {told} ‘{typed}’.", tuple(found or names))
    return found[0]
