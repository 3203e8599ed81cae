"""pdfminer's interpreter and device, with our reading of content between them.

pdfminer finds pages, resources and streams; `content` reads what the streams paint. Fonts are made
when they are used, forms are read once and laid again where they return. Colours, paths and the
pixels of images are never looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, list_value, stream_value
from pdfminer.psparser import LIT
from pdfminer.utils import MATRIX_IDENTITY

from indexer.extract.content import Content
from indexer.extract.fills import Area, areas
from indexer.extract.fonts import Font, Fonts
from indexer.extract.fragments import Fragment, Matrix, multiplied
from indexer.extract.inflate import inflated
from indexer.extract.limits import ExtractionError, Limits
from indexer.extract.rules import draws

IMAGE, FORM = LIT("Image"), LIT("Form")
CALLS = 2_000
"""So many forms may a page paint, forms in forms included."""
DEPTH = 12
LONGEST, ROOM = 1 << 20, 32 << 20
"""So much content of a page, and of a file, is kept until its tables were looked at."""


@dataclass(slots=True)
class Painted:
    """What a page or a form paints: fragments, where images lie, and, under white text, areas."""

    fragments: list[Fragment] = field(default_factory=list)
    images: list[Matrix] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)

    def moved(self, x: float, y: float) -> Painted:
        """Return the same moved to the right and up."""
        there = (1.0, 0.0, 0.0, 1.0, x, y)
        return Painted(
            [_laid(fragment, there) for fragment in self.fragments],
            [multiplied(image, there) for image in self.images],
            [_laid_area(area, there) for area in self.areas],
        )


class Budget:
    """What is left of what a page may cost."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.bytes = limits.content_mb << 20
        self.calls = CALLS

    def inflate(self, stream: PDFStream) -> bytes:
        """Return a stream's data, in steps, so that a bomb never unfolds."""
        data = inflated(stream, self.bytes)
        self.bytes -= len(data)
        if self.bytes < 0:
            raise ExtractionError(
                "te-groot",
                f"Een bladzijde beslaat meer dan {self.limits.content_mb} MB; sla het PDF plat op.",
            )
        return data

    def fragments(self, fragments: Sequence[Fragment]) -> None:
        """Raise `ExtractionError` when a page has too many."""
        if len(fragments) > self.limits.fragments:
            raise ExtractionError("te-groot", "Op een bladzijde staan te veel stukjes tekst.")

    def call(self) -> None:
        """Count a form. Raises `ExtractionError` when a page paints too many."""
        self.calls -= 1
        if self.calls < 0:
            raise ExtractionError("te-groot", "Een bladzijde is te diep uit delen opgebouwd.")


