"""What was read → what the index should hold.

In go the facts of every paper that was read, out come the papers that belong in the index, each
under its own id, with a hash of all that the index would hold of it. Papers of lists keep the id
that they state. Of two PDFs with the same official id the later by path gets a suffix, and both
say so; the same file under two names is one paper.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.folder import Pdf
from indexer.ledger import Listed
from indexer.paper import Failure, Paper, Passage
from indexer.reading import Gathered
from indexer.store import Facts, Store


@dataclass(frozen=True, slots=True)
class FromPdf:
    """A paper in a PDF. `file` is the name that its source gets, `notes` are added to its own."""

    path: Path
    file: str
    sha256: str
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what people know it by."""
        return self.file

    def paper(self, store: Store, key: str, paper_id: str) -> Paper:
        """Load the paper as the index should hold it. Raises `StoreError`."""
        paper = store.load(self.sha256, key)
        source = replace(paper.source, file=self.file) if paper.source else None
        notes = paper.notes + self.notes
        passages = tuple(_moved(passage, paper.id, paper_id) for passage in paper.passages)
        return replace(paper, id=paper_id, source=source, notes=notes, passages=passages)


@dataclass(frozen=True, slots=True)
class FromList:
    """A paper on a line of a list."""

    path: Path
    line: int

    @property
    def name(self) -> str:
        """Return what people know it by."""
        return f"{self.path.name}:{self.line}"


@dataclass(frozen=True, slots=True)
class Want:
    """A paper that belongs in the index, and where it is."""

    id: str
    hash: str
    facts: Facts
    origin: FromPdf | FromList


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that belongs in the index. `duplicates` counts files that are the same as another."""

    papers: Mapping[str, Want]
    failures: tuple[Failure, ...]
    duplicates: int

    @property
    def words(self) -> int:
        """Return the size of the corpus."""
        return sum(want.facts.words for want in self.papers.values())

    @property
    def digest(self) -> str:
        """Return a hash that changes with anything that the index should hold."""
        rows = sorted(f"{want.id}\0{want.hash}" for want in self.papers.values())
        return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogateescape")).hexdigest()


def choose(gathered: Gathered) -> Wanted:
    """Return what belongs in the index."""
    choice = _Choice()
    for path, listed in gathered.lists.items():
        choice.take_list(path, listed)
    choice.take_pdfs(gathered)
    failures = (*gathered.failures, *choice.failures)
    return Wanted(choice.papers, failures, choice.duplicates)


@dataclass
class _Choice:
    papers: dict[str, Want] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    duplicates: int = 0

    def take_list(self, path: Path, listed: Listed) -> None:
        for line, facts in listed.papers:
            there = self.papers.get(facts.id)
            if there is None:
                self.papers[facts.id] = Want(facts.id, facts.hash, facts, FromList(path, line))
            elif there.hash == facts.hash:
                self.duplicates += 1
            else:
                told = f"Regel {line}: de id {facts.id} staat ook in {there.origin.name}."
                self.failures.append(Failure(f"{path}:{line}", "dubbele id", told))

    def take_pdfs(self, gathered: Gathered) -> None:
        files: dict[str, list[Pdf]] = defaultdict(list)
        facts: dict[str, Facts] = {}
        for pdf, entry in gathered.pdfs.items():
            if entry.facts is not None:
                files[entry.sha256].append(pdf)
                facts[entry.sha256] = entry.facts
        same_id: dict[str, list[str]] = defaultdict(list)
        for sha256 in files:
            same_id[facts[sha256].id].append(sha256)
        for sha256, pdfs in files.items():
            self.duplicates += len(pdfs) - 1
            rivals = [files[other][0].file for other in same_id[facts[sha256].id]]
            self.take_pdf(sha256, pdfs, facts[sha256], rivals)

    def take_pdf(self, sha256: str, pdfs: list[Pdf], facts: Facts, rivals: list[str]) -> None:
        pdf, paper_id = pdfs[0], facts.id
        notes = [f"Hetzelfde bestand staat ook in {other.file}." for other in pdfs[1:]]
        notes += [f"{name} heeft hetzelfde nummer." for name in rivals if name != pdf.file]
        there = self.papers.get(paper_id)
        if there is not None:
            paper_id = f"{facts.id}~{sha256[:6]}"
            if isinstance(there.origin, FromList):
                notes.append(f"{there.origin.name} heeft hetzelfde nummer.")
        origin = FromPdf(pdf.path, pdf.file, sha256, tuple(notes))
        self.papers[paper_id] = Want(paper_id, _hash(facts, paper_id, origin), facts, origin)


def _hash(facts: Facts, paper_id: str, origin: FromPdf) -> str:
    parts = (facts.hash, paper_id, str(origin.path), origin.file, *origin.notes)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _moved(passage: Passage, old: str, new: str) -> Passage:
    """Give a passage the id that it has in a paper with another id."""
    if old == new or not passage.id.startswith(f"{old}#"):
        return passage
    return replace(passage, id=new + passage.id.removeprefix(old))
