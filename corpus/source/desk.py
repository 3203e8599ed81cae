"""The layouts of papers from a desk: letters of ministries, Word prints, reports, lists."""

from dataclasses import replace

from flow import Box, Frame, Glyphs, Styles
from fonts import font
from lines import Style
from markup import Source
from plan import Fixed, Furniture, Plan, below, fixed, mark, mark_right


def _styles(base: Style, *, gap: float) -> Styles:
    """Return the styles of a letter or a print from Word."""
    para = replace(base, before=gap)
    return {
        "para": para,
        "tight": replace(para, before=0.0),
        "label": replace(para, face="bold", keep=True),
        "h1": replace(para, face="bold", keep=True),
        "h2": replace(para, face="bold", keep=True),
        "h3": replace(para, face="italic", keep=True),
        "item": replace(para, indent=16.0, before=0.0),
        "note": replace(base, size=base.size * 0.74, leading=base.leading * 0.76, indent=7.0),
        "table": replace(base, size=7.5, leading=9.5, before=8.0),
        "tablehead": replace(base, size=7.5, leading=9.5, face="bold", colour="#ffffff"),
        "toc": replace(para, before=3.0),
    }


def brief(source: Source, _identifier: str) -> Plan:
    """Plan a letter of a ministry, painted as Word does: the margin between the lines of text."""
    family = source.get("font", "vera")
    styles = _styles(Style(family, 9.0, 12.6), gap=12.6)
    para = styles["para"]
    head: list[Fixed] = []
    y = 671.0
    for line in source.all("aan"):
        head += fixed(line, para, 78, y, 300)
        y -= 12.6
    label = source.get("betreft_label", "Betreft")
    head += fixed("Datum", para, 78, 540, 60)
    head += fixed(source.get("datum"), para, 126, 540, 320)
    head += fixed(label, para, 78, 527.4, 60)
    head += fixed(source.get("betreft"), para, 126, 527.4, 320)
    start = below(head) - 24

    def furniture(page: int, total: int) -> Furniture:
        return _letter_furniture(source, family, page, total)

    def frames(page: int) -> list[Frame]:
        return [Frame(78, start if page == 1 else 648, 62, 375)]

    return Plan(styles, frames, furniture, tuple(head), order="interleaved")


def _letter_furniture(source: Source, family: str, page: int, total: int) -> Furniture:
    """Return letterhead, right-hand column and page number of a letter."""
    out: Furniture = [mark(f"Pagina {page} van {total}", 458, 34, family, 6.5)]
    y = 687.0
    for line in source.all("marge" if page == 1 else "marge2"):
        if line:
            bold = line.startswith("*")
            out.append(mark(line.lstrip("*"), 459, y, family, 6.5, "bold" if bold else "regular"))
        y -= 9.0 if line else 5.0
    if page == 1:
        out.append(mark(f"> Retouradres {source.get('retour')}", 78, 698, family, 6.5))
        out.append(Box(281, 752, 27, 90, "#154273"))
        y = 776.0
        for line in source.all("logo"):
            out.append(mark(line, 316, y, "serif", 10))
            y -= 12
    return out


def word(source: Source, _identifier: str) -> Plan:
    """Plan a print straight from Word: no furniture but the page number."""
    family = source.get("font", "serif")
    styles = _styles(Style(family, 10.5, 13.2), gap=7.0)
    styles["label"] = replace(styles["label"], face=source.get("label_face", "bold"), before=9.0)
    number = source.get("pagenumber") != "no"

    def furniture(page: int, _total: int) -> Furniture:
        return [mark(str(page), 294, 40, family, 9)] if number else []

    def frames(_page: int) -> list[Frame]:
        return [Frame(71, 770, 72, 453)]

    return Plan(styles, frames, furniture)


def _report_styles(
    family: str, heads: str, size: float, leading: float, *, justify: bool
) -> Styles:
    """Return the styles of a report: heads in a second family."""
    styles = _styles(
        Style(family, size, leading, justify=justify, hyphenate=justify), gap=leading / 2
    )
    plain = Style(heads, size, leading, face="bold", keep=True)
    styles |= {
        "titel": Style(heads, 26, 31, face="bold", before=190),
        "ondertitel": Style(heads, 13, 18, before=16, colour="#154273"),
        "h1": replace(plain, size=size * 1.6, leading=size * 2, before=22, colour="#154273"),
        "h2": replace(plain, size=size * 1.15, leading=leading * 1.1, before=leading),
        "h3": replace(plain, face="italic", before=leading * 0.7),
        "item": replace(styles["item"], justify=False, before=1.5),
        "toc": replace(styles["toc"], justify=False, before=4.0, leading=14),
        "tablehead": replace(styles["tablehead"], justify=False),
        "table": replace(styles["table"], justify=False, hyphenate=False),
        "note": replace(styles["note"], justify=False),
    }
    return styles


def _running(source: Source, family: str, left: float, right: float, page: int) -> Furniture:
    """Return the running head and foot of a report; the cover has none."""
    if page == 1:
        return [Box(left, 120, right - left, 6, "#154273")]
    title, series = source.get("running"), source.get("series")
    if page % 2:
        out: Furniture = [mark_right(title, right, 801, family, 7.5)]
        out.append(mark_right(str(page), right, 38, family, 8.5))
    else:
        out = [mark(title, left, 801, family, 7.5), mark(str(page), left, 38, family, 8.5)]
    out.append(Box(left, 794, right - left, 0.5, "#154273"))
    out.append(mark(series, (left + right) / 2 - 60, 38, family, 7.5))
    return out


def rapport(source: Source, _identifier: str) -> Plan:
    """Plan a report in one wide column."""
    family = source.get("font", "sans")
    styles = _report_styles(family, family, 10, 14.5, justify=False)

    def furniture(page: int, _total: int) -> Furniture:
        return _running(source, family, 92, 503, page)

    def frames(_page: int) -> list[Frame]:
        return [Frame(92, 768, 74, 411)]

    return Plan(styles, frames, furniture)


def rapport2(source: Source, _identifier: str) -> Plan:
    """Plan a report in two justified columns with a narrow gutter; cover and contents in one."""
    family, heads = source.get("font", "serif"), source.get("headfont", "narrow")
    styles = _report_styles(family, heads, 9.3, 12.2, justify=True)
    single = {int(page) for page in source.get("single", "1,2").split(",")}

    def furniture(page: int, _total: int) -> Furniture:
        return _running(source, heads, 57, 538, page)

    def frames(page: int) -> list[Frame]:
        if page in single:
            return [Frame(57, 766, 66, 234)]
        return [Frame(57, 770, 62, 234), Frame(304, 770, 62, 234)]

    return Plan(styles, frames, furniture)


def inventaris(source: Source, _identifier: str) -> Plan:
    """Plan a list of documents, lying A4."""
    family = source.get("font", "sans")
    base = Style(family, 7.6, 9.6)
    styles = _styles(base, gap=6.0)
    styles["h1"] = replace(base, size=10.5, leading=14, face="bold")

    def furniture(page: int, total: int) -> Furniture:
        note: list[Glyphs | Box] = [
            Glyphs(380, 28, f"pagina {page} van {total}", font(family, "regular"), 7.5)
        ]
        return note

    def frames(_page: int) -> list[Frame]:
        return [Frame(42, 556, 44, 758)]

    return Plan(styles, frames, furniture, size=(842.0, 595.0))
