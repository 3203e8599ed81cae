"""The terminal says what the page says: numbers, what was meant, kinds and titles in Dutch."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search_app.cli import main
from tests.conftest import Built

# (typed, what is printed)
PRINTED = [
    ("36 200 VII, nr. 12", "36 200 VII, nr. 12: "),
    ("36 200 VII, nr. 999", "36 200 VII, nr. 999 zelf staat niet in deze index."),
    ("36 200 VII, nr. 999", "Zoek het bij de officiële publicaties: https://"),
    ("36 200 VII, nr. 999", "Wel in deze index: dossier 36 200 VII, 6 stukken."),
    ("Aanhangsel van de Handelingen 3276", "Aanhangsel Handelingen II 2022/23, nr. 3276: Vragen"),
    ("Aanhangsel Handelingen II, nr. 3276", "Aanhangsel Handelingen II 2022/23, nr. 3276: Vragen"),
    ("Aanhangsel van de Handelingen 1234", "nr. 1234 zelf staat niet in deze index."),
    ("soort:bestaatniet droogte", "Geen stuk in deze index heeft soort ‘bestaatniet’. Wat er is:"),
    ("ministerie:Onderwijs", 'Bedoelde u: ministerie:"Onderwijs, Cultuur en Wetenschap"'),
    ("fractie:DENKK", "Bedoelde u: fractie:DENK"),
    ("persoon:Oldencamp", "Bedoelde u: persoon:Oldenkamp"),
    ("datum:31-02-2022", "Er bleef niets over om op te zoeken; u ziet daarom alle stukken."),
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


# A value that papers have, and one that is left out on purpose, are no mistakes
KNOWN = ["ministerie:financiën netkwast", "droogte NIET soort:bestaatniet", "soort:moties netkwast"]


@pytest.mark.parametrize("typed", KNOWN)
def test_a_value_that_is_no_mistake(
    typed: str, sample_index: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "--index", str(sample_index.location), typed]) == 0
    assert "Geen stuk in deze index heeft" not in capsys.readouterr().out


def test_the_page_leads_to_values_that_are_meant(sample_client: FlaskClient) -> None:
    page = sample_client.get("/?q=ministerie:Onderwijs").get_data(as_text=True)
    assert "Geen stuk in deze index heeft ministerie ‘Onderwijs’." in page
    assert "Met ministerie:&#34;Onderwijs, Cultuur en Wetenschap&#34;</a>" in page
    page = sample_client.get("/?q=36 200 VII, nr. 999").get_data(as_text=True)
    assert '<a href="/dossiers/36200-VII">dossier 36 200 VII</a>' in page


def test_several_questions_lead_to_where_each_is_looked_for(sample_client: FlaskClient) -> None:
    told = '<a href="/antwoorden">Eerdere antwoorden</a> wordt elke vraag apart gezocht'
    several = sample_client.get("/?q=Klopt dit? Wat doet u?").get_data(as_text=True)
    one = sample_client.get("/?q=Wat doet u aan netcongestie?").get_data(as_text=True)
    assert told in several
    assert told not in one


def test_nothing_else_is_meant_by_a_text_that_was_pasted(sample_client: FlaskClient) -> None:
    typed = "toeslagn bescheiden " + "interdepartementale klankbordgroep " * 20
    for asked, is_mended in ((typed, False), ("toeslagn", True)):
        told = sample_client.get("/api/v1/search", query_string={"q": asked}).get_json()
        assert bool(told["suggestion"]) is is_mended


def test_a_number_that_no_paper_writes_so_is_no_contradiction(sample_client: FlaskClient) -> None:
    page = sample_client.get("/?q=36.200").get_data(as_text=True)
    assert "Dossier 36 200</a>" in page
    assert "Wat bij het nummer hoort staat hierboven." in page
    assert "stukken in deze index past bij uw zoekvraag" not in page
