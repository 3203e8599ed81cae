"""Real set-ups that are broken, each in one way: what `doctor` says, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.cli import main
from indexer.doctor import model
from indexer.doctor.model import Tried
from indexer.engine.fields import digests
from indexer.engine.publishing import generation
from indexer.engine.publishing.disk import Lock
from indexer.engine.publishing.manifest import MANIFEST, pack, read_manifest
from tests.conftest import typeset
from tests.engine.published import generations

Row = dict[str, str]


@pytest.fixture(name="built", scope="module")
def made_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of two papers and a file that is none, in two generations."""
    folder = tmp_path_factory.mktemp("built")
    papers, location = folder / "papers", folder / "index"
    papers.mkdir()
    (papers / "geen.pdf").write_text("dit is geen pdf")
    for name in ("a", "b"):
        typeset(papers / f"{name}.pdf", [f"Over de dijkverzwaring bij {name}."] * 9)
        build = ["build", str(papers), "--index", str(location), "--workers", "1", "--ocr", "off"]
        assert main(build) == 3
    return location


@pytest.fixture(name="location")
def copied(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy that may be broken, without variables of ours; the model is not loaded."""
    monkeypatch.setattr(model, "in_own_process", lambda: Tried(None, 0.4, 0.006))
    for name in [name for name in os.environ if name.startswith("KAMERZOEK_")]:
        monkeypatch.delenv(name)
    return Path(shutil.copytree(built, tmp_path / "index"))


def doctor(location: Path | str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[Row]]:
    capsys.readouterr()
    code = main(["doctor", str(location), "--json"])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["sound"] == (code == 0)
    return code, told["findings"]


def about(rows: list[Row], level: str) -> set[str]:
    return {row["about"] for row in rows if row["level"] == level}


def test_a_sound_set_up(location: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, rows = doctor(location, capsys)
    assert code == 0
    assert about(rows, "fout") == set()
    assert "pakketten" in {row["about"] for row in rows}  # run from a folder it says to install
    assert {"python", "klok", "opslag", "index", "schijf"} <= about(rows, "goed")
    (failed,) = [row for row in rows if row["about"] == "mislukt"]
    assert "1 bestanden werden niet gelezen (1× " in failed["what"]
    assert "--retry-failed" in failed["advice"]


def current(location: Path) -> Path:
    return generation.current_path(location)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def no_pointer(location: Path) -> None:
    (location / "CURRENT").unlink()


def bad_pointer(location: Path) -> None:
    (location / "CURRENT").write_bytes(b"\0" * 36)


def gone(location: Path) -> None:
    shutil.rmtree(current(location))


def short(location: Path) -> None:
    path = current(location) / "tables.json"
    path.write_bytes(path.read_bytes()[:-1])


def flipped(location: Path) -> None:
    flip(max(current(location).rglob("*.kzp")))


def extra(location: Path) -> None:
    (current(location) / "whoosh" / "x").touch()


def flipped_older(location: Path) -> None:
    older = location / "generations" / generations(location)[0]
    flip(older / "contents" / "000001.json")


def told_otherwise(path: Path, **changes: object) -> None:
    changed = replace(read_manifest(path), **changes)  # type: ignore[arg-type]
    (path / MANIFEST).write_bytes(pack(changed))


def other_version(location: Path) -> None:
    told_otherwise(current(location), fingerprint="0" * 16)


def of_before(location: Path) -> None:
    told_otherwise(current(location), fingerprint="0" * 16, extra={})


def other_fields(location: Path) -> None:
    """As made by a version that had a field `colour`, no `scanned`, and another `title`."""
    made = digests() | {"colour": "00000000", "title": "00000000"}
    made.pop("scanned")
    told_otherwise(current(location), fingerprint="0" * 16, extra={"fields": made})


def from_the_future(location: Path) -> None:
    told_otherwise(current(location), built="2999-01-01T00:00:00+00:00")


def garbage(location: Path) -> None:
    folder = location / "generations" / "g29990101T000000Z-0001"
    folder.mkdir()
    (folder / "half").write_text("x")


def scratch(location: Path) -> None:
    (location / "store" / "new").mkdir(exist_ok=True)
    (location / "store" / "new" / "ledger.json.host.1.new").write_text("x")


def bad_papers(location: Path) -> None:
    for path in (location / "store").rglob("*.json.gz"):
        path.write_bytes(b"broken")


def bad_ledger(location: Path) -> None:
    (location / "store" / "ledger.json").write_text("[")


def bad_failures(location: Path) -> None:
    (location / "store" / "failures.jsonl").write_text("{")


def slow_failures(location: Path) -> None:
    row = {"path": "x.pdf", "reason": "tijd"}
    (location / "store" / "failures.jsonl").write_text(json.dumps(row) + "\n")


def bad_register(location: Path) -> None:
    (location / "register.json").write_text("{")


def a_file(location: Path) -> None:
    shutil.rmtree(location)
    location.write_text("x")


def nothing(location: Path) -> None:
    shutil.rmtree(location)


BROKEN: list[tuple[Callable[[Path], None], int, str, str, str, str]] = [
    # how it is broken, exit code, level, about, what is said, what to do
    (nothing, 0, "let op", "index", "er is geen index", "python -m indexer build MAP"),
    (a_file, 1, "fout", "map", "is geen map", "Kies een andere plaats"),
    (no_pointer, 0, "let op", "index", "er is geen index", "python -m indexer build MAP"),
    (bad_pointer, 1, "fout", "index", "de wijzer naar de index", "--fresh"),
    (gone, 1, "fout", "index", "er is geen index", "python -m indexer build MAP"),
    (short, 1, "fout", "schade", "tables.json is", "rollback"),
    (flipped, 1, "fout", "schade", "de controlesom klopt niet", "--fresh, of ga terug naar g"),
    (extra, 1, "fout", "schade", "staat niet in MANIFEST.json", "--fresh"),
    (flipped_older, 0, "let op", "schade", "de vorige generatie", "Terug daarheen kan niet"),
    (other_version, 1, "fout", "versie", "past niet bij deze versie", "indexer build MAP"),
    (other_version, 1, "fout", "versie", "de velden zijn dezelfde, de vorm", "indexer build MAP"),
    (of_before, 1, "fout", "versie", "welk veld anders is staat niet", "indexer build MAP"),
    (other_fields, 1, "fout", "versie", "velden nieuw: scanned; niet meer: colour; anders: title",
     "indexer build MAP"),
    (from_the_future, 0, "let op", "klok", "de index is van 2999", "timedatectl"),
    (garbage, 0, "let op", "afval", "niet gepubliceerd, of teruggezet", "ruimt ze op"),
    (scratch, 0, "let op", "afval", "1 halve bestanden", "De volgende bouw ruimt ze op"),
    (bad_papers, 0, "let op", "opslag", "beschadigd", "leest die PDF's opnieuw"),
    (bad_ledger, 0, "let op", "opslag", "het kasboek", "maakt het opnieuw"),
    (bad_failures, 0, "let op", "mislukt", "niet te lezen", "maakt de lijst opnieuw"),
    (slow_failures, 0, "let op", "mislukt", "1× tijd", "--retry-failed --limit-seconds 60"),
    (bad_register, 0, "let op", "register", "niet te lezen", "Bouw opnieuw met de map"),
]  # fmt: skip


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case[0].__name__)
def test_broken_set_ups(
    location: Path,
    capsys: pytest.CaptureFixture[str],
    case: tuple[Callable[[Path], None], int, str, str, str, str],
) -> None:
    damage, code, level, word, what, advice = case
    damage(location)
    found, rows = doctor(location, capsys)
    assert found == code, rows
    assert any(
        row["level"] == level
        and row["about"] == word
        and what in row["what"]
        and advice in row["advice"]
        for row in rows
    ), rows
    assert all(row["advice"] for row in rows)


@pytest.mark.parametrize(
    "case",
    [
        ("KAMERZOEK_TREADS", 0, "Bedoelde u KAMERZOEK_THREADS?"),
        ("KAMERZOEK_THREADS", 1, "Verbeter de waarde"),
    ],
)
def test_variables_of_the_environment(
    location: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[str, int, str],
) -> None:
    name, code, part = case
    monkeypatch.setenv(name, "veel")
    found, rows = doctor(location, capsys)
    assert found == code
    assert any(row["about"] == "omgeving" and part in row["advice"] for row in rows)


def test_who_writes_is_named(location: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index, store = Lock(location / "lock", "x"), Lock(location / "store" / "lock", "x")
    garbage(location)  # what is being written is no garbage
    try:
        code, rows = doctor(location, capsys)
    finally:
        index.release()
        store.release()
    named = [row["what"] for row in rows if row["about"] == "slot"]
    assert code == 0
    assert len(named) == 2
    assert all(f"proces {os.getpid()} op" in what for what in named)
    assert not any("afval" in row["about"] for row in rows)
    assert not [row for row in doctor(location, capsys)[1] if row["about"] == "slot"]


HOLD = """
import fcntl, os, socket, subprocess, sys
file = open(sys.argv[1], "a+")
fcntl.flock(file, fcntl.LOCK_EX)
file.truncate(0)
file.write(f"proces {os.getpid()} op {socket.gethostname()} (sinds 2026-11-25 12:00:00 UTC)")
file.flush()
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
child = subprocess.Popen(["sleep", "60"], pass_fds=[file.fileno()], **quiet)
print(os.getpid(), child.pid, flush=True)
os._exit(0)
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for a process in /proc")
def test_a_lock_whose_owner_died_is_told(
    location: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A child that inherited the lock keeps it: ours let it go, but not all programs are ours."""
    command = [sys.executable, "-c", HOLD, str(location / "lock")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    owner, child = done.stdout.split()
    try:
        _, rows = doctor(location, capsys)
    finally:
        os.kill(int(child), signal.SIGKILL)
    (told,) = [row for row in rows if row["about"] == "slot"]
    assert f"proces {owner} op" in told["what"]
    assert "dat proces is er niet meer" in told["what"]


@pytest.mark.parametrize(
    "case",
    [(os.W_OK, 0, "let op", "Genoeg om te zoeken"), (os.R_OK, 1, "fout", "het recht om te lezen")],
)
def test_rights(
    location: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[int, int, str, str],
) -> None:
    """By what the system answers: tests run as root too, who may do everything."""
    refused, code, level, advice = case
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & refused)
    found, rows = doctor(location, capsys)
    assert found == code
    assert any((row["about"], row["level"]) == ("rechten", level) for row in rows)
    assert any(advice in row["advice"] for row in rows)


def test_words_for_people(location: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flipped(location)
    capsys.readouterr()
    assert main(["doctor", str(location)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith("1 fout en ")
    assert lines[-3].startswith("fout    ")
    assert lines[-2].strip().startswith("→ Bouw opnieuw")


def test_a_cluster_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    code, rows = doctor("opensearch+http://127.0.0.1:9/naam", capsys)
    assert code == 1
    assert any("Controleer of het draait" in row["advice"] for row in rows)
    code, rows = doctor("opensearch+http://127.0.0.1/naam", capsys)
    assert code == 1
    assert any("is geen plaats van een index" in row["advice"] for row in rows)
