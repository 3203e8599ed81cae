"""A PDF → fragments of text with their place, page by page.

In goes a file, out come `RawPage`s: fragments as painted, upright, with the origin at the bottom
left and points as unit. pdfminer reads objects and fonts, `interpreter` the content; pdfminer's
layout analysis, which makes an object per character, is not used. A fragment is what one operator
paints without a gap.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO, Final

from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from indexer.extract.fills import readable
from indexer.extract.fragments import Fragment, Matrix, multiplied
from indexer.extract.interpreter import Painted, TextDevice, TextInterpreter
from indexer.extract.limits import ExtractionError, Limits
from indexer.extract.objects import QuickDocument, QuickParser

os.environ.pop("CMAP_PATH", None)  # pdfminer would unpickle what it finds there

LEAST: Final = 0.7
"""Type smaller than this, in points, cannot be read."""
FAR: Final = 1e9
"""Farther than this, in points, is no page, and no type is so large."""
A4 = (595.0, 842.0)
"""What a page measures, in points, that says to have no width or height."""


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as painted. `image` is the share of it that images cover, at most 1.

    `drawn` is its content with the matrix that lays it on the page, `None` when it has no rules or
    is too long to be kept for them.
    """

    number: int
    width: float
    height: float
    fragments: tuple[Fragment, ...]
    image: float
    drawn: tuple[bytes, Matrix] | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that can be read."""

    document: PDFDocument
    properties: dict[str, str]

    def close(self) -> None:
        """Let go of the document at once: it and its objects refer to each other in circles."""
        vars(self.document).clear()


def open_document(stream: BinaryIO, path: Path, limits: Limits) -> Opened:
    """Open a PDF. Raises `ExtractionError` when it is too large, encrypted, damaged or no PDF."""
    size = path.stat().st_size
    if size > limits.file_mb << 20:
        raise ExtractionError(
            "te-groot",
            f"Het bestand is {size >> 20} MB, meer dan de {limits.file_mb} MB die is toegestaan.",
        )
    if size == 0 or b"%PDF-" not in stream.read(1024):
        raise ExtractionError("geen-pdf", "Dit is geen PDF; haal het bestand opnieuw op.")
    stream.seek(0)
    try:
        document = QuickDocument(QuickParser(stream))
        if not document.is_extractable:
            document.is_extractable = True  # a wish of the maker, not a lock: reading is allowed
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed):
        raise ExtractionError(
            "versleuteld",
            "Dit PDF is met een wachtwoord versleuteld; sla het zonder wachtwoord op.",
        ) from None
    except (ExtractionError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - pdfminer raises ten kinds on a damaged file
        raise damaged(error) from None
    return Opened(document, _properties(document.info))


def damaged(error: Exception) -> ExtractionError:
    """Return the error of a file that pdfminer cannot make sense of."""
    told = type(error).__name__ + (f": {error}" if str(error) else "")
    return ExtractionError(
        "beschadigd", f"Dit PDF is beschadigd ({told[:120]}); haal het bestand opnieuw op."
    )


def promised(opened: Opened) -> int:
    """Return how many pages a document says to have, 0 when it does not say so."""
    try:
        count = resolve1(resolve1(opened.document.catalog["Pages"])["Count"])
    except Exception:  # noqa: BLE001 - whatever stands there in a damaged file
        return 0
    return count if isinstance(count, int) else 0


def read_pages(opened: Opened, limits: Limits) -> Iterator[RawPage]:
    """Yield the pages as painted. Raises `ExtractionError` beyond the limits."""
    manager = PDFResourceManager()
    device = TextDevice(manager, limits)
    interpreter = TextInterpreter(manager, device)
    for number, page in enumerate(PDFPage.create_pages(opened.document), 1):
        if number > limits.pages:
            raise ExtractionError(
                "te-groot", f"Dit PDF heeft meer dan {limits.pages} bladzijden; splits het."
            )
        interpreter.process_page(page)
        yield _raw(number, page, device.painted, device.drawn)


def _raw(
    number: int, page: PDFPage, painted: Painted, drawn: tuple[bytes, Matrix] | None
) -> RawPage:
    x, y, width, height = _visible(page)
    if x or y:
        painted = painted.moved(-x, -y)
        if drawn is not None:
            drawn = drawn[0], multiplied(drawn[1], (1.0, 0.0, 0.0, 1.0, -x, -y))
    area = width * height
    covered = sum(abs(a * d - b * c) for a, b, c, d, _, _ in painted.images)
    return RawPage(
        number=number,
        width=width,
        height=height,
        fragments=tuple(_shown(painted, width, height)),
        image=min(1.0, covered / area) if area else 0.0,
        drawn=drawn,
    )


def _visible(page: PDFPage) -> tuple[float, float, float, float]:
    """Return the lower left corner, width and height of what is shown of a page, upright."""
    x0, y0, x1, y1 = page.mediabox
    left, low, right, high = page.cropbox
    left, right = max(left, min(x0, x1)), min(right, max(x0, x1))
    low, high = max(low, min(y0, y1)), min(high, max(y0, y1))
    if right - left < LEAST or high - low < LEAST:
        left, low, right, high = x0, y0, x1, y1
    if abs(right - left) < LEAST or abs(high - low) < LEAST:
        left, low, right, high = x0, y0, x0 + A4[0], y0 + A4[1]
    width, height = abs(right - left), abs(high - low)
    before, below = {
        90: (low - y0, x1 - right),
        180: (x1 - right, y1 - high),
        270: (y1 - high, left - x0),
    }.get(page.rotate, (left - x0, low - y0))
    if page.rotate in (90, 270):
        width, height = height, width
    return before, below, width, height


def _shown(painted: Painted, width: float, height: float) -> list[Fragment]:
    """Return the fragments, marked as hidden when nobody can see them.

    What stands at no place at all, or is of no size (`1e400`), is left out.
    """
    found: list[Fragment] = []
    for fragment in painted.fragments:
        x0, y0, x1, y1, size, _, _, _, white = fragment
        if (
            0.0 <= x1 <= FAR
            and -FAR <= x0 <= width
            and -size <= y0 <= height
            and -FAR <= y1 <= FAR
            and LEAST <= size <= FAR
            and not white
        ):
            found.append(fragment)
        elif all(map(isfinite, fragment[:5])):
            found.append(_seen(fragment, painted, width, height))
    return found


def _seen(fragment: Fragment, painted: Painted, width: float, height: float) -> Fragment:
    """Return a fragment marked as hidden when nobody can see it: white, minute or off the page."""
    x0, y0, x1, y1, size = fragment[:5]
    x, y = (x0 + x1) / 2, (y0 + y1) / 2 + size / 4
    inside = -size <= x <= width + size and -size <= y <= height + size
    if inside and FAR >= size >= LEAST and (not fragment.white or readable(x, y, painted.areas)):
        return fragment
    return fragment._replace(hidden=True)


def _properties(infos: Sequence[Any]) -> dict[str, str]:
    """Return the document properties as text; what is empty or says nothing is left out."""
    found: dict[str, str] = {}
    for info in infos:
        for name, value in info.items():
            text = _decoded(value)
            if text and text.lower() not in ("none", "untitled"):
                found[str(name)] = text
    return found


def _decoded(value: object) -> str:
    return decode_text(value).strip("\x00 ") if isinstance(value, bytes) else ""
