"""The pages about earlier answers: ask, compare, the worksheet and its files.

In go forms, always by POST, out comes HTML or a file. What someone asks stands in no address and
in no log, and is not kept: each form carries it back.
"""

from __future__ import annotations

import threading
from dataclasses import replace

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from search_app.answers.compare import compare
from search_app.answers.form import LONGEST, checked, edited, options_of
from search_app.answers.ministries import ministries
from search_app.answers.service import Options, answer, make_desk
from search_app.answers.subquestions import Asked, SubQuestion, split
from search_app.answers.uploads import LARGEST, TOO_LARGE, read_upload
from search_app.answers.worksheet import items_of, read_choices, value_of
from search_app.answers.worksheet_files import FORMS, written
from search_app.errors import BusyError, ParameterError, UploadError, status_of
from search_app.search.meaning import usable
from search_app.search.references import references
from search_app.web.shared import base, crowd, lent_index, refuse_unknown

blueprint = Blueprint("answers", __name__, url_prefix="/antwoorden")
BODY = LARGEST + 1024 * 1024
FORM = 4 * 1024 * 1024
FIELDS = 4000
AT_ONCE = 2
READING = threading.BoundedSemaphore(AT_ONCE)
"""Files that are read at once, in this process: each is a child with its own memory."""
MOST_NAMED = 5000
"""Characters in which numbers of papers are looked for."""
NARROWED = {
    "ministerie": "ministry", "bewindspersoon": "minister", "van": "from", "tot": "to",
    "volgorde": "sort", "paren": "pairs", "n": "n",
}  # fmt: skip


@blueprint.get("")
def ask() -> str:
    """Show the form to paste questions in."""
    refuse_unknown()
    return _asking()


def _asking(text: str = "", wrong: ParameterError | UploadError | None = None) -> str:
    """Return the form, with what was pasted and what is wrong with it."""
    with lent_index() as index:
        return render_template(
            "antwoorden.html",
            ministries=ministries(index),
            options=Options(),
            text=text[:LONGEST],
            wrong=wrong,
            largest=LARGEST,
            too_large=TOO_LARGE,
            by_meaning=usable(index) is not None,
        )


@blueprint.post("")
def answered() -> Response:
    """Show for each question how it was answered before."""
    form = _form()
    try:
        options = _options(form)
        with crowd().joined():
            return _private(_answered(form, options))
    except (ParameterError, UploadError) as error:
        # not an error page: what was pasted would be lost, since nobody keeps it
        return _private(_asking(_pasted(form), error), status_of(error))


def _answered(form: MultiDict[str, str], options: Options) -> str:
    asked, left_out = _asked(form)
    with lent_index() as index:
        found = answer(asked, options, make_desk(index))
        return render_template(
            "antwoorden_gevonden.html",
            found=found,
            named=references(_everything(asked)[:MOST_NAMED], index),
            options=options,
            ministries=ministries(index),
            left_out=(*found.rest, *left_out),
            forms=FORMS,
            value_of=value_of,
        )


@blueprint.post("/vergelijk")
def compared() -> Response:
    """Show two or more answers side by side, with the words that differ."""
    form = _form()
    with lent_index() as index:
        items = items_of(read_choices(form), index)
    page = render_template("vergelijk.html", shown=compare(items), items=items)
    return _private(page)


@blueprint.get("/werkblad")
def worksheet() -> str:
    """Show the page on which a browser shows the worksheet that it keeps itself."""
    refuse_unknown()
    return render_template("werkblad.html", forms=FORMS)


@blueprint.post("/werkblad")
def exported() -> Response:
    """Send the chosen answers with their notes as a file; nothing of it is kept."""
    form = _form()
    name = form.get("vorm", "")
    if name not in FORMS:
        raise ParameterError("‘vorm’ heeft een waarde die niet kan.", tuple(FORMS))
    with lent_index() as index:
        items = items_of(read_choices(form), index)
    response = Response(written(name, items, base()), mimetype=FORMS[name].mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="eerdere-antwoorden.{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _form() -> MultiDict[str, str]:
    """Return the form of the request, within limits of its own."""
    refuse_unknown()
    request.max_content_length = BODY
    request.max_form_memory_size = FORM
    request.max_form_parts = FIELDS
    return request.form


def _options(form: MultiDict[str, str]) -> Options:
    """Return what narrows and orders. Raises `ParameterError` by the names of the form."""
    said = {english: form.get(name, "").strip() for name, english in NARROWED.items()}
    try:
        return options_of(said)
    except ParameterError as error:
        told = str(error)
        for name, english in NARROWED.items():
            told = told.replace(f"‘{english}’", f"‘{name}’")
        raise ParameterError(told, error.allowed) from None


def _asked(form: MultiDict[str, str]) -> tuple[Asked, tuple[SubQuestion, ...]]:
    """Return what is asked, and apart the questions that are left out.

    A file goes before text; questions that were edited come as numbers (`nummer`), texts (`tekst`)
    and the numbers that stay (`mee`).
    """
    file = request.files.get("bestand")
    if file is not None and file.filename:
        return _without_procedural(_read(file.stream.read(LARGEST + 1)))
    if "tekst" not in form:
        return _without_procedural(split(checked(form.get("vraag", ""))))
    numbers, texts = form.getlist("nummer"), form.getlist("tekst")
    kept = set(form.getlist("mee"))
    parts = form.get("titel", ""), form.get("inleiding", "")
    asked = edited(*parts, numbers, texts, kept)
    rest = edited(*parts, numbers, texts, set(numbers) - kept)
    return asked, rest.questions


def _pasted(form: MultiDict[str, str]) -> str:
    """Return what a form has to ask as one text, to paste again."""
    if "tekst" not in form:
        return form.get("vraag", "")
    questions = (f"Vraag {n}\n{text}" for n, text in enumerate(form.getlist("tekst"), 1))
    parts = (form.get("titel", ""), form.get("inleiding", ""), *questions)
    return "\n\n".join(part for part in parts if part.strip())


def _without_procedural(asked: Asked) -> tuple[Asked, tuple[SubQuestion, ...]]:
    """Leave questions out that only ask how to answer, as long as others remain."""
    kept = tuple(row for row in asked.questions if not row.procedural)
    if not kept:
        return asked, ()
    return replace(asked, questions=kept), tuple(q for q in asked.questions if q.procedural)


def _read(data: bytes) -> Asked:
    if not READING.acquire(timeout=5):
        raise BusyError
    try:
        return read_upload(data)
    finally:
        READING.release()


def _everything(asked: Asked) -> str:
    return "\n".join([asked.context, *(question.text for question in asked.questions)])


def _private(page: str, status: int = 200) -> Response:
    """Return a page that no cache may keep: it holds what someone asked."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
