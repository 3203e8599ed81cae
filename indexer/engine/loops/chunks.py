"""Which chunks of a text may hold what is wanted: one pass over its letters. Run only compiled.

In go a text and the signs of what is wanted, out comes where chunks (`tokens.CHUNK`) begin and end
that are new, or whose sign has all of one that is wanted. What this does letter by letter,
`chunk_sets` does with sets where nothing is compiled (tests/engine/shown/test_snippets.py).
"""

from __future__ import annotations

from typing import Any, Final

from librt.strings import isalnum, isspace
from librt.vecs import vec
from mypy_extensions import i32, i64

FACTOR: Final = 1_000_003
SPREAD: Final = 0x1E3779B97F4A7C15
MARK: Final = 1 << 40
FIRST: Final = 4096
FEW: Final = 256
SPACE: Final = 32
LAST_ASCII: Final = 127
UNDERSCORE: Final = 95
ZERO: Final = 48
NINE: Final = 57


Span = tuple[int, int, str]
"""A run of letters that is marked, and the token for which it is."""


class Chunks:
    """The signs of chunks that were met before, by a hash of 64 bits: the chunk itself is not kept.

    A place of the table is two numbers, the hash (0 where nothing is kept) and the sign. Threads
    may share it: nothing here lets another thread in halfway.
    """

    def __init__(self, most: i64, particle: i64, te: i64) -> None:
        self.most = most
        self.particle = particle
        self.te = te
        self._begin()

    def _begin(self) -> None:
        self.kept: i64 = 0
        self.table = vec[i64]([0] * FIRST)

    def put(self, chunk: str, sign: i64) -> None:
        """Keep the sign of a chunk; when there are too many, it begins anew."""
        if self.kept >= self.most:
            self._begin()
        if 3 * self.kept >= i64(len(self.table)):  # kept dense, for the memory near the processor
            old = self.table
            self.table = vec[i64]([0] * (2 * i64(len(old))))
            self.kept = 0
            at: i64 = 0
            while at < i64(len(old)):
                if old[at] != 0:
                    self._put(old[at], old[at + 1])
                at += 2
        self._put(_number(chunk), sign)

    def _put(self, number: i64, sign: i64) -> None:
        table = self.table
        last: i64 = i64(len(table)) - 1
        slot: i64 = number & last & -2
        while table[slot] != 0 and table[slot] != number:
            slot = (slot + 2) & last
        if table[slot] == 0:
            table[slot] = number
            table[slot + 1] = sign
            self.kept += 1

    def mark(
        self, found: list[Span], text: str, part: tuple[int, int], query: Query, reader: Any
    ) -> None:
        """Add what is marked in the chunks of a part of a text that are worth a look.

        Those are also `te` behind what may be a particle, and new ones.
        """
        start: i64 = part[0]
        end: i64 = part[1]
        signs = query.signs
        letters = _letters(text)
        table = self.table
        last: i64 = i64(len(table)) - 1
        te: i64 = self.te
        particle: i64 = self.particle
        before: i64 = 0
        at: i64 = _behind_spaces(letters, start, end)
        while at < end:
            begin: i64 = at
            number: i64 = 0
            digits = False
            while at < end:
                letter: i32 = letters[at]
                if letter <= NINE or letter > LAST_ASCII:
                    if isspace(letter):
                        break
                    digits = digits or letter >= ZERO
                number = number * FACTOR + i64(letter)
                at += 1
            if digits:  # or letters that are not of ASCII
                stop = _end_of_time(text, letters, begin, at, end)
                number = _hash(letters, at, stop, number)
                at = stop
            number = (number ^ (number >> 32)) * SPREAD  # as `_mixed`, without a call
            number = number ^ (number >> 29) | MARK
            slot: i64 = number & last & -2
            while table[slot] != 0 and table[slot] != number:
                slot = (slot + 2) & last
            sign: i64 = -1  # not `… if … else -1`, for which mypyc makes an object each time
            if table[slot] != 0:
                sign = table[slot + 1]
            else:
                self.put(text[begin:at], query.sign_of(text[begin:at]))
                table = self.table  # which may be another one
                last = i64(len(table)) - 1
            if _holds(sign, signs) or (sign & te != 0 and before & particle != 0):
                query.add(found, text, (begin, at), number, reader)
            if sign != 0:  # else there is no word in it
                before = sign
            at = _behind_spaces(letters, at, end)


