"""What sources say that exists, kept beside what is here.

In go items and counts, out comes the table from which completeness is told (`complete`).
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from indexer.sources.item import Item


def note_listed(db: sqlite3.Connection, item: Item, now: datetime) -> None:
    """Remember that a source has an item, or no longer has it."""
    if item.deleted:
        db.execute("DELETE FROM listed WHERE key = ?", (item.key,))
        return
    said = item.described
    db.execute(
        "REPLACE INTO listed VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            item.key,
            item.name,
            said.kind,
            next(iter(said.dossiers), None),
            said.number,
            said.session,
            now.isoformat(timespec="seconds"),
        ),
    )


def note_dossier(
    db: sqlite3.Connection, name: str, title: str, highest: int | None, now: datetime
) -> None:
    """Remember a dossier, and the highest number that the source says it has."""
    db.execute(
        "REPLACE INTO dossier VALUES (?, ?, ?, ?)",
        (name, title, highest, now.isoformat(timespec="seconds")),
    )


def note_count(
    db: sqlite3.Connection, session: str, series: str, count: int, now: datetime
) -> None:
    """Remember how many papers a source estimates to have in a session year."""
    db.execute(
        "REPLACE INTO counted VALUES (?, ?, ?, ?)",
        (session, series, count, now.isoformat(timespec="seconds")),
    )
