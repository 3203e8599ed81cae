"""What people marked in the real papers of ../shared, by file name, as values only.

In goes `marks.json`, out come `Mark` values. No text of the papers and no names are in it: a
person is a salted hash of name, role and party, so that a right reading can be told from a wrong
one and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.paper import Person

FILE = Path(__file__).with_name("marks.json")
SALT = "kamerzoek-marks-1"


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands on one paper; `people` are hashes, `values` the fields that were marked,
    `citations` the targets of its references, each once."""

    file: str
    scan: bool
    values: dict[str, str | None]
    people: frozenset[str] | None
    citations: tuple[str, ...] | None = None


def load() -> list[Mark]:
    """Return the marks in the order of the file."""
    rows: dict[str, dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    return [
        Mark(
            name,
            bool(row.get("scan")),
            row["values"],
            frozenset(row["people"]) if "people" in row else None,
            tuple(row["citations"]) if "citations" in row else None,
        )
        for name, row in rows.items()
    ]


def hashed(person: Person) -> str:
    """Return the hash under which a person is marked; case, spaces and points do not count."""
    letters = "".join(c for c in person.name.casefold() if c.isalpha())
    key = f"{SALT}|{letters}|{person.role}|{person.party or ''}"
    return hashlib.sha256(key.encode()).hexdigest()[:12]
