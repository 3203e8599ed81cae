"""The commands: from an empty folder to an answer, keeping up, and how complete it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.commands import fetch as fetch_cli
from indexer.engine.locate import engine_for
from indexer.engine.publishing.disk import Lock
from indexer.engine.query import Term
from indexer.engine.results import SearchRequest
from indexer.paper import Paper
from indexer.register import FILE, Told, merged, read, told_of
from search_app.app import create_app
from search_app.settings import Settings
from tests.conftest import ROOT
from tests.sources.composed import official_motion, printed_motion, sru_page, sru_record
from tests.sources.site import QuickClock, Reply, Site

DRAINS = "verzoekt de regering de bermsloten langs de akkers dit jaar uit te baggeren,"


class Commands:
    """The commands on one folder and one index, with the sources on one site."""

    def __init__(self, site: Site, root: Path) -> None:
        self.site, self.folder, self.index = site, root / "stukken", root / "index"

    def fetch(self, *words: str) -> int:
        options = ["--ocr=off", "--workers=1", "--budget=1000/1", *self.site.options]
        return main(["fetch", str(self.folder), *words, *options])

    def completeness(self, *words: str) -> int:
        return main(["completeness", str(self.folder), *words, *self.site.options])

    def offer(self, *numbers: int, wish: str = "") -> None:
        """Publish motions, and nothing else."""
        records = []
        for number in numbers:
            name = f"kst-37020-IX-{number}"
            where = f"/frbr/officielepublicaties/{name}/1"
            extra = {"wish": wish} if wish else {}
            self.site.put(f"{where}/pdf/{name}.pdf", printed_motion(number, **extra))
            xml = official_motion(name, **extra)
            self.site.put(f"{where}/xml/{name}.xml", Reply(xml, media="text/xml"))
            stamp = f"2026-11-20T09:00:0{len(wish) % 10}Z"
            records.append(sru_record(self.site.base, name, number=str(number), timestamp=stamp))
        self.site.put("/sru", sru_page(records, count=len(records)))

    def found(self, word: str) -> list[str]:
        index = engine_for(str(self.index)).open(str(self.index))
        try:
            return sorted(hit.paper_id for hit in index.search(SearchRequest(Term(word))).hits)
        finally:
            index.close()

    def paper(self, paper_id: str) -> Paper:
        index = engine_for(str(self.index)).open(str(self.index))
        try:
            found = index.paper(paper_id)
        finally:
            index.close()
        assert found is not None
        return found


@pytest.fixture
def commands(site: Site, tmp_path: Path) -> Commands:
    return Commands(site, tmp_path)


def test_from_nothing_to_an_answer(commands: Commands) -> None:
    """What is fetched is searchable, with the text of the XML and the pages of the PDF."""
    commands.offer(40, 41)
    assert commands.fetch("--dossier", "37 020 IX", "--index", str(commands.index)) == 0
    assert commands.found("akkers") == ["kst-37020-IX-40", "kst-37020-IX-41"]
    paper = commands.paper("kst-37020-IX-41")
    assert (paper.kind, paper.date, paper.number) == ("motie", "2026-10-08", "41")
    assert [person.name for person in paper.people] == ["Feddema"]
    assert paper.passages[0].page_first == 1
    assert "'s-Gravenhage" not in paper.passages[0].text
    assert paper.source is not None
    assert paper.source.pages == 1


def test_versions_and_deletions_reach_the_index(commands: Commands) -> None:
    commands.offer(40, 41)
    options = ("--dossier", "37020-IX", "--index", str(commands.index))
    commands.fetch(*options)
    commands.offer(40, wish=DRAINS)
    for kind in ("pdf", "xml"):
        commands.site.drop(
            f"/frbr/officielepublicaties/kst-37020-IX-41/1/{kind}/kst-37020-IX-41.{kind}"
        )
    assert commands.fetch(*options, "--full") == 0
    assert commands.found("baggeren") == ["kst-37020-IX-40"]
    assert commands.found("keren") == []


def test_official_xml_without_a_pdf_is_searchable(commands: Commands) -> None:
    """And when the PDF comes, it has its pages."""
    commands.offer(40)
    pdf = "/frbr/officielepublicaties/kst-37020-IX-40/1/pdf/kst-37020-IX-40.pdf"
    commands.site.drop(pdf)
    options = ("--dossier", "37020-IX", "--index", str(commands.index))
    assert commands.fetch(*options) == 3
    assert commands.found("akkers") == ["kst-37020-IX-40"]
    assert commands.paper("kst-37020-IX-40").passages[0].label == "deel-1"
    client = create_app(Settings(index=str(commands.index))).test_client()
    assert client.get("/papers/kst-37020-IX-40").status_code == 200
    assert client.get("/papers/kst-37020-IX-40/pdf").status_code == 404
    commands.site.put(pdf, printed_motion(40))
    (commands.folder / ".kamerzoek" / "fetched.sqlite3").unlink()  # so that nothing waits
    assert commands.fetch(*options) == 0
    assert commands.paper("kst-37020-IX-40").passages[0].label == "p1"


def test_watching(commands: Commands, clock: QuickClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each round publishes; a source that is down is waited for, longer each time."""
    monkeypatch.setattr(fetch_cli.run, "__defaults__", (clock,))
    commands.offer(40)
    rounds: list[list[str]] = []

    def between(seconds: float) -> None:
        if seconds < 300:
            return  # a wait within a round
        rounds.append(commands.found("akkers"))
        if len(rounds) == 1:
            commands.offer(40, 41)
        elif len(rounds) in (2, 3):
            commands.site.put("/sru", Reply(status=503))
        elif len(rounds) == 4:
            commands.offer(40, 41, 42)
        else:
            raise KeyboardInterrupt

    clock.on_sleep = between
    options = ("--dossier", "37020-IX", "--index", str(commands.index), "--watch", "--every", "300")
    assert commands.fetch(*options) == 130
    assert [len(found) for found in rounds] == [1, 2, 2, 2, 3]
    assert [nap for nap in clock.naps if nap >= 300] == [300, 300, 600, 1200, 300]


