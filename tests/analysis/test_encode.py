"""Numbers of words, against the tokens that the analyzer gives one by one."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from indexer.analysis.chains import Analyzer
from indexer.analysis.encode import Encoder
from indexer.analysis.tables import learn
from indexer.analysis.tokens import CHUNK, cut

TEXTS = [
    "De begrotingsbehandeling (36 200 VII, nr. 12) begint om 10.30 uur, 's avonds.",
    "Het kabinet is voornemens deze maatregel op te nemen en toe te te passen; op te.",
    "Zie www.rijksoverheid.nl/onderwerpen of mail info@minvws.nl; kosten/baten: € 1.250,50.",
    "Vraag 3 over één foto's van Fox-IT, de F-35 en 's-Gravenhage; te nemen, af te zien",
    "Aanhangsel Handelingen, vergaderjaar 2022–2023, nr. 3276 en 21501-32-1740 10.30 te",
    "",
    "te",
]
WORDS = ["op", "te", "nemen", "begroting", "10.30", "uur", "36 200 VII", "nr. 12", "(", "één", "-"]
PIECES = ["uur", "Uur", " ", "\xa0", "\n", "8", "10.30", "(", "-tarief", "a", "_", ".", "\x1f"]
TABLES = learn([*TEXTS, "begroting behandeling begrotingen begrotingsstaat wetsbehandeling"])
ANALYZER = Analyzer(TABLES)


def decoded(text: str) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    encoder = Encoder(ANALYZER)
    entries = [encoder.entries[number] for number in encoder.encode(text).tolist()]
    dutch = [(form, at) for at, entry in enumerate(entries) for form in entry.forms]
    return dutch, [(entry.exact, at) for at, entry in enumerate(entries)]


def analysed(text: str) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    dutch, exact = ANALYZER.both(text)
    return [(t.text, t.position) for t in dutch], [(t.text, t.position) for t in exact]


@given(st.one_of(st.sampled_from(TEXTS), st.lists(st.sampled_from(WORDS)).map(" ".join), st.text()))
def test_the_same_tokens(text: str) -> None:
    assert decoded(text) == analysed(text)


def test_whole_texts() -> None:
    for text in TEXTS:
        assert decoded(text) == analysed(text)


def test_an_encoder_keeps_its_numbers() -> None:
    encoder = Encoder(ANALYZER)
    first = [encoder.encode(text).tolist() for text in TEXTS]
    known = len(encoder.entries)
    assert [encoder.encode(text).tolist() for text in TEXTS] == first
    assert len(encoder.entries) == known


@given(st.one_of(st.lists(st.sampled_from(PIECES)).map("".join), st.text()))
@example("uur 8 uur")
@example("om 8.30\xa0uur. (12 uur-tarief 3uur")
def test_chunks_are_what_the_pattern_finds(text: str) -> None:
    assert cut(text) == CHUNK.findall(text)
