"""Promises: which sentences are candidates, and when they are due."""

from __future__ import annotations

import pytest

from indexer.paper import Passage
from indexer.structure.promises import find_promises, promises_of

SENTENCES = [
    # (sentence, is it a candidate, its term)
    ("Ik zeg toe dat ik met de provincies in gesprek ga.", True, None),
    ("Tot slot zeg ik u toe de metingen in het voorjaar te herhalen.", True, "in het voorjaar"),
    ("Ik zal uw Kamer hierover vóór 1 maart 2024 informeren.", True, "vóór 1 maart 2024"),
    (
        "In het eerste kwartaal van 2025 zal ik de Kamer een brief sturen.",
        True,
        "In het eerste kwartaal van 2025",
    ),
    ("Eind 2024 informeer ik uw Kamer over de uitkomst.", True, "Eind 2024"),
    ("Daarover ontvangt uw Kamer dit najaar een brief.", True, "dit najaar"),
    ("Voor de zomer hoort de Kamer wat dat heeft opgeleverd.", True, "Voor de zomer"),
    ("Uw Kamer wordt binnen zes weken geïnformeerd.", True, "binnen zes weken"),
    ("Bij de begroting kom ik hierop terug.", True, None),
    ("Ik informeer de Kamer elk jaar in november over de aantallen.", True, "in november"),
    # what is none
    ("In het debat heb ik toegezegd uw Kamer te informeren.", False, None),
    ("Dat kan ik niet toezeggen.", False, None),
    ("Met deze brief informeer ik uw Kamer over de stand van zaken.", False, None),
    ("Hierbij stuur ik de Kamer het rapport.", False, None),
    ("Kunt u toezeggen dat u de Kamer zult informeren?", False, None),
    ("De Kamer heeft de motie aangenomen.", False, None),
    ("Wij zullen de regels handhaven.", False, None),
]


@pytest.mark.parametrize(("sentence", "wanted", "term"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_candidates(sentence: str, wanted: bool, term: str | None) -> None:
    text = f"Er is overleg geweest. {sentence} Daarna volgt een besluit."
    found = list(find_promises(text))
    assert [each.text for each in found] == ([sentence] if wanted else [])
    assert [each.term for each in found] == ([term] if wanted else [])


def test_a_promise_has_its_span() -> None:
    text = "Ja. Zie art. 3. Ik zeg toe dat dit nr. 4 wordt. Nee."
    (found,) = find_promises(text)
    assert text[found.start : found.end] == "Ik zeg toe dat dit nr. 4 wordt."


def test_a_question_promises_nothing_and_a_shared_answer_once() -> None:
    question = "Ik zal uw Kamer informeren, zei u; wanneer?"
    answer = "Ik informeer uw Kamer in juni."
    pairs = [
        Passage(f"x#{n}", "vraag", n, f"{question}\n{answer}", question, answer, 3, 3)
        for n in ("vraag-1", "vraag-2")
    ]
    (promise,) = promises_of(pairs)
    assert (promise.text, promise.page, promise.term) == (answer, 3, "in juni")
    assert promise.passage == "vraag-1"
