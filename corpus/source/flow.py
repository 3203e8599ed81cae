"""Fills pages: in go a source's blocks and the frames of its layout, out come pages on which
every line has its place and every page knows what it says.

The story: blocks become strips (a line of text, a row of a table), strips fill frame after frame
with room kept for their footnotes, and no page ends with a heading or half a word. The truth of
a page is gathered from the strips that stand on it, never from the PDF.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from fonts import width
from lines import Line, Style, break_lines, piece_font, piece_width, space_width
from markup import Block, Source, Word, plain, read_words

NOTE_GAP = 14.0  # between the last line and the footnotes, with the short rule in it


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A string at a place; y counts from the page's foot."""

    x: float
    y: float
    text: str
    font: str
    size: float
    colour: str = "#000000"


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; rules are thin ones."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Where text may stand; `left` is how far a wide table may reach out of it."""

    x: float
    top: float
    bottom: float
    width: float
    left: float = 0.0


@dataclass(frozen=True, slots=True)
class Strip:
    """What is never divided over two pages; places are relative to its frame and its top."""

    height: float
    before: float = 0.0
    glyphs: tuple[Glyphs, ...] = ()
    boxes: tuple[Box, ...] = ()
    text: str = ""
    glue: bool = False
    starts: bool = True
    notes: tuple[str, ...] = ()
    keep: bool = False
    loose: bool = False
    jump: bool = False
    outline: tuple[int, str] | None = None
    passage: tuple[tuple[str, ...], str] | None = None


@dataclass(slots=True)
class Page:
    """One page as it is placed."""

    number: int
    body: list[Glyphs] = field(default_factory=list)
    furniture: list[Glyphs] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    strips: list[Strip] = field(default_factory=list)
    notes: list[Strip] = field(default_factory=list)


Styles = dict[str, Style]
FrameMaker = Callable[[int], list[Frame]]


def set_block(words: tuple[Word, ...], style: Style, measure: float) -> list[Strip]:
    """Break a paragraph into strips of one line each."""
    strips = []
    for number, line in enumerate(break_lines(words, style, measure - style.indent)):
        glyphs = tuple(_place_line(line, style, measure - style.indent))
        strips.append(
            Strip(
                style.leading,
                style.before if number == 0 else 0.0,
                glyphs,
                text=line.text,
                glue=line.glue,
                starts=number == 0,
                notes=line.marks,
                keep=style.keep,
            )
        )
    return strips


def _place_line(line: Line, style: Style, measure: float) -> Iterable[Glyphs]:
    """Place a line: stretched lines word by word, ragged ones in strings as long as they go."""
    space = space_width(style)
    natural = sum(word.width for word in line.words) + space * (len(line.words) - 1)
    stretch = style.justify and line.full and len(line.words) > 1
    gap = space + ((measure - natural) / (len(line.words) - 1) if stretch else 0.0)
    x, base = style.indent, -style.size
    text, start, face = "", x, ""
    for word in line.words:
        for piece in word.pieces:
            font = piece_font(piece, style)
            if piece.style == "mark":
                if text:
                    yield Glyphs(start, base, text, face, style.size, style.colour)
                    text = ""
                yield Glyphs(x, base + style.size * 0.36, piece.text, font, style.size * 0.62)
            elif font == face and text:
                text += piece.text
            else:
                if text:
                    yield Glyphs(start, base, text.rstrip(), face, style.size, style.colour)
                text, start, face = piece.text, x, font
            x += piece_width(piece, style)
        x += gap
        if text and stretch:
            yield Glyphs(start, base, text, face, style.size, style.colour)
            text = ""
        elif text:
            text += " "
    if text:
        yield Glyphs(start, base, text.rstrip(), face, style.size, style.colour)


