"""The objects of a PDF file, read by one regular expression.

In goes a file, out comes a parser that pdfminer's document reads objects with. pdfminer's own looks
at characters one by one and keeps a state for each; this one holds the file as bytes and takes a
whole token, or a whole array of numbers, at once. What it gives for a file is the same.
"""

from __future__ import annotations

import contextlib
import re
from io import BytesIO
from typing import Any, BinaryIO

from pdfminer.pdfdocument import PDFDocument, PDFXRefStream
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjectNotFound, PDFObjRef, PDFStream, dict_value, int_value
from pdfminer.psexceptions import PSEOF, PSTypeError
from pdfminer.psparser import KWD, PSKeyword

from indexer.extract import tokens
from indexer.extract.streams import QuickStream
from indexer.extract.structures import (
    CLOSES,
    TOKEN,
    WORDS,
    dictionary,
    literal,
    number,
    numbers,
    structure,
)

LINE = re.compile(rb"[^\r\n]*+(?:\r\n|\r|\n)")
BEGINS = {b"<<": "d", b"[": "a", b"{": "p"}
ENDS = {b">>": "d", b"]": "a", b"}": "p"}


class QuickParser(PDFParser):
    """A parser of PDF objects over bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        stream.seek(0)
        self._data = stream.read()
        self._at = 0
        super().__init__(stream)
        super().seek(0)  # what pdfminer's reader of characters has, which is not used, is there

    def seek(self, pos: int) -> None:
        """Go to a place in the file, and forget what was read."""
        self.reset()
        self._at = pos

    def tell(self) -> int:
        """Return the place in the file."""
        return self._at

    def nextline(self) -> tuple[int, bytes]:
        """Return the next line with its end, and where it begins. Raises `PSEOF`."""
        start = self._at
        match = LINE.match(self._data, start)
        if match is None:
            self._at = len(self._data)
            raise PSEOF("Unexpected EOF")
        self._at = match.end()
        return start, match[0]

    def nexttoken(self) -> tuple[int, Any]:
        """Return the next token and its place. Raises `PSEOF`."""
        match = TOKEN.match(self._data, self._at)
        if match is None or match.lastindex is None:
            self._at = len(self._data)
            raise PSEOF("Unexpected EOF")
        kind = match.lastindex
        if kind == 5:  # as a token, an array is its bracket
            self._at = match.start(5)
            return self._at - 1, KWD(b"[")
        place = match.start(kind)
        self._at = match.end(1) if kind == 1 else match.end()
        return place, int(match[1]) if kind == 1 else self._value(kind, match)

    def nextobject(self) -> tuple[int, Any]:
        """Return the next object and its place. Raises `PSEOF`."""
        while not self.results:
            match = TOKEN.match(self._data, self._at)
            if match is None or match.lastindex is None:
                self._at = len(self._data)
                raise PSEOF("Unexpected EOF")
            kind = match.lastindex
            place = match.start(kind)
            self._at = match.end()
            if kind == 4:
                self.curstack.append((place, literal(match[4])))
            elif kind == 1:
                self.curstack.append((place, PDFObjRef(self.doc, int(match[1]))))
            elif kind == 8:
                self._bracketed(match[8], place)
            elif kind == 5:
                self.curstack.append((place - 1, numbers(match[5])))
            else:
                value = self._value(kind, match)
                if isinstance(value, PSKeyword):
                    self.do_keyword(place, value)
                else:
                    self.curstack.append((place, value))
        return self.results.pop(0)

    def _value(self, kind: int, match: re.Match[bytes]) -> Any:
        """Return what a token stands for, an array of numbers and a reference apart."""
        if kind == 2:
            return int(match[2])
        if kind == 3:
            return number(match[3])
        if kind == 4:
            return literal(match[4])
        if kind == 6:
            value, self._at = tokens.string(self._data, match.start(6))
            return value
        if kind == 7:
            return tokens.from_hex(match[7])
        return WORDS.get(match[kind], KWD(match[kind]))

    def only(self) -> Any:
        """Return the object that the bytes hold. Raises `PSEOF` when they hold none."""
        self.seek(0)
        with contextlib.suppress(PSEOF):
            self.push(self.nextobject())
        if not self.curstack:
            raise PSEOF("Unexpected EOF")
        return self.curstack[0][1]

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Do what a word asks for; the bytes of a stream are left where they are."""
        if token is not self.KEYWORD_STREAM or self.fallback or not self.curstack:
            super().do_keyword(pos, token)
            return
        known = dict_value(self.pop(1)[0][1])
        length = int_value(known.get("Length", 0))  # may be read elsewhere with this parser
        self.seek(pos)
        try:
            start = pos + len(self.nextline()[1])
        except PSEOF:
            return
        self._at = self._behind_stream(start + length)
        end = start + length if length >= 0 else len(self._data)
        decipher = self.doc.decipher if self.doc is not None else None
        self.push((self._at, QuickStream(known, self._data, slice(start, end), decipher)))

    def _behind_stream(self, place: int) -> int:
        """Return where `endstream` begins, at a place or on a line behind it."""
        self._at = place
        with contextlib.suppress(PSEOF):
            while True:
                start, line = self.nextline()
                found = line.find(b"endstream")
                if found >= 0:
                    return start + found
                place = start + len(line)
        return place

    def _bracketed(self, sign: bytes, place: int) -> None:
        """Read a dictionary or an array whole; one that is written oddly, sign by sign."""
        whole = None
        if sign in CLOSES and not self.context:  # and not again within an odd one
            whole = structure(self._data, self._at, sign, self.doc)
        if whole is None:
            self._bracket(sign, place)
        else:
            value, self._at = whole
            self.curstack.append((place, value))

    def _bracket(self, sign: bytes, place: int) -> None:
        """Open or close an array, a dictionary or a procedure; one too many is ignored."""
        if sign in BEGINS:
            self.start_type(place, BEGINS[sign])
            return
        kind = ENDS[sign]
        try:
            start, found = self.end_type(kind)
        except PSTypeError:
            return
        if kind != "d":
            self.push((start, found))
            return
        self.push((start, dictionary(found)))


