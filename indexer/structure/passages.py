"""The passages of a paper: a question with its answer, or about a page of running text.

In go a `Body` and, for questions, their `Split`; out come passages that together hold all text of
the paper, each with its pages. An answer that several questions share stands in each of theirs;
everything else stands in exactly one passage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence

from indexer.paper import Passage
from indexer.question_labels import find_references
from indexer.structure.body import Body, Line
from indexer.structure.outline import SPEAKER, is_heading
from indexer.structure.paragraphs import Paragraph, compose, paragraphs
from indexer.structure.questions import Pair, Span, Split

ENOUGH = 250
"""Words after which a passage ends at the next paragraph."""
SOME = 150
"""Words after which a passage ends at the next heading, or the next speaker in minutes."""
MOST = 400
"""Words that a passage does not exceed, unless a sentence does."""
SIGNATURE = 10
"""Lines that a signature has at most; what follows is an appendix."""


def running_text(paper_id: str, body: Body) -> tuple[Passage, ...]:
    """Return running text in passages of about a page, named by the page they begin on."""
    return tuple(_texts(paper_id, body.lines, label=None))


def letter_text(paper_id: str, body: Body, start: int, end: int | None) -> tuple[Passage, ...]:
    """Return a letter as running text, with its letterhead and its signature apart.

    `start` and `end` are where its body begins and ends in the text.
    """
    last = len(body.text) + 1
    behind = body.between(end, last) if end else ()
    page = behind[0].page if behind else 0
    signed = [line for line in behind[:SIGNATURE] if line.page == page]
    seen: Counter[str] = Counter()
    return (
        *_texts(paper_id, body.between(0, start), "briefhoofd"),
        *_texts(paper_id, body.between(start, end or last), None, seen),
        *_texts(paper_id, signed, "ondertekening"),
        *_texts(paper_id, behind[len(signed) :], None, seen),
    )


def question_text(paper_id: str, body: Body, split: Split) -> tuple[Passage, ...]:
    """Return a passage for each question, with what stands before, behind and in the notes."""
    notes = [line for line in body.lines if line.note]
    before, after = body.between(0, split.start), body.between(split.end, len(body.text) + 1)
    seen: Counter[str] = Counter()
    there = {pair.number for pair in split.pairs}
    return (
        *_texts(paper_id, _without_notes(before), "inleiding"),
        *(_pair(paper_id, body, pair, seen, there) for pair in split.pairs),
        *_texts(paper_id, _without_notes(after), "slot"),
        *_texts(paper_id, notes, "noten"),
    )


def _pair(
    paper_id: str, body: Body, pair: Pair, seen: Counter[str], there: Container[str]
) -> Passage:
    question = [*_paragraphs(body, pair.introduction), *_paragraphs(body, pair.question)]
    answer = _paragraphs(body, pair.answer)
    label = _numbered(f"vraag-{pair.number}", seen)
    whole = compose([*question, *answer])
    return Passage(
        id=f"{paper_id}#{label}",
        kind="vraag",
        label=label,
        text=whole.text,
        question="\n".join(part.text for part in question) or None,
        answer="\n".join(part.text for part in answer) or None,
        page_first=whole.page_first,
        page_last=whole.page_last,
        breaks=whole.breaks,
        links=_links(pair.number, answer, there),
    )


def _links(number: str, answer: Iterable[Paragraph], there: Container[str]) -> tuple[str, ...]:
    """Return the labels of the other pairs that an answer points to."""
    named = (n for part in answer for found in find_references(part.text) for n in found.numbers)
    others = dict.fromkeys(n for n in named if n in there and n != number)
    return tuple(f"vraag-{n}" for n in others)


def _paragraphs(body: Body, span: Span | None) -> list[Paragraph]:
    return paragraphs(_without_notes(body.between(*span))) if span else []


def _without_notes(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if not line.note]


def _texts(
    paper_id: str, lines: Sequence[Line], label: str | None, seen: Counter[str] | None = None
) -> Iterator[Passage]:
    seen = Counter() if seen is None else seen
    for parts in _about_a_page(paragraphs(lines)):
        whole = compose(parts)
        name = _numbered(label or f"p{whole.page_first}", seen)
        yield Passage(
            id=f"{paper_id}#{name}",
            kind="tekst",
            label=name,
            text=whole.text,
            page_first=whole.page_first,
            page_last=whole.page_last,
            breaks=whole.breaks,
        )


def _numbered(label: str, seen: Counter[str]) -> str:
    """Return `p7`, and for the next that begins there `p7-2`."""
    seen[label] += 1
    return label if seen[label] == 1 else f"{label}-{seen[label]}"


def _about_a_page(parts: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    """Gather paragraphs until there is enough for a passage; a heading goes with what follows."""
    gathered: list[Paragraph] = []
    words = 0
    for part in (piece for whole in parts for piece in _cut(whole)):
        full = words + part.words > MOST or words >= ENOUGH
        if words and (full or (words >= SOME and _heads(part))):
            held = [gathered.pop()] if len(gathered) > 1 and _heads(gathered[-1]) else []
            yield gathered
            gathered, words = held, sum(each.words for each in held)
        gathered.append(part)
        words += part.words
    if gathered:
        yield gathered


def _heads(part: Paragraph) -> bool:
    return not part.note and (is_heading(part.text) or SPEAKER.match(part.text) is not None)


def _cut(part: Paragraph) -> Iterator[Paragraph]:
    """Cut a paragraph that is too long for one passage at the ends of its sentences."""
    if part.words <= MOST:
        yield part
        return
    start = 0
    while start < len(part.text):
        end = _cut_at(part.text, start)
        yield _piece(part, start, end)
        start = end + 1


def _cut_at(text: str, start: int) -> int:
    """Return where a piece from `start` ends: at a sentence's end, else at any space."""
    place, last_stop = start, 0
    for _ in range(MOST):
        space = text.find(" ", place)
        if space < 0:
            return len(text)
        if text[space - 1] in ".?!":
            last_stop = space
        place = space + 1
    return last_stop if last_stop > start else place - 1


def _piece(part: Paragraph, start: int, end: int) -> Paragraph:
    before = [page for page, offset in part.pages if offset <= start][-1]
    inside = ((page, offset - start) for page, offset in part.pages if start < offset < end)
    return Paragraph(part.text[start:end], ((before, 0), *inside), part.note)
