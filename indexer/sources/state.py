"""What was fetched and how far each source was followed, in one SQLite file beside the papers.

In go items that are safe, out come what is known of them and where to go on. Everything that
belongs together is one transaction, so that a position is never ahead of what it stands for.

    FOLDER/.kamerzoek/fetched.sqlite3    positions, items, files, what sources say that exists
    FOLDER/.kamerzoek/lock               held while a fetch runs
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from indexer.sources.client import Validators
from indexer.sources.errors import StopError
from indexer.sources.item import Item, packed, unpacked

FORMAT = 1
SCHEMA = """
CREATE TABLE position (name TEXT PRIMARY KEY, value TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE item (
  key TEXT PRIMARY KEY, source TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL,
  selection TEXT NOT NULL, round TEXT NOT NULL, at TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '',
  tries INTEGER NOT NULL DEFAULT 0, due TEXT NOT NULL DEFAULT '', packed TEXT NOT NULL DEFAULT ''
);
CREATE INDEX item_name ON item (name);
CREATE INDEX item_due ON item (due) WHERE due != '';
CREATE TABLE file (
  key TEXT NOT NULL, ending TEXT NOT NULL, url TEXT NOT NULL, etag TEXT NOT NULL,
  modified TEXT NOT NULL, PRIMARY KEY (key, ending)
);
CREATE TABLE listed (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT, dossier TEXT, number TEXT, session TEXT,
  at TEXT NOT NULL
);
CREATE INDEX listed_dossier ON listed (dossier);
CREATE TABLE dossier (name TEXT PRIMARY KEY, title TEXT, highest INTEGER, at TEXT NOT NULL);
CREATE TABLE counted (
  session TEXT NOT NULL, series TEXT NOT NULL, count INTEGER NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (session, series)
);
CREATE TABLE entity (
  category TEXT NOT NULL, id TEXT NOT NULL, parent TEXT NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (category, id)
);
CREATE INDEX entity_parent ON entity (category, parent);
CREATE TABLE touched (id TEXT PRIMARY KEY);
"""
LATER = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7))
"""After how long what failed is tried again; the last goes on for ever."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an item. `reason` says why it is not (wholly) here, empty when it is."""

    key: str
    name: str
    version: str
    reason: str = ""
    message: str = ""
    tries: int = 0
    due: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """An item that is not here, or not wholly: its name, why, and how often it was tried."""

    key: str
    name: str
    reason: str
    message: str
    tries: int


class State:
    """The state of a folder of papers. Use `step` around what belongs together."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.db = sqlite3.connect(path, isolation_level=None)
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute("PRAGMA synchronous = FULL")
            self._prepare(path)
        except sqlite3.DatabaseError as error:
            raise StopError(
                f"{path} is niet te gebruiken ({error}). Zet het bestand weg en haal opnieuw op: "
                "stukken die er zijn worden dan vergeleken en niet nog eens overgehaald als de "
                "bron dat toelaat."
            ) from error

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @contextlib.contextmanager
    def step(self) -> Iterator[None]:
        """Keep all that is written inside, or nothing of it."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def position(self, name: str) -> str:
        """Return how far a source was followed, empty when it was not."""
        row = self.db.execute("SELECT value FROM position WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def move(self, name: str, value: str, now: datetime) -> None:
        """Remember how far a source was followed."""
        self.db.execute("REPLACE INTO position VALUES (?, ?, ?)", (name, value, _day(now)))

    def item(self, key: str) -> Known | None:
        """Return what is known of an item."""
        row = self.db.execute(
            "SELECT key, name, version, reason, message, tries, due FROM item WHERE key = ?", (key,)
        ).fetchone()
        return Known(*row) if row else None

    def validators(self, key: str) -> dict[str, tuple[str, Validators]]:
        """Return for each file of an item its address and validators, by its ending."""
        rows = self.db.execute("SELECT ending, url, etag, modified FROM file WHERE key = ?", (key,))
        return {row[0]: (row[1], Validators(row[2], row[3])) for row in rows}

    def keep(
        self,
        item: Item,
        files: Mapping[str, tuple[str, Validators]],
        *,
        selection: str,
        turn: str,
        now: datetime,
    ) -> None:
        """Remember that an item is here with these files, by their endings."""
        self.db.execute(
            "REPLACE INTO item (key, source, name, version, selection, round, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (item.key, item.source, item.name, item.version, selection, turn, _day(now)),
        )
        self.db.execute("DELETE FROM file WHERE key = ?", (item.key,))
        self.db.executemany(
            "INSERT INTO file VALUES (?, ?, ?, ?, ?)",
            [(item.key, e, url, v.etag, v.modified) for e, (url, v) in files.items()],
        )

    def fail(
        self, item: Item, reason: str, message: str, *, selection: str, turn: str, now: datetime
    ) -> None:
        """Remember that an item is not (wholly) here, why, and when to try it again."""
        known = self.item(item.key)
        tries = (known.tries if known else 0) + 1
        due = _day(now + LATER[min(tries, len(LATER)) - 1])
        self.db.execute(
            "REPLACE INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                item.key, item.source, known.name if known else item.name, item.version,
                selection, turn, _day(now), reason, message, tries, due, packed(item),
            ),
        )  # fmt: skip

    def seen(self, key: str, turn: str) -> None:
        """Remember that a source still has an item."""
        self.db.execute("UPDATE item SET round = ? WHERE key = ?", (turn, key))

    def forget(self, key: str) -> None:
        """Forget an item that was deleted."""
        for table in ("item", "file", "listed"):
            self.db.execute(f"DELETE FROM {table} WHERE key = ?", (key,))  # noqa: S608 - our names

    def shared_name(self, name: str, key: str) -> bool:
        """Tell whether another item has files of the same name."""
        query = "SELECT 1 FROM item WHERE name = ? AND key != ? LIMIT 1"
        return self.db.execute(query, (name, key)).fetchone() is not None

    def due(self, source: str, now: datetime) -> list[Item]:
        """Return the items of a source that failed and must be tried again."""
        rows = self.db.execute(
            "SELECT packed FROM item WHERE source = ? AND due != '' AND due <= ? ORDER BY due",
            (source, _day(now)),
        )
        return [unpacked(row[0]) for row in rows]

    def unseen(self, source: str, selection: str, turn: str) -> list[tuple[str, str]]:
        """Return key and first address of items that a whole listing did not have."""
        rows = self.db.execute(
            "SELECT item.key, min(file.url) FROM item JOIN file USING (key)"
            " WHERE source = ? AND selection = ? AND round != ? GROUP BY item.key",
            (source, selection, turn),
        )
        return [(row[0], row[1]) for row in rows]

    def here(self) -> int:
        """Return how many items are here."""
        return int(self.db.execute("SELECT count(*) FROM item WHERE reason = ''").fetchone()[0])

    def failed(self) -> list[Failed]:
        """Return all items that are not (wholly) here."""
        rows = self.db.execute(
            "SELECT key, name, reason, message, tries FROM item WHERE reason != '' ORDER BY key"
        )
        return [Failed(*row) for row in rows]

    def _prepare(self, path: Path) -> None:
        version = int(self.db.execute("PRAGMA user_version").fetchone()[0])
        if version == 0:
            self.db.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT;")
        elif version != FORMAT:
            raise StopError(
                f"{path} is van een andere versie van Kamerzoek. Zet het bestand weg en haal "
                "opnieuw op."
            )


def _day(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
