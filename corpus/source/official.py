"""The layouts of the printed papers of the States General: Kamerstuk, Aanhangsel and Handelingen.

Measures are those of real papers: media box A4 with a smaller crop box, text from 221 points.
"""

from dataclasses import replace

from flow import Box, Frame, Styles
from lines import Style
from markup import Source
from plan import Fixed, Furniture, Plan, below, fixed, mark, mark_right, printed_session

CROP = (18.42, 35.43, 576.85, 806.46)
LEFT, TEXT, RIGHT = 55.3, 221.1, 540.3
MEASURE = RIGHT - TEXT


def _styles(family: str, size: float, leading: float, gap: float, *, hyphenate: bool) -> Styles:
    """Return the styles of a printed paper."""
    base = Style(family, size, leading, before=gap, hyphenate=hyphenate)
    table = replace(base, size=7.2, leading=9, hyphenate=False)
    return {
        "para": base,
        "intro": replace(base, before=gap or 5.3, hyphenate=False),
        "tight": replace(base, before=0.0),
        "label": replace(base, before=leading, keep=True),
        "answers": replace(base, before=leading, face="bold", keep=True),
        "h1": replace(base, size=size + 1.4, leading=leading + 2, face="bold", before=18, keep=True, hyphenate=False),
        "h2": replace(base, face="bold", before=13, keep=True, hyphenate=False),
        "h3": replace(base, face="italic", before=leading, keep=True, hyphenate=False),
        "item": replace(base, indent=14.0, before=0.0),
        "speaker": replace(base, before=leading),
        "note": Style(family, 6.9, 8.5, indent=6.0),
        "table": replace(table, before=10.0),
        "tablehead": replace(table, face="bold", colour="#ffffff"),
    }


def _masthead(source: Source, chamber: str, house: str, kind: str) -> Furniture:
    """Return the head of a first page, with the house's figure where the press puts it."""
    family = source.get("font", "helvetica")
    session = f"Vergaderjaar {printed_session(source.get('session'))}"
    out: Furniture = [
        mark(chamber, LEFT, 762.5, family, 18.1, "bold"),
        mark(house, 505.9, 740.3, family, 51.2, "bold"),
        Box(LEFT, 720.6, RIGHT - LEFT, 0.9, "#000000"),
        mark(session, LEFT, 705.7, family, 9.6),
        Box(LEFT, 667.2, RIGHT - LEFT, 0.9, "#000000"),
    ]
    if kind:
        out.insert(4, mark(kind, TEXT, 705.5, family, 10.0, "bold"))
    return out


def _foot(source: Source, running: str, number: int, issn: str, identifier: str) -> Furniture:
    """Return the foot of a page; the first page also has identifier, ISSN and place."""
    family = source.get("font", "helvetica")
    year = source.get("date")[:4]
    out: Furniture = []
    if number == 1:
        out = [
            mark(identifier, LEFT, 82.3, family, 5.9),
            mark(f"ISSN {issn}", LEFT, 75.9, family, 5.9),
            mark(f"’s-Gravenhage {year}", LEFT, 69.5, family, 5.9),
        ]
    out.append(mark(running, TEXT, 69.5, family, 9.0))
    if source.get("pagenumber") != "no":
        out.append(mark_right(str(number), RIGHT, 69.5, family, 9.0))
    return out


