"""Kind, numbers, dates and people: what each paper is known to be against what was read.

In go the truth beside the sample papers, the marks of real ones, dates of letters and official XML
of ../shared; out come tables with a row for each field.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as ET

from indexer.paper import Paper, Person
from tests.conftest import SAMPLE, SHARED
from tests.quality import marks
from tests.quality.reading import paper_of_text, papers
from tests.quality.scores import Row, Table

REACH = {
    "kind": 0.97,
    "id": 0.99,
    "dossier": 0.99,
    "number": 0.99,
    "session_year": 0.99,
    "date": 0.97,
    "asked": 0.97,
    "people": 0.97,
    "ministry": 0.97,
}
SLIPS = {"209-5-2019": "29-5-2019"}
"""Typing errors in the list of dates; the paper is stamped 29 MEI 2019."""
TRUTH = ("kind", "id", "dossier", "number", "session_year", "date", "ministry", "title")


def value_of(paper: Paper, field: str) -> str | None:
    """Return a field of a paper; an id of our own making is none, `asked` is among its dates."""
    if field == "asked":
        return paper.dates.asked
    if field == "id" and paper.id.startswith("pdf-"):
        return None
    found = getattr(paper, field)
    return found if found is None else str(found)


def sample() -> Table:
    """Return how the sample papers are read."""
    rows = {name: Row(name, REACH.get(name)) for name in (*TRUTH, "people")}
    read = papers(SAMPLE.glob("*.pdf"))
    for path in sorted(SAMPLE.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        if not truth.get("kind"):
            continue
        paper = read[f"{path.stem}.pdf"]
        for name in TRUTH:
            rows[name].add(path.stem, _plain(truth[name]), _plain(value_of(paper, name)))
        said = [(row["name"], row["role"], row["party"]) for row in truth["people"]]
        rows["people"].add_many(path.stem, said, _people(paper.people))
    return Table("sample: our own papers", list(rows.values()))


def marked() -> Table | None:
    """Return how the marked papers of ../shared are read, born digital and scanned apart."""
    if not (SHARED / "papers").is_dir():
        return None
    read = papers((SHARED / "papers").glob("*.pdf"))
    rows: dict[str, Row] = {}
    for mark in marks.load():
        paper = read.get(mark.file)
        if paper is None:
            continue
        scan = " (scan)" if mark.scan else ""
        short = mark.file.rpartition("__")[2][:60]
        for field, value in mark.values.items():
            reach = 0.90 if scan and field in ("date", "asked") else REACH.get(field)
            row = rows.setdefault(f"{field}{scan}", Row(f"{field}{scan}", reach))
            row.add(short, value, value_of(paper, field))
        if mark.people is not None:
            row = rows.setdefault(f"people{scan}", Row(f"people{scan}", 0.97 if not scan else None))
            row.add_many(short, mark.people, map(marks.hashed, paper.people))
        if mark.citations is not None:
            row = rows.setdefault("citations", Row("citations", 0.95))
            row.add_many(short, mark.citations, {c.target or c.text for c in paper.citations})
    return Table("marks: real papers marked by hand", [rows[name] for name in sorted(rows)])


def letters() -> Table | None:
    """Return how the dates of letters are read that people checked."""
    listed = SHARED / "collection" / "letter_dates.dev.tsv"
    if not listed.is_file():
        return None
    with listed.open(encoding="utf-8") as stream:
        lines = list(csv.DictReader(stream, delimiter="\t"))
    read = papers((SHARED / "papers").glob("*.pdf"))
    rows = [Row("date", 0.97), Row("date (scan)", 0.90), Row("asked", 0.97)]
    for line in lines:
        name = line["file"].removeprefix("pdf/").replace("/", "__")
        paper, short = read[name], name.rpartition("__")[2][:60]
        date = rows[1] if line["image_based"] == "1" else rows[0]
        date.add(short, _iso(line["decision_date"]), paper.date)
        rows[2].add(short, _iso(line["request_date"]), paper.dates.asked)
    return Table("letters: dates checked by people", rows)


def _iso(printed: str) -> str:
    """Return `4-8-2020` as ISO 8601."""
    day, month, year = SLIPS.get(printed, printed).split("-")
    return f"{year}-{month:0>2}-{day:0>2}"


def official_xml() -> Table | None:
    """Return how papers are read whose text is set from their official XML."""
    folder = SHARED / "sources" / "kst_xml"
    if not folder.is_dir():
        return None
    fields = ("kind", "id", "dossier", "number", "session_year", "date")
    rows = {name: Row(name, REACH[name]) for name in (*fields, "people")}
    for path in sorted(folder.glob("*.xml")):
        text, truth, people = _set(ET.parse(path).getroot())
        paper = paper_of_text(text)
        for name in fields:
            rows[name].add(path.stem[:8], truth[name], value_of(paper, name))
        rows["people"].add_many(path.stem[:8], people, (_last(p.name) for p in paper.people))
    return Table("xml: official XML of motions, set as print", list(rows.values()))


def _set(root: ET.Element) -> tuple[str, dict[str, str | None], list[str]]:
    """Return a Kamerstuk's XML as printed lines, what it is, and who signed it."""
    dossier = _text(root.find(".//dossiernr"))
    addition = root.find(".//begrotingshoofdstuk")
    sub, heading = _text(root.find(".//ondernummer")), _text(root.find(".//stuk/titel"))
    date = root.find(".//datum")
    shown = f"{dossier} {_text(addition)}" if addition is not None else dossier
    years = _text(root.find(".//tekstregel[@inhoud='vergaderjaar']")).split()[-1]
    every = [_text(al) for al in root.iter("al")]
    closes = next(i for i, al in enumerate(every) if al.startswith("en gaat over tot de orde"))
    blocks, names = every[: closes + 1], every[closes + 1 :]
    head = f"Tweede Kamer der Staten-Generaal\n2\n\nVergaderjaar {years.replace('-', '–')}"
    title = _text(root.find(".//dossier/titel"))
    lines = [head, f"{shown} {title}", f"Nr. {sub} {heading}", _text(root.find(".//datumtekst"))]
    bare = "-".join("".join(dossier.split(" ", 1)).split())
    normal = f"{bare}-{_text(addition)}" if addition is not None else bare
    truth = {
        "kind": "amendement" if "AMENDEMENT" in heading else "motie",
        "id": f"kst-{normal}-{sub}",
        "dossier": normal,
        "number": sub,
        "session_year": years,
        "date": date.get("isodatum") if date is not None else None,
    }
    return "\n\n".join([*lines, *blocks, "\n".join(names)]), truth, list(map(_last, names))


def _text(element: ET.Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _last(name: str) -> str:
    return " ".join(name.split()).casefold()


def _people(people: Iterable[Person]) -> list[tuple[Any, ...]]:
    return [(person.name, person.role, person.party) for person in people]


def _plain(value: str | None) -> str | None:
    return None if value is None else "".join(value.split())
