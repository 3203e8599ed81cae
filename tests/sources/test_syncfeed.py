"""The SyncFeed: positions, tombstones, new versions, missing enclosures, feeds that go wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from indexer.sources import fetching
from indexer.sources.client import Answer, Client
from indexer.sources.errors import FetchError
from indexer.sources.feed import read_page
from indexer.sources.selection import Selection
from indexer.sources.syncfeed import SyncFeed
from tests.sources.composed import entry, feed, guid, official_motion, pdf
from tests.sources.rounds import Rounds, counts
from tests.sources.site import Reply, Seen, Site

PDF = pdf("Motie over de bietencampagne")
DOSSIER, DOC, VERSION, FILE, TEXT, DATA = (guid(n) for n in range(1, 7))
FEED = "/SyncFeed/2.0/Feed"


class Feed:
    """The feed of the Kamer: entries of each category, in pages, each at its own token."""

    def __init__(self, site: Site, size: int = 250) -> None:
        self.site, self.size = site, size
        self.entries: dict[str, list[str]] = {}
        site.routes[FEED] = self.answer

    def add(self, category: str, *args: object, **kwargs: object) -> None:
        """Say something of an entity."""
        told = entry(self.site.base, category, *args, **kwargs)  # type: ignore[arg-type]
        self.entries.setdefault(category, []).append(told)

    def answer(self, seen: Seen) -> Reply:
        category, start = seen.query["category"], int(seen.query.get("skiptoken", 0))
        part = self.entries.get(category, [])[start : start + self.size]
        token = start + len(part)
        return Reply(feed(self.site.base, category, part, token=token), media="application/xml")

    def resource(self, entity_id: str, *replies: Reply | bytes) -> None:
        """Answer for a file."""
        self.site.put(f"/SyncFeed/2.0/Resources/{entity_id}", *replies)

    def motion(self, sub: int = 40) -> None:
        """Publish a motion: dossier, document, version, PDF, XML and metadata."""
        base = 1000 * (sub - 40)
        at = [guid(base + n) for n in range(1, 7)]
        self.add(
            "Kamerstukdossier", DOSSIER,
            {"titel": "Begroting", "nummer": "37020", "toevoeging": "IX",
             "hoogsteVolgnummer": "42"},
        )  # fmt: skip
        self.document(at[1], at[2], sub)
        self.add(
            "DocumentVersie", at[2], {"externeidentifier": f"kst-37020-IX-{sub}"},
            {"document": at[1]},
        )  # fmt: skip
        for each, kind in ((at[3], "Pdf"), (at[4], "Xml")):
            media = "application/pdf" if kind == "Pdf" else "application/xml"
            refs = {"documentVersie": at[2]}
            self.add("DocumentPublicatie", each, {"documentType": kind}, refs, media=media)
        self.resource(at[3], Reply(PDF, media="application/pdf"))
        self.resource(at[4], Reply(official_motion(f"kst-37020-IX-{sub}"), media="text/xml"))

    def document(self, document: str, version: str, sub: int = 40, **said: str) -> None:
        """Say something of a document."""
        fields = {
            "soort": "Motie", "documentNummer": f"2026D{sub:05d}",
            "titel": "Vaststelling van de begrotingsstaten",
            "onderwerp": "Motie van het lid Feddema over de bietencampagne",
            "datum": "2026-10-08T00:00:00", "volgnummer": str(sub), "vergaderjaar": "2026-2027",
        }  # fmt: skip
        refs = {"huidigeDocumentVersie": version, "kamerstukdossier": DOSSIER}
        self.add("Document", document, fields, refs, media="application/pdf", **said)


@pytest.fixture
def kamer(site: Site) -> Feed:
    return Feed(site)


def positions(rounds: Rounds) -> dict[str, str]:
    db = sqlite3.connect(rounds.folder / ".kamerzoek" / fetching.STATE)
    try:
        return dict(db.execute("SELECT name, value FROM position").fetchall())
    finally:
        db.close()


def go(rounds: Rounds, selection: Selection = Selection(), **how: object) -> dict[str, int]:  # noqa: B008
    return counts(rounds.run(selection, source="syncfeed", **how))


def test_a_paper_from_five_categories(kamer: Feed, rounds: Rounds) -> None:
    kamer.motion()
    assert go(rounds) == {"nieuw": 1}
    base = "kst/37020-IX/kst-37020-IX-40"
    files = rounds.files()
    assert list(files) == [f"{base}.json", f"{base}.pdf", f"{base}.xml"]
    assert files[f"{base}.pdf"] == PDF
    for part in (b'"Dossiernummer": "37020-IX"', b'"Ondernummer": "40"', b'"Soort": "Motie"'):
        assert part in files[f"{base}.json"]
    assert positions(rounds)["syncfeed Document"] == "1"


def test_the_next_round_goes_on_from_each_position(kamer: Feed, rounds: Rounds, site: Site) -> None:
    kamer.motion()
    go(rounds)
    site.seen.clear()
    assert go(rounds) == {}
    asked = {s.query["category"]: s.query.get("skiptoken") for s in site.asked(FEED)}
    assert asked == {
        "Kamerstukdossier": "1", "Document": "1", "DocumentVersie": "1",
        "DocumentPublicatie": "2", "DocumentPublicatieMetadata": None,
    }  # fmt: skip
    kamer.motion(41)
    site.seen.clear()
    assert go(rounds) == {"nieuw": 1}
    assert sum(path.startswith("/SyncFeed/2.0/Resources") for path in site.paths) == 2


def test_pages(site: Site, rounds: Rounds) -> None:
    kamer = Feed(site, size=2)
    for sub in range(40, 45):
        kamer.motion(sub)
    assert go(rounds) == {"nieuw": 5}
    tokens = [
        s.query.get("skiptoken") for s in site.asked(FEED) if s.query["category"] == "Document"
    ]
    assert tokens == [None, "2", "4", "5"]


def test_a_tombstone_removes_the_files(kamer: Feed, rounds: Rounds) -> None:
    kamer.motion()
    kamer.motion(41)
    go(rounds)
    kamer.add("Document", DOC, deleted=True, updated="2026-11-20T09:00:00Z")
    assert go(rounds) == {"verwijderd": 1}
    assert {name.partition(".")[0] for name in rounds.files()} == {"kst/37020-IX/kst-37020-IX-41"}
    assert go(rounds) == {}


def test_a_tombstone_of_what_was_never_here(kamer: Feed, rounds: Rounds) -> None:
    kamer.add("Document", DOC, deleted=True)
    assert go(rounds) == {"niet gevraagd": 1}


def test_a_file_that_is_withdrawn(kamer: Feed, rounds: Rounds) -> None:
    """A tombstone of one publication, without its refs, takes that file away and no other."""
    kamer.motion()
    go(rounds)
    kamer.add("DocumentPublicatie", guid(5), deleted=True, updated="2026-11-20T09:00:00Z")
    assert go(rounds) == {"vernieuwd": 1}
    assert [name.rpartition(".")[2] for name in rounds.files()] == ["json", "pdf"]


def test_a_new_version(kamer: Feed, rounds: Rounds) -> None:
    kamer.motion()
    go(rounds)
    fresh, its_pdf = guid(70), guid(71)
    kamer.document(DOC, fresh, updated="2026-11-20T09:00:00Z")
    kamer.add(
        "DocumentVersie", fresh, {"externeidentifier": "kst-37020-IX-40-h1"}, {"document": DOC}
    )
    kamer.add(
        "DocumentPublicatie", its_pdf, {"documentType": "Pdf"}, {"documentVersie": fresh},
        media="application/pdf",
    )  # fmt: skip
    kamer.resource(its_pdf, pdf("Herdruk"))
    assert go(rounds) == {"vernieuwd": 1}
    assert {n: b == pdf("Herdruk") for n, b in rounds.files().items() if n.endswith("pdf")} == {
        "kst/37020-IX/kst-37020-IX-40-h1.pdf": True
    }


def test_a_document_before_it_has_a_number(kamer: Feed, rounds: Rounds) -> None:
    """Minutes after it came in: no version, no publication, only its own PDF."""
    kamer.add(
        "Document", DOC, {"soort": "Brief regering", "documentNummer": "2026D00040"},
        media="application/pdf",
    )  # fmt: skip
    kamer.resource(DOC, PDF)
    assert go(rounds) == {"nieuw": 1}
    assert list(rounds.files()) == ["tk/2026/2026D00040.json", "tk/2026/2026D00040.pdf"]
    kamer.motion()  # and then it is published under its number
    assert go(rounds) == {"vernieuwd": 1}
    assert {name.rpartition("/")[0] for name in rounds.files()} == {"kst/37020-IX"}


MISSING = [
    # (what the source says of the PDF, the reason)
    (Reply(b'{"Message":"No HTTP resource"}', 404, "application/json"), "niet gevonden"),
    (Reply(b'{"Message":"An error has occurred."}', 500, "application/json"), "storing"),
    (Reply(b'{"Message":"An error has occurred."}', media="application/json"), "geen PDF"),
]


@pytest.mark.parametrize(("reply", "reason"), MISSING)
def test_an_enclosure_that_is_not_there(
    kamer: Feed, rounds: Rounds, reply: Reply, reason: str
) -> None:
    """The round and the position go on, and it is tried again later."""
    kamer.motion()
    kamer.resource(FILE, reply)
    assert go(rounds) == {"mislukt": 1}
    assert [failure["reason"] for failure in rounds.failures()] == [reason]
    assert positions(rounds)["syncfeed Document"] == "1"
    kamer.resource(FILE, PDF)
    rounds.clock.sleep(3700)
    assert sum(go(rounds).values()) == 1
    assert "kst/37020-IX/kst-37020-IX-40.pdf" in rounds.files()
    assert rounds.failures() == []


def test_a_paper_that_is_a_word_file_is_not_taken(kamer: Feed, rounds: Rounds) -> None:
    kamer.add("Document", DOC, {"soort": "Convocatie"}, media="application/msword")
    assert go(rounds) == {}


def test_the_position_is_not_ahead_of_what_is_safe(
    site: Site, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed every few requests: in the end all is there, and nothing is left to do."""
    kamer = Feed(site, size=2)
    for sub in range(40, 44):
        kamer.motion(sub)
    real = Client._get
    left = [0]

    def killed(client: Client, url: str, headers: Mapping[str, str], *a: int, **o: bool) -> Answer:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(client, url, headers, *a, **o)

    monkeypatch.setattr(Client, "_get", killed)
    kills = 0
    for _ in range(40):
        left[0] = 3 + kills % 6  # the ends of five categories take five requests
        try:
            go(rounds)
            break
        except KeyboardInterrupt:
            kills += 1
    assert kills > 3
    assert sorted(n for n in rounds.files() if n.endswith(".pdf")) == [
        f"kst/37020-IX/kst-37020-IX-{sub}.pdf" for sub in range(40, 44)
    ]
    left[0] = 100
    assert go(rounds) == {}


