"""SRU of repository.overheid.nl: the official publications, by a query.

In go the client and a selection, out come batches of papers. The story: a whole listing the first
time, each week and when it is asked for; else what was modified since the day before the last one
began. Faults come as a diagnostic with status 200; the number of records is an estimate, so the
end is where a page is not full or brings nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from indexer.sources import xml
from indexer.sources.client import Client
from indexer.sources.corpus import safe_name
from indexer.sources.cql import of_session, query_of
from indexer.sources.errors import FetchError, StopError
from indexer.sources.item import Batch, Item, Remote, nothing
from indexer.sources.official_names import OFFICIAL, described_by
from indexer.sources.selection import Selection
from indexer.sources.state import State
from indexer.structure.official import read_record

AT_ONCE = 100
WHOLE_EVERY = timedelta(days=7)
MOST_PAGES = 5_000
OVERLAP = timedelta(days=1)
"""A record may be indexed after the day that it says it was modified on."""
WANTED = {"pdf": ".pdf", "xml": ".xml"}
"""`manifestation` of an itemUrl → what its file is called here."""


@dataclass(frozen=True, slots=True)
class Records:
    """A page of records: `estimate` of all there are, `onwards` where the next page begins."""

    records: tuple[ET.Element, ...]
    estimate: int
    onwards: int | None


class Sru:
    """SRU as a source. `full` asks for a whole listing, also when there was one before."""

    name = "sru"

    def __init__(
        self, client: Client, state: State, selection: Selection, *, full: bool = False
    ) -> None:
        self._client, self._state, self._selection = client, state, selection
        self._place = f"sru {selection.digest}"
        self._place_whole = f"sru {selection.digest} whole"
        self._since = "" if full or self._is_due() else state.position(self._place)
        self.whole = not self._since

    @property
    def checks(self) -> Selection:
        """Return the kinds: the query narrows them to a series and no further."""
        return Selection(kinds=self._selection.kinds)

    def batches(self) -> Iterator[Batch]:
        """Yield what matches, page by page. Raises `FetchError` and `StopError`."""
        today = self._client.clock.now().date()
        query = query_of(self._selection, self._since)
        start, seen = 1, set[str]()
        for _ in range(MOST_PAGES):
            page = self._page(query, start, AT_ONCE)
            items = tuple(item for record in page.records if (item := self._item(record)))
            fresh = [item for item in items if item.key not in seen]
            seen.update(item.key for item in fresh)
            last = not page.records or not fresh or _is_last(page, start)
            yield Batch(tuple(fresh), self._done(today) if last else nothing, page.estimate)
            if last:
                return
            start = page.onwards or start + len(page.records)
        raise StopError(
            f"SRU gaf {MOST_PAGES} pagina's en nog geen einde. Vraag minder tegelijk, bijvoorbeeld "
            "één vergaderjaar met --session-year."
        )

    def count(self, session: str, series: str) -> int:
        """Return how many papers SRU estimates in a session year. Raises `FetchError`."""
        return self._page(of_session(session, series), 1, 1).estimate

    def _done(self, day: date) -> Callable[[], None]:
        now = self._client.clock.now()

        def move() -> None:
            self._state.move(self._place, (day - OVERLAP).isoformat(), now)
            if self.whole:
                self._state.move(self._place_whole, day.isoformat(), now)

        return move

    def _is_due(self) -> bool:
        """Tell whether it is long since there was a whole listing: only that shows deletions."""
        last = self._state.position(self._place_whole)
        today = self._client.clock.now().date()
        return bool(last) and today - date.fromisoformat(last) >= WHOLE_EVERY

    def _page(self, query: str, start: int, most: int) -> Records:
        params = {
            "operation": "searchRetrieve",
            "version": "2.0",
            "query": query,
            "startRecord": str(start),
            "maximumRecords": str(most),
            "recordSchema": "gzd",
            "httpAccept": "application/xml",
        }
        answer = self._client.page(self._client.endpoints.sru, params, "application/xml")
        return read_records(answer.body, answer.url)

    def _item(self, record: ET.Element) -> Item | None:
        """Return a record as an item, `None` of one without an official identifier."""
        identifier = xml.text_of(record, "identifier").rstrip("/").rpartition("/")[2]
        if not OFFICIAL.fullmatch(identifier):
            return None
        urls = {
            e.get("manifestation"): (e.text or "").strip() for e in xml.every(record, "itemUrl")
        }
        files = tuple(Remote(end, url) for m, end in WANTED.items() if (url := urls.get(m, "")))
        data = ET.tostring(record, encoding="utf-8")
        dossiers = [e.text or "" for e in xml.every(record, "dossiernummer")]
        changed = (
            xml.text_of(record, "datumTijdstipWijzigingExpression"),
            xml.text_of(record, "timestamp") or xml.text_of(record, "modified"),
        )
        return Item(
            key=f"{self.name}:{identifier}",
            name=safe_name(identifier),
            version=" ".join(filter(None, changed)),
            files=files or self._guessed(identifier),
            record=data,
            record_ending=".metadata.xml",
            described=described_by(
                read_record(data),
                xml.text_of(record, "title"),
                ";".join(dossiers),
                annex=xml.text_of(record, "publicatienaam") == "Bijlage",
            ),
        )

    def _guessed(self, identifier: str) -> tuple[Remote, ...]:
        """Return the addresses of a record that names no files."""
        base = f"{self._client.endpoints.publications}/{identifier}"
        return tuple(Remote(ending, f"{base}{ending}") for ending in WANTED.values())


def read_records(data: bytes, url: str) -> Records:
    """Return a page of SRU. Raises `FetchError` of a diagnostic and of anything else."""
    root = xml.parse(data, url)
    diagnostic = next(xml.every(root, "diagnostic"), None)
    if diagnostic is not None:
        said = ": ".join(
            filter(None, (xml.text_of(diagnostic, n) for n in ("uri", "message", "details")))
        )
        raise FetchError(
            "diagnose",
            f"SRU nam de vraag niet aan ({said}). Gevraagd is {url}. Kijk met --trace, en meld het "
            "als de vraag in de handleiding staat.",
        )
    if xml.name_of(root) != "searchRetrieveResponse":
        raise FetchError("verkeerd soort", f"{url} gaf <{xml.name_of(root)}> en geen lijst.")
    onwards = xml.text_of(root, "nextRecordPosition")
    count = re.sub(r"\D", "", xml.text_of(root, "numberOfRecords"))
    return Records(
        tuple(xml.every(root, "recordData")),
        int(count or 0),
        int(onwards) if onwards.isdigit() else None,
    )


def _is_last(page: Records, start: int) -> bool:
    """Tell whether a page is the last: it is not full, and does not say that there is more."""
    if page.onwards is not None:
        return page.onwards <= start
    return len(page.records) < AT_ONCE
