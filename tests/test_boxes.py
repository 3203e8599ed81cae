"""Boxes of words survive packing, whatever they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.boxes import SCALE, Box, unpack
from indexer.extract.packing import pack

PART = st.integers(0, SCALE).map(lambda n: n / SCALE)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, right = sorted((draw(PART), draw(PART)))
    top, bottom = sorted((draw(PART), draw(PART)))
    return Box(left, top, right, bottom)


@given(st.lists(st.lists(boxes(), min_size=1, max_size=3).map(tuple), max_size=40))
def test_boxes_come_back_as_they_were(words: list[tuple[Box, ...]]) -> None:
    back = unpack(pack(words))
    assert [len(word) for word in back] == [len(word) for word in words]
    for found, given_ in zip(back, words, strict=True):
        for one, other in zip(found, given_, strict=True):
            assert one == pytest.approx(other, abs=1e-9)


@pytest.mark.parametrize(
    ("off", "on"),
    [
        (Box(-0.5, 0.1, 0.5, 0.2), Box(0.0, 0.1, 0.5, 0.2)),
        (Box(0.5, 0.1, 1.5, 0.2), Box(0.5, 0.1, 1.0, 0.2)),
        (Box(0.5, 0.1, 0.25, 0.2), Box(0.5, 0.1, 0.5, 0.2)),  # ends before it begins
        (Box(float("nan"), -1.0, float("inf"), 2.0), Box(0.0, 0.0, 1.0, 1.0)),
    ],
)
def test_what_is_off_the_page_lies_on_its_edge(off: Box, on: Box) -> None:
    beside = Box(0.0, 0.1, 1 / SCALE, 0.2)
    assert unpack(pack([(beside,), (off, beside)])) == [
        (pytest.approx(beside, abs=1e-3),),
        (pytest.approx(on, abs=1e-3), pytest.approx(beside, abs=1e-3)),
    ]


def test_no_words_is_no_text() -> None:
    assert pack([]) == ""
    assert unpack("") == []


@pytest.mark.parametrize("text", ["x", "geen doosjes", "0" * 50])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"boxes|base64|Incorrect|Only|Invalid"):
        unpack(text)
