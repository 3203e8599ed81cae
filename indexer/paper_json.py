"""Papers as JSON: the public contract of `show` and of `/api/v1/papers/{id}`.

In goes a `Paper`, out comes a JSON object of it, and back; and the hash by which a changed paper is
known.
"""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from indexer.paper import (
    Citation,
    Dates,
    Heading,
    Page,
    Paper,
    Passage,
    Person,
    Promise,
    Source,
)

T = TypeVar("T")

UNCHANGING = frozenset((str, int, float, bool))


def to_json(paper: Paper) -> dict[str, Any]:
    """Return the paper as the JSON object of the public contract."""
    data: dict[str, Any] = _plain(paper)
    return data


def _plain(value: Any) -> Any:
    """Return what `dataclasses.asdict` does, without its copies of what cannot change."""
    kind = type(value)
    if value is None or kind in UNCHANGING:
        return value
    if kind is tuple:
        return tuple([_plain(item) for item in value])
    if dataclasses.is_dataclass(kind):
        return {name: _plain(getattr(value, name)) for name in _names(kind)}
    return copy.deepcopy(value)


def written(paper: Paper) -> bytes:
    """Return the JSON of a paper without spaces.

    It is that of `to_json`, without making that first: the encoder asks for what is no plain value.
    """
    return JSON.encode(paper).encode("utf-8", "surrogatepass")


def fields_of(value: Any) -> dict[str, Any]:
    """Return the fields of a value. Raises `TypeError` when it has none, as an encoder does."""
    kind: type = type(value)
    return {name: getattr(value, name) for name in _names(kind)}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(row.name for row in dataclasses.fields(kind))


JSON = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=fields_of
)


def shown_json(paper: Paper) -> dict[str, Any]:
    """Return the paper as it is shown to people and programs: without boxes and guesses.

    An address that a `.jsonl` states and that is not of the web (`javascript:`) is left out.
    """
    data = to_json(paper)
    del data["breaks"]
    if paper.url and not paper.url.startswith(("https://", "http://")):
        data["url"] = None
    for page in data["pages"]:
        del page["boxes"]
    return data


def from_json(data: Mapping[str, Any]) -> Paper:
    """Return the paper that `to_json` wrote; keys that it did not write are ignored.

    Raises `KeyError` or `TypeError` when the object is not a paper; people's papers in `.jsonl`
    are read by `indexer.store`, which explains what is wrong.
    """
    simple = {
        name: data.get(name)
        for name in (
            "title", "kind", "dossier", "number", "paper_ref",
            "date", "session_year", "house", "ministry",
            "evidence", "confidence", "subject", "addressee", "committee", "url",
        )
    }  # fmt: skip
    source = data.get("source")
    return Paper(
        id=data["id"],
        people=tuple(_value(Person, row) for row in data.get("people", ())),
        pages=tuple(_value(Page, row) for row in data.get("pages", ())),
        passages=tuple(_value(Passage, row) for row in data.get("passages", ())),
        citations=tuple(_value(Citation, row) for row in data.get("citations", ())),
        source=_value(Source, source) if source else None,
        notes=tuple(data.get("notes", ())),
        dates=_value(Dates, data.get("dates") or {}),
        references=tuple(data.get("references", ())),
        outline=tuple(_value(Heading, row) for row in data.get("outline", ())),
        promises=tuple(_value(Promise, row) for row in data.get("promises", ())),
        breaks=tuple((left, right) for left, right in data.get("breaks", ())),
        **simple,
    )


def content_hash(paper: Paper) -> str:
    """Return a hash of all that the index holds of a paper, to see whether it changed."""
    return hash_of(written(paper))


def hash_of(data: bytes) -> str:
    """Return the same of a paper that was `written`."""
    return hashlib.sha256(data).hexdigest()[:32]


def _value(kind: type[T], row: Mapping[str, Any]) -> T:
    known = {f.name for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k in known})
