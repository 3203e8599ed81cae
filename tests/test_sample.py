"""A sample of papers that pass by: drawn evenly, and the same whatever their order."""

from __future__ import annotations

from indexer.paper import Paper
from indexer.sample import Sample

PAPERS = [Paper(id=f"kst-{number:05}") for number in range(3_000)]


def drawn(papers: list[Paper], size: int = 300) -> list[str]:
    sample = Sample(size)
    for each in papers:
        sample.see(each)
    return [paper.id for paper in sample.papers]


def test_the_sample_does_not_depend_on_the_order() -> None:
    assert drawn(PAPERS) == drawn(PAPERS[::-1])
    assert len(set(drawn(PAPERS))) == 300


def test_every_part_of_the_corpus_is_in_it() -> None:
    thirds = [int(name[4:]) // 1_000 for name in drawn(PAPERS)]
    assert all(70 <= thirds.count(part) <= 130 for part in range(3))


def test_of_fewer_papers_all_are_kept() -> None:
    assert sorted(drawn(PAPERS[:5])) == [paper.id for paper in PAPERS[:5]]
