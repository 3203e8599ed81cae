"""Words broken at line ends that a paper does not settle → their form, by the whole corpus.

In go the halves that `extract` joined by guess and the texts of all papers, out come `Forms`: how
each pair is written; and papers in which they stand so. A paper alone cannot tell `wobbesluit` from
`wob-besluit`; another paper that prints the word within a line can. It is done while an index is
built, because only then is the corpus known, and when its words are learned again.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from indexer.analysis.counting import that_hold
from indexer.analysis.tables import Pieces
from indexer.files import Files
from indexer.paper import Paper

FILE = "breaks.json"
MOST = 500_000
"""Pieces of text that are remembered while a corpus is counted."""
Pair = tuple[str, str]
Forms = Mapping[Pair, str]
"""What goes between two halves, in lower case: a hyphen or nothing."""


class Census:
    """Counts how often the two forms of each pair occur in a corpus."""

    def __init__(self, breaks: Iterable[Pair]) -> None:
        self._breaks = Counter((left.lower(), right.lower()) for left, right in breaks)
        self._wanted = {left + joint + right for left, right in self._breaks for joint in ("", "-")}
        self._seen: set[str] = set()
        self._with_words: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()

    def see(self, paper: Paper, pieces: Pieces) -> None:
        """Count what stands between the spaces of a paper."""
        found: Counter[str] = Counter()
        if self._wanted:
            self._look_at(pieces.between_spaces() - self._seen)
        for piece in pieces.between_spaces() & self._with_words.keys():
            for word in self._with_words[piece]:
                found[word] += pieces[piece]
        self._counts.update(found)
        for left, right in paper.breaks if found else ():
            # These stand there by guess: they say nothing of how people write.
            for word in (f"{left}{right}".lower(), f"{left}-{right}".lower()):
                self._counts[word] -= found[word]

    def _look_at(self, pieces: Set[str]) -> None:
        """Remember which pieces hold words that are counted; most hold none."""
        if len(self._seen) > MOST:
            self._seen.clear()
        self._seen |= pieces
        self._with_words.update(that_hold(pieces, self._wanted))

    def forms(self) -> dict[Pair, str]:
        """Return the pairs that the corpus settles."""
        found = {}
        for left, right in self._breaks:
            whole, hyphened = (self._printed(left + joint + right) for joint in ("", "-"))
            if whole != hyphened:
                found[left, right] = "" if whole > hyphened else "-"
        return found

    def _printed(self, word: str) -> int:
        return max(0, self._counts[word])


def settled(paper: Paper, forms: Forms) -> Paper:
    """Return a paper with its broken words in the form of the corpus."""
    changes = {}
    for left, right in paper.breaks:
        joint = forms.get((left.lower(), right.lower()))
        if joint is not None:
            changes[left + ("" if joint else "-") + right] = left + joint + right
    return _rewritten(paper, changes) if changes else paper


def _rewritten(paper: Paper, changes: Mapping[str, str]) -> Paper:
    """Return a paper with words replaced wherever it tells its text."""
    words = re.compile("|".join(rf"(?<![\w-]){re.escape(word)}(?!\w)" for word in changes))

    def write(text: str) -> str:
        if not any(word in text for word in changes):  # found sooner than by the expression
            return text
        return words.sub(lambda match: changes[match[0]], text)

    def maybe(text: str | None) -> str | None:
        return None if text is None else write(text)

    return replace(
        paper,
        title=maybe(paper.title),
        subject=maybe(paper.subject),
        pages=tuple(replace(page, text=write(page.text)) for page in paper.pages),
        passages=tuple(
            replace(
                passage,
                text=write(passage.text),
                question=maybe(passage.question),
                answer=maybe(passage.answer),
                breaks=tuple(len(write(passage.text[:at])) for at in passage.breaks),
            )
            for passage in paper.passages
        ),
        outline=tuple(replace(heading, text=write(heading.text)) for heading in paper.outline),
        promises=tuple(replace(promise, text=write(promise.text)) for promise in paper.promises),
    )


def save(files: Files, forms: Forms) -> None:
    """Keep forms beside the papers, for those that are added before they are learned again."""
    rows = [[left, right, joint] for (left, right), joint in forms.items()]
    files.write(FILE, json.dumps(rows, ensure_ascii=False).encode())


def load(files: Files) -> dict[Pair, str]:
    """Return what `save` kept; a file that is not there or damaged settles nothing."""
    try:
        return {(left, right): joint for left, right, joint in json.loads(files.read(FILE))}
    except (OSError, ValueError, TypeError):
        return {}
