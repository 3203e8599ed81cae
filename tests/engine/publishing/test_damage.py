"""Damage to a published generation of the real engine: `check` finds all, opening never bursts."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.engine.errors import EngineError
from indexer.engine.publishing import generation
from indexer.engine.publishing.manifest import MANIFEST
from tests.engine.published import ENGINE, publish, told
from tests.faults import tell

SEED = 20261125


@pytest.fixture(name="whole", scope="module")
def made_whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of three generations' papers, in several segments."""
    location = tmp_path_factory.mktemp("whole") / "index"
    for number in range(3):
        publish(location, number)
    return location


@pytest.fixture(name="location")
def copied(whole: Path, tmp_path: Path) -> Path:
    """Return a copy that may be damaged."""
    return Path(shutil.copytree(whole, tmp_path / "index"))


def files(location: Path) -> list[Path]:
    """Return every file that a reader depends on."""
    folder = generation.current_path(location)
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return [*found, location / generation.POINTER]


def is_found(location: Path) -> bool:
    try:
        return ENGINE.check(str(location)) != ()
    except EngineError as error:
        assert "python -m indexer" in str(error)  # noqa: PT017 - the other outcome is as good
        return True


def opens(location: Path) -> bool:
    """Open as `serve` does; `False` when it is refused with a sentence that says what to do."""
    try:
        ENGINE.open(str(location)).close()
    except EngineError as error:
        assert "python -m indexer" in str(error)  # noqa: PT017
        return False
    return True


@pytest.mark.parametrize("rounds", [100, pytest.param(1000, marks=pytest.mark.soak)])
def test_every_flipped_bit_is_found(location: Path, rounds: int) -> None:
    chance, hit, refused = random.Random(SEED), Counter[str](), 0
    targets = [path for path in files(location) if path.stat().st_size]
    for _ in range(rounds):
        target = chance.choice(targets)
        whole = target.read_bytes()
        data = bytearray(whole)
        byte, bit = chance.randrange(len(data)), chance.randrange(8)
        data[byte] ^= 1 << bit
        target.write_bytes(data)
        assert is_found(location), f"seed {SEED}: bit {bit} of byte {byte} of {target.name}"
        refused += not opens(location)
        target.write_bytes(whole)
        hit[target.name] += 1
    assert told(location) == 2
    tell(
        "Bit flips in a generation",
        bar="all detected by `check`",
        done=f"{rounds} flips in {len(hit)} files, all found",
        effective=f"{rounds}, each in a file that is read; {refused} refused when opened too",
        seed=SEED,
    )
    assert len(hit) >= min(len(targets), rounds // 20)


def cut(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


def empty(path: Path, chance: random.Random) -> None:
    del chance
    path.write_bytes(b"")


def zeros(path: Path, chance: random.Random) -> None:
    del chance
    path.write_bytes(bytes(path.stat().st_size))


def remove(path: Path, chance: random.Random) -> None:
    del chance
    path.unlink()


def grow(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + chance.randbytes(7))


def scramble(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    at = chance.randrange(max(1, len(data) - 64))
    path.write_bytes(data[:at] + chance.randbytes(len(data[at : at + 4096])) + data[at + 4096 :])


SEEN_ON_OPEN = (cut, empty, remove, grow)
"""These change sizes, which are looked at whenever a generation is opened."""


@pytest.mark.parametrize("damage", [*SEEN_ON_OPEN, zeros, scramble])
def test_damage_to_any_file_is_found(
    location: Path, damage: Callable[[Path, random.Random], None]
) -> None:
    chance = random.Random(SEED)
    for target in files(location):
        whole = target.read_bytes()
        if not whole:
            continue
        damage(target, chance)
        assert is_found(location), target
        gone = target.name == generation.POINTER and not target.exists()
        assert gone or damage not in SEEN_ON_OPEN or not opens(location), target
        opens(location)
        target.write_bytes(whole)
    assert told(location) == 2


def test_an_extra_file_is_found(location: Path) -> None:
    (generation.current_path(location) / "whoosh" / "MAIN_erbij.kzp").write_bytes(b"x")
    assert any("staat niet in MANIFEST.json" in row for row in ENGINE.check(str(location)))


def test_swapped_files_are_found(location: Path) -> None:
    folder = generation.current_path(location)
    for first, second in zip(files(location), files(location)[1:-1], strict=False):
        one, other = first.read_bytes(), second.read_bytes()
        first.write_bytes(other)
        second.write_bytes(one)
        assert one == other or is_found(location), (first, second)
        opens(location)
        first.write_bytes(one)
        second.write_bytes(other)
    older = min(folder.parent.iterdir())
    shutil.copy(older / MANIFEST, folder / MANIFEST)
    assert is_found(location)


def test_a_whole_generation_of_elsewhere_under_this_name_is_found(location: Path) -> None:
    folder = generation.current_path(location)
    older = min(folder.parent.iterdir())
    shutil.rmtree(folder)
    shutil.copytree(older, folder)
    assert any("hoort bij" in row for row in ENGINE.check(str(location)))


def test_damage_is_not_taken_over_by_the_next_build(location: Path) -> None:
    """A flipped bit would be merged into a new segment, which is then summed as if it were good."""
    target = max(generation.current_path(location).rglob("*.kzp"))
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(data)
    writer = ENGINE.writer(str(location), ENGINE.tables(str(location)) or pytest.fail("no tables"))
    assert target.name in writer.damage[0]
    assert dict(writer.contents()) == {}
    writer.abandon()


def test_a_build_mends_a_damaged_index_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, location = tmp_path / "l.jsonl", tmp_path / "index"
    source.write_text("".join(f'{{"id": "a{n}", "text": "Over water."}}\n' for n in range(9)))
    build = ["build", str(source), "--index", str(location), "--workers", "1"]
    assert main(build) == 0
    target = next(generation.current_path(location).rglob("*.kzp"))
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(data)
    assert main(["check", str(location)]) == 1
    source.write_text(source.read_text() + '{"id": "b", "text": "Over land."}\n')
    assert main(build) == 0
    assert "De vorige index was beschadigd" in capsys.readouterr().out
    assert main(["check", str(location)]) == 0


@pytest.mark.parametrize("name", ["CURRENT", "MANIFEST.json", "tables.json", "shelf.kza"])
def test_a_fresh_build_mends_what_cannot_be_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    source, location = tmp_path / "l.jsonl", tmp_path / "index"
    source.write_text('{"id": "a", "text": "Over water."}\n')
    build = ["build", str(source), "--index", str(location), "--workers", "1"]
    assert main(build) == 0
    (target,) = location.rglob(name)
    target.write_bytes(b"kapot")
    assert main(["check", str(location)]) == 1
    assert "--fresh" in capsys.readouterr().err
    assert main([*build, "--fresh"]) == 0
    assert main(["check", str(location)]) == 0
