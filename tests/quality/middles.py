"""`python -m tests.quality.middles`: what pieces are on average, from the sample papers.

In go the passages and questions of `corpus/sample`, read by the model; out comes the file that
`indexer.analysis.signs` compares pieces with. To be made anew with another model, and then all
vectors too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import numpy as np

from indexer.analysis import embedding
from indexer.analysis.e5 import weights
from indexer.analysis.e5.model import E5, Read
from indexer.analysis.signs import MIDDLES, PIECES, Floats
from tests.conftest import SAMPLE

LEAST = 60
"""Letters of a passage that counts."""


def main() -> None:
    """Read all and write the file."""
    model = E5(weights.file_of(embedding.PACKAGE))
    passages, questions = list(_passages()), list(_questions())
    rows = [_mean(model.passages(passages), PIECES), _mean(model.questions(questions), None)]
    np.save(MIDDLES, np.array(rows, np.float16))
    sys.stdout.write(f"{len(passages)} passages, {len(questions)} questions: {MIDDLES}\n")


def _mean(read: list[Read], most: int | None) -> Floats:
    pieces = np.concatenate([row.pieces[:most] for row in read])
    return np.asarray(pieces.mean(axis=0), np.float64)


def _passages() -> Iterator[str]:
    for path in sorted(SAMPLE.glob("*.json")):
        said = json.loads(path.read_text("utf-8"))
        texts = [row.get("answer") or row.get("text") or "" for row in said.get("passages", ())]
        texts += [page["text"] for page in said.get("pages", ())]
        yield from (text[: embedding.PASSAGE_LETTERS] for text in texts if len(text) > LEAST)


def _questions() -> Iterator[str]:
    for path in sorted(SAMPLE.glob("*.json")):
        for row in json.loads(path.read_text("utf-8")).get("passages", ()):
            if row.get("question"):
                yield row["question"][: embedding.QUERY_LETTERS]


if __name__ == "__main__":
    main()