class TextDevice(PDFDevice):
    """Holds what the page at hand paints."""

    def __init__(self, manager: PDFResourceManager, limits: Limits) -> None:
        super().__init__(manager)
        self._limits = limits
        self.painted = Painted()
        self.budget = Budget(limits)
        self.drawn: tuple[bytes, Matrix] | None = None
        self._room = ROOM

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Forget the page before."""
        del page, ctm
        self.painted = Painted()
        self.budget = Budget(self._limits)
        self.drawn = None

    def keep(self, data: bytes, ctm: Matrix) -> None:
        """Keep the content of a page that may have rules, unless that becomes too much."""
        if len(data) <= min(LONGEST, self._room) and draws(data):
            self._room -= len(data)
            self.drawn = data, ctm


class TextInterpreter(PDFPageInterpreter):
    """Reads a page's content, or a form's, into the device."""

    device: TextDevice

    def __init__(
        self,
        manager: PDFResourceManager,
        device: TextDevice,
        fonts: Fonts | None = None,
        forms: dict[int, Painted] | None = None,
    ) -> None:
        super().__init__(manager, device)
        self._fonts = fonts or Fonts(manager)
        self._forms = {} if forms is None else forms
        self._depth = 0

    def dup(self) -> TextInterpreter:
        """Return an interpreter for a form, with what was read so far."""
        assert isinstance(self.rsrcmgr, PDFResourceManager)  # noqa: S101 - for mypy
        other = TextInterpreter(self.rsrcmgr, self.device, self._fonts, self._forms)
        other._depth = self._depth + 1
        return other

    def init_resources(self, resources: dict[object, object]) -> None:
        """Note where fonts and forms are; none is read before it is used."""
        self.resources = resources
        known = dict_value(resources) if resources else {}
        self._specs = dict_value(known.get("Font") or {})
        self.xobjmap = dict_value(known.get("XObject") or {})
        self._used: dict[str, Font] = {}

    def execute(self, streams: Sequence[object]) -> None:
        """Read the streams as one; a stream that contains itself is read once."""
        parts: list[bytes] = []
        self.stream_ids.clear()
        for item in streams:
            stream = stream_value(item)
            if stream.objid is not None and stream.objid in self.parent_stream_ids:
                continue
            if stream.objid is not None:
                self.stream_ids.add(stream.objid)
            parts.append(self.device.budget.inflate(stream))
        data, painted = b"\n".join(parts), self.device.painted
        if self._depth == 0:
            self.device.keep(data, self.ctm)
        Content(self.ctm, self, painted.fragments).run(data)
        self.device.budget.fragments(painted.fragments)
        white = [fragment for fragment in painted.fragments if fragment[8]]
        if any(fragment.text.strip() for fragment in white):
            painted.areas.extend(areas(data, self.ctm))

    def font(self, name: str) -> Font | None:
        """Return a font of the resources; an unknown name shows nothing."""
        found = self._used.get(name)
        if found is None and name in self._specs:
            found = self._used[name] = self._fonts.font(self._specs[name])
        return found

    def paint(self, name: str, matrix: Matrix) -> None:
        """Paint an image or a form of the resources."""
        reference = self.xobjmap.get(name)
        if reference is None:
            return
        stream = stream_value(reference)
        if stream.get("Subtype") is IMAGE:
            self.device.painted.images.append(matrix)
        elif stream.get("Subtype") is FORM and self._depth < DEPTH:
            self.device.budget.call()
            self._form(reference, stream, matrix)

    def _form(self, reference: object, stream: PDFStream, matrix: Matrix) -> None:
        own = stream.get("Resources")
        key = reference.objid if isinstance(reference, PDFObjRef) and own else None
        painted = self._forms.get(key) if key is not None else None
        if painted is None:
            painted = self._read_form(stream, dict_value(own) if own else self.resources)
            if key is not None and self._depth == 0:
                self._forms[key] = painted
        page = self.device.painted
        page.fragments.extend(_laid(fragment, matrix) for fragment in painted.fragments)
        page.images.extend(multiplied(image, matrix) for image in painted.images)
        page.areas.extend(_laid_area(area, matrix) for area in painted.areas)
        self.device.budget.fragments(page.fragments)

    def _read_form(self, stream: PDFStream, resources: dict[Any, Any]) -> Painted:
        """Return what a form paints, in the space of who paints it."""
        before, self.device.painted = self.device.painted, Painted()
        try:
            numbers = [float(value) for value in list_value(stream.get("Matrix", MATRIX_IDENTITY))]
            a, b, c, d, e, f = numbers if len(numbers) == 6 else MATRIX_IDENTITY
            self.subinterp().render_contents(resources, [stream], ctm=(a, b, c, d, e, f))
            return self.device.painted
        finally:
            self.device.painted = before


def _laid(fragment: Fragment, matrix: Matrix) -> Fragment:
    """Return a fragment of a form where the form is laid on the page."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1, size = fragment[:5]
    grown = (c * c + d * d) ** 0.5
    return fragment._replace(
        x0=x0 * a + y0 * c + e, y0=x0 * b + y0 * d + f,
        x1=x1 * a + y1 * c + e, y1=x1 * b + y1 * d + f, size=size * grown,
    )  # fmt: skip


def _laid_area(area: Area, matrix: Matrix) -> Area:
    a, b, c, d, e, f = matrix
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in area[0:4:2] for y in area[1:4:2]]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Area(min(xs), min(ys), max(xs), max(ys), area.white)
