"""The worksheet as a file: Word, OpenDocument, CSV, Markdown.

In go items, out come bytes. A Word and an OpenDocument file are a zip with a few parts of XML; a
worksheet needs headings, paragraphs and links, so they are written here: docs/decisions/0804.
Each answer is under the question it was chosen for, with its citation, its link and the note.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from search_app import dutch
from search_app.answers.worksheet import Item
from search_app.export.cells import safe
from search_app.links import official

ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""
TITLE = "Eerdere antwoorden"
UNTITLED = "Zonder vraag"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file: what it is called, its type, and what writes it."""

    name: str
    mimetype: str
    write: Callable[[Sequence[Item], str], bytes]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a document: `h1`, `h2`, `h3`, `p`, `note` or `link`, and what it links to."""

    style: str
    text: str
    href: str = ""


def written(name: str, items: Sequence[Item], base: str) -> bytes:
    """Return the worksheet in a form of `FORMS`; `base` is the address of the site."""
    return FORMS[name].write(items, base)


def blocks(items: Sequence[Item], base: str) -> Iterator[Block]:
    """Yield the worksheet as paragraphs, by question in the order in which they were chosen."""
    yield Block("h1", TITLE)
    by_question: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        by_question.setdefault((item.number, item.question), []).append(item)
    for (number, question), rows in by_question.items():
        yield Block("h2", f"Vraag {number}" if number else UNTITLED)
        if question:
            yield Block("p", question)
        for item in rows:
            yield from _of_item(item, base)


def _of_item(item: Item, base: str) -> Iterator[Block]:
    label = f", {dutch.label(item.passage.label).lower()}" if item.passage.question else ""
    yield Block("h3", item.citation(base) + label)
    facts = (dutch.date(item.paper.date), item.person or "", item.paper.ministry or "")
    if any(facts):
        yield Block("p", " · ".join(fact for fact in facts if fact))
    if item.passage.question:
        yield Block("p", f"Vraag: {item.passage.question}")
    yield Block("p", f"Antwoord: {item.text}" if item.passage.question else item.text)
    if item.note:
        yield Block("note", f"Notitie: {item.note}")
    for address in filter(None, (base + item.path, official(item.paper.id))):
        yield Block("link", address, address)


def _markdown(items: Sequence[Item], base: str) -> bytes:
    signs = {"h1": "# ", "h2": "## ", "h3": "### ", "note": "> "}
    parts = []
    for block in blocks(items, base):
        if block.href:
            parts.append(f"<{block.href}>")
            continue
        sign = signs.get(block.style, "")
        lines = [_plain_mark(line) for line in block.text.split("\n")]
        parts.append(sign + f"\n{sign if sign == '> ' else ''}".join(lines))
    return ("\n\n".join(parts) + "\n").encode()


def _plain_mark(line: str) -> str:
    r"""Return a line without signs that Markdown would read: `1. ` becomes `1\. `."""
    escaped = re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", line)
    return re.sub(r"^(\s*)([-+]|\d+[.)])(\s)", r"\1\\\2\3", escaped)


def _csv(items: Sequence[Item], base: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(
        ["nr", "vraag", "vindplaats", "plaats", "datum", "van", "ministerie", "eerdere vraag",
         "antwoord", "notitie", "link"]
    )  # fmt: skip
    for item in items:
        place = dutch.place(item.passage.label, item.passage.page_first)
        row = (
            item.number, item.question, item.citation(base), place, item.paper.date or "",
            item.person or "", item.paper.ministry or "", item.passage.question or "", item.text,
            item.note, base + item.path,
        )  # fmt: skip
        writer.writerow(map(safe, row))
    return out.getvalue().encode("utf-8-sig")


def _clean(text: str) -> str:
    return escape(ILLEGAL.sub(" ", text))


def _zip(parts: Sequence[tuple[str, str]]) -> bytes:
    """Return a zip of parts, the first of them stored as it is (OpenDocument asks for that)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (name, text) in enumerate(parts):
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if place == 0 else zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return out.getvalue()


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_STYLES = (
    ("h1", "heading 1", '<w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="36"/>'),
    ("h2", "heading 2", '<w:outlineLvl w:val="1"/>', '<w:b/><w:sz w:val="28"/>'),
    ("h3", "heading 3", '<w:outlineLvl w:val="2"/>', '<w:b/><w:sz w:val="24"/>'),
    ("p", "Normal", "", '<w:sz w:val="22"/>'),
    ("note", "Notitie", '<w:ind w:left="400"/>', '<w:i/><w:sz w:val="22"/>'),
    ("link", "Link", "", '<w:color w:val="0B5567"/><w:u w:val="single"/><w:sz w:val="20"/>'),
)


