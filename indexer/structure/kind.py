"""What kind of paper it is, and the line that says so.

In go the head and the text, out comes a `Kind` with its evidence. What a paper calls itself goes
before what it looks like: first the link form in its foot, then the heading beside its number,
then the words of its first page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.structure.body import Body
from indexer.structure.dossier import own_number
from indexer.structure.head import Head
from indexer.structure.labels import read_label
from indexer.structure.meeting import find_meeting
from indexer.structure.people import REPLY

# The heading beside `Nr. 12`, the first word that fits: a `NOTA NAAR AANLEIDING VAN HET VERSLAG`
# is a nota, a `VERSLAG HOUDENDE EEN LIJST VAN VRAGEN EN ANTWOORDEN` a vragenlijst.
HEADINGS = (
    ("vragenlijst", r"LIJST VAN VRAGEN"),
    ("motie", r"(?:NADER )?(?:GEWIJZIGDE )?MOTIE\b"),
    ("amendement", r"(?:NADER )?(?:GEWIJZIGD )?(?:SUB)?AMENDEMENT\b"),
    ("brief", r"(?:GELEIDENDE )?\w*BRIEF(?![A-Z])"),
    ("nota", r"(?:\w+ )?\w*NOTA(?![A-Z])|(?:NADERE )?MEMORIE VAN ANTWOORD"),
    ("toelichting", r"(?:\w+ )?(?:MEMORIE VAN )?TOELICHTING\b"),
    ("verslag", r"(?:\w+ )?\w*VERSLAG(?![A-Z])"),
    ("wetsvoorstel", r"(?:\w+ )?(?:VOORSTEL|ONTWERP) VAN (?:RIJKS)?WET\b|GEWIJZIGD VOORSTEL"),
    # A note's mark can be glued to it: `RAPPORT1`.
    ("rapport", r"(?:\w+ )?(?:\w*RAPPORT|EVALUATIE|ONDERZOEK|\w*DOORLICHTING|ADVIES)(?![A-Z])"),
)
HEADING_RULES = tuple((kind, re.compile(rule, re.IGNORECASE)) for kind, rule in HEADINGS)
LINKS = re.compile(r"^(?P<link>ah|kv|h)-(?:tk|ek|vv)-\d", re.MULTILINE)
ASKED = re.compile(
    r"^(?:Mondelinge |Schriftelijke )?[Vv]ra(?:ag|gen)\s+van\s+(?:het|de|een)?\s*(?:lid|leden)\b"
    r"[^\n]*",
    re.MULTILINE,
)
LINES = re.MULTILINE
ANY_CASE = re.MULTILINE | re.IGNORECASE
# An act that answers a request for information. Must match the subject `Besluit op uw
# Wob-verzoek`, `Deelbesluit 2 op uw WOB-verzoek granuliet` and the opening sentence `met een beroep
# op de Wet openbaarheid van bestuur`; a letter to the Kamer that only speaks of a Woo-verzoek is
# kept out by its addressee.
DECISION = re.compile(
    r"^[^\n]{0,60}\b(?:(?:deel|primair )?besluit|beslissing|beschikking|reactie|herzien)\b"
    r"[^\n]{0,80}\bwo[bo]\b[^\n]*"
    r"|^[^\n]{0,60}\bwo[bo]-?\s?(?:besluit|verzoek)\b[^\n]*"
    r"|^[^\n]*\buw\s+wo[bo]-?\s?verzoek\b[^\n]*"
    r"|^[^\n]*beroep\s+op\s+(?:artikel[^\n]{0,60}van\s+)?de\s+Wet\s+"
    r"(?:openbaarheid\s+van\s+bestuur|open\s+overheid)[^\n]*",
    ANY_CASE,
)
# The decision's own chapters, where its first page is a scan without text.
CHAPTER = re.compile(r"^[^\n]*valt onder de reikwijdte van de W(?:ob|oo|et)\b[^\n]*", ANY_CASE)
CHAPTER_REACH = 2500
TO_THE_KAMER = re.compile(
    r"^(?:Aan )?[Dd]e [Vv]oorzitter van de (?:Tweede|Eerste) Kamer[^\n]*", LINES
)
LETTER = re.compile(
    r"^(?:(?:Hoogg|G)eachte\b[^\n]*|>? ?Retouradres[^\n]*|(?:Betreft|Onderwerp)\b[^\n]*)", LINES
)
MAIL = re.compile(r"^(?:Van|From|Verzonden|Sent)\s?:", LINES)
ANSWERS = re.compile(
    r"^(?:Betreft|Onderwerp)?[^\n]{0,40}\b(?:[Bb]eantwoording|[Aa]ntwoord(?:en)?)\b[^\n]{0,40}"
    r"\b(?:[Kk]amer)?vra(?:ag|gen)\b[^\n]*",
    LINES,
)
ASKED_BY = re.compile(
    r"^[^\n]*\b(?:[Kk]amerv|[Vv])ragen\b[^\n]{0,30}"
    r"\b(?:van|door) (?:het (?:Kamer)?lid|de (?:Kamer)?leden)\b[^\n]*",
    LINES,
)
# A list of documents: its name near the top, or the heads of its columns.
INVENTORY = re.compile(
    r"^[^\n]{0,40}\binventaris(?:lijst)?\b[^\n]*"
    r"|^[^\n]*\bBeoordeling\b[^\n]*\b(?:Weigeringsgrond|Wob|Woo|Artikel)\b[^\n]*",
    ANY_CASE,
)
INVENTORY_REACH = 250
# A notice of delay in a letter. Must match `kunnen niet binnen de gebruikelijke termijn worden
# beantwoord`, `is het niet mogelijk de vragen binnen de gestelde termijn te beantwoorden`.
DELAY = re.compile(
    r"[^.?!\n]*(?:\n[^.?!\n]+)*\bniet\b[^.?!]{0,160}\bbinnen\s+de[^.?!]{0,60}\btermijn\b[^.?!]*"
    r"|[^.?!\n]*\bbinnen\s+de[^.?!]{0,60}\btermijn\b[^.?!]{0,80}\b(?:niet|onmogelijk)\b[^.?!]*"
)
OF_QUESTIONS = re.compile(r"vra(?:ag|gen)\b", re.IGNORECASE)
FIRST_LINES = (
    ("vragenlijst", re.compile(r"^[^\n]{0,60}\blijst van vragen\b[^\n]*", ANY_CASE)),
    ("toelichting", re.compile(r"^memorie van toelichting\b[^\n]*", ANY_CASE)),
    ("wetsvoorstel", re.compile(r"^(?:\w+ )?voorstel van wet\b[^\n]*", ANY_CASE)),
    ("motie", re.compile(r"^(?:\w+ ){0,2}motie van (?:het lid|de leden)\b[^\n]*", ANY_CASE)),
    ("amendement", re.compile(r"^(?:\w+ ){0,2}amendement van\b[^\n]*", ANY_CASE)),
    ("verslag", re.compile(r"^(?:kort |schriftelijk )?verslag van\b[^\n]*", ANY_CASE)),
    (
        "handelingen",
        re.compile(
            r"^(?:Handelingen|Stenogram|(?:(?:Tweede|Eerste) Kamer,? )?\d{1,3}e vergadering)\b"
            r"[^\n]*",
            LINES,
        ),
    ),
    ("nota", re.compile(r"^(?:\w+)?(?:nota|notitie)\b[^\n]{0,80}$", ANY_CASE)),
    (
        "rapport",
        re.compile(
            r"^[^\n]{0,60}\b(?:\w*rapport(?:age)?|evaluatie|onderzoek|advies|second opinion"
            r"|(?:juridische )?analyse)\b[^\n]{0,80}$",
            ANY_CASE,
        ),
    ),
)
BUDGET = re.compile(r"\d{3}00-(?:[IVX]+[A-H]?|[A-N])")
FIRST = 600


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of the contract, and the line that decided it (empty for `overig`)."""

    kind: str
    evidence: str = ""


