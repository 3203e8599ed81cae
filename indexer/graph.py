"""Which paper refers to which: the graph of citations, and what in it leads nowhere.

In go papers, out come `Edge` values. Resolving is apart from finding: only with all papers at hand
is it known whether `35510-21` is a paper or a dossier, and whether what is cited is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.numbers.finding import parse_number
from indexer.paper import Citation, Paper


@dataclass(frozen=True, slots=True)
class Edge:
    """A reference from a paper; `target` is the id of the paper or the dossier that it reaches.

    An unresolved one keeps the link form of its likeliest reading, or the printed text.
    """

    source: str
    target: str
    resolved: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Graph:
    """All references between papers."""

    edges: tuple[Edge, ...]

    @property
    def unresolved(self) -> Mapping[str, tuple[Edge, ...]]:
        """Return the targets that are not there with what refers to them, most wanted first."""
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            if not edge.resolved:
                found[edge.target].append(edge)
        most = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        return {target: tuple(edges) for target, edges in most}

    def cites(self, paper_id: str) -> tuple[Edge, ...]:
        """Return the references of a paper."""
        return tuple(edge for edge in self.edges if edge.source == paper_id)

    def cited_by(self, paper_id: str) -> tuple[Edge, ...]:
        """Return the references to a paper or a dossier."""
        return tuple(edge for edge in self.edges if edge.resolved and edge.target == paper_id)


def graph_of(papers: Iterable[Paper]) -> Graph:
    """Return the graph of papers; what they hold besides their citations may be dropped."""
    known: dict[str, str] = {}
    cited: list[tuple[str, Citation]] = []
    for paper in papers:
        known.update(_names(paper))
        cited += ((paper.id, citation) for citation in paper.citations)
    return Graph(tuple(_edge(source, citation, known) for source, citation in cited))


def _names(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the keys under which a paper and its dossier can be cited."""
    yield from ((number.key, paper.id) for number in parse_number(paper.id)[:1])
    if paper.dossier:
        yield paper.dossier.lower(), paper.dossier
        yield paper.dossier.partition("-")[0].lower(), paper.dossier.partition("-")[0]


def _edge(source: str, citation: Citation, known: Mapping[str, str]) -> Edge:
    readings = [link for link in (citation.target, *citation.others) if link]
    for link in readings:
        for number in parse_number(link)[:1]:
            if number.key in known:
                return Edge(source, known[number.key], resolved=True, citation=citation)
    return Edge(source, (readings or [citation.text])[0], resolved=False, citation=citation)