def test_a_page_that_fails_keeps_the_position(site: Site, rounds: Rounds) -> None:
    kamer = Feed(site, size=2)
    for sub in range(40, 45):
        kamer.motion(sub)

    def answer(seen: Seen) -> Reply:
        third = seen.query["category"] == "Document" and seen.query.get("skiptoken") == "4"
        return Reply(status=503) if third else kamer.answer(seen)

    site.routes[FEED] = answer
    report = rounds.run(source="syncfeed")
    assert "status 503" in report.stopped
    assert positions(rounds)["syncfeed Document"] == "4"
    site.routes[FEED] = kamer.answer
    site.seen.clear()
    assert go(rounds) == {"nieuw": 5}
    documents = [s for s in site.asked(FEED) if s.query["category"] == "Document"]
    assert [s.query["skiptoken"] for s in documents] == ["4", "5"]


def test_a_feed_that_goes_round(site: Site, rounds: Rounds) -> None:
    told = entry(site.base, "Kamerstukdossier", DOSSIER, {"nummer": "37020"})
    site.routes[FEED] = lambda seen: Reply(feed(site.base, seen.query["category"], [told], token=7))
    report = rounds.run(source="syncfeed")
    assert "gaat bij Kamerstukdossier niet verder dan 7" in report.stopped
    assert len(site.asked(FEED)) == 2


