"""The shapes of the answers of `/api/v1`, as JSON Schema (2020-12, as OpenAPI 3.1 has it).

In goes nothing, out come dicts.
"""

from __future__ import annotations

from typing import Any

from indexer.engine.fields import FACETS

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
TEXT: Schema = {"type": ["string", "null"]}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
SWITCH: Schema = {"type": "boolean"}
SHARE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
PAGE: Schema = {"type": ["integer", "null"]}


def listed(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def an_object(**properties: Schema) -> Schema:
    """Return the schema of an object that has all these properties."""
    return {"type": "object", "required": [*properties], "properties": properties}


HIT = an_object(
    id=STRING,
    title=TEXT,
    kind=TEXT,
    paper_ref=TEXT,
    date=TEXT,
    ministry=TEXT,
    askers=listed(STRING),
    answerers=listed(STRING),
    score=NUMBER,
    page=PAGE,
    passage=an_object(id=STRING, label=STRING),
    snippet=listed(an_object(text=STRING, match=SWITCH)),
    url=STRING,
    pdf_url=TEXT,
    more=WHOLE,
    scanned=SWITCH,
    also=listed(
        an_object(
            id=STRING,
            title=TEXT,
            kind=TEXT,
            paper_ref=TEXT,
            date=TEXT,
            replaced=SWITCH,
            url=STRING,
        )
    ),
)
PART = an_object(
    text=STRING,
    excluded=SWITCH,
    readings=listed(an_object(text=STRING, role=STRING, form=STRING, parts=listed(STRING))),
    also=listed(an_object(text=STRING, why=STRING, lift=NUMBER)),
)
COUNT = an_object(value=STRING, count=WHOLE)
REFERENCE = an_object(
    text=STRING,
    readings=listed(
        an_object(
            paper_ref=STRING,
            total=WHOLE,
            papers=listed(an_object(id=STRING, title=TEXT, url=STRING)),
        )
    ),
)
BRIEF = {
    "id": STRING,
    "title": TEXT,
    "kind": TEXT,
    "paper_ref": TEXT,
    "date": TEXT,
    "url": STRING,
}
RESULTS = an_object(
    query=an_object(
        text=STRING,
        understood=STRING,
        problems=listed(STRING),
        parts=listed(PART),
        by_meaning=SWITCH,
    ),
    total=WHOLE,
    total_exact=SWITCH,
    total_all_words=WHOLE,
    folded=WHOLE,
    took_ms=NUMBER,
    generation=STRING,
    hits=listed(HIT),
    facets=an_object(**{name: listed(COUNT) for name in FACETS}),
    references=listed(REFERENCE),
    replaced_by=listed(an_object(**BRIEF)),
    suggestion=TEXT,
)
PAPER_TEXT = an_object(id=STRING, text=STRING, pages=listed(an_object(number=WHOLE, text=STRING)))
CITES = an_object(id=STRING, cites=listed(an_object(text=STRING, target=TEXT, page=PAGE, url=TEXT)))
DATES = an_object(asked=TEXT, sent=TEXT, received=TEXT, answered=TEXT, days=PAGE)
PASSAGE = an_object(
    id=STRING,
    kind=STRING,
    label=STRING,
    question=TEXT,
    answer=TEXT,
    text=STRING,
    page_first=PAGE,
    page_last=PAGE,
    breaks=listed(WHOLE),
    links=listed(STRING),
)
SOURCE = an_object(file=STRING, sha256=STRING, pages=WHOLE, extractor=STRING, ocr_pages=WHOLE)
PAPER = an_object(
    id=STRING,
    title=TEXT,
    kind=TEXT,
    dossier=TEXT,
    number=TEXT,
    paper_ref=TEXT,
    date=TEXT,
    session_year=TEXT,
    house=TEXT,
    ministry=TEXT,
    people=listed(an_object(name=STRING, role=STRING, party=TEXT, office=TEXT)),
    pages=listed(
        an_object(number=WHOLE, text=STRING, furniture=listed(STRING), ocr=SWITCH, confidence=SHARE)
    ),
    passages=listed(PASSAGE),
    citations=listed(
        an_object(
            text=STRING,
            target=TEXT,
            page=PAGE,
            relation=TEXT,
            passage=TEXT,
            others=listed(STRING),
            repaired=SWITCH,
        )
    ),
    source={"oneOf": [{"type": "null"}, SOURCE]},
    notes=listed(STRING),
    dates=DATES,
    evidence=TEXT,
    confidence=SHARE,
    subject=TEXT,
    references=listed(STRING),
    addressee=TEXT,
    committee=TEXT,
    url=TEXT,
    outline=listed(an_object(text=STRING, page=PAGE, level=WHOLE)),
    promises=listed(an_object(text=STRING, page=PAGE, term=TEXT, passage=TEXT)),
)
CITED_BY = an_object(
    id=STRING, total=WHOLE, cited_by=listed(an_object(**BRIEF, text=TEXT, page=PAGE, relation=TEXT))
)
DOSSIER = an_object(
    dossier=STRING,
    printable=STRING,
    title=TEXT,
    total=WHOLE,
    highest=WHOLE,
    source_highest=PAGE,
    source_time=TEXT,
    missing_total=WHOLE,
    missing=listed(listed(WHOLE)),
    kinds=listed(COUNT),
    beside=listed(COUNT),
    papers=listed(an_object(**BRIEF, number=TEXT, questions=WHOLE, answered=WHOLE)),
    questions_total=WHOLE,
    answered_total=WHOLE,
    asked_total=WHOLE,
    asked=listed(an_object(**BRIEF)),
    promises=listed(an_object(id=STRING, date=TEXT, text=STRING, page=PAGE, term=TEXT, url=STRING)),
    cited_by_total=WHOLE,
    cited_by=listed(an_object(**BRIEF)),
)
QUESTION: Schema = {
    "type": "object",
    "required": ["question"],
    "additionalProperties": False,
    "properties": {
        "question": {
            "description": "De tekst met een of meer vragen, hoogstens 100.000 tekens",
            "type": "string",
            "minLength": 1,
            "maxLength": 100_000,
        },
        "n": {
            "description": "Antwoorden per vraag",
            "type": "integer",
            "minimum": 1,
            "maximum": 20,
            "default": 5,
        },
        "ministry": listed(STRING) | {"description": "Alleen van deze ministeries"},
        "minister": STRING | {"description": "Alleen van deze bewindspersoon"},
        "from": STRING | {"description": "Vanaf deze datum, maand of dit jaar"},
        "to": STRING | {"description": "Tot en met deze datum, maand of dit jaar"},
        "sort": {
            "description": "Volgorde",
            "type": "string",
            "enum": ["relevance", "newest"],
        },
        "pairs": SWITCH | {"description": "Alleen vragen met hun antwoord"},
    },
}
EARLIER = an_object(
    paper_id=STRING,
    paper_ref=TEXT,
    passage_id=STRING,
    label=STRING,
    title=TEXT,
    kind=TEXT,
    question=TEXT,
    answer=STRING,
    date=TEXT,
    ministry=TEXT,
    person=TEXT,
    page=PAGE,
    score=NUMBER,
    near=NUMBER,
    why=listed(STRING),
    same_answer=listed(STRING),
    refers_to=listed(
        an_object(text=STRING, depth=WHOLE, paper_id=TEXT, label=TEXT, answer=TEXT, url=STRING)
    ),
    url=STRING,
    paper_url=STRING,
)
ANSWERS = listed(
    an_object(
        number=STRING,
        question=STRING,
        procedural=SWITCH,
        by_meaning=SWITCH,
        answers=listed(EARLIER),
        vague=listed(EARLIER),
    )
)
ERROR = an_object(
    error=an_object(status=WHOLE, code=STRING, message=STRING, allowed=listed(STRING))
)
SUGGESTIONS = an_object(
    q=STRING,
    suggestions=listed(
        an_object(
            text=STRING,
            kind={"type": "string", "enum": ["stuk", "dossier", "persoon", "woord"]},
            url=STRING,
            count=PAGE,
        )
    ),
)
SCHEMAS = {
    "Suggestions": SUGGESTIONS,
    "Results": RESULTS,
    "Paper": PAPER,
    "PaperText": PAPER_TEXT,
    "Cites": CITES,
    "CitedBy": CITED_BY,
    "Dossier": DOSSIER,
    "Question": QUESTION,
    "Answers": ANSWERS,
    "Error": ERROR,
}
