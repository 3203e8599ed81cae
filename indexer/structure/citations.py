"""References to other papers in the text, with page and span.

In go a text and what the paper itself is, out come `Mention` values: the reference as printed, the
number it reads as, its span. Resolving against known papers comes later; a mention with several
readings keeps the likeliest.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.numbers.finding import find_numbers
from indexer.numbers.known import settled
from indexer.numbers.values import Number, NumberMatch, session_year
from indexer.paper import REPLACES as REPLACED
from indexer.paper import Citation, Passage
from indexer.structure.body import Body

# What stands in front of a number and belongs to the reference. Must match `Kamerstukken II
# 2009/10, `, `Bijlage bij Kamerstuk `, `TK 2023/24, `, `Tweede Kamer, vergaderjaar 2022–2023, `.
BEFORE = re.compile(
    r"(?:\b[Bb]ijlage(?:\s\d+)?\s(?:bij|van)\s)?"
    r"(?:(?<![^\W\d])[Kk]amerstuk(?:ken)?|\b[Ss]tuk(?:ken)?|\b[TE]K|\b(?:Tweede|Eerste) Kamer"
    r"|\b[Dd]ossier(?:nummer)?|\b[Kk]st)"
    r"(?:\s(?:nr\.|I{1,2}|ll|TK|EK))?[,:]?\s?"
    r"(?:(?:vergaderjaar\s)?\d{4}\s?[-–/]\s?\d{2,4}(?:\s?-\s?\d{4}/\d{2})?,?\s?)?[-,]?\s?$"
)
BEFORE_REACH = 90
# What makes of five digits in print (`36 410`) a dossier: a word before it, or brackets around.
CUE = re.compile(
    r"(?:stuk(?:ken)?|dossier|wet|wetsvoorstel|voorstel|initiatief\w*|nrs?\.?|en|[(,])\s*$"
)
CUE_REACH = 24
LETTERED = re.compile(r"\d{5}-[A-Za-z]{1,2}")
# More numbers of the same dossier: `nr. 684 en 685`, `nrs. 679, 684 en 685`, `nr. 679, nr. 684`.
MORE = re.compile(
    r"(?:,|\sen|,\sen)\s(?:nrs?\.?\s)?(?P<sub>\d{1,4})\b(?![\s.,]?\d|\s\w+\s20\d\d|[-/%])"
)
UP_TO = re.compile(r"\s?(?:t/m|tot en met)\s(?P<sub>\d{1,4})\b")
MOST_AT_ONCE = 40
# The number apart from its dossier: `Kamerstuk 21 501-21, stuk nr. 2648`.
APART = re.compile(r",?\s(?:stuk|ondernummer)\s(?:nr\.\s?)?(?P<sub>\d{1,4})\b")
# Without `nr.`, behind a dossier that is named as one: `Kamerstukken II 2022/23, 36200-VII, 12.`
BARE = re.compile(r",\s(?P<sub>\d{1,4})\b(?=[.;)]|,\sp\.|$)")
NORM = re.compile(r"\b(?:NEN|ISO|IEC|EN|DIN|CE|CEN|VN|UN)[- ]?$")
NUMBERED = re.compile(r"\bnrs?\.?\s", re.IGNORECASE)
NOT_A_DATE = re.compile(
    r"\s(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|procent|euro|miljoen|leden|jaar)\b"
)
# A paper of the dossier at hand: `(stuk nr. 12)`, `het amendement op stuk nr. 20`, `stuk nrs. 32`,
# `ter vervanging van die gedrukt onder nr. 31`, `Zij krijgt nr. 17`;
# not `stuk nr. 3 van de bijlage`, and not where the dossier is named: `stuk 36 200, nr. 12`.
SAME_DOSSIER = re.compile(
    r"[SsGgZz](?<=\b\w)(?:(?<=[Ss])tuk(?:ken)?\s(?:onder\s)?nrs?\.|(?<=[Gg])edrukt\sonder\snr\."
    r"|(?<=G)EDRUKT\sONDER\sNR\.|(?<=[Zz])ij\skrijgt\snr\.)\s?(?P<sub>\d{1,4})\b(?!\s(?:van|bij)\b|\s?\(\d)"
)
# A whole bill by its dossier alone: `Kamerstukken 1993/94-1996/97, 23761`.
BILL = re.compile(
    r"(?<![^\W\d])[Kk]amerstuk(?:ken)?(?:\sI{1,2})?,?\s\d{4}/\d{2}(?:\s?[-–]\s?\d{4}/\d{2})?,\s"
    r"(?P<dossier>[1-4]\d{4})\b(?!-|\s?[IVX(]|\s[A-N]\b|,\s?(?:nrs?\b|[A-Z\d]))"
)
# Five digits in brackets behind what a dossier is about: `de initiatiefnota van … (34834)`.
FIVE_IN_BRACKETS = re.compile(r"\([123]\d{4}\)")
IN_BRACKETS = re.compile(
    r"\b(?:wet|nota|voorstel|dossier|begroting|motie|stuk)\w*\b[^().;]{0,160}"
    r"\((?P<dossier>[123]\d{4})\)",
    re.IGNORECASE,
)
# The old name of the Aanhangsel: `Kamervragen (Aanhangsel) 2020–2021, nr. 2345`.
OLD_ANNEX = re.compile(
    r"(?<![^\W\d])(?:Kamervragen\s\(Aanhang-?sel\)|Aanhangsel\svan\sde\sHandelingen),?\s"
    r"(?P<y1>\d{4})\s?[-–/]\s?(?P<y2>\d{2,4}),\snr\.\s?(?P<sub>\d{1,4})"
)
# The number before its dossier, as in the Handelingen: `nr. 721 (19637)`, `nr. 12, was nr. 8
# (27858)`.
TURNED = re.compile(
    r"nr(?<=\bnr)\.?\s?(?P<sub>\d{1,4})(?:,?\s\(?was\snr\.\s?\d{1,4}\)?)?\s?"
    r"\((?P<dossier>[1-4]\d\s?\d{3}(?:[ -][IVX]+)?)\)"
)


RELATIONS = (
    ("zie ook", re.compile(r"\b[Zz]ie ook(?: het)? Aanhangsel\b")),
    ("bijlage bij", re.compile(r"\b[Bb]ijlage(?: \d+)? (?:bij|van) ")),
)
"""What a reference is, by its words and those before it."""
RELATION_REACH = 40
MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
# Before what a paper comes in the place of: `TER VERVANGING VAN DIE `, `ter vervanging van het
# amendement `, `Deze brief vervangt de brief van 12 mei 2023 (`. Only words of papers stand
# between, so that `ter vervanging van het stelsel (` is none.
IN_PLACE = re.compile(
    r"(?:\bter vervanging van|\bt\.v\.v\.|\bvervangt)"
    r"(?:\s(?:die|dat|de|het|deze|mijn|onze|eerdere?|verzonden|nader|gewijzigde?|herziene?"
    r"|motie|(?:sub)?amendement|(?:kamer)?brief|nota|lijst|verslag|stuk|versie|antwoord(?:en)?"
    r"|gedrukt|gepubliceerd|verschenen|onder|op|als|van|met|kenmerk"
    rf"|\d{{1,2}}\s(?:{MONTHS})(?:\s20\d\d)?)){{0,10}}\s?\(?$",
    re.IGNORECASE,
)
IN_PLACE_REACH = 120


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference as printed, what it reads as (`None`: a dossier is not named), and its span."""

    text: str
    number: Number | None
    start: int
    end: int
    others: tuple[Number, ...] = ()


