"""Extracted papers on disk, so that no PDF is read twice.

In goes a paper with the hash of its PDF and the key of the program that read it, out comes the
same paper later. A file is written whole or not at all. What a build must know of a paper without
opening it are its `Facts`.

    DIR/papers/ab/<sha256>-<key>.json.gz    a paper
    DIR/failures.jsonl                      the files that could not be read in the last build
    DIR/ledger.json, DIR/lists/             what was read (`indexer.ledger`)
    DIR/breaks.json                         how words broken at line ends are written (`breaks`)
    DIR/lock                                held while a build runs
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.paper import Failure, Paper, content_hash, from_json, to_json

QUESTION_KINDS = ("kamervragen", "antwoord", "vragenlijst")
"""The kinds of paper that hold questions, so that one without a question asks for attention."""


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


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: a reader sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


class Store:
    """The papers that were read before, in the directory `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def failures(self) -> Path:
        """Return where the files are listed that could not be read."""
        return self.root / "failures.jsonl"

    def has(self, sha256: str, key: str) -> bool:
        """Return whether a paper is there; an empty file (a power cut) is not."""
        try:
            return self._path(sha256, key).stat().st_size > 0
        except OSError:
            return False

    def load(self, sha256: str, key: str) -> Paper:
        """Return a paper. Raises `StoreError` when it is not there or damaged."""
        path = self._path(sha256, key)
        try:
            return from_json(json.loads(gzip.decompress(path.read_bytes())))
        except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError):
            path.unlink(missing_ok=True)
            raise StoreError(
                f"Een gelezen stuk in de opslag was beschadigd en is weggegooid ({path}), en de "
                "PDF is niet meer te lezen. Controleer de PDF's en start het indexeren opnieuw."
            ) from None

    def every(self) -> Iterator[Paper]:
        """Yield all papers that are kept, those of PDFs that are gone too; damaged ones are not."""
        for path in sorted(self.root.glob("papers/*/*.json.gz")):
            try:
                yield from_json(json.loads(gzip.decompress(path.read_bytes())))
            except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError):
                continue

    def save(self, paper: Paper, sha256: str, key: str) -> None:
        """Keep a paper; what an earlier program read in the same PDF goes."""
        path = self._path(sha256, key)
        packed = json.dumps(to_json(paper), ensure_ascii=False, separators=(",", ":"))
        write_whole(path, gzip.compress(packed.encode("utf-8", "surrogatepass"), 3, mtime=0))
        for other in path.parent.glob(f"{sha256}-*.json.gz"):
            if other != path:
                other.unlink(missing_ok=True)

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
        write_whole(self.failures, lines.encode("utf-8", "backslashreplace"))

    def _path(self, sha256: str, key: str) -> Path:
        return self.root / "papers" / sha256[:2] / f"{sha256}-{key}.json.gz"
