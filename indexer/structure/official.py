"""What official records say of a paper.

In go the bytes of a file that lay beside a PDF, out comes a `Record`: the `metadata.xml` of
officielebekendmakingen.nl, its official XML with `<vraag>` and `<antwoord>`, a record of SRU, a
document of the Tweede Kamer's OData or SyncFeed. How it goes before what was read from the PDF is
in `settled`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree as ET

from indexer.numbers.finding import parse_number
from indexer.numbers.values import Number, reprint, session_year
from indexer.question_labels import numbers_in

LARGEST = 8_000_000
"""Bytes of the largest record that is read; a real one has some thousands."""
# Kinds of the sources, the first that fits: publicatienaam, subrubriek and Soort in one line.
KINDS = (
    ("uitstel", r"\buitstel\b"),
    ("vragenlijst", r"lijst van vragen"),
    ("antwoord", r"\bantwoord schriftelijke vragen|\bkamervragen \(aanhangsel\)|\baanhangsel\b"),
    ("kamervragen", r"\b(?:schriftelijke|mondelinge) vragen\b|\bkamervragen zonder antwoord\b"),
    ("motie", r"\bmotie\b"),
    ("amendement", r"\bamendement\b"),
    ("toelichting", r"\bmemorie van toelichting\b"),
    ("wetsvoorstel", r"\bvoorstel van wet\b"),
    ("nota", r"\bnota (?:n\.a\.v|naar)"),
    ("verslag", r"\bverslag\b"),
    ("nota", r"\b\w*nota\b"),
    ("brief", r"\bbrief\b"),
    ("handelingen", r"\bhandelingen?\b|\bstenogram\b"),
)
KIND_RULES = tuple((kind, re.compile(rule)) for kind, rule in KINDS)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SESSION = re.compile(r"(\d{4})\s?[-–/]\s?(\d{2,4})")
LINK = re.compile(r"(?:kst|ah|kv|h|blg)-[\w().-]*\d[\w().-]*")
IDENTIFIERS = ("identifier", "externmetadatarecord", "externeidentifier")
ANNEX_NUMBER = re.compile(r"(\d\d)(\d\d)(\d{5})")


@dataclass(frozen=True, slots=True)
class QuestionPair:
    """A question with its answer as the official XML has them; `number` as printed."""

    number: str
    question: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What an official record says; what it does not say is `None`."""

    id: str | None = None
    kind: str | None = None
    dossier: str | None = None
    number: str | None = None
    date: str | None = None
    session_year: str | None = None
    house: str | None = None
    title: str | None = None
    asked: str | None = None
    movers: tuple[str, ...] = ()
    pairs: tuple[QuestionPair, ...] = ()


def read_record(data: bytes) -> Record | None:
    """Return what a record says, `None` when the bytes are none that is known."""
    if len(data) > LARGEST:
        return None
    start = data.lstrip()[:1]
    if start == b"{":
        return _of_json(data)
    return _of_xml(data) if start == b"<" and b"<!ENTITY" not in data else None


def _of_json(data: bytes) -> Record | None:
    """Return a document of OData."""
    try:
        row = json.loads(data)
    except ValueError:
        return None
    if not isinstance(row, dict) or "Soort" not in row or "DocumentNummer" not in row:
        return None
    fields = {key.lower(): [str(value)] for key, value in row.items() if value not in (None, "")}
    return _record(fields)


def _of_xml(data: bytes) -> Record | None:
    """Return a metadata.xml, official XML, a record of SRU or an entry of the SyncFeed."""
    try:
        root = ET.fromstring(data)  # noqa: S314 - entities are refused, expat bounds the rest
    except (ET.ParseError, LookupError, ValueError):  # an unknown encoding is a lookup
        return None
    fields: dict[str, list[str]] = {}
    for name, value in _fields(root):
        fields.setdefault(name, []).append(value)
    record = _record(fields)
    pairs = tuple(_pairs(root))
    return replace(record or Record(), pairs=pairs) if record or pairs else None


