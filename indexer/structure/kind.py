"""What kind of paper this is, by the line that says so.

In goes the text of the first pages, out comes a kind and the line that decided it. Rules stand in
order: what is printed as a title comes before what can be said anywhere.
"""

from __future__ import annotations

import re

RULES: tuple[tuple[str, str], ...] = (
    # a notice of delay stands in the layout of an answered question
    ("uitstel", r"^Mededeling\s+van\s+(?:de\s+)?(?:[Mm]inister|[Ss]taatssecretaris)\b"),
    ("antwoord", r"^Antwoord(?:en)?\s+van\s+(?:de\s+)?(?:[Mm]inister|[Ss]taatssecretaris)\b"),
    ("antwoord", r"^AH\s+\d{1,4}$"),
    ("vragenlijst", r"\bLIJST VAN VRAGEN\b"),
    ("vragenlijst", r"^Lijst van vragen(?: en antwoorden)?\b"),
    ("kamervragen", r"^(?:Schriftelijke v|V)ragen van (?:het lid|de leden)\b.*"),
    ("motie", r"^Nr\.? ?\d+\s+(?:GEWIJZIGDE |NADER GEWIJZIGDE )?MOTIE VAN\b|^MOTIE VAN\b"),
    ("amendement", r"^(?:Nr\.? ?\d+\s+)?(?:GEWIJZIGD |NADER GEWIJZIGD )?AMENDEMENT VAN\b"),
    ("brief", r"^(?:Nr\.? ?\d+|[A-Z]{1,2})\s+BRIEF VAN\b|^BRIEF VAN (?:DE|HET)\b"),
    ("toelichting", r"^(?:Nr\.? ?\d+\s+)?MEMORIE VAN TOELICHTING\b|^Memorie van toelichting$"),
    ("wetsvoorstel", r"^(?:Nr\.? ?\d+\s+)?(?:GEWIJZIGD )?VOORSTEL VAN WET\b"),
    ("nota", r"^(?:(?:Nr\.? ?\d+|[A-Z])\s+)?NOTA (?:NAAR|VAN|OVER)\b"),
    ("verslag", r"^(?:(?:Nr\.? ?\d+|[A-Z])\s+)?(?:NADER |VOORLOPIG )?VERSLAG\b"),
    ("handelingen", r"^(?:Handelingen\b.*|\d{1,3}e vergadering\b.*)"),
    ("inventaris", r"^(?:Bijlage \d*:?\s*)?Inventaris(?:lijst)?\b.*"),
    ("besluit", r"\b(?:Besluit|Beslissing)\b.*\bW(?:ob|oo)\b|\bW(?:ob|oo)-(?:besluit|verzoek)"),
    ("besluit", r"\bWet (?:openbaarheid van bestuur|open overheid)\b"),
    ("brief", r"^Geachte\s+(?:[Vv]oorzitter|heer|mevrouw|leden)\b"),
    ("rapport", r"^(?:Eind|Onderzoeks|Deel|Jaar)?rapport(?:age)?\b|^Evaluatie\b|^Onderzoek naar\b"),
    ("nota", r"^(?:Nota|Notitie)$"),
    ("rapport", r"^Samenvatting$|^Managementsamenvatting$|^Inhoudsopgave$|^Inhoud$"),
)
COMPILED = tuple(
    (kind, re.compile(rule, re.MULTILINE | (0 if rule.isupper() else re.IGNORECASE)))
    if kind in ("kamervragen", "besluit", "inventaris", "rapport")
    else (kind, re.compile(rule, re.MULTILINE))
    for kind, rule in RULES
)
EARLY = 500
LINKS = (("handelingen", r"^h-(?:tk|ek)-"), ("antwoord", r"^ah-(?:tk|ek)-"))


def kind_of(head: str, furniture: str) -> tuple[str, str]:
    """Return the kind and the line that decided it; `overig` and an empty line without one."""
    for kind, rule in COMPILED:
        # an inventory stands behind many a decision: it is one only when it begins so
        match = rule.search(head[:EARLY] if kind == "inventaris" else head)
        if match:
            return kind, _line_of(head, match.start())
    for kind, link in LINKS:
        match = re.search(link, furniture, re.MULTILINE)
        if match:
            return kind, match.group()
    return "overig", ""


def _line_of(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)].strip()
