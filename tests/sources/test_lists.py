"""Lists of numbers and addresses, and folders that somebody else fills."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.sources.corpus import Corpus, folder_of, safe_name
from indexer.sources.endpoints import Endpoints
from indexer.sources.errors import StopError
from indexer.sources.ids import asked, read_list
from indexer.sources.item import Described, Item, Remote, packed, unpacked
from indexer.sources.selection import Selection
from tests.sources.composed import official_motion, pdf
from tests.sources.rounds import Rounds, counts
from tests.sources.site import Reply, Seen, Site

PDF = pdf("Motie over de bietencampagne")

ASKED = [
    # (what a person gives, the names of the papers, the numbers that are looked up)
    ("kst-36200-VII-12", ["kst-36200-VII-12"], []),
    ("36 200 VII, nr. 12", ["kst-36200-VII-12"], []),
    ("kst-20032004-29200-1", ["kst-20032004-29200-1"], []),
    ("kst-29293-1-h1", ["kst-29293-1-h1"], []),
    ("ah-tk-20222023-3649", ["ah-tk-20222023-3649"], []),
    ("blg-929493", ["blg-929493"], []),
    ("h-tk-20242025-87-15", ["h-tk-20242025-87-15"], []),
    ("https://zoek.officielebekendmakingen.nl/kst-36200-VII-12.html", ["kst-36200-VII-12"], []),
    ("https://zoek.officielebekendmakingen.nl/blg-929493.pdf", ["blg-929493"], []),
    ("2025D05549", [], ["2025D05549"]),
    ("https://www.tweedekamer.nl/kamerstukken/detail?id=2026Z1&did=2026D48192", [], ["2026D48192"]),
]


@pytest.mark.parametrize(("word", "names", "numbers"), ASKED)
def test_what_is_asked(word: str, names: list[str], numbers: list[str]) -> None:
    found = asked([word, word], Endpoints())
    assert [item.name for item in found.items] == names
    assert list(found.numbers) == numbers


@pytest.mark.parametrize("word", ["stikstof", "../../etc/passwd", "kst-", "", "ftp://x/kst.pdf"])
def test_what_is_nothing(word: str) -> None:
    with pytest.raises(StopError, match="geen nummer van een stuk"):
        asked([word], Endpoints())


def test_a_list_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "lijst.txt"
    path.write_text("# mijn lijst\nkst-36200-VII-12\n\nblg-929493  # bijlage\n")
    assert read_list(path) == ["kst-36200-VII-12", "blg-929493"]
    with pytest.raises(StopError, match="niet te lezen"):
        read_list(tmp_path / "weg.txt")


def tagged(site: Site, path: str, body: bytes, media: str) -> None:
    """Answer a path with a tag, and by that tag with 304."""
    site.routes[path] = lambda seen: (
        Reply(status=304)
        if seen.headers.get("if-none-match") == '"1"'
        else Reply(body, media=media, headers={"ETag": '"1"'})
    )


def test_a_paper_by_its_number(site: Site, rounds: Rounds) -> None:
    """Its metadata may be missing; what did not change is not sent again."""
    tagged(site, "/ob/kst-37020-IX-40.pdf", PDF, "application/pdf")
    tagged(site, "/ob/kst-37020-IX-40.xml", official_motion(), "text/xml")
    assert counts(rounds.run(words=("37 020 IX, nr. 40",))) == {"nieuw": 1}
    base = "kst/37020-IX/kst-37020-IX-40"
    assert list(rounds.files()) == [f"{base}.pdf", f"{base}.xml"]
    site.seen.clear()
    assert counts(rounds.run(words=("kst-37020-IX-40",))) == {"bekend": 1}
    sent: list[Seen] = site.asked("/ob/kst-37020-IX-40.pdf")
    assert [seen.headers.get("if-none-match") for seen in sent] == ['"1"']
    (rounds.folder / f"{base}.pdf").unlink()  # thrown away here: then it is asked for again
    rounds.run(words=("kst-37020-IX-40",))
    assert rounds.files()[f"{base}.pdf"] == PDF


def test_a_paper_with_no_pdf_but_xml(site: Site, rounds: Rounds) -> None:
    site.put("/ob/kst-37020-IX-40.xml", Reply(official_motion(), media="text/xml"))
    assert counts(rounds.run(words=("kst-37020-IX-40",))) == {"mislukt": 1}
    assert list(rounds.files()) == ["kst/37020-IX/kst-37020-IX-40.xml"]


def test_a_number_that_does_not_exist(site: Site, rounds: Rounds) -> None:
    assert counts(rounds.run(words=("kst-37020-IX-99",))) == {"mislukt": 1}
    assert rounds.files() == {}
    assert rounds.failures()[0]["reason"] == "niet gevonden"


def test_an_address(site: Site, rounds: Rounds) -> None:
    site.put("/kamer/downloads/document", PDF)
    rounds.run(words=(f"{site.base}/kamer/downloads/document?id=x1",))
    names = list(rounds.files())
    assert len(names) == 1
    assert names[0].startswith("overig/document-id-x1-")


SAFE = [
    # (a name from elsewhere, whether it stays as it is)
    ("kst-36200-VII-12", True),
    ("kst-36027-(R2160)-13", True),
    ("a.b-1", True),
    ("../x", False),
    ("a/b", False),
    ("a..b", False),
    (".verborgen", False),
    ("nul\0byte", False),
    ("x" * 300, False),
    ("", False),
    ("ë", False),
    ("CON\n", False),
]


@pytest.mark.parametrize(("name", "stays"), SAFE)
def test_names_are_safe(name: str, stays: bool, tmp_path: Path) -> None:
    safe = safe_name(name)
    assert (safe == name) is stays
    path = Corpus(tmp_path).path(safe, ".pdf").resolve()
    assert path.is_relative_to(tmp_path.resolve())
    assert len(path.name) < 140
    assert safe_name(name) == safe
    assert folder_of(safe).parts[0] not in ("..", "/")


def test_items_survive_being_kept() -> None:
    item = Item(
        "sru:x", "x", "1", (Remote(".pdf", "http://x/y"),), b"\xff<a/>", ".metadata.xml",
        Described("motie", ("Financiën",), ("36200-VII",), title="Over bieten"),
    )  # fmt: skip
    assert unpacked(packed(item)) == item


def test_a_folder(site: Site, rounds: Rounds, tmp_path: Path) -> None:
    """Copied under the official name where a record has it; what is gone goes here too."""
    share = tmp_path / "share"
    (share / "sub").mkdir(parents=True)
    (share / "een.pdf").write_bytes(PDF)
    (share / "een.xml").write_bytes(official_motion())
    (share / "sub" / "brief.pdf").write_bytes(pdf("Brief"))
    (share / "kapot.pdf").write_bytes(b"<html>")
    (tmp_path / "buiten.pdf").write_bytes(PDF)
    (share / "naar-buiten.pdf").symlink_to(tmp_path / "buiten.pdf")
    assert counts(rounds.run(local=share)) == {"nieuw": 2, "mislukt": 1}
    names = list(rounds.files())
    assert names[:2] == ["kst/37020-IX/kst-37020-IX-40.pdf", "kst/37020-IX/kst-37020-IX-40.xml"]
    assert len(names) == 3
    assert names[2].startswith("overig/sub-brief-")
    assert counts(rounds.run(local=share))["bekend"] == 2
    (share / "sub" / "brief.pdf").unlink()
    assert counts(rounds.run(local=share))["verwijderd"] == 1
    assert site.seen == []


def test_a_folder_by_kind(rounds: Rounds, tmp_path: Path) -> None:
    (tmp_path / "een.pdf").write_bytes(PDF)
    (tmp_path / "een.xml").write_bytes(official_motion())
    (tmp_path / "twee.pdf").write_bytes(PDF)
    found = counts(rounds.run(Selection(kinds=("motie",)), local=tmp_path))
    assert found["nieuw"] == 1


def test_no_folder(rounds: Rounds, tmp_path: Path) -> None:
    assert "is geen map" in rounds.run(local=tmp_path / "weg").stopped