def _fields(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield names in small letters without prefix, and their values, of all these formats."""
    for element in root.iter():
        tag = element.tag.rpartition("}")[2].lower()
        if tag in ("metadata", "meta") and element.get("name"):
            yield str(element.get("name")).rpartition(".")[2].lower(), element.get("content") or ""
        elif tag == "tekstregel":
            yield str(element.get("inhoud")).lower(), _text(element)
        elif tag == "datum" and element.get("isodatum"):
            yield "isodatum", str(element.get("isodatum"))
        elif len(element) == 0 or tag in ("stuknr", "dossiernr", "titel"):
            yield tag, _text(element)


def _record(fields: dict[str, list[str]]) -> Record | None:
    def first(*names: str) -> str | None:
        found = (value.strip() for name in names for value in fields.get(name, ()))
        return next((value for value in found if value), None)

    number = _number(fields, first)
    words = " ".join(
        value for name in ("publicatienaam", "publicationname", "subrubriek", "soort", "type")
        for value in fields.get(name, ())
    )  # fmt: skip
    # In official XML the title of the dossier stands before that of the paper.
    kind = _kind(words) or (_kind(" ".join(fields.get("titel", ())[1:2])) if number else None)
    if number is None and kind is None:
        return None
    annex = kind in ("antwoord", "uitstel")
    day = first("datumontvangst") if annex else None
    return Record(
        id=_id(number, fields),
        kind=kind,
        dossier=number.dossier if number else None,
        number=number.sub if number else None,
        date=_day(day or first("isodatum", "datumindiening", "datum", "date", "issued")),
        session_year=_session(first("vergaderjaar")),
        house=number.house if number else None,
        title=first("documenttitel", "onderwerp"),
        asked=_day(first("datumindiening")) if annex else None,
        movers=tuple(dict.fromkeys(fields.get("indiener", ()))),
    )


def _id(number: Number | None, fields: dict[str, list[str]]) -> str | None:
    """Return the identifier that a number has, with the suffix of a reprint."""
    if number is None or number.kind == "dossier":
        return None
    values = (value for name in IDENTIFIERS for value in fields.get(name, ()))
    link = next(filter(None, map(LINK.search, values)), None)
    again = reprint(link.group().rstrip(".")) if link else 0
    return f"{number.link}-h{again}" if again else number.link


def _number(fields: dict[str, list[str]], first: Any) -> Number | None:
    """Return the number by its official link, by dossier and sub-number, or of an Aanhangsel."""
    for name in IDENTIFIERS:
        for value in fields.get(name, ()):
            link = LINK.search(value)
            readings = parse_number(link.group().rstrip(".")) if link else ()
            if readings:
                return readings[0]
    if (sub := first("ondernummer")) and (dossier := first("dossiernummer", "dossiernr")):
        joint = f", nr. {sub}" if sub.isdigit() else f", {sub}"
        readings = parse_number(f"{dossier.partition(';')[0].strip()}{joint}")
        return readings[0] if readings else None
    annex = ANNEX_NUMBER.fullmatch(first("aanhangselnummer") or "")
    if annex:
        years = session_year(f"20{annex[1]}", f"20{annex[2]}")
        return Number("aanhangsel", sub=str(int(annex[3])), session=years, house="TK")
    return None


def _kind(words: str) -> str | None:
    low = words.lower()
    return next((kind for kind, rule in KIND_RULES if rule.search(low)), None)


def _day(text: str | None) -> str | None:
    found = DAY.match(text or "")
    return found.group() if found else None


def _session(text: str | None) -> str | None:
    found = SESSION.search(text or "")
    return session_year(found[1], found[2]) if found else None


def _pairs(root: ET.Element) -> Iterator[QuestionPair]:
    """Yield the questions of official XML, each with the answer that names it or follows it."""
    waiting: list[QuestionPair] = []
    count = 0
    for element in root.iter():
        tag = element.tag.rpartition("}")[2].lower()
        if tag == "vraag":
            numbers = _labelled(element) or (str(count + 1),)
            count += len(numbers)
            waiting += [QuestionPair(number, _paragraphs(element)) for number in numbers]
        elif tag == "antwoord" and waiting:
            named = _labelled(element)
            answered = [pair for pair in waiting if pair.number in named] or waiting
            answer = _paragraphs(element)
            yield from (replace(pair, answer=answer) for pair in answered)
            waiting = [pair for pair in waiting if pair not in answered]
    yield from waiting


def _labelled(element: ET.Element) -> tuple[str, ...]:
    label = next((e for e in element if e.tag.rpartition("}")[2].lower() in ("nr", "titel")), None)
    return numbers_in(_text(label)) if label is not None else ()


def _paragraphs(element: ET.Element) -> str:
    found = (e for e in element.iter() if e.tag.rpartition("}")[2].lower() in ("al", "li"))
    lines = [_text(e) for e in found if not any(child.tag.endswith("al") for child in e)]
    return "\n".join(line for line in lines if line)


def _text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())
