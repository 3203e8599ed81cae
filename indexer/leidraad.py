"""How a paper is cited and where it is published.

In goes a `Number` or a `Paper`, out come a citation as the Leidraad voor juridische auteurs (2019)
and Aanwijzing 3.43 write it, and the address of the official publication.
"""

from __future__ import annotations

from indexer.numbers.values import Number, by_pages

OFFICIAL = "https://zoek.officielebekendmakingen.nl"
KAMER = "https://www.tweedekamer.nl"
PUBLISHED = ("kamerstuk", "aanhangsel", "kamervraag", "handelingen", "bijlage")


def official_url(number: Number, reprint: int = 0) -> str | None:
    """Return where a paper is published; a case and an activity have no page by their number."""
    if number.kind in PUBLISHED:
        return f"{OFFICIAL}/{number.link}{f'-h{reprint}' if reprint else ''}.html"
    if number.kind == "dossier":
        return f"{OFFICIAL}/dossier/{number.link}"
    return f"{KAMER}/downloads/document?id={number.sub}" if number.kind == "document" else None


def cite(number: Number, session: str | None = None, page: int | None = None) -> str:
    """Return `Kamerstukken II 2022/23, 36200 VII, nr. 12, p. 3`; what is unknown is left out."""
    last = f", p. {page}" if page else ""
    house = "I" if number.house == "EK" else "II"
    years = _years(number.session or session)
    if number.kind == "kamerstuk":
        bare = _dossier(number.dossier or "")
        letter = not (number.sub or "")[:1].isdigit()
        sub = f", {number.sub}" if letter else f", nr. {number.sub}"
        return f"Kamerstukken {house}{years}, {bare}{sub}{last}"
    if number.kind == "dossier":
        return f"Kamerstukken{years}, {_dossier(number.dossier or '')}"
    if number.kind == "aanhangsel":
        return f"Aanhangsel Handelingen {house}{years}, nr. {number.sub}{last}"
    if number.kind == "handelingen" and by_pages(number.session):
        return f"Handelingen {house}{years}, p. {number.sub}"
    if number.kind == "handelingen":
        meeting, _, item = (number.sub or "").partition("-")
        return f"Handelingen {house}{years}, nr. {meeting}{f', item {item}' * bool(item)}{last}"
    return f"{number.printable}{last}"


def _years(session: str | None) -> str:
    """Return ` 2022/23` for `2022-2023`, and ` 1999/2000` where the century turns."""
    if not session:
        return ""
    first, _, last = session.partition("-")
    return f" {first}/{last if first[:2] != last[:2] else last[2:]}"


def _dossier(normal: str) -> str:
    """Return `36200 VII` for `36200-VII`, and `21501-02` as it is."""
    bare, _, addition = normal.partition("-")
    joint = "-" if addition[:1].isdigit() else " "
    return f"{bare}{joint}{addition}" if addition else bare
