"""Words broken at line ends, ligatures and accents."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.characters import composed, usual
from indexer.extract.printed import Printed
from indexer.extract.words import Counts, Vocabulary, rejoin

BROKEN = [
    # (lines, rejoined)
    (["de begrotings-", "behandeling van 2023"], ["de begrotingsbehandeling", "van 2023"]),
    (["het hoofdlijnenak-", "koord"], ["het hoofdlijnenakkoord"]),
    (["in- en", "uitvoer"], ["in- en", "uitvoer"]),
    (["de in-", "en uitvoer"], ["de in-", "en uitvoer"]),  # a conjunction follows
    (["in Noord-", "Brabant is"], ["in Noord-Brabant", "is"]),
    (["bijlage A.135-", "A.142 en"], ["bijlage A.135-A.142", "en"]),
    (["de minister-", "president zei"], ["de minister-president", "zei"]),
    (["op www.rijks-", "overheid.nl staat"], ["op www.rijks-overheid.nl", "staat"]),
    (["EU-", "breed"], ["EU-breed"]),
    (["bij de GGD-", "en, de"], ["bij de GGD-en,", "de"]),  # a plural, no conjunction
    (["als financieel-", "economische"], ["als financieel-economische"]),
    (["een collega-", "minister"], ["een collega-minister"]),
    (["zachte\u00ad", "scheiding"], ["zachtescheiding"]),
    (["een regel zonder", "streepje"], ["een regel zonder", "streepje"]),
    (["einde van een blok-", "", "nieuw blok"], ["einde van een blok-", "", "nieuw blok"]),
    (["een gedachte -", "streepje"], ["een gedachte -", "streepje"]),
    (["een e-", "mail sturen"], ["een e-mail", "sturen"]),
    (["de netto-", "opbrengst"], ["de netto-opbrengst"]),  # vowels would run together
    (["de netto-", "baten"], ["de nettobaten"]),
    (["het gps-", "signaal"], ["het gps-signaal"]),
    (["besluit-op-wob-verzoek-", "over-de-zaak"], ["besluit-op-wob-verzoek-over-de-zaak"]),
    (["op regeling-", "sanering-", "stallen-", "later"], ["op regeling-sanering-stallen-later"]),
    (["de gemeente-", "raads- en", "statenleden"], ["de gemeenteraads-", "en", "statenleden"]),
    (["de ex-", "partner"], ["de ex-partner"]),
    (["de ex-", "pertise"], ["de expertise"]),
    (["een ex-", "president"], ["een ex-president"]),
    (["een staakt-het-", "vuren"], ["een staakt-het-vuren"]),
    (["de energie-in-", "frastructuur"], ["de energie-infrastructuur"]),
    (["de defensie-", "industrie"], ["de defensie-industrie"]),  # also after `ie`
    (["de politie-", "agent"], ["de politieagent"]),
    (["TER VER-", "VANGING VAN"], ["TER VERVANGING", "VAN"]),  # both halves can be spoken
    (["HET AT-", "EZK"], ["HET AT-EZK"]),
    (
        ["LEDEN JANSEN-", "PIETERS, zie Jansen-Pieters hier"],
        ["LEDEN JANSEN-PIETERS,", "zie Jansen-Pieters hier"],
    ),
    (["naar Soe-", "dan, want Soedan heeft"], ["naar Soedan,", "want Soedan heeft"]),
    (["niet meer-", "dan dat"], ["niet meer-", "dan dat"]),
    (["de rechter-", "commissaris"], ["de rechter-commissaris"]),
    (["met ‘real-", "time’ gegevens"], ["met ‘real-time’", "gegevens"]),
    (["een ‘woord-", "’ en nog"], ["een ‘woord-", "’ en nog"]),  # no word goes on below
]


def rejoined(lines: list[str], known: Counts) -> list[str]:
    return [line.text for line in rejoin([Printed(line) for line in lines], known)]


@given(st.text("abé²_-'’ ", max_size=40), st.text("abé²_-'’", min_size=1, max_size=4))
def test_a_word_counts_where_it_stands_whole(text: str, word: str) -> None:
    whole = re.compile(rf"(?<!\w)(?<!\w-){re.escape(word)}(?!\w|-\w)")
    assert Vocabulary([f"begin {text} eind"])[word] == len(whole.findall(f"{text} eind"))


@pytest.mark.parametrize(("lines", "expected"), BROKEN)
def test_rejoin(lines: list[str], expected: list[str]) -> None:
    assert rejoined(lines, Vocabulary(lines)) == expected


def test_the_papers_own_spelling_decides() -> None:
    known = Vocabulary(["zie het wob-verzoek hier", "of het burgerinitiatief daar"])
    assert rejoined(["een wob-", "verzoek"], known) == ["een wob-verzoek"]
    assert rejoined(["een burger-", "initiatief"], known) == ["een burgerinitiatief"]


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("e\ufb03ciënt", "efficiënt"),
        ("Kostic´ en", "Kostić en"),
        ("ĳs\u00a0en", "ijs en"),
        ("na\u200bam", "naam"),
    ],
)
def test_characters(printed: str, written: str) -> None:
    assert composed(usual(printed)) == written
