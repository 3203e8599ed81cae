"""A question and the passages found for it → how near each is, seen a second time.

In go a question, passages with the scores of the search, and the words of the corpus; out come
scores on one scale. The story: a search by words finds the right passages but not always in the
right order. What it found is compared with the question in four ways: the score of the search, runs
of five letters (`grams`), the same runs in the opening of the passage, where an answer
takes up the words of the question, and words as written. What the paper's best three passages have
counts for each of its passages. Each way is divided by its best, and they are added up with
the weights below, chosen on the sets to develop on (docs/decisions/0509).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.analysis.filters import fold, stop_words
from indexer.engine.interface import Index
from indexer.engine.query import And, Bag, InField, Node, Or
from indexer.engine.results import PassageRequest, RankedPassage, SearchRequest, StoredPassage
from search_app.query.tree import words as words_of
from search_app.search.grams import (
    Compared,
    Floats,
    RunTable,
    Wanted,
    compared,
    hits,
    run_table,
    scores,
    wanted,
    weighed,
)
from search_app.search.meaning import meanings, with_likeness
from search_app.search.of_words import OfWords

WORDS, RUNS, OPENING, WRITTEN = 1.0, 0.5, 0.7, 0.4
"""What the score of the search, runs of letters, those of the opening, words as written count."""
PAPER_WORDS, PAPER_RUNS = 0.6, 0.8
"""What the best of the paper counts, by the score of the search and by runs of letters."""
BEST_OF_PAPER = 3
OPENS = 400
"""Characters of the opening of a passage."""
USUAL_RUNS = 300.0
"""Runs of a usual passage: one of more has more in common with anything. It is the same whatever
else was found, so that runs can be compared between searches."""
LONG = 8
"""A query of so many words, stop words apart, is looked at a second time."""
DEPTH = 100
"""Passages that are looked at a second time."""
LONGEST = 2000
"""Characters of a question that are looked at."""
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Lexicon:
    """The words of a corpus with their counts, and what runs of letters weigh in it."""

    words: Mapping[str, int]
    runs: RunTable


@dataclass(frozen=True)
class Looked:
    """Scores by passage in the order given: of the whole second look, and by runs alone."""

    scores: Floats
    runs: Floats


class Texts:
    """What is compared of passages, each made once however many questions ask for it."""

    def __init__(self) -> None:
        self._made: dict[str, Compared] = {}

    def of(self, passage: StoredPassage) -> Compared:
        """Return what is compared of a passage."""
        made = self._made.get(passage.key)
        if made is None:
            made = self._made[passage.key] = compared(passage.text, OPENS)
        return made


_LEXICONS = OfWords(lambda words: Lexicon(words, run_table(words)))


def lexicon(index: Index) -> Lexicon:
    """Return the words of an index and what is made of them."""
    return _LEXICONS.of(index)


def look(
    question: str,
    passages: Sequence[StoredPassage],
    found: Floats,
    lexicon: Lexicon,
    texts: Texts,
) -> Looked:
    """Return how near passages are to a question; `found` are their scores in the search."""
    if not passages:
        return Looked(found, found)
    asked = question[:LONGEST]
    made = [texts.of(passage) for passage in passages]
    owners = [owner(passage.paper_id) for passage in passages]
    sought = wanted(asked, lexicon.runs)
    shared = hits(sought, [text.runs for text in made])
    runs = weighed(sought, shared, [len(text.runs) for text in made], USUAL_RUNS)
    opens = [text.opening for text in made]
    starts = weighed(sought, shared.before(np.array(opens)), opens, _mean(opens))
    words = [text.words for text in made]
    written = scores(_written(asked, lexicon), words, _mean([len(each) for each in words]))
    total = (
        WORDS * scaled(found)
        + RUNS * scaled(runs)
        + OPENING * scaled(starts)
        + WRITTEN * scaled(written)
        + PAPER_WORDS * scaled(of_paper(found, owners))
        + PAPER_RUNS * scaled(of_paper(runs, owners))
    )
    return Looked(total, runs)


def shared_runs(
    question: str, passages: Sequence[StoredPassage], lexicon: Lexicon, texts: Texts
) -> Floats:
    """Return what passages share with a question by runs of letters, as `look` does."""
    sought = wanted(question[:LONGEST], lexicon.runs)
    return scores(sought, [texts.of(passage).runs for passage in passages], USUAL_RUNS)


def led(request: SearchRequest, index: Index) -> SearchRequest:
    """Return a search whose best passages are those of a second look, when it is a long question.

    Other searches are returned as they are: short ones, those with operators, by date, literal.
    """
    if request.sort != "relevance" or request.literal or not _is_loose(request.query):
        return request
    query = as_asked(request.query)
    readings = index.read(query)
    if sum(reading.role != "stop" for reading in readings) < LONG:
        return request
    asked = PassageRequest(
        request.query,
        filters=request.filters,
        date_from=request.date_from,
        date_to=request.date_to,
        size=DEPTH,
    )
    rows = index.rank_passages(asked)
    if not rows:
        return request
    return replace(request, lead=_in_order(words_of(query), asked, rows, index))


def _in_order(
    text: str, asked: PassageRequest, rows: Sequence[RankedPassage], index: Index
) -> tuple[str, ...]:
    """Return the passages found, and those nearest in meaning, in the order of a second look."""
    (meaning,) = meanings([text], asked, index)
    scored = {row.key: row.score for row in rows}
    keys = list(dict.fromkeys([*scored, *(meaning.keys if meaning else ())]))
    found = np.array([scored.get(key, 0.0) for key in keys])
    total = look(text, index.passages(keys), found, lexicon(index), Texts()).scores
    if meaning:
        total = with_likeness(total, meaning.likeness(keys))
    order = np.lexsort((np.arange(len(keys)), -total))
    return tuple(keys[place] for place in order)


def as_asked(node: Node) -> Node:
    """Return a query without the other ways to find its words (`search_app.query.broader`)."""
    if isinstance(node, And | Bag):
        return type(node)(tuple(as_asked(item) for item in node.items))  # type: ignore[misc]
    return node.items[0] if isinstance(node, Or) else node


def _is_loose(node: Node) -> bool:
    """Tell whether a query is loose words, perhaps with words in fields beside them."""
    if isinstance(node, And):
        bags = [item for item in node.items if isinstance(item, Bag)]
        return len(bags) == 1 and all(isinstance(item, Bag | InField) for item in node.items)
    return isinstance(node, Bag)


def _written(asked: str, lexicon: Lexicon) -> Wanted:
    """Return the words of a question as written, stop words apart."""
    folded = {fold(word) for word in WORD.findall(asked.lower())}
    words = sorted(word for word in folded - stop_words() if word.isascii())
    found = compared(" ".join(words)).words
    counts = np.array([float(lexicon.words.get(word, 0)) for word in words])
    order = np.argsort(found)
    return Wanted(found[order], lexicon.runs.chances(counts)[order])


def owner(paper_id: str) -> str:
    """Return the paper that a passage belongs to.

    In a list where each pair is a paper of its own (`ah-tk-20242025-594#2`) the paper is what
    stands before the `#`.
    """
    return paper_id.partition("#")[0]


def of_paper(values: Floats, owners: Sequence[str]) -> Floats:
    """Return for each passage what the best three passages of its paper have together."""
    best: dict[str, list[float]] = {}
    for name, value in zip(owners, values, strict=True):
        best.setdefault(name, []).append(float(value))
    summed = {name: sum(sorted(row)[-BEST_OF_PAPER:]) for name, row in best.items()}
    return np.array([summed[name] for name in owners])


def scaled(values: Floats) -> Floats:
    """Return scores divided by the best of them."""
    most = float(values.max(initial=0.0))
    return values / most if most > 0 else values


def _mean(sizes: Sequence[int]) -> float:
    return sum(sizes) / max(1, len(sizes))
