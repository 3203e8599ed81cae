"""A PDF → fragments of text with their place, page by page. The only importer of pdfminer.

In goes a file, out come `RawPage`s: fragments as painted, upright, with the origin at the bottom
left and points as unit. pdfminer reads objects, fonts and content; its layout analysis, which
makes an object per character, is not used. A fragment is what one operator paints without a gap.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import (
    PDFGraphicState,
    PDFPageInterpreter,
    PDFResourceManager,
    PDFStackT,
    PDFTextState,
)
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import Matrix, Rect, apply_matrix_pt, decode_text, mult_matrix

from indexer.extract.limits import ExtractionError, Limits

os.environ.pop("CMAP_PATH", None)  # pdfminer would unpickle what it finds there

INVISIBLE = 3
SPACE_AT = 0.16
"""A gap of this share of the type size is a space; narrower ones are kerning."""
BREAK_AT = 1.2
"""A gap of this share of the type size begins another fragment (columns of a table)."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of text: its baseline from `(x0, y0)` to `(x1, y1)`, type size, how it looks."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    text: str
    bold: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as painted. `image` is the share of it that images cover, at most 1."""

    number: int
    width: float
    height: float
    fragments: tuple[Fragment, ...]
    image: float


class FontTable:
    """What a font shows for each code: text and width, looked up once."""

    def __init__(self, font: PDFFont) -> None:
        self.font = font
        self.wide = font.is_multibyte()
        name = str(getattr(font, "fontname", "") or getattr(font, "basefont", "")).lower()
        self.bold = any(word in name for word in ("bold", "black", "heavy", "demi", "-bd"))
        self._codes: dict[int, tuple[str, float]] = {}

    def code(self, cid: int) -> tuple[str, float]:
        """Return the text and the width (of a type size of 1) of a code; unknown is U+FFFD."""
        found = self._codes.get(cid)
        if found is None:
            try:
                text = self.font.to_unichr(cid)
            except (PDFUnicodeNotDefined, KeyError, ValueError, TypeError):
                text = "\ufffd"
            found = self._codes[cid] = (text, float(self.font.char_width(cid)))
        return found


class TextDevice(PDFTextDevice):
    """Collects fragments; paths are ignored, images measured."""

    def __init__(self, manager: PDFResourceManager, limits: Limits) -> None:
        super().__init__(manager)
        self.fragments: list[Fragment] = []
        self.images = 0.0
        self._limits = limits
        self._tables: dict[int, FontTable] = {}

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Forget the page before."""
        del page, ctm
        self.fragments, self.images = [], 0.0

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """Measure an image; a form's text arrives by itself."""
        del name, matrix
        if tuple(bbox) == (0, 0, 1, 1) and self.ctm is not None:
            a, b, c, d, _, _ = self.ctm
            self.images += abs(a * d - b * c)

    def render_string(
        self, textstate: PDFTextState, seq: PDFTextSeq, ncs: Any, graphicstate: PDFGraphicState
    ) -> None:
        """Turn what one operator shows into fragments (pdfminer's protocol)."""
        del ncs, graphicstate
        if textstate.font is None or self.ctm is None:
            return
        table = self._table(textstate.font)
        runs, end = _runs(textstate, table, seq)
        matrix = mult_matrix(textstate.matrix, self.ctm)
        size = abs(textstate.fontsize) * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
        y = textstate.linematrix[1] + textstate.rise
        for start, stop, text in runs:
            x0, y0 = apply_matrix_pt(matrix, (start, y))
            x1, y1 = apply_matrix_pt(matrix, (stop, y))
            hidden = textstate.render == INVISIBLE
            self.fragments.append(Fragment(x0, y0, x1, y1, size, text, table.bold, hidden))
        textstate.linematrix = (end, textstate.linematrix[1])
        if len(self.fragments) > self._limits.fragments:
            raise ExtractionError("te-groot", "Op een bladzijde staan te veel stukjes tekst.")

    def _table(self, font: PDFFont) -> FontTable:
        table = self._tables.get(id(font))
        if table is None:
            table = self._tables[id(font)] = FontTable(font)
        return table


def _runs(
    state: PDFTextState, table: FontTable, seq: PDFTextSeq
) -> tuple[list[tuple[float, float, str]], float]:
    """Return the runs of text without wide gaps, with their bounds, and where the pen ends."""
    size, scale = state.fontsize, state.scaling * 0.01
    between = state.charspace * scale
    at_space = 0.0 if table.wide else state.wordspace * scale
    x = state.linematrix[0]
    runs: list[tuple[float, float, str]] = []
    parts: list[str] = []
    start = end = x
    for item in seq:
        if isinstance(item, (int, float)):
            x -= item * 0.001 * size * scale
            continue
        if not isinstance(item, bytes):
            continue
        for cid in table.font.decode(item):
            gap = x - end
            if parts and gap > BREAK_AT * abs(size):
                runs.append((start, end, "".join(parts)))
                parts = []
            elif parts and gap > SPACE_AT * abs(size) and parts[-1] != " ":
                parts.append(" ")
            text, width = table.code(cid)
            if not parts:
                start = x
            parts.append(text)
            x += width * size * scale
            end = x
            x += between + (at_space if cid == 32 else 0.0)
    if parts:
        runs.append((start, end, "".join(parts)))
    return runs, x


class TextInterpreter(PDFPageInterpreter):
    """Runs a page's content; inline images and image objects are never decoded."""

    def do_EI(self, obj: PDFStackT) -> None:  # noqa: N802 - pdfminer's name
        """Skip an inline image."""
        del obj


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that can be read."""

    document: PDFDocument
    properties: dict[str, str]


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
        document = PDFDocument(PDFParser(stream))
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
        x0, y0, x1, y1 = page.mediabox
        width, height = abs(x1 - x0), abs(y1 - y0)
        if page.rotate in (90, 270):
            width, height = height, width
        area = width * height
        share = min(1.0, device.images / area) if area else 0.0
        yield RawPage(number, width, height, tuple(device.fragments), share)


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