def _docx(items: Sequence[Item], base: str) -> bytes:
    rows = list(blocks(items, base))
    links = list(dict.fromkeys(block.href for block in rows if block.href))
    return _zip(
        [
            ("[Content_Types].xml", _word_types()),
            ("_rels/.rels", _relations([("rId1", "officeDocument", "word/document.xml", "")])),
            ("word/document.xml", _word_body(rows, links)),
            ("word/styles.xml", _word_styles()),
            (
                "word/_rels/document.xml.rels",
                _relations(
                    [("rId0", "styles", "styles.xml", "")]
                    + [(f"L{n}", "hyperlink", href, "External") for n, href in enumerate(links)]
                ),
            ),
        ]
    )


def _word_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{word}.styles+xml"/></Types>'
    )


def _relations(rows: Sequence[tuple[str, str, str, str]]) -> str:
    parts = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for name, kind, target, mode in rows
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{parts}</Relationships>'


def _word_styles() -> str:
    parts = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"'
        + (' w:default="1">' if name == "p" else ">")
        + f'<w:name w:val="{title}"/><w:pPr><w:spacing w:before="80" w:after="80"/>{shape}</w:pPr>'
        f'<w:rPr><w:lang w:val="nl-NL"/>{look}</w:rPr></w:style>'
        for name, title, shape, look in WORD_STYLES
    )
    return f"{XML}<w:styles {W}>{parts}</w:styles>"


def _word_body(rows: Sequence[Block], links: Sequence[str]) -> str:
    parts = []
    for block in rows:
        lines = [
            f'<w:t xml:space="preserve">{_clean(line)}</w:t>' for line in block.text.split("\n")
        ]
        run = f"<w:r>{'<w:br/>'.join(lines)}</w:r>"
        if block.href:
            run = f'<w:hyperlink r:id="L{links.index(block.href)}">{run}</w:hyperlink>'
        parts.append(f'<w:p><w:pPr><w:pStyle w:val="{block.style}"/></w:pPr>{run}</w:p>')
    return f"{XML}<w:document {W} {R}><w:body>{''.join(parts)}<w:sectPr/></w:body></w:document>"


ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODF_NAMES = (
    f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:style="{ODF}:style:1.0" '
    f'xmlns:fo="{ODF}:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"
ODT_STYLES = {
    "h1": 'fo:font-size="18pt" fo:font-weight="bold"',
    "h2": 'fo:font-size="14pt" fo:font-weight="bold"',
    "h3": 'fo:font-size="12pt" fo:font-weight="bold"',
    "p": 'fo:font-size="11pt"',
    "note": 'fo:font-size="11pt" fo:font-style="italic"',
    "link": 'fo:font-size="10pt"',
}


def _odt(items: Sequence[Item], base: str) -> bytes:
    manifest = (
        f'{XML}<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph">'
        '<style:paragraph-properties fo:margin-top="0.15cm" fo:margin-bottom="0.15cm"/>'
        f'<style:text-properties fo:language="nl" fo:country="NL" {look}/></style:style>'
        for name, look in ODT_STYLES.items()
    )
    body = "".join(_odt_block(block) for block in blocks(items, base))
    content = (
        f'{XML}<office:document-content {ODF_NAMES} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return _zip(
        [("mimetype", ODT_TYPE), ("content.xml", content), ("META-INF/manifest.xml", manifest)]
    )


def _odt_block(block: Block) -> str:
    text = "<text:line-break/>".join(_clean(line) for line in block.text.split("\n"))
    if block.href:
        text = f'<text:a xlink:type="simple" xlink:href={quoteattr(block.href)}>{text}</text:a>'
    if block.style in ("h1", "h2", "h3"):
        level = block.style[1]
        return (
            f'<text:h text:style-name="{block.style}" text:outline-level="{level}">{text}</text:h>'
        )
    return f'<text:p text:style-name="{block.style}">{text}</text:p>'


FORMS = {
    "docx": Form(
        "Word (.docx)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _docx,
    ),
    "odt": Form("OpenDocument (.odt)", ODT_TYPE, _odt),
    "csv": Form("CSV (rekenblad)", "text/csv", _csv),
    "md": Form("Markdown", "text/markdown", _markdown),
}
