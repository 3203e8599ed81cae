"""A number as a keyboard, a phone or another program wrote it → as print would have it.

In goes what was typed as one number, out comes the same with ordinary signs (`plain`), and with the
habits of people who cite undone (`respelled`): `36200VII12`, `36200 (VII) nr 12`, `AH TK 20222023
3276`. Nothing is guessed: what the rules do not know stays as it is.
"""

from __future__ import annotations

import re
import unicodedata

from indexer.numbers.forms import DIGITS

# Dashes and minus signs of all sorts, and the underscores of a file's name.
DASHES = re.compile("[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d_]")
NUMERO = re.compile(r"(?:#|\bn[°º])\s*(?=\d)", re.IGNORECASE)
CHAPTER = r"[IVX]{1,6}[A-H]?|[A-N]"
KINDS = r"(?:(?:motie|amendement|brief|nota|verslag|stuk)\s)?"
ANNEX = r"^aanhangsel(?:nummer|nr\.?|\s(?:van\sde\s)?handelingen)?(?:\sII)?,?\s(?:nr\.?\s?)?"
COUNCILS = "21501"
RULES = tuple(
    (re.compile(rule, re.IGNORECASE), instead)
    for rule, instead in (
        (r"(?<=\d)\.(?:pdf|html|xml|odt)$", ""),
        # `36_200_VII_12`, `36,200 VII`, `36'200 VII`
        (r"^(\D{0,30}\b[1-4]\d)[-,'’](\d{3})(?!\d)", r"\1 \2"),
        # `36200 hoofdstuk VII`, `36200 hfst. VII`, `36200 (VII)`, `36200VII12`, `36200VIInr12`
        (rf"(?<=\d),?\s(?:hfd?st\.?|hoofdst\.?|hoofdstuk|begroting)\s(?=(?:{CHAPTER})\b)", " "),
        (rf"(?<=\d)\s?\(({CHAPTER})\)", r" \1"),
        (r"(?<=\d{5})([IVX]+[A-H]?)(?:nr\.?)?(?=\d{1,4}$)", r" \1, nr. "),
        # `stuk 36200 VII, 12`, `Parl. Doc. 36200 VII 12`, `Kamerstuknr. 36200-VII-12`
        (r"^(?:stuk|vetnummer|parl\.?\s?(?:doc|st)\.?|kamerstuk(?:nummer|nr\.?))\s(?=\d)", ""),
        # `nr. 12 van 36 200 VII`
        (rf"^{KINDS}nr\.?\s?(\d{{1,4}})\s(?:van|uit|bij|in)\s(?:dossier\s)?({DIGITS}.*)$",
         r"\2, nr. \1"),
        # `36 200 VI, letter D`
        (r",?\sletter\s(?=[A-Z]{1,2}$)", ", "),
        # `AH TK 20222023 3276`, `ah-tk-2022-2023-3276`
        (r"^ah[ -]?([te]k)[ -]?(\d{4})[ -]?(\d{4})[ -]?(\d{1,4})$", r"ah-\1-\2\3-\4"),
        # `Aanhangsel Handelingen nr. 3276, vergaderjaar 2022-2023`, `aanhangselnummer 3276 …`
        (ANNEX + r"(\d{1,4}),?\s(?:vergaderjaar\s)?(\d{4}[-/]\d{2,4})$", r"AH \1 (\2)"),
        # `BLG929493`, `kst 36200`
        (r"^blg[ -]?(?=\d{5,8}$)", "blg-"),
        (r"^kst\s?(?=[1-4]\d{4}\b)", "kst-"),
    )
)  # fmt: skip
# A dossier with an addition in digits, apart: `21501 02 nr 3121`, `21501/02/3121`, `21501-2 3121`.
ADDED = re.compile(
    rf"(?P<five>{DIGITS})[ /-](?P<added>\d{{1,2}})[ ,/-]+(?:nr\.?\s?)?(?P<nr>\d{{1,4}})",
    re.IGNORECASE,
)


def plain(typed: str) -> str:
    """Return what was typed with ordinary digits, letters, spaces and hyphens."""
    text = DASHES.sub("-", unicodedata.normalize("NFKC", typed))
    return " ".join(NUMERO.sub(" nr. ", text).split())


def respelled(typed: str) -> str:
    """Return a plain line as print would have it, the line itself when no rule knows it."""
    for rule, instead in RULES:
        typed = rule.sub(instead, typed)
    added = ADDED.fullmatch(typed)
    if added is None:
        return typed
    five = re.sub(r"\D", "", added["five"])
    if len(added["added"]) == 1 and five != COUNCILS:
        return typed
    return f"{five}-{int(added['added']):02}, nr. {added['nr']}"
