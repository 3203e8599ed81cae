"""PDFs that a chance puts together: every part is well formed or nearly, and few agree.

In go a number and a seed, out come (name, bytes). A paper that uses most of what a reader looks at
(page trees, simple and composite fonts, maps to Unicode, forms, inline images, packed objects) is
taken apart into tokens; some are replaced by extremes or by tokens from elsewhere, doubled or
dropped; then the file is written with right places, so that a reader gets past its table.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator

from tests.extract.hostile import Objects, stream, written

TOKEN = re.compile(rb"<<|>>|[\[\]]|\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]*>|/?[^\s()<>\[\]/]+")
EXTREMES = (
    b"0", b"-1", b"1", b"65536", b"4294967295", b"-2147483649", b"999999999999", b"1e38",
    b"0.0001", b"--5", b"null", b"true", b"<<", b">>", b"[", b"]", b"[ ]", b"<< >>", b"( )",
    b"<>", b"<ffffffff>", b"/", b"/Identity-H", b"/WinAnsiEncoding", b"/F1", b"/Fm", b"/Kids",
    b"1 0 R", b"2 0 R", b"4 0 R", b"7 0 R", b"15 0 R", b"99 0 R", b"(" + b"x" * 3_000 + b")",
    b"[" * 300, b"<< /A " * 300, b"q", b"Q", b"BT", b"ET", b"Tj", b"TJ", b"Do", b"cm", b"Tf",
    b"'", b'"', b"Tz", b"Tm", b"BI", b"EI",
)  # fmt: skip
CONTENT = b"""q 1 0 0 1 0 0 cm BT /F1 12 Tf 14 TL 90 780 Td (Een regel tekst) Tj T*
[(met) -300 (kerning) 20 (erin)] TJ (en een) ' 1 2 (volgende) " ET
/F2 10 Tf BT 1 0 0 1 90 700 Tm <0001000200030004> Tj 90 Tz 0 Tc 3 Tr 5 Ts (x) Tj ET
BT /F3 9 Tf 0 1 -1 0 300 300 Tm (op zijn kant) Tj ET BT /F4 1 Tf 90 600 Td (ab) Tj ET Q
q 0.5 0 0 0.5 10 10 cm /Fm Do Q 1 1 1 rg BT /F1 8 Tf 90 90 Td (wit) Tj ET 0 g
BI /W 2 /H 2 /BPC 8 /CS /G ID \x00\xff\x00\xff EI 0 0 100 100 re f /Im Do"""
MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <ffff> endcodespacerange
2 beginbfchar <0001> <0041> <0002> <00660069> endbfchar
2 beginbfrange <0003> <0010> <0061> <0020> <0022> [<0030> <0031> <0032>] endbfrange
endcmap end end"""
PLAIN: dict[int, bytes] = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R 20 0 R] /Count 3 /MediaBox [0 0 595 842] /Resources 5 0 R >>",
    3: b"<< /Type /Page /Parent 2 0 R /Contents [4 0 R 4 0 R] /CropBox [10 10 500 800] >>",
    5: b"<< /Font << /F1 6 0 R /F2 7 0 R /F3 12 0 R /F4 14 0 R >> /XObject << /Fm 15 0 R"
    b" /Im 16 0 R >> /ExtGState << /G << /Font [6 0 R 9] >> >> >>",
    6: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    7: b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [8 0 R]"
    b" /ToUnicode 10 0 R >>",
    8: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 500 /W [1 [500 600] 3 9 400]"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    b" /FontDescriptor 9 0 R /CIDToGIDMap /Identity >>",
    9: b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800"
    b" /Descent -200 /MissingWidth 500 /StemV 80 >>",
    12: b"<< /Type /Font /Subtype /TrueType /BaseFont /B /FirstChar 32 /LastChar 40"
    b" /Widths [250 300 400 500 500 500 500 500 500] /FontDescriptor 9 0 R"
    b" /Encoding << /BaseEncoding /MacRomanEncoding /Differences [97 /a /fi /Euro /uni0041 /g7] >>"
    b" >>",
    14: b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [0.1 0 0 0.1 0 0]"
    b" /FirstChar 97 /LastChar 98 /Widths [9 9] /Encoding << /Differences [97 /p /q] >>"
    b" /CharProcs << /p 17 0 R /q 17 0 R >> >>",
    20: b"<< /Type /Pages /Parent 2 0 R /Kids [21 0 R 22 0 R] /Count 2 /Rotate 90 >>",
    21: b"<< /Type /Page /Parent 20 0 R /Contents 4 0 R >>",
    22: b"<< /Type /Page /Parent 20 0 R /Contents 4 0 R /Rotate -90 /UserUnit 2 >>",
}
STREAMS: dict[int, tuple[bytes, bytes]] = {
    4: (CONTENT, b""),
    10: (MAP, b""),
    15: (
        b"BT /F1 9 Tf 9 9 Td (in een vorm) Tj ET /Fm Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Matrix [1 0 0 1 0 0] /Resources 5 0 R",
    ),
    16: (b"\x00\xff\x00\xff", b"/Type /XObject /Subtype /Image /Width 2 /Height 2"),
    17: (b"9 0 d0 0 0 9 9 re f", b""),
}


def generated(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield files by number; the same seed gives the same files."""
    random_ = random.Random(seed)
    for number in range(count):
        yield f"gemaakt-{number:05}", _file(random_)


def _file(random_: random.Random) -> bytes:
    """Return one paper with one to a dozen faults, spread over its parts or all in one."""
    chosen = random_.choices([*PLAIN, *STREAMS], k=random_.randrange(1, 5))
    objects: Objects = {}
    for number, body in PLAIN.items():
        objects[number] = _worse(body, random_) if number in chosen else body
    for number, (data, more) in STREAMS.items():
        if number in chosen and random_.random() < 0.7:
            data = _worse(data, random_)  # noqa: PLW2901 - the same stream, with faults
        elif number in chosen:
            more = _worse(more, random_)  # noqa: PLW2901 - the same
        objects[number] = _streamed(data, more, random_, spoilt=number in chosen)
    return written(objects, shift=random_.choice((0, 0, 0, 0, 0, 0, 0, -1, 9)))


def _streamed(data: bytes, more: bytes, random_: random.Random, *, spoilt: bool) -> bytes:
    """Return a stream, packed or not; one that is spoilt may be cut or lie about its length."""
    if random_.random() < 0.5:
        data, more = zlib.compress(data), more + b" /Filter /FlateDecode"
        if spoilt and random_.random() < 0.3:
            data = data[: random_.randrange(len(data))] + random_.randbytes(8)
    lies = spoilt and random_.random() < 0.15
    return stream(data, more, random_.choice((0, 7, 10**6, 10**12)) if lies else None)


def _worse(body: bytes, random_: random.Random) -> bytes:
    """Return a body with a few of its tokens changed."""
    parts = TOKEN.findall(body) or [b""]
    for _ in range(random_.randrange(1, 4)):
        at = random_.randrange(len(parts))
        way = random_.randrange(6)
        if way <= 2:
            parts[at] = random_.choice(EXTREMES)
        elif way == 3:
            parts[at:at] = parts[at : at + random_.randrange(1, 6)] * random_.choice((1, 1, 50))
        elif way == 4 and len(parts) > 1:
            del parts[at]
        else:
            parts[at] = random_.choice(parts)
    return b" ".join(parts)
