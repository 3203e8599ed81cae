"""Paints filled pages: in go pages and a plan, out come the bytes of a PDF, always the same."""

import io
import random

from flow import Box, Glyphs, Page
from fonts import font_file
from markup import Source
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from plan import Plan
from reportlab.lib.colors import HexColor
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_DOTS = 150 / 72  # the scanned pages are made at 150 dots to the inch


def paint(source: Source, plan: Plan, pages: list[Page]) -> bytes:
    """Return the PDF of a paper."""
    out = io.BytesIO()
    secret = source.get("password")
    lock = StandardEncryption(secret, strength=128) if secret else None
    canvas = Canvas(out, pagesize=plan.size, invariant=1, pageCompression=1, encrypt=lock)
    canvas.setTitle(source.get("pdf_title", "None"))
    canvas.setSubject(source.get("pdf_subject"))
    canvas.setAuthor("")
    canvas.setCreator(source.get("pdf_creator", "Kamerzoek corpus"))
    if plan.crop:
        canvas.setCropBox(plan.crop)
    for page in pages:
        if source.get("scan"):
            _paint_scan(canvas, plan, page)
        else:
            _paint_page(canvas, plan, page)
        if source.get("outline"):
            _outline(canvas, page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _ordered(plan: Plan, page: Page) -> list[Glyphs]:
    """Return the strings in the order of the content stream."""
    if plan.order == "interleaved":  # from top to bottom, whatever column they stand in
        return sorted([*page.body, *page.furniture], key=lambda glyph: -glyph.y)
    return [*page.furniture, *page.body]


def _paint_page(canvas: Canvas, plan: Plan, page: Page) -> None:
    """Paint one page of type."""
    for box in page.boxes:
        canvas.setFillColor(HexColor(box.colour))
        canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)
    for glyph in _ordered(plan, page):
        canvas.setFillColor(HexColor(glyph.colour))
        canvas.setFont(glyph.font, glyph.size)
        canvas.drawString(glyph.x, glyph.y, glyph.text)


def _outline(canvas: Canvas, page: Page) -> None:
    """Add the headings of a page to the outline, all on one level."""
    for number, strip in enumerate(page.strips):
        if strip.outline:
            _, title = strip.outline
            key = f"p{page.number}-{number}"
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(title, key, 0)


def _paint_scan(canvas: Canvas, plan: Plan, page: Page) -> None:
    """Paint a page as a scanner sees it: grey, a little askew, with dust."""
    size = (round(plan.size[0] * _DOTS), round(plan.size[1] * _DOTS))
    image = Image.new("L", size, 246)
    draw = ImageDraw.Draw(image)
    for box in page.boxes:
        draw.rectangle(_corners(box, size[1]), fill=90)
    for glyph in [*page.furniture, *page.body]:
        face = ImageFont.truetype(str(font_file(glyph.font)), round(glyph.size * _DOTS))
        place = (glyph.x * _DOTS, size[1] - glyph.y * _DOTS)
        draw.text(place, glyph.text, font=face, fill=38, anchor="ls")
    dust = random.Random(page.number)
    for _ in range(140):
        x, y = dust.randrange(size[0]), dust.randrange(size[1])
        draw.point((x, y), fill=dust.randrange(60, 200))
    angle = 0.7 if page.number % 2 else -0.5
    image = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=246)
    image = image.filter(ImageFilter.GaussianBlur(0.5))
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=42, dpi=(150, 150))
    canvas.drawImage(ImageReader(jpeg), 0, 0, *plan.size)


def _corners(box: Box, height: int) -> tuple[float, float, float, float]:
    """Return a box in dots from the top left."""
    top = height - (box.y + box.height) * _DOTS
    return box.x * _DOTS, top, (box.x + box.width) * _DOTS, top + box.height * _DOTS
