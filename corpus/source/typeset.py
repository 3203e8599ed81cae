"""Makes the sample papers: `python corpus/source/typeset.py [--only NAME]` reads the texts beside
it and (re)writes `corpus/sample`: a PDF for each, and the truth about it as JSON.

Needs the dev dependencies reportlab, pyphen and pillow, and the package fonts-liberation.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import desk
import official
from flow import Box, Page, paginate, strips_of
from markup import Source, read_source
from paint import paint
from plan import Plan
from truth import identity, truth

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "sample"
LAYOUTS: dict[str, Callable[[Source, str], Plan]] = {
    "kamerstuk": official.kamerstuk,
    "aanhangsel": official.aanhangsel,
    "handelingen": official.handelingen,
    "brief": desk.brief,
    "word": desk.word,
    "rapport": desk.rapport,
    "rapport2": desk.rapport2,
    "inventaris": desk.inventaris,
}


def fill(source: Source) -> tuple[Plan, list[Page]]:
    """Fill the pages of a source; twice, because a list of contents needs the pages' numbers."""
    plan = LAYOUTS[source.get("layout")](source, identity(source)["id"] or "")
    pages_of: dict[str, int] = {}
    for _ in range(2):
        strips = strips_of(source, plan.styles, plan.frames(1)[0], pages_of)
        pages = paginate(strips, plan.frames, source.notes, plan.styles["note"])
        headings = ((page.number, strip.outline) for page in pages for strip in page.strips)
        pages_of = {outline[1]: number for number, outline in headings if outline}
    for item in plan.head:
        first = pages[0]
        first.body[:0] = [
            type(glyph)(
                item.x + glyph.x, item.y + glyph.y, glyph.text, glyph.font, glyph.size, glyph.colour
            )
            for glyph in item.strip.glyphs
        ]
    for page in pages:
        for mark in plan.furniture(page.number, len(pages)):
            (page.boxes if isinstance(mark, Box) else page.furniture).append(mark)  # type: ignore[arg-type]
    return plan, pages


def make(path: Path) -> tuple[bytes, dict[str, Any]]:
    """Return the PDF and the truth of one source text."""
    source = read_source(path)
    if source.get("layout") == "geen":
        return path.read_bytes().partition(b"\n---\n")[2], _failure(source)
    plan, pages = fill(source)
    pdf = paint(source, plan, pages)
    if source.get("cut"):
        pdf = pdf[: int(len(pdf) * float(source.get("cut")))]
    return pdf, _failure(source) if source.get("failure") else truth(source, plan, pages)


def _failure(source: Source) -> dict[str, Any]:
    """Return the truth of a file that cannot be read, or only in part."""
    out: dict[str, Any] = {"file": f"{source.name}.pdf", "failure": source.get("failure")}
    if note := source.get("acceptable"):
        out["acceptable"] = note
    if secret := source.get("password"):
        out["password"] = secret
    return out


def main() -> None:
    """Write the sample, or one paper of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", metavar="NAME", help="stem of one source text")
    only = parser.parse_args().only
    SAMPLE.mkdir(exist_ok=True)
    total = size = 0
    for path in sorted(HERE.glob(f"{only or '*'}.txt")):
        pdf, known = make(path)
        (SAMPLE / f"{path.stem}.pdf").write_bytes(pdf)
        text = json.dumps(known, ensure_ascii=False, indent=1)
        (SAMPLE / f"{path.stem}.json").write_text(text + "\n", encoding="utf-8")
        pages = len(known.get("pages", []))
        total, size = total + pages, size + len(pdf)
        print(f"{path.stem}: {pages} pages, {len(pdf):,} bytes")
    print(f"{total} readable pages, {size:,} bytes")


if __name__ == "__main__":
    main()