def test_a_feed_that_never_ends(
    site: Site, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SyncFeed.__init__, "__defaults__", (12,))
    told = entry(site.base, "Kamerstukdossier", DOSSIER, {"nummer": "37020"})
    site.routes[FEED] = lambda seen: Reply(
        feed(site.base, "Kamerstukdossier", [told], token=int(seen.query.get("skiptoken", 0)) + 1)
    )
    report = rounds.run(source="syncfeed")
    assert "nog geen einde" in report.stopped
    assert len(site.asked(FEED)) == 12
    assert positions(rounds)["syncfeed Kamerstukdossier"] == "12"


WRONG = [b"", b"<Error><Message>An error has occurred.</Message></Error>", b"<html>x", b"<feed>"]


@pytest.mark.parametrize("data", WRONG)
def test_answers_that_are_no_feed(site: Site, rounds: Rounds, data: bytes) -> None:
    site.put(FEED, Reply(data, media="text/xml"))
    assert rounds.run(source="syncfeed").stopped
    with pytest.raises(FetchError):
        read_page(data, "http://x")


def test_a_category_that_does_not_exist(site: Site, rounds: Rounds) -> None:
    """It gives an empty feed and no error: that is not the same as nothing new."""
    site.routes[FEED] = lambda seen: Reply(feed(site.base, seen.query["category"], []))
    assert "geen enkel document" in rounds.run(source="syncfeed").stopped


