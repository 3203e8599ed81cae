"""OData of the Tweede Kamer: documents by a filter, in the order in which they changed.

In go the client and a selection, out come batches of documents. The story: pages are ordered by
when the service changed a row, so the last of a page is a position that is never ahead; a later
round asks for what changed since, deletions too. Pages go on by `@odata.nextLink`, which the
service leaves out when `$top` is given (issue 70 of its tracker), so that is never given.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from indexer.sources.client import Client
from indexer.sources.errors import FetchError, StopError
from indexer.sources.item import Batch, Item, Remote, nothing
from indexer.sources.kinds import words_of
from indexer.sources.listing import note_dossier
from indexer.sources.odata_names import V4, Names, missing_names
from indexer.sources.official_names import Document, described, name_of, record_of
from indexer.sources.selection import Selection
from indexer.sources.state import State
from indexer.structure.official import read_record

MOST_PAGES = 5_000
ENDINGS = {"pdf": ".pdf", "xml": ".xml", "metadata": ".metadata.xml"}
LIKE_PDF = ("application/pdf", "")
Row = Mapping[str, Any]


class OData:
    """OData as a source. `full` asks for everything again; `numbers` for documents by number."""

    name = "odata"
    whole = False

    def __init__(
        self,
        client: Client,
        state: State,
        selection: Selection,
        *,
        names: Names = V4,
        full: bool = False,
        numbers: tuple[str, ...] = (),
    ) -> None:
        self._client, self._state, self._selection = client, state, selection
        self._names, self._numbers = names, numbers
        self._place = "" if numbers else f"odata {selection.digest}"
        self._since = "" if full or numbers else state.position(self._place)

    @property
    def checks(self) -> Selection:
        """Return nothing: the filter says all of it."""
        return Selection()

    def batches(self) -> Iterator[Batch]:
        """Yield what matches, page by page. Raises `FetchError` and `StopError`."""
        base = f"{self._client.endpoints.odata}/{self._names.document}"
        page = self._page(base, self._query())
        counted = page.get("@odata.count")
        total = counted if isinstance(counted, int) else 0
        for _ in range(MOST_PAGES):
            rows = _rows(page["value"])
            items = tuple(item for row in rows if (item := self._item(row)))
            yield Batch(items, self._done(rows), total)
            onwards = page.get("@odata.nextLink")
            if not onwards or not rows:
                return
            page = self._page(str(onwards), None)
        raise StopError(
            f"OData gaf {MOST_PAGES} pagina's en nog geen einde. Wat er is, is bewaard; start "
            "dezelfde opdracht nog eens om verder te gaan."
        )

    def _query(self) -> dict[str, str]:
        n = self._names
        files = f"$expand={n.published},{n.metadata}"
        expand = [n.dossier, f"{n.version}({files})"]
        if self._selection.ministries:
            expand.append(n.actors)
        return {
            "$filter": " and ".join(self._filters()),
            "$expand": ",".join(expand),
            "$orderby": f"{n.changed},{n.id}",
            "$count": "true",
        }

    def _filters(self) -> Iterator[str]:
        n, wanted = self._names, self._selection
        if self._since:
            yield f"{n.changed} ge {self._since}"
        else:
            yield f"{n.deleted} eq false"
        if self._numbers:
            yield _any(f"{n.number} eq {_quoted(each)}" for each in self._numbers)
        if wanted.kinds:
            yield _any(f"{n.kind} eq {_quoted(word)}" for word in words_of(wanted.kinds))
        if wanted.dossiers:
            yield _any(self._in_dossier(dossier) for dossier in wanted.dossiers)
        if wanted.sessions:
            yield _any(f"{n.session} eq {_quoted(session)}" for session in wanted.sessions)
        if wanted.ministries:
            yield _any(
                f"{n.actors}/any(a: contains(a/{n.office},{_quoted(ministry)}))"
                for ministry in wanted.ministries
            )
        for word in wanted.words:
            title, subject = f"tolower({n.title})", f"tolower({n.subject})"
            low = _quoted(word.lower())
            yield _any((f"contains({subject},{low})", f"contains({title},{low})"))
        if wanted.since:
            yield f"{n.date} ge {wanted.since}T00:00:00Z"
        if wanted.until:
            end = date.fromisoformat(wanted.until) + timedelta(days=1)
            yield f"{n.date} lt {end.isoformat()}T00:00:00Z"

    def _in_dossier(self, dossier: str) -> str:
        n = self._names
        number, _, addition = dossier.partition("-")
        also = f" and d/{n.dossier_addition} eq {_quoted(addition)}" if addition else ""
        return f"{n.dossier}/any(d: d/{n.dossier_number} eq {number}{also})"

    def _page(self, url: str, params: Mapping[str, str] | None) -> dict[str, Any]:
        try:
            answer = self._client.page(url, params, "application/json")
        except FetchError as error:
            if error.reason == "geweigerd" and params is not None:
                raise FetchError(error.reason, f"{error} {self._why()}") from error
            raise
        try:
            data = json.loads(answer.body)
        except ValueError as error:
            raise FetchError("verkeerd soort", f"{url} gaf geen JSON. Kijk met --trace.") from error
        if not isinstance(data, dict) or not isinstance(data.get("value"), list):
            told = data.get("error", data) if isinstance(data, dict) else data
            raise FetchError("verkeerd soort", f"{url} gaf geen lijst maar {str(told)[:200]}.")
        return data

    def _why(self) -> str:
        """Return which names the service does not know, as far as it says so."""
        try:
            found = self._client.page(f"{self._client.endpoints.odata}/$metadata")
            missing = missing_names(self._names, found.body)
        except FetchError:
            return "Ook $metadata was niet op te halen."
        if not missing:
            return "Alle namen die gebruikt zijn staan in $metadata."
        return (
            f"De dienst kent {', '.join(missing)} niet: de namen zijn veranderd. "
            "Geef de nieuwe met --odata-names."
        )

    def _done(self, rows: list[Row]) -> Callable[[], None]:
        changed = str(rows[-1].get(self._names.changed) or "") if rows else ""
        if not self._place or not changed:
            return nothing
        now = self._client.clock.now()
        return lambda: self._state.move(self._place, changed, now)

    def _item(self, row: Row) -> Item | None:
        n = self._names
        key = f"{self.name}:{row.get(n.id)}"
        if row.get(n.deleted):
            return Item(key, deleted=True)
        files = self._files(row)
        if not files:
            return None
        document = self._document(row)
        record = record_of(document)
        said = read_record(record)
        return Item(
            key=key,
            name=name_of(document, said),
            version=" ".join(self._stamps(row)),
            files=files,
            record=record,
            record_ending=".json",
            described=described(document, said),
        )

    def _stamps(self, row: Row) -> Iterator[str]:
        """Yield when the document, its version and its files changed."""
        n = self._names
        version = _row(row.get(n.version))
        files = [x for entity in (n.published, n.metadata) for x in _rows(version.get(entity))]
        for each in (row, version, *files):
            if changed := each.get(n.changed):
                yield str(changed)

    def _files(self, row: Row) -> tuple[Remote, ...]:
        n, base = self._names, self._client.endpoints.odata
        found: dict[str, Remote] = {}
        version = _row(row.get(n.version))
        for entity in (n.published, n.metadata):
            for each in _rows(version.get(entity)):
                ending = ENDINGS.get(str(each.get(n.published_kind, "")).lower())
                if ending and ending not in found and not each.get(n.deleted):
                    url = f"{base}/{entity}({each.get(n.id)})/{n.resource}"
                    found[ending] = Remote(ending, url)
        if ".pdf" not in found and str(row.get(n.media) or "").lower() in LIKE_PDF:
            url = f"{base}/{n.document}({row.get(n.id)})/{n.resource}"
            found[".pdf"] = Remote(".pdf", url)
        return tuple(found[ending] for ending in ENDINGS.values() if ending in found)

    def _document(self, row: Row) -> Document:
        n = self._names
        dossiers = [self._dossier(each) for each in _rows(row.get(n.dossier))]
        version = _row(row.get(n.version))
        actors = (actor.get(n.office) for actor in _rows(row.get(n.actors)))
        said = {
            name: str(row.get(getattr(n, name)) or "")
            for name in ("kind", "number", "title", "subject", "date", "session", "sub", "annex")
        }
        return Document(
            **said,
            official=str(version.get(n.official) or ""),
            dossier=next(iter(dossiers), ""),
            others=tuple(dossiers[1:]),
            received=str(row.get(n.received) or ""),
            offices=tuple(str(office) for office in actors if office),
        )

    def _dossier(self, row: Row) -> str:
        """Return a dossier's normal form, and remember what the source says of it."""
        n = self._names
        addition = row.get(n.dossier_addition)
        name = f"{row.get(n.dossier_number)}" + (f"-{addition}" if addition else "")
        highest = row.get(n.dossier_highest)
        title = str(row.get(n.dossier_title) or "")
        known = highest if isinstance(highest, int) else None
        note_dossier(self._state.db, name, title, known, self._client.clock.now())
        return name


def _rows(value: object) -> list[Row]:
    """Return the rows in a value that should be a list of them."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _row(value: object) -> Row:
    """Return a value that should be a row."""
    return value if isinstance(value, dict) else {}


def _any(parts: Iterator[str] | tuple[str, ...]) -> str:
    found = list(parts)
    return found[0] if len(found) == 1 else f"({' or '.join(found)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
