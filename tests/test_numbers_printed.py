"""Every form of a number that print and official addresses have, and the papers that it names."""

from __future__ import annotations

import pytest

from indexer.numbers import find_numbers, parse_number

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