def test_a_dry_run(commands: Commands, capsys: pytest.CaptureFixture[str]) -> None:
    commands.offer(40, 41)
    assert commands.fetch("--dossier", "37020-IX", "--dry-run") == 0
    told = capsys.readouterr().out
    assert "2 nieuw" in told
    assert "Naar soort: 2 motie." in told
    assert "hooguit 4 verzoeken" in told
    assert not list(commands.folder.rglob("*.pdf"))


def test_json(commands: Commands, capsys: pytest.CaptureFixture[str]) -> None:
    commands.offer(40)
    assert commands.fetch("--dossier", "37020-IX", "--json") == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["outcomes"] == {"nieuw": 1}
    assert told["stopped"] == ""


def test_a_trace_that_can_be_sent_along(
    commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.offer(40)
    assert commands.fetch("--dossier", "37020-IX", "--trace") == 0
    kept = (commands.folder / ".kamerzoek" / "trace.txt").read_text("utf-8")
    assert "searchRetrieveResponse" in kept
    assert "searchRetrieveResponse" in capsys.readouterr().err


WRONG = [
    # (what a person says, what is told)
    ([], "niet gezegd wat op te halen"),
    (["--dossier", "zeven"], "geen dossiernummer"),
    (["--session-year", "2023"], "geen vergaderjaar"),
    (["--kind", "krant"], "Kies uit antwoord"),
    (["--from", "gisteren"], "geen datum"),
    (["stikstof"], "geen nummer van een stuk"),
    (["--list", "/bestaat/niet"], "niet te lezen"),
    (["--dossier", "37020-IX", "--endpoint", "x=y"], "NAAM=URL"),
    (["--dossier", "37020-IX", "--contact", "a b"], "geen contactadres"),
    (["--dossier", "37020-IX", "--odata-names", "/bestaat/niet"], "niet te lezen als JSON"),
]


@pytest.mark.parametrize(("words", "told"), WRONG)
def test_wrong_use(
    commands: Commands, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    code = commands.fetch(*words)
    assert told in capsys.readouterr().err
    assert code in (1, 2)
    assert commands.site.seen == []


def test_a_source_that_is_down(commands: Commands, capsys: pytest.CaptureFixture[str]) -> None:
    commands.site.put("/sru", Reply(status=404))
    assert commands.fetch("--dossier", "37020-IX") == 1
    told = capsys.readouterr()
    assert "bestaat niet (status 404)" in told.err
    assert "niets gevonden" not in told.out  # an error is not an empty answer
    commands.site.put("/sru", sru_page([], count=0))
    assert commands.fetch("--dossier", "37020-IX") == 0
    assert "niets gevonden" in capsys.readouterr().out


def test_a_dry_run_of_a_source_that_is_down(
    commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.site.put("/sru", Reply(status=404))
    assert commands.fetch("--dossier", "37020-IX", "--dry-run") == 1
    told = capsys.readouterr()
    assert told.err.startswith("bron vragen\n")  # before it waits
    assert "Echt ophalen vraagt" not in told.out


def test_completeness(commands: Commands, capsys: pytest.CaptureFixture[str]) -> None:
    commands.offer(1, 2, 4)
    commands.site.drop("/frbr/officielepublicaties/kst-37020-IX-2/1/pdf/kst-37020-IX-2.pdf")
    commands.fetch("--dossier", "37020-IX")
    capsys.readouterr()
    assert commands.completeness("--dossier", "37020-IX") == 0
    told = capsys.readouterr().out
    assert told == (
        "37020-IX: 2 van 3 genoemde stukken hier; ontbreekt: 2; ook door de bron niet genoemd: 3\n"
    )
    commands.site.put("/sru", sru_page([], count=812))
    assert commands.completeness("--session-year", "2026-2027", "--ask") == 0
    told = capsys.readouterr().out
    assert "2026-2027 Kamerstuk: 2 hier, 3 genoemd, 812 volgens de bron (schatting)" in told
    assert commands.completeness("--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert (rows["dossiers"][0]["missing"], rows["dossiers"][0]["unlisted"]) == ([2, 3], [3])
    assert {row["estimate"] for row in rows["sessions"]} == {812}


def test_one_fetch_at_a_time(commands: Commands, capsys: pytest.CaptureFixture[str]) -> None:
    """Another is refused with a sentence; looking is allowed."""
    commands.offer(40)
    commands.fetch("--dossier", "37020-IX")
    lock = Lock(commands.folder / ".kamerzoek" / "lock", "De map")
    try:
        assert commands.fetch("--dossier", "37020-IX") == 1
        assert "al in gebruik door proces" in capsys.readouterr().err
        assert commands.completeness() == 0
    finally:
        lock.release()


def test_completeness_of_nothing(commands: Commands, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.completeness() == 2
    assert "is niets opgehaald" in capsys.readouterr().err


def test_completeness_on_the_page_of_a_dossier(commands: Commands) -> None:
    commands.offer(1, 2, 4)
    commands.fetch("--dossier", "37020-IX", "--index", str(commands.index))
    told = told_of((commands.index / FILE).read_bytes(), "37020-IX")
    assert told is not None
    assert told.numbers == ("1", "2", "4")
    client = create_app(Settings(index=str(commands.index))).test_client()
    page = client.get("/dossiers/37020-IX").get_data(as_text=True)
    assert "Volgens de bron is het hoogste nummer 4" in page
    data = client.get("/api/v1/dossiers/37020-IX").get_json()
    assert (data["source_highest"], data["missing"]) == (4, [[3, 3]])


def test_registers() -> None:
    old, new = Told("Oud", 3, ("1",), "2026-01-01"), Told("Nieuw", 5, ("1",), "2026-02-01")
    assert merged([{"a": new}, {"a": old, "b": old}]) == {"a": new, "b": old}
    assert new.missing([1, 3]) == (2, 4, 5)
    assert Told(numbers=("7", "D")).ceiling == 7


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 9}', '{"format": 1}', '{"format":1,"dossiers":{"a":1}}']
)
def test_a_damaged_register_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "register.json"
    path.write_text(text)
    assert read(path) == {}
    assert told_of(path.read_bytes(), "a") is None
    assert told_of(None, "a") is None


def test_the_guide_names_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Every option in the guide is one of a command, and every kind and source is in the help."""
    guide = (ROOT / "docs" / "ophalen.md").read_text("utf-8")
    helps = ""
    for command in ("fetch", "completeness"):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        helps += capsys.readouterr().out
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", guide))
    assert len(named) > 20
    assert [option for option in sorted(named) if option not in helps] == []
