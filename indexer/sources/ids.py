"""A plain list of papers: official identifiers, numbers of the Kamer, citations or addresses.

In go the words of a person or of a file, out come batches of papers. An official identifier stands
for its PDF, XML and metadata at officielebekendmakingen.nl; a number of the Kamer (`2025D05549`)
is looked up in OData by `indexer.sources.fetching`; an address is fetched only from a known source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from indexer.numbers.finding import parse_number
from indexer.sources.corpus import safe_name
from indexer.sources.endpoints import Endpoints, origin_of
from indexer.sources.errors import StopError
from indexer.sources.item import Batch, Described, Item, Remote
from indexer.sources.official_names import OFFICIAL
from indexer.sources.selection import Selection

AT_ONCE = 50
NEEDS_PDF = {"kamerstuk", "aanhangsel", "kamervraag", "handelingen", "bijlage"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list asks for: official papers and addresses as items, numbers to be looked up."""

    items: tuple[Item, ...]
    numbers: tuple[str, ...]


class Ids:
    """A list as a source."""

    name = "id"
    whole = False
    checks = Selection()
    """Who names a paper wants it."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self._items = items

    def batches(self) -> Iterator[Batch]:
        """Yield the papers in the order of the list."""
        for start in range(0, len(self._items), AT_ONCE):
            yield Batch(self._items[start : start + AT_ONCE], expected=len(self._items))


def read_list(path: Path) -> list[str]:
    """Return the lines of a list; `#` begins a remark. Raises `StopError`."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StopError(f"{path} is niet te lezen ({error}). Geef een tekstbestand.") from error
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def asked(words: Iterable[str], endpoints: Endpoints) -> Asked:
    """Return what the words ask for, each once. Raises `StopError` of one that is nothing."""
    items: dict[str, Item] = {}
    numbers: dict[str, None] = {}
    for word in words:
        official = _official(word)
        if official:
            items.setdefault(official, _of_id(official, endpoints))
        elif number := _number(word):
            numbers[number] = None
        elif origin_of(word):
            items.setdefault(word, _of_address(word))
        else:
            raise StopError(
                f"{word!r} is geen nummer van een stuk en geen adres. Geef bijvoorbeeld "
                "kst-36200-VII-12, ah-tk-20222023-3649, blg-929493, 2025D05549 of een webadres."
            )
    return Asked(tuple(items.values()), tuple(numbers))


def _official(word: str) -> str:
    """Return the official identifier that a word is or stands for, empty when it is none."""
    last = urlsplit(word).path.rstrip("/").rpartition("/")[2] if "://" in word else word
    stem = last.removesuffix(".html").removesuffix(".pdf").removesuffix(".xml")
    if OFFICIAL.fullmatch(stem):
        return stem
    readings = parse_number(word)
    return readings[0].link if readings and readings[0].kind in NEEDS_PDF else ""


def _number(word: str) -> str:
    return next((n.link for n in parse_number(word) if n.kind == "document"), "")


def _of_id(identifier: str, endpoints: Endpoints) -> Item:
    base = f"{endpoints.publications}/{identifier}"
    readings = parse_number(identifier)
    found = readings[0] if readings else None
    return Item(
        key=f"id:{identifier}",
        name=safe_name(identifier),
        files=(
            Remote(".pdf", f"{base}.pdf"),
            Remote(".xml", f"{base}.xml"),
            Remote(".metadata.xml", f"{base}/metadata.xml"),
        ),
        described=Described(
            dossiers=(found.dossier,) if found and found.dossier else (),
            session=found.session if found else None,
            number=found.sub if found else None,
        ),
    )


def _of_address(url: str) -> Item:
    stem = urlsplit(url).path.rstrip("/").rpartition("/")[2].removesuffix(".pdf")
    name = safe_name(f"{stem or 'stuk'}?{urlsplit(url).query}".rstrip("?"))
    return Item(key=f"id:{url}", name=name, files=(Remote(".pdf", url),))
