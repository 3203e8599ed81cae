"""Files of questions: Word, PDF, text, and what pretends to be one."""

from __future__ import annotations

import io
import zipfile

import pytest

from search_app.errors import UploadError
from search_app.uploads import LARGEST, read_upload
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


@pytest.mark.parametrize(
    ("case", "data"),
    [
        ("a zip bomb", word(BOMB)),
        ("entities", word(paragraph("&b;"), head=ENTITIES)),
        ("another zip", OTHER_ZIP.getvalue()),
        ("half a zip", word(paragraph("Klopt dit?"))[:200]),
        ("no XML", word("<w:p>")),
        ("an old Word file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
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
