"""Words that are added up where they lie give what numpy gives, to the last bit."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from indexer.engine import native
from indexer.engine.arrays.ids import NO_IDS, Ids
from indexer.engine.arrays.vocabulary import names
from indexer.engine.documents.table import Documents
from indexer.engine.documents.values import make_values
from indexer.engine.matching import combining, facets, grouping, later, proximity, sparse
from indexer.engine.matching.combining import all_full, all_of, any_of, scaled_union
from indexer.engine.matching.filters import Filters, Passing
from indexer.engine.matching.later import Later
from indexer.engine.matching.matches import Head, Matches, Wanted
from indexer.engine.matching.scoring import Scorer
from indexer.engine.matching.sparse import Met
from indexer.engine.matching.sums import Summed, Together
from indexer.engine.postings.runs import Postings
from indexer.engine.postings.slices import Slice, View
from indexer.engine.query import Everything
from indexer.engine.results import SearchRequest
from tests.engine.test_loops import DOCUMENTS, words_of

pytestmark = pytest.mark.compiled
COUNT = 3 * DOCUMENTS
NAMES = ("title", "question", "answer", "body")
FEW: Ids = np.arange(0, COUNT, 3)
Made = Callable[[], list[Matches]]


def documents_of(random_: random.Random, papers: Ids) -> Documents:
    return Documents(
        live=np.ones(COUNT, np.bool_),
        paper=papers,
        paper_ids=names([f"{n:04}" for n in range(int(papers.max()) + 1)]),
        lengths={
            name: np.array([random_.randint(0, 9) for _ in range(COUNT)], np.float64)
            for name in NAMES
        },
        dates=np.zeros(COUNT, np.int64),
        values={},
    )


def scorer_of(seed: int, papers: Ids) -> tuple[Documents, Made]:
    """Return documents, and what scores five words of them in some fields, anew each time."""
    random_ = random.Random(seed)
    fields = words_of(random_, 5, random_.choice((7, 300)), fields=random_.randint(1, 4))
    documents = documents_of(random_, papers)
    found = [{name: field[n] for name, field in zip(NAMES, fields, strict=False)} for n in range(5)]
    return documents, lambda: [Scorer(documents).score(word, 0.75) for word in found]


def same(one: Matches, other: Matches) -> None:
    assert one.having == len(other.ids)
    assert one.have(FEW).tolist() == np.isin(FEW, other.ids).tolist()
    assert one.full.tolist() == other.full.tolist()
    assert one.ids.tolist() == other.ids.tolist()
    assert one.scores.tolist() == other.scores.tolist()


Combine = Callable[[Sequence[Matches]], Matches]


def compound(parts: Sequence[Matches]) -> Matches:
    """Return a bag of a compound between words, as a matcher makes it."""
    whole, *halves = parts[1:4]
    full = np.union1d(whole.ids, all_full(halves))
    some = [parts[0], scaled_union(whole, halves, 0.5, full), parts[4]]
    return any_of(some, lifted=all_full(some), lift=1000.0)


@pytest.mark.parametrize("kept", [later.KEPT, 0])
@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize(
    "combine",
    [
        any_of,
        all_of,
        compound,
        lambda parts: all_of([any_of(parts[:3]), any_of(parts[3:])]),
        lambda parts: any_of([parts[0], all_of(parts[1:3]), any_of(parts[3:])]),
        lambda parts: scaled_union(parts[0], parts[1:], 0.5),
        lambda parts: scaled_union(parts[0], parts[1:], 0.5, parts[0].ids),
        lambda parts: scaled_union(parts[0], parts[1:], 0.5, NO_IDS),  # no passage has all parts
    ],
)
def test_combined(seed: int, combine: Combine, kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    _, words = scorer_of(seed, np.arange(COUNT))
    fresh = words()
    assert all(isinstance(word, Later) for word in fresh)
    with monkeypatch.context() as without:
        without.setattr(native, "LOOPS", None)
        by_numpy = combine(words())
    monkeypatch.setattr(later, "KEPT", kept)  # lists are kept of few documents alone
    same(combine(fresh), by_numpy)
    same(combine(fresh), by_numpy)
    for word in (some := words())[::2]:
        assert len(word.ids)
    same(combine(some), by_numpy)


@pytest.mark.parametrize("seed", range(30))
def test_listed_as_they_are_added_up(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few documents of many are listed from one table, which is empty again for the next search."""
    random_ = random.Random(seed)
    _, words = scorer_of(seed, np.arange(COUNT))
    some = sorted(random_.sample(range(5), random_.randint(2, 5)))
    weights = [random_.choice((1.0, 0.5)) for _ in some]
    monkeypatch.setattr(native, "LOOPS", None)
    by_numpy = any_of([words()[n] for n in some], weights)
    monkeypatch.undo()
    monkeypatch.setattr(sparse, "FEW", 0)
    monkeypatch.setattr(combining, "words_of", lambda part, weight: ())  # else by bounds
    parts = [words()[n] for n in some]
    for _ in range(3):  # what comes back is listed
        found = any_of(parts, weights)
        assert isinstance(found, Met)
        assert sorted(found.numbers) == by_numpy.ids.tolist()
        assert found.end == by_numpy.end
        even = Passing(np.arange(COUNT) % 2 == 0, np.arange(COUNT))
        assert found.passing(even) == sum(by_numpy.ids % 2 == 0)
        ids, scores = found.loose
        same(Matches(ids[ids.argsort()], scores[ids.argsort()]), by_numpy)
        same(found, by_numpy)
    assert sparse._EMPTY
    assert not any(table.taken()[0] for table in sparse._EMPTY)


