"""The manual of the query language: chapters with examples, shown on `/uitleg`.

In goes nothing, out come values. A test reads every example, so the manual cannot lie.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A query that a reader can try, and what it finds."""

    query: str
    finds: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the manual."""

    anchor: str
    title: str
    text: str
    examples: tuple[Example, ...]


CHAPTERS = (
    Chapter(
        "woorden",
        "Gewone woorden",
        "Typ de woorden waarnaar u zoekt. Stukken waarin alle woorden dicht bij elkaar staan, in "
        "dezelfde vraag of op dezelfde bladzijde, komen eerst; daarna stukken met de meeste van "
        "uw woorden. Verbuigingen en samenstellingen worden vanzelf gevonden: wie ‘begroting’ "
        "zoekt, vindt ook ‘begrotingen’. Hoofdletters en accenten maken niet uit. U mag een hele "
        "vraag plakken: van acht woorden af worden de beste passages nog eens met de vraag "
        "vergeleken, ook op delen van woorden, zodat haar eigen antwoord bovenaan komt.",
        (
            Example("begrotingsbehandeling concepten", "beide woorden, liefst samen"),
            Example("kosten/baten", "beide woorden"),
            Example("wiskunde-onderwijs", "ook ‘wiskundeonderwijs’"),
            Example("Hoeveel scholen hebben een tekort aan leraren?", "een hele vraag"),
        ),
    ),
    Chapter(
        "woordgroepen",
        "Woorden precies zo achter elkaar",
        "Zet woorden tussen aanhalingstekens als ze in die volgorde naast elkaar moeten staan. "
        "Rechte, kromme en lage aanhalingstekens zijn gelijk. Een stuk zonder de woordgroep "
        "wordt niet gevonden.",
        (
            Example('"nationaal programma"', "precies deze twee woorden na elkaar"),
            Example("“nationaal programma” discriminatie", "de woordgroep, en ook dit woord"),
        ),
    ),
    Chapter(
        "nummers",
        "Nummers van stukken",
        "Een nummer mag u typen zoals het in een brief staat, met of zonder spaties. Is het stuk "
        "er, dan staat het boven de resultaten; daaronder staan de stukken die het noemen.",
        (
            Example("36 200 VII, nr. 12", "dit Kamerstuk"),
            Example("36200-VII-12", "hetzelfde stuk"),
            Example("2023Z02406", "een zaaknummer"),
            Example("Aanhangsel Handelingen II 2023/24, nr. 1999", "een antwoord op Kamervragen"),
            Example("362 00 VII, nr. 12", "een verschoven spatie wordt hersteld"),
            Example("IENW/BSK-2022/188204", "de brief met dit kenmerk"),
        ),
    ),
    Chapter(
        "afkortingen",
        "Afkortingen en soorten",
        "Van veel afkortingen van wetten, ministeries en diensten wordt ook de volle naam gezocht, "
        "en de afkorting die ervoor of erna gold. Onder ‘Zo is uw zoekvraag gelezen’ staat wat er "
        "bijkwam, met de jaren; met ‘alleen letterlijk’ neemt u het weg. Noemt u een soort stuk, "
        "dan telt een stuk van die soort als treffer en staat het hoger; ook dat staat er, met "
        "‘deze soort niet laten voorgaan’ erachter.",
        (
            Example("Woo-verzoek", "ook ‘Wob-verzoek’, van voor 2022"),
            Example("evaluatie AVG", "ook ‘Algemene verordening gegevensbescherming’ en de Wbp"),
            Example("drinkwater IenW", "ook ‘Infrastructuur en Waterstaat’"),
            Example("motie stikstof", "ook stukken van de soort motie waarin het woord niet staat"),
            Example("wetsvoorstel binnenklimaat", "wetsvoorstellen eerst, dan brieven erover"),
            Example("van der Meulen asiel", "de hele naam staat hoger dan ‘Meulen’ alleen"),
            Example("letterlijk:Woo", "alleen het woord zoals het er staat"),
        ),
    ),
    Chapter(
        "combineren",
        "EN, OF en NIET",
        "In hoofdletters verbinden EN, OF en NIET uw zoekwoorden; AND, OR en NOT mogen ook. EN "
        "gaat voor OF; met haakjes bepaalt u het zelf. Zodra u EN of OF gebruikt, moeten ook "
        "losse woorden naast elkaar allemaal voorkomen. Een streepje direct voor een woord "
        "betekent NIET.",
        (
            Example("stikstof EN boeren", "beide woorden moeten voorkomen"),
            Example("zorg EN (wachtlijst OF wachttijd)", "zorg met een van de andere twee"),
            Example("stikstof NIET landbouw", "zonder het tweede woord"),
            Example("stikstof -landbouw", "hetzelfde"),
            Example("klimaat NABIJ/5 akkoord", "hoogstens vijf woorden van elkaar"),
            Example("(stikstof OR ammoniak) AND NOT boeren", "hetzelfde in het Engels"),
        ),
    ),
    Chapter(
        "delen",
        "Delen van woorden, en typefouten",
        "Een sterretje achter minstens drie letters staat voor elk vervolg. Een golfje zoekt ook "
        "woorden die één letter verschillen; vanaf acht letters mag ~2.",
        (
            Example("energie*", "energie, energietransitie, energiek …"),
            Example("stikstoff~", "stikstof"),
            Example("immigrattie~2", "twee letters anders"),
        ),
    ),
    Chapter(
        "velden",
        "Zoeken in één gegeven",
        "Een veldnaam met een dubbelepunt zoekt alleen daar. Meer woorden zet u tussen "
        "aanhalingstekens of haakjes.",
        (
            Example("titel:stikstof", "in de titel"),
            Example("vraag:wachtlijsten", "in de vragen, niet in de antwoorden"),
            Example("antwoord:wachtlijsten", "in de antwoorden"),
            Example("tekst:wachtlijsten", "in lopende tekst, buiten vragen en antwoorden"),
            Example('letterlijk:"de Wet open overheid"', "zonder verbuigingen"),
            Example("soort:motie", "alleen moties"),
            Example("dossier:36200-VII", "stukken van één dossier"),
            Example("nr:12", "stukken met dit nummer in hun dossier"),
            Example('van:"De Wit"', "gevraagd of ingediend door"),
            Example("door:Sneller", "beantwoord of verzonden door"),
            Example("persoon:Sneller", "in welke rol dan ook"),
            Example("partij:D66", "van leden van een fractie"),
            Example("ministerie:VWS", "van of aan een ministerie; een afkorting mag"),
            Example("vergaderjaar:2022-2023", "uit een vergaderjaar"),
            Example("kamer:EK", "van de Eerste Kamer (TK is de Tweede)"),
            Example("noemt:36200-VII", "stukken die dit dossier of stuk noemen"),
            Example("scan:ja", "stukken waarvan de tekst uit een scan is herkend"),
            Example("titel:(stikstof OF ammoniak) -titel:boeren", "velden samen, en uitgesloten"),
        ),
    ),
    Chapter(
        "data",
        "Datums",
        "Een datum is een jaar, een maand of een dag. Twee punten maken een periode; een kant mag "
        "open blijven. > en < zijn erna en ervoor, >= en <= tellen de datum zelf mee.",
        (
            Example("datum:2022-12-13", "van die dag"),
            Example("datum:2022..2023", "uit die twee jaren"),
            Example("datum:7-10-2022..", "vanaf die dag"),
            Example("datum:<2023", "van voor dat jaar"),
            Example("stikstof jaar:2021", "uit dat jaar"),
        ),
    ),
)
