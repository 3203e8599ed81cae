"""The analysis of Dutch text, in both directions: what the index holds and what a query asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.chains import Analyzer
from indexer.analysis.compounds import Splitter
from indexer.analysis.filters import fold, modern, stem, stop_words
from indexer.analysis.halves import Half, learn_halves, write_halves
from indexer.analysis.tables import EMPTY, Tables, learn

PLAIN = Analyzer(EMPTY)
HALVES = {
    "wiskunde": Half(9, 3, 1),
    "onderwijs": Half(9, 3, 3),
    "bedrijf": Half(9, 2, 1),
    "bedrijfs": Half(0, 2, 0),
    "gegevens": Half(9, 0, 3),
}
SPLITTING = Analyzer(Tables(write_halves(HALVES)))

SAME = [
    # two spellings that must meet
    ("begroting", "begrotingen"),
    ("probleem", "problemen"),  # the stemmer does not know that a vowel was long
    ("maatregel", "maatregelen"),
    ("sector", "sectoren"),
    ("groot", "grote"),  # an open syllable
    ("structureel", "structurele"),
    ("initiatief", "initiatieven"),
    ("serieus", "serieuze"),
    ("Nederland", "Nederlandse"),
    ("beschikbaar", "beschikbare"),
    ("bieden", "biedt"),  # finite verbs
    ("verbeteren", "verbetert"),
    ("verhogen", "verhoogd"),
    ("bezuinigen", "bezuinigt"),
    ("meenemen", "meegenomen"),  # strong verbs, whatever goes before
    ("aanbieden", "aangeboden"),
    ("organiseren", "georganiseerd"),
    ("kans", "kansen"),  # an s that is the word's own
    ("plaats", "plaatsen"),
    ("schuld", "schulden"),
    ("belangrijk", "belangrijkste"),
    ("verslag", "verslagen"),
    ("kamerlid", "kamerleden"),
    ("stad", "steden"),
    ("woord", "woorden"),
    ("uitvoeren", "uitvoering"),
    ("veilig", "veiligheid"),
    ("geboren", "geboorte"),
    ("register", "registers"),
    ("kadaster", "kadasters"),
    ("openbaar", "openbare"),
    ("open", "openen"),
    ("erkend", "erkenning"),
    ("racisme", "racistische"),
    ("adres", "adressen"),
    ("café", "cafe"),
    ("coördinatie", "coordinatie"),
    ("Fox-IT", "foxit"),
    ("wiskunde-onderwijs", "wiskundeonderwijs"),
    ("foto's", "foto’s"),
    ("Europa's", "Europa"),
    ("produkt", "product"),
    ("aktie", "actie"),
    ("ĳzer", "ijzer"),
    ("36 200 VII", "36200-VII"),
    ("36 200 VII", "36200vii"),
    ("36 200 VII, nr. 12", "kst-36200-VII-12"),
    ("2024Z 17972", "2024Z17972"),
]
APART = [
    # two words that Kraaij-Pohlmann takes for one, or that folding would
    ("gemeente", "mening"),
    ("gebied", "bieden"),
    ("gezin", "zin"),
    ("gevolg", "volgen"),
    ("wijzigen", "wijzen"),
    ("minister", "mini"),
    ("ministerie", "minister"),
    ("woning", "woon"),
    ("één", "een"),
    ("overheid", "over"),
    ("gezond", "zon"),
    ("beleid", "begeleid"),
    ("openbaar", "open"),
    ("mens", "men"),
    ("stelsel", "stellen"),
    ("minderheid", "minder"),
    ("veiligheid", "veiling"),
    ("derde", "der"),
    ("nodig", "nood"),
    ("sommige", "som"),
    ("genieten", "niet"),
    ("negatieve", "negeren"),
    ("bekende", "beek"),
    ("verkeerde", "verkeer"),
    ("geboren", "boren"),
    ("geschikt", "schikking"),
    ("vorige", "voor"),
    ("verzenden", "vers"),
    ("letsel", "gelet"),
    ("geslacht", "slacht"),
    ("machtiging", "macht"),
    ("laatste", "laten"),
    ("langs", "lang"),
    ("invoer", "invoering"),
    ("uitvoer", "uitvoering"),
    ("vijftig", "vijf"),
    ("vierde", "vier"),
    ("register", "regie"),
    ("monster", "mond"),
    ("raming", "raam"),
    ("keten", "keet"),
    ("groente", "groen"),
    ("overige", "oven"),
]


def first(text: str, analyzer: Analyzer = PLAIN) -> str:
    return analyzer.dutch(text)[0].text


@pytest.mark.parametrize(("left", "right"), SAME)
def test_same_token(left: str, right: str) -> None:
    assert first(left) == first(right)


@pytest.mark.parametrize(("left", "right"), APART)
def test_other_token(left: str, right: str) -> None:
    assert first(left) != first(right)


WORDS = [
    # (text, its words as the exact field has them)
    ("Om 14:30 uur begon het.", ["om", "14:30", "uur", "begon", "het"]),
    ("kosten/baten", ["kosten", "baten"]),
    ("€ 1.250,50 per jaar", ["1.250,50", "per", "jaar"]),
    ("’s-Gravenhage", ["sgravenhage"]),
    ("van Dijk", ["van", "dijk"]),
    ("de F-35", ["de", "f35"]),
    ("zie https://www.overheid.nl/stuk?x=1.", ["zie", "https://www.overheid.nl/stuk?x=1."]),
    ("«regenboogbeleid»", ["regenboogbeleid"]),
    ("", []),
    ("🙂 — …", []),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_exact_words(text: str, expected: list[str]) -> None:
    assert [token.text for token in PLAIN.exact(text)] == expected


def test_parts_of_a_compound_share_its_position_and_have_their_own_place() -> None:
    text = "Het wiskundeonderwijs"
    tokens = [t for t in SPLITTING.dutch(text) if t.position == 1]
    assert [text[t.start : t.end] for t in tokens] == ["wiskundeonderwijs", "wiskunde", "onderwijs"]


def test_joint_belongs_to_the_part_but_not_to_its_stem() -> None:
    text = "bedrijfsgegevens"
    whole, left, right = SPLITTING.dutch(text)
    assert (text[left.start : left.end], text[right.start : right.end]) == ("bedrijfs", "gegevens")
    assert left.text == first("bedrijf")
    assert right.text == first("gegevens")
    assert whole.text not in (left.text, right.text)


def test_hyphenated_word_has_joined_form_and_parts() -> None:
    tokens = PLAIN.dutch("Noord-Brabant")
    assert tokens[0].text == first("Noordbrabant")
    assert {t.position for t in tokens} == {0}
    assert first("Brabant") in {t.text for t in tokens}


def test_number_carries_its_dossier() -> None:
    texts = [t.text for t in PLAIN.dutch("Kamerstuk 36 200 VII, nr. 12")]
    assert texts == ["36200-vii-12", "36200-vii", "36200"]
    (word,) = PLAIN.query("36 200 VII, nr. 12")
    assert (word.role, word.forms) == ("number", ("36200-vii-12",))


def test_query_flags_stop_words_and_keeps_positions() -> None:
    words = PLAIN.query("de kosten van de zorg")
    assert [word.role for word in words] == ["stop", "word", "stop", "stop", "word"]
    assert [word.position for word in words] == [0, 1, 2, 3, 4]


def test_literal_query_is_as_written() -> None:
    (word,) = PLAIN.query("Begrotingen", literal=True)
    assert word.forms == ("begrotingen",)


@given(st.text(max_size=200))
def test_any_text_gives_tokens_within_it(text: str) -> None:
    for token in (*PLAIN.dutch(text), *SPLITTING.exact(text)):
        assert 0 <= token.start < token.end <= len(text)
        assert token.text


@given(st.text(max_size=80))
def test_query_finds_what_the_index_holds(text: str) -> None:
    held = {token.text for token in PLAIN.dutch(text)}
    for word in PLAIN.query(text):
        assert held.intersection(word.forms)


def test_tables_travel_as_json() -> None:
    texts = ["wiskunde onderwijs taalonderwijs wiskundeles taal les wiskundeonderwijs"] * 9
    tables = learn(texts)
    again = Tables.from_json(tables.to_json())
    assert again == tables
    assert again.digest == tables.digest != EMPTY.digest
    assert tables.words()["onderwijs"] == 9


LEARNED = Splitter(
    learn(
        [
            "wiskunde onderwijs taal les rekenen regeling waterstaat water werken net subsidie",
            "taalonderwijs wiskundeles taalles watertaal rekenonderwijs waterwerken taalwerken",
            "subsidieregeling taalregeling lesregeling waterregeling werkregeling netregeling",
            "rekenregeling onderwijsregeling wiskunderegeling regelregeling naamregeling",
            "reken werk regel naam internationale nationale inter",
        ]
        * 9
    ).half_table()
)
SPLITS = [
    # (word, its parts)
    ("wiskundeonderwijs", ("wiskunde", "onderwijs")),  # not in the corpus itself
    ("wiskundelesregeling", ("wiskunde", "les", "regeling")),  # halves that split again
    ("veilingregeling", ("veiling", "regeling")),  # a strong head behind an unknown half
    ("internationale", ("internationale",)),  # a beginning that is no first half
    ("verregeling", ("verregeling",)),
    ("waarheidsvinding", ("waarheid-s", "vinding")),  # its s can only be a joint
    ("verwerkingsclausules", ("verwerking-s", "clausules")),
    ("koningschap", ("koningschap",)),  # the s is of `-schap`
    ("springstof", ("springstof",)),  # no vowel before `-ings`
    ("ingeregeling", ("ingeregeling",)),  # a particle and the prefix of a verb
    ("voorsregeling", ("voorsregeling",)),  # an s behind a small word begins the next
    ("taal", ("taal",)),
]


@pytest.mark.parametrize(("word", "parts"), SPLITS)
def test_splits(word: str, parts: tuple[str, ...]) -> None:
    assert LEARNED.split(word) == parts


STRONG = Splitter({
    "warmte": Half(81, 33, 1), "straf": Half(26, 27, 0), "functie": Half(46, 10, 21),
    "arbeids": Half(4, 52, 0), "arbeid": Half(26, 2, 0), "wet": Half(1557, 4, 76),
    "dwang": Half(18, 5, 1), "licenties": Half(5, 0, 0), "stelling": Half(90, 0, 4),
})  # fmt: skip
STRONG_SPLITS = [
    # (word, its parts): one half has a large family, the other was never seen
    ("warmtepompen", ("warmte", "pompen")),
    ("arbeidsongeschiktheid", ("arbeid-s", "ongeschiktheid")),  # the joint lets a vowel follow
    ("amnestiewet", ("amnestie", "wet")),  # a short head with a very large family
    ("dwanglicenties", ("dwang", "licenties")),  # a smaller family, before a word that is known
    ("functioneren", ("functioneren",)),
    ("functieneren", ("functieneren",)),  # letters that end a verb
    ("straffeloos", ("straffeloos",)),  # the same letter again
    ("arbeidstelling", ("arbeid", "stelling")),  # not `arbeids-telling`: the s is of `stelling`
    ("dwangpuzzels", ("dwangpuzzels",)),  # a small family, and letters never seen
]


@pytest.mark.parametrize(("word", "parts"), STRONG_SPLITS)
def test_one_strong_half_splits_a_word(word: str, parts: tuple[str, ...]) -> None:
    assert STRONG.split(word) == parts


def test_a_fragment_of_a_broken_word_is_no_half() -> None:
    """`verzeke` and `ring` stand alone by a slip of print beside thousands of `verzekering`."""
    whole = {"verzekering": 900, "verzekeringswet": 300, "ring": 3, "verzeke": 1, "begiftring": 2}
    halves = learn_halves(whole | {"wet": 400, "zorgstelsel": 9, "zorg": 90, "stelsel": 20})
    assert "verzeke" not in halves
    assert halves["zorg"].alone == 90
    assert Splitter(halves).split("verzekering") == ("verzekering",)


SEPARATED = [
    # (text, the verb it also has)
    ("om dit op te nemen", "opnemen"),
    ("terug te draaien", "terugdraaien"),
    ("Vast te stellen", "vaststellen"),
]


@pytest.mark.parametrize(("text", "verb"), SEPARATED)
def test_a_separated_verb_has_its_whole_form_at_the_place_of_the_verb(text: str, verb: str) -> None:
    tokens = PLAIN.dutch(text)
    assert tokens[-1].text == first(verb)
    assert tokens[-1].position == tokens[-2].position
    assert text[tokens[-1].start : tokens[-1].end].endswith(text.rsplit(maxsplit=1)[-1])
    assert PLAIN.query(text)[-1].forms == (first(verb),)


@pytest.mark.parametrize("text", ["door de Kamer te vragen", "auto te koop", "op te 5"])
def test_te_alone_makes_no_verb(text: str) -> None:
    assert len(PLAIN.dutch(text)) == len(text.split())


def test_stop_words_are_dutch_function_words() -> None:
    assert {"de", "het", "een", "van", "niet"} <= stop_words()
    assert not {"minister", "kamer", "och", "jeg"} & stop_words()


@pytest.mark.parametrize(
    ("word", "expected"), [("Crème", "creme"), ("ÉÉN", "één"), ("Ĳsland", "ijsland")]
)
def test_fold(word: str, expected: str) -> None:
    assert fold(word) == expected


def test_stem_and_spelling() -> None:
    assert stem("hoofdsteden") == "hoofdstad"
    assert modern("produktie") == "productie"
    assert stem("f35") == "f35"


@given(st.text())
def test_both_readings_at_once_are_those_apart(text: str) -> None:
    assert PLAIN.both(text) == (PLAIN.dutch(text), PLAIN.exact(text))
