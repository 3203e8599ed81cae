"""Words broken at line ends that another paper settles."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.analysis.tables import Pieces
from indexer.breaks import Census, Pair, load, save, settled
from indexer.build import Settings, build
from indexer.engine.locate import engine_for
from indexer.engine.query import Term
from indexer.engine.results import SearchRequest
from indexer.files import Files
from indexer.paper import Page, Paper, Passage
from tests.conftest import typeset

BREAKS = (("kosten", "dekking"),)


def paper(text: str, breaks: tuple[Pair, ...] = ()) -> Paper:
    passage = Passage("p#1", "tekst", "1", text, page_first=1, page_last=2, breaks=(len(text) - 4,))
    return Paper("p", title=text, pages=(Page(1, text),), passages=(passage,), breaks=breaks)


@pytest.mark.parametrize(
    ("others", "form"),
    [
        ([], None),  # nobody writes it: the guess stays
        (["de kosten-dekking van"], "-"),
        (["een kostendekking"], ""),
        (["Kosten-dekking en kosten-dekking, geen kostendekking."], "-"),
        (["kosten-dekking of kostendekking"], None),
        (["kosten-dekkingsplan"], None),  # another word
    ],
)
def test_what_the_corpus_settles(others: list[str], form: str | None) -> None:
    census = Census(BREAKS)
    for one in (paper("de kostendekking van dit jaar", BREAKS), *map(paper, others)):
        census.see(one, Pieces([one.passages[0].text]))
    assert census.forms().get(BREAKS[0]) == form


def test_a_paper_is_written_in_the_settled_form() -> None:
    found = settled(paper("De kostendekking, kostendekkingen. Eind", BREAKS), {BREAKS[0]: "-"})
    written = "De kosten-dekking, kostendekkingen. Eind"
    assert (found.title, found.pages[0].text, found.passages[0].text) == (written,) * 3
    assert found.passages[0].breaks == (len(written) - 4,)


def test_a_paper_without_guesses_is_the_same_object() -> None:
    one = paper("de kostendekking")
    assert settled(one, {BREAKS[0]: "-"}) is one


def test_forms_are_kept(tmp_path: Path) -> None:
    save(Files(tmp_path), {BREAKS[0]: "-"})
    assert load(Files(tmp_path)) == {BREAKS[0]: "-"}
    assert load(Files(tmp_path / "elders")) == {}


def test_a_build_settles_a_word_by_another_paper(tmp_path: Path) -> None:
    folder = tmp_path / "stukken"
    folder.mkdir()
    typeset(folder / "a.pdf", ["De regering bespreekt de kosten-", "dekking van het programma."])
    typeset(folder / "b.pdf", ["Over de kosten-dekking van het programma is gesproken."])
    location = str(tmp_path / "index")
    for _ in build(Settings((str(folder),), location, tmp_path / "store")):
        pass
    index = engine_for(location).open(location)
    try:
        hits = index.search(SearchRequest(Term("programma"))).hits
        found = [index.paper(hit.paper_id) for hit in hits]
    finally:
        index.close()
    texts = [page.text for one in found if one is not None for page in one.pages]
    assert len(texts) == 2
    assert any("de kosten-dekking\nvan het programma" in text for text in texts)
