"""Passages mixed for the benchmark: of real sentences, none a copy, the same ones each time."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bench.scale import mixed
from tests.bench.scale.rows import read


def test_mixed_passages_are_new_and_of_real_sentences(tmp_path: Path) -> None:
    texts = [" ".join(f"Zin {n} van stuk {row} over zee." for n in range(6)) for row in range(9)]
    real = tmp_path / "real"
    lines = [
        json.dumps([f"p{n}", "brief", 20200101, "Titel", text, "zin"])
        for n, text in enumerate(texts)
    ]
    real.write_text("\n".join(lines) + "\n", "utf-8")
    for target in ("one", "two"):
        mixed.make(real, 30, tmp_path / target)
    rows = list(read(tmp_path / "one"))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert [row.text for row in rows[:9]] == texts
    assert len({row.id for row in rows}) == len({row.text for row in rows}) == 30
    sentences = {sentence for text in texts for sentence in mixed.END.split(text)}
    for row in rows[9:]:
        assert len(set(mixed.END.split(row.text)) & sentences) == 6
        assert len(row.tokens.split()) == len(row.text.split()) + 1
