"""A field of whole values (a kind, a person, a number) → the query DSL.

In go a field and what is asked of it, out comes a query on passages that does not score.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.analysis.chains import Analyzer
from indexer.engine.matching.values import CONTAINED, keys_of
from indexer.engine.opensearch.dsl import NOTHING, PATH, Dsl, between, both, either, unscored
from indexer.engine.opensearch.mapping import name_words, value_key
from indexer.engine.query import And, Bag, Between, Fuzzy, InField, Not, Or, Phrase, Prefix, Term


def matching(node: InField, analyzer: Analyzer) -> Dsl:
    """Match a field of whole values; its item is a word, or a choice of words."""
    item = node.item
    if isinstance(item, Not):
        inner = matching(InField(node.field, item.item), analyzer)
        return unscored({"bool": {"must_not": [inner]}})
    if isinstance(item, Or | And | Bag):
        parts = [matching(InField(node.field, part), analyzer) for part in item.items]
        return both(parts) if isinstance(item, And) else either(parts)
    if isinstance(item, Between):
        return between(item)
    if not isinstance(item, Term | Phrase | Prefix | Fuzzy):
        return NOTHING
    return unscored({"bool": {"should": list(_ways(node.field, item, analyzer))}})


def _ways(field: str, item: Term | Phrase | Prefix | Fuzzy, analyzer: Analyzer) -> Iterator[Dsl]:
    whole = item.text.casefold().strip()
    keys = keys_of(field, item.text, analyzer)
    yield {"terms": {f"{PATH}.values": [value_key(field, key) for key in keys]}}
    if field in CONTAINED and whole:
        yield {"match_phrase": {f"{PATH}.names": name_words(field, whole)}}
    if isinstance(item, Prefix):
        yield {"prefix": {f"{PATH}.values": {"value": value_key(field, whole)}}}
