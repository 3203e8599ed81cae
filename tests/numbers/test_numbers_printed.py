"""Every form of a number that print and official addresses have, and the papers that it names."""

from __future__ import annotations

import pytest

from indexer.numbers.finding import find_numbers, parse_number

SITE = "https://www.tweedekamer.nl"
REPOSITORY = "https://repository.overheid.nl/frbr/officielepublicaties"
PRINTED = [
    # (printed, keys of the first reading of each number in it)
    # citations
    ("Aanhangsel Handelingen II 2014/15, nr. 1241", ["ah-tk-20142015-1241"]),
    ("Bijlage bij Kamerstuk 29 383, nr. 384", ["29383-384"]),
    ("vergaderjaar 2022–2023, nr. 844", ["ah-tk-20222023-844"]),
    ("vergaderjaar 2022–203, nr. 844", ["ah-tk-20222023-844"]),  # an error that was printed
    # dossiers: chapters, funds, councils, several at once
    ("36 200 IIA", ["36200-iia"]),
    ("36 200 IIB, nr. 3", ["36200-iib-3"]),
    ("36 200 IXA", ["36200-ixa"]),
    ("36 200 IXB, nr. 2", ["36200-ixb-2"]),
    ("36 200 A", ["36200-a"]),
    ("36 200 H, nr. 4", ["36200-h-4"]),
    ("36 200 J, nr. 4", ["36200-j-4"]),
    ("36 600 L, nr. 21", ["36600-l-21"]),  # the Nationaal Groeifonds; K to N only of a budget
    ("kst-36600-L-21", ["36600-l-21"]),
    ("36 410, L", ["36410-l"]),  # a letter of the Eerste Kamer
    ("21501-02", ["21501-02"]),
    ("36 200 (R2114)", ["36200"]),
    ("32100-XIV", ["32100-xiv"]),
    ("32100-XIV;32100-01", ["32100-xiv", "32100-1"]),
    # identifiers with what follows them, and of other kinds
    ("kst-36200-VII-12-b1", ["36200-vii-12"]),
    ("kst-36200-VII-12-n1", ["36200-vii-12"]),
    ("kst-36200-VII-12-v1", ["36200-vii-12"]),
    ("kst-37020-IX-40", ["37020-ix-40"]),
    ("h-ek-20242025-7-15", ["h-ek-20242025-7-15"]),
    ("h-vv-20242025-1-2", ["h-vv-20242025-1-2"]),
    ("h-tk-20242025-42-4", ["h-tk-20242025-42-4"]),
    ("ag-tk-2023A03345", ["2023a03345"]),
    ("2025A03345", ["2025a03345"]),
    # feet, pasted
    ("KST137189 / 0910tkkst30012-19 / ISSN 0921 - 7371 / Sdu Uitgevers", ["30012-19"]),
    ("kst-36067-90 / ISSN 0921 - 7371 / 's-Gravenhage 2022", ["36067-90"]),
    ("ah-tk-20222023-3649 / ISSN 0921 - 7398 / 's-Gravenhage 2023", ["ah-tk-20222023-3649"]),
    # addresses
    ("https://zoek.officielebekendmakingen.nl/kst-36200-VII-12.pdf", ["36200-vii-12"]),
    ("https://zoek.officielebekendmakingen.nl/dossier/36267", ["36267"]),
    (f"{REPOSITORY}/kst/26643/kst-26643-842/1/metadata/metadata.xml", ["26643-842"]),
    (f"{REPOSITORY}/blg/onopgemaakt/blg-1093410/1/pdf/blg-1093410.pdf", ["blg-1093410"]),
    (f"{SITE}/kamerstukken/kamervragen/detail?id=2026Z20929&did=2026D48192", ["2026d48192"]),
    (f"{SITE}/kamerstukken/brieven_regering/detail?id=2026Z20929&did=2026D48192", ["2026d48192"]),
    (f"{SITE}/debat_en_vergadering/plenaire_vergaderingen/details/activiteit?id=2025A03345",
     ["2025a03345"]),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "keys"), PRINTED, ids=[row[0][-50:] for row in PRINTED])
def test_a_printed_form_names_its_papers(printed: str, keys: list[str]) -> None:
    whole = parse_number(printed)
    readings = [whole] if whole else [match.readings for match in find_numbers(printed)]
    found = dict.fromkeys(each[0].key for each in readings)  # an address names a paper twice
    assert list(found) == keys


