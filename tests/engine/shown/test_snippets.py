"""What is marked in a text, against the tokens that the analyzer gives of the whole of it."""

from __future__ import annotations

import itertools
import random
import re
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.chains import Analyzer
from indexer.analysis.tables import learn
from indexer.analysis.tokens import CHUNK
from indexer.engine import native
from indexer.engine.lookup import Wanted, wanted
from indexer.engine.query import Bag, InField, Node, Not, Phrase, Prefix, Term
from indexer.engine.shown import chunk_memory, chunk_sets
from indexer.engine.shown.chunk_memory import PARTICLE, TE, ChunkMemory, Memory
from indexer.engine.shown.chunk_sets import ChunkSets
from indexer.engine.shown.snippets import Marker
from indexer.engine.shown.windows import Span, pieces

WORDS = [
    "op", "te", "nemen", "(nemen)", "begroting", "begrotingsstaat,", "Begroting.", "10.30", "uur",
    "uur,", "36 200 VII, nr. 12", "36200", "nr. 12)", "één", "een", "gemeente", "af",
    "zien", "«af»",
    "Aanhangsel Handelingen II 2022/23, nr. 5", "-", "Fox-IT", "\n", "te\u00a0nemen",
]  # fmt: skip
ANALYZER = Analyzer(learn(["begroting begrotingsstaat staat staten begrotingen gemeente" * 3]))
TOKENS = [
    "neem", "opnem", "afzien", "begrot", "staat", "begrotingsstat", "36200", "36200-vii-12", "een",
    "gemeente", "uur",
    "foxit", "it", "af", "10.30", "één", "nemen",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
WANTED = st.frozensets(st.sampled_from(TOKENS), min_size=1, max_size=3)


def expected(text: str, tokens: frozenset[str], *, literal: bool) -> list[tuple[int, int]]:
    all_ = ANALYZER.exact(text) if literal else ANALYZER.dutch(text)
    rows = sorted((t.start, -t.end) for t in all_ if t.text in tokens)
    kept: list[tuple[int, int]] = []
    for start, end in rows:
        if not kept or start >= kept[-1][1]:
            kept.append((start, -end))
    return kept


def marked(
    text: str, want: Wanted, memory: Memory | None = None, *, literal: bool
) -> list[tuple[int, int]]:
    marker = Marker(ANALYZER, want, literal=literal, memory=memory)
    return [(start, end) for start, end, _ in marker.spans(text)]


SETS = {literal: ChunkSets(ANALYZER, literal=literal) for literal in (False, True)}


@given(TEXTS, WANTED, st.booleans())
def test_marks_are_the_wanted_tokens(text: str, tokens: frozenset[str], literal: bool) -> None:
    if "te te" not in text:  # read by pairs here, by triples there
        wanted = expected(text, tokens, literal=literal)
        assert marked(text, Wanted(tokens), literal=literal) == wanted
        assert marked(text, Wanted(tokens), SETS[literal], literal=literal) == wanted


@pytest.mark.compiled
@given(
    st.lists(TEXTS, min_size=1, max_size=4),
    st.frozensets(st.sampled_from(TOKENS), max_size=2),
    st.sampled_from([(), ("be",), ("nem", "36"), ("begrotings", "o")]),
    st.booleans(),
)
def test_both_memories_mark_the_same(
    texts: list[str], tokens: frozenset[str], prefixes: tuple[str, ...], literal: bool
) -> None:
    want = Wanted(tokens, prefixes)
    one = Marker(ANALYZER, want, literal=literal)  # of one query: what holds nothing is left alone
    other = Marker(ANALYZER, want, literal=literal, memory=SETS[literal])
    for text in texts:
        assert one.spans(text) == other.spans(text)


LITERAL = [
    # (query, the text with what is marked)
    (InField("exact", Phrase("van sneller")), "het belang van snelle hulp en [van Sneller]"),
    (InField("exact", Term("sneller")), "het belang van snelle hulp en van [Sneller]"),
    (Bag((Term("hulp"), InField("exact", Term("snelle")))),
     "het belang van [snelle] [hulp] en van Sneller"),
    (InField("exact", Prefix("sne")), "het belang van [snelle] hulp en van [Sneller]"),
    (Not(InField("exact", Term("sneller"))), "het belang van snelle hulp en van Sneller"),
    (InField("person", Term("sneller")), "het belang van snelle hulp en van Sneller"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "shown"), LITERAL)
def test_what_is_asked_literally_is_marked_as_written(query: Node, shown: str) -> None:
    text = re.sub(r"[\[\]]", "", shown)
    want = wanted(query, ANALYZER, literal=False)
    found = pieces(text, Marker(ANALYZER, want, literal=False).spans(text), 0, len(text))
    assert "".join(f"[{p.text}]" if p.match else p.text for p in found) == shown


def test_a_separated_verb_is_one_mark() -> None:
    text = "de gemeente te zien en op\n te  nemen te gaan"
    assert marked(text, Wanted(frozenset(["opnem"])), literal=False) == [(23, 36)]
    assert marked("de top te nemen", Wanted(frozenset(["opnem"])), literal=False) == []


def memory_of(most: int, monkeypatch: pytest.MonkeyPatch, *, literal: bool = False) -> Memory:
    """Return a memory that begins anew all the time."""
    if native.LOOPS is None:
        monkeypatch.setattr(chunk_sets, "MOST_CHUNKS", most)
        return ChunkSets(ANALYZER, literal=literal)
    monkeypatch.setattr(chunk_memory, "MOST_CHUNKS", most)
    return ChunkMemory(ANALYZER, literal=literal)


@pytest.mark.parametrize("literal", [False, True])
@pytest.mark.parametrize("compiled", [False, pytest.param(True, marks=pytest.mark.compiled)])
def test_a_memory_that_began_anew_marks_the_same(
    literal: bool, compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not compiled:
        monkeypatch.setattr(native, "LOOPS", None)
    memory = memory_of(5, monkeypatch, literal=literal)
    random_ = random.Random(6)
    total = 0
    for _ in range(300):
        text = " ".join(random_.choices(WORDS, k=9))
        tokens = frozenset(random_.sample(TOKENS, 2))
        found = marked(text, Wanted(tokens), memory, literal=literal)
        assert "te te" in text or found == expected(text, tokens, literal=literal)
        total += len(found)
    assert total > 100


def test_threads_share_a_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = memory_of(100, monkeypatch)
    text = " ".join(f"begroting{n}" for n in range(500)) + " begroting"
    wrong: list[list[tuple[int, int]]] = []

    def ask() -> None:
        for _ in range(20):
            found = marked(text, Wanted(frozenset({"begrot"})), memory, literal=False)
            if found != [(len(text) - 9, len(text))]:
                wrong.append(found)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


ODD = ["1", "a_", "²", "٣", "é", "𝒳", "uur", "uu", "(9", "\xa0", "\u2003", "\x1f", "\x85", "."]


class Told:
    """Tells signs of chunks by what they are, and marks all of each chunk, unless it is `left`."""

    def __init__(self, left: frozenset[str] = frozenset()) -> None:
        self.left, self.asked = left, list[str]()

    def sign_of(self, chunk: str) -> int:
        return hash(chunk) % (1 << 63)

    def marks_of(self, chunk: str) -> list[Span]:
        self.asked.append(chunk)
        return [] if chunk in self.left else [(0, len(chunk), chunk)]

    def verb(self, text: str, at: int) -> list[Span]:
        return [(at, at, text[at:])]


class Pattern:
    """The signs of chunks, found by the pattern of chunks: what the compiled pass does."""

    def __init__(self) -> None:
        self.signs: dict[str, int] = {}

    def mark(self, text: str, start: int, wanted: list[int], told: Told) -> list[Span]:
        """Return what is marked in the chunks that are worth a look."""
        found: list[Span] = []
        before = 0
        for match in CHUNK.finditer(text, start, len(text)):
            chunk, at = match.group(), match.start()
            sign = self.signs.get(chunk, -1)
            if sign < 0:
                self.signs[chunk] = told.sign_of(chunk)
            held = sign < 0 or any(sign & bits == bits for bits in wanted)
            if held or (sign & TE and before & PARTICLE):
                found += [(at, at + last, token) for _, last, token in told.marks_of(chunk)]
                found += told.verb(text, at) if chunk == "te" else []
            before = sign or before
        return found


def marked_by(table: Any, text: str, start: int, wanted: list[int], told: Told) -> list[Span]:
    """Return what a compiled table marks for one query, which sees the text twice."""
    query = native.LOOPS.Query(wanted, told)
    first: list[Span] = []
    again: list[Span] = []
    for found in (first, again):
        table.mark(found, text, (start, len(text)), query, told)
    assert set(again) <= set(first)  # new chunks are looked at, whatever they are
    assert len(told.asked) == len(set(told.asked))
    return first


@pytest.mark.compiled
@given(
    st.lists(st.sampled_from([*WORDS, *ODD])),
    st.sampled_from(["", " ", "\n", "\u3000"]),
    st.integers(0, 5),
)
def test_compiled_chunks_are_those_of_the_pattern(
    words: list[str], between: str, start: int
) -> None:
    text = between.join(words)
    table, plain = native.LOOPS.Chunks(500, PARTICLE, TE), Pattern()
    random_ = random.Random(text)
    left = frozenset(word for word in words if random_.random() < 0.3)
    cut = between.join(words[::2])
    for some in (cut, text, cut, text):  # new; then some known; then none that is new
        wanted = [random_.getrandbits(61) & random_.getrandbits(61)]
        found = plain.mark(some, start, wanted, Told(left))
        assert marked_by(table, some, start, wanted, Told(left)) == found


@pytest.mark.compiled
def test_many_chunks_are_read_once_for_a_query() -> None:
    table = native.LOOPS.Chunks(5_000, PARTICLE, TE)
    chunks = [f"woord{number}" for number in range(2_000)]
    told = Told(frozenset(chunks) - frozenset(chunks[::3]))
    found = marked_by(table, " ".join(chunks), 0, [0], told)
    assert [token for _, _, token in found] == chunks[::3]
    assert told.asked == chunks


@pytest.mark.compiled
def test_a_chunk_is_told_from_those_like_it() -> None:
    letters = "abcdefghijklmnopqrstuvwxyzé,."
    chunks = ["".join(row) for n in (1, 2, 3) for row in itertools.product(letters, repeat=n)]
    table = native.LOOPS.Chunks(100_000, PARTICLE, TE)
    for number, chunk in enumerate(chunks):
        table.put(chunk, number % 7 == 0)
    found = marked_by(table, " ".join(chunks), 0, [1], Told())
    assert [token for _, _, token in found if token != "te"] == chunks[::7]


@pytest.mark.parametrize("text", ["op - te nemen", "«op» te nemen", "(op) te\xa0nemen"])
def test_a_particle_is_marked_with_its_verb_whatever_stands_between(text: str) -> None:
    (found,) = marked(text, Wanted(frozenset({"opnem"})), literal=False)
    assert text[slice(*found)].strip("(«") == text.strip("(«")
