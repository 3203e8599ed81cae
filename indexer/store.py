"""Extracted papers on disk, so that no PDF is read twice.

In goes a paper with the hash of its PDF and the key of the program that read it, out comes the
same paper later. A file is written whole or not at all. What a build must know of a paper without
opening it are its `Facts`.

    DIR/papers/ab/<sha256>-<key>.json.gz    a paper
    DIR/failures.jsonl                      the files that could not be read in the last build
    DIR/ledger.json, DIR/lists/             what was read (`indexer.ledger`)
    DIR/breaks.json                         how words broken at line ends are written (`breaks`)
    DIR/new/                                files that are being written
    DIR/lock                                held while a build runs
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.files import Files
from indexer.paper import Failure, Paper
from indexer.paper_json import content_hash, from_json, hash_of, written
from indexer.smaller import gzipped

QUESTION_KINDS = ("kamervragen", "antwoord", "vragenlijst")
"""The kinds of paper that hold questions, so that one without a question asks for attention."""


RECENT = 8 << 20
"""So many bytes of papers, as they are kept unpacked, a store holds in memory of what it saved."""
UNSURE = 0.6
"""A split of questions from answers that is less sure than this asks for attention too."""


class StoreError(Exception):
    """The store cannot be used; the message is a Dutch sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a build must know of a paper. `hash` changes with anything that the index holds.

    `blank`: a page has no text; `scan`: no page has; `unsplit`: a paper of questions in which no
    question was found, or not surely. `breaks` are those of the paper.
    """

    id: str
    hash: str
    pages: int
    passages: int
    words: int
    blank: bool = False
    scan: bool = False
    unsplit: bool = False
    breaks: tuple[tuple[str, str], ...] = ()


def facts(paper: Paper, digest: str | None = None) -> Facts:
    """Return the facts of a paper; `digest` is its hash when that is known already."""
    return Facts(
        id=paper.id,
        hash=digest or content_hash(paper),
        pages=paper.source.pages if paper.source else len(paper.pages),
        passages=len(paper.passages),
        words=sum(passage.text.count(" ") + 1 for passage in paper.passages),
        blank=any(not page.text.strip() for page in paper.pages),
        scan=bool(paper.pages) and not any(page.text.strip() for page in paper.pages),
        unsplit=paper.kind in QUESTION_KINDS and _is_unsplit(paper),
        breaks=paper.breaks,
    )


def _is_unsplit(paper: Paper) -> bool:
    """Tell whether questions of a paper are not told from each other, or not surely."""
    if paper.confidence is not None:
        return paper.confidence < UNSURE
    split = any(passage.kind == "vraag" for passage in paper.passages)
    return not split and any("?" in passage.text for passage in paper.passages)


def texts(paper: Paper) -> list[str]:
    """Return all that is searched in a paper, to learn its words from."""
    return [paper.title or "", *(passage.text for passage in paper.passages)]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file. Raises `OSError`."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Store:
    """The papers that were read before, in a folder or under an address that fsspec knows.

    Many processes may use one store at once: `share` (`3/8`) keeps their lists of failures apart.
    """

    def __init__(self, root: Path | str, share: str = "") -> None:
        """Find the file system of the place. Raises `StoreError` when there is none."""
        self.root = root
        self._suffix = suffix_of(share)
        self._recent: dict[str, Paper] = {}
        self._room = RECENT
        try:
            self.files = Files(root)
        except ValueError as error:
            raise StoreError(str(error)) from None

    @property
    def failures(self) -> str:
        """Return where the files are listed that could not be read."""
        return self.files.shown(f"failures{self._suffix}.jsonl")

    @property
    def ocr(self) -> Path | None:
        """Return the folder where OCR keeps what it reads, `None` when the store is elsewhere."""
        return self.files.local / "ocr" if self.files.local else None

    @property
    def is_empty(self) -> bool:
        """Tell whether it is sure that no paper is there."""
        local = self.files.local
        return local is not None and not (local / "papers").is_dir()

    def has(self, sha256: str, key: str) -> bool:
        """Return whether a paper is there; an empty file (a power cut) is not."""
        return self.files.size(_name(sha256, key)) > 0

    def load(self, sha256: str, key: str) -> Paper:
        """Return a paper. Raises `StoreError` when it is not there or damaged."""
        name = _name(sha256, key)
        if name in self._recent:
            return self._recent[name]
        try:
            return _unpacked(self.files.read(name))
        except DAMAGED:
            self.files.delete(name)
            raise StoreError(
                "Een gelezen stuk in de opslag was beschadigd en is weggegooid "
                f"({self.files.shown(name)}), en de PDF is niet meer te lezen. Controleer de PDF's "
                "en start het indexeren opnieuw."
            ) from None

    def is_sound(self, name: str) -> bool:
        """Tell whether a paper can be read, by the name of its file; nothing is thrown away."""
        try:
            _unpacked(self.files.read(name))
        except DAMAGED:
            return False
        return True

    def every(self) -> Iterator[Paper]:
        """Yield all papers that are kept, those of PDFs that are gone too; damaged ones are not."""
        for name in self.files.names("papers/*/*.json.gz"):
            try:
                yield _unpacked(self.files.read(name))
            except DAMAGED:
                continue

    def save(self, paper: Paper, sha256: str, key: str) -> str:
        """Keep a paper and return its `content_hash`; what was read in its PDF before goes."""
        name = _name(sha256, key)
        data = written(paper)
        self.files.write(name, gzipped(data, 3))
        if len(data) <= self._room:
            self._room -= len(data)
            self._recent[name] = paper
        for other in self.files.inside(f"papers/{sha256[:2]}", f"{sha256}-", ".json.gz"):
            if other != name:
                self.files.delete(other)
        return hash_of(data)

    def write_failures(self, failures: Iterable[Failure]) -> None:
        """List the files that could not be read in this build, in the place of the last list."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        rows = (
            {
                "path": failure.path,
                "reason": failure.reason,
                "message": failure.message,
                "sha256": failure.sha256,
                "size": failure.size,
                "time": now,
            }
            for failure in failures
        )
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        name = f"failures{self._suffix}.jsonl"
        self.files.write(name, lines.encode("utf-8", "backslashreplace"))


DAMAGED = (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError)


def suffix_of(share: str) -> str:
    """Return what keeps the files of one share apart: `-3of8` for `3/8`, nothing for none."""
    return f"-{share.replace('/', 'of')}" if share else ""


def _name(sha256: str, key: str) -> str:
    return f"papers/{sha256[:2]}/{sha256}-{key}.json.gz"


def _unpacked(data: bytes) -> Paper:
    return from_json(json.loads(gzip.decompress(data)))
