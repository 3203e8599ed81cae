"""The terminal says what the page says: numbers, what was meant, kinds and titles in Dutch."""

from __future__ import annotations

import pytest

from search_app.cli import main
from tests.conftest import Built

# (typed, what is printed)
PRINTED = [
    ("36 200 VII, nr. 12", "36 200 VII, nr. 12: "),
    ("36 200 VII, nr. 999", "36 200 VII, nr. 999 zelf staat niet in deze index."),
    ("36 200 VII, nr. 999", "Zoek het bij de officiële publicaties: https://"),
    ("36 2000 VII, nr. 12", "is geen nummer van een stuk. Bedoelde u:"),
    ("toeslagen", "Brief"),
    ("toeslagn", "Bedoelde u: toeslagen"),
    ("toeslagen", " stukken gevonden in "),
]


@pytest.mark.parametrize(("typed", "printed"), PRINTED)
def test_a_search_in_the_terminal(
    typed: str, printed: str, sample_index: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "--index", str(sample_index.location), typed]) == 0
    assert printed in capsys.readouterr().out