def find_mentions(text: str, dossier: str | None = None) -> Iterator[Mention]:
    """Yield the references to papers in a text, in order.

    `dossier` is the one at hand, to which `stuk nr. 12` belongs.
    """
    flat = text.replace("\n", " ")
    found = [*_turned(flat), *_bracketed(flat), *_old_annexes(flat), *_bills(flat)]
    taken = [(mention.start, mention.end) for mention in found]
    for match in find_numbers(flat):
        if _is_reference(match, flat) and not _overlaps(match, taken):
            found += _with_more(match, flat)
    taken = [(mention.start, mention.end) for mention in found]
    found += (m for m in _same_dossier(flat, dossier) if not _overlaps(m, taken))
    yield from sorted(found, key=lambda mention: mention.start)


def find_citations(
    body: Body, own: Collection[str | None], start: int = 0, dossier: str | None = None
) -> tuple[Citation, ...]:
    """Return the references to other papers from `start`, one for each target on each page.

    `own` has the forms under which the paper itself is known, `dossier` is the one it belongs to.
    Before `start`, in the head, only what the paper replaces is a reference.
    """
    found: dict[tuple[str, int | None], Citation] = {}
    known = {dossier} if dossier else set()
    for mention in find_mentions(body.text, dossier):
        readings = settled((mention.number, *mention.others), known) if mention.number else ()
        target = readings[0].link if readings else None
        relation = _relation(mention, body.text)
        in_head = mention.start < start and relation != REPLACED
        if in_head or (target and target in own):
            continue
        page = body.page_at(mention.start)
        citation = Citation(
            mention.text,
            target,
            page,
            relation=relation,
            others=tuple(number.link for number in readings[1:]),
            repaired=bool(readings) and readings[0].repaired,
        )
        found.setdefault((target or mention.text, page), citation)
    return tuple(found.values())


