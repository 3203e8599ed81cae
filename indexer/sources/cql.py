"""A selection in CQL, the query language of SRU.

In goes a selection, out comes the query for repository.overheid.nl. Values are quoted and can hold
no quote of their own. Sources: SRU 2.0 (OASIS), Handleiding SRU van KOOP.
"""

from __future__ import annotations

import re

from indexer.sources.errors import StopError
from indexer.sources.kinds import series_of
from indexer.sources.selection import Selection

AREA = "c.product-area==officielepublicaties"


def query_of(selection: Selection, changed_since: str = "") -> str:
    """Return the query; `changed_since` is an ISO 8601 day. Raises `StopError`."""
    if selection.ministries:
        raise StopError(
            "SRU kent geen ministerie van een stuk. Kies met --ministry ook --source odata of "
            "--source syncfeed, of zoek op woorden in de titel met --title."
        )
    parts = [AREA, _any("w.publicatienaam", series_of(selection.kinds))]
    if selection.dossiers:
        parts.append(_any("w.dossiernummer", selection.dossiers))
    if selection.sessions:
        parts.append(_any("w.vergaderjaar", selection.sessions))
    parts += [f'dt.title all "{_quoted(word)}"' for word in selection.words]
    if selection.since:
        parts.append(f"dt.date>={selection.since}")
    if selection.until:
        parts.append(f"dt.date<={selection.until}")
    if changed_since:
        parts.append(f"dt.modified>={changed_since}")
    return " AND ".join(parts)


def of_session(session: str, series: str) -> str:
    """Return the query for all papers of a series in a session year."""
    return " AND ".join((AREA, _any("w.publicatienaam", (series,)), f"w.vergaderjaar=={session}"))


def _any(index: str, values: tuple[str, ...]) -> str:
    found = [f'{index}=="{_quoted(value)}"' for value in values]
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


def _quoted(text: str) -> str:
    return re.sub(r"[\"\\*?^]", " ", text).strip()
