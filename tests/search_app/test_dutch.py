"""What a paper is called that has no title, and how it is spoken of."""

import pytest

from indexer.paper import Paper, Source
from search_app import dutch


@pytest.mark.parametrize(
    ("paper_id", "paper_ref", "file", "called"),
    [
        ("kst-36200-VII-12", "36 200 VII, nr. 12", None, "36 200 VII, nr. 12"),
        ("kst-36200-VII-12", None, None, "36 200 VII, nr. 12"),
        ("pdf-3220874626ea", None, "programma 2023.pdf", "Zonder titel (programma 2023.pdf)"),
        ("pdf-3220874626ea", None, None, "Zonder titel (pdf-3220874626ea)"),
        ("een eigen naam", None, "brief.pdf", "een eigen naam"),
    ],
)
def test_a_name(paper_id: str, paper_ref: str | None, file: str | None, called: str) -> None:
    assert dutch.name(paper_id, paper_ref, file) == called


@pytest.mark.parametrize(
    ("paper", "called"),
    [
        # a letter has no number: it is spoken of by its title, and not by a hash
        (Paper("pdf-3220874626ea", title="Aanpak van netcongestie"), "Aanpak van netcongestie"),
        (Paper("kst-36200-VII-12", title="Beantwoording"), "36 200 VII, nr. 12"),
        (Paper("x", title="Een brief", paper_ref="36 200 VII, nr. 12"), "36 200 VII, nr. 12"),
        (
            Paper("pdf-3220874626ea", source=Source("map/b.pdf", "0" * 64, 1, "test")),
            "Zonder titel (b.pdf)",
        ),
    ],
)
def test_how_it_is_spoken_of(paper: Paper, called: str) -> None:
    assert dutch.called(paper) == called


@pytest.mark.parametrize(
    ("milliseconds", "told"),
    [(8.6, "8,6 ms"), (999.9, "999,9 ms"), (12, "12 ms"), (1383.3, "1,4 s")],
)
def test_how_long_it_took(milliseconds: float, told: str) -> None:
    assert dutch.took(milliseconds) == told
