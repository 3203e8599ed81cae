"""What a word stands for is looked for too, is told, and can be taken away by one click."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.abbreviations import abbreviations, meaning, related
from indexer.engine.errors import QueryBudgetError
from indexer.engine.query import And, Bag, InField, Node, Not, Or, Phrase, Term
from search_app.query.broader import KIND_LIFT, Also, also, broadened
from search_app.query.syntax import read
from search_app.query.tree import leaves, replaced, write

WORDS = (
    "wet", "open", "overheid", "Woo", "wob-verzoek", "BZK", "cao", "motie", "EN", "OF", "NIET",
    '"Woo besluit"', "titel:Woo", "titel:(Woo OF Wob)", "Woo NABIJ/3 BZK", "(", ")", "2023Z02406",
    "IENW/BSK-2022/188204", "zorg*", "datum:2022", "justitie", "en", "veiligheid",
)  # fmt: skip
WOO = Or(
    (
        Term("Woo"),
        Phrase("Wet open overheid"),
        Or((Term("Wob"), Phrase("Wet openbaarheid van bestuur"))),
    )
)


def exactly(name: str) -> InField:
    """Return a name as it is written."""
    return InField("exact", Phrase(name))


NAMED = InField("kind", Term("wetsvoorstel"), KIND_LIFT)
BROADENED: list[tuple[str, Node]] = [
    # (typed, as searched)
    ("Woo", Bag((WOO,))),
    ("Woo besluit", Bag((WOO, Term("besluit")))),
    ("Woo EN besluit", And((WOO, Term("besluit")))),
    ("cao", Bag((Or((Term("cao"), Phrase("collectieve arbeidsovereenkomst"))),))),
    ("OM", Bag((Or((Term("OM"), Phrase("Openbaar Ministerie"))),))),
    ("om", Bag((Term("om"),))),  # a small word, in small letters
    ("Woo-verzoek", Bag((Or((Term("Woo-verzoek"), Term("Wob-verzoek"))),))),
    ("zzp-wet", Bag((Term("zzp-wet"),))),  # nothing came before or after it
    ("wetsvoorstel", Bag((Or((Term("wetsvoorstel"), NAMED)),))),
    ("moties", Bag((Or((Term("moties"), InField("kind", Term("motie"), KIND_LIFT))),))),
    # who names Kamervragen means those with an answer too
    ("Kamervragen", Bag((Or((
        Term("Kamervragen"),
        InField("kind", Term("antwoord"), KIND_LIFT),
        InField("kind", Term("kamervragen"), KIND_LIFT),
    )),))),
    ("verslag", Bag((Term("verslag"),))),  # as often just a word
    # a day in digits is printed in words
    ("13-12-2022", Bag((Or((Term("13-12-2022"), Phrase("13 december 2022"))),))),
    ("1.3.2024", Bag((Or((Term("1.3.2024"), Phrase("1 maart 2024"))),))),
    ("2022-12-13", Bag((Or((Term("2022-12-13"), Phrase("13 december 2022"))),))),
    ("2022-12", Bag((Term("2022-12"),))),
    # a name with its particles is more than its last word
    ("van Dijk", Bag((Term("van"), Or((Term("Dijk"), exactly("van Dijk")))))),
    ("vragen van Sneller", Bag((  # and not `belang van snelle`
        Term("vragen"), Term("van"), Or((Term("Sneller"), exactly("van Sneller"))),
    ))),
    ("van dijk", Bag((Term("van"), Or((Term("dijk"), exactly("van dijk")))))),
    ("zorg van der Wal", Bag((
        Term("zorg"), Term("van"), Term("der"), Or((Term("Wal"), exactly("van der Wal"))),
    ))),
    ("van der wal zorg", Bag((
        Term("van"), Term("der"), Or((Term("wal"), exactly("van der wal"))), Term("zorg"),
    ))),
    ("de stikstof", Bag((Term("de"), Term("stikstof")))),  # an article is no name
    ("kosten van zorg", Bag((Term("kosten"), Term("van"), Term("zorg")))),
    ("van de", Bag((Term("van"), Term("de")))),
    # a full name typed loosely has its letters beside its last word
    ("wet open overheid", Bag((Term("wet"), Term("open"), Or((Term("overheid"), Term("Woo")))))),
    ("open wet overheid", Bag((Term("open"), Term("wet"), Term("overheid")))),
    ("IENW/BSK-2022/188204",
     Bag((Or((Term("IENW/BSK-2022/188204"), InField("number", Term("IENW/BSK-2022/188204")))),))),
    ("kst-36200-VII-12", Bag((Term("kst-36200-VII-12"),))),  # nor is the number of a paper
    # what is meant as it stands
    ('"Woo"', Phrase("Woo")),
    ("titel:Woo", InField("title", Term("Woo"))),
    ("letterlijk:Woo", InField("exact", Term("Woo"))),
    ("-Woo besluit", And((Not(Term("Woo")), Bag((Term("besluit"),))))),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "searched"), BROADENED)
def test_a_word_is_also_found_by_what_it_stands_for(typed: str, searched: Node) -> None:
    query = read(typed)
    assert query.searched() == searched
    assert query.searched(literal=True) == query.node


TOLD = [
    # (word, what is told)
    ("Woo", [("Wet open overheid", "sinds 2022"),
             ("Wob (Wet openbaarheid van bestuur)", "eerder, 1980–2022")]),
    ("avg", [("Algemene verordening gegevensbescherming", "sinds 2018"),
             ("Wbp (Wet bescherming persoonsgegevens)", "eerder, 2001–2018")]),
    ("BZK", [("Binnenlandse Zaken en Koninkrijksrelaties", "sinds 1998")]),
    ("NCDR", [("Nationaal Coördinator tegen Discriminatie en Racisme", "sinds 2021")]),
    ("V&J", [("Veiligheid en Justitie", "2010–2017"),
             ("JenV (Justitie en Veiligheid)", "later, sinds 2017")]),
    ("AWBZ", [("Algemene Wet Bijzondere Ziektekosten", "1968–2014"),
              ("Wlz (Wet langdurige zorg)", "later, sinds 2015")]),
    ("ggz", [("geestelijke gezondheidszorg", "")]),
    ("CO₂", [("kooldioxide", "")]),
    ("c.a.o", [("collectieve arbeidsovereenkomst", "")]),
    ("zorg", []),
]  # fmt: skip


def test_a_name_is_told() -> None:
    told = list(also(read("zorg van Dijk").node))
    assert told == [(), (), (Also("“van Dijk”", "achter elkaar staat hoger"),)]


@pytest.mark.parametrize(("word", "told"), TOLD)
def test_what_was_added_is_told(word: str, told: list[tuple[str, str]]) -> None:
    assert list(also(Term(word))) == [tuple(Also(*row) for row in told)]


def test_each_part_is_told_its_own() -> None:
    node = read("kosten wet open overheid Wmo -Woo titel:Woo").node
    told = [[more.text for more in row] for row in also(node)]
    assert len(told) == len(list(leaves(node)))
    assert [row for row in told if row] == [
        ["Woo (Wet open overheid)"],
        ["Wet maatschappelijke ondersteuning"],
    ]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
@settings(max_examples=500)
def test_any_query_is_broadened_and_told_part_by_part(typed: str) -> None:
    try:
        query = read(typed)
    except QueryBudgetError:
        return
    assert len(list(also(query.node))) == len(list(leaves(query.node)))
    query.searched()
    assert query.searched(literal=True) == query.node


def test_a_phrase_stands_for_nothing_else() -> None:
    assert list(also(Phrase("Woo"))) == [()]
    assert broadened(Phrase("Woo")) == Phrase("Woo")


def test_the_list_is_sound() -> None:
    every = abbreviations()
    assert len({found.short.casefold() for found in every}) == len(every) > 100
    for found in every:
        assert meaning(found.short) == found
        assert (found.since or 0) <= (found.until or 9999)
        assert (related(found) is not None) == (found.related is not None)


def test_a_leaf_is_replaced_in_its_place() -> None:
    node = read('zorg EN (Woo OF Wmo) "a b"').node
    assert write(replaced(node, 1, Phrase("Woo"))) == 'zorg EN ("Woo" OF Wmo) EN "a b"'


def test_the_page_shows_it_and_offers_the_word_as_it_stands(sample_client: FlaskClient) -> None:
    page = sample_client.get("/?q=wob-verzoek+BZK").get_data(as_text=True)
    assert "Woo-verzoek" in page
    assert "Binnenlandse Zaken en Koninkrijksrelaties" in page
    assert "/?q=wob-verzoek+letterlijk%3ABZK" in page
    told = sample_client.get("/api/v1/search?q=Woo").get_json()
    assert told["query"]["parts"][0]["also"][0] == {
        "text": "Wet open overheid",
        "why": "sinds 2022",
        "lift": 0.0,
    }
    literal = sample_client.get("/api/v1/search?q=Woo&literal=1").get_json()
    assert literal["query"]["parts"][0]["also"] == []


def test_a_letter_is_found_by_its_mark(sample_client: FlaskClient) -> None:
    for mark in ("IENW/BSK-2022/188204", "DGKE-DE / 26417730", "26417730"):
        told = sample_client.get("/api/v1/search", query_string={"q": mark}).get_json()
        assert told["references"][0]["readings"][0]["total"] == 1
        assert told["total"] >= 1
    unknown = sample_client.get("/api/v1/search?q=99999999").get_json()
    assert unknown["references"] == []


def test_a_named_kind_is_told_and_its_lift_taken_away_by_a_click(
    sample_client: FlaskClient,
) -> None:
    asked = "/?q=wetsvoorstel+binnenklimaat"
    page = sample_client.get(asked).text
    assert "stukken van de soort <em>Wetsvoorstel</em> tellen mee en gaan voor" in page
    assert f'href="{asked}&amp;lift=0">deze soort niet laten voorgaan' in page
    without = sample_client.get(f"{asked}&lift=0").text
    assert "gaan voor" not in without
    assert (
        f'href="{asked}" title="Verwijder dit filter">Een genoemde soort gaat niet voor' in without
    )
    assert '<input type="hidden" name="lift" value="0">' in without  # kept by the next search
    assert "Wetsvoorstel</em>" not in sample_client.get("/?q=binnenklimaat").text


def test_the_api_tells_the_lift_and_can_leave_it_out(sample_client: FlaskClient) -> None:
    asked = "/api/v1/search?q=wetsvoorstel+binnenklimaat"
    told = sample_client.get(asked).get_json()
    assert told["query"]["parts"][0]["also"] == [
        {"text": "Wetsvoorstel", "why": "soort stuk", "lift": KIND_LIFT}
    ]
    assert told["hits"][0]["kind"] == "wetsvoorstel"
    without = sample_client.get(f"{asked}&lift=0").get_json()
    assert without["query"]["parts"][0]["also"] == []
    scores = [hit["score"] for hit in without["hits"] if hit["kind"] == "wetsvoorstel"]
    assert not scores or max(scores) < told["hits"][0]["score"]
    assert sample_client.get(f"{asked}&lift=2").status_code == 400


def test_without_lift_a_kind_is_a_word_and_an_abbreviation_is_still_one() -> None:
    node = read("motie Woo").node
    assert broadened(node, lift=False) == Bag((Term("motie"), WOO))
    assert [len(row) for row in also(node, lift=False)] == [0, 2]
