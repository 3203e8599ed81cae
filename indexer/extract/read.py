"""One PDF → an `Extraction`, in this process.

In goes a path, out come pages of text with what is known of the file, or an `ExtractionError` that
names what is wrong. A file that breaks off keeps the pages that were read, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.extract import ocr as tesseract
from indexer.extract import worker
from indexer.extract.garbage import is_garbage
from indexer.extract.limits import ExtractionError, Limits
from indexer.extract.lines import PageLines, page_lines
from indexer.extract.programs import available
from indexer.extract.reader import (
    Opened,
    RawPage,
    damaged,
    open_document,
    promised,
    read_pages,
)
from indexer.extract.text import make_pages
from indexer.paper import Extraction, Page

EXTRACTOR = "pdfminer.six"
BROKEN = "Het bestand is beschadigd: niet alle bladzijden konden worden gelezen."
RESCUED = "Het bestand is beschadigd; het is met een tweede lezer (PDFium) gelezen."
FEW, COVERED = 40, 0.3
"""Fewer visible characters than this, under an image over this share of the page, is a scan."""


def extract(
    path: Path,
    *,
    limits: Limits | None = None,
    ocr: str = "auto",
    kept: Path | None = None,
    before_rescue: Callable[[Extraction], None] | None = None,
) -> Extraction:
    """Read a PDF. `ocr` is `auto` (scanned pages, if tesseract is there), `off` or `force`.

    `kept` is a folder for what OCR reads of this file, so that it is read once. `before_rescue`
    is given what there is already when PDFium is asked to do better, which it may not survive.
    Raises `ExtractionError` when nothing can be read.
    """
    limits = limits or Limits()
    found, refused = _painted(path, limits)
    if refused or found.notes or not any(page.fragments or page.image for page in found.pages):
        if before_rescue is not None and found.pages:
            before_rescue(_made(path, found, ocr, kept))
        found = _rescued(path, limits, found)
    if not found.pages:
        raise refused or ExtractionError(
            "beschadigd", "Er is geen bladzijde te lezen; haal het bestand opnieuw op."
        )
    return _made(path, found, ocr, kept)


def _made(path: Path, found: _Painted, ocr: str, kept: Path | None) -> Extraction:
    """Make pages of text of what was painted."""
    raw, notes = found.pages, list(found.notes)
    scans = [_is_scan(page) for page in raw]
    lines = [page_lines(page, with_hidden=scan) for page, scan in zip(raw, scans, strict=True)]
    if any(_hides(page) for page, scan in zip(raw, scans, strict=True) if not scan):
        notes.append("Onzichtbare tekst in het bestand is niet opgenomen.")
    wanted = [page.number for page in lines if ocr == "force" or _unreadable(page)]
    read = _recognise(path, wanted, ocr, kept)
    lines = [read[page.number].lines if page.number in read else page for page in lines]
    layers = {page.number for page, scan in zip(raw, scans, strict=True) if scan and _hides(page)}
    layers -= read.keys()
    breaks: list[tuple[str, str]] = []
    pages = tuple(
        _marked(page, read.get(page.number), layer=page.number in layers)
        for page in make_pages(lines, breaks)
    )
    told = (*notes, *_told(len(wanted), len(read)), *_told_of_layers(pages, layers))
    return Extraction(pages, found.extractor, found.properties, told, tuple(breaks))


@dataclass(frozen=True, slots=True)
class _Painted:
    """What a reader found in a file."""

    pages: list[RawPage]
    extractor: str
    properties: Mapping[str, str]
    notes: tuple[str, ...] = ()


def _painted(path: Path, limits: Limits) -> tuple[_Painted, ExtractionError | None]:
    """Return the pages as painted, and why pdfminer refused the file, if it did."""
    try:
        with path.open("rb") as stream:
            opened = open_document(stream, path, limits)
            try:
                pages, broken = _read(opened, limits)
            finally:
                opened.close()
        return _Painted(pages, EXTRACTOR, opened.properties, (BROKEN,) * broken), None
    except ExtractionError as error:
        if error.reason != "beschadigd":
            raise
        return _Painted([], EXTRACTOR, {}), error


def _rescued(path: Path, limits: Limits, found: _Painted) -> _Painted:
    """Return what PDFium reads of a file when that is more than what was found."""
    from indexer.extract import rescue  # noqa: PLC0415 - few files need PDFium

    try:
        pages = rescue.read_pages(path, limits)
    except MemoryError:
        if not found.pages:
            raise
        return found
    if _says_more(pages, found.pages):
        return _Painted(pages, rescue.EXTRACTOR, found.properties, (RESCUED,))
    return found


def _says_more(pages: list[RawPage], than: list[RawPage]) -> bool:
    sizes = [sum(len(f.text) for page in some for f in page.fragments) for some in (pages, than)]
    return sizes[0] > sizes[1]


def _read(opened: Opened, limits: Limits) -> tuple[list[RawPage], bool]:
    """Return the pages up to the first that cannot be read, and whether any is missing."""
    pages: list[RawPage] = []
    try:
        pages.extend(read_pages(opened, limits))
    except (ExtractionError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - pdfminer raises ten kinds on a damaged file
        if not pages:
            raise damaged(error) from None
        return pages, True
    return pages, len(pages) < promised(opened)


def _is_scan(page: RawPage) -> bool:
    """Tell a scan: an image over much of the page, and hardly any text that can be seen."""
    if page.image <= COVERED:
        return False
    return sum(len(f.text.strip()) for f in page.fragments if not f.hidden) < FEW


def _hides(page: RawPage) -> bool:
    """Tell a page with words on it that nobody can see."""
    return any(fragment.hidden and fragment.text.strip() for fragment in page.fragments)


def _unreadable(page: PageLines) -> bool:
    """Tell a page whose text is missing under an image, or is garbage."""
    text = "\n".join(line.text for line in (*page.body, *page.margin))
    few = page.image > COVERED and sum(map(len, text.split())) < FEW
    return few or is_garbage(text)


def _recognise(
    path: Path, wanted: list[int], ocr: str, kept: Path | None
) -> dict[int, tesseract.Recognised]:
    """Return what OCR reads of the pages that need it, when it may and can."""
    if not wanted or ocr == "off" or not available():
        return {}
    found = {}
    for number in wanted:
        worker.ask_for(3 * tesseract.WAIT * tesseract.PAGE_SECONDS)
        page = tesseract.read(path, number, kept)
        if page is not None:
            found[number] = page
    return found


def _marked(page: Page, read: tesseract.Recognised | None, *, layer: bool) -> Page:
    """Say that a page was read from its image, by us or, without confidence, by who made it."""
    if read is not None:
        return replace(page, ocr=True, confidence=read.confidence)
    return replace(page, ocr=True) if layer and page.text else page


def _told(wanted: int, read: int) -> list[str]:
    """Return what a user should know about scanned pages."""
    notes = []
    if read:
        notes.append(f"Van {read} bladzijde(n) is de tekst met tekenherkenning (OCR) gelezen.")
    if wanted > read:
        notes.append(f"Gescand: van {wanted - read} bladzijde(n) is geen tekst te lezen.")
    return notes


def _told_of_layers(pages: Sequence[Page], layers: set[int]) -> list[str]:
    """Return that text lay under the images of pages, put there by another program."""
    count = sum(page.number in layers and page.ocr for page in pages)
    told = f"Van {count} bladzijde(n) is de tekst al eerder, door een ander programma, met "
    return [f"{told}tekenherkenning (OCR) gelezen."] if count else []
