"""What a person typed as a number → the ways to read it, as print would have it.

In goes one line, out come attempts, the least changed first, each with whether it mends a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.numbers.forms import (
    ADDRESS,
    CHAPTER,
    CITING,
    CODE,
    DOCUMENT,
    EXTENSION,
    LEAD,
    LOOSE,
    MEASURE,
    MOVED,
    OLD_LINK,
    ON_PAGE,
    PAIR,
    PROCEEDINGS,
    PROMISE,
    SEVERAL,
    SHORT_SESSION,
    TRAIL,
    TURNED,
)
from indexer.numbers.spelling import respelled
from indexer.numbers.values import NumberMatch


def of_address(typed: str) -> str:
    """Return the number in an official address: the last part of its path, or the document."""
    if not ADDRESS.match(typed):
        return typed
    path, _, query = typed.partition("?")
    document = DOCUMENT.search(query)
    last = path.rstrip("/").rpartition("/")[2]
    return document[1] if document else EXTENSION.sub("", last)


def several(typed: str) -> tuple[str, ...]:
    """Return `36 200 VII, nr. 12` and `36 200 VII, nr. 13` for `36 200 VII, nrs. 12 en 13`.

    Of a range both ends.
    """
    found = SEVERAL.fullmatch(typed)
    if found is None:
        return ()
    numbers = re.findall(r"\d+", found["numbers"])
    return tuple(f"{found['dossier'].rstrip(' ,')}, nr. {number}" for number in numbers)


def attempts(typed: str) -> Iterator[tuple[str, bool]]:
    """Yield what may be meant: as typed, without its surroundings, in order, then repaired."""
    bare = _bare(typed)
    for form in dict.fromkeys((typed, _ordered(typed), bare, _ordered(bare))):
        yield form, False
    mended = _mended(typed)
    again = mended if bare == typed else _mended(bare)
    for form in dict.fromkeys((mended, again, _ordered(again))):
        if form != typed:
            yield form, True
    spelled = respelled(typed)
    if spelled != typed:
        yield from ((form, True) for form in (spelled, _ordered(spelled), _ordered(_bare(spelled))))
    upper = typed.upper()
    if upper != typed and not MEASURE.fullmatch(typed):
        yield from ((form, True) for form in (upper, _ordered(upper)))
    if pair := PAIR.fullmatch(bare):
        yield f"{pair['five']}, nr. {pair['nr']}", True


def cited(typed: str, found: Sequence[NumberMatch]) -> NumberMatch | None:
    """Return the one number of a citation, when nothing else was typed but how one cites.

    `Kamerstukken II 2022/23, 36 200 VII, nr. 12, p. 3` is that; `motie 36 200 VII` is not.
    """
    if len(found) != 1:
        return None
    number = found[0]
    before, after = typed[: number.start].strip(), typed[number.end :].strip()
    whole = (before or after) and CITING.fullmatch(before) and ON_PAGE.fullmatch(after)
    return number if whole else None


def page_cited(typed: str) -> int | None:
    """Return the page that a citation ends with: 3 of `36 200 VII, nr. 12, p. 3`."""
    found = ON_PAGE.search(typed.strip())
    return int(found["page"]) if found and found["page"] else None


def _bare(typed: str) -> str:
    """Return a citation without what stands around its number."""
    lead = LEAD.match(typed)
    return TRAIL.sub("", typed[lead.end() if lead else 0 :]).strip(" ,.")


def _ordered(typed: str) -> str:
    """Return `36200 VII, nr. 12` for `36200/VII/12` and for `nr. 12 (36200-VII)`."""
    if turned := TURNED.fullmatch(typed):
        return f"{turned['rest']}, nr. {turned['nr']}"
    if old := OLD_LINK.fullmatch(typed):
        return f"kst-{old['rest']}"
    if said := PROCEEDINGS.fullmatch(typed):
        item = f", item {said['item']}" if said["item"] else ""
        house = f" {said['house']}" if said["house"] else ""
        return f"Handelingen{house} {said['y1']}/{said['y2']}, nr. {said['nr']}{item}"
    if loose := LOOSE.fullmatch(typed):
        sub = loose["nr"] if loose["nr"].isdigit() else loose["nr"].upper()
        return f"{loose['five']} {loose['roman']}, nr. {sub}"
    if promise := PROMISE.fullmatch(typed):
        return f"TZ{promise['month']}-{promise['nr']}"
    return typed


def _mended(typed: str) -> str:
    """Return what was typed with slips that can be nothing else put right."""
    if code := CODE.fullmatch(typed):
        return f"{code['year']}{code['letter'].upper()}{int(code['code']):05}"
    mended = re.sub(r"(?<=[\doO])[oO](?=[\doO ])|(?<=\d)[oO](?=[\doO ])", "0", typed)
    mended = re.sub(r"(?<=\d)l(?=\d)|(?<=nr\. )l(?=\d)|(?<=nr )l(?=\d)", "1", mended)
    mended = CHAPTER.sub(_chapter, mended)
    mended = SHORT_SESSION.sub(_session, mended)
    if moved := MOVED.match(mended):
        mended = re.sub(r"\D", "", moved.group()) + mended[moved.end() :]
    return mended


def _chapter(found: re.Match[str]) -> str:
    """Return a chapter with an I for each l and 1, unless it is a number after all."""
    roman = found["roman"]
    if roman.isdigit() or not set(roman) & set("IVX"):
        return found.group()
    return found["gap"] + roman.replace("l", "I").replace("1", "I")


def _session(found: re.Match[str]) -> str:
    """Return `2022-2023` of `2022–203`: the next year with one digit left out."""
    after = str(int(found["y1"]) + 1)
    left_out = {after[:at] + after[at + 1 :] for at in range(4)}
    return f"{found['y1']}-{after}" if found["y2"] in left_out else found.group()
