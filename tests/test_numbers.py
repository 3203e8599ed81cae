"""Numbers of papers: every form in print, as typed, or as a link, and what is none."""

from __future__ import annotations

import pytest

from indexer.numbers import find_numbers, parse_number

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
]  # fmt: skip


@pytest.mark.parametrize(("typed", "keys", "printable"), TYPED, ids=[row[0] for row in TYPED])
def test_typed(typed: str, keys: list[str], printable: str) -> None:
    readings = parse_number(typed)
    assert [number.key for number in readings] == keys
    assert readings[0].printable == printable


@pytest.mark.parametrize("typed", [row[0] for row in TYPED])
def test_link_and_print_read_back(typed: str) -> None:
    for number in parse_number(typed):
        for form in (number.link, number.printable):
            assert number.key in [again.key for again in parse_number(form)]


@pytest.mark.parametrize(
    "typed", ["", "2023", "30 mei 2024", "14:30", "begroting", "€ 36 200", "36 200 euro", "1999"]
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
]


@pytest.mark.parametrize(("text", "expected"), RUNNING, ids=[row[0][:30] for row in RUNNING])
def test_running_text(text: str, expected: list[str]) -> None:
    assert [match.text for match in find_numbers(text)] == expected


def test_repairs_are_told() -> None:
    assert parse_number("362 00 VII, nr. 12")[0].repaired
    assert not parse_number("36 200 VII, nr. 12")[0].repaired
