"""A real server on the sample papers, and a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, sync_playwright

from indexer.cli import main
from search_app.app import create_app
from search_app.settings import Settings
from tests.conftest import ROOT, find_browser

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server on the sample papers."""
    folder: Path = tmp_path_factory.mktemp("sample")
    main(["build", str(ROOT / "corpus/sample"), "--index", str(folder), "--ocr", "off"])
    yield from serve(str(folder))


def serve(location: str) -> Iterator[str]:
    """Yield the address of a server on an index, stopped afterwards."""
    server = waitress.create_server(
        create_app(Settings(index=location)), host="127.0.0.1", port=0, asyncore_use_poll=True
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)