def test_another_selection_looks_at_all_again(kamer: Feed, rounds: Rounds, site: Site) -> None:
    kamer.motion()
    kamer.motion(41)
    assert go(rounds, Selection(words=("kernenergie",))) == {"niet gevraagd": 2}
    site.seen.clear()
    assert go(rounds, Selection(dossiers=("37020",), kinds=("motie",))) == {"nieuw": 2}
    assert len(site.asked(FEED)) == 5  # nothing of the feed is read twice


def test_by_ministry(kamer: Feed, rounds: Rounds) -> None:
    kamer.motion()
    kamer.motion(41)
    kamer.add(
        "DocumentActor", guid(80), {"functie": "Minister van Landbouw en Visserij"},
        {"document": DOC},
    )  # fmt: skip
    assert go(rounds, Selection(ministries=("Landbouw",))) == {"nieuw": 1, "niet gevraagd": 1}


def test_a_dry_run_reads_the_feed_and_no_papers(kamer: Feed, rounds: Rounds, site: Site) -> None:
    kamer.motion()
    report = rounds.run(source="syncfeed", dry=True)
    assert (counts(report), report.files) == ({"nieuw": 1}, 2)
    assert set(site.paths) == {FEED}
    assert go(rounds) == {"nieuw": 1}


def test_links_of_entries_are_enough(site: Site) -> None:
    """Feeds were seen whose next link stands in each entry and not in the feed."""
    told = [entry(site.base, "Document", guid(n), token=n) for n in (5, 6)]
    assert read_page(feed(site.base, "Document", told), "x").token == "6"


def test_enclosures_of_elsewhere_are_refused(site: Site, rounds: Rounds) -> None:
    kamer = Feed(site)
    told = entry("http://voorbeeld.nl", "Document", DOC, {"soort": "Motie"}, media="text/x")
    kamer.entries["Document"] = [told.replace("text/x", "application/pdf")]
    assert go(rounds) == {"mislukt": 1}
    assert [failure["reason"] for failure in rounds.failures()] == ["adres geweigerd"]


@pytest.mark.shared
def test_names_are_those_of_the_schema(shared: Path) -> None:
    """Every element that is asked for is in the Kamer's own schema."""
    folder = shared / "sources" / "syncfeed"
    wanted = {
        "document": (
            "soort documentNummer titel onderwerp datum volgnummer vergaderjaar aanhangselnummer"
            " datumOntvangst huidigeDocumentVersie kamerstukdossier"
        ),
        "documentversie": "externeidentifier document",
        "documentpublicatie": "documentType documentVersie",
        "documentpublicatiemetadata": "documentType documentVersie",
        "documentactor": "functie document",
        "kamerstukdossier": "titel nummer toevoeging hoogsteVolgnummer",
        "base": "verwijderd bijgewerkt contentType",
    }
    for schema, names in wanted.items():
        text = (folder / f"tkData-v1-0-{schema}.xsd").read_text("utf-8-sig")
        assert [name for name in names.split() if f'name="{name}"' not in text] == []
