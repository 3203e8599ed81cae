"""The forms in which numbers of papers are printed and typed, as patterns.

In goes nothing, out come the patterns that `indexer.numbers` reads with; each says what it must and
must not match.
"""

from __future__ import annotations

import re

SPACE = r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]"
DASH = r"[-\u2010-\u2015\u2212\ufe63\uff0d]"

# A dossier: five digits, since 1945 from 10 000 on; printed `36 200`, typed `36200` or `36.200`,
# and by a real slip `362 00`. An amount (`36 200 euro`) or a bare typed number is none.
DIGITS = rf"(?:[1-4]\d{SPACE}\d{{3}}|[1-4]\d\.\d{{3}}|[1-4]\d{{4}}|[1-4]\d\d{SPACE}\d\d)"
# Chapters of the budget in Roman numerals, and its funds: A to J, since 2021 K to N (`36 600 L`,
# the Nationaal Groeifonds), these only behind the two zeros of a budget.
ROMAN = (
    r"(?:[IVX]{1,6}[A-H]?|[A-FHJ]"
    rf"|(?:(?<=00)|(?<=00{SPACE})|(?<=00{DASH}))(?-i:[K-N]))"
)
# `36 200 hoofdstuk VII, nr. 45`, as letters of ministries write it.
IN_WORDS = rf",?{SPACE}(?:hoofdstuk|hfd?st\.?){SPACE}"
ADDITION = (
    rf"(?:(?:{SPACE}|{DASH})?(?P<R>\(R{SPACE}?\d{{3,4}}\))"
    rf"|(?:{SPACE}|{DASH}|{IN_WORDS})?(?P<roman>{ROMAN})\b"
    rf"|{DASH}(?P<digits>\d\d)(?!\d))"
)
NR = (
    rf"(?:{SPACE}*,?{SPACE}*n(?:r|o|um(?:mer)?)s?\.?"
    rf"{SPACE}*(?P<nr>\d{{1,5}})(?:{DASH}?[hbnv]\d)?\b)"
)
LETTER = rf"(?:,{SPACE}?(?:nr\.?{SPACE})?(?P<letter>(?-i:[A-Z]{{1,2}}))\b(?![.\w]))"
LINKED = (
    rf"(?:(?:{DASH}(?P<linked>\d{{1,5}}(?!\d|erdruk)|[A-Z]{{1,2}}(?!\d)))?"
    rf"(?:{DASH}(?:[hbnv]\d|\d*erdruk))*\b)"
)
# Where a dossier can begin: not inside a longer number, but behind a note's mark glued to it
# (`2Kamerstuk`), in an address (`…nl/kst-36200-VII-12`), and where a space is missing
# (`Kamerstukken II 2021/22,36 021`).
BEGINS = r"(?:(?<![\d.,/€-])|(?<=\d)(?=kamerstuk)|(?<!\w)(?=kst-)|(?<=/\d\d,))"
# A word that makes of five digits a dossier: `Kamerstuk 36200`, `wetsvoorstel 28170`.
BEFORE = (
    rf"kst-|(?:kamer)?stuk(?:ken)?{SPACE}*(?:nr\.?{SPACE}*)?"
    rf"|(?:dossier(?:s|nummer)?|wetsvoorstel(?:len)?){SPACE}*"
)
KAMERSTUK = re.compile(
    rf"{BEGINS}(?P<word>{BEFORE})?"
    rf"(?P<five>{DIGITS})(?!\d){ADDITION}?(?:{NR}|{LETTER}|{LINKED})?(?![\d%])",
    re.IGNORECASE,
)
# Where five digits may stand, and the word that can stand before them: to look for both at once at
# each letter of a text is ten times the work.
FIVE = re.compile(DIGITS)
WORD = re.compile(rf"(?:{BEFORE})\Z", re.IGNORECASE)
WORD_REACH = 28
ROMAN_UPPER = re.compile(rf"{ROMAN}\Z")
AMOUNT = re.compile(
    rf"{SPACE}*(?:euro|miljoen|miljard|km|ha|hectare|mensen|personen|inwoners|leerlingen|fte|woningen)\b",
    re.IGNORECASE,
)
SESSION = rf"(?P<y1>(?:19|20)\d\d){SPACE}?(?:{DASH}|/){SPACE}?(?P<y2>(?:(?:19|20)\d\d|\d\d))"
# The identifiers of officielebekendmakingen.nl, and the foot of around 2009: `0910tkkst30012-19`.
LINKS = re.compile(
    r"\b(?P<kind>ah|kv|h)-(?P<house>tk|ek|vv)-"
    r"(?P<rest>(?:\d{8})-\d+(?:-\d+)*|\d{4}Z\d{5}|\d{8}-KVR\d+)(?:-[hbnv]\d)?\b"
    r"|\bblg-(?P<blg>\d+)\b|\bnds-(?:tk|ek)-(?P<nds>\d{4}D\d{5})\b"
    r"|\b(?P<y1>\d\d)(?P<y2>\d\d)(?P<old>tk|ek)kst(?P<five>\d{5})"
    r"(?P<chapter>-[IVX]+[A-H]?|-[A-N](?=-))?-(?P<sub>\d{1,5}|[A-Z]{1,2})\b",
    re.IGNORECASE,
)
CODES = re.compile(
    rf"\b(?P<year>(?:19|20)\d\d){SPACE}?(?P<letter>[ZDA]){SPACE}?(?P<code>\d{{5}})\b|\bTZ(?P<tz>\d{{6}}-\d{{1,4}})\b"
    r"|(?<!\w)KVR(?P<kvr>\d{4,6})\b",
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
BARE_AANHANGSEL = re.compile(
    rf"(?P<nr>\d{{1,4}}){SPACE}*(?:\({SESSION}\)"
    rf"|[,{SPACE[1:-1]}]{SPACE}*{SESSION.replace('y1', 'z1').replace('y2', 'z2')})\Z"
)
HANDELINGEN = re.compile(
    rf"(?<![^\W\d])Handelingen{SPACE}+(?:(?P<house>I{{1,2}}|TK|EK)\b)?,?{SPACE}*"
    rf"(?:vergaderjaar{SPACE}*)?{SESSION}(?:,?{SPACE}*nr\.?{SPACE}*(?P<nr>\d{{1,3}})"
    rf"(?:,{SPACE}*item{SPACE}*(?P<item>\d{{1,3}}))?)?"
    rf"(?:,{SPACE}*(?:p|blz)\.{SPACE}*(?P<pages>\d{{1,5}}{SPACE}?{DASH}{SPACE}?\d{{1,5}}))?",
    re.IGNORECASE,
)

# Which print of a paper an identifier names: `kst-36200-VII-31-h1` is its first reprint.
EDITION = re.compile(r"\d-h(?P<print>[1-9])$", re.IGNORECASE)

# Typed or pasted whole. In an address the last part of its path counts, or the document it names.
ADDRESS = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)
DOCUMENT = re.compile(r"\b(?:did|id)=(\d{4}D\d{5})", re.IGNORECASE)
EXTENSION = re.compile(r"\.(?:html|pdf|xml|odt)$", re.IGNORECASE)
# What may stand before a number and say nothing more: `Bijlage bij Kamerstukken II 2015/16, `,
# `TK `, `(Kamerstuk `, `Kamerstukken 1993/94-1996/97, `.
LEAD = re.compile(
    rf"\(?(?:zie{SPACE})?(?:(?:(?:nader{SPACE})?gewijzigde{SPACE})?"
    rf"(?:motie|amendement|(?:kamer)?brief|nota|verslag|zaak(?:nummer)?|kenmerk|toezegging){SPACE})?"
    rf"(?:bijlage(?:{SPACE}\d+)?{SPACE}(?:bij|van){SPACE})?"
    rf"(?:(?:kamerstuk(?:ken)?|TK|EK|(?:tweede|eerste){SPACE}kamer)\b)?[,{SPACE[1:-1]}]*"
    rf"(?:I{{1,2}}\b|TK\b|EK\b)?[,{SPACE[1:-1]}]*"
    rf"(?:(?:vergaderjaar{SPACE}*)?\d{{4}}{SPACE}?(?:{DASH}|/){SPACE}?\d{{2,4}}"
    rf"(?:{SPACE}?{DASH}{SPACE}?\d{{4}}/\d\d)?,{SPACE}*)?",
    re.IGNORECASE,
)
# What may follow: `, p. 3`, ` blz. 3-4`, ` herdruk`, `)`.
TRAIL = re.compile(
    rf"(?:,?{SPACE}*(?:pp?|blz|pag)\.?{SPACE}*\d+(?:{SPACE}?{DASH}{SPACE}?\d+)?"
    rf"|{SPACE}*\(?(?:gewijzigde{SPACE})?herdruk\)?|\))+$",
    re.IGNORECASE,
)
# All that stands around the number of a citation: `Kamerstukken II 2022/23, ` and `, p. 3`.
CITING = re.compile(
    rf"(?:\(?(?:zie{SPACE})?(?:bijlage(?:{SPACE}\d+)?{SPACE}(?:bij|van){SPACE})?"
    rf"(?:kamerstuk(?:ken)?|(?:tweede|eerste){SPACE}kamer|TK|EK)"
    rf"(?:{SPACE}(?:I{{1,2}}|TK|EK))?,?"
    rf"(?:{SPACE}?(?:vergaderjaar{SPACE})?\d{{4}}{SPACE}?(?:{DASH}|/){SPACE}?\d{{2,4}},?)?)?",
    re.IGNORECASE,
)
ON_PAGE = re.compile(
    rf"(?:,?{SPACE}*(?:pp?|blz|pag)\.?{SPACE}*(?P<page>\d{{1,4}})"
    rf"(?:{SPACE}?{DASH}{SPACE}?\d+)?)?\)?\.?$",
    re.IGNORECASE,
)
# Without `nr.`, or the other way round: `36200 VII 12`, `36200/VII/12`, `36 200 hoofdstuk VII, nr.
# 12`, `nr. 12 (36200-VII)`.
LOOSE = re.compile(
    rf"(?:kst{SPACE})?(?P<five>{DIGITS})[{SPACE[1:-1]}/,-]+(?:(?:hoofdstuk|h){SPACE}+|H)?"
    rf"(?P<roman>{ROMAN})[{SPACE[1:-1]}/,-]+(?:nr\.?{SPACE}*)?(?P<nr>\d{{1,4}}|[A-Z]{{1,2}})",
    re.IGNORECASE,
)
# Metres, litres and kilos are no funds: `10 000 m`.
MEASURE = re.compile(rf"{DIGITS}{SPACE}?[k-n]")
# Two bare numbers: `27858/88`, `27858, 88`, `27858 88`.
PAIR = re.compile(rf"(?P<five>{DIGITS})[{SPACE[1:-1]}]?[{SPACE[1:-1]}/,]{SPACE}?(?P<nr>\d{{1,4}})")
# An identifier of before 2008 began with its session: `kst-20032004-28600-VII-12`.
OLD_LINK = re.compile(r"kst-(?P<y1>\d{4})(?P<y2>\d{4})-(?P<rest>\d{5}-[\w-]+)", re.IGNORECASE)
# A code in pieces, or without its zeros: `2023-Z-02406`, `2023Z2406`, `TZ 202603 130`.
CODE = re.compile(
    rf"(?P<year>(?:19|20)\d\d)[{SPACE[1:-1]}-]?(?P<letter>[ZDA])[{SPACE[1:-1]}-]?(?P<code>0?\d{{3,5}})",
    re.IGNORECASE,
)
PROMISE = re.compile(rf"TZ[{SPACE[1:-1]}-]?(?P<month>\d{{6}})[{SPACE[1:-1]}-](?P<nr>\d{{1,4}})",
                     re.IGNORECASE)  # fmt: skip
