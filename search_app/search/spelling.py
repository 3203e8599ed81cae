"""The words of the corpus → what a person meant who typed a word that the corpus does not have.

In goes the vocabulary that the generation keeps (`Tables.words`), out come the words nearest to one
typed, and a whole query with its unknown words mended. The story: what is fewest edits away comes
first, then what begins with the same letter (people seldom mistype the first: `imigratie` is
`immigratie`, not `migratie`), then what is used most. Accents are no edits: of `oekraine` and
`oekraïne` the form used most stands for both. A word that the corpus knows stays, unless it was
seen once and is one edit from a word seen far more often: papers have slips of typing too.
Source: symmetric deletes, as in symspellpy (W. Garbe's SymSpell).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from symspellpy import SymSpell, Verbosity

from indexer.analysis.filters import fold, modern, stem
from indexer.engine.query import Near, Phrase, Term
from search_app.query.syntax import Query
from search_app.query.tree import Leaf, leaves

EDITS = 2
PREFIX = 5
"""Letters of a word whose deletes are kept: with 7 a lookup takes .2 ms for .8, and 60,000 words
take 98 MB for 23."""
LONG = 6
"""Letters from which a word may be two edits away; shorter words only one."""
SHORTEST = 4
LONGEST = 40
# A word on its own: what is hyphenated (`16-jarigen`) is no word of the vocabulary.
WHOLE = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")
SLIP = 50
"""Times as often as a word seen once: then that one is a slip of typing."""


class Speller:
    """Finds the words nearest to one typed. Safe to share between threads once made."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._counts: dict[str, int] = {}
        self._forms: dict[str, str] = {}
        for word, count in sorted(words.items(), key=lambda row: -row[1]):
            folded = fold(word)
            self._forms.setdefault(folded, word)
            self._counts[folded] = self._counts.get(folded, 0) + count
        self._deletes = SymSpell(EDITS, PREFIX)
        for word, count in self._counts.items():
            self._deletes.create_dictionary_entry(word, count)

    def nearest(self, typed: str, most: int = 3, within: int = EDITS) -> tuple[str, ...]:
        """Return the words nearest to one typed, the likeliest first, itself left out."""
        word = fold(typed)
        if not SHORTEST <= len(word) <= LONGEST or not word.replace(" ", "").isalpha():
            return ()
        edits = within if len(word) >= LONG else 1
        found = self._deletes.lookup(word, Verbosity.ALL, edits)
        ranked = sorted(
            (near.distance, near.term[0] != word[0], -near.count, near.term)
            for near in found
            if self._forms[near.term] != typed.lower()
        )
        return tuple(self._forms[term] for *_, term in ranked[:most])

    def mended(self, query: Query) -> str | None:
        """Return the query with its unknown words mended, or `None` when there are none."""
        text = query.understood
        for leaf, _ in leaves(query.node):
            for word in WHOLE.findall(_words(leaf)):
                # Two edits from a name is another name: `Moerdijk` is not `moeilijk`.
                named = word[:1].isupper() and not text.startswith(word)
                nearest = () if self._is_known(word) else self.nearest(word, 1, 1 if named else 2)
                if nearest and _stem(nearest[0]) != _stem(word):  # `stelde` finds `stellen` itself
                    text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", nearest[0], text)
        return text if text != query.understood else None

    def _is_known(self, typed: str) -> bool:
        word = fold(typed)
        seen = self._counts.get(word, 0)
        if seen != 1 or len(word) < SHORTEST:
            return seen > 0
        near = self._deletes.lookup(word, Verbosity.ALL, 1)
        return not any(other.count >= SLIP for other in near if other.term != word)


def _stem(word: str) -> str:
    return stem(modern(fold(word)))


def _words(leaf: Leaf) -> str:
    """Return the words of a leaf that may be mended: not the values of a field, nor a wildcard."""
    if isinstance(leaf, Near):
        return f"{leaf.left.text} {leaf.right.text}"
    return leaf.text if isinstance(leaf, Term | Phrase) else ""
