"""Stand-ins are there while libraries load, and what they stand for does its work when asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from indexer.deferred import deferred

READ = """
import sys
from indexer.how import How
from indexer.reading import _task
_task(How(ocr="off"), None)
before = [name for name in sys.modules if name.startswith(("cryptography", "charset"))]
from pdfminer.pdfdocument import PDFStandardSecurityHandlerV5 as Handler
from pdfminer.utils import make_compat_str
handler = Handler.__new__(Handler)
handler.key = bytes(range(32))
plain = handler.decrypt_aes256(1, 0, bytes.fromhex(sys.argv[1]))
print(before, plain, make_compat_str(b"een plan"))
"""
WRITE = """
import sys
from indexer.engine.locate import load_writer
load_writer("index")
import whoosh.compat
print("http.client" in sys.modules, "urllib.request" in sys.modules)
whoosh.compat.urlretrieve(sys.argv[1])
print("urllib.request" in sys.modules)
"""


def run(code: str, *given: str) -> str:
    command = [sys.executable, "-c", code, *given]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_what_is_encrypted_loads_what_it_takes() -> None:
    start, text = bytes(16), b"een geheim stuk."
    encryptor = Cipher(algorithms.AES(bytes(range(32))), modes.CBC(start)).encryptor()
    data = start + encryptor.update(text + bytes([16]) * 16) + encryptor.finalize()
    assert run(READ, data.hex()) == f"[] {text!r} een plan\n"


def test_whoosh_loads_no_http(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert run(WRITE, (tmp_path / "file").as_uri()) == "False False\nTrue\n"


def test_what_is_there_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    modules = sys.modules["json"], sys.modules.get("colorsys")
    with deferred("json", "colorsys"):
        import colorsys  # noqa: PLC0415
        import json  # noqa: PLC0415

        assert json is modules[0]
        convert = colorsys.rgb_to_hls
    assert "colorsys" not in sys.modules
    assert convert(1, 1, 1) == (0.0, 1.0, 0.0)
    assert "colorsys" in sys.modules