def strips_of(
    source: Source, styles: Styles, frame: Frame, pages_of: dict[str, int]
) -> list[Strip]:
    """Turn the blocks of a source into strips, with the passages they belong to.

    `pages_of` gives the pages of the headings for a list of contents; empty in the first round.
    """
    strips: list[Strip] = []
    passage: tuple[tuple[str, ...], str] | None = None
    tight = False
    jump = False
    for block in source.blocks:
        if block.kind == "@pagina":
            jump = True
            continue
        if block.kind == "@einde":
            passage = None
            continue
        if block.kind == "@inhoud":
            made = _contents(source, styles["toc"], frame, pages_of)
        else:
            made = _strips_of_block(block, styles, frame)
        if tight and made and block.kind == "para":
            made[0] = replace(made[0], before=0.0)
        if block.labels:
            passage = (block.labels, block.side)
        if passage and block.kind != "label":
            made = [replace(strip, passage=passage) for strip in made]
        if jump and made:
            made[0] = replace(made[0], jump=True)
            jump = False
        tight = block.kind in ("label", "h2", "h3")
        strips += made
    return strips


def _strips_of_block(block: Block, styles: Styles, frame: Frame) -> list[Strip]:
    """Set one block in the style of its kind."""
    if block.kind == "table":
        return _table_strips(block, styles, frame)
    style = styles.get(block.kind) or styles["para"]
    if block.kind == "runin":
        style = styles["para"]
    made = set_block(block.words, style, frame.width)
    if block.kind == "item":
        made[0] = _with_mark(made[0], block.options["mark"], style)
    if block.kind in ("h1", "h2"):
        title = " ".join(word.text for word in block.words)
        made[0] = replace(made[0], outline=(int(block.kind[1]) - 1, title))
    return made


def _contents(source: Source, style: Style, frame: Frame, pages_of: dict[str, int]) -> list[Strip]:
    """Set the list of contents: headings at the left, their pages at the right."""
    strips = []
    for block in source.blocks:
        if block.kind not in ("h1", "h2"):
            continue
        page = str(pages_of.get(plain(block.words), 0))
        line = set_block(block.words, replace(style, indent=0 if block.kind == "h1" else 14), 400)
        font = line[0].glyphs[0].font
        x = frame.width - width(page, font, style.size)
        number = Glyphs(x, -style.size, page, font, style.size)
        text = f"{line[0].text} {page}"
        strips.append(replace(line[0], glyphs=(*line[0].glyphs, number), text=text))
    return strips


def _with_mark(strip: Strip, mark: str, style: Style) -> Strip:
    """Put the mark of a list item before its first line."""
    font = piece_font(read_words(mark)[0].pieces[0], style)
    glyph = Glyphs(max(0.0, style.indent - 14), -style.size, mark, font, style.size)
    return replace(strip, glyphs=(glyph, *strip.glyphs), text=f"{mark} {strip.text}")


def _table_strips(block: Block, styles: Styles, frame: Frame) -> list[Strip]:
    """Set a table row by row: a head on a bar, then rows with a thin rule below."""
    reach = frame.left if block.options.get("breed") else 0.0
    shares = [float(share) for share in block.options["widths"].split(",")]
    scale = (frame.width + reach) / sum(shares)
    widths = [share * scale for share in shares]
    align = block.options.get("align", "l" * len(widths))
    strips = []
    for number, row in enumerate(block.rows):
        style = styles["tablehead" if number == 0 else "table"]
        strip = _row(row, style, widths, align, -reach)
        before = styles["table"].before if number == 0 else 0.0
        strips.append(replace(strip, before=before, keep=number == 0))
    return strips


def _row(
    row: tuple[tuple[Word, ...], ...], style: Style, widths: list[float], align: str, x: float
) -> Strip:
    """Set one row; a cell may take several lines."""
    glyphs: list[Glyphs] = []
    most = 1
    start = x
    for cell, measure, side in zip(row, widths, align, strict=True):
        lines = break_lines(cell, style, measure - 7)
        most = max(most, len(lines))
        for number, line in enumerate(lines):
            natural = sum(w.width for w in line.words) + space_width(style) * (len(line.words) - 1)
            at = start + (measure - 4 - natural if side == "r" else 3)
            drop = -number * style.leading - 3
            glyphs += [
                replace(g, x=g.x + at, y=g.y + drop) for g in _place_line(line, style, measure)
            ]
        start += measure
    height = most * style.leading + 5
    head = style.colour == "#ffffff"
    bar = Box(x, -height, sum(widths), height, "#00769b")
    rule = Box(x, -height, sum(widths), 0.6, "#6ea6c4")
    text = " ".join(word.text for cell in row for word in cell)
    boxes = (bar, rule) if head else (rule,)
    return Strip(height, 0.0, tuple(glyphs), boxes, text, loose=most > 1)


