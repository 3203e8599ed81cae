"""A paper → its passages, and the words of each by text field: what every engine indexes.

In go a paper and a way to number words, out come numbers by the names of the table of fields. The
title stands with each passage; of the exact field it comes apart, so that no phrase spans both.
"""

from __future__ import annotations

from collections.abc import Callable

from indexer.analysis.encode import Numbers
from indexer.paper import Paper, Passage

EMPTY_LABEL = "leeg"


def passages_of(paper: Paper) -> tuple[Passage, ...]:
    """Return the passages to index: one without text for a paper that has none."""
    return paper.passages or (Passage(f"{paper.id}#{EMPTY_LABEL}", "tekst", EMPTY_LABEL, ""),)


def words_by_field(
    encode: Callable[[str], Numbers], title: Numbers, text: Numbers, passage: Passage
) -> dict[str, Numbers]:
    """Return the words of the Dutch fields; those of the title and the text are given."""
    if passage.question is None and passage.answer is None:
        return {"title": title, "body": text}
    question, answer = encode(passage.question or ""), encode(passage.answer or "")
    return {"title": title, "question": question, "answer": answer}
