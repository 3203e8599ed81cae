"""OData: filters, pages, positions, deletions, renamed attributes, and errors that say why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.sources.errors import StopError
from indexer.sources.odata_names import V4, Names, missing_names, named_otherwise
from indexer.sources.selection import Selection
from tests.sources.composed import guid, official_motion, pdf, row, rows
from tests.sources.rounds import Rounds, counts
from tests.sources.site import Reply, Seen, Site

PDF = pdf("Motie over de bietencampagne")
BASE = "/OData/v4/2.0"
DOCUMENT = f"{BASE}/Document"
METADATA = (
    "<edmx:Edmx xmlns:edmx='x'><EntityType Name='Document'><Property Name='Id'/>"
    "<Property Name='Onderwerp'/></EntityType></edmx:Edmx>"
)


def publish(site: Site, *numbers: int) -> None:
    """Put the PDF and XML of documents on the site."""
    for number in numbers:
        xml, printed = guid(number * 100), guid(number * 100 + 1)
        site.put(f"{BASE}/DocumentPublicatie({xml})/resource", official_motion())
        site.put(f"{BASE}/DocumentPublicatie({printed})/resource", PDF)


def go(rounds: Rounds, selection: Selection = Selection(), **how: Any) -> dict[str, int]:  # noqa: B008
    return counts(rounds.run(selection, source="odata", **how))


def test_a_document_with_its_publications(site: Site, rounds: Rounds) -> None:
    site.put(DOCUMENT, rows([row(1)], count=1))
    publish(site, 1)
    assert go(rounds) == {"nieuw": 1}
    base = "kst/37020-IX/kst-37020-IX-40"
    assert list(rounds.files()) == [f"{base}.json", f"{base}.pdf", f"{base}.xml"]
    query = site.asked(DOCUMENT)[0].query
    assert "$top" not in query  # with it the service leaves the next link out
    assert query["$orderby"] == "ApiGewijzigdOp,Id"
    assert query["$filter"] == "Verwijderd eq false"
    assert "HuidigeDocumentVersie($expand=DocumentPublicatie," in query["$expand"]


FILTERS = [
    # (what is wanted, what stands in the filter)
    (Selection(kinds=("uitstel",)), "Soort eq 'Mededeling (uitstel antwoord)'"),
    (Selection(kinds=("motie",)), "(Soort eq 'Motie' or Soort eq 'Motie (gewijzigd/nader)')"),
    (
        Selection(dossiers=("36200-VII",)),
        "Kamerstukdossier/any(d: d/Nummer eq 36200 and d/Toevoeging eq 'VII')",
    ),
    (Selection(dossiers=("29689",)), "Kamerstukdossier/any(d: d/Nummer eq 29689)"),
    (Selection(sessions=("2023-2024",)), "Vergaderjaar eq '2023-2024'"),
    (
        Selection(ministries=("Financiën",)),
        "DocumentActor/any(a: contains(a/Functie,'Financiën'))",
    ),
    (Selection(words=("D'Hondt",)), "contains(tolower(Onderwerp),'d''hondt')"),
    (
        Selection(since="2024-01-31", until="2024-02-29"),
        "Datum ge 2024-01-31T00:00:00Z and Datum lt 2024-03-01T00:00:00Z",
    ),
]


@pytest.mark.parametrize(("selection", "part"), FILTERS)
def test_filters(site: Site, rounds: Rounds, selection: Selection, part: str) -> None:
    site.put(DOCUMENT, rows([]))
    go(rounds, selection)
    assert part in site.asked(DOCUMENT)[0].query["$filter"]


def test_pages_and_the_next_round(site: Site, rounds: Rounds) -> None:
    found = [
        row(n, official=f"kst-37020-IX-{n}", changed=f"2026-11-1{n}T00:00:00Z") for n in (1, 2)
    ]
    publish(site, 1, 2, 3)
    onwards = f"{site.base}{DOCUMENT}?$skip=1"

    def answer(seen: Seen) -> Reply:
        if "$skip" in seen.query:
            return Reply(rows(found[1:]))
        return Reply(rows(found[:1], count=2, onwards=onwards))

    site.routes[DOCUMENT] = answer
    assert go(rounds) == {"nieuw": 2}
    site.seen.clear()
    gone = {"Id": guid(1), "Verwijderd": True, "ApiGewijzigdOp": "2026-11-15T00:00:00Z"}
    fresh = row(3, official="kst-37020-IX-3", changed="2026-11-16T00:00:00Z")
    site.put(DOCUMENT, rows([found[1], gone, fresh], count=3))
    assert go(rounds) == {"bekend": 1, "verwijderd": 1, "nieuw": 1}
    assert site.asked(DOCUMENT)[0].query["$filter"] == "ApiGewijzigdOp ge 2026-11-12T00:00:00Z"
    assert {name.partition(".")[0] for name in rounds.files()} == {
        "kst/37020-IX/kst-37020-IX-2", "kst/37020-IX/kst-37020-IX-3",
    }  # fmt: skip


def test_a_page_that_fails_keeps_the_position(site: Site, rounds: Rounds) -> None:
    publish(site, 1)
    first = rows([row(1)], count=2, onwards=f"{site.base}{DOCUMENT}?$skip=1")
    site.put(DOCUMENT, Reply(first), Reply(status=503))
    report = rounds.run(source="odata")
    assert report.stopped
    assert counts(report) == {"nieuw": 1}
    site.put(DOCUMENT, rows([row(1)]))
    site.seen.clear()
    assert go(rounds) == {"bekend": 1}
    assert site.asked(DOCUMENT)[0].query["$filter"].startswith("ApiGewijzigdOp ge 2026-11-19")


def test_a_next_link_of_elsewhere_is_refused(site: Site, rounds: Rounds) -> None:
    publish(site, 1)
    site.put(DOCUMENT, rows([row(1)], onwards="http://voorbeeld.nl/meer"))
    assert "geen adres van een bekende bron" in rounds.run(source="odata").stopped


def test_files_of_a_document_that_is_not_published(site: Site, rounds: Rounds) -> None:
    site.put(DOCUMENT, rows([row(1, official="", sub=-1, files=())]))
    site.put(f"{DOCUMENT}({guid(1)})/resource", PDF)
    assert go(rounds) == {"nieuw": 1}
    assert list(rounds.files()) == ["tk/2026/2026D00001.json", "tk/2026/2026D00001.pdf"]


def test_a_word_file_is_not_taken(site: Site, rounds: Rounds) -> None:
    site.put(DOCUMENT, rows([row(1, files=(), media="application/msword")]))
    assert go(rounds) == {}


def test_renamed_attributes(site: Site, rounds: Rounds, tmp_path: Path) -> None:
    """Another version with other names is a file of names away."""
    path = tmp_path / "names.json"
    path.write_text(json.dumps({"kind": "Documentsoort", "changed": "BijgewerktOp"}))
    names = named_otherwise(V4, path)
    told = row(1)
    told["Documentsoort"] = told.pop("Soort")
    told["BijgewerktOp"] = told.pop("ApiGewijzigdOp")
    site.put(DOCUMENT, rows([told]))
    publish(site, 1)
    assert go(rounds, Selection(kinds=("motie",)), names=names) == {"nieuw": 1}
    query = site.asked(DOCUMENT)[0].query
    assert query["$orderby"] == "BijgewerktOp,Id"
    assert "Documentsoort eq 'Motie'" in query["$filter"]


@pytest.mark.parametrize("text", ["[]", "{", '{"soort": "Kind"}'])
def test_names_that_are_wrong(tmp_path: Path, text: str) -> None:
    path = tmp_path / "names.json"
    path.write_text(text)
    with pytest.raises(StopError):
        named_otherwise(V4, path)


def test_a_refusal_says_which_names_are_unknown(site: Site, rounds: Rounds) -> None:
    site.put(DOCUMENT, Reply(b'{"error":{}}', 400))
    site.put(f"{BASE}/$metadata", METADATA.encode())
    told = rounds.run(source="odata").stopped
    assert "status 400" in told
    assert "kent Document, Soort, DocumentNummer" in told
    assert "--odata-names" in told


@pytest.mark.parametrize("body", [b"<html/>", b"[]", b'{"error":{"code":"x"}}', b""])
def test_answers_that_are_no_list(site: Site, rounds: Rounds, body: bytes) -> None:
    site.put(DOCUMENT, body)
    assert rounds.run(source="odata").stopped


def test_numbers_of_the_kamer_in_a_list(site: Site, rounds: Rounds) -> None:
    site.put(DOCUMENT, rows([row(1)]))
    publish(site, 1)
    assert counts(rounds.run(words=("2026D00001",))) == {"nieuw": 1}
    assert "DocumentNummer eq '2026D00001'" in site.asked(DOCUMENT)[0].query["$filter"]


@pytest.mark.shared
def test_the_real_metadata_has_every_name(shared: Path) -> None:
    data = (shared / "sources" / "odata" / "metadata_edmx.xml").read_bytes()
    assert missing_names(V4, data) == ()
    assert missing_names(Names(kind="Kind"), data) == ("Kind",)


@pytest.mark.shared
def test_recorded_documents(site: Site, rounds: Rounds, shared: Path) -> None:
    """Of the recorded rows the PDFs are taken, under the number of the Kamer or of the paper."""
    data = json.loads((shared / "sources" / "odata" / "Document_3_per_Soort.json").read_bytes())
    printed = [r for r in data["value"] if r["ContentType"] == "application/pdf"]
    site.put(DOCUMENT, json.dumps(data).encode())
    for each in printed:
        site.put(f"{DOCUMENT}({each['Id']})/resource", PDF)
    assert go(rounds) == {"nieuw": len(printed)}
    names = [path.rpartition("/")[2] for path in rounds.files() if path.endswith(".pdf")]
    assert len(names) == len(printed)
    assert "ah-tk-20242025-2391.pdf" in names


@pytest.mark.shared
def test_recorded_versions(site: Site, rounds: Rounds, shared: Path) -> None:
    """A recorded document has its official number, PDF, XML and metadata by its version."""
    folder = shared / "sources" / "odata"
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("Zaak_expand_Document_*.json")):
        for each in json.loads(path.read_bytes())["Document"]:
            found[each["Id"]] = each
    site.put(DOCUMENT, rows(list(found.values())))
    for each in found.values():
        version = each["HuidigeDocumentVersie"]
        for kind in ("DocumentPublicatie", "DocumentPublicatieMetadata"):
            for file in version[kind]:
                body = PDF if file["DocumentType"] == "Pdf" else official_motion()
                site.put(f"{BASE}/{kind}({file['Id']})/resource", body)
        site.put(f"{DOCUMENT}({each['Id']})/resource", PDF)
    assert go(rounds) == {"nieuw": len(found)}
    official = {each["HuidigeDocumentVersie"]["ExterneIdentifier"] for each in found.values()}
    names = {path.rpartition("/")[2].removesuffix(".pdf") for path in rounds.files()}
    assert {name for name in official if name} <= names
    assert sum(path.endswith(".metadata.xml") for path in rounds.files()) > 0
