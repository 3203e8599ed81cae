"""Files that cannot be read: listed with all that a person needs, and left alone until asked."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.cli import main
from indexer.extract import read
from indexer.extract.limits import ExtractionError
from tests.conftest import typeset


class Scene:
    """A folder of a good paper and one that cannot be read for now, and what was tried to read."""

    def __init__(self, folder: Path) -> None:
        self.papers, self.index = folder / "papers", folder / "index"
        self.papers.mkdir()
        self.tried, self.mended = folder / "tried", folder / "mended"
        self.good = typeset(self.papers / "goed.pdf", ["Over de dijkverzwaring."])
        self.bad = typeset(self.papers / "slecht.pdf", ["Over de visserij."])

    def build(self, *options: str) -> int:
        command = ["build", str(self.papers), "--index", str(self.index), "--workers", "1"]
        return main([*command, "--ocr", "off", *options])

    def tries(self) -> list[str]:
        """Return the files that were opened to be read since the last look."""
        names = self.tried.read_text().split() if self.tried.exists() else []
        self.tried.write_text("")
        return names

    def failures(self) -> list[dict[str, Any]]:
        lines = (self.index / "store" / "failures.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture(name="scene")
def made_scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Return a scene; children that read are forked, so that they have the patch too."""
    scene, really = Scene(tmp_path), read.extract

    def extract(path: Path, **options: Any) -> Any:
        with scene.tried.open("a") as stream:
            stream.write(f"{path.name}\n")
        if path.name == "slecht.pdf" and not scene.mended.exists():
            raise ExtractionError("proef", "Dit bestand is voor de proef niet te lezen.")
        return really(path, **options)

    monkeypatch.setattr(read, "extract", extract)
    return scene


def test_a_failure_is_told_with_all_that_is_known(scene: Scene) -> None:
    assert scene.build() == 3
    (row,) = scene.failures()
    data = scene.bad.read_bytes()
    assert row["path"] == str(scene.bad)
    assert row["reason"] == "proef"
    assert row["message"] == "Dit bestand is voor de proef niet te lezen."
    assert row["size"] == len(data)
    assert row["sha256"] == hashlib.sha256(data).hexdigest()
    age = datetime.now(UTC) - datetime.fromisoformat(row["time"])
    assert 0 <= age.total_seconds() < 3600


def nothing(scene: Scene) -> tuple[str, ...]:
    del scene
    return ()


def retry(scene: Scene) -> tuple[str, ...]:
    del scene
    return ("--retry-failed",)


def more_time(scene: Scene) -> tuple[str, ...]:
    del scene
    return ("--limit-seconds", "44")


def other_bytes(scene: Scene) -> tuple[str, ...]:
    typeset(scene.bad, ["Over de visserij, en nu anders."])
    return ()


def moved(scene: Scene) -> tuple[str, ...]:
    (scene.papers / "map").mkdir()
    scene.bad.rename(scene.papers / "map" / "slecht.pdf")
    return ()


AGAIN: list[tuple[Callable[[Scene], tuple[str, ...]], list[str]]] = [
    (nothing, []),  # left alone
    (retry, ["slecht.pdf"]),
    (more_time, ["slecht.pdf"]),  # it may be time that it wanted
    (other_bytes, ["slecht.pdf"]),
    (moved, ["slecht.pdf"]),
]


@pytest.mark.parametrize(("change", "tried"), AGAIN)
def test_when_a_failed_file_is_tried_again(
    scene: Scene, change: Callable[[Scene], tuple[str, ...]], tried: list[str]
) -> None:
    scene.build()
    assert sorted(scene.tries()) == ["goed.pdf", "slecht.pdf"]
    assert scene.build(*change(scene)) == 3
    assert scene.tries() == tried
    assert [row["reason"] for row in scene.failures()] == ["proef"]


def test_a_full_machine_is_not_held_against_the_file(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scratch files of OCR find no room: the next build tries again without being asked."""

    def full(path: Path, **options: Any) -> Any:
        with scene.tried.open("a") as stream:
            stream.write(f"{path.name}\n")
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/page.png")

    with monkeypatch.context() as patch:
        patch.setattr(read, "extract", full)
        assert scene.build() == 3
    assert {row["reason"] for row in scene.failures()} == {"schijf"}
    assert "Maak ruimte" in scene.failures()[0]["message"]
    scene.tries()
    scene.mended.touch()
    assert scene.build() == 0
    assert sorted(scene.tries()) == ["goed.pdf", "slecht.pdf"]


def test_a_file_that_can_be_read_by_now_comes_in_when_asked(scene: Scene) -> None:
    scene.build()
    scene.mended.touch()
    assert scene.build() == 3
    assert scene.build("--retry-failed") == 0
    assert scene.failures() == []
    assert scene.build() == 0
