"""Dates in print, and the part that each one plays."""

from __future__ import annotations

import pytest

from indexer.structure.dates import (
    budget_day,
    date_of_letter,
    date_of_meeting,
    date_on_cover,
    date_submitted,
    dates_of_request,
    find_dates,
    find_noisy_dates,
    session_of,
)

FOUND = [
    # (text, the dates in it)
    ("op 12 november 2020 en 30 mei\n2024", ["2020-11-12", "2024-05-30"]),  # wrapped
    ("12-11-2020, 12/11/2020 en 12.11.2020", ["2020-11-12"] * 3),
    ("19 APR. 2019 en 1 mrt 2020", ["2019-04-19", "2020-03-01"]),
    ("10 januari2020", ["2020-01-10"]),  # a space left out
    ("32 mei 2020, 29 februari 2021 en 00-00-2020", []),  # no days of the calendar
    ("112 mei 2020, 12 mei 20204 en 1-2-2020-3", []),
]


@pytest.mark.parametrize(("text", "days"), FOUND, ids=[row[0][:30] for row in FOUND])
def test_dates_in_text(text: str, days: list[str]) -> None:
    assert [found.iso for found in find_dates(text)] == days
    assert all(text[found.start : found.end].strip() for found in find_dates(text))


NOISY = [
    ("2 9 MEI 2019", "2019-05-29"),  # a stamp
    ("1 ja nuari 2O22", "2022-01-01"),  # letters apart, O for 0
    ("O6 SEP 2021", "2021-09-06"),
    ("19 APR, 2019", "2019-04-19"),
    ("12 novembor 2020", "2020-11-12"),  # one letter misread
]


@pytest.mark.parametrize(("text", "day"), NOISY)
def test_dates_in_a_scan(text: str, day: str) -> None:
    assert [found.iso for found in find_noisy_dates(text)] == [day]


LETTERS = [
    # (the head of a letter, its date)
    ("Datum  12 november 2020\nBetreft  Scholen", "2020-11-12"),
    ("Datum\nBetreft\n22 december 2020\nScholen\n\nGeachte heer,", "2020-12-22"),
    ("Datum: Uitsluitend verstuurd per mail op 14 juni 2021", "2021-06-14"),
    ("Den Haag, 13 december 2022\n\nGeachte voorzitter,", "2022-12-13"),
    ("’s-Gravenhage, 1 mei 2008", "2008-05-01"),
    ("2 5 SEP. 2019\nDatum:\nBetreft: Besluit\nGeachte", "2019-09-25"),  # stamped above it
    ("Geachte heer,\n\nOp 12 november 2020 schreef u mij.", None),  # what it speaks of
]


@pytest.mark.parametrize(("head", "day"), LETTERS, ids=[row[0][:30] for row in LETTERS])
def test_dates_of_letters(head: str, day: str | None) -> None:
    found = date_of_letter(head)
    assert (found.iso if found else None) == day


REQUESTS = [
    # (how a decision begins, when the request was made, when it came in)
    ("In uw brief van 10 oktober 2020, ontvangen op 12 oktober 2020, heeft u met een beroep op de",
     "2020-10-10", "2020-10-12"),
    ("In uw e-mail van 29 september 2020, ontvangen op dezelfde datum, heeft u verzocht om",
     "2020-09-29", "2020-09-29"),
    ("Op 13 juli 2020 ontvingen wij uw brief waarin u", "2020-07-13", None),
    ("Bij brief van 15 september 2020 heeft u mij met een beroep op de Woo", "2020-09-15", None),
    ("Op 12 oktober 2020 is een verzoek ingediend om", "2020-10-12", None),
    ("Op 16 oktober 2020 is een besluit op uw Wob-verzoek over een fietspad genomen.", None, None),
    ("Op 8 mei jl. hebben wij uw bericht ontvangen. Bij brief van 6 juni 2018 is", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "asked", "received"), REQUESTS)
def test_dates_of_requests(opening: str, asked: str | None, received: str | None) -> None:
    text = f"Datum 4 december 2020\n\nGeachte heer,\n\n{opening}"
    assert dates_of_request(text) == (asked, received)


TITLES = [
    # (the first page, its date: on a cover, on a cover with a word for it, of a meeting)
    ("Second opinion\n19 augustus 2020\nDefinitief", ("2020-08-19", None, None)),
    ("Programma van eisen\nVersie 0.5, 19 mei 2020", ("2020-05-19", "2020-05-19", None)),
    ("Verkiezingen\n22 november 2023", ("2023-11-22", None, None)),
    ("Besluitenlijst raadsvergadering 29 juni 2015 aanvang 17.00 uur", (None, None, "2015-06-29")),
    ("87e vergadering\nDinsdag 3 juni 2025\nAanvang 14.00 uur", (None, None, "2025-06-03")),
]


@pytest.mark.parametrize(("page", "days"), TITLES, ids=[row[0][:30] for row in TITLES])
def test_dates_of_titles(page: str, days: tuple[str | None, ...]) -> None:
    found = (date_on_cover(page), date_on_cover(page, marked=True), date_of_meeting(page))
    assert tuple(each.iso if each else None for each in found) == days


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Voorgesteld 10 april 2025", "2025-04-10"),
        ("Ontvangen 3 december 2020", "2020-12-03"),
        ("Vastgesteld 7 oktober 2022", "2022-10-07"),
        ("Voorgesteld tijdens het notaoverleg van 22 september 2025", "2025-09-22"),
    ],
)
def test_dates_under_the_head_of_a_kamerstuk(head: str, day: str) -> None:
    found = date_submitted(f"Nr. 12  MOTIE\n\n{head}\n\nDe Kamer,")
    assert found is not None
    assert found.iso == day


def test_sessions_open_on_the_third_tuesday_of_september() -> None:
    assert session_of("2022-09-19") == "2021-2022"
    assert session_of("2022-09-20") == "2022-2023"
    assert budget_day(2025) == "2024-09-17"
