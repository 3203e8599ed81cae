"""A folded word → its stem: Kraaij-Pohlmann, with its frequent slips mended.

The story: listed words and endings come first (`data/stammen.tsv`: strong verbs, plurals that
change their vowel, words that the stemmer takes for others). Some endings are made ready for the
stemmer (`Nederlandse`, `initiatieven`). What the stemmer leaves is brought to one form: it gives
`probleem` but `problemen` → `problem`, `groot` but `grote`, `bied` but `biedt`, because it does not
know whether a vowel was long. Only words meet that way, so a stem need not be a word itself.
Source: Kraaij and Pohlmann 1994, as Snowball's `dutch` in PyStemmer 3.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final

import Stemmer

SHORTEST = 4
# `16jarigen`, `65plussers`: digits, and a word with a stem of its own.
NUMBERED: Final = re.compile(r"(\d{1,4})([^\W\d]{4,})")
VOWELS: Final = re.compile(r"[aeiouy]+")
# `problem`, `probleem`: in the last of several syllables a long vowel is written once.
LONG: Final = "aeou"
# `grote` → `grot` → `groot`: an open syllable that closes, when it is the only one.
OPENED: Final = re.compile(r"^[^aeiouy]*[aeou][^aeiouywx]$")
DOUBLED: Final = "bdfgklmnprst"
# Ends of a finite verb that are no ends of nouns: `krijgt`, `stelt`, `komt`, `dient`, `biedt`.
FINITE: Final = re.compile(
    r"(?<=g)t$|(?<=[^aeiouy]l)t$|(?<=[aeiouy]l)t$|(?<=m)t$|(?<=[aeiou]{2}n)t$|(?<=d)t$"
)
# `bezuinigt` → `bezuinig`, but `bezuinigen` → `bezuin`.
ADJECTIVE: Final = re.compile(r"(?<=[aeiouy][^aeiouy])ig$|(?<=[^aeiouy]{2})ig$")
# `verbetert`, `verhoogd`, `ontwikkeld`: in longer words any t or d behind a consonant.
ENDED: Final = re.compile(r"(?<=[^aeiouystd])[td]$")
# One syllable with its own s (`kans`, `grens`, `plaats`), not a plural (`films`, `clubs`).
OWN_S: Final = re.compile(r"^[^aeiouy]*[aeiouy]+(?:[nrld]|(?<=[aeiouy]{2})t|rt)s$")
# `register`, `kadaster`, `cluster` are no women of a trade, whatever the stemmer makes of them.
OWN_STER: Final = re.compile(r"[aeiou].*sters?$|^[^aeiou]*[aeiou]sters?$")
ABLE: Final = re.compile(r"^(.{3,}?)ba(?:ar|re|ren|arder|ardere|arst|arste|arheid|arheden)$")
PREPARED = (
    (re.compile(r"dt$"), "d"),  # breidt, verbindt
    (re.compile(r"(?<=ijk)(?:ere?|ste?)$"), ""),  # belangrijker, belangrijkste
    (re.compile(r"iever?e?$"), "ief"),  # effectieve, effectiever
    (re.compile(r"(?<=..)zamere?$"), "zaam"),  # duurzamer
    (re.compile(r"(?<=[^aeiouys])se$"), "s"),  # Nederlandse, jaarlijkse
    (re.compile(r"ieven$"), "ief"),  # initiatieven
    (re.compile(r"(?<=[^aeiou])euze$"), "eus"),  # serieuze
    (re.compile(r"(?<=[a-z]{3})ese$"), "ees"),  # Europese, Chinese
)
PREPARES = ("dt", "er", "re", "st", "te", "ve", "ven", "se", "ze")
"""Ends that every word has which one of the above changes."""


def stem(word: str) -> str:
    """Return the stem of a folded word; numbers and short words stay as they are."""
    listed = _listed().get(word)
    if listed is not None:
        return listed
    if len(word) < SHORTEST:
        return word
    if not word.isalpha() and any(map(str.isdigit, word)):
        numbered = NUMBERED.fullmatch(word)
        return f"{numbered[1]}{stem(numbered[2])}" if numbered else word
    ended = _by_ending(word)
    if ended is not None:
        return _levelled(ended)
    able = ABLE.match(word) if "ba" in word else None
    if able:
        return f"{_levelled(_stemmed(able[1]))}baar"
    return _levelled(_stemmed(word))


def _stemmed(word: str) -> str:
    """Return what Kraaij-Pohlmann makes of a word, but for an s that is the word's own."""
    if word.endswith(PREPARES):
        for pattern, instead in PREPARED:
            word = pattern.sub(instead, word)
    if "ster" in word and OWN_STER.search(word):
        return word.removesuffix("s")
    found = str(_stemmer().stemWord(word))
    return word if found == word[:-1] and OWN_S.match(word) else found


def _levelled(stem: str) -> str:
    """Return the one form of a stem that its inflections left in several."""
    if len(stem) > SHORTEST and stem[-1] == "e" and stem[-2] not in "aeiouy":
        stem = _hardened(stem[:-1])
        if stem[-1:] in DOUBLED and stem[-1:] == stem[-2:-1]:
            stem = stem[:-1]
    if len(stem) < SHORTEST:
        return stem
    if len(VOWELS.findall(stem)) < 2:
        return FINITE.sub("", stem) if stem[-1] == "t" else stem
    stem = _unended(stem)
    if stem.endswith("ig"):
        stem = _unended(ADJECTIVE.sub("", stem))
    if stem[-2:-1] == stem[-3:-2] and stem[-2:-1] in LONG and stem[-1:] not in "aeiouy":
        return stem[:-2] + stem[-1:]
    return stem


def _unended(stem: str) -> str:
    return ENDED.sub("", stem) if stem[-1] in "td" else stem


def _hardened(stem: str) -> str:
    """Return `groot` of `grot`, `actief` of `activ`: what stood before an e that went."""
    if OPENED.match(stem):
        stem = f"{stem[:-1]}{stem[-2]}{stem[-1]}"
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])


def _by_ending(word: str) -> str | None:
    """Return the stem of a word with one of the listed endings: `meegenomen`, `hoofdsteden`."""
    endings = _endings()
    if word[-SHORTEST:] not in _last_letters():
        return None
    for start in range(max(0, len(word) - _longest()), len(word) - 3):
        ending = endings.get(word[start:])
        if ending is not None:
            return word[:start] + ending
    return None


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    text = (resources.files("indexer.analysis") / "data" / "stammen.tsv").read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return tuple((form, stem) for forms, stem in lines for form in forms.split())


@cache
def _listed() -> dict[str, str]:
    return {form: stem for form, stem in _rows() if form[0] != "*"}


@cache
def _endings() -> dict[str, str]:
    return {form[1:]: stem for form, stem in _rows() if form[0] == "*"}


@cache
def _last_letters() -> frozenset[str]:
    """Return the last letters of the listed endings, of which none is shorter."""
    return frozenset(ending[-SHORTEST:] for ending in _endings())


@cache
def _longest() -> int:
    return max(map(len, _endings()))


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch", 0)  # it keeps no words, which is slower than to stem them
