"""Crafted PDFs: each a small file that asks a reader for too much, or contradicts itself.

In goes nothing, out come (name, bytes). They follow the ways in which readers of PDF are known to
hang, to eat memory or to fall over: loops of references, page trees that never end, ranges of
billions, bombs, nesting, lies about lengths and places.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator

Objects = dict[int, bytes]
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 5 0 R >>"
TEXT = b"BT /F1 12 Tf 90 700 Td (Gewone tekst op deze bladzijde) Tj ET"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(data: bytes, more: bytes = b"", length: int | None = None) -> bytes:
    """Return a stream object's body."""
    size = len(data) if length is None else length
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (size, more, data)


def deflated(data: bytes, more: bytes = b"") -> bytes:
    return stream(zlib.compress(data, 9), b"/Filter /FlateDecode " + more)


def plain(content: bytes = TEXT) -> Objects:
    """Return the objects of a sound paper of one page."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: PAGE,
        4: stream(content),
        5: b"<< /Font << /F1 6 0 R >> >>",
        6: FONT,
    }


def written(objects: Objects, trailer: bytes = b"", shift: int = 0) -> bytes:
    """Return the file; `shift` is added to every place in the cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out) + shift
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, trailer, start,
    )  # fmt: skip
    return bytes(out)


def changed(**bodies: bytes) -> bytes:
    """Return a sound paper with other bodies for some objects: `o4=…`."""
    objects = plain()
    objects.update({int(name[1:]): body for name, body in bodies.items()})
    return written(objects)


def _to_unicode(table: bytes) -> bytes:
    font = FONT[:-2] + b"/ToUnicode 7 0 R >>"
    return changed(o6=font, o7=stream(table))


def composite(descendant: bytes, **more: bytes) -> bytes:
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H"
    return changed(o6=font + b" /DescendantFonts [7 0 R] >>", o7=descendant, **more)


def _forms(depth: int, each: int) -> bytes:
    """Return forms that each paint the next one several times: `each ** depth` in all."""
    objects = plain(b"/X0 Do")
    objects[5] = b"<< /XObject << /X0 10 0 R >> >>"
    for level in range(depth):
        inner = b"/X%d Do " % (level + 1) * each if level + 1 < depth else TEXT
        below = (
            b"/XObject << /X%d %d 0 R >>" % (level + 1, 11 + level) if level + 1 < depth else b""
        )
        names = b"/Resources << %s /Font << /F1 6 0 R >> >>" % below
        box = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
        objects[10 + level] = stream(inner, box + names)
    return written(objects)


def _pages(count: int) -> bytes:
    objects = plain()
    kids = b" ".join(b"3 0 R" for _ in range(count))
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return written(objects)


def _many_pages(count: int) -> bytes:
    objects = plain()
    numbers = range(100, 100 + count)
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        count, b" ".join(b"%d 0 R" % n for n in numbers),
    )  # fmt: skip
    objects.update(dict.fromkeys(numbers, PAGE))
    return written(objects)


def _scattered(count: int) -> bytes:
    """Return a page of letters here and there: bad for readers that group boxes by pairs."""
    random_ = random.Random(7)
    shown = b"".join(
        b"1 0 0 1 %d %d Tm (x) Tj\n" % (random_.randrange(595), random_.randrange(842))
        for _ in range(count)
    )
    return changed(o4=stream(b"BT /F1 3 Tf\n" + shown + b"ET"))


def _xref_stream(index: bytes, widths: bytes = b"[1 2 1]") -> bytes:
    body = b"%PDF-1.7\n"
    for number, text in plain().items():
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(body)
    table = deflated(
        b"\x00" * 40, b"/Type /XRef /Size 10 /Root 1 0 R /Index %s /W %s" % (index, widths)
    )
    return body + b"9 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, start)


def _object_stream_of_itself() -> bytes:
    data = deflated(
        b"7 0 8 10 << /A 1 >> << /B 2 >>", b"/Type /ObjStm /N 2 /First 8 /Extends 7 0 R"
    )
    return changed(o7=data, o5=b"<< /Font 7 0 R >>")


def _predictor(columns: int) -> bytes:
    parms = b"/DecodeParms << /Predictor 15 /Columns %d /Colors 4 >>" % columns
    return changed(o4=deflated(TEXT, parms))


