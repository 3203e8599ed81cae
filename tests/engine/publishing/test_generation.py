"""Publishing: whole or not at all, by one writer, and back again (SAFETY 2).

Kills, faults of the disk and damage are tried on real indexes: `test_kills`, `test_disk_faults`,
`test_damage`.
"""

from __future__ import annotations

import errno
import hashlib
import multiprocessing
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.engine.errors import EngineError, IndexNotFoundError, LockedError
from indexer.engine.publishing import generation
from indexer.engine.publishing.disk import Disk

BUILT = "2026-11-24T00:17:54Z"
COUNTS = {"papers": 3, "passages": 4, "pages": 5}


def fill(draft: generation.Draft, content: str, files: int = 3) -> None:
    (draft.path / "sub").mkdir(exist_ok=True)
    for number in range(files):
        (draft.path / "sub" / f"{number}.seg").write_text(f"{content} {number}\n" * 50)
    (draft.path / "toc").write_text(content)


def publish(location: Path, content: str) -> str:
    draft = generation.begin(location)
    fill(draft, content)
    draft.seal(fingerprint="f", counts=COUNTS, built=BUILT, extra={"a": [1]})
    draft.publish()
    return draft.name


def content(location: Path) -> str:
    path = generation.current_path(location)
    assert generation.verify(path) == ()
    return (path / "toc").read_text()


def names(location: Path) -> list[str]:
    return sorted(path.name for path in (location / "generations").iterdir())


def test_nothing_published(tmp_path: Path) -> None:
    assert generation.current(tmp_path / "new") is None
    with pytest.raises(IndexNotFoundError, match="python -m indexer build"):
        generation.current_path(tmp_path / "new")


def test_publishes_whole_and_keeps_two(tmp_path: Path) -> None:
    made = [publish(tmp_path, f"round {number}") for number in range(4)]
    assert made == sorted(made)
    assert generation.current(tmp_path) == made[-1]
    assert names(tmp_path) == made[-2:]
    assert content(tmp_path) == "round 3"
    manifest = generation.read_manifest(generation.current_path(tmp_path))
    assert (manifest.name, manifest.counts, manifest.extra) == (made[-1], COUNTS, {"a": [1]})
    assert set(manifest.files) == {"toc", "sub/0.seg", "sub/1.seg", "sub/2.seg"}


def test_a_clock_set_back_still_names_in_order(tmp_path: Path) -> None:
    name = publish(tmp_path, "now")
    future = f"g2999{name[5:]}"
    (tmp_path / "generations" / name).rename(tmp_path / "generations" / future)
    check = hashlib.sha256(future.encode()).hexdigest()[:8]
    (tmp_path / "CURRENT").write_text(f"{future} {check}\n")
    assert publish(tmp_path, "later") > future


def test_open_files_of_a_collected_generation_stay_readable(tmp_path: Path) -> None:
    publish(tmp_path, "old")
    with (generation.current_path(tmp_path) / "toc").open() as reader:
        for number in range(3):
            publish(tmp_path, f"new {number}")
        assert reader.read() == "old"


def test_adopts_by_link_and_keeps_the_checksum(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    old = generation.current_path(tmp_path)
    draft = generation.begin(tmp_path, adopt=lambda name: name.startswith("sub/"))
    (draft.path / "toc").write_text("second")
    manifest = draft.seal(fingerprint="f", counts={}, built=BUILT)
    draft.publish()
    assert (draft.path / "sub/1.seg").stat().st_ino == (old / "sub/1.seg").stat().st_ino
    assert manifest.files["sub/1.seg"] == generation.read_manifest(old).files["sub/1.seg"]
    assert content(tmp_path) == "second"


def test_adopts_by_copy_where_links_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, "first")

    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    draft = generation.begin(tmp_path, adopt=lambda _: True)
    draft.seal(fingerprint="f", counts={}, built=BUILT)
    draft.publish()
    assert content(tmp_path) == "first"


