"""What was mended or left out in reading a query, said in Dutch.

In go kinds of problems, out come sentences, each kind once. A problem never stops a search.
"""

from __future__ import annotations

from enum import Enum


class Problem(Enum):
    """A kind of problem; its value is the sentence, `{}` the piece of the query it is about."""

    QUOTE = "Er staat een aanhalingsteken zonder tweede; het is weggelaten."
    EMPTY_QUOTES = "Tussen twee aanhalingstekens staan geen woorden; ze zijn weggelaten."
    BRACKET = "Bij een haakje hoort geen tweede; het is weggelaten."
    OPERATOR = "‘{}’ staat niet tussen twee zoekwoorden; het is weggelaten."
    NEAR = "NABIJ werkt tussen twee woorden of woordgroepen; hier is het gelezen als EN."
    DISTANCE = "NABIJ/{} is gelezen als de dichtstbijzijnde afstand van 1 tot en met 50 woorden."
    LOOSELY = (
        "Een golfje achter aanhalingstekens doet niet mee. Woorden dicht bij elkaar zoekt u met "
        "NABIJ: wachtlijst NABIJ/5 zorg."
    )
    STAR = "Een sterretje werkt alleen aan het eind van een woord; het is hier weggelaten."
    ONE_LETTER = (
        "Een vraagteken staat niet voor een letter: in ‘{}’ scheidt het woorden. Gebruik een "
        "sterretje aan het eind (energie*) of een golfje (stikstof~)."
    )
    SKIPPED = "Tekens die geen letter of cijfer zijn, zijn overgeslagen."
    FIELD = "Achter ‘{}:’ staat niets om op te zoeken; het is weggelaten."
    NO_FIELD = (
        "‘{}:’ is geen veld en is gelezen als woord. Wat wel kan, staat in de uitleg: soort, "
        "ministerie, persoon, fractie, dossier, datum, titel, vraag, antwoord."
    )
    DATE = "‘{}’ is geen datum of jaar en doet niet mee; schrijf 2022, 2022-12 of 2022-12-13."
    NO_WORDS = "Er bleef niets over om op te zoeken; u ziet daarom alle stukken."
    LONG = (
        "Uw vraag is lang. De {} langste verschillende woorden en nummers tellen mee, "
        "de andere zijn weggelaten."
    )
    PLAIN = "Uw tekst is lang en daarom gelezen als losse woorden, zonder leestekens."
    CUT = "Alleen de eerste {} tekens zijn gelezen."


class Problems:
    """Collects the problems of one query, each kind once, in order."""

    def __init__(self) -> None:
        self._found: dict[Problem, str] = {}

    def add(self, problem: Problem, about: str = "") -> None:
        """Remember a problem and the piece of the query that it is about."""
        self._found.setdefault(problem, problem.value.format(about))

    def sentences(self) -> tuple[str, ...]:
        """Return the sentences to show."""
        return tuple(self._found.values())
