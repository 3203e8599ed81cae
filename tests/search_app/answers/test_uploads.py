"""Files of questions: Word, PDF, text, and what pretends to be one."""

from __future__ import annotations

import io
import zipfile

import pytest

from search_app.answers.uploads import LARGEST, read_upload
from search_app.errors import UploadError
from tests.conftest import SAMPLE

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def paragraph(text: str, level: int | None = None) -> str:
    place = f'<w:ilvl w:val="{level}"/><w:numId w:val="7"/>'
    shape = f"<w:pPr><w:numPr>{place}</w:numPr></w:pPr>" if level is not None else ""
    return f"<w:p>{shape}<w:r><w:t>{text}</w:t></w:r></w:p>"


def word(*paragraphs: str, head: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        body = (
            f'{head}<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
        )
        archive.writestr("word/document.xml", body)
        archive.writestr("word/numbering.xml", NUMBERING)
    return out.getvalue()


def test_numbers_that_word_counts_itself_are_read() -> None:
    asked = read_upload(
        word(
            paragraph("Vragen over de brug."),
            paragraph("Klopt dit?", 0),
            paragraph("Kunt u zeggen:", 0),
            paragraph("hoe?", 1),
            paragraph("wanneer?", 1),
            paragraph("Wie betaalt?", 0),
        )
    )
    assert [(row.number, row.text) for row in asked.questions] == [
        ("1", "Klopt dit?"),
        ("2a", "Kunt u zeggen: hoe?"),
        ("2b", "Kunt u zeggen: wanneer?"),
        ("3", "Wie betaalt?"),
    ]
    assert "Vragen over de brug." in asked.introduction


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "text", "style"))
LEVELS = """<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1"/>
<text:list-level-style-number text:level="2" style:num-format="a"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>"""


def odt(body: str, head: str = "", levels: str = LEVELS) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"{head}<office:document-content {SPACES}><office:automatic-styles>{levels}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
    return out.getvalue()


def items(*texts: str, more: str = "") -> str:
    """Return a list of OpenDocument; what is more than a text is a list within."""
    rows = "".join(
        f"<text:list-item>{text if text.startswith('<') else f'<text:p>{text}</text:p>'}"
        "</text:list-item>"
        for text in texts
    )
    return f'<text:list text:style-name="L1" {more}>{rows}</text:list>'


NOTE = (
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Krant</text:p>"
    "</text:note-body></text:note>"
)
SPAN = "<text:p>2. <text:span>Wat<text:line-break/>doet u?</text:span></text:p>"
ODT_ROWS = (
    ("numbers that it counts itself", items("Klopt dit?", "En nu?"), [
        ("1", "Klopt dit?"), ("2", "En nu?")]),
    ("letters within a number",
     items("Klopt dit?", f"<text:p>Kunt u zeggen:</text:p>{items('hoe?', 'wanneer?')}", "En?"), [
        ("1", "Klopt dit?"), ("2a", "Kunt u zeggen: hoe?"), ("2b", "Kunt u zeggen: wanneer?"),
        ("3", "En?")]),
    ("numbers that go on behind a paragraph",
     items("Klopt dit?") + "<text:p/>" + items("En nu?", more='text:continue-numbering="true"'), [
        ("1", "Klopt dit?"), ("2", "En nu?")]),
    ("notes, comments and deleted text are left out",
     "<text:tracked-changes><text:changed-region><text:deletion><text:p>Weg</text:p>"
     "</text:deletion></text:changed-region></text:tracked-changes>"
     + items(f"Klopt dit{NOTE}<office:annotation><text:p>nee</text:p></office:annotation>?", "Ja?"),
     [("1", "Klopt dit?"), ("2", "Ja?")]),
    ("numbers typed, spaces and breaks",
     "<text:p>1.<text:s text:c='2'/>Klopt<text:tab/>dit?</text:p>" + SPAN, [
        ("1", "Klopt dit?"), ("2", "Wat doet u?")]),
    ("bullets and a table",
     items("Klopt dit?", "En nu?").replace("L1", "L2"), [
        ("1", "Klopt dit?"), ("2", "En nu?")]),
)  # fmt: skip