def _holds(sign: i64, wanted: vec[i64]) -> bool:
    """Tell whether a chunk is new, or has all bits of one that is wanted."""
    n: i64 = 0
    while n < i64(len(wanted)):
        bits = wanted[n]
        if bits & sign == bits:
            return True
        n += 1
    return sign < 0


class Query:
    """What is marked in the chunks that were looked at for one query, by their hashes.

    It has the `signs` of what is wanted. The `memory` tells the sign of a new chunk, and the reader
    that comes with a text what is marked in a chunk (see `chunk_memory.Reader`).
    """

    def __init__(self, signs: list[int], memory: Any) -> None:
        self.signs = vec[i64](signs)
        self.memory = memory
        self.marks: list[list[Span]] = []
        self.has_verbs: list[bool] = []
        self.table = vec[i64]([0] * FEW)

    def sign_of(self, chunk: str) -> i64:
        """Return the sign of a new chunk."""
        found: int = self.memory.sign_of(chunk)
        return found

    def add(
        self, found: list[Span], text: str, bounds: tuple[i64, i64], number: i64, reader: Any
    ) -> None:
        """Add what is marked in a chunk."""
        start, end = bounds
        slot = self._slot(number)
        if self.table[slot] == 0:
            slot = self._put(text[start:end], number, reader)
        place: i64 = self.table[slot + 1]
        for first, last, token in self.marks[place]:
            found.append((int(start) + first, int(start) + last, token))
        if self.has_verbs[place]:
            found.extend(reader.verb(text, int(start)))

    def _put(self, chunk: str, number: i64, reader: Any) -> i64:
        """Keep what is marked in a chunk; return where."""
        marks: list[Span] = reader.marks_of(chunk)
        if 3 * i64(len(self.marks)) >= i64(len(self.table)):
            old = self.table
            self.table = vec[i64]([0] * (2 * i64(len(old))))
            at: i64 = 0
            while at < i64(len(old)):
                if old[at] != 0:
                    slot = self._slot(old[at])
                    self.table[slot] = old[at]
                    self.table[slot + 1] = old[at + 1]
                at += 2
        slot = self._slot(number)
        self.table[slot] = number
        self.table[slot + 1] = i64(len(self.marks))
        self.marks.append(marks)
        self.has_verbs.append(chunk == "te")
        return slot

    def _slot(self, number: i64) -> i64:
        table = self.table
        last: i64 = i64(len(table)) - 1
        slot: i64 = number & last & -2
        while table[slot] != 0 and table[slot] != number:
            slot = (slot + 2) & last
        return slot


def _letters(text: str) -> vec[i32]:
    """Return the letters of a text as numbers, which are looked at sooner than those of a `str`."""
    return vec[i32](memoryview(text.encode("utf-32-le", "surrogatepass")).cast("i"))


def _number(chunk: str) -> i64:
    return _mixed(_hash(_letters(chunk), 0, i64(len(chunk)), 0))


def _behind_spaces(letters: vec[i32], at: i64, end: i64) -> i64:
    while at < end:
        letter: i32 = letters[at]
        if SPACE < letter <= LAST_ASCII or not isspace(letter):
            break
        at += 1
    return at


def _hash(letters: vec[i32], start: i64, end: i64, number: i64) -> i64:
    at = start
    while at < end:
        number = number * FACTOR + i64(letters[at])
        at += 1
    return number


def _mixed(number: i64) -> i64:
    """Return a hash whose low bits tell as much as its high ones, and that is not 0."""
    number = (number ^ (number >> 32)) * SPREAD
    return number ^ (number >> 29) | MARK


def _end_of_time(text: str, letters: vec[i32], begin: i64, stop: i64, end: i64) -> i64:
    """Return where a chunk that begins with a digit ends with `uur` behind it; else `stop`."""
    at: i64 = begin
    while at < stop and not _is_of_word(letters[at]):
        at += 1
    if at >= stop or not _is_decimal(text, at):
        return stop
    at = _behind_spaces(letters, stop, end)
    behind: i64 = at + 3
    if at == stop or behind > end or text[at:behind] != "uur":
        return stop
    return stop if behind < end and _is_of_word(letters[behind]) else behind


def _is_of_word(letter: i32) -> bool:
    return letter == UNDERSCORE or isalnum(letter)


def _is_decimal(text: str, at: i64) -> bool:
    letter: i32 = ord(text[at])
    if letter <= LAST_ASCII:
        return ZERO <= letter <= NINE
    return text[at].isdecimal()
