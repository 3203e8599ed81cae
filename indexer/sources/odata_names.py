"""What OData calls things: one table, because versions rename them.

In goes nothing or a file that names what is called otherwise, out comes a `Names`. Version 4 is as
recorded in June 2025 (its `$metadata` has every name below); of version 5 nothing but rumours is
known here, so there is no table for it: a file of names is how to try it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from pathlib import Path
from xml.etree import ElementTree as ET

from indexer.sources import xml
from indexer.sources.errors import StopError

OWN = ("resource",)
"""Names that are no property of an entity."""


@dataclass(frozen=True, slots=True)
class Names:
    """Each name as the service has it; ours are those of the fields."""

    document: str = "Document"
    id: str = "Id"
    kind: str = "Soort"
    number: str = "DocumentNummer"
    title: str = "Titel"
    subject: str = "Onderwerp"
    date: str = "Datum"
    session: str = "Vergaderjaar"
    sub: str = "Volgnummer"
    annex: str = "Aanhangselnummer"
    received: str = "DatumOntvangst"
    media: str = "ContentType"
    changed: str = "ApiGewijzigdOp"
    deleted: str = "Verwijderd"
    dossier: str = "Kamerstukdossier"
    dossier_number: str = "Nummer"
    dossier_addition: str = "Toevoeging"
    dossier_title: str = "Titel"
    dossier_highest: str = "HoogsteVolgnummer"
    version: str = "HuidigeDocumentVersie"
    official: str = "ExterneIdentifier"
    published: str = "DocumentPublicatie"
    published_kind: str = "DocumentType"
    metadata: str = "DocumentPublicatieMetadata"
    actors: str = "DocumentActor"
    office: str = "Functie"
    resource: str = "resource"


V4 = Names()


def named_otherwise(names: Names, path: Path) -> Names:
    """Return the names with those of a JSON file `{"kind": "Type", …}`. Raises `StopError`."""
    known = {field.name for field in fields(names)}
    try:
        given = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StopError(f"{path} is niet te lezen als JSON ({error}).") from error
    wrong = [str(name) for name in given if name not in known] if isinstance(given, dict) else ["?"]
    if wrong:
        raise StopError(
            f"{path} noemt {', '.join(wrong)}. Geef een object met namen uit: "
            f"{', '.join(sorted(known))}."
        )
    return replace(names, **{name: str(value) for name, value in given.items()})


def missing_names(names: Names, metadata: bytes) -> tuple[str, ...]:
    """Return the names that a service's `$metadata` does not have, to see why it answers 400."""
    root: ET.Element = xml.parse(metadata, "$metadata")
    there = {
        element.get("Name", "")
        for element in root.iter()
        if xml.name_of(element) in ("Property", "NavigationProperty", "EntitySet")
    }
    wanted = (getattr(names, field.name) for field in fields(names) if field.name not in OWN)
    return tuple(dict.fromkeys(name for name in wanted if name not in there))
