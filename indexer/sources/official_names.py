"""What sources call a paper → what we call it, and what its record beside the PDF says.

In go the fields of a document of the Kamer, out come its name, what a selection looks at, and the
record in the form of an OData document, which `indexer.structure.official` reads.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from indexer.numbers.finding import parse_number
from indexer.numbers.values import Number
from indexer.sources.corpus import safe_name
from indexer.sources.item import Described
from indexer.structure.official import Record

OFFICIAL = re.compile(
    r"(?:kst|blg)-[\w().-]*\d[\w().-]*|(?:ah|kv|h)-(?:tk|ek|vv)-[\w().-]*\d[\w().-]*"
    r"|(?:nds|ag)-(?:tk|ek)-[\w().-]*\d[\w().-]*"
)
"""An identifier of officielebekendmakingen.nl."""
MINISTRY = re.compile(r"(?:minister|staatssecretaris)\s+(?:van|voor)\s+(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the Kamer, from the SyncFeed or from OData. Empty: not said.

    `dossier` is the first, `others` are those that it is in too.
    """

    kind: str = ""
    number: str = ""
    title: str = ""
    subject: str = ""
    date: str = ""
    session: str = ""
    sub: str = ""
    annex: str = ""
    official: str = ""
    dossier: str = ""
    others: tuple[str, ...] = ()
    received: str = ""
    offices: tuple[str, ...] = ()


def record_of(document: Document) -> bytes:
    """Return the record that is laid beside the PDF."""
    sub = document.sub if document.sub.isdigit() else ""  # -1 is no number
    row = {
        "Soort": document.kind,
        "DocumentNummer": document.number,
        "Titel": document.title,
        "Onderwerp": document.subject,
        "Datum": document.date,
        "Vergaderjaar": document.session,
        "Aanhangselnummer": document.annex,
        "DatumOntvangst": document.received,
        "ExterneIdentifier": document.official,
        "Dossiernummer": document.dossier if sub else "",
        "Ondernummer": sub if document.dossier else "",
    }
    return json.dumps(
        {name: value for name, value in row.items() if value}, ensure_ascii=False, indent=1
    ).encode()


def name_of(document: Document, record: Record | None) -> str:
    """Return what the files are called: the official id, else the number of the Kamer."""
    if OFFICIAL.fullmatch(document.official):
        return safe_name(document.official)
    return safe_name((record.id if record else None) or document.number or "stuk")


def described(document: Document, record: Record | None) -> Described:
    """Return what a selection looks at."""
    found = (MINISTRY.search(office) for office in document.offices)
    return _described(
        record,
        title=" ".join(filter(None, (document.subject, document.title))),
        dossiers=(document.dossier, *document.others) if document.dossier else (),
        ministries=tuple(dict.fromkeys(match[1].strip() for match in found if match)),
        annex=document.kind == "Bijlage",
    )


def described_by(record: Record | None, title: str, dossiers: str, *, annex: bool) -> Described:
    """Return what a selection looks at, of a record of SRU; `dossiers` are separated by `;`."""
    named = (normal_dossier(dossier.strip()) for dossier in dossiers.split(";"))
    return _described(
        record, title=title, dossiers=tuple(filter(None, named)), ministries=(), annex=annex
    )


def normal_dossier(text: str) -> str:
    """Return `36200-VII` of any form of it, the text when it is none."""
    found: tuple[Number, ...] = parse_number(text)
    return next((n.dossier for n in found if n.kind == "dossier" and n.dossier), text)


def _described(
    record: Record | None,
    *,
    title: str,
    dossiers: tuple[str, ...],
    ministries: tuple[str, ...],
    annex: bool,
) -> Described:
    if record is None:
        kind = "bijlage" if annex else None
        return Described(kind, ministries, dossiers, title=title)
    every = dict.fromkeys(filter(None, (record.dossier, *dossiers)))
    return Described(
        kind="bijlage" if annex else record.kind,
        ministries=ministries,
        dossiers=tuple(every),
        session=record.session_year,
        date=record.date,
        title=title,
        number=record.number,
    )
