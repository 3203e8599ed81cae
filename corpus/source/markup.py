"""Reads one source text: in goes a `.txt` of this folder, out comes its head and its blocks.

The story: a head of `key: value` lines, a line `---`, then blocks divided by empty lines. The
markup is described in `corpus/README.md`; this file is its only reader.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_INLINE = re.compile(r"(\*\*|__|\[\^\w+\])")
_CLASS = re.compile(r"\{(\w+)\}\s*")
_LABEL = re.compile(r"@(vraag|antwoord)\s+([\w ]+?)(?:\s*\|\s*(>)?\s*(.*))?$")
_SOFT, _HARD, _NEWLINE = "\\-", "\\+", "\\\\"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one word in one style: regular, bold, italic or mark (a footnote's number)."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two spaces; `soft` and `hard` are break points counted in letters."""

    pieces: tuple[Piece, ...]
    soft: tuple[int, ...] = ()
    hard: int | None = None
    newline: bool = False

    @property
    def text(self) -> str:
        """The word as it is read: without footnote marks."""
        return "".join(p.text for p in self.pieces if p.style != "mark")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, label, table or command; `side` is question or answer."""

    kind: str
    words: tuple[Word, ...] = ()
    labels: tuple[str, ...] = ()
    side: str = ""
    rows: tuple[tuple[tuple[Word, ...], ...], ...] = ()
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A whole source text: its head, its blocks and its footnotes by number."""

    name: str
    head: dict[str, list[str]]
    blocks: tuple[Block, ...]
    notes: dict[str, tuple[Word, ...]]

    def get(self, key: str, default: str = "") -> str:
        """Return the last value of a head key."""
        return self.head.get(key, [default])[-1]

    def all(self, key: str) -> list[str]:
        """Return every value of a head key, in order."""
        return self.head.get(key, [])


def read_source(path: Path) -> Source:
    """Read one source text; raises ValueError with the file's name when its head is not closed."""
    head_text, mark, body = path.read_text(encoding="utf-8").partition("\n---\n")
    if not mark:
        raise ValueError(f"{path.name}: no line --- between head and text")
    head: dict[str, list[str]] = {}
    for line in head_text.splitlines():
        key, _, value = line.partition(":")
        head.setdefault(key.strip(), []).append(value.strip())
    notes = {}
    blocks = []
    for chunk in _chunks(body):
        if note := re.match(r"\[\^(\w+)\]:\s*(.*)", chunk, re.DOTALL):
            notes[note[1]] = read_words(note[2])
        else:
            blocks.append(_block(chunk))
    return Source(path.stem, head, tuple(blocks), notes)


def _chunks(body: str) -> Iterator[str]:
    """Divide a text at its empty lines; a heading or label takes the first line for itself."""
    for chunk in re.split(r"\n\s*\n", body):
        text = chunk.strip("\n")
        first, _, rest = text.partition("\n")
        if rest and first.startswith(("#", "@")) and "| >" not in first:
            yield first
            yield rest
        elif text:
            yield text


def read_words(text: str) -> tuple[Word, ...]:
    """Divide marked-up text into words."""
    words: list[Word] = []
    pieces: list[Piece] = []
    style = "regular"
    text = re.sub(r"\s*\\\\\s+", lambda _: f" {_NEWLINE} ", text + " ")
    for token in _INLINE.split(text):
        if token in ("**", "__"):
            wanted = "bold" if token == "**" else "italic"
            style = "regular" if style == wanted else wanted
        elif token.startswith("[^"):
            pieces.append(Piece(token[2:-1], "mark"))
        else:
            for part in re.split(r"(\s+)", token):
                if part.isspace():
                    _finish(words, pieces)
                elif part:
                    pieces.append(Piece(part, style))
    _finish(words, pieces)
    return tuple(words)


def plain(words: tuple[Word, ...]) -> str:
    """Return the words as running text."""
    return " ".join(word.text for word in words)


def _finish(words: list[Word], pieces: list[Piece]) -> None:
    """End a word: take its break marks out of its letters."""
    if not pieces:
        return
    if pieces[0].text == _NEWLINE:
        words[-1] = Word(words[-1].pieces, words[-1].soft, words[-1].hard, newline=True)
        pieces.clear()
        return
    soft: list[int] = []
    hard: int | None = None
    clean: list[Piece] = []
    count = 0
    for piece in pieces:
        letters = ""
        for part in re.split(r"(\\[-+])", piece.text):
            if part == _SOFT:
                soft.append(count)
            elif part == _HARD:
                hard = count
            else:
                letters += part.replace("~", "\N{NO-BREAK SPACE}")
                count += len(part) if piece.style != "mark" else 0
        clean.append(Piece(letters, piece.style))
    pieces.clear()
    words.append(Word(tuple(clean), tuple(soft), hard))


def _block(chunk: str) -> Block:
    """Recognize one block by its first characters."""
    text = " ".join(chunk.splitlines()) if not chunk.startswith("|") else chunk
    if chunk.startswith("|"):
        return _table(chunk)
    if chunk.startswith("@"):
        return _command(text)
    if heading := re.match(r"(#+)\s+(.*)", text):
        return Block(f"h{len(heading[1])}", read_words(heading[2]))
    if item := re.match(r"(-|\d+[.)]|[a-z][.)]|[ivx]+\))\s+(.*)", text):
        mark = "•" if item[1] == "-" else item[1]
        return Block("item", read_words(item[2]), options={"mark": mark})
    if classed := _CLASS.match(text):
        return Block(classed[1], read_words(text[classed.end() :]))
    return Block("para", read_words(text))


def _command(text: str) -> Block:
    """Read `@vraag 1 2 | printed label` and commands such as `@pagina`."""
    if label := _LABEL.match(text):
        side = "question" if label[1] == "vraag" else "answer"
        kind = "runin" if label[3] else "label"
        words = read_words(label[4] or "")
        return Block(kind, words, tuple(label[2].split()), side)
    name, *options = text[1:].split()
    pairs = dict(option.split("=", 1) for option in options)
    return Block(f"@{name}", options=pairs)


def _table(chunk: str) -> Block:
    """Read rows `| a | b |`; a first line `|= widths=… align=… breed=yes` holds the options."""
    lines = chunk.splitlines()
    options: dict[str, str] = {}
    if lines[0].startswith("|="):
        options = dict(option.split("=", 1) for option in lines.pop(0)[2:].split())
    rows = []
    for line in lines:
        cells = line.strip().strip("|").split("|")
        rows.append(tuple(read_words(cell.strip()) for cell in cells))
    return Block("table", rows=tuple(rows), options=options)
