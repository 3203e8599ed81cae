"""Passages → files that every engine of the benchmark reads: the same texts, the same tokens.

In goes a `.jsonl.xz` of passages and a number, out comes a file with a passage a line. `tokens` are
those of our analysis without compounds, one for each position, so that every engine can index them
by cutting at spaces. The passages have no dates; each gets one that follows from its id.
"""

from __future__ import annotations

import json
import lzma
import zlib
from itertools import islice
from pathlib import Path

from indexer.analysis.chains import Analyzer
from indexer.analysis.encode import Encoder
from indexer.analysis.tables import EMPTY


def make(source: Path, count: int, target: Path) -> None:
    """Write the first passages of a source."""
    encoder = Encoder(Analyzer(EMPTY))
    with lzma.open(source, "rt", encoding="utf-8") as lines, target.open("w") as stream:
        for line in islice(lines, count):
            row = json.loads(line)
            found = tokens(encoder, row["title"], row["text"])
            passage = (row["id"], row["kind"], day(row["id"]), row["title"], row["text"], found)
            stream.write(json.dumps(passage, ensure_ascii=False) + "\n")


def tokens(encoder: Encoder, title: str, text: str) -> str:
    """Return the tokens of a passage, a space between them."""
    numbers = encoder.encode(f"{title}\n{text}").tolist()
    forms = (encoder.entries[number].forms for number in numbers)
    return " ".join("_".join(form[0].split()) for form in forms if form)


def day(name: str) -> int:
    """Return the date, as a number, that a passage gets."""
    number = zlib.crc32(name.encode())
    return (1995 + number % 30) * 10000 + (1 + number // 30 % 12) * 100 + 1 + number // 360 % 28


def iso(day: int) -> str:
    """Return a day as an ISO date."""
    return f"{day // 10000}-{day // 100 % 100:02d}-{day % 100:02d}"
