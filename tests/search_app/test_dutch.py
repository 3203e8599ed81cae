"""What a paper is called that has no title."""

import pytest

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
