"""Objects in packed streams: read one by one, and by pdfminer when a stream's head lies."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import LIT
from pdfminer.utils import apply_png_predictor

from indexer.extract.objects import QuickDocument, QuickParser
from indexer.extract.read import extract
from indexer.extract.streams import added_up
from indexer.extract.structures import numbers

PACKED = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
    3: b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >>",
    4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    8: b"[1 2 (a \\( b) <6162> /N#61me true null -.5 9 0 R]",
}


def stream(extra: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data)
    head = b"<< %s /Filter /FlateDecode /Length %d >>" % (extra, len(packed))
    return head + b"\nstream\n" + packed + b"\nendstream"


def written(*, shift: int) -> bytes:
    """Return a paper of one page in packed objects; `shift` makes the numbers of its head wrong."""
    places, body = [], b""
    for number, data in PACKED.items():
        places += [number + shift, len(body)]
        body += data + b" "
    head = b" ".join(b"%d" % place for place in places) + b" "
    extra = b"/Type /ObjStm /N %d /First %d" % (len(PACKED), len(head))
    content = b"BT /F 10 Tf 90 700 Td (Een zin in een gepakt bestand.) Tj ET"
    out = b"%PDF-1.5\n"
    rows = {n: (2, 6, i) for i, n in enumerate(PACKED)}
    for number, data in ((5, stream(b"", content)), (6, stream(extra, head + body))):
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    rows[7] = (1, len(out), 0)
    table = b"".join(
        bytes((kind,)) + place.to_bytes(2, "big") + bytes((rest,))
        for kind, place, rest in (rows.get(n, (0, 0, 0)) for n in range(9))
    )
    trailer = stream(b"/Type /XRef /Size 9 /W [1 2 1] /Root 1 0 R", table)
    return out + b"7 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (trailer, len(out))


@given(st.integers(1, 6), st.data())
def test_tables_are_added_up_as_pdfminer_does(width: int, data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.binary(min_size=width, max_size=width), min_size=1, max_size=9))
    written = b"".join(b"\x02" + row for row in rows)
    assert added_up(written, width) == apply_png_predictor(12, 1, width, 8, written)


@pytest.mark.parametrize(
    ("rows", "width"),
    [(b"", 2), (b"", 1 << 40), (b"\x02ab\x01cd", 2), (b"\x02ab\x02c", 2), (b"a", 0)],
)
def test_other_rows_are_left_to_pdfminer(rows: bytes, width: int) -> None:
    assert added_up(rows, width) is None


def test_numbers_are_whole_where_they_are_written_so() -> None:
    assert repr(numbers(b" 1 -2 +3\n")) == "[1, -2, 3]"
    assert repr(numbers(b"1 2.0 --3")) == "[1, 2.0, -3.0]"


NAMED = [LIT("D")]


@pytest.mark.parametrize("shift", [0, 100])
def test_packed_objects_are_read(tmp_path: Path, shift: int) -> None:
    path = tmp_path / "stuk.pdf"
    path.write_bytes(written(shift=shift))
    found = extract(path, ocr="off")
    assert found.pages[0].text == "Een zin in een gepakt bestand."
    assert found.extractor == "pdfminer.six"


def test_an_object_of_every_kind() -> None:
    document = QuickDocument(QuickParser(BytesIO(written(shift=0))))
    found = document.getobj(8)
    assert isinstance(found, list)
    *plain, reference = found
    assert plain == [1, 2, b"a ( b", b"ab", LIT("Name"), True, None, -0.5]
    assert reference.objid == 9


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"<< /A [1 (a) [2] << /B null /C true >>] >>", {"A": [1, b"a", [2], {"C": True}]}),
        (
            b"<< /A (b\\) << c) /B <61> /C [ /D ] >> /E",
            {"A": b"b) << c", "B": b"a", "C": [LIT("D")]},
        ),
        (b"<< /A 1 } /B 2 >>", {"A": 1, "B": 2}),  # a bracket too many
        (b"<< /A [1 2 >> /B ] >>", {"A": [1, 2, LIT("B")]}),  # one that closes another
        (b"<< /A 1 /B >>", {"A": 1}),
        (b"[ << /A 1 >> 2 ", {"A": 1}),  # no end: the first of what is there
    ],
)
def test_a_structure_is_read_whole_or_sign_by_sign(written: bytes, expected: object) -> None:
    assert QuickParser(BytesIO(written)).only() == expected


@pytest.mark.parametrize("length", [b"5", b"3", b"12", b"-1", b"/No", b"8 0 R"])
def test_a_stream_is_as_pdfminer_has_it_and_cut_out_when_asked_for(length: bytes) -> None:
    file = b"1 0 obj\n<< /Length %s >>\nstream\nabcde\nendstream\nendobj\n2 0 obj 7\n" % length
    found: list[object] = []
    parser: Any
    for parser in (QuickParser(BytesIO(file)), PDFParser(BytesIO(file))):
        parser.doc = Mock(getobj=Mock(return_value=5), decipher=None)
        parser.seek(8)
        try:
            _, stream = parser.nextobject()
            found.append((stream.get_rawdata(), stream.get_data(), parser.nexttoken()[1]))
        except PSEOF:
            found.append(())
    assert found[0] == found[1]
    assert bool(found[0]) is (length != b"12")  # beyond `endstream`, which is then looked for


def test_the_bytes_of_an_image_stay_in_the_file() -> None:
    parser: Any = QuickParser(BytesIO(b"<< /Length 3 >> stream\nabc\nendstream endobj "))
    _, stream = parser.nextobject()
    assert stream.rawdata == b""
    assert stream.get_data() == b"abc"