def test_a_table_for_more_documents() -> None:
    few = Matches(np.array([1, 3]), np.array([1.0, 2.0]))
    far = Matches(np.array([3, 40_000]), np.array([4.0, 8.0]))
    for some in ([few, few], [few, far], [few, few]):
        by_number: dict[int, float] = {}
        for part in some:
            for number, score in zip(part.ids.tolist(), part.scores.tolist(), strict=True):
                by_number[number] = by_number.get(number, 0.0) + score
        ids, scores = sparse.summed([(part, 1.0) for part in some]).loose
        assert dict(zip(ids.tolist(), scores.tolist(), strict=True)) == by_number


def test_what_is_later() -> None:
    """Compounds and sums are made by the loops: the test above is of them."""
    _, words = scorer_of(1, np.arange(COUNT))
    fresh = words()
    assert isinstance(any_of(fresh), Summed)
    assert isinstance(scaled_union(fresh[0], fresh[1:], 0.5, fresh[0].ids), Together)


def test_few_among_many_are_not_added_in_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    _, words = scorer_of(2, np.arange(COUNT))
    monkeypatch.setattr(combining, "CLOSE", 0)
    assert not isinstance(any_of(words()), Summed)


@pytest.mark.parametrize("seed", range(30))
def test_ranked(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The best of the sums come as those of a list do, by papers of one document or of several."""
    monkeypatch.setattr(combining, "LISTED", COUNT)
    monkeypatch.setattr(sparse, "FEW", COUNT)
    random_ = random.Random(seed)
    several = np.sort(np.array([random_.randrange(COUNT // 4) for _ in range(COUNT)]))
    documents, words = scorer_of(seed, several if seed % 2 else np.arange(COUNT))
    summed, again = any_of(words()), any_of(words())
    assert isinstance(summed, Summed)
    if seed % 3 == 0:  # the best are told beforehand, as those of a question are
        best, scores = summed.best(proximity.best)
        gains = np.array([random_.random() for _ in best])
        summed.lift(best, gains)
        summed.known(summed.ids, Head(best, scores + gains, float(scores.min())))
        assert isinstance(again, Summed)
        again.lift(best, gains)
    listed = Matches(again.ids, again.scores)
    mask = np.array([random_.random() < 0.5 for _ in documents.paper_ids])
    nothing = np.zeros(len(mask), np.bool_)
    for passes in (None, Passing(mask, documents.paper), Passing(nothing, documents.paper)):
        for part in (slice(0, 10), slice(20, 30), slice(190, 200), slice(0, COUNT)):
            one = grouping.rank(summed, documents, passes, "relevance", part)
            other = grouping.rank(listed, documents, passes, "relevance", part)
            assert one.documents == other.documents
            assert one.scores == other.scores
            assert one.matched == other.matched
            assert (one.total, one.full) == (other.total, other.full)


@pytest.mark.parametrize("seed", range(30))
def test_facets(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers of sums are counted by value like those of a list, with filters and without."""
    monkeypatch.setattr(combining, "LISTED", COUNT)
    monkeypatch.setattr(sparse, "FEW", COUNT)
    random_ = random.Random(seed)
    several = np.sort(np.array([random_.randrange(COUNT // 3) for _ in range(COUNT)]))
    shuffled = np.array(random_.sample(range(COUNT), COUNT))
    documents, words = scorer_of(seed, several if seed % 3 == 0 else shuffled)
    papers = len(documents.paper_ids)
    documents.values.update(  # type: ignore[attr-defined] # a dictionary here
        kind=make_values([(n, random_.choice("abc")) for n in range(papers)]),
        year=make_values([(n, f"{random_.randrange(80)}") for n in range(papers) if n % 5]),
        party=make_values([(n, one) for n in range(papers) for one in random_.sample("wxyz", 2)]),
    )
    chosen = [words()[n] for n in random_.sample(range(5), 2)]
    summed = any_of(chosen)
    assert isinstance(summed, Summed)
    listed = Matches(*any_of(chosen).loose)
    filters = Filters(documents)
    for kinds in ((), ("a",), ("b", "c"), ("nothing",)):
        request = SearchRequest(
            Everything(), filters={"kind": kinds}, facets=("kind", "year", "party")
        )
        assert facets.counts(request, summed, documents, filters) == facets.counts(
            request, listed, documents, filters
        )
    assert summed.is_summed


@pytest.mark.parametrize(("last", "is_summed"), [(6, True), (7, False)])
def test_few_are_listed_for_counts(last: int, is_summed: bool) -> None:
    found = Summed([(Matches(np.array([0, last]), np.array([2.0, 3.0])), 1.0)])
    found.list_few()
    assert found.is_summed == is_summed
    assert found.scores.tolist() == [2.0, 3.0]


@pytest.mark.parametrize("seed", range(30))
def test_best_of_a_word(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The best documents of a word are told before all are listed, and rank as those of a list."""
    monkeypatch.setattr(later, "KEPT", 0)
    monkeypatch.setattr(grouping, "FEW_FOR_LOOPS", 0)
    random_ = random.Random(seed)
    several = np.sort(np.array([random_.randrange(COUNT // 3) for _ in range(COUNT)]))
    documents, words = scorer_of(seed, several if seed % 2 else np.arange(COUNT))
    for word, listed in zip(words(), words(), strict=True):
        (head,) = word.heads(Wanted(10, None, near=True))
        scores = dict(zip(listed.ids.tolist(), listed.scores.tolist(), strict=True))
        assert len(head.ids) == min(later.BEST, len(scores))
        found = dict(zip(head.ids.tolist(), head.scores.tolist(), strict=True))
        assert {key: scores[key] for key in found} == found
        assert all(scores[key] <= head.bound for key in scores.keys() - found.keys())
        one = grouping.rank(word, documents, None, "relevance", slice(0, 10))
        other = grouping.rank(listed, documents, None, "relevance", slice(0, 10))
        assert one == other


def without_living(part: Slice) -> Slice:
    view = part.view
    dead = View(
        (view.first, view.first_place),
        (view.ids, view.counts, view.places),
        (np.asarray(view.plain_ids), np.asarray(view.plain_counts), np.zeros(1, np.int32)),
        (view.base, view.documents, np.zeros(DOCUMENTS, np.bool_)),
    )
    return Slice(dead, part.start, part.stop, part.first_place, part.last_place)


def test_more_lengths_than_two_bytes_tell_apart() -> None:
    count = (1 << 16) + 9
    ids = np.arange(0, count, 7, dtype=np.uint32)
    counts = np.ones(len(ids), np.uint8)
    view = View(
        (memoryview(b""), memoryview(b"")),
        (ids, counts, ids[:0]),
        (native.plain(ids), native.plain(counts), np.zeros(1, np.int32)),
        (0, count, None),
    )
    found = {"body": Postings.of([Slice(view, 0, len(ids), 0, 0)])}
    for lengths in (np.arange(count), np.arange(count) % 9):  # the loops take the second alone
        documents = Documents(
            live=np.ones(count, np.bool_),
            paper=np.arange(count),
            paper_ids=names([f"{n:05}" for n in range(count)]),
            lengths={"body": lengths.astype(np.float64)},
            dates=np.zeros(count, np.int64),
            values={},
        )
        scorer = Scorer(documents)
        word = scorer.score(found, 0.75)
        norms = 0.25 + 0.75 * np.maximum(lengths, 1) / lengths[lengths > 0].mean()
        weights = 1 / norms[::7]
        expected = scorer.idf(len(ids)) * 2.2 * weights / (weights + 1.2)
        assert word.ids.tolist() == ids.tolist()
        assert np.allclose(word.scores, expected, rtol=1e-12)
        assert isinstance(word, Later) == (lengths.max() < 9)


def test_words_of_deleted_documents_alone() -> None:
    random_ = random.Random(3)
    (words,) = words_of(random_, 1, 7)
    documents = documents_of(random_, np.arange(COUNT))
    dead = [without_living(part) for part in words[0].slices]
    assert not Scorer(documents).score({"body": Postings.of(dead)}, 0.75).having
