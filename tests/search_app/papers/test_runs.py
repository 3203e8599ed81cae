"""Links in the text of a paper."""

from __future__ import annotations

from search_app.papers.runs import Link, Span, find_links

TEXT = "Zie Kamerstuk 36 200 VII, nr. 12, p. 3-4, en Kamerstuk 36 200 VII, nr. 12."
LINK = Link("Kamerstuk 36 200 VII, nr. 12", "/ref/kst-36200-VII-12")


def test_a_page_that_is_cited_belongs_to_the_link() -> None:
    first, second = find_links(TEXT, [LINK])
    assert TEXT[first.start : first.end] == "Kamerstuk 36 200 VII, nr. 12, p. 3-4"
    assert first.href == "/ref/kst-36200-VII-12%2C%20p.%203"
    assert second == Span(45, 73, LINK.href)