def replaced_by(head: str, dossier: str | None) -> tuple[Citation, ...]:
    """Return the papers in whose place a paper says it comes, in the first lines of its text."""
    found: dict[str, Citation] = {}
    for mention in find_mentions(head, dossier) if "vervang" in head.lower() else ():
        if mention.number and _relation(mention, head) == REPLACED:
            target = mention.number.link
            found.setdefault(target, Citation(mention.text, target, relation=REPLACED))
    return tuple(found.values())


def placed(citations: Iterable[Citation], passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """Return the citations with the label of the passage that each stands in."""
    texts = [(passage, passage.text.replace("\n", " ")) for passage in passages]
    return tuple(replace(each, passage=_label(each, texts)) for each in citations)


def slips(citations: Iterable[Citation]) -> tuple[str, ...]:
    """Return a note for each reference that was printed with a slip and read all the same."""
    found = ((each.text, each.target) for each in citations if each.repaired)
    return tuple(f"Verwijzing „{text}” is gelezen als {target}." for text, target in found)


def _label(citation: Citation, texts: Sequence[tuple[Passage, str]]) -> str | None:
    for passage, text in texts:
        first, last = passage.page_first or 0, passage.page_last or 0
        if first <= (citation.page or 0) <= last and citation.text in text:
            return passage.label
    return None


def _relation(mention: Mention, text: str) -> str | None:
    """Return what a reference is besides a mention, by the words before it."""
    before = text[max(mention.start - IN_PLACE_REACH, 0) : mention.start].replace("\n", " ")
    if IN_PLACE.search(before.rstrip()):
        return REPLACED
    near = before[-RELATION_REACH:] + mention.text
    return next((name for name, rule in RELATIONS if rule.search(near)), None)


def _is_reference(match: NumberMatch, text: str) -> bool:
    """Tell a dossier from an amount in print: `36 410` needs a cue, `15 000 boeren` has none."""
    number = match.readings[0]
    before = text[max(match.start - CUE_REACH, 0) : match.start]
    if LETTERED.fullmatch(match.text) or before[-1:].isalpha() or NORM.search(before):
        return False  # `15985-AB`, `EN16941-1`: any code of digits and letters
    named = match.text[:1].isalpha()  # `Kamerstuk 36 410`, `dossier 29 675`, `wetsvoorstel 28170`
    if number.kind != "dossier" or "-" in (number.dossier or "") or named:
        return True
    before = before.lower()
    round_sum = (number.dossier or "").endswith("000") and "wet" not in before
    return (
        CUE.search(before) is not None and not round_sum and not NOT_A_DATE.match(text, match.end)
    )


def _overlaps(match: NumberMatch | Mention, taken: list[tuple[int, int]]) -> bool:
    return any(start < match.end and match.start < end for start, end in taken)


def _with_more(match: NumberMatch, text: str) -> list[Mention]:
    """Return a reference with the words before it, and the further numbers that follow it."""
    number = match.readings[0]
    begin = max(match.start - BEFORE_REACH, 0)
    before = BEFORE.search(text[begin : match.start])
    start = begin + before.start() if before else match.start
    apart = None
    if number.kind == "dossier":
        apart = APART.match(text, match.end) or (before and BARE.match(text, match.end))
    if apart:
        number = Number("kamerstuk", number.dossier, apart["sub"], house="TK")
        return [Mention(text[start : apart.end()].strip(), number, start, apart.end())]
    printed = text[start : match.end].strip()
    found = [Mention(printed, number, start, match.end, match.readings[1:])]
    if number.kind in ("kamerstuk", "aanhangsel") and NUMBERED.search(match.text):
        found += _more(number, text, start, match.end)
    return found


def _more(first: Number, text: str, start: int, end: int) -> Iterator[Mention]:
    """Yield the further numbers behind a first: `684 en 685`, `191 t/m 193`."""
    last = first.sub or ""
    if (upto := UP_TO.match(text, end)) and last.isdigit():
        for sub in range(int(last) + 1, min(int(upto["sub"]), int(last) + MOST_AT_ONCE) + 1):
            number = replace(first, sub=str(sub))
            yield Mention(text[start : upto.end()].strip(), number, upto.start("sub"), upto.end())
        end = upto.end()
    while (more := MORE.match(text, end)) and not NOT_A_DATE.match(text, more.end()):
        number = replace(first, sub=more["sub"])
        yield Mention(text[start : more.end()].strip(), number, more.start("sub"), more.end())
        end = more.end()


def _same_dossier(text: str, dossier: str | None) -> Iterator[Mention]:
    for match in SAME_DOSSIER.finditer(text):
        number = Number("kamerstuk", dossier, match["sub"], house="TK") if dossier else None
        yield Mention(match.group(), number, match.start(), match.end())
        if number:
            yield from _more(number, text, match.start(), match.end())


def _old_annexes(text: str) -> Iterator[Mention]:
    if "Aanhang" not in text:
        return
    for match in OLD_ANNEX.finditer(text):
        session = session_year(match["y1"], match["y2"])
        if session:
            number = Number("aanhangsel", sub=match["sub"], session=session, house="TK")
            yield Mention(match.group(), number, match.start(), match.end())


def _bills(text: str) -> Iterator[Mention]:
    if "amerstuk" not in text:
        return
    for match in BILL.finditer(text):
        yield Mention(
            match.group(), Number("dossier", match["dossier"]), match.start(), match.end()
        )


def _bracketed(text: str) -> Iterator[Mention]:
    if not FIVE_IN_BRACKETS.search(text):
        return
    for match in IN_BRACKETS.finditer(text):
        start, end = match.span("dossier")
        yield Mention(match["dossier"], Number("dossier", match["dossier"]), start, end)


def _turned(text: str) -> Iterator[Mention]:
    for match in TURNED.finditer(text):
        dossier = re.sub(r"^(\d\d)\s", r"\1", match["dossier"]).replace(" ", "-")
        number = Number("kamerstuk", dossier, match["sub"], house="TK")
        yield Mention(match.group(), number, match.start(), match.end())
