"""A file of questions, from a visitor or the command line → what is asked.

In goes a text file, a Word (`.docx`) or OpenDocument (`.odt`) file or a PDF, out comes `Asked`.
Files come from anyone, so each is read in a child process that limits itself in time and memory:
those of Word and LibreOffice by `officechild`, PDFs by the command `indexer show`, which
knows the layouts of questions and has scans read by tesseract when it is installed. The file is in
a folder of its own that is gone when it was read; nothing of it is kept.
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

from search_app.answers.form import checked
from search_app.answers.pasted import lines_of
from search_app.answers.subquestions import MOST, Asked, SubQuestion, opening, split, told_apart
from search_app.errors import UploadError

LARGEST = 10 * 1024 * 1024
"""Bytes of a file."""
SECONDS = 30
SCAN_SECONDS = 75
"""For a scan: tesseract takes two to three seconds a page."""
SHOW_LIMITS = ("--limit-seconds", "20", "--ocr", "off")
SCAN_LIMITS = ("--limit-seconds", "60", "--ocr", "auto")
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What a file of Word 97 to 2003 begins with, and other files of Office of that time."""
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
    except FileNotFoundError:
        raise UploadError(f"{path} is niet te lezen: er is geen bestand met die naam.") from None
    except OSError as error:
        raise UploadError(f"{path} is niet te lezen: {error.strerror}.") from None
    return read_upload(data)


TOO_LARGE = (
    f"Het bestand is groter dan {LARGEST // 1024**2} MB. Plak de tekst van de vragen in het vak."
)
NOT_READ = (
    "Dit bestand is niet te lezen als vragen. Bewaar het als PDF, .docx of .odt, "
    "of plak de tekst in het vak."
)
BROKEN_PDF = (
    "Dit PDF is niet te lezen: het is beschadigd of afgekapt, of lezen duurt te lang. Haal het "
    "opnieuw op, of plak de tekst in het vak."
)
OLD_FILE = (
    "Dit is een bestand van een oude versie van Word (.doc). Sla het op als .docx "
    "(Bestand, Opslaan als) en kies dat, of plak de tekst in het vak."
)
ENCRYPTED = b"(versleuteld)"
"""The reason that the reader of PDFs gives for one with a password."""
LOCKED = (
    "Dit PDF is met een wachtwoord versleuteld. Sla het zonder wachtwoord op, of plak de tekst "
    "in het vak."
)
RICH = (
    "Dit is een RTF-bestand. Sla het op als .docx of .odt (Bestand, Opslaan als) en kies dat, of "
    "plak de tekst in het vak."
)
WEB_PAGE = (
    "Dit bestand is een webpagina, ook als het anders heet. Open de pagina in de browser en plak "
    "de tekst in het vak."
)
NO_TEXT = (
    "In dit bestand is geen tekst te lezen; is het een scan? Plak dan de tekst in het vak, of typ "
    "de vragen over."
)


def read_upload(data: bytes) -> Asked:
    """Return what a file asks; what kind it is, its first bytes say. Raises `UploadError`."""
    if len(data) > LARGEST:
        raise UploadError(TOO_LARGE)
    if b"%PDF-" in data[:1024]:
        return _of_paper(_paper(data))
    if data[:4] == b"PK\x03\x04":
        return split(
            _checked(_child(["-m", "search_app.answers.officechild"], data).decode("utf-8"))
        )
    if data[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise UploadError(WEB_PAGE)
    if data[:5] == b"{\\rtf":
        raise UploadError(RICH)
    if data[:8] == OLD_WORD:
        raise UploadError(OLD_FILE)
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


def _paper(data: bytes) -> dict[str, Any]:
    """Return the paper in a PDF; one without any text is read once more, as a scan."""
    paper = _show(data, SHOW_LIMITS, SECONDS)
    if any((row.get("text") or "").strip() for row in paper.get("passages") or []):
        return paper
    return _show(data, SCAN_LIMITS, SCAN_SECONDS)


def _show(data: bytes, limits: Sequence[str], seconds: int) -> dict[str, Any]:
    """Return the paper that the reader of PDFs makes of a file."""
    with tempfile.TemporaryDirectory(prefix="kamerzoek-") as folder:
        path = Path(folder) / "vragen.pdf"
        path.write_bytes(data)
        command = ["-m", "indexer", "show", str(path), *limits]
        told = _child(command, b"", folder, seconds, refused=BROKEN_PDF)
    try:
        paper = json.loads(told)
    except ValueError:
        raise UploadError(BROKEN_PDF) from None
    if not isinstance(paper, dict):
        raise UploadError(BROKEN_PDF)
    return paper


def _of_paper(paper: dict[str, Any]) -> Asked:
    """Return the questions of a paper as they were read, or those in its running text."""
    passages = paper.get("passages") or []
    asked = [row for row in passages if row.get("kind") == "vraag" and row.get("question")]
    if not asked:
        return split(_checked("\n\n".join(row.get("text") or "" for row in passages)))
    before = "\n".join(row["text"] for row in passages if row.get("label") == "inleiding")
    title, introduction = opening(lines_of(before))
    read = split("\n".join(f"Vraag {n}\n{row['question']}" for n, row in enumerate(asked, 1)))
    if len(read.questions) == len(asked):
        numbers = [row["label"].removeprefix("vraag-") for row in asked]
        rows = tuple(
            SubQuestion(number, each.text, each.procedural)
            for number, each in zip(numbers, read.questions, strict=True)
        )
    else:
        rows = read.questions
    return Asked(paper.get("title") or title, introduction[:4000], told_apart(rows[:MOST]))


def _child(
    arguments: Sequence[str],
    data: bytes,
    folder: str | None = None,
    seconds: int = SECONDS,
    *,
    refused: str = NOT_READ,
) -> bytes:
    """Run one of our programs on a file with limits; its output. Raises `UploadError`."""
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    if folder:
        environment["TMPDIR"] = folder
    process = subprocess.Popen(  # noqa: S603 (our own program; the file is data to it)
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )
    try:
        told, wrong = process.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise UploadError(refused) from None
    finally:
        _stop(process)
    if process.returncode != 0 and ENCRYPTED in wrong:
        raise UploadError(LOCKED)
    if process.returncode != 0 or len(told) > CHILD_OUTPUT:
        raise UploadError(refused)
    return told


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the child and whatever it started; it has a session of its own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