def find_kind(body: Body, head: Head) -> Kind:
    """Return the kind of a paper."""
    top = body.head()
    return (
        _question_paper(body, top)
        or _by_heading(head)
        or _by_words(body, top)
        or _by_number(body, head)
        or Kind("overig")
    )


def _question_paper(body: Body, top: str) -> Kind | None:
    """Return the kinds of the layouts for questions and for what is said in the Kamer."""
    link = LINKS.search(body.furniture)
    said = find_meeting(body)
    if said or (link and link["link"] == "h"):
        return Kind("handelingen", said.text if said else link.group())  # type: ignore[union-attr]
    reply = REPLY.search(top)
    if reply:
        delay = reply["what"].lower().endswith("mededeling")
        return Kind("uitstel" if delay else "antwoord", _line(reply.group()))
    if link and link["link"] == "ah":
        return Kind("antwoord", link.group())
    asked = ASKED.search(top[:FIRST])
    if asked and (later := REPLY.search(body.text)):  # old papers answer behind all questions
        return Kind("antwoord", _line(later.group()))
    if asked or link:
        return Kind("kamervragen", _line((asked or link).group()))  # type: ignore[union-attr]
    return None


def _by_heading(head: Head) -> Kind | None:
    if not head.heading:
        return None
    for kind, rule in HEADING_RULES:
        place = rule.search(head.heading)
        if place and (place.start() == 0 or kind == "vragenlijst"):
            return Kind(kind, head.heading)
    return Kind("overig", head.heading)


