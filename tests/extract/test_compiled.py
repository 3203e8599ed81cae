"""The compiled reader gives what its source gives, and is used only for the source it is of."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from indexer import compiled
from indexer.cli import main
from tests.extract import generated, hostile

TIMED = ("tijd", "geheugen", "afgebroken")
"""Outcomes that depend on how fast and how large a program is."""


def results(listing: Path, *, source: bool) -> dict[str, dict[str, str]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.extract.results", str(listing)],
        env={**os.environ, "KAMERZOEK_SOURCE": "1" if source else "0"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert ("compiled" in Path(told["modules"]).parts) is not source
    found: dict[str, dict[str, str]] = told
    return found


def differing(files: list[Path], scratch: Path) -> list[str]:
    listing = scratch / "files"
    listing.write_text("\n".join(map(str, files)), "utf-8")
    one, other = (results(listing, source=source)["found"] for source in (False, True))
    assert len(one) == len(other) == len(files)
    return [
        Path(name).name
        for name in one
        if one[name] != other[name] and not {one[name], other[name]} & set(TIMED)
    ]


def broken(originals: list[bytes], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    yield from hostile.crafted()
    yield from generated.generated(count, seed)
    yield from islice(hostile.mutated(originals, count, seed), count)


@pytest.mark.compiled
def test_papers_are_read_the_same(sample: Path, tmp_path: Path) -> None:
    assert differing(sorted(sample.rglob("*.pdf")), tmp_path) == []


@pytest.mark.compiled
@pytest.mark.shared
def test_real_papers_are_read_the_same(shared: Path, tmp_path: Path) -> None:
    assert differing(sorted((shared / "papers").rglob("*.pdf")), tmp_path) == []


@pytest.mark.compiled
@pytest.mark.parametrize(
    ("count", "seed"), [(60, 1), pytest.param(2_000, 2, marks=pytest.mark.soak)]
)
def test_broken_files_are_read_the_same(
    sample: Path, tmp_path: Path, count: int, seed: int
) -> None:
    originals = [path.read_bytes() for path in sorted(sample.rglob("*.pdf"))]
    small = [data for data in originals if len(data) < 200_000]
    files = []
    for name, data in broken(small, count, seed):
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(data)
    assert differing(files, tmp_path) == []


@pytest.mark.parametrize(
    ("change", "used"),
    [(None, True), ("rows.py", False), ("sources.sha256", False)],
    ids=["as it was", "a source changed", "no stamp"],
)
def test_used_only_for_its_own_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str | None, used: bool
) -> None:
    root, package = tmp_path / "indexer", "extract"
    shutil.copytree(compiled.ROOT, root, ignore=shutil.ignore_patterns("compiled"))
    folder = compiled.folder(package, root)
    folder.mkdir(parents=True)
    (folder / "sources.sha256").write_text(compiled.of_sources(package, root), "ascii")
    if change == "rows.py":
        (root / package / change).write_text("# another\n", "utf-8")
    elif change is not None:
        (folder / change).unlink()
    monkeypatch.delenv("KAMERZOEK_SOURCE", raising=False)

    assert compiled.places(package, root) == ([str(folder)] if used else [])


def test_without_mypyc_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "places", lambda _: [])
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)

    assert main(["compile"]) == 1

    told = capsys.readouterr().err
    assert "pip install 'kamerzoek[compiled]'" in told
    assert "Zonder dat werkt alles ook" in told
