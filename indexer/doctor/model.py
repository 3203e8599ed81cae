"""The model of vectors, an extra: whether it is there, loads, and tells likes from unlikes.

In go the versions that are installed and the model that the index's vectors are of, out come
findings. The model is tried in a process of its own: a library that does not suit the processor
ends a process without an error, and the doctor should go on.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from indexer.analysis import embedding
from indexer.analysis.embedding import HOW_TO_INSTALL, PACKAGE, RUNTIME
from indexer.doctor.finding import Finding, good, warning
from indexer.doctor.program import fits, parsed

EXTRA = "embedding"
QUESTIONS = (
    "Hoeveel woningen zijn er vorig jaar gebouwd?",
    "Klopt het dat de stikstof in de natuur toeneemt?",
)
ANSWERS = ("Er kwamen 70.000 huizen bij.", "De neerslag van ammoniak op heide is gestegen.")
"""To each question its answer, in other words: an answer must be nearer to its own (by .07 where
all is well)."""
APART = 0.03
REINSTALL = "python -m pip install --force-reinstall 'kamerzoek[embedding]'"
BY_WORDS = "lange vragen worden alleen op woorden gezocht"


@dataclass(frozen=True, slots=True)
class Tried:
    """How the model did: why it fails or nothing, seconds to load, seconds a text, right or not."""

    wrong: str | None
    loading: float = 0.0
    each: float = 0.0
    right: bool = True


def examine(
    needs: Sequence[str], installed: Callable[[str], str | None], made: str | None
) -> Iterator[Finding]:
    """Yield what there is to say; `made` names the model of the index, `None` without vectors."""
    wanted = [(name, bounds) for name, bounds, extra in map(parsed, needs) if extra == EXTRA]
    there = {name: installed(name) for name in (PACKAGE, RUNTIME)}
    missing = [name for name, version in there.items() if version is None]
    if made is None and len(missing) == len(there):
        told = "lange vragen worden op woorden gezocht, niet op betekenis"
        yield good("vectoren", f"{told} (kan erbij: {HOW_TO_INSTALL})")
        return
    if missing:
        what = f"{' en '.join(missing)} van de extra [{EXTRA}] is niet geïnstalleerd: {BY_WORDS}"
        yield warning("vectoren", what, f"Installeer het: {HOW_TO_INSTALL}")
        return
    for name, bounds in wanted:
        if not fits(there.get(name) or "", bounds):
            told = f"{name} {there.get(name)} past niet bij wat nodig is ({bounds})"
            advice = f"Installeer het: python -m pip install '{name}{bounds}'"
            yield warning("vectoren", told, advice)
    yield from tried(in_own_process())
    yield from same(made, embedding.model_name())


def tried(found: Tried) -> Iterator[Finding]:
    """Look at how the model did."""
    if found.wrong is not None:
        told = f"het model voor vectoren is er, en werkt niet: {BY_WORDS}"
        advice = f"{found.wrong} Opnieuw installeren: {REINSTALL}"
        yield warning("vectoren", told, advice)
    elif not found.right:
        told = "het model voor vectoren geeft vectoren die niet kloppen"
        advice = f"Maak opnieuw wat ermee gemaakt is, na: {REINSTALL}"
        yield warning("vectoren", told, advice)
    else:
        took = f"{found.loading:.1f} s".replace(".", ",")
        told = f"het model voor vectoren laadt in {took} en doet {found.each * 1000:.0f} ms over"
        yield good("vectoren", f"{told} een korte vraag")


def same(made: str | None, here: str | None) -> Iterator[Finding]:
    """Look whether the vectors of an index are of the model that is here."""
    if made is not None and made != here:
        told = f"de vectoren van de index zijn van een ander model ({made}, hier {here})"
        advice = "Maak ze opnieuw: python -m indexer build MAP --index PLAATS --embedding"
        yield warning("vectoren", f"{told}: {BY_WORDS}", advice)


def in_own_process(work: Callable[[], Tried] | None = None) -> Tried:
    """Try the model in a process that may die."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        try:
            return pool.submit(work or load).result()
        except BrokenProcessPool:
            return Tried(
                "Het proces dat het laadt valt weg: er is te weinig geheugen, of de processor "
                f"is te oud voor {RUNTIME}."
            )
        except Exception as error:  # noqa: BLE001 (whatever it raises is what is to be told)
            return Tried(f"Het stopt met: {type(error).__name__} {error}.")


def load() -> Tried:
    """Load the model and try it on some sentences."""
    began = time.perf_counter()
    wrong = embedding.failure()
    loaded = time.perf_counter()
    if wrong is not None:
        return Tried(wrong)
    asked = embedding.question_vectors(QUESTIONS)
    each = (time.perf_counter() - loaded) / len(QUESTIONS)
    cosines = asked @ embedding.passage_vectors(ANSWERS).T
    right = all(cosines[n, n] > cosines[n, 1 - n] + APART for n in range(len(QUESTIONS)))
    return Tried(None, loaded - began, each, bool(right))