def test_an_adopted_file_that_was_replaced_is_summed_again(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    draft = generation.begin(tmp_path, adopt=lambda _: True)
    (draft.path / "toc").unlink()
    (draft.path / "toc").write_text("other")
    draft.seal(fingerprint="f", counts={}, built=BUILT)
    draft.publish()
    assert content(tmp_path) == "other"


def test_damage_under_an_adopted_file_is_not_blessed(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    flip(generation.current_path(tmp_path) / "toc", 3, 1)
    draft = generation.begin(tmp_path, adopt=lambda _: True)
    draft.seal(fingerprint="f", counts={}, built=BUILT)
    draft.publish()
    assert "toc is veranderd" in generation.verify(draft.path)[0]


def test_second_writer_is_refused_by_name(tmp_path: Path) -> None:
    draft = generation.begin(tmp_path)
    with pytest.raises(LockedError, match=f"proces {os.getpid()} "):
        generation.begin(tmp_path)
    draft.abandon()
    assert names(tmp_path) == []
    publish(tmp_path, "after")


def test_a_child_does_not_hold_the_lock_of_its_parent(tmp_path: Path) -> None:
    draft = generation.begin(tmp_path)
    child = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
    child.start()
    try:
        draft.abandon()
        generation.begin(tmp_path).abandon()
    finally:
        child.kill()
        child.join()


def test_abandon_after_publish_is_harmless(tmp_path: Path) -> None:
    draft = generation.begin(tmp_path)
    fill(draft, "kept")
    draft.seal(fingerprint="f", counts={}, built=BUILT)
    draft.publish()
    draft.abandon()
    assert content(tmp_path) == "kept"


def test_unsealed_is_not_published(tmp_path: Path) -> None:
    draft = generation.begin(tmp_path)
    with pytest.raises(EngineError, match="niet verzegeld"):
        draft.publish()
    draft.abandon()


def test_roll_back(tmp_path: Path) -> None:
    first, second = publish(tmp_path, "good"), publish(tmp_path, "bad")
    assert generation.roll_back(tmp_path) == first
    assert content(tmp_path) == "good"
    with pytest.raises(EngineError, match="geen eerdere index"):
        generation.roll_back(tmp_path)
    assert publish(tmp_path, "better") > second  # no name is used twice
    assert second not in names(tmp_path)


def test_a_damaged_generation_is_not_rolled_back_to(tmp_path: Path) -> None:
    first, second = publish(tmp_path, "good"), publish(tmp_path, "bad")
    flip(tmp_path / "generations" / first / "toc", 1, 1)
    with pytest.raises(EngineError, match=r"toc is veranderd.*--fresh"):
        generation.roll_back(tmp_path)
    assert generation.current(tmp_path) == second


def test_a_generation_that_is_half_thrown_away_is_none(tmp_path: Path) -> None:
    first, second = publish(tmp_path, "good"), publish(tmp_path, "better")
    (tmp_path / "generations" / first / "MANIFEST.json").unlink()  # the first thing that goes
    assert [row.name for row in generation.infos(tmp_path)] == [second]
    publish(tmp_path, "best")
    assert first not in names(tmp_path)


def test_a_damaged_pointer_is_refused_by_readers_and_mended_by_a_writer(tmp_path: Path) -> None:
    publish(tmp_path, "x")
    (tmp_path / "CURRENT").write_text("g20261124T001754Z-0001 00000000\n")
    with pytest.raises(EngineError, match="beschadigd"):
        generation.current(tmp_path)
    publish(tmp_path, "mended")
    assert content(tmp_path) == "mended"


def test_location_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineError, match="kan geen index worden gemaakt"):
        generation.begin(tmp_path / "file")
    assert generation.current(tmp_path / "file") is None


def drop(path: Path) -> None:
    (path / "toc").unlink()


def grow(path: Path) -> None:
    with (path / "sub/0.seg").open("a") as stream:
        stream.write("x")


def add(path: Path) -> None:
    (path / "sub/stray").write_text("")


@pytest.mark.parametrize(
    ("damage", "sentence", "seen_on_open"),
    [
        (drop, "toc is niet te lezen", True),
        (grow, "bytes groot in plaats van", True),
        (add, "sub/stray staat niet in MANIFEST.json", False),
    ],
)
def test_damage_is_named(
    tmp_path: Path, damage: Callable[[Path], None], sentence: str, seen_on_open: bool
) -> None:
    publish(tmp_path, "x")
    path = generation.current_path(tmp_path)
    damage(path)
    assert any(sentence in line for line in generation.verify(path))
    if seen_on_open:
        with pytest.raises(EngineError, match="beschadigd"):
            generation.read_manifest(path)


def flip(path: Path, byte: int, bit: int) -> None:
    data = bytearray(path.read_bytes())
    data[byte] ^= 1 << bit
    path.write_bytes(data)


def test_files_are_put_on_the_disk_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(Disk, "sync", lambda _, path: synced.append(path))
    paths = [tmp_path / str(number) for number in range(50)]
    Disk().sync_all(paths)
    assert sorted(synced) == sorted(paths)
    Disk().sync_all([])


def test_what_one_of_many_files_refuses_is_told(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"x")
    with pytest.raises(FileNotFoundError):
        Disk().sync_all([there, tmp_path / "gone", there])