def kamerstuk(source: Source, identifier: str) -> Plan:
    """Plan a Kamerstuk of either house."""
    family = source.get("font", "helvetica")
    senate = source.get("house") == "EK"
    hyphenate = source.get("hyphenate", "yes") == "yes"
    styles = _styles(family, 9.1, 10.75, 10.75, hyphenate=hyphenate)
    big = Style(family, 12.3, 13.2, face="bold")
    bold = replace(styles["para"], face="bold", hyphenate=False)
    number, dossier = source.get("number"), source.get("dossier")
    title = fixed(source.get("dossier_title"), big, TEXT, 663.0, MEASURE)
    top = min(556.0, below(title) - 16)
    kind = fixed(source.get("heading"), bold, TEXT, top, MEASURE)
    head: list[Fixed] = [
        *fixed(dossier, big, LEFT, 663.0, 150),
        *title,
        *fixed(number if senate else f"Nr. {number}", bold, LEFT, top, 150),
        *kind,
    ]
    if subline := source.get("subline"):
        head += fixed(subline, styles["para"], TEXT, below(kind), MEASURE)
    start = below(head) - 10.75
    chamber = "Eerste Kamer" if senate else "Tweede Kamer"
    ref = f"{dossier}, {number}" if senate else f"{dossier}, nr. {number}"
    running = f"{chamber}, vergaderjaar {printed_session(source.get('session'))}, {ref}"

    def furniture(page: int, _total: int) -> Furniture:
        foot = _foot(source, running, page, "0921 - 7371", identifier)
        if page > 1:
            return foot
        figure = "1" if senate else "2"
        return [*_masthead(source, f"{chamber} der Staten-Generaal", figure, ""), *foot]

    def frames(page: int) -> list[Frame]:
        return [Frame(TEXT, start if page == 1 else 778, 106, MEASURE, left=TEXT - LEFT)]

    return Plan(styles, frames, furniture, tuple(head), crop=CROP)


def aanhangsel(source: Source, identifier: str) -> Plan:
    """Plan an answered question as printed in the Aanhangsel van de Handelingen."""
    family = source.get("font", "helvetica")
    styles = _styles(family, 8.53, 9.58, 0.0, hyphenate=True)
    styles["label"] = replace(styles["label"], before=9.58)
    big = Style(family, 12.8, 14.0, face="bold")
    head = fixed(source.get("number"), big, TEXT, 550.5, 150)
    running = f"Tweede Kamer, vergaderjaar {printed_session(source.get('session'))}, Aanhangsel"
    asked = (
        "Vragen gesteld door de leden der Kamer, met de daarop door de",
        "regering gegeven antwoorden",
    )

    def furniture(page: int, _total: int) -> Furniture:
        foot = _foot(source, running, page, "0921 - 7398", identifier)
        if page > 1:
            return foot
        chamber = "Tweede Kamer der Staten-Generaal"
        kind = "Aanhangsel van de Handelingen"
        return [
            *_masthead(source, chamber, "2", kind),
            mark(asked[0], TEXT, 648.9, family, 9.06, "bold"),
            mark(asked[1], TEXT, 639.3, family, 9.06, "bold"),
            *foot,
        ]

    def frames(page: int) -> list[Frame]:
        return [Frame(TEXT, 516.0 if page == 1 else 778, 128 if page == 1 else 112, MEASURE, 165)]

    return Plan(styles, frames, furniture, tuple(head), crop=CROP)


def handelingen(source: Source, _identifier: str) -> Plan:
    """Plan an item of the Handelingen: two columns below the number and title of the item."""
    family = source.get("font", "serif")
    styles = _styles(family, 8.6, 10.6, 0.0, hyphenate=True)
    styles["para"] = replace(styles["para"], justify=True, before=3.0)
    styles["speaker"] = replace(styles["para"], before=9.0)
    styles["h1"] = replace(styles["h1"], before=12)
    big = Style(family, 21, 26, face="bold")
    name = Style(family, 13, 17, face="bold")
    head = [
        *fixed(source.get("number").rpartition("-")[2], big, 62, 786, 60),
        *fixed(source.get("heading"), name, 98, 781, 420),
    ]
    top = below(head) - 20
    day, meeting, item = source.get("footdate"), source.get("meeting"), source.get("number")

    def furniture(page: int, _total: int) -> Furniture:
        return [
            Box(62, 62, 471, 0.6, "#000000"),
            mark("Tweede Kamer", 62, 50, family, 8),
            mark(source.get("heading"), 220, 50, family, 8),
            mark_right(day, 440, 50, family, 8),
            mark_right(f"TK {meeting}", 440, 40, family, 8),
            mark_right(f"{item}-{page}", 533, 50, family, 8),
        ]

    def frames(page: int) -> list[Frame]:
        y = top if page == 1 else 784
        return [Frame(62, y, 78, 226), Frame(307, y, 78, 226)]

    return Plan(styles, frames, furniture, tuple(head))