def paginate(
    strips: list[Strip], frames_of: FrameMaker, notes: dict[str, tuple[Word, ...]], style: Style
) -> list[Page]:
    """Fill pages until every strip has its place."""
    pages: list[Page] = []
    at = 0
    while at < len(strips):
        page = Page(len(pages) + 1)
        frames = frames_of(page.number)
        for number, frame in enumerate(frames):
            if at >= len(strips) or (number and strips[at].jump):
                break
            last = number == len(frames) - 1
            at = _fill(page, frame, strips, at, notes, style, page_ends=last)
        pages.append(page)
    return pages


def _fill(
    page: Page,
    frame: Frame,
    strips: list[Strip],
    at: int,
    notes: dict[str, tuple[Word, ...]],
    style: Style,
    *,
    page_ends: bool,
) -> int:
    """Place what fits in one frame; return the number of the first strip that is left."""
    until = _until(strips, at, frame, notes, style)
    if until < len(strips):
        held = until
        while held > at + 1 and _may_not_end(strips[held - 1], page_ends=page_ends):
            held -= 1
        until = held if held > at + 1 or until == at + 1 else until
    y = frame.top
    for number, strip in enumerate(strips[at:until]):
        y -= strip.before if number else 0.0
        _put(page, strip, frame.x, y)
        page.strips.append(strip)
        y -= strip.height
    marks = [mark for strip in strips[at:until] for mark in strip.notes]
    _put_notes(page, frame, marks, notes, style)
    return until


def _may_not_end(strip: Strip, *, page_ends: bool) -> bool:
    return strip.keep or (page_ends and strip.glue)


def _until(
    strips: list[Strip],
    at: int,
    frame: Frame,
    notes: dict[str, tuple[Word, ...]],
    style: Style,
) -> int:
    """Count how many strips fit with their footnotes."""
    room = frame.top - frame.bottom
    has_notes = False
    for number in range(at, len(strips)):
        strip = strips[number]
        need = strip.height + (strip.before if number > at else 0.0)
        for mark in strip.notes:
            need += 0.0 if has_notes else NOTE_GAP
            has_notes = True
            lines = break_lines(notes[mark], style, frame.width - style.indent)
            need += len(lines) * style.leading
        if (need > room or (strip.jump and number > at)) and number > at:
            return number
        room -= need
    return len(strips)


def _put(page: Page, strip: Strip, x: float, top: float) -> None:
    """Move a strip to its place on the page."""
    page.body += [replace(glyph, x=x + glyph.x, y=top + glyph.y) for glyph in strip.glyphs]
    page.boxes += [replace(box, x=x + box.x, y=top + box.y) for box in strip.boxes]


def _put_notes(
    page: Page,
    frame: Frame,
    marks: list[str],
    notes: dict[str, tuple[Word, ...]],
    style: Style,
) -> None:
    """Set the footnotes of a frame at its foot, below a short rule."""
    made: list[Strip] = []
    for mark in marks:
        note = set_block(notes[mark], style, frame.width)
        sign = Glyphs(0.0, 1.2 - style.size, mark, piece_font(notes[mark][0].pieces[0], style), 4.6)
        first = replace(note[0], glyphs=(sign, *note[0].glyphs), text=f"{mark} {note[0].text}")
        made += [first, *note[1:]]
    y = frame.bottom + len(made) * style.leading
    if made:
        page.boxes.append(Box(frame.x, y + 5, 56, 0.5, "#000000"))
    for strip in made:
        _put(page, strip, frame.x, y)
        page.notes.append(strip)
        y -= strip.height
