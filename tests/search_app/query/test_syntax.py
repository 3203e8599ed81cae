"""What people type, and how it is read: a table, and any string at all."""

from __future__ import annotations

import pytest

from indexer.engine.errors import QueryBudgetError
from indexer.engine.query import (
    And,
    Bag,
    Between,
    Everything,
    Fuzzy,
    InField,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
)
from search_app.query.problems import Problem
from search_app.query.syntax import read, read_words


def bag(*words: str) -> Bag:
    return Bag(tuple(Term(word) for word in words))


def every(*items: Node) -> And:
    return And(items)


def either(*items: Node) -> Or:
    return Or(items)


T, P = Term, Phrase
TITLE = InField("title", T("stikstof"))

READ: list[tuple[str, Node]] = [
    # Loose words
    ("begrotingsbehandeling concepten", bag("begrotingsbehandeling", "concepten")),
    ("stikstof", bag("stikstof")),
    ("per abuis weggevallen", bag("per", "abuis", "weggevallen")),
    ("Wat doet u eraan?", bag("Wat", "doet", "u", "eraan")),
    ("stikstof, boeren; natuur!", bag("stikstof", "boeren", "natuur")),
    ("  stikstof \n boeren\t", bag("stikstof", "boeren")),
    # Words with signs in them stay whole: the analysis knows what to do with them
    ("14:30", bag("14:30")),
    ("kosten/baten", bag("kosten/baten")),
    ("Fox-IT", bag("Fox-IT")),
    ("F-35 'joint'", bag("F-35", "joint")),
    ("'s-Gravenhage", bag("'s-Gravenhage")),
    ("’s-Gravenhage foto’s", bag("’s-Gravenhage", "foto’s")),
    ("‘s-Hertogenbosch", bag("‘s-Hertogenbosch")),
    ("€ 1.234,56", bag("1.234,56")),
    ("wiskunde-onderwijs", bag("wiskunde-onderwijs")),
    ("in- en uitvoer", bag("in", "en", "uitvoer")),
    ("minister(s) van", bag("minister(s)", "van")),
    ("https://www.tweedekamer.nl/kamerstukken", bag("https://www.tweedekamer.nl/kamerstukken")),
    ("a.b@minbzk.nl", bag("a.b@minbzk.nl")),
    ("C++ en D66", bag("C", "en", "D66")),
    ("één cafés", bag("één", "cafés")),
    ("regen\u00ad\nboog", bag("regenboog")),
    ("ｓｔｉｋｓｔｏｆ　２０２２", bag("stikstof", "2022")),  # of an Asian keyboard
    # A colon that belongs to no field
    ("let op: dit", bag("let", "op", "dit")),
    ("Vraag: Kunt u dit toelichten?", bag("Vraag", "Kunt", "u", "dit", "toelichten")),
    ("ratio 3:1", bag("ratio", "3:1")),
    # Numbers of papers are one term, however they are typed
    ("36 200 VII, nr. 12", bag("36 200 VII, nr. 12")),
    # … and a citation is its number, whatever it is cited with; other words are looked for
    ("Kamerstukken II 2022/23, 36 200 VII, nr. 12, p. 3", bag("36 200 VII, nr. 12")),
    ("Kamerstukken II 2022/23, 36200 VII, nr. 12, p. 3-4.", bag("36200 VII, nr. 12")),
    ("TK 2022-2023, 36 200-VII, nr. 12", bag("36 200-VII, nr. 12")),
    ("motie 36 200 VII", bag("motie", "36 200 VII")),
    ("36200-VII-12 stuurgroep", bag("36200-VII-12", "stuurgroep")),
    ("kst-36200-VII-12", bag("kst-36200-VII-12")),
    ("2023Z02406", bag("2023Z02406")),
    ("ah-tk-20232024-1999", bag("ah-tk-20232024-1999")),
    ("zie 21 501-02, nr. 3121 over", bag("zie", "21 501-02, nr. 3121", "over")),
    # Phrases, with straight, curly, low and angular quotes
    ('"nationaal programma"', P("nationaal programma")),
    ("“nationaal programma”", P("nationaal programma")),
    ("„nationaal programma”", P("nationaal programma")),
    ("«nationaal programma»", P("nationaal programma")),
    ("‘nationaal programma’", P("nationaal programma")),
    ('"a b" c', every(P("a b"), bag("c"))),
    ('c "a b" d', every(P("a b"), bag("c", "d"))),
    ('"a b""c d"', every(P("a b"), P("c d"))),
    ('"kosten/baten, 14:30"', P("kosten/baten, 14:30")),
    # Operators, in capitals, in Dutch and English
    ("a EN b", every(T("a"), T("b"))),
    ("a AND b", every(T("a"), T("b"))),
    ("a OF b", either(T("a"), T("b"))),
    ("a OR b", either(T("a"), T("b"))),
    ("a en b of c", bag("a", "en", "b", "of", "c")),
    ("a NIET b", every(Not(T("b")), bag("a"))),
    ("a NOT b", every(Not(T("b")), bag("a"))),
    ("a EN NIET b", every(T("a"), Not(T("b")))),
    ("a -b", every(Not(T("b")), bag("a"))),
    ('-"a b" c', every(Not(P("a b")), bag("c"))),
    ("a - b", bag("a", "b")),
    ("a-b", bag("a-b")),
    ("2022 -2023", bag("2022", "2023")),
    # a word that shares its first half is not excluded
    ("ombudsmannen en -vrouwen", bag("ombudsmannen", "en", "vrouwen")),
    ("in- of -uitvoer", bag("in", "of", "uitvoer")),
    ("a EN -b", every(T("a"), Not(T("b")))),
    ("NIET NIET a", bag("a")),
    ("a b OF c", either(every(T("a"), T("b")), T("c"))),
    ("a EN b OF c EN d", either(every(T("a"), T("b")), every(T("c"), T("d")))),
    ("a EN (b OF c)", every(T("a"), either(T("b"), T("c")))),
    ("(a OF b) c", every(either(T("a"), T("b")), T("c"))),
    ("-(a OF b) c", every(Not(either(T("a"), T("b"))), T("c"))),
    ("a EN b EN c", every(T("a"), T("b"), T("c"))),
    ("klimaat NABIJ/5 beleid", Near(T("klimaat"), T("beleid"), 5)),
    ("klimaat NEAR/3 beleid", Near(T("klimaat"), T("beleid"), 3)),
    ("klimaat NABIJ beleid", Near(T("klimaat"), T("beleid"), 5)),
    ('"a b" NABIJ/9 c', Near(P("a b"), T("c"), 9)),
    # `"a b"~3` of other programs
    ('"a b"~3', Near(T("a"), T("b"), 3)),
    ('"a b"~', Near(T("a"), T("b"), 5)),
    ('-"a b"~3', Not(Near(T("a"), T("b"), 3))),
    ('titel:"a b"~3', InField("title", Near(T("a"), T("b"), 3))),
    ("a NABIJ/2 b NABIJ/2 c", every(Near(T("a"), T("b"), 2), Near(T("b"), T("c"), 2))),
    ("x a NABIJ/2 b", every(Near(T("a"), T("b"), 2), bag("x"))),
    # Brackets without operators mean nothing
    ("(a b) c", bag("a", "b", "c")),
    ("Zaken (VII) voor", bag("Zaken", "VII", "voor")),
    # A word alone between brackets is that word
    ("NIET (aap)", Not(T("aap"))),
    ("titel:(stikstof)", TITLE),
    ("(klimaat) NABIJ/3 beleid", Near(T("klimaat"), T("beleid"), 3)),
    # Fields
    ("titel:stikstof", TITLE),
    ("Titel:stikstof", TITLE),
    ("titel: stikstof", TITLE),
    ('titel:"a b"', InField("title", P("a b"))),
    # Ministries and houses by the names that people use
    ("ministerie:VWS", InField("ministry", T("Volksgezondheid, Welzijn en Sport"))),
    ('ministerie:"ministerie van Financiën"', InField("ministry", T("Financiën"))),
    ("ministerie:Onderwijs", InField("ministry", T("Onderwijs"))),
    ("kamer:Eerste", InField("house", T("EK"))),
    ('kamer:"Tweede Kamer"', InField("house", T("TK"))),
    ("titel:(a OF b)", InField("title", either(T("a"), T("b")))),
    ("titel:(a b)", InField("title", bag("a", "b"))),
    ("titel:stikstof boeren", every(TITLE, bag("boeren"))),
    ("-titel:stikstof boeren", every(Not(TITLE), bag("boeren"))),
    ("vraag:a antwoord:b", every(InField("question", T("a")), InField("answer", T("b")))),
    ("tekst:a letterlijk:b", every(InField("body", T("a")), InField("exact", T("b")))),
    ("soort:motie", InField("kind", T("motie"))),
    ("soort:Moties", InField("kind", T("motie"))),
    ("soort:(motie OF brief)", InField("kind", either(T("motie"), T("brief")))),
    ("dossier:36 200 VII", InField("dossier", T("36 200 VII"))),
    ("dossier:36200-VII", InField("dossier", T("36200-VII"))),
    ('dossier:"36 200 VII"', InField("dossier", T("36 200 VII"))),
    ("nr:12", InField("number", T("12"))),
    ('van:"van Dijk"', InField("asker", T("van Dijk"))),
    ("van:van Dijk", InField("asker", T("van Dijk"))),
    ("van:van der Wal x", every(InField("asker", T("van der Wal")), bag("x"))),
    ("door:Yeşilgöz-Zegerius", InField("answerer", T("Yeşilgöz-Zegerius"))),
    ("indiener:van der Wal", InField("asker", T("van der Wal"))),
    ("bewindspersoon:Yeşilgöz", InField("answerer", T("Yeşilgöz"))),
    ("ministerie:Financiën", InField("ministry", T("Financiën"))),
    ("partij:D66", InField("party", T("D66"))),
    ("vergaderjaar:2022-2023", InField("session_year", T("2022-2023"))),
    ("vergaderjaar:2022/23", InField("session_year", T("2022-2023"))),
    ("vergaderjaar:2022–2023", InField("session_year", T("2022-2023"))),
    ("datum:2022..2023", Between("date", "2022", "2023")),
    ("datum:2023..2022", Between("date", "2022", "2023")),
    ("datum:2022-10-07", Between("date", "2022-10-07", "2022-10-07")),
    ("datum:7-10-2022", Between("date", "2022-10-07", "2022-10-07")),
    ("datum:2022-10", Between("date", "2022-10", "2022-10")),
    ("datum:2022..", Between("date", "2022", None)),
    ("datum:..7-10-2022", Between("date", None, "2022-10-07")),
    ('datum:"13 december 2022"', Between("date", "2022-12-13", "2022-12-13")),
    ("datum:>2022", Between("date", "2023", None)),
    ("datum:>=2022", Between("date", "2022", None)),
    ("datum:<1-1-2023", Between("date", None, "2022-12-31")),
    ("datum:>2022-12", Between("date", "2023-01", None)),
    ("datum:<=2022-10", Between("date", None, "2022-10")),
    ("jaar:>2020", Between("year", "2021", None)),
    ("jaar:2022", Between("year", "2022", "2022")),
    ("jaar:2020..2022 a", every(Between("year", "2020", "2022"), bag("a"))),
    # Wildcards and fuzzy words
    ("energie*", Bag((Prefix("energie"),))),
    ("energie* titel:stik*", every(InField("title", Prefix("stik")), Bag((Prefix("energie"),)))),
    ("stikstoff~", Bag((Fuzzy("stikstoff", 1),))),
    ("stikstoff~2", Bag((Fuzzy("stikstoff", 2),))),
    ("~50 procent", bag("50", "procent")),
    ("*", Everything()),
    ("", Everything()),
]

