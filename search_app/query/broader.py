"""A query as read → as searched: also by what an abbreviation stands for, by kinds and by marks.

In goes a tree, out comes a tree in which a loose word may be found by something else as well: `Woo`
by “Wet open overheid” and by its predecessor `Wob`, `wet open overheid` by `Woo`, `wetsvoorstel` by
papers of that kind, `IENW/BSK-2022/188204` by the mark that a letter bears, `van Dijk` by the name,
`13-12-2022` by that day in words.
What is between quotes, in a field, excluded or beside NABIJ is meant as it stands. Everything that
is added is told (`Also`), so that a page can show it and offer the word as it stands instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.analysis.abbreviations import Abbreviation, full_names, meaning, related
from indexer.analysis.filters import fold
from indexer.engine.query import And, Bag, InField, Node, Or, Phrase, Term
from indexer.numbers.finding import parse_number
from search_app import dutch
from search_app.dutch import KIND_SYNONYMS, KINDS
from search_app.query.tree import leaves
from search_app.query.values import date

# Kinds that people name when they look for a paper of that kind; `verslag` or `antwoord` is as
# often just a word.
NAMED_KINDS = frozenset(
    ("brief", "motie", "amendement", "wetsvoorstel", "kamervragen", "vragenlijst", "inventaris",
     "rapport")
)  # fmt: skip
SPOKEN_KINDS = {"inventarislijst": "inventaris", "kamerbrieven": "brief"}
KIND_LIFT = 3.0
"""What a paper of a named kind gains: about as much as a word that a tenth of the papers have."""
PARTICLES = frozenset(("van", "de", "der", "den", "ter", "ten", "in", "'t", "’t"))
OLD_CASES = re.compile(r"(?:van|in) (?:der|den|'t|’t) ", re.IGNORECASE)
LONG = 8
"""Words of a query in which a preposition and a capital make no name."""
MARK = re.compile(r"(?!\d{4}-\d\d(?:-\d\d)?$)(?=(?:\D*\d){6})[\w./-]+")
"""Six digits or more, with letters, points, slashes and hyphens: it may be a letter's own mark."""
DAY = len("2022-12-13")


@dataclass(frozen=True, slots=True)
class Also:
    """Something else by which a word is found, and why it is so.

    `lift` is what a paper gains that is found by it, over those that have the word only.
    """

    text: str
    why: str
    lift: float = 0.0


@dataclass(frozen=True, slots=True)
class _Way:
    node: Node
    also: Also


def broadened(node: Node, *, lift: bool = True) -> Node:
    """Return the tree with the other ways to find its loose words.

    Without `lift` a named kind is a word like others.
    """
    if isinstance(node, Term):
        return _word(node, lift=lift)
    if isinstance(node, Bag):
        names = dict(_names(node))
        items = [_word(item, lift=lift) if isinstance(item, Term) else item for item in node.items]
        for place, found in names.items():
            items[place] = Or((items[place], Term(found.short)))
        for place, name in _surnames(node):
            items[place] = Or((items[place], InField("exact", Phrase(name))))
        return Bag(tuple(items))
    if isinstance(node, And | Or):
        return type(node)(tuple(broadened(item, lift=lift) for item in node.items))
    return node


def _word(node: Term, *, lift: bool) -> Term | Or:
    ways = [way.node for way in _ways(node.text) if lift or not way.also.lift]
    return Or((node, *ways)) if ways else node


def also(node: Node, *, lift: bool = True) -> Iterator[tuple[Also, ...]]:
    """Yield by what else each part of a query is found, in the order of `tree.leaves`."""
    if isinstance(node, Term):
        ways = (way.also for way in _ways(node.text))
        yield tuple(way for way in ways if lift or not way.lift)
    elif isinstance(node, And | Or | Bag):
        names = dict(_names(node)) if isinstance(node, Bag) else {}
        surnames = dict(_surnames(node)) if isinstance(node, Bag) else {}
        for place, item in enumerate(node.items):
            told = list(also(item, lift=lift))
            if place in names:
                short = names[place]
                told[-1] += (Also(f"{short.short} ({short.full})", years(short)),)
            if place in surnames:
                told[-1] += (Also(f"“{surnames[place]}”", "achter elkaar staat hoger"),)
            yield from told
    else:
        yield from (() for _ in leaves(node))


