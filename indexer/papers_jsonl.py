"""Lists of papers (`.jsonl`, `.jsonl.gz`, `.jsonl.xz`) → papers.

In goes a file with a JSON object a line, of which only `id` and `text` are needed; out come papers
one by one, with the number of the line. A line that is wrong is a `Failure` that says why, never
the end of the run. What a line states is kept as it is: its id (which may hold `#`), its kind, its
passages and their ids. An id that is an official one (`kst-29023-546`) says the dossier and the
number, where the line does not. Of its text only this is read: which paper it says it comes in the
place of.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import re
import zlib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from indexer.numbers.finding import parse_number
from indexer.paper import Citation, Failure, Page, Paper, Passage
from indexer.structure.citations import replaced_by

VERSION = "3"
"""Changes with anything that makes another paper of the same line."""

WORDS = 400
"""A passage of running text is about a page: this many words, at most a quarter more."""

STATED = (
    "title", "kind", "dossier", "number", "paper_ref",
    "date", "session_year", "house", "ministry",
)  # fmt: skip
LINE_END = re.compile(r"\n+")
SENTENCE_END = re.compile(r"(?<=[.?!;:])\s+")
HEAD = 600
"""Characters at the beginning of a text, where it says which paper it replaces."""
WORD_END = re.compile(r"\s+")
ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was read: its number from 1, the hash of its bytes, and what it holds."""

    number: int
    hash: str
    paper: Paper | Failure


class _WrongLineError(ValueError):
    """The line is no paper; the message says why, in Dutch."""


def read(path: Path, wanted: Container[int] | None = None) -> Iterator[Line]:
    """Yield the papers of a list, only those of the `wanted` line numbers when given."""
    number = 0
    try:
        with _open(path) as stream:
            for number, raw in enumerate(stream, 1):
                if raw.strip() and (wanted is None or number in wanted):
                    yield _line(path, number, raw)
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        told = f"De lijst is na regel {number} niet verder te lezen ({error})."
        yield Line(number + 1, "", Failure(f"{path}:{number + 1}", "onleesbaar", told))


