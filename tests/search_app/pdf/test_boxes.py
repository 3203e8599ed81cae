"""What matches on a page is marked where it stands, words broken at a line's end on both lines."""

from __future__ import annotations

from flask.testing import FlaskClient

from indexer.extract import packing as packed
from indexer.paper import Page
from search_app.pdf.boxes import placed
from search_app.pdf.image import Leaf, Word


def leaf(*words: Word) -> Leaf:
    return Leaf(b"", 100, 100, 1, words)


def test_boxes_of_the_index_go_before_those_of_the_drawing() -> None:
    kept = packed.pack([((0.1, 0.1, 0.2, 0.2),), ((0.3, 0.1, 0.4, 0.2), (0.1, 0.3, 0.2, 0.4))])
    page = Page(1, "De begrotingsstaten", boxes=kept)
    found = placed(page, leaf(Word("anders", 0, 0, 1, 1)))
    assert [(word.text, len(word.parts)) for word in found] == [("De", 1), ("begrotingsstaten", 2)]


def test_a_page_without_boxes_has_those_of_its_drawing() -> None:
    drawn = leaf(
        Word("de", 0.5, 0.1, 0.6, 0.2),
        Word("begrotings-", 0.7, 0.1, 0.9, 0.2),
        Word("staten", 0.1, 0.3, 0.2, 0.4),
    )
    for page in (None, Page(1, "de begrotingsstaten")):
        found = placed(page, drawn)
        assert [word.text for word in found] == ["de", "begrotingsstaten"]
        assert len(found[1].parts) == 2


def test_boxes_are_not_sent_with_a_paper(client: FlaskClient) -> None:
    told = client.get("/api/v1/papers/kst-36200-VII-12").get_json()
    assert all("boxes" not in page for page in told["pages"])
