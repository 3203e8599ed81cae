"""A process that only searches never loads what reads PDFs."""

from __future__ import annotations

import subprocess
import sys


def test_search_app_loads_no_pdfminer() -> None:
    code = (
        "import sys, search_app.app, search_app.cli\n"
        "bad = ('pdfminer', 'indexer.extract', 'indexer.structure', 'indexer.store')\n"
        "print([name for name in sys.modules if name.startswith(bad)])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
