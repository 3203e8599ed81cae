"""Text that would like to be markup, in papers and in what visitors type: strategies and papers.

In go pieces of markup, formulas and headers, out come texts and papers of which every field holds
one. Each text carries `CANARY` in what it would run, so that a browser tells when one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from hypothesis import strategies as st

from indexer.paper import Citation, Heading, Page, Paper, Passage, Person, Promise, Source

CANARY = "kanarie"
RUN = f"window.{CANARY}=1,alert('{CANARY}'),fetch('/{CANARY}')"
PIECES = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script href=/{CANARY}></script></svg>",
    f'"><img src=/{CANARY} onerror={RUN}>',
    f"'><img src=/{CANARY} onerror={RUN}>",
    f"` onmouseover={RUN} x=`",
    f'" autofocus onfocus="{RUN}',
    f"' autofocus onfocus='{RUN}",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</style><style>@import '/{CANARY}'</style>",
    f"<iframe srcdoc='<script>{RUN}</script>'>",
    f"<object data=/{CANARY}>",
    f"<embed src=/{CANARY}>",
    f"<link rel=stylesheet href=/{CANARY}>",
    f"<base href=//{CANARY}.example/>",
    f"<meta http-equiv=refresh content='0;url=/{CANARY}'>",
    f"<form action=/{CANARY}><button autofocus>",
    f"<a href=javascript:{RUN}>x</a>",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"<!--><script>{RUN}</script>-->",
    f"]]><script>{RUN}</script>",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM '/{CANARY}'>]>&e;",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}",
    f"\\u003cscript\\u003e{RUN}",
    f"{{{{ config.{CANARY} }}}}{{% include '/{CANARY}' %}}${{7*7}}",
    f"<math><mtext><table><mglyph><style><img src=/{CANARY} onerror={RUN}>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"=cmd|'/c {CANARY}'!A0",
    f"+{CANARY}()",
    f"-{CANARY}()",
    f"@SUM({CANARY})",
    f",={CANARY}",
    f';"={CANARY}()"',
    f"\t={CANARY}",
    f"\x00={CANARY}",
    f"\r\nSet-Cookie: {CANARY}=1\r\n\r\n",
    "\u2028\u2029\u202e\ufeff\x0b\x1b[31m",
    "</mark><mark>",
    "stikstof",
    " ",
    '"',
    "'",
    "<",
    ">",
    "&",
    "/",
    "é😀",
)
"""What a text is made of: pieces that run somewhere, and what may glue them into new ones."""

signs = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
texts = st.lists(st.one_of(st.sampled_from(PIECES), signs), min_size=1, max_size=4).map("".join)
FIELDS = 9
"""Texts in a paper."""


def village(number: int) -> str:
    """Return a place that one paper alone is about, to ask for."""
    return f"{'bdfghklmnprstvwz'[number % 16]}o{'klmnprst'[number // 16 % 8]}terdam"


def paper(number: int, rows: Sequence[str]) -> Paper:
    """Return a paper that has `FIELDS` texts in all that a page can show, beside plain words."""
    (name, title, ministry, person, party, question, answer, label, other), place = rows, number
    asked = f"Hoeveel sluizen in {village(number)} lekken en wie herstelt ze? {question}"
    text = f"{asked} stikstof\nHet antwoord: {answer}"
    paper_id = f"{name}{place}"
    passages = (
        Passage(
            f"{paper_id}#vraag-1", "vraag", "vraag-1", text, question=asked,
            answer=f"Antwoord over stikstof {answer}", page_first=1, page_last=1,
        ),
        Passage(f"{paper_id}#{label}", "tekst", label, f"Stikstof. {other}", page_first=1),
    )  # fmt: skip
    return Paper(
        id=paper_id,
        title=f"{title}",
        kind=f"{other[:30]}" if number % 2 else "brief",
        dossier=f"{36000 + number}" if number % 3 else name,
        number=label,
        paper_ref=f"{other}, nr. {number}",
        date="2022-10-07",
        session_year="2022-2023",
        ministry=ministry,
        people=(Person(person, "indiener", party), Person(person, "beantwoorder", None, party)),
        pages=(Page(1, f"{text}\n\n{other} stikstof"), Page(2, other)),
        passages=passages,
        citations=(
            Citation(answer, target=paper_id, page=1, passage="vraag-1"),
            Citation(other, target="36000-1", page=1, relation=label),
        ),
        source=Source(f"{title}.pdf", "0" * 64, 2, name),
        notes=(answer, other),
        subject=title,
        evidence=answer,
        references=(other,),
        addressee=person,
        committee=party,
        url=f"javascript:{RUN}" if number % 2 else answer,
        outline=(Heading(question, 1), Heading(answer, 2)),
        promises=(Promise(other, 1, question, "vraag-1"),),
    )


def papers(rows: Sequence[str]) -> list[Paper]:
    """Return papers that hold the texts, `FIELDS` in each; the last is filled up from the first."""
    source = cycle(rows)
    count = -(-len(rows) // FIELDS)
    return [paper(number, [next(source) for _ in range(FIELDS)]) for number in range(count)]