@pytest.mark.parametrize(("case", "body", "expected"), ODT_ROWS, ids=[row[0] for row in ODT_ROWS])
def test_opendocument(case: str, body: str, expected: list[tuple[str, str]]) -> None:
    asked = read_upload(odt(body))
    assert [(row.number, row.text) for row in asked.questions] == expected, case


@pytest.mark.ocr
def test_a_scan_is_read_by_tesseract() -> None:
    asked = read_upload((SAMPLE / "gescande-brief-dijkversterking.pdf").read_bytes())
    assert "dijk" in " ".join([asked.context, *(row.text for row in asked.questions)]).lower()


def test_a_pdf_of_questions_keeps_its_numbers() -> None:
    asked = read_upload((SAMPLE / "kv-tk-2024Z18561.pdf").read_bytes())
    assert [row.number for row in asked.questions][:3] == ["1", "2", "3"]
    assert "stagediscriminatie" in " ".join(row.text for row in asked.questions)


@pytest.mark.parametrize(
    "data",
    ["1. Klopt dit?\n2. Wat doet u met één brug?".encode(encoding) for encoding in
     ("utf-8", "utf-8-sig", "utf-16", "cp1252")],
)  # fmt: skip
def test_text_in_any_encoding(data: bytes) -> None:
    assert [row.text for row in read_upload(data).questions] == [
        "Klopt dit?",
        "Wat doet u met één brug?",
    ]


BOMB = f"<w:t>{'a' * 50_000_000}</w:t>"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OTHER_ZIP = io.BytesIO()
with zipfile.ZipFile(OTHER_ZIP, "w") as other:
    other.writestr("iets.txt", "anders")


def two_bytes() -> bytes:
    """Return an OpenDocument file whose part is UTF-16, where no plain `<!DOCTYPE` stands."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        text = f'<?xml version="1.0" encoding="utf-16"?>{ENTITIES}<x>&b;</x>'
        archive.writestr("content.xml", text.encode("utf-16"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("case", "data"),
    [
        ("a zip bomb", word(BOMB)),
        ("entities", word(paragraph("&b;"), head=ENTITIES)),
        ("another zip", OTHER_ZIP.getvalue()),
        ("half a zip", word(paragraph("Klopt dit?"))[:200]),
        ("no XML", word("<w:p>")),
        ("an old Word file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("a bomb in OpenDocument", odt(f"<text:p>{'a' * 50_000_000}</text:p>")),
        ("entities in OpenDocument", odt("<text:p>&b;</text:p>", head=ENTITIES)),
        ("entities in two bytes a letter", two_bytes()),
        (
            "lists within lists within lists",
            odt("<text:section>" * 5000 + "</text:section>" * 5000),
        ),
        ("a broken PDF", b"%PDF-1.7\n" + b"\xff" * 500),
        ("an empty file", b""),
        ("a Word file without text", word()),
        ("too large", b"a" * (LARGEST + 1)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_a_sentence(case: str, data: bytes) -> None:
    with pytest.raises(UploadError, match=r"[Pp]lak"):
        read_upload(data)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("versleutelde-brief.pdf", "met een wachtwoord"),
        ("geen-pdf.pdf", "webpagina"),
        ("afgekapte-nota.pdf", "beschadigd of afgekapt"),
    ],
)
def test_what_a_file_is_instead_is_said(name: str, told: str) -> None:
    with pytest.raises(UploadError, match=told):
        read_upload((SAMPLE / name).read_bytes())


def test_rich_text_is_not_read_with_its_codes() -> None:
    with pytest.raises(UploadError, match=r"RTF-bestand\. Sla het op als \.docx"):
        read_upload(rb"{\rtf1\ansi 1. Klopt dit?\par 2. Wat doet u?\par}")


def test_an_old_word_file_says_how_to_save_it() -> None:
    with pytest.raises(UploadError, match=r"Sla het op als \.docx"):
        read_upload(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_a_paper_of_answers_has_its_title_once_and_no_head() -> None:
    """Its number, its title again and who answered are not what the questions are about."""
    asked = read_upload((SAMPLE / "ah-tk-20222023-3276.pdf").read_bytes())
    assert asked.title.endswith("over de wachtlijst voor een aansluiting op het stroomnet")
    assert asked.introduction == ""
    assert asked.questions[0].text.startswith("Bent u bekend met het bericht dat bedrijven")
