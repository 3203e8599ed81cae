"""A stream → its data, in steps, so that a bomb never unfolds."""

from __future__ import annotations

import zlib

from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

FLATE = (LIT("FlateDecode"), LIT("Fl"))
PIECE = 1 << 20


def inflated(stream: PDFStream, most: int) -> bytes:
    """Return a stream's data, at most a little more than `most` bytes when it is deflated."""
    filters = stream.get_filters()
    simple = len(filters) == 1 and filters[0][0] in FLATE and not filters[0][1]
    raw = stream.get_rawdata()
    if not simple or raw is None or stream.decipher is not None:
        return stream.get_data()
    machine = zlib.decompressobj()
    parts: list[bytes] = []
    room = most
    try:
        while room >= 0 and (part := machine.decompress(raw, PIECE)):
            parts.append(part)
            room -= len(part)
            raw = machine.unconsumed_tail
    except zlib.error:
        if not parts:
            return stream.get_data()  # pdfminer reads what it can of damaged data
    return b"".join(parts)
