"""ONE table of fields. Schema, mapping, query names, facets and the fingerprint derive from it.

In goes nothing; out come `FIELDS` and the look-ups on it. A paper's passages are the indexed
documents; the fields of the paper are repeated on each of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

FieldKind = Literal["text", "keyword", "date", "year"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the index.

    `analyzer`: `dutch` (stems, compounds), `exact` (words as written) or none for whole values.
    `boost` weighs the field in ranking; 0 keeps it out of the default search.
    `aliases` are the Dutch names by which a query addresses it (`titel:`).
    `facet`: values are counted over all results; `many`: a paper can have several values.
    """

    name: str
    kind: FieldKind
    analyzer: Literal["dutch", "exact"] | None = None
    boost: float = 0.0
    facet: bool = False
    many: bool = False
    aliases: tuple[str, ...] = ()


FIELDS = (
    Field("title", "text", "dutch", boost=2.0, aliases=("titel",)),
    Field("question", "text", "dutch", boost=1.2, aliases=("vraag",)),
    Field("answer", "text", "dutch", boost=1.0, aliases=("antwoord",)),
    Field("body", "text", "dutch", boost=1.0, aliases=("tekst",)),
    Field("exact", "text", "exact", aliases=("letterlijk",)),
    Field("kind", "keyword", facet=True, aliases=("soort",)),
    Field("dossier", "keyword", facet=True, aliases=("dossier",)),
    Field("number", "keyword", many=True, boost=4.0, aliases=("nr", "nummer")),
    Field("ministry", "keyword", facet=True, aliases=("ministerie",)),
    Field("person", "keyword", facet=True, many=True, aliases=("persoon",)),
    Field("asker", "keyword", many=True, aliases=("van",)),
    Field("answerer", "keyword", many=True, aliases=("door",)),
    Field("party", "keyword", facet=True, many=True, aliases=("partij", "fractie")),
    Field("house", "keyword", aliases=("kamer",)),
    Field("session_year", "keyword", aliases=("vergaderjaar",)),
    Field("cites", "keyword", many=True, aliases=("noemt",)),
    Field("scanned", "keyword", facet=True, aliases=("scan",)),
    Field("year", "year", facet=True, aliases=("jaar",)),
    Field("date", "date", aliases=("datum",)),
)

BY_NAME = {field.name: field for field in FIELDS}
BY_ALIAS = {alias: field for field in FIELDS for alias in field.aliases}
FACETS = tuple(field.name for field in FIELDS if field.facet)
TEXT_FIELDS = tuple(field.name for field in FIELDS if field.analyzer == "dutch")


def fingerprint(parts: Sequence[str]) -> str:
    """Return 16 hexadecimal digits that change with the table or with any of `parts`."""
    packed = json.dumps([[asdict(field) for field in FIELDS], list(parts)], sort_keys=True)
    return hashlib.sha256(packed.encode()).hexdigest()[:16]


def digests() -> dict[str, str]:
    """Return a short digest of each field: kept with an index, it tells later which one changed."""
    return {field.name: _digest(asdict(field)) for field in FIELDS}


def differences(made: Mapping[str, str] | None) -> str:
    """Return in Dutch how the fields of an index (`digests` of then) differ from this program's.

    `made` is `None` for an index of before they were kept.
    """
    if made is None:
        return "welk veld anders is staat niet in deze index"
    now = digests()
    rows = {
        "nieuw": [name for name in now if name not in made],
        "niet meer": [name for name in made if name not in now],
        "anders": [name for name in now if name in made and made[name] != now[name]],
    }
    told = [f"{how}: {', '.join(names)}" for how, names in rows.items() if names]
    if told:
        return f"velden {'; '.join(told)}"
    return "de velden zijn dezelfde, de vorm waarin zij zijn opgeslagen is anders"


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:8]
