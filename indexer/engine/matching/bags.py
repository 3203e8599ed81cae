"""The words of a bag at their places in it: how long the question is, what stands beside what.

In go a bag and how an engine reads a word, out come the words of each item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from indexer.analysis.chains import QueryWord
from indexer.engine.matching import proximity
from indexer.engine.query import Bag, Node, Or, Term

Read = Callable[[str], Sequence[QueryWord]]


def words_by_item(bag: Bag, read: Read) -> list[tuple[QueryWord, ...]]:
    """Return the words of each item, stop words apart, at positions of the bag as a whole.

    An `Or` counts as one word however many ways there are to find it; what is no word (a phrase,
    a field) has none, and stands apart from its neighbours.
    """
    found = []
    start = 0
    for item in bag.items:
        words = _words(item, read)
        found.append(tuple([_placed(word, start) for word in words if word.role != "stop"]))
        start += len(words) if words or isinstance(item, Term) else proximity.GAP + 1
    return found


def _placed(word: QueryWord, start: int) -> QueryWord:
    """Return a word at its place behind others; `_replace` takes three times as long."""
    text, role, forms, parts, position, first, last = word
    return QueryWord(text, role, forms, parts, start + position, first, last)


def _words(item: Node, read: Read) -> Sequence[QueryWord]:
    if isinstance(item, Term):
        return read(item.text)
    return tuple(_as_one(item, read)) if isinstance(item, Or) else ()


def _as_one(choice: Or, read: Read) -> Iterator[QueryWord]:
    """Yield a choice as one word: the first, with the forms of the others that are one word."""
    if not isinstance(choice.items[0], Term):
        return
    read_each = [read(item.text) for item in choice.items if isinstance(item, Term)]
    single = [words[0] for words in read_each if len(words) == 1]
    if single:
        forms = tuple(dict.fromkeys(form for word in single for form in word.forms))
        yield single[0]._replace(role="word", forms=forms, position=0)