MENDED: list[tuple[str, Node, Problem]] = [
    ('"', Everything(), Problem.QUOTE),
    ('stik"stof', bag("stik", "stof"), Problem.QUOTE),
    ('"nationaal programma', bag("nationaal", "programma"), Problem.QUOTE),
    ('"" stikstof', bag("stikstof"), Problem.EMPTY_QUOTES),
    ('"…" stikstof', bag("stikstof"), Problem.EMPTY_QUOTES),
    ("((stikstof", bag("stikstof"), Problem.BRACKET),
    ("1) stikstof :-)", bag("1", "stikstof"), Problem.BRACKET),
    ("(a OF b", either(T("a"), T("b")), Problem.BRACKET),
    ("EN stikstof", bag("stikstof"), Problem.OPERATOR),
    ("stikstof OF", bag("stikstof"), Problem.OPERATOR),
    ("a EN EN b", every(T("a"), T("b")), Problem.OPERATOR),
    ("a NABIJ/5", bag("a"), Problem.OPERATOR),
    ("a NIET", bag("a"), Problem.OPERATOR),
    ("a EN ()", bag("a"), Problem.OPERATOR),
    ("a NABIJ/5 (b OF c)", every(T("a"), either(T("b"), T("c"))), Problem.NEAR),
    ("a NABIJ/900 b", Near(T("a"), T("b"), 50), Problem.DISTANCE),
    ("a*b", bag("a", "b"), Problem.STAR),
    ("*stikstof", bag("stikstof"), Problem.STAR),
    ("organi?atie", bag("organi?atie"), Problem.ONE_LETTER),
    ("stikstof 🙂", bag("stikstof"), Problem.SKIPPED),
    ('"a b c"~3', P("a b c"), Problem.LOOSELY),
    ('"a b"~99', P("a b"), Problem.LOOSELY),
    ("🙂", Everything(), Problem.NO_WORDS),
    ("?!", Everything(), Problem.NO_WORDS),
    ("titel:titel:a", InField("title", T("a")), Problem.FIELD),
    ("(titel:) a", bag("a"), Problem.FIELD),
    ("datum:gisteren a", bag("a"), Problem.DATE),
    ("datum:2022-13-45 a", bag("a"), Problem.DATE),
    ("datum:.. a", bag("a"), Problem.DATE),
    ("datum:>9999 a", bag("a"), Problem.DATE),
    ("datum:>31-12-9999 a", bag("a"), Problem.DATE),
    ("datum:<0001-01 a", bag("a"), Problem.DATE),
    ("gemeente:Utrecht", bag("gemeente:Utrecht"), Problem.NO_FIELD),
    ('plaats:"Den Haag"', every(Phrase("Den Haag"), bag("plaats")), Problem.NO_FIELD),
    ("datum:(2022 OF 2023) a", bag("a"), Problem.DATE),
    # Over 512 characters without operators: a pasted text, so brackets mean nothing
    ("(" * 4000 + "a" + ")" * 4000, bag("a"), Problem.PLAIN),
]