VII, ANNEX, COUNCIL = "36200-vii-12", "ah-tk-20222023-3276", "21501-02-3121"
SPELLED = [
    # (typed, key of the first reading)
    # spaces of all sorts, and none
    ("36\u00a0200\u00a0VII, nr.\u00a012", VII),
    ("36\u2009200\u2009VII, nr.\u200912", VII),
    ("36\u202f200 VII, nr. 12", VII),
    ("36\u2003200 VII nr 12", VII),
    ("36\u3000200\u3000VII,\u3000nr.\u300012", VII),
    ("36  200\tVII,  nr.  12", VII),
    ("36200VII,nr.12", VII),
    ("36 200VII,nr.12", VII),
    ("36200VII12", VII),
    ("36200VIInr12", VII),
    # dashes and minus signs of all sorts, slashes, underscores
    *((f"36200{dash}VII{dash}12", VII) for dash in "-‐‑‒–—―−﹣－_/"),
    ("36200 - VII - 12", VII),
    ("kst_36200_VII_12.pdf", VII),
    # the digits and letters of an Asian keyboard, a numeral that is one sign
    ("３６ ２００ ＶＩＩ， ｎｒ． １２", VII),
    ("36 200 Ⅶ, nr. 12", VII),
    ("２０２２Ｚ１２３４５", "2022z12345"),
    # how the number is called
    ("36 200 VII № 12", VII),
    ("36 200 VII n° 12", VII),
    ("36 200 VII # 12", VII),
    ("36 200 VII no. 12", VII),
    ("36 200-VII, nummer 12", VII),
    ("nr. 12 van 36 200 VII", VII),
    # chapters
    ("36 200 hoofdstuk VII nr 12", VII),
    ("36 200, hoofdstuk VII, nr. 12", VII),
    ("36200 hfst. VII nr 12", VII),
    ("36200 hfdst VII, 12", VII),
    ("36200 (VII), nr. 12", VII),
    ("Dossier 36200 hoofdstuk VII", "36200-vii"),
    # thousands as in other countries
    ("36.200 VII, nr. 12", VII),
    ("36,200 VII, nr. 12", VII),
    ("36'200 VII, nr. 12", VII),
    # what stands before it
    ("Kamerstukken II 2022/23, 36 200 VII, nr. 12", VII),
    ("TK 2022-2023, 36200 VII, 12", VII),
    ("stuk 36200 VII, 12", VII),
    ("Parl. Doc. 36200 VII 12", VII),
    ("Kamerstuknr. 36200-VII-12", VII),
    ("KST 36200 VII 12", VII),
    ("KST 36200", "36200"),
    ("Kamerstuk 36200", "36200"),
    ("vetnummer 36200", "36200"),
    # dossiers with an addition in digits
    *((typed, COUNCIL) for typed in (
        "21501-02-3121", "21 501–02, nr. 3121", "21501 02 nr 3121", "21501/02/3121",
        "21501-02 3121", "21501-2 nr 3121",
    )),
    # letters of the Eerste Kamer
    ("36 200 VI letter D", "36200-vi-d"),
    ("Kamerstukken I 2022/23, 36 200 VI, nr. D", "36200-vi-d"),
    # answers
    *((typed, ANNEX) for typed in (
        "ah-tk-20222023-3276", "AH TK 20222023 3276", "ah–tk–20222023–3276",
        "ah_tk_20222023_3276", "ah-tk-2022-2023-3276", "ahtk202220233276", "3276 (2022-2023)",
        "Aanhangsel Handelingen nr. 3276, vergaderjaar 2022-2023",
        "aanhangselnummer 3276 2022-2023", "222303276",
    )),
    # codes
    ("2022Z12345", "2022z12345"),
    ("2022-Z-12345", "2022z12345"),
    ("2022Z012345", "2022z12345"),
    ("zaaknummer 2022Z12345", "2022z12345"),
    ("BLG929493", "blg-929493"),
    ("blg 929493", "blg-929493"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "key"), SPELLED, ids=[ascii(row[0]) for row in SPELLED])
def test_a_typed_form_names_its_paper(typed: str, key: str) -> None:
    assert [number.key for number in parse_number(typed)][:1] == [key]


@pytest.mark.parametrize(
    "typed",
    ["10 000 m", "36 200 mensen", "€ 36.200", "12-11-2020", "tel. 070-3182211", "2500 EH", "3276",
     "Boeing 737-800", "begroting 2023", "artikel 5:12", "1.234.567", "AH-66"],
)  # fmt: skip
def test_what_is_no_number_of_a_paper(typed: str) -> None:
    assert parse_number(typed) == ()