CASES: dict[str, Callable[[], bytes]] = {
    # References that go round.
    "object-is-itself": lambda: changed(o4=b"4 0 R"),
    "two-objects-of-each-other": lambda: changed(o4=b"7 0 R", o7=b"4 0 R"),
    "contents-of-itself": lambda: changed(o4=b"[4 0 R 4 0 R]"),
    "font-of-itself": lambda: composite(
        b"<< /Type /Font /Subtype /Type0 /DescendantFonts [7 0 R] >>"
    ),
    "length-is-the-stream": lambda: changed(
        o4=b"<< /Length 4 0 R >>\nstream\n" + TEXT + b"\nendstream"
    ),
    "resources-of-itself": lambda: changed(o5=b"<< /Font 5 0 R /XObject 5 0 R >>"),
    "page-tree-of-itself": lambda: changed(o2=b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"),
    "page-trees-of-each-other": lambda: changed(
        o2=b"<< /Type /Pages /Kids [7 0 R] /Count 1 >>", o7=b"<< /Type /Pages /Kids [2 0 R] >>"
    ),
    "xref-before-itself": lambda: written(plain(), trailer=b"/Prev 9"),
    "object-stream-of-itself": _object_stream_of_itself,
    # Numbers without measure.
    "xref-index-of-billions": lambda: _xref_stream(b"[0 1000000000]"),
    "xref-widths-of-billions": lambda: _xref_stream(b"[0 5]", b"[1000000000 2 1]"),
    "tounicode-range-of-billions": lambda: _to_unicode(
        b"1 beginbfrange\n<00000000> <ffffffff> <0041>\nendbfrange"
    ),
    "tounicode-of-ten-thousand-ranges": lambda: _to_unicode(
        b"100 beginbfrange\n" + b"<0000> <ffff> <0041>\n" * 10_000 + b"endbfrange"
    ),
    "widths-from-minus-a-billion": lambda: changed(
        o6=FONT[:-2].replace(b"Helvetica", b"Eigen") + b"/FirstChar -1000000000 /Widths [1] >>"
    ),
    "cid-widths-of-billions": lambda: composite(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /W [0 4000000000 500] >>"
    ),
    "pages-of-no-end": lambda: changed(o2=b"<< /Type /Pages /Kids [3 0 R] /Count 999999999 >>"),
    "predictor-of-billions": lambda: _predictor(1_000_000_000),
    "page-as-large-as-a-country": lambda: changed(o3=PAGE.replace(b"595 842", b"1e30 1e30")),
    "page-of-no-size": lambda: changed(o3=PAGE.replace(b"595 842", b"0 0")),
    "matrix-of-extremes": lambda: changed(
        o4=stream(b"1e30 0 0 1e30 1e30 1e30 cm 1e38 0 0 1e38 0 0 cm " + TEXT)
    ),
    "numbers-that-are-none": lambda: changed(
        o4=stream(b"BT /F1 --1-2 Tf 1..2 +-3 Td (tekst) Tj 1 2 Tm ET")
    ),
    # Bombs.
    "content-bomb": lambda: changed(o4=deflated(b" " * (300 << 20))),
    "bomb-in-a-bomb": lambda: changed(
        o4=stream(
            zlib.compress(zlib.compress(b" " * (100 << 20), 9), 9),
            b"/Filter [/FlateDecode /FlateDecode]",
        )
    ),
    "hundred-filters": lambda: changed(
        o4=stream(zlib.compress(TEXT), b"/Filter [%s]" % (b"/FlateDecode " * 100))
    ),
    "font-file-bomb": lambda: composite(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /FontDescriptor 8 0 R >>",
        o8=b"<< /Type /FontDescriptor /FontFile2 9 0 R >>",
        o9=deflated(b"\0" * (200 << 20)),
    ),
    "tounicode-bomb": lambda: changed(
        o6=FONT[:-2] + b"/ToUnicode 7 0 R >>",
        o7=deflated(b"beginbfchar <01> <02> endbfchar\n" * (3 << 20)),
    ),
    "forms-of-forms": lambda: _forms(20, 2),
    "forms-wide": lambda: _forms(4, 30),
    "one-string-of-20-mb": lambda: changed(
        o4=stream(b"BT /F1 1 Tf (" + b"a" * (20 << 20) + b") Tj ET")
    ),
    "scattered-letters": lambda: _scattered(50_000),
    "more-fragments-than-allowed": lambda: _scattered(70_000),
    "50000-pages": lambda: _pages(50_000),
    "6000-pages": lambda: _many_pages(6_000),
    # Nesting.
    "brackets-5000-deep": lambda: changed(o5=b"[" * 5_000 + b"]" * 5_000),
    "dictionaries-5000-deep": lambda: changed(o5=b"<< /A " * 5_000 + b">> " * 5_000),
    "string-brackets-deep": lambda: changed(
        o4=stream(b"BT /F1 9 Tf " + b"(" * 100_000 + b")" * 100_000 + b" Tj ET")
    ),
    "string-brackets-open": lambda: changed(o4=stream(b"BT /F1 9 Tf " + b"(" * 200_000 + TEXT)),
    "states-a-million-deep": lambda: changed(o4=stream(b"q " * 1_000_000 + TEXT)),
    "arrays-in-content": lambda: changed(o4=stream(b"[" * 200_000 + TEXT)),
    "page-tree-2000-deep": lambda: written(
        plain()
        | {2: b"<< /Type /Pages /Kids [100 0 R] /Count 1 >>"}
        | {n: b"<< /Type /Pages /Kids [%d 0 R] >>" % (n + 1) for n in range(100, 2_100)}
        | {2_100: PAGE}
    ),
    # Lies.
    "places-are-wrong": lambda: written(plain(), shift=7),
    "length-is-short": lambda: changed(o4=stream(TEXT, length=5)),
    "length-is-long": lambda: changed(o4=stream(TEXT, length=99_999)),
    "no-root": lambda: written(plain()).replace(b"/Root 1 0 R", b""),
    "root-is-a-number": lambda: changed(o1=b"42"),
    "kids-are-numbers": lambda: changed(o2=b"<< /Type /Pages /Kids [1 2 3] /Count 3 >>"),
    "page-of-no-width": lambda: changed(o3=PAGE.replace(b"595", b"0")),
    "page-without-box": lambda: changed(o3=PAGE.replace(b"/MediaBox [0 0 595 842]", b"")),
    "inline-image-open": lambda: changed(o4=stream(TEXT + b" BI /W 1 /H 1 ID \x00\x01")),
    "cmap-on-the-disk": lambda: changed(
        o6=b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /..#2F..#2Ftmp#2Fx"
        b" /DescendantFonts [7 0 R] >>",
        o7=b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A"
        b" /CIDSystemInfo << /Registry (../../tmp) /Ordering (x) >> >>",
    ),
    "encrypted-by-nothing": lambda: written(
        plain(), trailer=b"/Encrypt << /Filter /Standard /V 9 >>"
    ),
    "head-alone": lambda: b"%PDF-1.7\n",
    "nothing-but-zeros": lambda: b"%PDF-1.7\n" + b"\0" * 100_000,
    "end-is-missing": lambda: written(plain())[:-60],
    "half-a-file": lambda: written(plain())[:300],
}


def crafted() -> Iterator[tuple[str, bytes]]:
    """Yield every crafted file with its name."""
    for name, make in CASES.items():
        yield name, make()


def mutated(originals: list[bytes], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield files with bytes flipped, pieces cut, doubled or swapped, or numbers changed."""
    random_ = random.Random(seed)
    for number in range(count):
        data = bytearray(random_.choice(originals))
        for _ in range(random_.randrange(1, 8)):
            _mutate(data, random_)
        yield f"gewijzigd-{number:05}", bytes(data)


def _mutate(data: bytearray, random_: random.Random) -> None:
    at = random_.randrange(len(data))
    size = random_.randrange(1, 200)
    way = random_.randrange(5)
    if way == 0:
        data[at] ^= 1 << random_.randrange(8)
    elif way == 1 and len(data) > 1_000:
        del data[at : at + size]
    elif way == 2:
        data[at:at] = data[at : at + size]
    elif way == 3:
        other = random_.randrange(len(data))
        data[at : at + size] = data[other : other + size]
    else:
        digits = [i for i in range(at, min(len(data), at + 500)) if 48 <= data[i] <= 57]
        for i in digits[: random_.randrange(1, 6)]:
            data[i] = random_.choice(b"0123456789")
