"""Rows → passages: a question with its answer, or about a page of running text.

In go rows and pairs, out come passages with stable ids (`ah-tk-20232024-1999#vraag-3`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indexer.paper import Passage
from indexer.structure.questions import Pair
from indexer.structure.rows import Row, running

ENOUGH = 280
"""Words after which a passage ends at the next block."""
MOST = 420
"""Words at which it ends anywhere."""


def pair_passages(paper_id: str, pairs: Sequence[Pair]) -> list[Passage]:
    """Return a passage for each question, with its answer when it has one."""
    seen: Counter[str] = Counter()
    return [_pair(paper_id, pair, seen) for pair in pairs]


def _pair(paper_id: str, pair: Pair, seen: Counter[str]) -> Passage:
    label = f"vraag-{pair.number}"
    seen[label] += 1
    if seen[label] > 1:
        label = f"{label}-{seen[label]}"
    question, answer = running(pair.question), running(pair.answer)
    parts = [part for part in (question, answer) if part.text]
    shift = len(question.text) + 1 if question.text else 0
    breaks = list(question.breaks)
    if question.page_last is not None and answer.page_first is not None:
        breaks += [shift] * (answer.page_first - question.page_last)
    breaks += [shift + offset for offset in answer.breaks]
    return Passage(
        id=f"{paper_id}#{label}",
        kind="vraag",
        label=label,
        text="\n".join(part.text for part in parts),
        question=question.text or None,
        answer=(answer.text or None) if pair.answered else None,
        page_first=parts[0].page_first if parts else None,
        page_last=parts[-1].page_last if parts else None,
        breaks=tuple(breaks),
    )


def text_passages(paper_id: str, rows: Sequence[Row], label: str | None = None) -> list[Passage]:
    """Return running text in passages of about a page, named by their page or by `label`."""
    seen: Counter[str] = Counter()
    out: list[Passage] = []
    for stretch in _stretches(rows):
        text = running(stretch)
        name = label or f"p{text.page_first}"
        seen[name] += 1
        name = name if seen[name] == 1 else f"{name}-{seen[name]}"
        passage_id = f"{paper_id}#{name}"
        pages = (text.page_first, text.page_last, text.breaks)
        out.append(Passage(passage_id, "tekst", name, text.text, None, None, *pages))
    return out


def _stretches(rows: Sequence[Row]) -> list[list[Row]]:
    stretches: list[list[Row]] = []
    words = 0
    for row in rows:
        full = words >= MOST or (words >= ENOUGH and row.opens)
        if not stretches or full:
            stretches.append([])
            words = 0
        stretches[-1].append(row)
        words += row.text.count(" ") + 1
    return stretches
