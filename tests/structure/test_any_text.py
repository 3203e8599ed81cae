"""Any text at all: no finder fails on it, nothing of it is lost, and JSON brings it back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.paper_json import from_json, to_json
from tests.structure.test_assemble import paper

PIECES = st.sampled_from(
    [
        "Vraag 1", "Antwoord 1", "Vragen 2 en 3", "Antwoord vragen 2 t/m 4", "Vraag 2a", "1",
        "2 en 3", "1. Kunt u", "Antwoord:", "Antwoord",
        "36 200 VII  Vaststelling van de begroting", "Nr. 12  MOTIE VAN HET LID FEDDEMA",
        "Datum", "Betreft", "Geachte voorzitter,", "12 november 2020", "32 mei 2020",
        "Vragen van het lid Feddema (BBB) aan de Minister van",
        "Antwoord van Minister Oldenkamp (Financiën) (ontvangen 7 juni 2024).", "Hoogachtend,",
        "De Minister van Financiën,", "namens deze,", "E.J. Verschuure", "Kamerstuk 36 200, nr.",
        "nr. 12, 13 en 14", "(35510-21)", "Aanhangsel Handelingen 2022–203, nr. 1", "Kenmerk",
        "€ 12", "en gaat over tot de orde van de dag.", "Ik zeg toe dat ik in",
        "zal ik de Kamer", "informeren.", "Zie het antwoord op vraag 1.", "Toelichting:",
        "1) Kamerstuk", "  ", "", "?", "…", "\u00b2", "٣", "De heer Kleiweg (CDA):",
        "Tweede Kamer der Staten-Generaal", "ISSN 0921 - 7371", "kst-36200-VII-12",
    ]
)  # fmt: skip
PAGES = st.lists(
    st.lists(PIECES | st.text(max_size=30), max_size=25).map("\n".join), min_size=1, max_size=4
)


@given(PAGES, st.lists(PIECES, max_size=6))
def test_any_text_becomes_a_paper(pages: list[str], furniture: list[str]) -> None:
    found = paper(*pages, furniture=tuple(furniture))
    assert from_json(to_json(found)) == found
    labels = [passage.label for passage in found.passages]
    assert len(set(labels)) == len(labels)
    assert found.confidence is None or 0 <= found.confidence <= 1
    for passage in found.passages:
        assert passage.id == f"{found.id}#{passage.label}"
        assert set(passage.links) <= set(labels)


@given(PAGES)
def test_no_word_is_lost(pages: list[str]) -> None:
    """Every word of the text stands in a passage, in a label, or among the furniture."""
    found = paper(*pages)
    held = " ".join(passage.text for passage in found.passages)
    if found.confidence is not None or not held:
        return  # labels of questions are not text
    words = {word for page in found.pages for word in page.text.split() if len(word) > 9}
    gone = [word for word in words if word not in held and "kst" not in word]
    assert all(word in "Staten-Generaal" for word in gone)
