"""Papers counted by value of a facet: see `loops` and `facets`.

In go documents that match, out come their papers, each once; and of papers how many have each value
of a field. What papers have of a field is kept as narrow as it can be, from search to search.
"""

from __future__ import annotations

from typing import Any

from librt.vecs import vec
from mypy_extensions import i32, i64, u8

from indexer.engine.loops.pages import Owners, Passes


class Papers:
    """The papers of documents, each once, that pass; those of a paper follow one another."""

    def __init__(self, documents: Any, owners: Owners, passes: Passes) -> None:
        self.papers = _papers_of(vec[i64](documents), owners.papers, passes.marks)


def _papers_of(ids: vec[i64], owners: vec[i32], passes: vec[u8]) -> vec[i64]:
    found = vec[i64]([0] * i64(len(ids)))
    before: i64 = -1
    at: i64 = 0
    n: i64 = 0
    while n < i64(len(ids)):
        paper: i64 = i64(owners[ids[n]])
        found[at] = paper  # kept or written over, without a branch to guess
        at += i64(paper != before)
        before = paper
        n += 1
    if i64(len(passes)) == 0:
        return found if at == n else found[:at]
    end: i64 = at
    at = 0
    n = 0
    while n < end:
        paper = found[n]
        found[at] = paper
        at += i64(passes[paper])
        n += 1
    return found[:at]


class Column:
    """What papers have of a field that has `size` values, numbered from 0.

    `octets` or, where a byte is too small, `codes` have by paper its only value, or `size` where it
    has none. Where papers have several, theirs are in `codes` from `firsts` on, up to the next's.
    """

    def __init__(self, size: i64, octets: Any, codes: Any, firsts: Any) -> None:
        self.size = size
        self.octets = vec[u8](octets)
        self.codes = vec[i32](codes)
        self.firsts = vec[i32](firsts)

    def counted(self, some: Papers) -> vec[i64]:
        """Return by value how many of some papers have it."""
        papers = some.papers
        found = vec[i64]([0] * (self.size + 1))
        octets, codes, firsts = self.octets, self.codes, self.firsts
        n: i64 = 0
        if i64(len(octets)) > 0:
            while n < i64(len(papers)):
                found[i64(octets[papers[n]])] += 1
                n += 1
        elif i64(len(firsts)) == 0:
            while n < i64(len(papers)):
                found[i64(codes[papers[n]])] += 1
                n += 1
        while n < i64(len(papers)):
            at: i64 = i64(firsts[papers[n]])
            end: i64 = i64(firsts[papers[n] + 1])
            while at < end:
                found[i64(codes[at])] += 1
                at += 1
            n += 1
        return found


def frequent(counts: Any, texts: list[str]) -> list[tuple[str, int]]:
    """Return the values that any paper has, most frequent first, then by number."""
    each = vec[i64](counts)
    order = vec[i64]([0] * i64(len(texts)))
    size: i64 = 0
    code: i64 = 0
    while code < i64(len(texts)):
        count: i64 = each[code]
        if count > 0:
            at: i64 = size
            while at > 0 and each[order[at - 1]] < count:
                order[at] = order[at - 1]
                at -= 1
            order[at] = code
            size += 1
        code += 1
    found: list[tuple[str, int]] = []
    code = 0
    while code < size:
        found.append((texts[order[code]], int(each[order[code]])))
        code += 1
    return found
