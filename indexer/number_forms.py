"""The forms in which numbers of papers are printed and typed, as patterns.

In goes nothing, out come the patterns that `indexer.numbers` reads with; each says what it must and
must not match.
"""

from __future__ import annotations

import re

SPACE = r"[ \u00a0\u2007\u2009\u202f]"
DASH = r"[-\u2010\u2011\u2012\u2013]"

# A dossier: five digits, since 1945 from 10 000 on; printed `36 200`, typed `36200` or `36.200`,
# and by a real slip `362 00`. An amount (`36 200 euro`) or a bare typed number is none.
DIGITS = rf"(?:[1-4]\d{SPACE}\d{{3}}|[1-4]\d\.\d{{3}}|[1-4]\d{{4}}|[1-4]\d\d{SPACE}\d\d)"
ROMAN = r"(?:[IVX]{1,6}[A-H]?|[A-FHJ])"
ADDITION = (
    rf"(?:(?:{SPACE}|{DASH})?(?P<R>\(R{SPACE}?\d{{3,4}}\))"
    rf"|(?:{SPACE}|{DASH})?(?P<roman>{ROMAN})\b"
    rf"|{DASH}(?P<digits>\d\d)(?!\d))"
)
NR = (
    rf"(?:{SPACE}*,?{SPACE}*n(?:r|o|um(?:mer)?)s?\.?"
    rf"{SPACE}*(?P<nr>\d{{1,5}})(?:{DASH}?[hbnv]\d)?\b)"
)
LETTER = rf"(?:,{SPACE}?(?:nr\.?{SPACE})?(?P<letter>(?-i:[A-Z]{{1,2}}))\b(?![.\w]))"
LINKED = (
    rf"(?:{DASH}(?P<linked>\d{{1,5}}(?!\d|erdruk)|[A-Z]{{1,2}})?"
    rf"(?:{DASH}(?:[hbnv]\d|\d*erdruk))*\b)"
)
# Where a dossier can begin: not inside a longer number, but behind a note's mark glued to it
# (`2Kamerstuk`), in an address (`…nl/kst-36200-VII-12`), and where a space is missing
# (`Kamerstukken II 2021/22,36 021`).
BEGINS = r"(?:(?<![\d.,/€-])|(?<=\d)(?=kamerstuk)|(?<!\w)(?=kst-)|(?<=/\d\d,))"
KAMERSTUK = re.compile(
    rf"{BEGINS}(?P<word>kst-|(?:kamer)?stuk(?:ken)?{SPACE}*(?:nr\.?{SPACE}*)?|dossier{SPACE}*)?"
    rf"(?P<five>{DIGITS})(?!\d){ADDITION}?(?:{NR}|{LETTER}|{LINKED})?(?![\d%])",
    re.IGNORECASE,
)
# Where five digits may stand, and the word that can stand before them: to look for both at once at
# each letter of a text is ten times the work.
FIVE = re.compile(DIGITS)
WORD = re.compile(
    rf"(?:kst-|(?:kamer)?stuk(?:ken)?{SPACE}*(?:nr\.?{SPACE}*)?|dossier{SPACE}*)\Z", re.IGNORECASE
)
WORD_REACH = 24
ROMAN_UPPER = re.compile(rf"{ROMAN}\Z")
AMOUNT = re.compile(
    rf"{SPACE}*(?:euro|miljoen|miljard|km|ha|hectare|mensen|personen|inwoners|leerlingen|fte|woningen)\b",
    re.IGNORECASE,
)
SESSION = rf"(?P<y1>(?:19|20)\d\d){SPACE}?(?:{DASH}|/){SPACE}?(?P<y2>(?:(?:19|20)\d\d|\d\d))"
LINKS = re.compile(
    r"\b(?P<kind>ah|kv|h)-(?P<house>tk|ek|vv)-(?P<rest>(?:\d{8})-\d+(?:-\d+)*|\d{4}Z\d{5}|\d{8}-KVR\d+)\b"
    r"|\bblg-(?P<blg>\d+)\b",
    re.IGNORECASE,
)
CODES = re.compile(
    rf"\b(?P<year>(?:19|20)\d\d){SPACE}?(?P<letter>[ZDA]){SPACE}?(?P<code>\d{{5}})\b|\bTZ(?P<tz>\d{{6}}-\d{{1,4}})\b",
    re.IGNORECASE,
)
AANHANGSEL = re.compile(
    rf"(?<![^\W\d])Aanhangsel\b(?:{SPACE}+van{SPACE}+de)?(?:{SPACE}+(?:der{SPACE}+)?(?:Handelingen|Hand\.))?"
    rf"(?:{SPACE}+(?P<house>I{{1,2}}|TK|EK)\b)?,?{SPACE}*(?:vergaderjaar{SPACE}*)?{SESSION},?{SPACE}*"
    rf"(?:n(?:r|ummer)s?\.?{SPACE}*)?(?P<nr>\d{{1,4}})\b"
    rf"|\b(?:Aanhangsel|AH){SPACE}+(?:nr\.?{SPACE}*)?(?P<nr2>\d{{1,4}}){SPACE}*"
    rf"\({SESSION.replace('y1', 'z1').replace('y2', 'z2')}\)",
    re.IGNORECASE,
)
BARE_AANHANGSEL = re.compile(rf"(?P<nr>\d{{1,4}}){SPACE}*\({SESSION}\)\Z")
HANDELINGEN = re.compile(
    rf"(?<![^\W\d])Handelingen{SPACE}+(?P<house>I{{1,2}}|TK|EK),?{SPACE}*"
    rf"(?:vergaderjaar{SPACE}*)?{SESSION},?{SPACE}*nr\.?{SPACE}*(?P<nr>\d{{1,3}})"
    rf"(?:,{SPACE}*item{SPACE}*(?P<item>\d{{1,3}}))?",
    re.IGNORECASE,
)
