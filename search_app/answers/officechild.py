"""A Word (`.docx`) or OpenDocument (`.odt`) file → its text: a program of its own.

In goes the file on stdin, out comes its text on stdout, a paragraph a line. It runs as a child
process with limits on time and memory, because a file comes from anyone: what is packed in it may
unpack to any size, so no more than `UNPACKED` bytes of a part are read; a part with a document
type, which alone can define entities, is refused.
"""

from __future__ import annotations

import io
import resource
import sys
import zipfile
from xml.etree import ElementTree as ET

from search_app.answers.docx_text import docx_text
from search_app.answers.odt_text import odt_text

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 10
UNPACKED = 24 * 1024 * 1024
NOT_READ = 3


class NoOfficeFileError(Exception):
    """The file is not one that can be read."""


def main() -> int:
    """Write the text of the file on stdin."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        text = read(sys.stdin.buffer.read())
    except (NoOfficeFileError, zipfile.BadZipFile, ET.ParseError, NotImplementedError):
        return NOT_READ
    except (OSError, ValueError, RuntimeError, MemoryError):  # a password, too deep, too much
        return NOT_READ
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


def read(data: bytes) -> str:
    """Return the text of a file. Raises `NoOfficeFileError` and errors of zip and XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = _part(archive, "word/document.xml")
        if document is not None:
            return docx_text(document, _part(archive, "word/numbering.xml"))
        content = _part(archive, "content.xml")
        if content is not None:
            return odt_text(content, _part(archive, "styles.xml"))
    raise NoOfficeFileError


def _part(archive: zipfile.ZipFile, name: str) -> ET.Element | None:
    try:
        with archive.open(name) as stream:
            raw = stream.read(UNPACKED + 1)
    except KeyError:
        return None
    text = raw.replace(b"\0", b"")  # also where a part is written in two bytes a letter
    if len(raw) > UNPACKED or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise NoOfficeFileError
    return ET.fromstring(raw)  # noqa: S314 (no document type, so no entities; size is limited)


if __name__ == "__main__":
    sys.exit(main())