REFUSED = [
    ("a*", "sterretje"),
    ("ab* stikstof", "sterretje"),
    ("energie* klimaat* stikstof*", "sterretjes"),
    ("abcdef~6", "ruim"),
    ("stikst~2", "ruim"),
    ("ab~", "ruim"),
    ("abcd~ abce~ abcf~", "golfje"),
    ("(" * 11 + "a" + ")" * 11, "haakjes"),
    (" OF ".join(f"w{i}" for i in range(33)), "onderdelen"),
    ("titel:a " + "woord " * 100, "te lang"),
]


@pytest.mark.parametrize(("typed", "expected"), READ)
def test_reads(typed: str, expected: Node) -> None:
    query = read(typed)
    assert query.node == expected
    assert query.problems == ()


@pytest.mark.parametrize(("typed", "expected", "problem"), MENDED)
def test_mends_and_says_so(typed: str, expected: Node, problem: Problem) -> None:
    query = read(typed)
    assert query.node == expected
    start = problem.value.split("{}")[0] or problem.value.split("{}")[1]
    assert any(start in sentence for sentence in query.problems)


@pytest.mark.parametrize(("typed", "word"), REFUSED)
def test_refuses_what_costs_too_much(typed: str, word: str) -> None:
    with pytest.raises(QueryBudgetError, match=word):
        read(typed)


