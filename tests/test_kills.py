"""Real builds that are killed: what was acknowledged stays, and nothing is left behind (SAFETY).

A child adds a paper to a list and builds, again and again, and tells each step and each paper that
is published; it is killed with SIGKILL at a seeded moment within the next two builds.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
import time
from collections import Counter
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from indexer import build as building
from indexer.engine.locate import engine_for
from indexer.engine.query import Term
from indexer.engine.results import SearchRequest
from tests.faults import tell

SEED = 20261125
FORK = multiprocessing.get_context("fork")
PUBLISHING = ("schrijven", "verzegelen", "publiceren")
"""Whoosh's commit and our arrays; fsync and checksums; the probe, the pointer, the collecting."""
ROUNDS_A_PLACE = 50
"""After so many kills another place is used, so that builds stay short."""


@dataclass
class Place:
    """A list of papers with its index, and what was acknowledged there: papers 0 up to `done`.

    `seconds` is about what a build takes now, so that kills fall everywhere within it.
    """

    folder: Path
    done: int = -1
    seconds: float = 0.15

    @property
    def source(self) -> Path:
        return self.folder / "papers.jsonl"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def settings(self) -> building.Settings:
        return building.Settings((str(self.source),), str(self.index), self.index / "store")


def line(number: int) -> str:
    row = {"id": f"stuk-{number}", "text": f"Tekst over stikstof en woord{number}."}
    return json.dumps(row) + "\n"


def keep_building(place: Place, told: Connection) -> None:
    for number in range(place.done + 1, place.done + 10_000):
        with place.source.open("a") as stream:
            stream.write(line(number))
        start = time.monotonic()
        for progress in building.build(place.settings):
            told.send((progress.step, number, 0.0))
        told.send(("klaar", number, time.monotonic() - start))


def kill(place: Place, part: float) -> str:
    """Kill a builder after a part of the time that a build takes; return the step it was at."""
    place.source.write_text("".join(map(line, range(place.done + 1))))
    mine, other = FORK.Pipe(duplex=False)
    child = FORK.Process(target=keep_building, args=(place, other))
    child.start()
    other.close()
    before = place.done
    step, until = "begin", time.monotonic() + part * place.seconds
    while (left := until - time.monotonic()) > 0:
        if mine.poll(left):
            step = receive(place, mine)
    child.kill()
    child.join()
    while mine.poll():
        try:
            step = receive(place, mine)
        except EOFError:
            break
    mine.close()
    if place.done == before:
        place.seconds = min(5.0, 1.1 * place.seconds)  # a busy machine: only quick builds are seen
    return step


def receive(place: Place, told: Connection) -> str:
    step, number, seconds = told.recv()
    if step == "klaar":
        place.done = number
        place.seconds += 0.2 * (min(seconds, 5.0) - place.seconds)
    return str(step)


def assert_all_there(place: Place) -> None:
    """Check the published generation, and that it has every paper that was acknowledged."""
    location = str(place.index)
    engine = engine_for(location)
    if engine.current(location) is None:
        assert place.done == -1
        return
    assert engine.check(location) == ()
    index = engine.open(location)
    try:
        missing = [n for n in range(place.done + 1) if index.paper(f"stuk-{n}") is None]
        found = index.search(SearchRequest(Term("stikstof"), size=1, snippets=False)).total
    finally:
        index.close()
    assert missing == []
    assert found in (place.done + 1, place.done + 2)  # the last may be published, and not told yet


def garbage(place: Place) -> int:
    """Return how many directories and files lie there beside what belongs."""
    generations = len(list((place.index / "generations").glob("*")))
    scratch = len(list((place.index / "store" / "new").glob("*")))
    return max(0, generations - 2) + scratch


def assert_clean(place: Place) -> None:
    """Build twice more: nothing of the killed builders is left."""
    for number in (place.done + 2, place.done + 3):
        place.source.write_text("".join(map(line, range(number))))
        for _ in building.build(place.settings):
            pass
    assert garbage(place) == 0
    assert engine_for(str(place.index)).check(str(place.index)) == ()


@pytest.mark.parametrize("rounds", [100, pytest.param(1000, marks=pytest.mark.soak)])
def test_killed_builds_lose_nothing_that_was_acknowledged(tmp_path: Path, rounds: int) -> None:
    chance, steps, acknowledged, most = random.Random(SEED), Counter[str](), 0, 0
    place = Place(tmp_path / "0")
    for number in range(rounds):
        if number % ROUNDS_A_PLACE == 0:
            place = Place(tmp_path / f"{number}", seconds=place.seconds)
            place.folder.mkdir()
        steps[kill(place, 2 * chance.random())] += 1
        assert_all_there(place)
        most = max(most, garbage(place))
        if number % ROUNDS_A_PLACE == ROUNDS_A_PLACE - 1:
            acknowledged += place.done + 1
            assert_clean(place)
            shutil.rmtree(place.folder)
    inside = sum(steps[step] for step in PUBLISHING)
    tell(
        "SIGKILL while indexing and publishing",
        bar="0 acknowledged papers lost, 0 unreadable; 30% inside a commit or publish",
        done=f"{rounds} kills, {acknowledged} papers acknowledged, 0 lost, 0 unreadable",
        effective=f"{inside} inside ({', '.join(f'{n} {step}' for step, n in steps.items())}); "
        f"at most {most} garbage files or directories at a time, 0 after the next builds",
        seed=SEED,
    )
    assert acknowledged > rounds // 10
    assert inside >= 0.3 * rounds
    assert most <= 4
