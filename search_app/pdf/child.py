"""One page of a PDF → its image and its words with their boxes: a program of its own.

In go a path, a page number and a width in pixels as arguments; out come, on stdout, a line of JSON
and the bytes of a PNG. It runs as a child process with limits on time and memory, because a PDF
comes from anyone and PDFium is written in C++: what goes wrong here, goes wrong here alone.
"""

from __future__ import annotations

import ctypes
import json
import resource
import struct
import sys
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 10
TALLEST = 4
"""The height of an image is at most this many times its width."""
MOST_SIGNS = 40_000
GREY_WITHIN = 10
"""Channels that differ less than this are a grey: what a scanner or a soft edge makes."""


def main() -> int:
    """Write the image and the words of the page that the arguments ask for."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    path, number, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    document = pdfium.PdfDocument(path)
    if not 1 <= number <= len(document):
        return 3
    page = document[number - 1]
    bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True, may_draw_forms=False)
    pixels = bitmap.to_numpy()
    if pixels.shape[0] > TALLEST * width:
        return 4
    told = {
        "width": int(pixels.shape[1]),
        "height": int(pixels.shape[0]),
        "pages": len(document),
        "words": list(words(page)),
    }
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + png(pixels))
    return 0


def words(page: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield the words of a page with left, top, right, bottom as parts (0 to 1) of its size."""
    text = page.get_textpage()
    count = min(text.count_chars(), MOST_SIGNS)
    box = [ctypes.c_double() for _ in range(4)]
    word, edges = "", [0.0] * 4
    for place in range(count + 1):
        code = raw.FPDFText_GetUnicode(text.raw, place) if place < count else 32
        sign = chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else " "
        if sign.isspace() or sign == "\x00":
            if word:
                yield (word, *_on_page(page, edges))
            word = ""
            continue
        raw.FPDFText_GetCharBox(text.raw, place, *(ctypes.byref(value) for value in box))
        left, right, bottom, top = (value.value for value in box)
        if word:
            edges = [
                min(edges[0], left), max(edges[1], right),
                min(edges[2], bottom), max(edges[3], top),
            ]  # fmt: skip
        else:
            edges = [left, right, bottom, top]
        word += "-" if sign in "\x02\u00ad" else sign  # PDFium's sign for a hyphen at a line's end


def _on_page(page: Any, edges: list[float]) -> tuple[float, float, float, float]:
    """Return edges in PDF units as parts of the page as it is shown: cropped and turned."""
    size = 10_000
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for across, up in ((edges[0], edges[3]), (edges[1], edges[2])):
        raw.FPDF_PageToDevice(
            page.raw, 0, 0, size, size, 0, across, up, ctypes.byref(x), ctypes.byref(y)
        )
        corners.append((x.value / size, y.value / size))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def png(pixels: Any) -> bytes:
    """Return an image (height, width, 3 or 4 bytes) as PNG: 16 greys, or colour where it is."""
    colour = pixels[:, :, :3].astype(np.int16)
    spread = colour.max(axis=2) - colour.min(axis=2)
    height, width = pixels.shape[:2]
    if (spread > GREY_WITHIN).mean() < 0.0005:
        grey = (colour.mean(axis=2) / 17 + 0.5).astype(np.uint8)
        even = np.pad(grey, ((0, 0), (0, width % 2)))
        rows = (even[:, ::2] << 4) | even[:, 1::2]
        depth, kind, sort = 4, 0, 0
    else:
        rows = pixels[:, :, :3].reshape(height, -1).copy()
        rows[1:] -= rows[:-1].copy()  # filter `Up`: each byte less the one above it
        depth, kind, sort = 8, 2, 2
    data = np.pad(rows, ((0, 0), (1, 0)), constant_values=sort).tobytes()
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(data, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


if __name__ == "__main__":
    sys.exit(main())
