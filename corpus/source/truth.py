"""The truth about a sample paper: in go its source and its filled pages, out comes the JSON.

Everything is known from the marks of the source and from where the strips were placed; no PDF is
read. What the keys mean is in `corpus/README.md`.
"""

import re
from collections.abc import Iterable
from typing import Any

from flow import Page, Strip
from markup import Source
from plan import Plan

_ZIE = re.compile(
    r"^Zie (?:het|mijn) antwoord(?:en)? op (?:de )?vra(?:ag|gen) (\d+)", re.IGNORECASE
)
_RUN_IN = re.compile(r"^\d+\.\s+")  # `1. Kunt u…`: the number is a label, not the question


def identity(source: Source) -> dict[str, str | None]:
    """Return dossier, number, id and printable reference in their normal forms."""
    kind, number = source.get("layout"), source.get("number") or None
    session = source.get("session")
    short = f"{session[:4]}/{session[7:]}"
    if source.get("numbering") == "kv":
        return _parts(None, number, number, f"kv-tk-{number}")
    if source.get("numbering") == "ah" or kind == "aanhangsel":
        ref = f"Aanhangsel Handelingen II {short}, nr. {number}"
        return _parts(None, number, ref, f"ah-tk-{session.replace('-', '')}-{number}")
    if kind == "handelingen" and number:
        meeting, _, item = number.partition("-")
        ref = f"Handelingen II {short}, nr. {meeting}, item {item}"
        return _parts(None, number, ref, f"h-tk-{session.replace('-', '')}-{number}")
    if not number:
        return _parts(None, None, None, None)
    dossier = source.get("dossier")
    normal = re.sub(r"^(\d\d) (\d{3})", r"\1\2", dossier).replace(" ", "-")
    ref = f"{dossier}, {number}" if source.get("house") == "EK" else f"{dossier}, nr. {number}"
    link = f"kst-{normal}-{number}"
    if edition := source.get("edition"):
        return _parts(normal, number, f"{ref} (herdruk)", f"{link}-{edition}")
    return _parts(normal, number, ref, link)


def _parts(
    dossier: str | None, number: str | None, ref: str | None, link: str | None
) -> dict[str, str | None]:
    return {"dossier": dossier, "number": number, "paper_ref": ref, "id": link}


def truth(source: Source, plan: Plan, pages: list[Page]) -> dict[str, Any]:
    """Return the whole truth of a paper that can be read."""
    out: dict[str, Any] = {
        "file": f"{source.name}.pdf",
        "kind": source.get("kind"),
        **identity(source),
        "date": source.get("date") or None,
        "session_year": source.get("session") or None,
        "house": source.get("house", "TK") or None,
        "title": source.get("title"),
        "ministry": source.get("ministry") or None,
        "people": [_person(line) for line in source.all("person")],
        "pages": [_page(page, plan) for page in pages],
    }
    if passages := _passages([strip for page in pages for strip in page.strips]):
        out["passages"] = passages
    lines = (glyph.text for page in pages for glyph in page.furniture)
    out["furniture"] = list(dict.fromkeys(lines))
    if source.get("scan"):
        out["scan"] = True
    return out


def _person(line: str) -> dict[str, str | None]:
    """Read `name | role | party`."""
    name, role, party = (part.strip() or None for part in (line + " | | ").split("|")[:3])
    return {"name": name, "role": role, "party": party}


def _page(page: Page, plan: Plan) -> dict[str, Any]:
    """Return what a page says: head, text and footnotes, and the words broken on it."""
    head = [item.strip for item in plan.head] if page.number == 1 else []
    strips = [*head, *page.strips, *page.notes]
    out: dict[str, Any] = {"number": page.number, "text": join(strips)}
    if broken := list(_broken(strips)):
        out["broken"] = broken
    if marks := [mark for strip in page.strips for mark in strip.notes]:
        out["notes"] = marks
    if any(strip.loose for strip in strips):
        out["order"] = "loose"
    return out


def join(strips: Iterable[Strip]) -> str:
    """Join lines to running text: a paragraph a line, broken words whole again."""
    text, glue = "", False
    for strip in strips:
        if text and strip.starts:
            text += "\n"
        elif text and not glue:
            text += " "
        text += strip.text
        glue = strip.glue
    return text


def _broken(strips: list[Strip]) -> Iterable[list[str]]:
    """Yield the words broken at line ends: first half as printed, second half, whole word."""
    for strip, after in zip(strips, strips[1:], strict=False):
        if strip.glue:
            said, rest = strip.text.rsplit(" ", 1)[-1], after.text.split(" ", 1)[0]
            printed = strip.glyphs[-1].text.rsplit(" ", 1)[-1]
            yield [printed, rest, said + rest]


def _passages(strips: list[Strip]) -> list[dict[str, Any]]:
    """Return question and answer by label; questions answered together share one answer."""
    sides: dict[tuple[str, str], list[Strip]] = {}
    together: dict[str, tuple[str, ...]] = {}
    for strip in strips:
        if strip.passage:
            labels, side = strip.passage
            for label in labels:
                sides.setdefault((label, side), []).append(strip)
                if side == "answer":
                    together[label] = labels
    out = []
    for label in dict.fromkeys(label for label, side in sides if side == "question"):
        answer = join(sides.get((label, "answer"), [])) or None
        row: dict[str, Any] = {
            "label": label,
            "question": _RUN_IN.sub("", join(sides[label, "question"])),
            "answer": answer,
        }
        if len(together.get(label, ())) > 1:
            row["answered_with"] = [other for other in together[label] if other != label]
        if answer and (found := _ZIE.match(answer)):
            row["refers_to"] = found[1]
        out.append(row)
    return out