@pytest.mark.parametrize("typed", [typed for typed, _ in READ])
def test_what_was_understood_reads_back_as_the_same(typed: str) -> None:
    query = read(typed)
    assert read(query.understood).node == query.node


def test_a_pasted_text_keeps_its_longest_words_and_numbers() -> None:
    words = [f"woord{'x' * (i % 9)}{i}" for i in range(500)]
    query = read(" ".join(words[:250]) + ' (zie 36 200 VII, nr. 12)* " ' + " ".join(words[250:]))
    assert isinstance(query.node, Bag)
    assert len(query.node.items) == 32
    assert Term("36 200 VII, nr. 12") in query.node.items
    assert any("lang" in sentence for sentence in query.problems)


def test_a_repeated_word_counts_once_when_there_are_too_many() -> None:
    assert read("stikstof boeren " * 30).node == bag("stikstof", "boeren")


def test_conditions_stay_when_loose_words_are_dropped() -> None:
    query = read('"nationaal programma" ' + " ".join(f"woord{i}" for i in range(40)))
    assert isinstance(query.node, And)
    assert query.node.items[0] == Phrase("nationaal programma")


def test_loose_words_only() -> None:
    assert read_words('a EN "b c" -d titel:e') == bag("a", "EN", "b", "c", "d", "titel:e")
