"""The table of fields → an OpenSearch index: settings, analysis, mapping, fingerprint.

In goes the table, out comes the body that makes a generation. The story: a paper is one document,
its passages are nested in it, so that totals and facets count papers and are exact, and a paper is
replaced or deleted as a whole. Tokens come ready from our own analysis: words stand between spaces,
those that share a place are joined by `STACK` and cut again by a built-in filter, so that nothing
need be installed on a node. `short` and `long` hold each token once with a whole number that is its
weight over all fields (BM25F without its saturation, which the similarity adds): one list per word
is read, not four.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from indexer.engine.documents.cards import KEYWORDS
from indexer.engine.fields import BY_NAME, FACETS, FIELDS, fingerprint
from indexer.engine.matching.scoring import K1, B
from indexer.engine.matching.tree import LONG_B

VERSION = "4"
"""Of what this module and the documents put in the index; part of the fingerprint."""

STACK = "\ue000"
"""Between tokens of one place."""
WEIGHT = "\ue001"
"""Between a token and its weight."""
ODD = "\ue002"
"""Begins what stands for a token that cannot be sent as it is."""
SCALE = 64
"""A weight of 1 as a whole number."""
LONGEST = 200
"""Letters of a token; a longer one (an address) is known by its hash."""
LONGEST_VALUE = 1000
WEIGHTS = {"short": B, "long": LONG_B}
"""Fields of weights by their `b`: how much BM25 weighs length."""
SPLITS = re.compile(rf"[\s\ud800-\udfff{STACK}{WEIGHT}{ODD}]")


def own_fingerprint() -> str:
    """Return the fingerprint of this program's fields, weights and format."""
    return fingerprint(["opensearch", VERSION, str((B, LONG_B, K1, SCALE))])


def encoded(token: str) -> str:
    """Return a token as it can stand between spaces; the same token always gives the same."""
    if 0 < len(token) <= LONGEST and not SPLITS.search(token):
        return token
    digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return f"{SPLITS.sub('', token[:40])}{ODD}{digest}"


def value_key(field: str, value: str) -> str:
    """Return how a value is known whatever its case, spaces and dashes."""
    squeezed = "".join(value.casefold().replace("–", "-").split())
    return f"{field}={_sound(squeezed)[:LONGEST_VALUE]}"


def name_words(field: str, name: str) -> str:
    """Return the words of a name as tokens of the field `names`."""
    words = name.casefold()[:LONGEST_VALUE].split(" ")
    return " ".join(encoded(f"{field}={word}") for word in words if word)


def plain_value(value: str) -> str:
    """Return a value as the cluster can hold it."""
    return _sound(value)[:LONGEST_VALUE]


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def index_body(*, shards: int) -> dict[str, Any]:
    """Return settings and mapping of a generation while it is being written."""
    return {"settings": _settings(shards), "mappings": mapping()}


def _settings(shards: int) -> dict[str, Any]:
    return {
        "number_of_shards": shards,
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "mapping.nested_objects.limit": 100_000,
        "max_inner_result_window": 1_000,
        "analysis": {
            "tokenizer": {"kz_space": {"type": "whitespace", "max_token_length": 1_000_000}},
            "filter": {
                "kz_stack": {
                    "type": "pattern_capture",
                    "preserve_original": False,
                    "patterns": [f"([^{STACK}]+)"],
                },
                "kz_weight": {"type": "delimited_term_freq", "delimiter": WEIGHT},
            },
            "analyzer": {
                "kz_tokens": {"type": "custom", "tokenizer": "kz_space", "filter": ["kz_stack"]},
                "kz_weights": {"type": "custom", "tokenizer": "kz_space", "filter": ["kz_weight"]},
            },
        },
        "similarity": {
            "kz_weights": {"type": "BM25", "k1": K1 * SCALE, "b": 0.0},
            **{
                f"kz_{field.name}": {"type": "BM25", "k1": K1 / (field.boost or 1.0), "b": B}
                for field in FIELDS
                if field.kind == "text"
            },
        },
    }


def saturation(field: str, *, legacy: bool) -> float:
    """Return what a cluster's BM25 must be multiplied by to be ours, which has a factor `k1 + 1`.

    Before version 3 (`legacy`) OpenSearch has that factor, with the `k1` of the field.
    """
    k1 = K1 * SCALE if field in WEIGHTS else K1 / (BY_NAME[field].boost or 1.0)
    return (K1 + 1) / (k1 + 1 if legacy else 1.0)


def mapping() -> dict[str, Any]:
    """Return the mapping: what is known of a paper, and its passages."""
    kept = {"type": "keyword", "index": False, "doc_values": False, "store": True}
    values = {name: {"type": "keyword", "doc_values": name in FACETS} for name in KEYWORDS}
    return {
        "dynamic": "strict",
        # What is needed of a document is stored by field, so that a hit reads one passage and not
        # the whole paper. A generation is made again from the store of papers, not from an index.
        "_source": {"enabled": False},
        "properties": {
            "paper_id": {"type": "keyword"},
            "claimed": {"type": "keyword", "index": False},
            "hash": {"type": "keyword", "index": False},
            "origin": {"type": "keyword", "index": False},
            "passage_count": {"type": "integer"},
            "page_count": {"type": "integer"},
            "date": {"type": "integer"},
            **values,
            "card": kept,
            "packed": {"type": "binary", "store": True},
            "passages": {"type": "nested", "properties": _passage(kept)},
        },
    }


def _passage(kept: dict[str, Any]) -> dict[str, Any]:
    texts = {
        field.name: {
            "type": "text",
            "analyzer": "kz_tokens",
            "similarity": f"kz_{field.name}",
        }
        for field in FIELDS
        if field.kind == "text"
    }
    weights = {
        name: {
            "type": "text",
            "analyzer": "kz_weights",
            "search_analyzer": "kz_tokens",
            "similarity": "kz_weights",
            "index_options": "freqs",
            "norms": False,
        }
        for name in WEIGHTS
    }
    return {
        **texts,
        **weights,
        "values": {"type": "keyword", "doc_values": False},
        "names": {"type": "text", "analyzer": "kz_tokens", "norms": False},
        "date": {"type": "integer", "doc_values": False},
        "id": {"type": "keyword", "doc_values": False},
        "at": {"type": "integer", "doc_values": False},
        "label": kept,
        "shown": kept,
    }
