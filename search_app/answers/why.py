"""Why an earlier answer is shown: words, people and papers that it shares with a question.

In go a question, what was pasted with it, and an earlier answer; out come reasons, each a kind
and a few words for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from indexer.engine.interface import Index
from indexer.engine.query import Bag, Term
from indexer.engine.results import Piece
from indexer.numbers.finding import find_numbers, parse_number
from indexer.paper import Paper, Passage

MOST_WORDS = 6
LONGEST = 2000
"""Characters of a question, and five times as many of a passage, in which words are compared."""
RARE = 1
"""How often a word is taken to occur that is not among the words of the corpus."""

ASKING = frozenset(
    [
        "kunt",
        "bent",
        "deelt",
        "hoeveel",
        "welke",
        "aangeven",
        "waaruit",
        "kent",
        "heeft",
        "wanneer",
        "waarom",
        "wilt",
        "klopt",
        "mening",
        "toelichten",
        "wordt",
        "worden",
        "vindt",
        "hierover",
        "daarvan",
    ]
)
"""Words that questions ask with: that an answer shares them tells nothing."""
WORD_BEFORE = re.compile(r"\w+$")
WORD_AFTER = re.compile(r"\w*")
NO_WORD = re.compile(r"[^\w-]+")

Kind = Literal["woorden", "genoemd", "verwijzing", "dossier", "mensen", "ministerie", "betekenis"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason: what kind, and what is shared; of meaning nothing can be named."""

    kind: Kind
    shared: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return the reason in Dutch."""
        said = {
            "woorden": "overeenkomende woorden",
            "genoemd": "in uw vraag genoemd",
            "verwijzing": "noemt hetzelfde stuk",
            "dossier": "zelfde dossier",
            "mensen": "zelfde personen",
            "ministerie": "zelfde ministerie",
            "betekenis": "lijkt ook in betekenis op uw vraag",
        }
        return ": ".join(filter(None, (said[self.kind], ", ".join(self.shared))))


@dataclass(frozen=True, slots=True)
class Told:
    """What a pasted text names: its letters folded, and numbers of papers with how they print."""

    text: str
    papers: Mapping[str, str]
    dossiers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Corpus:
    """An open index and its words with their counts."""

    index: Index
    words: Mapping[str, int]


def told(text: str) -> Told:
    """Return what a pasted text names."""
    papers: dict[str, str] = {}
    dossiers: dict[str, str] = {}
    for match in find_numbers(text):
        for number in match.readings[:1]:
            if number.kind != "dossier":
                papers[number.key] = number.printable
            if number.dossier:
                dossiers[number.dossier.casefold()] = number.printable
    return Told(f" {NO_WORD.sub(' ', text).casefold()} ", papers, dossiers)


def reasons(
    question: str, paper: Paper, passage: Passage, about: Told, corpus: Corpus
) -> tuple[Reason, ...]:
    """Return the reasons to show an answer, the strongest kinds first."""
    shared: dict[Kind, tuple[str, ...]] = {
        "genoemd": _named(paper, about),
        "verwijzing": _cited(paper, passage, about),
        "dossier": _dossier(paper, about),
        "mensen": _people(paper, about),
        "ministerie": _ministry(paper, about),
        "woorden": shared_words(question, passage.text, corpus),
    }
    return tuple(Reason(kind, names) for kind, names in shared.items() if names)


def shared_words(question: str, text: str, corpus: Corpus) -> tuple[str, ...]:
    """Return the rarest words of a passage that match words of the question, as written there."""
    pieces = corpus.index.mark(text[: 5 * LONGEST], Bag((Term(question[:LONGEST]),)))
    seen: dict[str, str] = {}
    for word in _whole(pieces):
        if len(word) > 3 and word.casefold() not in ASKING:
            seen.setdefault(word.casefold()[:6], word)
    rarest = sorted(seen.values(), key=lambda word: corpus.words.get(word.lower(), RARE))
    return tuple(rarest[:MOST_WORDS])


def _whole(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield what matched with the rest of the words: of `leveringszekerheid` a part can match."""
    text, end = "", 0
    spans: list[tuple[int, int]] = []
    for piece in pieces:
        if piece.match:
            spans.append((len(text), len(text) + len(piece.text)))
        text += piece.text
    for start, stop in spans:
        if start < end:  # another part of the word before
            continue
        before = WORD_BEFORE.search(text, 0, start)
        begin = before.start() if before else start
        end = WORD_AFTER.match(text, stop).end()  # type: ignore[union-attr]
        yield text[begin:end]


def _named(paper: Paper, about: Told) -> tuple[str, ...]:
    keys = {n.key for text in (paper.id, paper.paper_ref) if text for n in parse_number(text)[:1]}
    return tuple(dict.fromkeys(about.papers[key] for key in sorted(keys) if key in about.papers))


def _cited(paper: Paper, passage: Passage, about: Told) -> tuple[str, ...]:
    here = (c for c in paper.citations if c.target and c.passage in (None, passage.label))
    keys = (number.key for citation in here for number in parse_number(citation.target or "")[:1])
    return tuple(dict.fromkeys(about.papers[key] for key in keys if key in about.papers))


def _dossier(paper: Paper, about: Told) -> tuple[str, ...]:
    dossier = (paper.dossier or "").casefold()
    return (paper.dossier or "",) if dossier and dossier in about.dossiers else ()


def _people(paper: Paper, about: Told) -> tuple[str, ...]:
    names = dict.fromkeys(person.name for person in paper.people)
    return tuple(name for name in names if len(name) > 2 and f" {name.casefold()} " in about.text)


def _ministry(paper: Paper, about: Told) -> tuple[str, ...]:
    if not paper.ministry:
        return ()
    folded = " ".join(NO_WORD.sub(" ", paper.ministry).casefold().split())
    return (paper.ministry,) if f" {folded} " in about.text else ()
