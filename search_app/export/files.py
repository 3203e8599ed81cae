"""All hits of a search as one file: CSV, JSONL, RIS, BibTeX, CSL-JSON, or citations as text.

In go a search and an open index, out come pieces of text, so that memory stays the same whatever
the size. The file begins with what makes the search repeatable: its address, how it was read, the
filters, the time, the generation and the totals. An export that takes too long breaks off with an
error and never ends as if it were whole.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.engine.interface import Index
from indexer.engine.results import Hit, SearchRequest
from search_app import dutch
from search_app.export import bibliography
from search_app.export.cells import safe, safe_line
from search_app.links import place_path
from search_app.query.syntax import read
from search_app.search.parameters import Parameters
from search_app.search.second_look import led
from search_app.search.service import ShownHit, check_kinds, request_for, shown

MOST = 50_000
"""Papers in an export."""
CHUNK = 200
SECONDS = 300.0
COLUMNS = (
    "nr", "id", "nummer", "titel", "soort", "datum", "vergaderjaar", "ministerie", "vragers",
    "beantwoorders", "vindplaats", "bladzijde", "fragment", "citaat", "adres",
)  # fmt: skip


class ExportBrokenError(Exception):
    """An export took too long; what was sent of it is not whole."""


@dataclass(frozen=True, slots=True)
class Head:
    """What makes a search repeatable. `exported` is at most `MOST` of `total` papers."""

    query: str
    understood: str
    filters: Mapping[str, tuple[str, ...]]
    date_from: str | None
    date_to: str | None
    literal: bool
    lift: bool
    sort: str
    made: str
    generation: str
    index_built: str
    total: int
    exported: int
    address: str

    def _period(self) -> str:
        if not (self.date_from or self.date_to):
            return "alle"
        return f"{self.date_from or 'het begin'} tot en met {self.date_to or 'nu'}"

    def lines(self) -> list[str]:
        """Return it as lines for people; no line break of a value gets through."""
        filters = "; ".join(
            f"{dutch.FACETS[name]}: {', '.join(values)}" for name, values in self.filters.items()
        )
        rows = {
            "Zoekvraag": self.query or "(alle stukken)",
            "Gelezen als": self.understood,
            "Filters": filters or "geen",
            "Periode": self._period(),
            "Letterlijk": "ja" if self.literal else "nee",
            "Genoemde soort gaat voor": "ja" if self.lift and not self.literal else "nee",
            "Volgorde": dutch.SORTS[self.sort],
            "Gemaakt": self.made,
            "Index": f"{self.generation}, gemaakt {self.index_built}",
            "Aantal": f"{self.exported} van {self.total} stukken",
            "Adres": self.address,
        }
        return [f"{name}: {' '.join(value.split())}" for name, value in rows.items()]


@dataclass(frozen=True, slots=True)
class Row:
    """A hit with its place in the order, from 1, and as a work that can be cited."""

    place: int
    shown: ShownHit
    work: bibliography.Work

    @property
    def hit(self) -> Hit:
        """Return the hit."""
        return self.shown.hit


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is written: its type and name's ending, its head, a row, what stands between."""

    mimetype: str
    ending: str
    head: Callable[[Head], str]
    row: Callable[[Row], str]
    between: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """An export that can be read once: its head is known before any row is made."""

    head: Head
    pieces: Iterator[str]


def export(
    parameters: Parameters,
    index: Index,
    form: str,
    base: str,
    clock: Callable[[], float] = time.monotonic,
) -> Export:
    """Return all hits of a search in the format `form`; `base` is the site's address."""
    check_kinds(parameters, index)
    query = read(parameters.q)
    sort = parameters.sort or ("newest" if query.is_empty else "relevance")
    request = request_for(parameters, query, sort)
    counted = index.search(dataclasses.replace(request, page=1, size=1, snippets=False)).total
    head = Head(
        query=parameters.q,
        understood=query.understood,
        filters=parameters.filters,
        date_from=parameters.date_from,
        date_to=parameters.date_to,
        literal=parameters.literal,
        lift=parameters.lift,
        sort=sort,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        generation=index.summary.generation,
        index_built=index.summary.built,
        total=counted,
        exported=min(counted, MOST),
        address=f"{base}/?{parameters.query_string() or 'q='}",
    )
    rows = _rows(led(request, index), parameters, index, base, clock)
    return Export(head, _written(FORMATS[form], head, rows))


