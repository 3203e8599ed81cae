"""A file of questions, from a visitor or the command line → what is asked.

In goes a text file, a Word file (`.docx`) or a PDF, out comes `Asked`. Word files and PDFs come
from anyone, so each is read in a child process that limits itself in time and memory: Word files
by `search_app.docxchild`, PDFs by the command `indexer show`, which knows the layouts of
questions. The file is in a folder of its own that is gone when it was read; nothing of it is
kept.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from search_app.answers_form import checked
from search_app.errors import UploadError
from search_app.subquestions import MOST, Asked, SubQuestion, split

LARGEST = 10 * 1024 * 1024
"""Bytes of a file."""
SECONDS = 30
SHOW_LIMITS = ("--limit-seconds", "20", "--ocr", "off")
CHILD_OUTPUT = 32 * 1024 * 1024
"""Bytes that a child may write."""
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "PYTHONPATH", "VIRTUAL_ENV")
"""All of the environment that a child is given."""


def read_file(path: Path) -> Asked:
    """Return what a file on disk asks. Raises `UploadError`."""
    try:
        if path.stat().st_size > LARGEST:
            raise UploadError(TOO_LARGE)
        data = path.read_bytes()
    except OSError as error:
        raise UploadError(f"{path} is niet te lezen: {error.strerror}.") from None
    return read_upload(data)


TOO_LARGE = (
    f"Het bestand is groter dan {LARGEST // 1024**2} MB. Plak de tekst van de vragen in het vak."
)
NOT_READ = (
    "Dit bestand is niet te lezen als vragen. Bewaar het als PDF of als .docx, "
    "of plak de tekst in het vak."
)
NO_TEXT = "In dit bestand staat geen tekst; is het een scan? Plak dan de tekst in het vak."


def read_upload(data: bytes) -> Asked:
    """Return what a file asks; what kind it is, its first bytes say. Raises `UploadError`."""
    if len(data) > LARGEST:
        raise UploadError(TOO_LARGE)
    if b"%PDF-" in data[:1024]:
        return _of_paper(_show(data))
    if data[:4] == b"PK\x03\x04":
        return split(_checked(_child(["-m", "search_app.docxchild"], data).decode("utf-8")))
    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise UploadError(NOT_READ)
    return split(_checked(_plain(data)))


def _plain(data: bytes) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _checked(text: str) -> str:
    if not text.strip():
        raise UploadError(NO_TEXT)
    return checked(text)


def _show(data: bytes) -> dict[str, Any]:
    """Return the paper that the reader of PDFs makes of a file."""
    with tempfile.TemporaryDirectory(prefix="kamerzoek-") as folder:
        path = Path(folder) / "vragen.pdf"
        path.write_bytes(data)
        told = _child(["-m", "indexer", "show", str(path), *SHOW_LIMITS], b"", folder)
    try:
        paper = json.loads(told)
    except ValueError:
        raise UploadError(NOT_READ) from None
    if not isinstance(paper, dict):
        raise UploadError(NOT_READ)
    return paper


def _of_paper(paper: dict[str, Any]) -> Asked:
    """Return the questions of a paper as they were read, or those in its running text."""
    passages = paper.get("passages") or []
    asked = [row for row in passages if row.get("kind") == "vraag" and row.get("question")]
    if not asked:
        return split(_checked("\n\n".join(row.get("text") or "" for row in passages)))
    before = " ".join(row["text"] for row in passages if row.get("label") == "inleiding")
    read = split("\n".join(f"Vraag {n}\n{row['question']}" for n, row in enumerate(asked, 1)))
    if len(read.questions) == len(asked):
        numbers = [row["label"].removeprefix("vraag-") for row in asked]
        rows = tuple(
            SubQuestion(number, each.text, each.procedural)
            for number, each in zip(numbers, read.questions, strict=True)
        )
    else:
        rows = read.questions
    return Asked(paper.get("title") or "", before[:4000], rows[:MOST])


def _child(arguments: Sequence[str], data: bytes, folder: str | None = None) -> bytes:
    """Run one of our programs on a file with limits; its output. Raises `UploadError`."""
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    if folder:
        environment["TMPDIR"] = folder
    process = subprocess.Popen(  # noqa: S603 (our own program; the file is data to it)
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        told, _ = process.communicate(data, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise UploadError(NOT_READ) from None
    finally:
        _stop(process)
    if process.returncode != 0 or len(told) > CHILD_OUTPUT:
        raise UploadError(NOT_READ)
    return told


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the child and whatever it started; it has a session of its own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