def cut(text: str, words: int = WORDS) -> list[str]:
    """Cut a text into even pieces of about `words` words, at ends of lines or else sentences."""
    total = len(text.split())
    if total <= words * 1.25:
        return [text.strip()] if text.strip() else []
    parts = -(-total // words)
    pieces: list[str] = []
    start = count = 0
    for span, number in _steps(text, words // 4):
        if len(pieces) < parts - 1 and count + number / 2 > total / parts:
            pieces.append(text[start : span[0]].strip())
            start, count = span[0], 0
        count += number
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece]


def _steps(text: str, most: int) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the smallest parts at whose ends a text may be cut: their span and words.

    A line is one, unless it has more than `most` words: then its sentences, or else its words.
    """
    for line in _spans(text, 0, len(text), LINE_END):
        if _count(text, line) <= most:
            yield line, _count(text, line)
            continue
        for sentence in _spans(text, *line, SENTENCE_END):
            if _count(text, sentence) <= most * 2:
                yield sentence, _count(text, sentence)
                continue
            for word in _spans(text, *sentence, WORD_END):
                yield word, 1


def _spans(text: str, start: int, stop: int, end: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in end.finditer(text, start, stop):
        yield start, match.end()
        start = match.end()
    if start < stop:
        yield start, stop


def _count(text: str, span: tuple[int, int]) -> int:
    return len(text[span[0] : span[1]].split())


def _open(path: Path) -> IO[bytes]:
    if path.name.lower().endswith(".gz"):
        return gzip.open(path, "rb")  # type: ignore[return-value]
    if path.name.lower().endswith(".xz"):
        return lzma.open(path, "rb")
    return path.open("rb")


def _line(path: Path, number: int, raw: bytes) -> Line:
    digest = hashlib.sha256(raw).hexdigest()
    paper: Paper | Failure
    try:
        paper = _paper(raw)
    except _WrongLineError as error:
        where = f"{path}:{number}"
        paper = Failure(where, "geen stuk", f"Regel {number}: {error}", digest, len(raw))
    return Line(number, digest[:32], paper)


def _paper(raw: bytes) -> Paper:
    row = _row(raw)
    paper_id = row.get("id")
    if not isinstance(paper_id, str) or not paper_id.strip():
        raise _WrongLineError("de id ontbreekt of is geen tekst.")
    pages = tuple(_page(page) for page in _rows(row, "pages"))
    stated, notes = _stated(row)
    stated = _numbered(paper_id, stated)
    passages = _passages(paper_id, row, pages)
    return Paper(
        id=paper_id,
        pages=pages,
        passages=passages,
        citations=_replaced(paper_id, stated["dossier"], passages),
        notes=notes,
        **stated,
    )


def _numbered(paper_id: str, stated: dict[str, Any]) -> dict[str, Any]:
    """Add to what a line states the number that its id is, unless it states one itself."""
    readings = parse_number(paper_id)
    if len(readings) != 1 or readings[0].link != paper_id or readings[0].sub is None:
        return stated
    if any(stated[name] for name in ("dossier", "number", "paper_ref")):
        return stated
    number = readings[0]
    return stated | {
        "dossier": number.dossier,
        "number": number.sub,
        "paper_ref": number.printable,
        "session_year": stated["session_year"] or number.session,
        "house": stated["house"] or number.house,
    }


def _replaced(
    paper_id: str, dossier: str | None, passages: tuple[Passage, ...]
) -> tuple[Citation, ...]:
    """Return the papers that a paper replaces, by the head of its text."""
    head = passages[0].text[:HEAD] if passages else ""
    readings = () if dossier else parse_number(paper_id.partition("#")[0])
    own = dossier or (readings[0].dossier if readings else None)
    found = replaced_by(head, own)
    return tuple(each for each in found if each.target != paper_id)


def _row(raw: bytes) -> dict[str, Any]:
    try:
        row = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _WrongLineError("de tekens zijn geen UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise _WrongLineError(f"dit is geen JSON ({error}).") from None
    if not isinstance(row, dict):
        raise _WrongLineError("dit is geen JSON-object met id en text.")
    return {key: _clean(value) for key, value in row.items()}


def _clean(value: Any) -> Any:
    """Replace half characters, which JSON can say and no file can hold."""
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value).replace("\0", " ")
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return value


def _stated(row: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the fields that the line states, and a note on each that cannot be used."""
    values: dict[str, Any] = {}
    notes = []
    for name in STATED:
        value = row.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        wrong_date = name == "date" and value and not ISO_DATE.fullmatch(str(value))
        if value is not None and (wrong_date or not isinstance(value, str)):
            notes.append(f"In de lijst staat als {name} ‘{str(value)[:60]}’; dat is overgeslagen.")
            value = None
        values[name] = value or None
    return values, tuple(notes)


def _rows(row: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows = row.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(item, dict) for item in rows):
        raise _WrongLineError(f"{name} is geen lijst van objecten.")
    return rows


def _page(row: Mapping[str, Any]) -> Page:
    number = _number(row, "number")
    if number is None:
        raise _WrongLineError("een pagina heeft geen nummer (number).")
    return Page(number, _text(row, "text") or "")


def _text(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise _WrongLineError(f"{name} is geen tekst.")
    return value


def _number(row: Mapping[str, Any], name: str) -> int | None:
    value = row.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise _WrongLineError(f"{name} is geen getal vanaf 1.")
    return value


def _passages(
    paper_id: str, row: Mapping[str, Any], pages: tuple[Page, ...]
) -> tuple[Passage, ...]:
    stated = _rows(row, "passages")
    if stated:
        return tuple(_passage(paper_id, number, item) for number, item in enumerate(stated, 1))
    if pages:
        blocks = [(page.number, page.text) for page in pages]
        return tuple(p for page, text in blocks for p in _pieces(paper_id, f"p{page}", page, text))
    text = _text(row, "text")
    if text is None:
        raise _WrongLineError("de tekst (text) ontbreekt.")
    return tuple(_pieces(paper_id, "p1", None, text))


def _pieces(paper_id: str, label: str, page: int | None, text: str) -> Iterator[Passage]:
    for number, piece in enumerate(cut(text), 1):
        name = label if number == 1 else f"{label}-{number}"
        yield Passage(f"{paper_id}#{name}", "tekst", name, piece, page_first=page, page_last=page)


def _passage(paper_id: str, number: int, row: Mapping[str, Any]) -> Passage:
    question, answer = _text(row, "question"), _text(row, "answer")
    kind = "tekst" if question is None and answer is None else "vraag"
    text = _text(row, "text") or "\n".join(part for part in (question, answer) if part)
    own = _text(row, "id")
    label = own.rpartition("#")[2] if own else f"{'vraag-' if kind == 'vraag' else 'p'}{number}"
    page = _number(row, "page")
    return Passage(
        id=own or f"{paper_id}#{label}",
        kind=kind,
        label=label,
        text=text,
        question=question,
        answer=answer,
        page_first=page,
        page_last=page,
    )