def _names(bag: Bag) -> Iterator[tuple[int, Abbreviation]]:
    """Yield where a full name ends whose words stand side by side: `wet open overheid`."""
    words = [fold(item.text) if isinstance(item, Term) else "" for item in bag.items]
    for place in range(len(words)):
        for name, found in full_names().get(words[place], ()):
            if tuple(words[place : place + len(name)]) == name:
                yield place + len(name) - 1, found


def _surnames(bag: Bag) -> Iterator[tuple[int, str]]:
    """Yield where a name with particles ends, and the name: `van Dijk`, which is more than `Dijk`.

    It has a capital, or `van der` before it, or is all that was typed. In a long question any
    preposition looks like it.
    """
    words = [item.text if isinstance(item, Term) else "" for item in bag.items]
    if len(words) >= LONG:
        return
    for place, word in enumerate(words):
        first = place
        while first and words[first - 1].casefold() in PARTICLES:
            first -= 1
        if first == place or not word[:1].isalpha() or word.casefold() in PARTICLES:
            continue
        name = " ".join(words[first : place + 1])
        alone = len(words) == place - first + 1 and words[first].casefold() == "van"
        if word[:1].isupper() or alone or OLD_CASES.match(name):
            yield place, name


def _ways(word: str) -> Iterator[_Way]:
    found = meaning(word)
    if found:
        yield from _meanings(found)
        return
    kind = SPOKEN_KINDS.get(word.casefold()) or KIND_SYNONYMS.get(word.casefold(), word.casefold())
    if kind in NAMED_KINDS:
        yield from _kinds(kind)
    elif "-" in word[1:]:
        yield from _compound(word)
    if day := _day(word):
        yield _Way(Phrase(day), Also(f"“{day}”", "dezelfde dag"))
    elif MARK.fullmatch(word) and not parse_number(word):
        yield _Way(InField("number", Term(word)), Also("kenmerk", "van een brief"))


def _day(word: str) -> str:
    """Return `13 december 2022`, as print has it, for `13-12-2022` and `2022-12-13`."""
    day = date(word) if "-" in word or "/" in word or "." in word else None
    return dutch.date(day) if day and len(day) == DAY else ""


def _kinds(kind: str) -> Iterator[_Way]:
    """Yield a named kind; who names Kamervragen looks for those with an answer as well."""
    for each in ("antwoord", kind) if kind == "kamervragen" else (kind,):
        node = InField("kind", Term(each), lift=KIND_LIFT)
        yield _Way(node, Also(KINDS[each], "soort stuk", KIND_LIFT))


def _meanings(found: Abbreviation) -> Iterator[_Way]:
    yield _Way(Phrase(found.full), Also(found.full, years(found)))
    other = related(found)
    if other:
        why = "eerder" if _is_before(other, found) else "later"
        told = Also(f"{other.short} ({other.full})", ", ".join(filter(None, (why, years(other)))))
        yield _Way(Or((Term(other.short), Phrase(other.full))), told)


def _compound(word: str) -> Iterator[_Way]:
    """Yield `Wob-verzoek` for `Woo-verzoek`: the same with the abbreviation before or after it."""
    first, _, rest = word.partition("-")
    found = meaning(first)
    other = related(found) if found else None
    if other:
        why = "eerder" if found and _is_before(other, found) else "later"
        yield _Way(Term(f"{other.short}-{rest}"), Also(f"{other.short}-{rest}", why))


def _is_before(one: Abbreviation, other: Abbreviation) -> bool:
    return (one.since or 0, one.until or 9999) < (other.since or 0, other.until or 9999)


def years(found: Abbreviation) -> str:
    """Return in which years a name was in use: `1980–2022`, `sinds 2022`, nothing when unknown."""
    if found.since and found.until:
        return f"{found.since}–{found.until}"
    return f"sinds {found.since}" if found.since else ""
