"""What a source offers, the same for every source: frozen values.

A source yields `Batch`es of `Item`s; `indexer.sources.collect` brings them into the folder. What a
batch says in `after` is done when all its items are safe, and not before: that is where positions
are moved.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Described:
    """What a source says of a paper, as far as a selection or a count looks at it.

    `kind` is one of ours; `dossiers` are normal forms; `date` is ISO 8601; `number` is the number
    in the first dossier, or that of an Aanhangsel. `None` and empty: the source does not say it.
    """

    kind: str | None = None
    ministries: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    session: str | None = None
    date: str | None = None
    title: str = ""
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Remote:
    """A file of a paper: `ending` is that of its name here (`.pdf`, `.xml`, `.metadata.xml`)."""

    ending: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """A paper at a source.

    `key` names it at that source for ever; `name` is what its files are called here and may change
    (a document gets its number later); `version` changes whenever something of it does, and is
    empty when the source does not say so; `record` is what the source says of it, to lie beside
    the PDF under `record_ending`.
    """

    key: str
    name: str = ""
    version: str = ""
    files: tuple[Remote, ...] = ()
    record: bytes = b""
    record_ending: str = ""
    described: Described = Described()
    deleted: bool = False

    @property
    def source(self) -> str:
        """Return the name of the source, with which each key begins."""
        return self.key.partition(":")[0]


def nothing() -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Items that belong together. `after` is called when they are safe, in one step with that.

    `expected` is how many the source says there are in all, 0 when it does not. A batch without
    items can tell how far a source is followed: `step` names it, `read` counts what was read.
    """

    items: tuple[Item, ...]
    after: Callable[[], None] = nothing
    expected: int = 0
    step: str = ""
    read: int = 0


def packed(item: Item) -> str:
    """Return an item as JSON, to try it again later."""
    data = dataclasses.asdict(item)
    data["record"] = item.record.decode("utf-8", "surrogateescape")
    return json.dumps(data)


def unpacked(text: str) -> Item:
    """Return the item that was packed. Raises `KeyError`, `TypeError` or `ValueError`."""
    data: dict[str, Any] = json.loads(text)
    data["record"] = data["record"].encode("utf-8", "surrogateescape")
    data["files"] = tuple(Remote(**row) for row in data["files"])
    rows: dict[str, Any] = data["described"]
    described = {k: tuple(v) if isinstance(v, list) else v for k, v in rows.items()}
    data["described"] = Described(**described)  # type: ignore[arg-type]
    return Item(**data)
