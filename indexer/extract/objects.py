"""The objects of a PDF file, read by one regular expression.

In goes a file, out comes a parser that pdfminer's document reads objects with. pdfminer's own looks
at characters one by one and keeps a state for each; this one holds the file as bytes and takes a
whole token, or a whole array of numbers, at once. What it gives for a file is the same.
"""

from __future__ import annotations

import contextlib
import re
from functools import lru_cache
from io import BytesIO
from typing import Any, BinaryIO

from pdfminer.pdfdocument import PDFDocument, PDFXRefStream
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjectNotFound, PDFObjRef, PDFStream, int_value
from pdfminer.psexceptions import PSEOF, PSTypeError
from pdfminer.psparser import KWD, LIT, PSKeyword, literal_name

from indexer.extract import tokens

TOKEN = re.compile(
    rb"(?:[\x00\s]++|%[^\r\n]*+)*+(?:"
    rb"(\d{1,10})\s++\d{1,5}\s++R(?![^\x00\s()<>\[\]{}/%])"  # 1 a reference
    rb"|([-+]?\d+(?![\d.]))"  # 2 a whole number
    rb"|([-+]?\d*\.\d*|[-+])"  # 3 another number
    rb"|/([^\x00\s()<>\[\]{}/%]*+)"  # 4 a name
    rb"|\[([-+.\d\s]*+)\]"  # 5 an array of numbers
    rb"|\((?=((?:[^()\\]++|\\.)*+))"  # 6 a string, up to its first bracket
    rb"|<([0-9A-Fa-f\x00\s]*+)>"  # 7 a string in hexadecimal
    rb"|(<<|>>|[\[\]{}])"  # 8
    rb"|([A-Za-z][^\x00\s()<>\[\]{}/%]*+)"  # 9 a keyword
    rb"|(.))",  # 10
    re.DOTALL,
)
LINE = re.compile(rb"[^\r\n]*+(?:\r\n|\r|\n)")
BEGINS = {b"<<": "d", b"[": "a", b"{": "p"}
ENDS = {b">>": "d", b"]": "a", b"}": "p"}
WORDS: dict[bytes, Any] = {b"true": True, b"false": False}


class QuickParser(PDFParser):
    """A parser of PDF objects over bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        stream.seek(0)
        self._data = stream.read()
        self._at = 0
        super().__init__(stream)

    def seek(self, pos: int) -> None:
        """Go to a place in the file."""
        super().seek(pos)
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
                self.curstack.append((place, _literal(match[4])))
            elif kind == 1:
                self.curstack.append((place, PDFObjRef(self.doc, int(match[1]))))
            elif kind == 8:
                self._bracket(match[8], place)
            elif kind == 5:
                numbers = [_number(item) for item in match[5].split()]
                self.curstack.append((place - 1, numbers))
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
            return _number(match[3])
        if kind == 4:
            return _literal(match[4])
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
        pairs = zip(found[::2], found[1::2], strict=False)
        self.push((start, {literal_name(k): v for k, v in pairs if v is not None}))


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
        parser = QuickParser(BytesIO(data[first + start : first + end if end > start else None]))
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


def _number(digits: bytes) -> int | float:
    try:
        return int(digits)
    except ValueError:
        return tokens.number(digits)


@lru_cache(maxsize=4096)
def _literal(raw: bytes) -> Any:
    return LIT(_name(raw))


def _name(raw: bytes) -> str | bytes:
    """Return a name as pdfminer does: as text, or as bytes when it is none."""
    if b"#" in raw:
        raw = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes((int(m[1], 16),)), raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw
