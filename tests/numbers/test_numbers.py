"""Numbers of papers: every form in print, as typed, or as a link, and what is none."""

from __future__ import annotations

import pytest

from indexer.leidraad import cite, official_url
from indexer.numbers.finding import find_numbers, parse_number
from indexer.numbers.known import settled
from indexer.numbers.typed import several

ANNEX = "Aanhangsel Handelingen II 2022/23, nr. 3649"
TYPED = [
    # (typed, keys of all readings, printable form of the first)
    ("36 200 VII, nr. 12", ["36200-vii-12"], "36 200 VII, nr. 12"),  # as printed
    ("36\u00a0200\u00a0VII, nr.\u00a012", ["36200-vii-12"], "36 200 VII, nr. 12"),  # hard spaces
    ("36200-VII-12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("36200–VII–12", ["36200-vii-12"], "36 200 VII, nr. 12"),  # en dash
    ("kst-36200-VII-12", ["36200-vii-12"], "36 200 VII, nr. 12"),  # link
    ("36200VII nr12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("36 200 vii nr 12", ["36200-vii-12"], "36 200 VII, nr. 12"),  # lower-case Roman
    ("Kamerstuk 36.200 VII, nr. 12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("36200vii", ["36200-vii"], "36 200 VII"),
    ("362 00 VII, nr. 12", ["36200-vii-12"], "36 200 VII, nr. 12"),  # a slip that was printed
    ("362OO VII", ["36200-vii"], "36 200 VII"),  # letter O
    ("36 2O0 VII, nr. 12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("21 501-32, nr. 1703", ["21501-32-1703"], "21 501-32, nr. 1703"),
    ("21501-32-1740", ["21501-32-1740"], "21 501-32, nr. 1740"),
    ("35510-21", ["35510-21", "35510-21"], "35 510, nr. 21"),  # paper 21, or a dossier
    ("21501-32", ["21501-32", "21501-32"], "21 501-32"),  # a council, or paper 32
    ("31 700 VI, D", ["31700-vi-d"], "31 700 VI, D"),  # Eerste Kamer
    ("19 637, nr. 3185", ["19637-3185"], "19 637, nr. 3185"),
    ("36 200 A, nr. 3", ["36200-a-3"], "36 200 A, nr. 3"),  # a fund
    ("36200", ["36200"], "36 200"),
    (
        "Aanhangsel Handelingen, vergaderjaar 2022–2023, nr. 3276",
        ["ah-tk-20222023-3276"],
        "Aanhangsel Handelingen II 2022/23, nr. 3276",
    ),
    ("ah-tk-20222023-3649", ["ah-tk-20222023-3649"], ANNEX),
    ("Aanhangsel 3649 (2022/23)", ["ah-tk-20222023-3649"], ANNEX),
    ("3649 (2022/23)", ["ah-tk-20222023-3649"], ANNEX),
    ("2023Z02406", ["2023z02406"], "2023Z02406"),
    ("2024Z 17972", ["2024z17972"], "2024Z17972"),  # so in print
    ("2023D05549", ["2023d05549"], "2023D05549"),
    ("TZ202603-130", ["tz202603-130"], "TZ202603-130"),
    ("kv-tk-2021Z03234", ["2021z03234"], "kv-tk-2021Z03234"),
    ("h-tk-20242025-87-15", ["h-tk-20242025-87-15"], "Handelingen II 2024/25, nr. 87, item 15"),
    ("Handelingen II 2010/11, nr. 108, item 5", ["h-tk-20102011-108-5"],
     "Handelingen II 2010/11, nr. 108, item 5"),
    ("blg-929493", ["blg-929493"], "blg-929493"),
    ("34 000 (R2034), nr. 5", ["34000-5"], "34 000, nr. 5"),  # a kingdom act: its link has no R
    ("kst-34000-(R2034)-5", ["34000-5"], "34 000, nr. 5"),
    ("36 200 VI, nr. D", ["36200-vi-d"], "36 200 VI, D"),
    # citations as footnotes have them, pasted whole
    ("Kamerstukken II 2009/10, 27858, nr. 88, p. 3", ["27858-88"], "27 858, nr. 88"),
    ("Kamerstukken I 2008/09, 31700 VI, D, p. 4", ["31700-vi-d"], "31 700 VI, D"),
    ("Kamerstukken 1993/94-1996/97, 23761", ["23761"], "23 761"),
    ("Bijlage bij Kamerstukken II 2015/16, 34389, nr. 9", ["34389-9"], "34 389, nr. 9"),
    ("(Kamerstuk 35510-21)", ["35510-21", "35510-21"], "35 510, nr. 21"),
    ("Kamerstuk II 36 200 VII, nr. 12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("TK 36 200 VII nr 12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("36 200 VII, nr. 12 (herdruk)", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("36200 VII nr. 12, blz. 3-4", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("Handelingen II 2007/08, nr. 108, p. 7909-7943", ["h-tk-20072008-7909-7943"],
     "Handelingen II 2007/08, p. 7909-7943"),  # by pages, up to 2009/10
    ("Handelingen II 2010/11, nr. 108, item 5, p. 25-36", ["h-tk-20102011-108-5"],
     "Handelingen II 2010/11, nr. 108, item 5"),
    ("h-tk-20082009-7140-7144", ["h-tk-20082009-7140-7144"],
     "Handelingen II 2008/09, p. 7140-7144"),
    # typed in other ways
    ("36200 VII 12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("36200/VII/12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("kst 36200 VII 12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("36 200 hoofdstuk VII, nr. 12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("nr. 12 (36200-VII)", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("2022/23, nr. 3649", ["ah-tk-20222023-3649"], ANNEX),
    ("181902411", ["ah-tk-20182019-2411"], "Aanhangsel Handelingen II 2018/19, nr. 2411"),
    ("36 200, VII, nr. 12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("36 200 H VII, nr. 12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("36200, VII, 12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("31700 VI D", ["31700-vi-d"], "31 700 VI, D"),
    ("27858, 88", ["27858-88"], "27 858, nr. 88"),
    ("27858/88", ["27858-88"], "27 858, nr. 88"),
    ("27858 88", ["27858-88"], "27 858, nr. 88"),
    ("motie 36 200 VII, nr. 31", ["36200-vii-31"], "36 200 VII, nr. 31"),
    ("amendement nr. 45 (36 200 VII)", ["36200-vii-45"], "36 200 VII, nr. 45"),
    ("AH 2022/23, 3649", ["ah-tk-20222023-3649"], ANNEX),
    ("AH 3649 (2022/23)", ["ah-tk-20222023-3649"], ANNEX),
    ("ah 3649 2022-2023", ["ah-tk-20222023-3649"], ANNEX),
    ("zaaknummer 2023Z02406", ["2023z02406"], "2023Z02406"),
    ("2023-Z-02406", ["2023z02406"], "2023Z02406"),
    ("2023Z2406", ["2023z02406"], "2023Z02406"),  # its zero left out
    ("TZ 202603-130", ["tz202603-130"], "TZ202603-130"),
    ("Handelingen TK 2010/11, 108, item 5", ["h-tk-20102011-108-5"],
     "Handelingen II 2010/11, nr. 108, item 5"),
    ("Handelingen II 2024/25, 87-15", ["h-tk-20242025-87-15"],
     "Handelingen II 2024/25, nr. 87, item 15"),
    ("Hand. II 2010/11, nr. 108, item 5", ["h-tk-20102011-108-5"],
     "Handelingen II 2010/11, nr. 108, item 5"),
    # slips that can be nothing else
    ("36l00 VII", ["36100-vii"], "36 100 VII"),  # the letter l
    ("36 200 VII nr. l2", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("36 200 V1I, nr. 12", ["36200-vii-12"], "36 200 VII, nr. 12"),  # the digit 1
    ("36 200 Vll, nr. 12", ["36200-vii-12"], "36 200 VII, nr. 12"),
    ("3 6200 VII nr 12", ["36200-vii-12"], "36 200 VII, nr. 12"),  # a moved space
    ("Aanhangsel Handelingen, vergaderjaar 2022–203, nr. 844", ["ah-tk-20222023-844"],
     "Aanhangsel Handelingen II 2022/23, nr. 844"),  # a session as it was printed once
    # other identifiers
    ("kst-20032004-28600-VII-12", ["28600-vii-12"], "28 600 VII, nr. 12"),  # old, with its session
    ("KVR27039", ["kvr27039"], "KVR27039"),
    ("kst-36200-VII-12-h1", ["36200-vii-12"], "36 200 VII, nr. 12"),  # a reprint
    ("kst-29293-1erdruk-b1", ["29293"], "29 293"),  # old: no number within the dossier
    ("ah-tk-20222023-3649-n1", ["ah-tk-20222023-3649"], ANNEX),
    ("ah-ek-20222023-3", ["ah-ek-20222023-3"], "Aanhangsel Handelingen I 2022/23, nr. 3"),
    ("kv-tk-20062007-KVR27039", ["20062007-kvr27039"], "kv-tk-20062007-KVR27039"),
    ("nds-tk-2022D42137", ["2022d42137"], "2022D42137"),
    ("0910tkkst30012-19", ["30012-19"], "30 012, nr. 19"),  # the foot of 2009
    ("31 700 vi, d", ["31700-vi-d"], "31 700 VI, D"),  # typed in small letters
    ("https://zoek.officielebekendmakingen.nl/kst-36200-VII-12.html", ["36200-vii-12"],
     "36 200 VII, nr. 12"),  # a pasted address
    ("https://www.tweedekamer.nl/kamerstukken/detail?id=2026Z20929&did=2026D48192",
     ["2026d48192"], "2026D48192"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "keys", "printable"), TYPED, ids=[row[0] for row in TYPED])
def test_typed(typed: str, keys: list[str], printable: str) -> None:
    readings = parse_number(typed)
    assert [number.key for number in readings] == keys
    assert not readings or readings[0].printable == printable


@pytest.mark.parametrize("typed", [row[0] for row in TYPED])
def test_link_and_print_read_back(typed: str) -> None:
    for number in parse_number(typed):
        for form in (number.link, number.printable):
            assert number.key in [again.key for again in parse_number(form)]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2023",
        "30 mei 2024",
        "14:30",
        "begroting",
        "€ 36 200",
        "36 200 euro",
        "1999",
        "070 3407911",
        "2500 EH",
        "14-01-2022",
        "artikel 5.1.2e",
        "5 en 6",
    ],
)
def test_no_number(typed: str) -> None:
    assert parse_number(typed) == ()


RUNNING = [
    # (text, what stands there as printed)
    ("Zie Kamerstuk 36 200 VII, nr. 12, antwoord op vraag 11.", ["Kamerstuk 36 200 VII, nr. 12"]),
    ("(Kamerstuk 362 00 VII, nr. 12, antwoord op vraag 11)", ["Kamerstuk 362 00 VII, nr. 12"]),
    ("Er is 36 200 euro, ofwel € 12 500, voor 12 345 mensen.", []),
    ("In 2022 en 2023 waren er 36200 plaatsen.", []),  # bare, with nothing to say so
    ("Bijlage bij Kamerstuk 29 383, nr. 384", ["Kamerstuk 29 383, nr. 384"]),
    ("vergaderjaar 2022–203, nr. 844", []),  # a real error: no session
    ("nr. 2023Z02406 en 2024Z17972", ["2023Z02406", "2024Z17972"]),
    ("Postbus 20301 2500 EH Den Haag", []),
    ("Zie 2Kamerstuk 36 200, nr. 77", ["Kamerstuk 36 200, nr. 77"]),  # a note's mark glued to it
    ("II 2021/22,36 021, nr.6; en", ["36 021, nr.6"]),  # a space left out
    ("www.officielebekendmakingen.nl/kst-36200-VII-12.html", ["kst-36200-VII-12"]),
    ("de wet (Kamerstuk 36 021, in het bijzonder", ["Kamerstuk 36 021"]),  # `in` is no letter
    ("Handelingen II, vergaderjaar 2024–2025, nr. 8",
     ["Handelingen II, vergaderjaar 2024–2025, nr. 8"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RUNNING, ids=[row[0][:30] for row in RUNNING])
def test_running_text(text: str, expected: list[str]) -> None:
    assert [match.text for match in find_numbers(text)] == expected


SETTLED = [
    # (typed, known dossiers, keys that are left)
    ("35510-21", {"35510"}, ["35510-21"]),  # paper 21
    ("21501-32", {"21501-32", "21501-02"}, ["21501-32"]),  # a council
    ("21501-32", set(), ["21501-32", "21501-32"]),  # both readings stay
    ("36200-VII-12", {"36200-VII"}, ["36200-vii-12"]),
]


@pytest.mark.parametrize(("typed", "known", "keys"), SETTLED)
def test_known_dossiers_settle(typed: str, known: set[str], keys: list[str]) -> None:
    assert [number.key for number in settled(parse_number(typed), known)] == keys


def test_settled_as_a_dossier_or_as_a_paper() -> None:
    readings = parse_number("35510-21")
    assert settled(readings, {"35510"})[0].kind == "kamerstuk"
    assert settled(readings, {"35510-21", "35510"})[0].kind == "dossier"


CITED = [
    # (number as typed, session, page, as the Leidraad writes it, address)
    ("36 200 VII, nr. 12", "2022-2023", 3, "Kamerstukken II 2022/23, 36200 VII, nr. 12, p. 3",
     "https://zoek.officielebekendmakingen.nl/kst-36200-VII-12.html"),
    ("31 700 VI, D", "2008-2009", 4, "Kamerstukken I 2008/09, 31700 VI, D, p. 4",
     "https://zoek.officielebekendmakingen.nl/kst-31700-VI-D.html"),
    ("21 501-32, nr. 1703", "2024-2025", None, "Kamerstukken II 2024/25, 21501-32, nr. 1703",
     "https://zoek.officielebekendmakingen.nl/kst-21501-32-1703.html"),
    ("27858-88", "1999-2000", None, "Kamerstukken II 1999/2000, 27858, nr. 88",
     "https://zoek.officielebekendmakingen.nl/kst-27858-88.html"),
    ("ah-tk-20142015-1241", None, None, "Aanhangsel Handelingen II 2014/15, nr. 1241",
     "https://zoek.officielebekendmakingen.nl/ah-tk-20142015-1241.html"),
    ("h-tk-20102011-108-5", None, 25, "Handelingen II 2010/11, nr. 108, item 5, p. 25",
     "https://zoek.officielebekendmakingen.nl/h-tk-20102011-108-5.html"),
    ("36 200 VII", None, None, "Kamerstukken, 36200 VII",
     "https://zoek.officielebekendmakingen.nl/dossier/36200-VII"),
    ("2023D05549", None, None, "2023D05549",
     "https://www.tweedekamer.nl/downloads/document?id=2023D05549"),
    ("2023Z02406", None, None, "2023Z02406", None),  # a case has no page by its number
]  # fmt: skip


@pytest.mark.parametrize(("typed", "session", "page", "cited", "url"), CITED)
def test_citation_and_address(
    typed: str, session: str | None, page: int | None, cited: str, url: str | None
) -> None:
    number = parse_number(typed)[0]
    assert cite(number, session, page) == cited
    assert official_url(number) == url


@pytest.mark.parametrize(
    ("typed", "repaired"),
    [
        ("362 00 VII, nr. 12", True),
        ("36 200 V1I, nr. 12", True),
        ("2023Z2406", True),
        ("Aanhangsel Handelingen, vergaderjaar 2022–203, nr. 844", True),
        ("27858/88", True),
        ("36 200 VII, nr. 12", False),
        ("2023Z02406", False),
        ("31700 VI D", False),
    ],
)
def test_repairs_are_told(typed: str, repaired: bool) -> None:
    assert parse_number(typed)[0].repaired is repaired


SEVERAL = [
    # (typed, the numbers in it)
    ("36 200 VII, nrs. 12 en 13", ["36200-vii-12", "36200-vii-13"]),
    ("36200-VII nr 12, 13 en 31", ["36200-vii-12", "36200-vii-13", "36200-vii-31"]),
    ("Kamerstukken II 2022/23, 36200 VII, nrs. 12 en 74", ["36200-vii-12", "36200-vii-74"]),
    ("36 200 VII, nr. 12", []),
    ("nrs. 10 en 11", []),
]


@pytest.mark.parametrize(("typed", "keys"), SEVERAL)
def test_several_papers_of_one_dossier(typed: str, keys: list[str]) -> None:
    assert [parse_number(form)[0].key for form in several(typed)] == keys
