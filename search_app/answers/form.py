"""What a form, a JSON body or a command says → what is asked, and how to narrow and order.

In go plain values from outside, out come `Options` and `Asked`. What is not known or not in its
range is a `ParameterError` that says what is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from search_app.answers.service import MOST_QUESTIONS, Options
from search_app.answers.subquestions import Asked, SubQuestion, split
from search_app.errors import ParameterError
from search_app.query.values import date
from search_app.search.parameters import check_known

LARGEST = 20
USUAL = 5
LONGEST = 100_000
"""Characters of a pasted text."""
LONGEST_NAME = 200
MOST_MINISTRIES = 20
SORTS = ("relevance", "newest")
NARROW = ("ministry", "minister", "from", "to", "sort", "pairs", "n")
KNOWN = ("question", *NARROW)


def options_of(said: Mapping[str, Any]) -> Options:
    """Return the options that are said by these names, `NARROW`. Raises `ParameterError`."""
    since, until = (_day(name, said.get(name)) for name in ("from", "to"))
    if since and until and since > until and not since.startswith(until):
        raise ParameterError("‘from’ ligt na ‘to’: draai de datums om.")
    sort = said.get("sort") or "relevance"
    if sort not in SORTS:
        raise ParameterError("‘sort’ heeft een waarde die niet kan.", SORTS)
    return Options(
        ministry=_names(said.get("ministry")),
        minister=_name("minister", said.get("minister")),
        date_from=since,
        date_to=until,
        newest=sort == "newest",
        pairs=_switch("pairs", said.get("pairs")),
        size=_number(said.get("n")),
    )


def read_json(body: object) -> tuple[Asked, Options]:
    """Return what a JSON body asks: `{"question", "n", …}`. Raises `ParameterError`."""
    if not isinstance(body, dict):
        raise ParameterError("Stuur een JSON-object met ‘question’.", KNOWN)
    for name in body:
        check_known(str(name), KNOWN)
    text = body.get("question")
    if not isinstance(text, str):
        raise ParameterError("‘question’ ontbreekt of is geen tekst.", KNOWN)
    asked = split(checked(text))
    if len(asked.questions) > MOST_QUESTIONS:
        raise ParameterError(
            f"‘question’ heeft {len(asked.questions)} vragen; {MOST_QUESTIONS} is het meeste. "
            "Stuur ze in delen."
        )
    return asked, options_of(body)


def checked(text: str) -> str:
    """Return a pasted text of a length that can be read. Raises `ParameterError`."""
    if not text.strip():
        raise ParameterError(
            "Er staat geen vraag in. Plak uw vragen in het vak of kies een bestand."
        )
    if len(text) > LONGEST:
        raise ParameterError(
            f"De tekst is te lang: {len(text)} tekens, {LONGEST} is het meeste. "
            "Plak alleen de vragen, of doe het in twee keer."
        )
    return text.encode("utf-8", "replace").decode("utf-8")


def edited(
    title: str, introduction: str, numbers: Sequence[str], texts: Sequence[str], kept: set[str]
) -> Asked:
    """Return what was asked as edited on the page; `kept` are the numbers that stay ticked."""
    checked("\n".join([title, introduction, *texts, "."]))
    rows = tuple(
        SubQuestion(number[:12], text.strip())
        for number, text in zip(numbers, texts, strict=False)
        if number in kept and text.strip()
    )
    return Asked(title.strip(), introduction.strip(), rows)


def _day(name: str, value: object) -> str | None:
    if value in (None, ""):
        return None
    day = date(value.strip()) if isinstance(value, str) else None
    if day is None:
        allowed = ("2022", "2022-12", "2022-12-13", "13-12-2022")
        raise ParameterError(f"‘{name}’ moet een datum zijn.", allowed)
    return day


def _names(value: object) -> tuple[str, ...]:
    rows = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    if (value and not rows) or len(rows) > MOST_MINISTRIES:
        raise ParameterError(f"‘ministry’ mag hoogstens {MOST_MINISTRIES} namen hebben.")
    return tuple(name for row in rows if (name := _name("ministry", row)))


def _name(field: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise ParameterError(f"‘{field}’ moet een naam van hoogstens {LONGEST_NAME} tekens zijn.")
    return value.strip()


def _switch(field: str, value: object) -> bool:
    if value in (None, "", "0", False):
        return False
    if value in ("1", True):
        return True
    raise ParameterError(f"‘{field}’ heeft een waarde die niet kan.", ("0", "1"))


def _number(value: object) -> int:
    if value in (None, ""):
        return USUAL
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= LARGEST:
        return int(text)
    raise ParameterError(f"‘n’ moet een getal van 1 tot en met {LARGEST} zijn.")
