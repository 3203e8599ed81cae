"""A passage → its tokens by text field: what every engine puts in its index.

In go a paper and one of its passages, out come tokens by the names of the table of fields. The
title stands with each passage; of the exact field it comes apart, so that no phrase spans both.
"""

from __future__ import annotations

from indexer.analysis.chains import Analyzer, Token
from indexer.paper import Paper, Passage

EMPTY_LABEL = "leeg"


def passages_of(paper: Paper) -> tuple[Passage, ...]:
    """Return the passages to index: one without text for a paper that has none."""
    return paper.passages or (Passage(f"{paper.id}#{EMPTY_LABEL}", "tekst", EMPTY_LABEL, ""),)


def field_tokens(
    analyzer: Analyzer, paper: Paper, passage: Passage
) -> tuple[dict[str, list[Token]], list[Token], list[Token]]:
    """Return the tokens of the Dutch fields, and the exact ones of the title and of the text."""
    title, title_exact = analyzer.both(paper.title or "")
    found = {"title": title}
    if passage.question is None and passage.answer is None:
        found["body"], exact = analyzer.both(passage.text)
    else:
        found["question"] = analyzer.dutch(passage.question or "")
        found["answer"] = analyzer.dutch(passage.answer or "")
        exact = analyzer.exact(passage.text)
    return found, title_exact, exact
