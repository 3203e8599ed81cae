"""What the SyncFeed said, kept: entities by category, and which documents changed since.

In go entries, out come documents with their dossier, version, files and ministries. The feed tells
of a document in several categories at several times, so nothing can be fetched from one entry.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.sources.feed import Entry

DOCUMENT, VERSION, ACTOR = "Document", "DocumentVersie", "DocumentActor"
FILE, METADATA, DOSSIER = "DocumentPublicatie", "DocumentPublicatieMetadata", "Kamerstukdossier"
CATEGORIES = (DOSSIER, DOCUMENT, VERSION, FILE, METADATA)
"""In the order in which they are followed: what others refer to comes first."""
PARENTS = {VERSION: "document", FILE: "documentVersie", METADATA: "documentVersie"}
PARENTS[ACTOR] = "document"


@dataclass(frozen=True, slots=True)
class Kept:
    """An entity as it was last told."""

    id: str
    updated: str
    fields: dict[str, str]
    refs: dict[str, str]
    enclosure: str
    media: str
    deleted: bool


class Mirror:
    """The entities in the state's file."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, category: str, entries: Iterable[Entry]) -> None:
        """Keep entities, the last told wins, and mark the documents that they tell of."""
        for entry in entries:
            parent = entry.refs.get(PARENTS.get(category, ""), "")
            before = self._row(category, entry.id)
            parent = parent or (before[0] if before else "")  # a deletion names no parent
            said = (
                entry.updated, entry.fields, entry.refs, entry.enclosure, entry.media, entry.deleted
            )  # fmt: skip
            self._db.execute(
                "REPLACE INTO entity VALUES (?, ?, ?, ?)",
                (category, entry.id, parent, json.dumps(said, ensure_ascii=False)),
            )
            self._touch(category, entry.id, parent)

    def touch_all(self) -> None:
        """Mark all documents: another selection is asked for."""
        self._db.execute(
            "INSERT OR IGNORE INTO touched SELECT id FROM entity WHERE category = ?", (DOCUMENT,)
        )

    def touched(self, after: str, most: int) -> list[str]:
        """Return ids of marked documents, in order of id, after one of them."""
        rows = self._db.execute(
            "SELECT id FROM touched WHERE id > ? ORDER BY id LIMIT ?", (after, most)
        )
        return [row[0] for row in rows]

    def done(self, ids: Iterable[str]) -> None:
        """Take the mark off documents."""
        self._db.executemany("DELETE FROM touched WHERE id = ?", [(each,) for each in ids])

    def count(self) -> int:
        """Return how many documents are marked."""
        return int(self._db.execute("SELECT count(*) FROM touched").fetchone()[0])

    def find(self, category: str, entity_id: str) -> Kept | None:
        """Return an entity, also when it is deleted."""
        row = self._row(category, entity_id)
        return _kept(entity_id, row[1]) if row else None

    def of_parent(self, category: str, parent: str) -> list[Kept]:
        """Return the entities that belong to one and are not deleted, the newest first."""
        rows = self._db.execute(
            "SELECT id, data FROM entity WHERE category = ? AND parent = ?", (category, parent)
        )
        found = [_kept(*row) for row in rows] if parent else []
        return sorted((k for k in found if not k.deleted), key=lambda k: k.updated, reverse=True)

    def every(self, category: str) -> Iterator[Kept]:
        """Yield all entities of a category that are not deleted."""
        rows = self._db.execute("SELECT id, data FROM entity WHERE category = ?", (category,))
        return (kept for row in rows if not (kept := _kept(*row)).deleted)

    def _touch(self, category: str, entity_id: str, parent: str) -> None:
        document = ""
        if category == DOCUMENT:
            document = entity_id
        elif category in (VERSION, ACTOR):
            document = parent
        elif category in (FILE, METADATA):
            row = self._row(VERSION, parent)
            document = row[0] if row else ""
        if document:
            self._db.execute("INSERT OR IGNORE INTO touched VALUES (?)", (document,))

    def _row(self, category: str, entity_id: str) -> tuple[str, str] | None:
        query = "SELECT parent, data FROM entity WHERE category = ? AND id = ?"
        row = self._db.execute(query, (category, entity_id)).fetchone()
        return (row[0], row[1]) if row else None


def _kept(entity_id: str, data: str) -> Kept:
    updated, fields, refs, enclosure, media, deleted = json.loads(data)
    return Kept(entity_id, updated, fields, refs, enclosure, media, deleted)
