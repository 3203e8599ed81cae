"""A fetch that is killed: what it said to have is there, whole, and the next one has the rest."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.sources.fetching import STATE
from tests.conftest import ROOT
from tests.sources.composed import official_motion, printed_motion, sru_page, sru_record
from tests.sources.site import Reply, Site

PAPERS = 40


def offer(site: Site) -> dict[str, bytes]:
    """Publish motions, slowly enough to be killed among them; return their files."""
    files: dict[str, bytes] = {}
    records = []
    for number in range(1, PAPERS + 1):
        name = f"kst-37020-IX-{number}"
        where = f"/frbr/officielepublicaties/{name}/1"
        for kind, body in (("pdf", printed_motion(number)), ("xml", official_motion(name))):
            files[f"kst/37020-IX/{name}.{kind}"] = body
            site.routes[f"{where}/{kind}/{name}.{kind}"] = lambda _, body=body: slowly(body)  # type: ignore[misc]
        records.append(sru_record(site.base, name, number=str(number)))
    site.put("/sru", sru_page(records, count=PAPERS))
    return files


def slowly(body: bytes) -> Reply:
    time.sleep(0.004)
    return Reply(body)


def said(folder: Path) -> set[str]:
    """Return the names of the papers that the state says are here."""
    path = folder / ".kamerzoek" / STATE
    if not path.exists():
        return set()
    db = sqlite3.connect(path)
    try:
        return {row[0] for row in db.execute("SELECT name FROM item WHERE reason = ''")}
    except sqlite3.OperationalError:  # killed before there were tables
        return set()
    finally:
        db.close()


def until(site: Site, requests: int, child: subprocess.Popen[bytes]) -> None:
    """Wait until so many requests were seen, or the child is done."""
    while len(site.seen) < requests and child.poll() is None:
        time.sleep(0.001)


@pytest.mark.parametrize(
    "rounds", [8, pytest.param(60, marks=pytest.mark.soak)], ids=["few", "many"]
)
def test_killed_at_any_moment(site: Site, tmp_path: Path, rounds: int) -> None:
    seed = random.randrange(1 << 30)
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    files = offer(site)
    command = [sys.executable, "-m", "indexer", "fetch", "", "--dossier", "37020-IX"]
    command += ["--budget=10000/1", *site.options]
    amid = 0
    for number in range(rounds):
        folder = tmp_path / f"stukken{number // 3}"  # each folder is killed three times
        command[4] = str(folder)
        child = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until(site, len(site.seen) + chance.randrange(2, 2 * PAPERS), child)
        child.kill()
        child.wait()
        here = said(folder)
        amid += 0 < len(here) < PAPERS
        for name in here:
            for kind in ("pdf", "xml"):
                path = f"kst/37020-IX/{name}.{kind}"
                assert (folder / path).read_bytes() == files[path]
        for pdf in folder.rglob("*.pdf"):
            assert pdf.read_bytes() == files[pdf.relative_to(folder).as_posix()]
    assert amid > rounds // 4, f"{amid} of {rounds} kills fell among the papers"
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(said(folder)) == PAPERS
    assert not list((folder / ".kamerzoek" / "new").iterdir())
