"""What every engine must do, told once: the same tests run against each of them."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.analysis.tables import EMPTY, learn
from indexer.engine.errors import (
    EngineError,
    FingerprintError,
    IndexNotFoundError,
    LockedError,
    QueryBudgetError,
)
from indexer.engine.interface import Engine, Index
from indexer.engine.locate import engine_for
from indexer.engine.query import (
    And,
    Bag,
    Between,
    Everything,
    Fuzzy,
    InField,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
)
from indexer.engine.results import PassageRequest, Results, SearchRequest, Sort
from indexer.paper import Citation, Page, Paper, Passage, Person, Source
from indexer.paper_json import content_hash
from tests.opensearch.nodes import Nodes


def text_paper(name: str, text: str, **rest: object) -> Paper:
    passage = Passage(f"{name}#p1", "tekst", "p1", text, page_first=1, page_last=1)
    return Paper(id=name, pages=(Page(1, text),), passages=(passage,), **rest)  # type: ignore[arg-type]


QUESTIONS = Paper(
    id="ah-tk-20232024-1999",
    title="Vragen van het lid De Wit (D66) over lerarentekorten",
    kind="antwoord",
    number="1999",
    paper_ref="Aanhangsel Handelingen II 2023/24, nr. 1999",
    date="2024-06-07",
    ministry="Onderwijs, Cultuur en Wetenschap",
    session_year="2023-2024",
    house="TK",
    people=(Person("De Wit", "indiener", "D66"), Person("Van Loon", "beantwoorder")),
    passages=(
        Passage(
            "ah-tk-20232024-1999#vraag-1",
            "vraag",
            "vraag-1",
            "Hoeveel scholen hebben een tekort?\nHonderd scholen hebben een lerarentekort.",
            question="Hoeveel scholen hebben een tekort?",
            answer="Honderd scholen hebben een lerarentekort.",
            page_first=1,
            page_last=1,
        ),
        Passage(
            "ah-tk-20232024-1999#vraag-2",
            "vraag",
            "vraag-2",
            "Wat doet u eraan?\nIk verhoog de salarissen.\nDe brief volgt in het najaar.",
            question="Wat doet u eraan?",
            answer="Ik verhoog de salarissen.\nDe brief volgt in het najaar.",
            page_first=1,
            page_last=2,
            breaks=(44,),
        ),
    ),
    source=Source("vragen.pdf", "0" * 64, 2, "test"),
)

PAPERS = (
    QUESTIONS,
    text_paper(
        "kst-36200-VII-74",
        "De minister stuurt de verslagen van de stuurgroep over de begrotingsbehandeling. "
        "Zie Kamerstuk 36 200 VII, nr. 12, antwoord op vraag 11.",
        title="Brief over verslagen van de stuurgroep",
        kind="brief",
        dossier="36200-VII",
        number="74",
        paper_ref="36 200 VII, nr. 74",
        date="2022-12-13",
        ministry="Binnenlandse Zaken en Koninkrijksrelaties",
        house="TK",
    ),
    text_paper(
        "kst-36200-VII-12",
        "Vraag en antwoord bij de begroting van het ministerie. De stuurgroep vergadert.",
        title="Lijst van vragen en antwoorden",
        kind="vragenlijst",
        dossier="36200-VII",
        number="12",
        paper_ref="36 200 VII, nr. 12",
        date="2022-10-07",
        ministry="Binnenlandse Zaken en Koninkrijksrelaties",
        house="TK",
    ),
    text_paper(
        "rapport",
        "De uitstoot van stikstof daalt. Boeren stoppen met hun bedrijf in Noord-Brabant. "
        "Het wiskunde-onderwijs komt in een ander rapport.",
        kind="rapport",
        date="2021-03-01",
    ),
    text_paper(
        "los", "Stikstof is overal: de uitstoot ervan telt. Hoera voor café en ’s-Gravenhage."
    ),
)


@dataclass
class Place:
    """An engine and where its tests may put indexes."""

    engine: Engine
    prefix: str
    version: str
    """Of its format: where a test makes it another."""

    def fresh(self) -> str:
        return f"{self.prefix}{uuid.uuid4().hex[:12]}"


ENGINES = ["whoosh", pytest.param("opensearch", marks=pytest.mark.opensearch)]


@pytest.fixture(scope="module", params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Place:
    if request.param == "whoosh":
        folder = tmp_path_factory.mktemp("contract")
        return Place(engine_for(str(folder)), f"{folder}/", "indexer.engine.whoosh_engine.VERSION")
    nodes: Nodes = request.getfixturevalue("one_node")
    prefix = nodes.location("proef")
    return Place(engine_for(prefix), prefix, "indexer.engine.opensearch.mapping.VERSION")


@pytest.fixture
def engine(place: Place) -> Engine:
    return place.engine


@pytest.fixture
def location(place: Place) -> str:
    return place.fresh()


def build(engine: Engine, location: str, papers: Sequence[Paper] = PAPERS) -> str:
    writer = engine.writer(location, EMPTY)
    for paper in papers:
        writer.add(paper, content_hash(paper))
    steps = list(writer.publish())
    assert steps
    return writer.generation


@pytest.fixture(scope="module")
def index(place: Place) -> Iterator[Index]:
    location = place.fresh()
    build(place.engine, location)
    opened = place.engine.open(location)
    yield opened
    opened.close()


def ids(results: Results) -> list[str]:
    return [hit.paper_id for hit in results.hits]


QUERIES: tuple[tuple[Node, set[str]], ...] = (
    (Term("stuurgroep"), {"kst-36200-VII-74", "kst-36200-VII-12"}),
    # inflected: the paper prints "verslagen"
    (Term("verslag"), {"kst-36200-VII-74"}),
    (Term("CAFE"), {"los"}),
    (Term("wiskundeonderwijs"), {"rapport"}),
    (Term("bestaatniet"), set()),
    (And((Term("stikstof"), Term("boeren"))), {"rapport"}),
    (Or((Term("boeren"), Term("stuurgroep"))), {"rapport", "kst-36200-VII-74", "kst-36200-VII-12"}),
    (And((Term("stikstof"), Not(Term("boeren")))), {"los"}),
    (Bag((Term("stikstof"), Term("boeren"))), {"rapport", "los"}),
    # a word that may be found in more ways than one, as an abbreviation is
    (
        Bag((Or((Term("CAFE"), Phrase("uitstoot van stikstof"))), Term("boeren"))),
        {"rapport", "los"},
    ),
    (Phrase("uitstoot van stikstof"), {"rapport"}),
    (Phrase("stikstof van uitstoot"), set()),
    (Near(Term("boeren"), Term("bedrijf"), 4), {"rapport"}),
    (Near(Term("bedrijf"), Term("boeren"), 4), {"rapport"}),
    (Near(Term("boeren"), Term("bedrijf"), 2), set()),
    (Prefix("stuurg"), {"kst-36200-VII-74", "kst-36200-VII-12"}),
    (Fuzzy("stikstov"), {"rapport", "los"}),
    (InField("title", Term("stuurgroep")), {"kst-36200-VII-74"}),
    (InField("answer", Term("scholen")), {"ah-tk-20232024-1999"}),
    (InField("question", Term("lerarentekort")), set()),
    (InField("kind", Term("Brief")), {"kst-36200-VII-74"}),
    (InField("dossier", Term("36 200 VII")), {"kst-36200-VII-74", "kst-36200-VII-12"}),
    (InField("number", Term("36 200 VII, nr. 12")), {"kst-36200-VII-12"}),
    (InField("number", Term("IENW/12/2022")), set()),  # a part of a mark is no number
    (InField("asker", Term("wit")), {"ah-tk-20232024-1999"}),
    (InField("ministry", Term("binnenlandse")), {"kst-36200-VII-74", "kst-36200-VII-12"}),
    (Between("date", "2022-10-01", "2022-12-31"), {"kst-36200-VII-74", "kst-36200-VII-12"}),
    (Between("year", "2024", None), {"ah-tk-20232024-1999"}),
    (Between("date", None, "2021"), {"rapport"}),
    (Everything(), {paper.id for paper in PAPERS}),
    # a number finds the paper itself and those that mention it
    (Term("36200-VII-12"), {"kst-36200-VII-12", "kst-36200-VII-74"}),
    (Term("ah-tk-20232024-1999"), {"ah-tk-20232024-1999"}),
)


def test_a_word_found_in_another_way_counts_as_there(index: Index) -> None:
    other = Or((Term("bestaatniet"), Phrase("uitstoot van stikstof")))
    results = index.search(SearchRequest(Bag((other, Term("boeren")))))
    assert ids(results) == ["rapport"]
    assert results.total_all_words == 1


@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=[str(q)[:60] for q, _ in QUERIES])
def test_matches(index: Index, query: Node, expected: set[str]) -> None:
    results = index.search(SearchRequest(query))
    assert set(ids(results)) == expected
    assert results.total == len(expected)


def test_the_paper_itself_comes_first_for_its_number(index: Index) -> None:
    assert ids(index.search(SearchRequest(Term("36 200 VII, nr. 12"))))[0] == "kst-36200-VII-12"


def test_all_words_come_before_most_words(index: Index) -> None:
    results = index.search(SearchRequest(Bag((Term("stikstof"), Term("uitstoot"), Term("boeren")))))
    assert ids(results)[0] == "rapport"
    assert results.total_all_words == 1
    assert results.total == 2


def test_stop_words_of_a_bag_do_not_match(index: Index) -> None:
    results = index.search(SearchRequest(Bag((Term("de"), Term("boeren")))))
    assert ids(results) == ["rapport"]


def test_hit_names_passage_and_page_of_the_match(index: Index) -> None:
    (hit,) = index.search(SearchRequest(Term("najaar"))).hits
    assert (hit.passage_id, hit.label, hit.page) == ("ah-tk-20232024-1999#vraag-2", "vraag-2", 2)
    (hit,) = index.search(SearchRequest(Term("salarissen"))).hits
    assert hit.page == 1


def test_snippet_marks_what_matched(index: Index) -> None:
    (hit,) = index.search(SearchRequest(Phrase("uitstoot van stikstof"))).hits
    assert [piece.text for piece in hit.snippet if piece.match] == ["uitstoot van stikstof"]
    text = "".join(piece.text for piece in hit.snippet)
    assert "daalt" in text


def test_passages_are_grouped_by_paper(index: Index) -> None:
    (hit,) = index.search(SearchRequest(Term("lerarentekorten"))).hits
    assert hit.more == 1


def test_filters_are_or_within_and_and_among_facets(index: Index) -> None:
    request = SearchRequest(
        Everything(),
        filters={"kind": ("brief", "rapport"), "year": ("2022",)},
        facets=("kind", "year"),
    )
    results = index.search(request)
    assert ids(results) == ["kst-36200-VII-74"]
    # a facet's own filter does not narrow its counts
    kinds = {row.value: row.count for row in results.facets["kind"]}
    assert kinds == {"brief": 1, "vragenlijst": 1}
    assert {row.value: row.count for row in results.facets["year"]} == {"2021": 1, "2022": 1}


def test_dates_filter(index: Index) -> None:
    request = SearchRequest(Everything(), date_from="2022-11-01", date_to="2023-12-31")
    assert ids(index.search(request)) == ["kst-36200-VII-74"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (
            "newest",
            ["ah-tk-20232024-1999", "kst-36200-VII-74", "kst-36200-VII-12", "rapport", "los"],
        ),
        (
            "oldest",
            ["rapport", "kst-36200-VII-12", "kst-36200-VII-74", "ah-tk-20232024-1999", "los"],
        ),
    ],
)
def test_sort_by_date_puts_the_undated_last(index: Index, sort: str, expected: list[str]) -> None:
    assert ids(index.search(SearchRequest(Everything(), sort=sort))) == expected  # type: ignore[arg-type]


def test_pages_of_results_do_not_overlap(index: Index) -> None:
    pages = [ids(index.search(SearchRequest(Everything(), page=n, size=2))) for n in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert len({name for page in pages for name in page}) == len(PAPERS)


def test_literal_takes_words_as_written(index: Index) -> None:
    assert ids(index.search(SearchRequest(Term("verslag"), literal=True))) == []
    assert ids(index.search(SearchRequest(Term("verslagen"), literal=True))) == ["kst-36200-VII-74"]


def test_too_broad_a_prefix_is_refused_with_a_sentence(engine: Engine, location: str) -> None:
    words = " ".join(f"woord{number}x" for number in range(10_001))
    build(engine, location, [text_paper("veel", words)])
    index = engine.open(location)
    with pytest.raises(QueryBudgetError, match="woord"):
        index.search(SearchRequest(Prefix("woord")))
    index.close()


def test_compound_is_found_by_its_part_and_by_its_parts(engine: Engine, location: str) -> None:
    common = ["wiskunde telt", "onderwijs telt", "taalonderwijs", "wiskundeles", "de les", "taal"]
    other = ["natuuronderwijs", "natuurles", "natuur", "basisonderwijs", "basis", "rekenonderwijs"]
    spread = [f"{text} {i}" for text in (*common, *other) for i in range(8)]
    target = text_paper("doel", "Het wiskundeonderwijs.")
    papers = [target, *(text_paper(f"t{i}", text) for i, text in enumerate(spread))]
    tables = learn(passage.text for paper in papers for passage in paper.passages)
    writer = engine.writer(location, tables)
    for paper in papers:
        writer.add(paper, content_hash(paper))
    list(writer.publish())
    index = engine.open(location)
    both = And((Term("wiskunde"), Term("onderwijs")))
    assert ids(index.search(SearchRequest(both))) == ["doel"]
    index.close()


def test_paper_comes_back_whole(index: Index) -> None:
    assert index.paper("ah-tk-20232024-1999") == QUESTIONS
    assert index.paper("bestaat-niet") is None


def test_several_papers_at_once(index: Index) -> None:
    names = [PAPERS[2].id, "bestaat niet", PAPERS[0].id]
    assert index.papers(names) == {PAPERS[2].id: PAPERS[2], PAPERS[0].id: PAPERS[0]}
    assert index.papers([]) == {}


def test_pdf_only_when_it_is_there(engine: Engine, location: str, tmp_path: Path) -> None:
    pdf = tmp_path.resolve() / "stuk.pdf"
    pdf.write_bytes(b"%PDF-1.4")
    writer = engine.writer(location, EMPTY)
    writer.add(QUESTIONS, "a", pdf)
    list(writer.publish())
    index = engine.open(location)
    assert index.pdf(QUESTIONS.id) == pdf
    target = tmp_path / "elders.pdf"
    pdf.rename(target)
    assert index.pdf(QUESTIONS.id) is None
    pdf.symlink_to(target)
    assert index.pdf(QUESTIONS.id) is None
    index.close()


def test_next_generation_keeps_replaces_and_deletes(engine: Engine, location: str) -> None:
    first = build(engine, location)
    writer = engine.writer(location, EMPTY)
    assert set(writer.contents()) == {paper.id for paper in PAPERS}
    writer.delete("los")
    changed = text_paper("rapport", "Nu gaat het over waterschappen.")
    writer.add(changed, content_hash(changed))
    list(writer.publish())
    assert engine.current(location) != first
    index = engine.open(location)
    assert ids(index.search(SearchRequest(Term("stikstof")))) == []
    assert ids(index.search(SearchRequest(Term("waterschap")))) == ["rapport"]
    assert index.summary.papers == len(PAPERS) - 1
    assert engine.check(location) == ()
    index.close()


def test_open_index_keeps_answering_after_a_publish(engine: Engine, location: str) -> None:
    build(engine, location)
    index = engine.open(location)
    for text in ("eerste", "tweede", "derde"):
        build(engine, location, [text_paper("los", text)])
    assert ids(index.search(SearchRequest(Term("boeren")))) == ["rapport"]
    index.close()


OPEN = Paper(
    id="kv-tk-2024Z18561",
    kind="kamervragen",
    date="2024-06-08",
    passages=(
        Passage(
            "kv-tk-2024Z18561#vraag-1",
            "vraag",
            "vraag-1",
            "Wanneer stijgen de salarissen?",
            question="Wanneer stijgen de salarissen?",
        ),
    ),
)
AH = "ah-tk-20232024-1999"
SALARY = f"{AH}#vraag-2"
OPEN_1 = OPEN.passages[0].id
PASSAGES: tuple[tuple[PassageRequest, list[str]], ...] = (
    # every passage on its own, the open question too
    (PassageRequest(Term("salarissen")), [OPEN_1, SALARY]),
    (PassageRequest(Term("salarissen"), answered=True), [SALARY]),
    # text has no question, so it is no question without an answer
    (PassageRequest(Term("stuurgroep"), answered=True, size=1), ["kst-36200-VII-74#p1"]),
    (PassageRequest(Term("stuurgroep"), pairs=True), []),
    (PassageRequest(InField("question", Term("tekort"))), [f"{AH}#vraag-1"]),
    (PassageRequest(InField("question", Term("salarissen")), answered=True), []),
    # dates, filters, a tree that narrows, what is left out
    (PassageRequest(Term("salarissen"), date_to="2024-06-07"), [SALARY]),
    (PassageRequest(Term("salarissen"), filters={"kind": ("kamervragen",)}), [OPEN_1]),
    (PassageRequest(Term("salarissen"), within=InField("answerer", Term("loon"))), [SALARY]),
    (PassageRequest(Term("salarissen"), without=frozenset({OPEN.id})), [SALARY]),
    (PassageRequest(Term("salarissen"), without=frozenset({SALARY})), [OPEN_1]),
    # all words of a bag are no reason to come first here
    (
        PassageRequest(Bag((Term("stikstof"), Term("uitstoot"), Term("stikstof"))), size=2),
        ["los#p1", "rapport#p1"],
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def asked_index(place: Place) -> Iterator[Index]:
    location = place.fresh()
    build(place.engine, location, [*PAPERS, OPEN])
    opened = place.engine.open(location)
    yield opened
    opened.close()


@pytest.mark.parametrize(("request_", "expected"), PASSAGES)
def test_passages_each_on_their_own(
    asked_index: Index, request_: PassageRequest, expected: list[str]
) -> None:
    found = [asked_index.passage(row.key) for row in asked_index.rank_passages(request_)]
    assert [row.passage_id for row in found] == expected


def test_a_passage_by_its_key_has_its_text_and_facts(index: Index) -> None:
    (row,) = index.rank_passages(PassageRequest(Term("salarissen")))
    found = index.passage(row.key)
    assert row.score > 0
    assert (found.paper_id, found.label, found.page) == (AH, "vraag-2", 1)
    assert (found.is_pair, found.date) == (True, "2024-06-07")
    assert found.text.startswith("Wat doet u eraan?")


def test_several_passages_come_in_the_order_asked_for(index: Index) -> None:
    rows = index.rank_passages(PassageRequest(Term("stuurgroep")))
    keys = [row.key for row in rows][::-1]
    assert [row.key for row in index.passages(keys)] == keys
    assert index.passages(keys) == tuple(index.passage(key) for key in keys)
    assert index.passages([]) == ()


LED = (
    # query, papers that lead, expected
    (Bag((Term("stuurgroep"), Term("scholen"))), ["kst-36200-VII-12", AH], 3),
    (Bag((Term("stuurgroep"), Term("scholen"))), [AH, "kst-36200-VII-74", "kst-36200-VII-12"], 3),
    # what does not match does not come in
    (Bag((Term("stuurgroep"),)), ["rapport", "kst-36200-VII-12"], 2),
)


@pytest.mark.parametrize(("query", "lead", "total"), LED)
def test_papers_that_lead_come_first_in_their_order(
    index: Index, query: Bag, lead: list[str], total: int
) -> None:
    rows = index.rank_passages(PassageRequest(Everything()))
    owners = {index.passage(row.key).paper_id: row.key for row in reversed(rows)}
    keys = tuple(owners[name] for name in lead)
    plain = index.search(SearchRequest(query))
    led = index.search(SearchRequest(query, lead=keys))
    names = [hit.paper_id for hit in led.hits]
    wanted = [name for name in lead if name in {hit.paper_id for hit in plain.hits}]
    assert names[: len(wanted)] == wanted
    assert set(names) == {hit.paper_id for hit in plain.hits}
    assert led.total == plain.total == total
    second = index.search(SearchRequest(query, lead=keys, size=1, page=2)).hits
    assert [hit.paper_id for hit in second] == names[1:2]


def test_all_words_come_before_what_leads(index: Index) -> None:
    query = Bag((Term("stikstof"), Term("boeren")))
    rows = index.rank_passages(PassageRequest(query))
    keys = {index.passage(row.key).paper_id: row.key for row in rows}
    led = index.search(SearchRequest(query, lead=(keys["los"], keys["rapport"])))
    assert [hit.paper_id for hit in led.hits] == ["rapport", "los"]


LETTER = (
    "Hierbij stuur ik u de voortgangsrapportage over het herstel van de veerdienst naar de "
    "eilanden. De gemeente heeft in het voorjaar twee schepen laten keuren en een derde "
    "besteld. De wachttijd voor bewoners is daarmee teruggebracht van veertig naar vijftien "
    "minuten. Ik informeer uw Kamer voor de zomer over de kosten van het groot onderhoud en "
    "over de dienstregeling van de winter. "
)
ASKED = "Vragen van het lid De Wit (D66) over de veerdienst tussen de eilanden"
ALIKE = (
    text_paper("brief-a", LETTER, title="Brief veerdienst", kind="brief", date="2024-01-01"),
    text_paper(
        "kst-1-h1", LETTER.replace(" de ", " de\n"), kind="brief", date="2024-01-03",
        title="Veerdienst (herdruk)",
    ),
    text_paper("delen#1", LETTER + " Deel een.", date="2024-01-04"),
    text_paper("delen#2", LETTER + " Deel twee.", date="2024-01-04"),
    text_paper("uitstel", "De veerdienst.", title=ASKED, kind="uitstel", date="2024-02-01"),
    text_paper(
        "antwoord", "Over de veerdienst is overleg gevoerd met de provincie, en dat duurt nog "
        "voort.", title=ASKED, kind="antwoord", date="2024-03-01",
    ),
    text_paper("anders", "Een veerdienst naar het vasteland.", kind="brief", date="2024-04-01"),
    text_paper("kst-5-31", "Motie over walstroom: alle havens, meteen.", date="2024-05-01"),
    text_paper(
        "kst-5-46", "Gewijzigde motie. Voor de grote havens komt er op termijn walstroom.",
        date="2024-05-08", citations=(Citation("nr. 31", "kst-5-31", relation="vervangt"),),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def alike_index(place: Place) -> Iterator[Index]:
    location = place.fresh()
    build(place.engine, location, ALIKE)
    opened = place.engine.open(location)
    yield opened
    opened.close()


def test_versions_go_under_one_hit(alike_index: Index) -> None:
    found = alike_index.search(SearchRequest(Term("veerdienst"), fold=True))
    under = {hit.paper_id: {row.paper_id for row in hit.also} for hit in found.hits}
    together = [{name, *rest} for name, rest in under.items() if rest]
    assert {"uitstel", "antwoord"} in together
    assert under["antwoord"] == {"uitstel"}  # the answer is shown, whichever matches better
    assert any({"brief-a", "kst-1-h1"} <= group for group in together)
    assert under["anders"] == set()
    assert (found.total, found.folded) == (7, 7 - len(found.hits))
    assert found.shown == len(found.hits)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_what_was_replaced_goes_under_what_came_in_its_place(
    alike_index: Index, sort: Sort
) -> None:
    found = alike_index.search(SearchRequest(Term("walstroom"), fold=True, sort=sort))
    (hit,) = found.hits
    assert hit.paper_id == "kst-5-46"
    assert [(row.paper_id, row.replaced) for row in hit.also] == [("kst-5-31", True)]
    assert (found.total, found.folded) == (2, 1)


def test_parts_of_one_paper_are_no_versions_of_each_other(alike_index: Index) -> None:
    request = SearchRequest(Phrase("Deel"), filters={}, fold=True)
    assert {hit.paper_id for hit in alike_index.search(request).hits} == {"delen#1", "delen#2"}


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_folded_pages_hold_each_paper_once(alike_index: Index, sort: Sort) -> None:
    whole = alike_index.search(SearchRequest(Term("veerdienst"), fold=True, sort=sort))
    pages = [
        alike_index.search(SearchRequest(Term("veerdienst"), fold=True, sort=sort, size=2, page=n))
        for n in range(1, 5)
    ]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    unfolded = alike_index.search(SearchRequest(Term("veerdienst"), sort=sort))
    assert len(unfolded.hits) == 7
    assert all(not hit.also for hit in unfolded.hits)


def test_threads_get_the_answers_of_one_thread(index: Index) -> None:
    expected = [ids(index.search(SearchRequest(query))) for query, _ in QUERIES]
    wrong: list[Node] = []

    def work() -> None:
        for _ in range(5):
            for (query, _), right in zip(QUERIES, expected, strict=True):
                if ids(index.search(SearchRequest(query))) != right:
                    wrong.append(query)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_index_without_papers_finds_nothing(engine: Engine, location: str) -> None:
    build(engine, location, [])
    index = engine.open(location)
    for query in (Everything(), Bag((Term("een"), Term("twee"))), Not(Term("een"))):
        assert index.search(SearchRequest(query, facets=("kind",))).total == 0
    assert index.summary.papers == 0
    index.close()
    assert engine.check(location) == ()


def test_the_generation_before_can_be_published_again(engine: Engine, location: str) -> None:
    first = build(engine, location)
    with pytest.raises(EngineError, match="geen eerdere"):
        engine.roll_back(location)
    second = build(engine, location, [text_paper("los", "Alleen ganzen.")])
    assert [(row.name, row.published) for row in engine.generations(location)] == [
        (second, True),
        (first, False),
    ]
    assert engine.roll_back(location) == engine.current(location) == first
    index = engine.open(location)
    assert ids(index.search(SearchRequest(Term("ganzen")))) == []
    index.close()
    assert engine.check(location) == ()


def test_a_small_file_is_kept_beside_the_index(engine: Engine, location: str) -> None:
    assert engine.kept(location, "register.json") is None
    build(engine, location, PAPERS[:1])
    for data in (b"een", "twee \N{SNOWMAN}".encode(), b"\x00\xff"):
        engine.keep(location, "register.json", data)
        assert engine.kept(location, "register.json") == data
    build(engine, location, PAPERS[:2])  # it belongs to no generation
    assert engine.kept(location, "register.json") == b"\x00\xff"
    assert engine.check(location) == ()
    engine.keep(location, "register.json", None)
    engine.keep(location, "register.json", None)
    assert engine.kept(location, "register.json") is None


def test_missing_index_says_how_to_build(engine: Engine, location: str) -> None:
    with pytest.raises(IndexNotFoundError, match="indexer build"):
        engine.open(location)
    assert engine.current(location) is None
    assert engine.tables(location) is None


def test_second_writer_is_refused(engine: Engine, location: str) -> None:
    writer = engine.writer(location, EMPTY)
    with pytest.raises(LockedError):
        engine.writer(location, EMPTY)
    writer.abandon()
    build(engine, location)


def test_abandoned_writer_leaves_the_published_index(engine: Engine, location: str) -> None:
    name = build(engine, location)
    writer = engine.writer(location, EMPTY)
    writer.delete("los")
    writer.abandon()
    assert engine.current(location) == name
    assert engine.check(location) == ()


def test_other_fields_are_refused_with_a_sentence(
    place: Place, engine: Engine, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(engine, location)
    monkeypatch.setattr(place.version, "anders")
    with pytest.raises(FingerprintError, match="indexer build"):
        engine.open(location)
    assert engine.tables(location) is None
