"""What is marked in a text, against the tokens that the analyzer gives of the whole of it."""

from __future__ import annotations

import itertools
import random
import re
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.chains import Analyzer
from indexer.analysis.tables import learn
from indexer.engine import chunk_memory, native
from indexer.engine.chunk_memory import PARTICLE, TE, ChunkMemory, Plain
from indexer.engine.lookup import Wanted, wanted
from indexer.engine.query import Bag, InField, Node, Not, Phrase, Prefix, Term
from indexer.engine.snippets import Marker, pieces

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
    text: str, want: Wanted, memory: ChunkMemory | None = None, *, literal: bool
) -> list[tuple[int, int]]:
    marker = Marker(ANALYZER, want, literal=literal, memory=memory)
    return [(span.start, span.end) for span in marker.spans(text)]


@given(TEXTS, WANTED, st.booleans())
def test_marks_are_the_wanted_tokens(text: str, tokens: frozenset[str], literal: bool) -> None:
    if "te te" not in text:  # read by pairs here, by triples there
        found = marked(text, Wanted(tokens), literal=literal)
        assert found == expected(text, tokens, literal=literal)


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


@pytest.mark.parametrize("literal", [False, True])
def test_a_memory_that_began_anew_marks_the_same(
    literal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunk_memory, "MOST_CHUNKS", 5)
    random_ = random.Random(6)
    memory = ChunkMemory(ANALYZER, literal=literal)
    total = 0
    for _ in range(300):
        text = " ".join(random_.choices(WORDS, k=9))
        want = Wanted(frozenset(random_.sample(TOKENS, 2)))
        found = marked(text, want, memory, literal=literal)
        assert found == marked(text, want, literal=literal)
        total += len(found)
    assert total > 100


def test_threads_share_a_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunk_memory, "MOST_CHUNKS", 100)  # it begins anew all the time
    memory = ChunkMemory(ANALYZER, literal=False)
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
    compiled = native.LOOPS.Chunks(50, PARTICLE, TE)
    plain = Plain(50)
    random_ = random.Random(text)
    for _ in range(3):  # new; then some known; then more of them
        wanted = [random_.getrandbits(61) & random_.getrandbits(61)]
        found = plain.scan(text, start, len(text), wanted)
        assert compiled.scan(text, start, len(text), wanted) == found
        for at, stop in zip(found[::2], map(abs, found[1::2]), strict=True):
            if random_.random() < 0.7:
                chunk = text[at:stop]
                sign = hash(chunk) % (1 << 63)
                compiled.put(chunk, sign)
                plain.put(chunk, sign)


@pytest.mark.compiled
def test_a_chunk_is_told_from_those_like_it() -> None:
    letters = "abcdefghijklmnopqrstuvwxyzé,."
    chunks = ["".join(row) for n in (1, 2, 3) for row in itertools.product(letters, repeat=n)]
    table = native.LOOPS.Chunks(100_000, PARTICLE, TE)
    for number, chunk in enumerate(chunks):
        table.put(chunk, number % 7 == 0)
    text = " ".join(chunks)
    found = table.scan(text, 0, len(text), [1])
    shown = [text[at:stop] for at, stop in zip(found[::2], found[1::2], strict=True)]
    assert shown == chunks[::7]


@pytest.mark.parametrize("text", ["op - te nemen", "«op» te nemen", "(op) te\xa0nemen"])
def test_a_particle_is_marked_with_its_verb_whatever_stands_between(text: str) -> None:
    (found,) = marked(text, Wanted(frozenset({"opnem"})), literal=False)
    assert text[slice(*found)].strip("(«") == text.strip("(«")