class QuickDocument(PDFDocument):
    """pdfminer's document, which reads of an object stream only the objects that are asked for.

    Most of them describe the structure of a paper and are never asked for.
    """

    def __init__(self, parser: PDFParser) -> None:
        self._packed: dict[int | None, list[int]] = {}
        super().__init__(parser)
        for xref in self.xrefs:
            if isinstance(xref, PDFXRefStream):
                xref.ranges = _held(xref)

    def getobj(self, objid: int) -> object:
        """Return an object; pdfminer follows one that is a reference to itself without end."""
        found = super().getobj(objid)
        seen = {objid}
        while isinstance(found, PDFObjRef):
            if found.objid in seen:
                raise PDFObjectNotFound(objid)
            seen.add(found.objid)
            found = super().getobj(found.objid)
        return found

    def _getobj_objstm(self, stream: PDFStream, index: int, objid: int) -> object:
        """Return an object of a stream (ISO 32000-1, 7.5.7); pdfminer reads one that lies."""
        head = self._packed.get(stream.objid)
        if head is None:
            head = self._packed[stream.objid] = _head(stream)
        place = 2 * index + 1
        if place >= len(head) or head[place - 1] != objid:
            return super()._getobj_objstm(stream, index, objid)
        data, first, start = stream.get_data(), int_value(stream.get("First")), head[place]
        end = head[place + 2] if place + 2 < len(head) else len(data)
        packed = data[first + start : first + end if end > start else None]
        sign = TOKEN.match(packed)
        if sign and sign[8] in CLOSES:
            whole = structure(packed, sign.end(), sign[8], self)
            if whole is not None:
                return whole[0]
        parser = QuickParser(BytesIO(packed))
        parser.set_document(self)
        return parser.only()


def _held(xref: PDFXRefStream) -> list[tuple[int, int]]:
    """Return the ranges of object numbers that a table has entries for; it may claim billions."""
    left = len(xref.data or b"") // max(1, xref.entlen or 0)
    ranges = []
    for start, count in xref.ranges:
        ranges.append((start, max(0, min(count, left))))
        left -= ranges[-1][1]
    return ranges


def _head(stream: PDFStream) -> list[int]:
    """Return the numbers and offsets with which an object stream begins; none when it lies."""
    try:
        return list(map(int, stream.get_data()[: int_value(stream.get("First"))].split()))
    except ValueError:
        return []