TURNED = re.compile(
    rf"(?:(?:motie|amendement|brief|nota|verslag){SPACE})?(?:stuk{SPACE})?nr\.?{SPACE}*(?P<nr>\d{{1,4}}){SPACE}*\((?P<rest>{DIGITS}[^()]*)\)",
    re.IGNORECASE,
)
# The number of an Aanhangsel as the Tweede Kamer stores it: `181902411` is 2411 of 2018/19.
STORED = re.compile(r"(?P<y1>\d\d)(?P<y2>\d\d)(?P<nr>\d{5})")
# `AH 604`, `Aanhangsel nr. 604`, before or behind a session or alone.
AH = re.compile(rf"(?:AH|Aanhangsel)\b{SPACE}*(?:nr\.?{SPACE}*)?", re.IGNORECASE)
PROCEEDINGS = re.compile(
    rf"(?:Handelingen|Hand\.){SPACE}+(?:(?P<house>I{{1,2}}|TK|EK)\b,?{SPACE}*)?"
    rf"(?:vergaderjaar{SPACE}*)?{SESSION},?{SPACE}*(?:nr\.?{SPACE}*)?(?P<nr>\d{{1,3}})"
    rf"(?:(?:,?{SPACE}*item{SPACE}*|-)(?P<item>\d{{1,3}}))?",
    re.IGNORECASE,
)
# A session with a digit too few, as it was printed once: `vergaderjaar 2022–203`.
SHORT_SESSION = re.compile(rf"\b(?P<y1>(?:19|20)\d\d){SPACE}?(?:{DASH}|/){SPACE}?(?P<y2>\d{{3}})\b")
# Several papers of one dossier: `36 200 VII, nrs. 12, 13 en 14`.
SEVERAL = re.compile(
    rf"(?P<dossier>.*\d.*?)[,{SPACE[1:-1]}]{SPACE}*nrs?\.?{SPACE}*(?P<numbers>\d{{1,4}}"
    rf"(?:{SPACE}*,{SPACE}*\d{{1,4}})*{SPACE}*(?:,|en|&|t/m|–){SPACE}*\d{{1,4}})\)?",
    re.IGNORECASE,
)
# Five digits with a space in an odd place: `3 6200 VII`.
MOVED = re.compile(rf"[1-4](?:{SPACE}?\d){{4}}(?!\d)")
# A chapter with an l or a 1 for an I: `Vll`, `V1I`.
CHAPTER = re.compile(rf"(?<=\d)(?P<gap>{SPACE}|{DASH})(?P<roman>[IVXl1]{{2,6}})\b")
SESSION_FIRST = re.compile(
    rf"(?:vergaderjaar{SPACE}+)?{SESSION}[,:]?{SPACE}*(?:nr\.?{SPACE}*)?(?P<nr>\d{{1,4}})",
    re.IGNORECASE,
)
