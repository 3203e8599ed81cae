"""The SyncFeed of the Tweede Kamer: everything, in the order in which it changed.

In goes the client, out come batches of documents. The story: each category is followed from its own
position, a page at a time; a page and its position are kept in one step; then the documents that
the new entries tell of are offered, with the files of their current version. A document has no
file of its own for long: its publications (`DocumentPublicatie`) have the printed PDF and the
official XML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from indexer.sources import mirror
from indexer.sources.client import Client
from indexer.sources.corpus import safe_name
from indexer.sources.errors import FetchError, StopError
from indexer.sources.feed import FeedPage, read_page
from indexer.sources.item import Batch, Item, Remote
from indexer.sources.listing import note_dossier
from indexer.sources.mirror import Kept, Mirror
from indexer.sources.official_names import Document, described, name_of, record_of
from indexer.sources.selection import Selection
from indexer.sources.state import State
from indexer.structure.official import read_record

MOST_PAGES = 20_000
"""Pages of a category in one round; the whole of the largest was about 3,000 in 2026."""
AT_ONCE = 50
"""Documents in a batch."""
LIKE_PDF = ("application/pdf", "")
ATOM = "application/atom+xml, application/xml;q=0.9"


class SyncFeed:
    """The feed as a source."""

    name = "syncfeed"
    whole = False

    def __init__(
        self,
        client: Client,
        state: State,
        selection: Selection,
        most_pages: int = MOST_PAGES,
    ) -> None:
        self._client, self._state, self._selection = client, state, selection
        self._mirror = Mirror(state.db)
        self._most = most_pages
        self.categories = mirror.CATEGORIES + ((mirror.ACTOR,) if selection.ministries else ())

    @property
    def checks(self) -> Selection:
        """Return all: a feed cannot be asked for a part."""
        return self._selection

    def batches(self) -> Iterator[Batch]:
        """Follow the feed to its end, then offer the documents that changed."""
        for category in self.categories:
            yield from self._follow(category)
        self._refuse_nothing()
        self._look_again()
        total, last = self._mirror.count(), ""
        while ids := self._mirror.touched(last, AT_ONCE):
            last = ids[-1]
            found = (self._item(each) for each in ids)
            items = tuple(item for item in found if item)
            yield Batch(items, self._done(ids), total)

    def _follow(self, category: str) -> Iterator[Batch]:
        """Keep all that a category has after its position. Raises `FetchError`."""
        place = f"syncfeed {category}"
        read = 0
        for number in count(1):
            token = self._state.position(place)
            page = self._page(category, token)
            if token and not page.entries and page.token == token:
                return
            if page.entries and token and not _is_after(page.token, token):
                raise FetchError(
                    "kringloop",
                    f"De SyncFeed gaat bij {category} niet verder dan {token}. Er is niets "
                    "overgeslagen; meld het bij de Kamer als het zo blijft.",
                )
            with self._state.step():
                self._keep(category, page)
                if page.token:
                    self._state.move(place, page.token, self._client.clock.now())
            read += len(page.entries)
            yield Batch((), step=f"SyncFeed {category}", read=read)
            if not page.entries or not page.token:
                return
            if number >= self._most:
                raise StopError(
                    f"De SyncFeed heeft na {number} pagina's van {category} nog geen einde. Wat er "
                    "is, is bewaard; start dezelfde opdracht nog eens om verder te gaan."
                )

    def _page(self, category: str, token: str) -> FeedPage:
        params = {"category": category} | ({"skiptoken": token} if token else {})
        answer = self._client.page(f"{self._client.endpoints.syncfeed}/Feed", params, ATOM)
        return read_page(answer.body, answer.url)

    def _keep(self, category: str, page: FeedPage) -> None:
        self._mirror.put(category, page.entries)
        if category == mirror.DOSSIER:
            now = self._client.clock.now()
            for entry in page.entries:
                if not entry.deleted and (name := _dossier(entry.fields)):
                    highest = entry.fields.get("hoogsteVolgnummer", "")
                    title = entry.fields.get("titel", "")
                    known = int(highest) if highest.isdigit() else None
                    note_dossier(self._state.db, name, title, known, now)

    def _refuse_nothing(self) -> None:
        """Raise `StopError` when there never was a document: a wrong category is an empty feed."""
        if not self._state.position(f"syncfeed {mirror.DOCUMENT}"):
            raise StopError(
                "De SyncFeed gaf geen enkel document. Een categorie die niet (meer) bestaat geeft "
                "een lege feed en geen fout. Kijk met --trace wat er kwam."
            )

    def _look_again(self) -> None:
        """Offer all documents once more when something else is asked for than the last time."""
        place = "syncfeed selection"
        if self._state.position(place) != self._selection.digest:
            with self._state.step():
                self._mirror.touch_all()
                self._state.move(place, self._selection.digest, self._client.clock.now())

    def _done(self, ids: list[str]) -> Callable[[], None]:
        return lambda: self._mirror.done(ids)

    def _item(self, document_id: str) -> Item | None:
        """Return a document with the files of its current version, `None` when it has none."""
        kept = self._mirror.find(mirror.DOCUMENT, document_id)
        if kept is None:
            return None
        key = f"{self.name}:{document_id}"
        if kept.deleted:
            return Item(key, deleted=True)
        version = self._version(kept)
        files = self._files(kept, version)
        if not files:
            return None
        document = self._document(kept, version)
        record = record_of(document)
        said = read_record(record)
        parts = (kept, version, *(self._published(version) if version else ()))
        return Item(
            key=key,
            name=name_of(document, said) if document.number else safe_name(document_id),
            version=" ".join(part.updated for part in parts if part),
            files=files,
            record=record,
            record_ending=".json",
            described=described(document, said),
        )

    def _version(self, document: Kept) -> Kept | None:
        current = document.refs.get("huidigeDocumentVersie", "")
        found = self._mirror.find(mirror.VERSION, current) if current else None
        if found is not None and not found.deleted:
            return found
        return next(iter(self._mirror.of_parent(mirror.VERSION, document.id)), None)

    def _published(self, version: Kept) -> list[Kept]:
        return [
            *self._mirror.of_parent(mirror.FILE, version.id),
            *self._mirror.of_parent(mirror.METADATA, version.id),
        ]

    def _files(self, document: Kept, version: Kept | None) -> tuple[Remote, ...]:
        """Return the files: as published, else the document's own when it may be a PDF."""
        found: dict[str, Remote] = {}
        for kept in self._published(version) if version else ():
            ending = ENDINGS.get(kept.fields.get("documentType", "").lower())
            if ending and ending not in found:
                found[ending] = Remote(ending, kept.enclosure or self._resource(kept.id))
        if ".pdf" not in found and document.enclosure and document.media in LIKE_PDF:
            found[".pdf"] = Remote(".pdf", document.enclosure)
        return tuple(found[ending] for ending in ENDINGS.values() if ending in found)

    def _resource(self, entity_id: str) -> str:
        return f"{self._client.endpoints.syncfeed}/Resources/{entity_id}"

    def _document(self, kept: Kept, version: Kept | None) -> Document:
        said = kept.fields
        dossier = self._mirror.find(mirror.DOSSIER, kept.refs.get("kamerstukdossier", ""))
        actors = self._mirror.of_parent(mirror.ACTOR, kept.id)
        return Document(
            kind=said.get("soort", ""),
            number=said.get("documentNummer", ""),
            title=said.get("titel", ""),
            subject=said.get("onderwerp", ""),
            date=said.get("datum", ""),
            session=said.get("vergaderjaar", ""),
            sub=said.get("volgnummer", ""),
            annex=said.get("aanhangselnummer", ""),
            official=version.fields.get("externeidentifier", "") if version else "",
            dossier=_dossier(dossier.fields) if dossier else "",
            received=said.get("datumOntvangst", ""),
            offices=tuple(a.fields["functie"] for a in actors if "functie" in a.fields),
        )


ENDINGS = {"pdf": ".pdf", "xml": ".xml", "metadata": ".metadata.xml"}
"""`documentType` of a publication → what its file is called here, in the order of fetching."""


def _dossier(fields: dict[str, str]) -> str:
    """Return `36200-VII` of a Kamerstukdossier."""
    number, addition = fields.get("nummer", ""), fields.get("toevoeging", "")
    return f"{number}-{addition}" if addition else number


def _is_after(token: str, before: str) -> bool:
    """Tell whether a feed moves on; tokens are numbers that go up."""
    if token.isdigit() and before.isdigit():
        return int(token) > int(before)
    return bool(token) and token != before
