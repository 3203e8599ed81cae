"""Streams of a PDF file, of which only those that are asked for are read."""

from __future__ import annotations

import zlib
from itertools import accumulate
from typing import Any

from pdfminer.pdftypes import PDFStream, int_value

from indexer.extract.inflate import FLATE

UP = 2
"""How PNG marks a row that is written as what it adds to the row above (RFC 2083, 6.4)."""
BYTE = 8


class QuickStream(PDFStream):
    """A stream that lies in the file: it is cut out when it is asked for, as images never are."""

    def __init__(self, known: dict[str, Any], file: bytes, place: slice, decipher: Any) -> None:
        super().__init__(known, b"", decipher)
        self._file, self._place = file, place

    def get_rawdata(self) -> bytes | None:
        """Return the bytes as they are written."""
        if self.rawdata == b"":
            self.rawdata = self._file[self._place]
        return self.rawdata

    def decode(self) -> None:
        """Make what the bytes stand for."""
        self.get_rawdata()
        data = self._table()
        if data is None:
            super().decode()
        else:
            self.data, self.rawdata = data, None

    def _table(self) -> bytes | None:
        """Return the data of a deflated table that is written as tables of objects are.

        `None` for anything else, and what is damaged, which pdfminer reads, byte by byte.
        """
        filters = self.get_filters()
        if len(filters) != 1 or filters[0][0] not in FLATE or self.decipher or not self.rawdata:
            return None
        known = filters[0][1]
        if not isinstance(known, dict) or int_value(known.get("Predictor", 1)) < 10:
            return None
        if int_value(known.get("BitsPerComponent", BYTE)) != BYTE:
            return None
        width = int_value(known.get("Colors", 1)) * int_value(known.get("Columns", 1))
        try:
            return added_up(zlib.decompress(self.rawdata), width)
        except zlib.error:
            return None


def added_up(rows: bytes, width: int) -> bytes | None:
    """Return rows of so many bytes that are each written as what it adds to the row above.

    `None` when one is written otherwise.
    """
    step = width + 1
    if not rows or width < 1 or len(rows) % step or rows[::step].strip(bytes((UP,))):
        return None
    found = bytearray(len(rows) // step * width)
    for place in range(width):
        column = accumulate(rows[place + 1 :: step])
        found[place::width] = bytes(map((255).__and__, column))
    return bytes(found)