def _by_words(body: Body, top: str) -> Kind | None:
    """Return what the words of the first page say of a paper without a number."""
    first = top[:FIRST]
    inventory = INVENTORY.search(first[:INVENTORY_REACH])
    if inventory:
        return Kind("inventaris", inventory.group())
    answers = ANSWERS.search(first) or ASKED_BY.search(first)
    paired = _has_pairs(body)
    if answers and paired:
        return Kind("antwoord", answers.group())
    addressed = TO_THE_KAMER.search(first)
    if addressed:
        return _to_the_kamer(body, top, addressed)
    mail = MAIL.search(first)
    if mail:
        return Kind("overig", mail.group())
    return _sent(body, top) or _report(first)


def _to_the_kamer(body: Body, top: str, addressed: re.Match[str]) -> Kind:
    """Return what a letter to the Kamer is; one that only tells of a delay asks nothing."""
    delay = DELAY.search(top) if body.text.count("?") < 2 else None
    if delay and OF_QUESTIONS.search(top) and "beantwoord" in delay.group():
        return Kind("uitstel", _line(delay.group()))
    answers = ANSWERS.search(top[:FIRST])
    return Kind("antwoord" if answers else "brief", (answers or addressed).group())


def _has_pairs(body: Body) -> bool:
    """Tell whether lines are labels of questions and of answers."""
    labels = [label for line in body.lines if (label := read_label(line))]
    return {label.question for label in labels} == {True, False}


def _sent(body: Body, top: str) -> Kind | None:
    """Return what a letter to someone outside the Kamer is."""
    decision = DECISION.search(top) or CHAPTER.search(body.text[:CHAPTER_REACH])
    if decision:
        return Kind("besluit", decision.group().strip())
    letter = LETTER.search(top)
    answers = ANSWERS.search(top[:FIRST]) if letter else None
    if answers:
        return Kind("antwoord", answers.group())
    return Kind("brief", letter.group()) if letter else None


def _report(first: str) -> Kind | None:
    for kind, rule in FIRST_LINES:
        found = rule.search(first)
        if found:
            return Kind(kind, found.group())
    return None


def _by_number(body: Body, head: Head) -> Kind | None:
    """Return what a page of a budget is: its first number is the bill, its second the memorandum.

    A dossier of budgets ends in two zeros and has a chapter (`35 000 I`); its numbers 1 and 2 are
    what the Comptabiliteitswet asks for, in that order.
    """
    number = own_number(body.furniture, head, {}, asked=False).number
    if number is None or not BUDGET.fullmatch(number.dossier or ""):
        return None
    kind = {"1": "wetsvoorstel", "2": "toelichting"}.get(number.sub or "")
    return Kind(kind, number.printable) if kind else None


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
