"""Words broken at line ends, ligatures and accents."""

from __future__ import annotations

import pytest

from indexer.extract.words import clean, rejoin, vocabulary

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
    (["zachte\u00ad", "scheiding"], ["zachtescheiding"]),
    (["een regel zonder", "streepje"], ["een regel zonder", "streepje"]),
    (["einde van een blok-", "", "nieuw blok"], ["einde van een blok-", "", "nieuw blok"]),
    (["een gedachte -", "streepje"], ["een gedachte -", "streepje"]),
    (["een e-", "mail sturen"], ["een e-mail", "sturen"]),
]


@pytest.mark.parametrize(("lines", "expected"), BROKEN)
def test_rejoin(lines: list[str], expected: list[str]) -> None:
    assert rejoin(lines, vocabulary(lines)) == expected


def test_the_papers_own_spelling_decides() -> None:
    known = vocabulary(["zie het wob-verzoek hier", "of het burgerinitiatief daar"])
    assert rejoin(["een wob-", "verzoek"], known) == ["een wob-verzoek"]
    assert rejoin(["een burger-", "initiatief"], known) == ["een burgerinitiatief"]


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("e\ufb03ciënt", "efficiënt"),
        ("Kostic´ en", "Kostić en"),
        ("ĳs\u00a0en", "ijs en"),
        ("na\u200bam", "naam"),
    ],
)
def test_clean(printed: str, written: str) -> None:
    assert clean(printed) == written
