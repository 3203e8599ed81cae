"""Promises (toezeggingen): sentences by which a member of government may promise something.

In goes the text of a passage, out come `Found` values: the sentence, its span, and when it is due
if that is said. By rule, so candidates: the sentence is always shown with them. What was promised
earlier, what is refused, what is asked for and what this very letter does is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.paper import Passage, Promise

KAMER = r"(?:[Uu]w|[Dd]e|[Bb]eide) (?:Tweede |Eerste )?Kamers?"
TELL = (
    r"(?:informeren|berichten|inlichten|toesturen|toezenden|sturen|zenden|doen toekomen|aanbieden)"
)
# Must match `Ik zeg toe dat ik`, `zeg ik u toe`, `zal ik de Kamer voor de zomer informeren`, `Ik
# zal uw Kamer hierover informeren`, `informeer ik uw Kamer`, `stuur ik de Kamer een brief`,
# `ontvangt uw Kamer`, `Daarover wordt uw Kamer geïnformeerd`, `kom ik hierop terug`, `hoort de
# Kamer wat`; must not match `heb ik toegezegd`, `kan ik niet toezeggen`, `heb ik uw Kamer
# geïnformeerd`.
CUE = re.compile(
    r"\b(?:[Ii]k zeg|[Zz]eg ik)\b[^.?!]{0,60}?\btoe\b"
    rf"|\b(?:[Ii]k zal|[Zz]al ik|[Zz]ullen (?:wij|we)|[Ww]ij zullen)\b[^.?!]{{0,200}}?\b{KAMER}\b"
    rf"[^.?!]{{0,200}}?\b{TELL}\b"
    rf"|\b(?:[Ii]nformeer|[Bb]ericht|[Ss]tuur|[Zz]end) (?:ik|wij)\b[^.?!]{{0,80}}?\b{KAMER}\b"
    rf"|\b[Ii]k (?:informeer|bericht|stuur|zend) {KAMER}\b"
    rf"|\b(?:[Oo]ntvangt|[Hh]oort) {KAMER}\b|\b{KAMER} (?:ontvangt|hoort)\b"
    rf"|\b(?:wordt|zal) {KAMER}\b[^.?!]{{0,160}}?\b(?:geïnformeerd|ingelicht|toegezonden|bericht)\b"
    rf"|\b{KAMER} (?:wordt|zal)\b[^.?!]{{0,160}}?\b(?:geïnformeerd|ingelicht|toegezonden)\b"
    r"|\b[Kk]om ik (?:hier|daar)(?:op|bij) terug\b"
    r"|\b[Ii]k kom (?:hier|daar)op\b[^.?!]{0,60}\bterug\b"
)
ASIDE = re.compile(
    r"\bniet toe\b|\bniet toezeggen\b|\b(?:heb|hebben|is|was|werd|werden|had) "
    r"(?:ik|wij|de Kamer|uw Kamer)?[^.?!]{0,60}\b(?:toegezegd|geïnformeerd|bericht|gestuurd)\b"
    r"|^(?:Kunt|Bent|Wilt|Deelt) u\b|\bzoals (?:ik|eerder)\b"
    r"|\b(?:[Mm]et|[Ii]n|[Bb]ij|[Dd]oor middel van) deze(?: \w+)? (?:brief|beantwoording)\b"
    r"|\b(?:[Hh]ierbij|[Bb]ijgaand)\b"
)
MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
)
SEASON = r"(?:zomer|najaar|voorjaar|winter|herfst|kerst|jaar(?:wisseling)?)"
RECESS = r"(?:zomer|kerst|herfst|mei|krokus|voorjaars)reces"
ORDER = r"(?:eerste|tweede|derde|vierde)"
YEAR = r"(?: (?:van )?(?:20\d\d|dit jaar|volgend jaar))?"
# Must match `vóór 1 maart 2024`, `voor de zomer`, `in het eerste kwartaal van 2024`, `eind 2024`,
# `in oktober`, `binnen zes weken`, `nog dit jaar`, `begin volgend jaar`.
TERM = re.compile(
    rf"\b(?:(?:[Vv][oó][oó]r|[Uu]iterlijk(?: op| in)?|[Nn]a|[Ii]n|[Tt]egen|[Rr]ond|[Oo]p)"
    rf" (?:\d{{1,2}} {MONTH}(?: 20\d\d)?|{MONTH}{YEAR}"
    rf"|(?:de|het|dit|komend|volgend|deze|komende|het komende) (?:{SEASON}|{RECESS}){YEAR}"
    rf"|het (?:einde|eind|begin) van (?:het jaar|dit jaar|20\d\d|de zomer|het {SEASON})"
    rf"|(?:het|de) {ORDER} (?:kwartaal|helft)(?: van (?:20\d\d|dit jaar|volgend jaar|het jaar))?"
    rf"|20\d\d)"
    rf"|(?:[Ee]ind|[Bb]egin|[Mm]edio|[Nn]ajaar|[Vv]oorjaar|[Zz]omer)"
    rf" (?:{MONTH} )?(?:20\d\d|dit jaar|volgend jaar|{MONTH})"
    rf"|[Bb]innen (?:\w+|\d+) (?:dagen|weken|maanden|jaar)"
    rf"|[Nn]og (?:dit|deze) (?:jaar|maand|week|zomer)"
    rf"|(?:[Dd]it|[Kk]omend|[Vv]olgend) (?:najaar|voorjaar|jaar|kwartaal))\b"
)
OPENS = re.compile(r"(?:(?<=[.!?])|(?<=[.!?]\d))\s+(?=[A-ZÀ-Þ«“‘\"])|\n")
ABBREVIATED = re.compile(r"\b(?:nr|nrs|art|drs|mr|dr|ir|jl|a\.i|c\.s|d\.d|o\.a|bijv|resp|[A-Z])\.$")
PROMISING = ("antwoord", "brief", "vragenlijst", "verslag", "nota", "handelingen", "uitstel")


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that may promise something, its span, and its term as printed."""

    text: str
    start: int
    end: int
    term: str | None


def find_promises(text: str) -> Iterator[Found]:
    """Yield the sentences of a text that may be promises, in order, each once."""
    end = 0
    for cue in CUE.finditer(text):
        if cue.start() < end:
            continue
        start, end = _sentence(text, cue.start(), cue.end())
        sentence = text[start:end]
        if sentence.endswith("?") or ASIDE.search(sentence):
            continue
        term = TERM.search(sentence)
        yield Found(sentence, start, end, term.group() if term else None)


def promises_of(passages: Iterable[Passage]) -> tuple[Promise, ...]:
    """Return the candidates of a paper, each with its page and passage.

    Of a question only its answer is read; an answer that several share counts once.
    """
    found: dict[str, Promise] = {}
    for passage in passages:
        answered = passage.kind != "vraag" or passage.answer
        begins = len(passage.text) - len(passage.answer or passage.text)
        for each in find_promises(passage.text[begins:]) if answered else ():
            page = passage.page_at(begins + each.start)
            found.setdefault(each.text, Promise(each.text, page, each.term, passage.label))
    return tuple(found.values())


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence around a span."""
    begin, stop = 0, len(text)
    for gap in OPENS.finditer(text):
        if "\n" not in gap.group() and ABBREVIATED.search(
            text[max(gap.start() - 6, 0) : gap.start()]
        ):
            continue
        if gap.end() <= start:
            begin = gap.end()
        elif gap.start() >= end:
            stop = gap.start()
            break
    return begin, stop
