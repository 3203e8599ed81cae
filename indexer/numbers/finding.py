"""Numbers of papers in text: from any printed or typed form to one normal form.

In goes text, out come `Number` values. Pure: no I/O, so that structure, analysis and the search
page share it.
Sources: Leidraad voor juridische auteurs 2019, Aanwijzingen voor de regelgeving 3.43, and the
identifiers of officielebekendmakingen.nl.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from indexer.numbers.forms import (
    AANHANGSEL,
    AH,
    AMOUNT,
    BARE_AANHANGSEL,
    CODES,
    FIVE,
    HANDELINGEN,
    KAMERSTUK,
    LINKS,
    ROMAN_UPPER,
    SESSION_FIRST,
    SPACE,
    STORED,
    WORD,
    WORD_REACH,
)
from indexer.numbers.spelling import plain
from indexer.numbers.typed import attempts, of_address
from indexer.numbers.values import Number, NumberMatch, by_pages, session_year

LONGEST = 300
"""Characters of the longest text that may be one number with what stands around it."""


def find_numbers(text: str) -> Iterator[NumberMatch]:
    """Yield the numbers in running text, in order and without overlap.

    Five bare digits are a dossier only when something says so: the space of print, a word before
    it, an addition or a number behind it.
    """
    if not DIGIT.search(text):
        return
    low = text.lower()
    found = [match for rule in RULES for match in rule(text, low)]
    found.sort(key=lambda match: (match.start, -match.end))
    end = 0
    for match in found:
        if match.start >= end:
            yield match
            end = match.end


def parse_number(text: str) -> tuple[Number, ...]:
    """Return all readings of what a person typed as a number, likeliest first; `()` if none.

    An official address stands for the number in it, and a citation in a footnote for what it
    cites. Repairs what is unambiguous: the letter O for a zero, lower-case Roman and letters of
    the Eerste Kamer, a moved space.
    """
    if len(text) > LONGEST:
        return ()
    typed = plain(of_address(" ".join(text.split()).strip(" .,;:?!\"'“”‘’«»")))
    tried: set[str] = set()
    for attempt, repaired in attempts(typed):
        if attempt in tried:
            continue
        tried.add(attempt)
        for match in find_numbers(attempt):
            if match.start == 0 and match.end >= len(attempt.rstrip()):
                return tuple(replace(n, repaired=n.repaired or repaired) for n in match.readings)
        if found := _annex_alone(AH.sub("", attempt, count=1)):
            return (replace(found, repaired=repaired),)
        alone = KAMERSTUK.fullmatch(attempt)
        if alone:
            return tuple(replace(n, repaired=n.repaired or repaired) for n in _kamerstuk(alone))
    return ()


def _annex_alone(typed: str) -> Number | None:
    """Return an Aanhangsel typed as `3649 (2022/23)`, `2022/23, 3649` or `181902411`."""
    if found := BARE_AANHANGSEL.match(typed):
        years = session_year(found["y1"] or found["z1"], found["y2"] or found["z2"])
        sub = found["nr"]
    elif found := SESSION_FIRST.fullmatch(typed):
        years, sub = session_year(found["y1"], found["y2"]), found["nr"]
    elif stored := STORED.fullmatch(typed):
        years = session_year(f"20{stored['y1']}", f"20{stored['y2']}")
        sub = str(int(stored["nr"]))
    else:
        return None
    return Number("aanhangsel", sub=sub, session=years, house="TK") if years else None


def _dossiers(text: str, _: str) -> Iterator[NumberMatch]:
    end = 0
    for digits in FIVE.finditer(text):
        word = WORD.search(text[max(digits.start() - WORD_REACH, 0) : digits.start()])
        start = digits.start() - (len(word.group()) if word else 0)
        match = KAMERSTUK.match(text, start) or KAMERSTUK.match(text, digits.start())
        if match and match.start() >= end and _is_dossier(match, text):
            yield NumberMatch(_kamerstuk(match), match.start(), match.end(), match.group())
            end = match.end()


def _is_dossier(match: re.Match[str], text: str) -> bool:
    """Tell a dossier from an amount, a year with a word, or any other five digits."""
    if match["word"] or match["nr"] or match["R"]:
        return True
    if AMOUNT.match(text, match.end()) or text[: match.start()].rstrip().endswith("€"):
        return False
    roman = match["roman"]
    if roman and (len(roman) > 1 or roman in "IVX") and ROMAN_UPPER.match(roman):
        return True
    if roman and len(roman) > 1 and text[match.end("five")] == roman[0]:
        return True  # typed without a space: 36200vii
    if match["digits"] or match["linked"] or match["letter"]:
        return len(re.sub(r"\D", "", match["five"])) == 5 and not match["five"].count(".")
    return bool(re.fullmatch(rf"[1-4]\d{SPACE}\d{{3}}", match["five"]))


def _kamerstuk(match: re.Match[str]) -> tuple[Number, ...]:
    five = re.sub(r"\D", "", match["five"])
    slip = bool(re.fullmatch(rf"\d{{3}}{SPACE}\d\d", match["five"]))
    roman, digits = match["roman"], match["digits"]
    addition = f"-{roman.upper()}" if roman else f"-{digits}" if digits else ""
    lowered = bool(roman) and roman != roman.upper()
    sub = match["nr"] or (match["letter"] or match["linked"] or "").upper() or None
    house = "EK" if sub and not sub[0].isdigit() else "TK" if sub else None
    fixed = slip or (lowered and match["word"] != "kst-")
    if sub:
        return (Number("kamerstuk", f"{five}{addition}", sub, house=house, repaired=fixed),)
    whole = Number("dossier", f"{five}{addition}", repaired=fixed)
    if digits:  # 35510-21: paper 21 of 35510, or the dossier 35510-21
        paper = Number("kamerstuk", five, str(int(digits)), house="TK")
        return (whole, paper) if five == "21501" else (paper, whole)
    return (whole,)


def _links(text: str, low: str) -> Iterator[NumberMatch]:
    if not any(part in low for part in PARTS_OF_LINKS):
        return
    for match in LINKS.finditer(text):
        yield NumberMatch((_link(match),), match.start(), match.end(), match.group())


def _link(match: re.Match[str]) -> Number:
    if match["blg"]:
        return Number("bijlage", sub=match["blg"])
    if match["nds"]:
        return Number("document", sub=match["nds"].upper())
    if match["old"]:
        years = session_year(f"20{match['y1']}", f"20{match['y2']}")
        dossier = f"{match['five']}{match['chapter'] or ''}".upper()
        return Number("kamerstuk", dossier, match["sub"].upper(), years, match["old"].upper())
    rest, house = match["rest"].upper(), match["house"].upper()
    if match["kind"].lower() == "kv":
        return Number("kamervraag", sub=rest, house=house)
    kind = "aanhangsel" if match["kind"].lower() == "ah" else "handelingen"
    years, _, sub = rest.partition("-")
    return Number(kind, sub=sub, session=f"{years[:4]}-{years[4:]}", house=house)


def _codes(text: str, low: str) -> Iterator[NumberMatch]:
    if CODE.search(text) is None and not any(_before_digit(low, part) for part in ("kvr", "tz")):
        return
    kinds = {"Z": "zaak", "D": "document", "A": "activiteit"}
    for match in CODES.finditer(text):
        if match["kvr"]:
            number = Number("kamervraag", sub=f"KVR{match['kvr']}", house="TK")
        elif match["tz"]:
            number = Number("toezegging", sub=f"TZ{match['tz']}")
        else:
            letter = match["letter"].upper()
            number = Number(kinds[letter], sub=f"{match['year']}{letter}{match['code']}")
        yield NumberMatch((number,), match.start(), match.end(), match.group())


def _before_digit(low: str, part: str) -> bool:
    """Tell whether a part stands somewhere before a digit, as `tz` does not in `uitzondering`."""
    at = low.find(part)
    while at >= 0:
        if low[at + len(part) : at + len(part) + 1].isdecimal():
            return True
        at = low.find(part, at + 1)
    return False


def _that_begin(word: str, rule: re.Pattern[str], text: str, low: str) -> Iterator[re.Match[str]]:
    """Yield what a rule finds that begins with a word, looked for where the word stands."""
    if len(low) != len(text):  # a sign that is two in lower case: places in the two differ
        yield from rule.finditer(text)
        return
    at = low.find(word)
    while at >= 0:
        match = rule.match(text, at)
        if match:
            yield match
        at = low.find(word, match.end() if match else at + 1)


def _house(printed: str | None) -> str:
    return "EK" if (printed or "").upper() in ("I", "EK") else "TK"


def _annexes(text: str, low: str) -> Iterator[NumberMatch]:
    if "aanhangsel" not in low and "ah " not in low and "ah\u00a0" not in low:
        return
    for match in AANHANGSEL.finditer(text):
        first, second = match["y1"] or match["z1"], match["y2"] or match["z2"]
        years = session_year(first, second)
        if years:
            sub = match["nr"] or match["nr2"]
            number = Number("aanhangsel", sub=sub, session=years, house=_house(match["house"]))
            yield NumberMatch((number,), match.start(), match.end(), match.group())


def _proceedings(text: str, low: str) -> Iterator[NumberMatch]:
    for match in _that_begin("handelingen", HANDELINGEN, text, low):
        years = session_year(match["y1"], match["y2"])
        sub = match["nr"] and match["nr"] + (f"-{match['item']}" if match["item"] else "")
        if match["pages"] and by_pages(years):
            sub = re.sub(r"\D+", "-", match["pages"])
        if years and sub:
            number = Number("handelingen", sub=sub, session=years, house=_house(match["house"]))
            yield NumberMatch((number,), match.start(), match.end(), match.group())


DIGIT = re.compile(r"\d")
# Each rule is asked of every text there is, and most texts have nothing for it: one of these parts
# is in each link, and a year, a letter and five digits are in each code but `KVR` and `TZ`. What
# begins with a sign of few is found sooner than what begins with any digit.
PARTS_OF_LINKS = ("-tk-", "-ek-", "-vv-", "blg-", "tkkst", "ekkst")
CODE = re.compile(rf"(?:19|20)\d\d{SPACE}?[ZDAzda]{SPACE}?\d{{5}}")
RULES: tuple[Callable[[str, str], Iterator[NumberMatch]], ...] = (
    _links,
    _annexes,
    _proceedings,
    _codes,
    _dossiers,
)
