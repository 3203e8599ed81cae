"""One PDF → an `Extraction`, in this process.

In goes a path, out come pages of text with what is known of the file, or an `ExtractionError` that
names what is wrong. A file that breaks off keeps the pages that were read, and says so.
"""

from __future__ import annotations

from pathlib import Path

from indexer.extract import ocr as tesseract
from indexer.extract.limits import ExtractionError, Limits
from indexer.extract.lines import PageLines, page_lines
from indexer.extract.reader import Opened, RawPage, damaged, open_document, read_pages
from indexer.extract.text import make_pages
from indexer.paper import Extraction, Page

VERSION = "1"
"""Of what is extracted: bump it when the same file gives other pages."""

EXTRACTOR = "pdfminer.six"
FEW = 40
"""Fewer visible characters than this, under an image, is a scan."""


def extract(path: Path, *, limits: Limits | None = None, ocr: str = "auto") -> Extraction:
    """Read a PDF. `ocr` is `auto` (scanned pages, if tesseract is there), `off` or `force`.

    Raises `ExtractionError` when nothing can be read.
    """
    limits = limits or Limits()
    with path.open("rb") as stream:
        opened = open_document(stream, path, limits)
        raw, broken = _read(opened, limits)
    notes = ["Het bestand is beschadigd: niet alle bladzijden konden worden gelezen."] * broken
    if not raw:
        raise ExtractionError(
            "beschadigd", "Er is geen bladzijde te lezen; haal het bestand opnieuw op."
        )
    scans = [_is_scan(page) for page in raw]
    lines = [page_lines(page, with_hidden=scan) for page, scan in zip(raw, scans, strict=True)]
    if any(_hides(page) for page, scan in zip(raw, scans, strict=True) if not scan):
        notes.append("Onzichtbare tekst in het bestand is niet opgenomen.")
    pages, more = _with_ocr(path, make_pages(lines), lines, ocr, limits)
    return Extraction(pages, EXTRACTOR, opened.properties, (*notes, *more))


def _read(opened: Opened, limits: Limits) -> tuple[list[RawPage], bool]:
    """Return the pages up to the first that cannot be read, and whether there was one."""
    pages: list[RawPage] = []
    try:
        pages.extend(read_pages(opened, limits))
    except (ExtractionError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - pdfminer raises ten kinds on a damaged file
        if not pages:
            raise damaged(error) from None
        return pages, True
    return pages, False


def _is_scan(page: RawPage) -> bool:
    """Tell a scan: an image over much of the page, and hardly any text that can be seen."""
    visible = sum(len(f.text.strip()) for f in page.fragments if not f.hidden)
    return page.image > 0.3 and visible < FEW


def _hides(page: RawPage) -> bool:
    """Tell a page with words on it that nobody can see."""
    return any(fragment.hidden and fragment.text.strip() for fragment in page.fragments)


def _unreadable(page: Page, lines: PageLines) -> bool:
    """Tell a page whose text is missing under an image, or is garbage."""
    text = "".join(page.text.split())
    strange = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    return (len(text) < FEW and lines.image > 0.3) or strange > 0.1 * max(1, len(text))


def _with_ocr(
    path: Path, pages: tuple[Page, ...], lines: list[PageLines], ocr: str, limits: Limits
) -> tuple[tuple[Page, ...], list[str]]:
    """Return the pages with those that need it read by OCR, and what to say about it."""
    wanted = [
        page.number
        for page, line in zip(pages, lines, strict=True)
        if ocr == "force" or _unreadable(page, line)
    ]
    if not wanted:
        return pages, []
    if ocr == "off" or not tesseract.available():
        return pages, [f"Gescand: van {len(wanted)} bladzijde(n) is geen tekst te lezen."]
    read = tesseract.read(path, wanted, seconds=limits.seconds)
    done = tuple(
        Page(page.number, read[page.number], page.furniture, ocr=True)
        if page.number in read
        else page
        for page in pages
    )
    notes = [f"Van {len(read)} bladzijde(n) is de tekst met tekenherkenning (OCR) gelezen."]
    if len(read) < len(wanted):
        notes.append(f"Gescand: van {len(wanted) - len(read)} bladzijde(n) is geen tekst te lezen.")
    return done, notes