def _rows(
    request: SearchRequest,
    parameters: Parameters,
    index: Index,
    base: str,
    clock: Callable[[], float],
) -> Iterator[Row]:
    asked = not read(parameters.q).is_empty
    until = clock() + SECONDS
    place = 0
    for page in range(1, MOST // CHUNK + 1):
        chunk = dataclasses.replace(request, page=page, size=CHUNK, snippets=asked)
        hits = index.search(chunk).hits
        for hit in hits:
            if clock() > until:
                raise ExportBrokenError
            place += 1
            url = base + place_path(hit.paper_id)
            work = bibliography.of_hit(hit, url, with_page=asked)
            yield Row(place, shown(hit, parameters, asked=asked, index=index), work)
        if len(hits) < CHUNK:
            return


def _written(form: Format, head: Head, rows: Iterator[Row]) -> Iterator[str]:
    yield form.head(head)
    for number, row in enumerate(rows):
        yield (form.between if number else "") + form.row(row)
    yield form.tail


def _cells(values: Iterator[object] | list[object]) -> str:
    """Return a line of CSV; a value that a spreadsheet would run as a formula gets a quote."""
    line = io.StringIO()
    texts = ["" if value is None else " ".join(str(value).split()) for value in values]
    csv.writer(line).writerow(map(safe, texts))
    return line.getvalue()


def _csv_head(head: Head) -> str:
    told = "".join(f"# {safe_line(line)}\r\n" for line in head.lines())
    return "\ufeff" + told + _cells([*COLUMNS])


def _snippet(hit: Hit) -> str:
    return "".join(piece.text for piece in hit.snippet)


def _csv_row(row: Row) -> str:
    hit = row.hit
    return _cells(
        [
            row.place, hit.paper_id, hit.paper_ref, hit.title, dutch.kind(hit.kind), hit.date,
            hit.session_year, hit.ministry, "; ".join(hit.askers), "; ".join(hit.answerers),
            dutch.label(hit.label), row.work.page, _snippet(hit), bibliography.leidraad(row.work),
            row.work.url,
        ]
    )  # fmt: skip


def _json_head(head: Head) -> str:
    return json.dumps({"export": dataclasses.asdict(head)}, ensure_ascii=False) + "\n"


def _json_row(row: Row) -> str:
    told = {
        "n": row.place,
        **row.hit._asdict(),
        "snippet": [piece._asdict() for piece in row.hit.snippet],
        "also": [dataclasses.asdict(version) for version in row.hit.also],
        "citation": bibliography.leidraad(row.work),
        "url": row.work.url,
    }
    return json.dumps(told, ensure_ascii=False) + "\n"


def _ris_head(head: Head) -> str:
    """Return three lines before the first record, as databases do; readers skip no more."""
    told = " | ".join(head.lines())
    rows = (
        "Provider: Kamerzoek",
        f"Database: {told}",
        'Content: text/plain; charset="UTF-8"',
    )
    return "\r\n".join(rows) + "\r\n\r\n"


def _bibtex_head(head: Head) -> str:
    """Return what stands before the first entry: outside an entry all is comment but an @."""
    return "".join(f"% {line.replace('@', ' ')}\n" for line in head.lines()) + "\n"


def _csl_row(row: Row) -> str:
    return json.dumps(bibliography.csl(row.work), ensure_ascii=False)


def _csl_head(head: Head) -> str:
    """Return the search as the first item: a list of CSL items has no other place for it."""
    search = {
        "id": "kamerzoek-zoekopdracht",
        "type": "webpage",
        "title": f"Kamerzoek: {head.query or 'alle stukken'}",
        "URL": head.address,
        "note": "; ".join(head.lines()),
    }
    comma = ",\n" if head.exported else ""
    return "[\n" + json.dumps(search, ensure_ascii=False) + comma


FORMATS = {
    "csv": Format("text/csv", "csv", _csv_head, _csv_row),
    "jsonl": Format("application/x-ndjson", "jsonl", _json_head, _json_row),
    "ris": Format(
        "application/x-research-info-systems", "ris", _ris_head, lambda r: bibliography.ris(r.work)
    ),
    "bibtex": Format(
        "application/x-bibtex", "bib", _bibtex_head, lambda r: bibliography.bibtex(r.work) + "\n"
    ),
    "csl-json": Format(
        "application/vnd.citationstyles.csl+json", "json", _csl_head, _csl_row, ",\n", "\n]\n"
    ),
    "leidraad": Format(
        "text/plain",
        "txt",
        lambda head: "".join(f"{line}\n" for line in head.lines()) + "\n",
        lambda row: bibliography.leidraad(row.work) + "\n",
    ),
}
