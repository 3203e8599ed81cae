"""Our kinds of paper in the words of the sources: one table.

`series` are values of `w.publicatienaam` (SRU), `words` values of `Soort` (OData, SyncFeed) as
recorded in June 2025. What a source says of a single paper is read by `structure.official`, so
this table only narrows what is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

KAMERSTUK, AANHANGSEL, OPEN = "Kamerstuk", "Kamervragen (Aanhangsel)", "Kamervragen zonder antwoord"
HANDELINGEN = "Handelingen"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of ours, where SRU has it and what the Kamer calls it."""

    name: str
    series: tuple[str, ...]
    words: tuple[str, ...]


KINDS = (
    Kind(
        "antwoord",
        (AANHANGSEL,),
        ("Antwoord schriftelijke vragen", "Antwoord schriftelijke vragen (nader)"),
    ),
    Kind("uitstel", (AANHANGSEL,), ("Mededeling (uitstel antwoord)",)),
    Kind("kamervragen", (OPEN,), ("Schriftelijke vragen", "Mondelinge vragen")),
    Kind("motie", (KAMERSTUK,), ("Motie", "Motie (gewijzigd/nader)")),
    Kind("amendement", (KAMERSTUK,), ("Amendement", "Amendement (gewijzigd/nader/vervangend)")),
    Kind(
        "brief",
        (KAMERSTUK,),
        (
            "Brief regering", "Brief Kamer", "Brief Presidium", "Brief Voorzitter",
            "Brief Algemene Rekenkamer", "Brief commissie", "Brief commissie aan bewindspersoon",
            "Brief lid / fractie", "Brief Nationale ombudsman", "Aanbiedingsbrief",
            "Geleidende brief",
        ),
    ),
    Kind(
        "vragenlijst",
        (KAMERSTUK,),
        (
            "Lijst van vragen", "Lijst van vragen en antwoorden",
            "Verslag houdende een lijst van vragen en antwoorden",
        ),
    ),
    Kind(
        "verslag",
        (KAMERSTUK,),
        (
            "Verslag van een algemeen overleg", "Verslag van een commissiedebat",
            "Verslag van een notaoverleg", "Verslag van een wetgevingsoverleg",
            "Verslag van een schriftelijk overleg", "Verslag (initiatief)wetsvoorstel (nader)",
            "Verslag van een hoorzitting / rondetafelgesprek",
        ),
    ),
    Kind(
        "wetsvoorstel",
        (KAMERSTUK,),
        ("Voorstel van wet", "Voorstel van wet (initiatiefvoorstel)"),
    ),
    Kind(
        "toelichting",
        (KAMERSTUK,),
        ("Memorie van toelichting", "Memorie van toelichting (initiatiefvoorstel)"),
    ),
    Kind(
        "nota",
        (KAMERSTUK,),
        (
            "Nota n.a.v. het (nader/tweede nader/enz.) verslag", "Nota van wijziging",
            "Nota van wijziging (initiatiefvoorstel)", "Initiatiefnota",
        ),
    ),
    Kind("handelingen", (HANDELINGEN,), ("Stenogram",)),
    Kind("bijlage", ("Bijlage",), ("Bijlage",)),
)  # fmt: skip
NAMES = tuple(kind.name for kind in KINDS)
SERIES = (KAMERSTUK, AANHANGSEL, OPEN)
"""What is fetched from SRU when no kind is asked for: the papers, not the minutes and annexes."""


def series_of(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the series of SRU that hold the kinds, all of ours when none is named."""
    if not kinds:
        return SERIES
    return tuple(dict.fromkeys(s for kind in KINDS if kind.name in kinds for s in kind.series))


def words_of(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the Kamer calls the kinds."""
    return tuple(word for kind in KINDS if kind.name in kinds for word in kind.words)
