"""Papers by SRU: paging, new versions, what vanished, diagnostics, and every wrong file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from indexer.sources.cql import query_of
from indexer.sources.errors import FetchError, StopError
from indexer.sources.selection import Selection, dossier_named, session_named
from indexer.sources.sru import read_records
from tests.sources.composed import official_motion, pdf, sru_diagnostic, sru_page, sru_record
from tests.sources.rounds import Rounds, counts
from tests.sources.site import Reply, Seen, Site

PDF = pdf("Motie over de bietencampagne")
IX = Selection(dossiers=("37020-IX",))


def where(identifier: str, kind: str = "pdf") -> str:
    return f"/frbr/officielepublicaties/{identifier}/1/{kind}/{identifier}.{kind}"


def offer(site: Site, *numbers: int, **said: Any) -> list[str]:
    """Put files of motions on the site and return their records."""
    found = []
    for number in numbers:
        identifier = f"kst-37020-IX-{number}"
        site.put(where(identifier), PDF)
        site.put(where(identifier, "xml"), Reply(official_motion(identifier), media="text/xml"))
        found.append(sru_record(site.base, identifier, number=str(number), **said))
    return found


def test_a_dossier_with_its_records(site: Site, rounds: Rounds) -> None:
    site.put("/sru", sru_page(offer(site, 40, 41), count=2))
    assert counts(rounds.run(IX)) == {"nieuw": 2}
    base = "kst/37020-IX/kst-37020-IX-40"
    files = rounds.files()
    assert list(files)[:3] == [f"{base}.metadata.xml", f"{base}.pdf", f"{base}.xml"]
    assert files[f"{base}.pdf"] == PDF
    asked = site.asked("/sru")[0].query
    assert asked["maximumRecords"] == "100"
    assert 'w.dossiernummer=="37020-IX"' in asked["query"]


def test_a_paper_in_two_dossiers(site: Site, rounds: Rounds) -> None:
    """Asked for by its second; what the query sees to is not judged again by another date."""
    records = offer(site, 40, dossier="37020-IX;36 410", date="2026-11-01")
    site.put("/sru", sru_page(records, count=1))
    wanted = Selection(dossiers=("36410",), since="2026-11-05", words=("woord",))
    assert counts(rounds.run(wanted)) == {"nieuw": 1}


def test_only_the_kinds_that_are_asked(site: Site, rounds: Rounds) -> None:
    records = [*offer(site, 40), *offer(site, 41, rubric="Brief")]
    site.put("/sru", sru_page(records, count=2))
    assert counts(rounds.run(Selection(kinds=("brief",)))) == {"nieuw": 1, "niet gevraagd": 1}


def test_a_second_round_asks_only_what_changed(site: Site, rounds: Rounds) -> None:
    site.put("/sru", sru_page(offer(site, 40, 41), count=2))
    rounds.run(IX)
    site.seen.clear()
    site.put("/sru", sru_page(offer(site, 41, timestamp="2026-11-20T09:30:00+01:00"), count=1))
    site.put(where("kst-37020-IX-41"), pdf("Herdruk"))
    assert counts(rounds.run(IX)) == {"vernieuwd": 1}
    assert "dt.modified>=2026-11-19" in site.asked("/sru")[0].query["query"]
    assert sorted(site.paths) == sorted(
        ["/sru", where("kst-37020-IX-41"), where("kst-37020-IX-41", "xml")]
    )
    assert rounds.files()["kst/37020-IX/kst-37020-IX-41.pdf"] == pdf("Herdruk")


def test_what_changed_by_name_only_is_not_written_again(site: Site, rounds: Rounds) -> None:
    """A source may touch a record and not its files; a build must not read the PDF again."""
    site.put("/sru", sru_page(offer(site, 40), count=1))
    for kind in ("pdf", "xml"):
        body = site.answer(Seen(where("kst-37020-IX-40", kind), {}, {}))
        tagged = Reply(body.body, media=body.media, headers={"ETag": '"1"'})
        site.routes[where("kst-37020-IX-40", kind)] = lambda seen, tagged=tagged: (  # type: ignore[misc]
            Reply(status=304) if seen.headers.get("if-none-match") == '"1"' else tagged
        )
    rounds.run(IX)
    path = rounds.folder / "kst/37020-IX/kst-37020-IX-40.pdf"
    before = path.stat().st_mtime_ns
    site.put("/sru", sru_page([sru_record(site.base, "kst-37020-IX-40", timestamp="x")], count=1))
    assert counts(rounds.run(IX, full=True)) == {"bekend": 1}
    assert path.stat().st_mtime_ns == before


def pages(site: Site, records: list[str], size: int) -> None:
    """Answer SRU a page at a time, with a count that is far off."""

    def answer(seen: Seen) -> Reply:
        start = int(seen.query["startRecord"]) - 1
        part = records[start : start + size]
        more = start + size + 1 if start + size < len(records) else 0
        return Reply(sru_page(part, count=7 * len(records), onwards=more))

    site.routes["/sru"] = answer


def test_pages_to_their_end_whatever_the_count(site: Site, rounds: Rounds) -> None:
    pages(site, offer(site, *range(1, 8)), 3)
    assert counts(rounds.run(IX)) == {"nieuw": 7}
    assert [seen.query["startRecord"] for seen in site.asked("/sru")] == ["1", "4", "7"]


def test_a_list_that_never_ends(site: Site, rounds: Rounds) -> None:
    """The same page for ever, each time with a next one: it ends where nothing new comes."""
    records = offer(site, 40)
    site.routes["/sru"] = lambda seen: Reply(
        sru_page(records, count=9, onwards=int(seen.query["startRecord"]) + 1)
    )
    assert counts(rounds.run(IX)) == {"nieuw": 1}
    assert len(site.asked("/sru")) == 2


def test_a_diagnostic_is_an_error_and_not_an_empty_list(site: Site, rounds: Rounds) -> None:
    site.put("/sru", sru_diagnostic(10, "Query syntax error", "w.dossier"))
    report = rounds.run(IX)
    assert "Query syntax error" in report.stopped
    assert rounds.files() == {}


def test_a_round_that_broke_off_goes_on(site: Site, rounds: Rounds) -> None:
    records = offer(site, *range(1, 7))
    pages(site, records, 2)
    whole = site.routes["/sru"]
    site.routes["/sru"] = lambda seen: (
        whole(seen) if seen.query["startRecord"] in ["1", "3"] else Reply(status=503)
    )
    report = rounds.run(IX)
    assert report.stopped
    assert counts(report) == {"nieuw": 4}
    site.routes["/sru"] = whole
    site.seen.clear()
    assert counts(rounds.run(IX)) == {"bekend": 4, "nieuw": 2}
    assert len(site.paths) == 3 + 2 * 2  # no file is fetched twice


def test_what_vanished_is_asked_once_and_removed(site: Site, rounds: Rounds) -> None:
    site.put("/sru", sru_page(offer(site, 40, 41, 42), count=3))
    rounds.run(IX)
    site.put("/sru", sru_page(offer(site, 40), count=1))
    site.drop(where("kst-37020-IX-41"))
    site.drop(where("kst-37020-IX-41", "xml"))
    site.seen.clear()
    assert counts(rounds.run(IX, full=True)) == {"bekend": 1, "verwijderd": 1}
    assert {name[:28] for name in rounds.files()} == {
        "kst/37020-IX/kst-37020-IX-40", "kst/37020-IX/kst-37020-IX-42",
    }  # 42 is not listed, but still there  # fmt: skip


def test_after_a_week_all_is_listed_again(site: Site, rounds: Rounds) -> None:
    site.put("/sru", sru_page(offer(site, 40), count=1))
    for days, whole in ((0, True), (6, False), (1, True), (1, False)):
        rounds.clock.sleep(days * 86_400)
        site.seen.clear()
        rounds.run(IX)
        assert ("dt.modified" not in site.asked("/sru")[0].query["query"]) is whole


def test_many_deletions_at_once_are_asked_about(site: Site, rounds: Rounds) -> None:
    numbers = range(1, 31)
    site.put("/sru", sru_page(offer(site, *numbers), count=30))
    rounds.run(IX)
    for number in numbers:
        for kind in ("pdf", "xml"):
            site.drop(where(f"kst-37020-IX-{number}", kind))
    site.put("/sru", sru_page([], count=0))
    report = rounds.run(IX, full=True)
    assert "--allow-deletions" in report.stopped
    assert counts(report) == {"verwijderd": 20}
    assert counts(rounds.run(IX, full=True, allow_deletions=True)) == {"verwijderd": 10}
    assert rounds.files() == {}


WRONG = [
    # (the answer for the PDF, the reason that is told)
    (Reply(b"<!DOCTYPE html><html>Storing</html>", media="text/html"), "webpagina"),
    (Reply(b"  <html>", media="application/pdf"), "webpagina"),
    (Reply(b'{"error":1}', media="application/json"), "geen PDF"),
    (Reply(b"", media="application/pdf"), "leeg"),
    (Reply(PDF, media="application/pdf", cut=100), "afgebroken"),
    (Reply(status=500), "storing"),
    (Reply(status=302, headers={"Location": "http://voorbeeld.nl/x.pdf"}), "omleiding geweigerd"),
    (Reply(status=403), "geweigerd"),
]


@pytest.mark.parametrize(("reply", "reason"), WRONG)
def test_files_that_are_wrong(site: Site, rounds: Rounds, reply: Reply, reason: str) -> None:
    """Nothing wrong is written; the paper is there by its XML, and its PDF is tried again."""
    site.put("/sru", sru_page(offer(site, 40), count=1))
    site.put(where("kst-37020-IX-40"), reply)
    report = rounds.run(IX)
    assert counts(report) == {"mislukt": 1}
    assert report.stopped == ""
    assert [failure["reason"] for failure in rounds.failures()] == [reason]
    assert not any(name.endswith(".pdf") for name in rounds.files())
    site.put(where("kst-37020-IX-40"), PDF)
    assert counts(rounds.run(IX)) == {"wacht op nieuwe poging": 1}
    rounds.clock.sleep(3700)
    assert counts(rounds.run(IX))["nieuw" if reason == "storing" else "vernieuwd"] == 1
    assert rounds.files()["kst/37020-IX/kst-37020-IX-40.pdf"] == PDF
    assert rounds.failures() == []


def test_a_pdf_whose_end_nobody_told(site: Site, rounds: Rounds) -> None:
    """Without a length a broken PDF looks whole: it is asked twice."""
    site.put("/sru", sru_page(offer(site, 40), count=1))
    half = Reply(PDF[:-200], media="application/pdf", length=False)
    site.put(where("kst-37020-IX-40"), half, Reply(PDF, length=False))
    assert counts(rounds.run(IX)) == {"nieuw": 1}
    assert rounds.files()["kst/37020-IX/kst-37020-IX-40.pdf"] == PDF


def test_xml_that_is_wrong_does_not_keep_the_pdf_away(site: Site, rounds: Rounds) -> None:
    site.put("/sru", sru_page(offer(site, 40), count=1))
    site.put(where("kst-37020-IX-40", "xml"), b"<html><p>Storing</html>")
    assert counts(rounds.run(IX)) == {"mislukt": 1}
    assert list(rounds.files()) == [
        "kst/37020-IX/kst-37020-IX-40.metadata.xml", "kst/37020-IX/kst-37020-IX-40.pdf",
    ]  # fmt: skip


def test_a_source_that_is_down_stops_the_round(site: Site, rounds: Rounds) -> None:
    site.put("/sru", sru_page(offer(site, *range(1, 10)), count=9))
    for number in range(1, 10):
        site.put(where(f"kst-37020-IX-{number}"), Reply(status=503))
    report = rounds.run(IX)
    assert "status 503" in report.stopped
    assert len(rounds.failures()) == 5


def test_a_dry_run_counts_and_fetches_nothing(site: Site, rounds: Rounds) -> None:
    records = offer(site, 40, 41)
    records.append(sru_record(site.base, "kst-37020-IX-42", rubric="Brief"))
    site.put("/sru", sru_page(records, count=3))
    report = rounds.run(IX, dry=True)
    assert counts(report) == {"nieuw": 3}
    assert dict(report.kinds) == {"motie": 2, "brief": 1}
    assert report.files == 6
    assert site.paths == ["/sru"]
    assert rounds.files() == {}
    rounds.run(IX)
    again = counts(rounds.run(IX, dry=True))  # 42 has no files here
    assert again == {"bekend": 2, "wacht op nieuwe poging": 1}


def test_a_limit(site: Site, rounds: Rounds) -> None:
    site.put("/sru", sru_page(offer(site, *range(1, 7)), count=6))
    assert counts(rounds.run(IX, most=4)) == {"nieuw": 4}
    assert counts(rounds.run(IX)) == {"bekend": 4, "nieuw": 2}


NAMES = [
    # (an identifier from elsewhere, the name that it gets; None: not taken)
    ("kst-37020-IX-40", "kst/37020-IX/kst-37020-IX-40"),
    ("https://identifier.overheid.nl/kst-37020-IX-40", "kst/37020-IX/kst-37020-IX-40"),
    ("blg-1093410", "blg/109/blg-1093410"),
    ("ah-tk-20262027-12", "ah-tk/20262027/ah-tk-20262027-12"),
    ("kst-20032004-29200-1", "kst/20032004-29200/kst-20032004-29200-1"),
    ("../../etc/passwd", None),
    ("kst-37020/../../x-1", None),
    ("gmb-2023-174296", None),
]


@pytest.mark.parametrize(("identifier", "name"), NAMES)
def test_names_stay_in_the_folder(
    site: Site, rounds: Rounds, identifier: str, name: str | None
) -> None:
    site.put("/sru", sru_page([sru_record(site.base, identifier, files=())], count=1))
    last = identifier.rpartition("/")[2]
    site.put(f"/ob/{last}.pdf", PDF)
    rounds.run(IX.__class__())
    assert [path[:-4] for path in rounds.files() if path.endswith(".pdf")] == [name] * bool(name)


QUERIES = [
    # (what is wanted, what stands in the query)
    (Selection(), '(w.publicatienaam=="Kamerstuk" OR w.publicatienaam=="Kamervragen (Aanhangsel)"'),
    (Selection(kinds=("motie", "brief")), 'AND w.publicatienaam=="Kamerstuk"'),
    (Selection(kinds=("bijlage",)), 'w.publicatienaam=="Bijlage"'),
    (Selection(sessions=("2023-2024",)), 'AND w.vergaderjaar=="2023-2024"'),
    (Selection(since="2024-01-31", until="2024-02-29"), "dt.date>=2024-01-31 AND dt.date<=2024-02"),
    (Selection(words=("biet", 'x" OR "y')), 'dt.title all "biet" AND dt.title all "x  OR  y"'),
]


@pytest.mark.parametrize(("selection", "part"), QUERIES)
def test_queries(selection: Selection, part: str) -> None:
    query = query_of(selection)
    assert query.startswith("c.product-area==officielepublicaties AND ")
    assert part in query


def test_a_ministry_cannot_be_asked() -> None:
    with pytest.raises(StopError, match="--source odata"):
        query_of(Selection(ministries=("Financiën",)))


def test_what_people_type() -> None:
    assert dossier_named("36 200 VII") == dossier_named("36200-vii") == "36200-VII"
    assert dossier_named("29689") == "29689"
    assert session_named("2023/24") == session_named("2023–2024") == "2023-2024"
    for wrong in ("", "36", "zeven"):
        with pytest.raises(StopError):
            dossier_named(wrong)
    for wrong in ("2023", "2023-2025"):
        with pytest.raises(StopError):
            session_named(wrong)


@pytest.mark.parametrize("data", [b"", b"<a>", b"<html/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'])
def test_answers_that_are_no_list(data: bytes) -> None:
    with pytest.raises(FetchError, match=r"\.$"):
        read_records(data, "http://x/sru")


@pytest.mark.shared
def test_recorded_records(site: Site, rounds: Rounds, shared: Path) -> None:
    """Records as they were recorded are read; none of them is a parliamentary paper."""
    text = (shared / "sources" / "sru" / "sru_records_recorded_KamerBrieven.txt").read_text("utf-8")
    records = re.findall(r"<sru:record .*?</sru:record>", text, re.DOTALL)
    assert len(records) == 10
    site.put("/sru", sru_page(records, count=10))
    assert len(read_records(sru_page(records, count=10), "x").records) == 10
    report = rounds.run()
    assert (report.stopped, counts(report), rounds.files()) == ("", {}, {})
