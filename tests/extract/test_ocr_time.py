"""How long the programs that read scans may take: by the processor, not by the clock."""

from __future__ import annotations

import subprocess
import sys

import pytest

from indexer.extract import ocr


def test_a_busy_machine_loses_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PAGE_SECONDS", 1)
    waits = "import time; time.sleep(1.6); print('gelezen')"
    assert ocr.run([sys.executable, "-c", waits]) == b"gelezen\n"


def test_a_page_that_takes_too_much_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PAGE_SECONDS", 1)
    with pytest.raises(subprocess.CalledProcessError):
        ocr.run([sys.executable, "-c", "while True: pass"])
