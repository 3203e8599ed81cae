"""Streams of a PDF file, of which only those that are asked for are read."""

from __future__ import annotations

from typing import Any

from pdfminer.pdftypes import PDFStream


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
        super().decode()
