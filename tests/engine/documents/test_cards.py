"""What is kept of a paper beside its passages: the keys of its number, the name of its file."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from indexer.analysis.tables import EMPTY
from indexer.engine.card_columns import card_rows
from indexer.engine.documents.cards import card_row, own_numbers
from indexer.engine.publishing import generation
from indexer.engine.whoosh_engine import WhooshEngine
from indexer.engine.whoosh_schema import make_schema
from indexer.engine.whoosh_writer import WHOOSH
from indexer.paper import Page, Paper, Passage, Source

HEAD = "Tweede Kamer der Staten-Generaal\nVergaderjaar 2014–2015\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "34 000 (R2034) Rijkswet op de veerdienst", {"r2034"}),
        (HEAD + "34000 (R 2034) Rijkswet", {"r2034"}),
        (HEAD + "De weg (R2034) is gesloten.", set()),  # no dossier before it
        (HEAD + "x" * 700 + "34 000 (R2034)", set()),  # another paper, named in the text
    ],
)
def test_an_act_of_the_kingdom_has_its_own_number(text: str, expected: set[str]) -> None:
    paper = Paper("kst-34000-5", dossier="34000", number="5", pages=(Page(1, text),))
    assert {key for key in own_numbers(paper) if key.startswith("r")} == expected


def test_a_paper_without_title_and_number_has_the_name_of_its_file() -> None:
    source = Source("map/programma 2023.pdf", "0" * 64, 1, "pdfminer")
    nameless = Paper(id="pdf-0000", source=source)
    assert card_row(nameless, None)["file"] == "programma 2023.pdf"
    assert "file" not in card_row(replace(nameless, title="Programma"), None)
    assert "file" not in card_row(replace(nameless, paper_ref="36 200 VII, nr. 12"), None)


def test_threads_share_the_cards(tmp_path: Path) -> None:
    writer = WhooshEngine().writer(str(tmp_path), EMPTY)
    for number in range(2_000):
        name = f"stuk-{number}"
        passages = (Passage(f"{name}#p1", "tekst", "p1", "Een zin."),)
        writer.add(Paper(name, title=f"Titel {'x' * (number % 97)}", passages=passages), name)
    list(writer.publish())
    folder = generation.current_path(tmp_path) / WHOOSH
    reader = FileStorage(str(folder)).open_index(schema=make_schema()).reader()
    cards = card_rows(reader)
    whole = [cards[number] for number in range(2_000)]

    def wrong(seed: int) -> int:
        order = random.Random(seed).choices(range(2_000), k=20_000)
        return sum(cards[number] != whole[number] for number in order)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(wrong, range(8))) == 0
    reader.close()
