"""A disk that is really full, and a file that may not grow: the old generation answers (SAFETY).

A small disk in memory is mounted within a mount space of its own, where that is allowed (root, or
user namespaces); everywhere a process can be kept from writing large files (`ulimit -f`).
"""

from __future__ import annotations

import functools
import json
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.engine.locate import engine_for
from indexer.engine.publishing import generation
from tests.conftest import ROOT
from tests.faults import tell

SEED = 20261125
SIZES_KB = (400, 500, 600, 700, 850, 1000, 1200, 1400)
"""The smaller refuse at an earlier step: the store, Whoosh's segment, our arrays, the manifest."""

ON_A_SMALL_DISK = """
set -eu
mount -t tmpfs -o size="$1"k tmpfs "$2"
shift
"$2" -m indexer build "$3" --index "$1/index" --workers 1 >&2
cat "$1/index/CURRENT"
code=0
"$2" -m indexer build "$4" --index "$1/index" --workers 1 >&2 || code=$?
echo "exit $code"
cat "$1/index/CURRENT"
"$2" -m indexer check "$1/index"
ls "$1/index/generations" | wc -l
"$2" -m indexer doctor "$1/index" > "$5" || true
"$2" -m indexer build "$3" --index "$1/index" --workers 1 >&2
"$2" -m indexer check "$1/index"
"""


@functools.cache
def can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture(name="lists", scope="module")
def made_lists(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a small list of papers and a large one, of words that no compression makes small."""
    folder, chance = tmp_path_factory.mktemp("lists"), random.Random(SEED)
    small, large = folder / "small.jsonl", folder / "large.jsonl"
    rows = [{"id": f"a{n}", "text": f"Tekst {n} over stikstof."} for n in range(3)]
    small.write_text("".join(json.dumps(row) + "\n" for row in rows))
    words = ["".join(chance.choices("abcdefghijklmnop", k=9)) for _ in range(20_000)]
    rows += [{"id": f"p{n}", "text": " ".join(chance.choices(words, k=300))} for n in range(120)]
    large.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return small, large


@pytest.mark.skipif(not can_mount(), reason="needs the right to mount a small disk (unshare -rm)")
@pytest.mark.parametrize("sizes", [SIZES_KB[3:4], pytest.param(SIZES_KB, marks=pytest.mark.soak)])
def test_a_disk_that_is_really_full(
    tmp_path: Path, lists: tuple[Path, Path], sizes: tuple[int, ...]
) -> None:
    small, large = lists
    for size in sizes:
        disk = tmp_path / f"{size}"
        disk.mkdir()
        report = tmp_path / f"{size}.doctor"
        arguments = [size, disk, sys.executable, small, large, report]
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", ON_A_SMALL_DISK, "sh", *map(str, arguments)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        first, code, second, sound, count, again = done.stdout.splitlines()
        assert code == "exit 1", done.stderr
        assert first == second
        assert sound.startswith("In orde")
        assert int(count) == 1  # nothing of the draft is left
        assert again.startswith("In orde")
        assert "de schijf is vol. Maak ruimte" in done.stderr
        assert "Traceback" not in done.stderr
        assert "is vol" in report.read_text("utf-8")
    tell(
        "A real full disk",
        bar="the old generation answers, a sentence says what to do, nothing is left",
        done=f"tmpfs of {', '.join(map(str, sizes))} kB",
        effective=f"{len(sizes)} builds refused",
        seed=SEED,
    )


def limited(kilobytes: int) -> Callable[[], None]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes << 10, kilobytes << 10))

    return limit


@pytest.mark.parametrize("kilobytes", [40, pytest.param(150, marks=pytest.mark.soak)])
def test_a_file_that_may_not_grow(tmp_path: Path, lists: tuple[Path, Path], kilobytes: int) -> None:
    location = tmp_path / "index"
    small, large = lists
    command = [sys.executable, "-m", "indexer", "build", "--index", str(location), "--workers", "1"]
    subprocess.run([*command, str(small)], cwd=ROOT, capture_output=True, check=True)
    before = generation.current(location)
    refused = subprocess.run(
        [*command, str(large)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited(kilobytes),
    )
    assert refused.returncode == 1
    assert "Verhoog de grens (ulimit -f)" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert generation.current(location) == before
    assert engine_for(str(location)).check(str(location)) == ()
    assert len(list((location / "generations").iterdir())) == 1
    subprocess.run([*command, str(large)], cwd=ROOT, capture_output=True, check=True)
    assert engine_for(str(location)).check(str(location)) == ()
