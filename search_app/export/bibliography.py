"""A paper → how it is cited: Leidraad, BibTeX, RIS, CSL-JSON.

In go what is known of a paper, out come texts. Only what is known is said: a paper without an
official number is described by who, what and when. Sources: Leidraad voor juridische auteurs 2019;
the RIS format of Research Information Systems; the CSL-JSON schema 1.0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from indexer.engine.results import Hit
from indexer.leidraad import PUBLISHED, cite
from indexer.numbers.finding import parse_number
from indexer.paper import Paper
from search_app import dutch

TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "{}$&#_%"},
}
MOVED = ("motie", "amendement", "kamervragen")
OF_THE_KAMER = ("verslag", "vragenlijst", "handelingen")


@dataclass(frozen=True, slots=True)
class Work:
    """What a citation needs. `url` is absolute; `page` is the page that is meant."""

    paper_id: str
    url: str
    title: str | None = None
    kind: str | None = None
    date: str | None = None
    session_year: str | None = None
    ministry: str | None = None
    movers: tuple[str, ...] = ()
    page: int | None = None

    @property
    def author(self) -> tuple[str, ...]:
        """Return who wrote it, when known: who moved or asked it, or the ministry.

        The ministry that a motion is about did not write it, nor that of a committee's report.
        """
        if self.kind in MOVED:
            return self.movers
        if self.kind in OF_THE_KAMER:
            return ()
        return (f"Ministerie van {self.ministry}",) if self.ministry else ()


def of_hit(hit: Hit, url: str, *, with_page: bool = True) -> Work:
    """Return the work that a hit is, at the page of its best passage."""
    return Work(
        paper_id=hit.paper_id,
        url=url,
        title=hit.title,
        kind=hit.kind,
        date=hit.date,
        session_year=hit.session_year,
        ministry=hit.ministry,
        movers=hit.askers,
        page=hit.page if with_page else None,
    )


def of_paper(paper: Paper, url: str, page: int | None = None) -> Work:
    """Return the work that a paper is, at a page when given."""
    movers = [person for person in paper.people if person.role == "indiener"]
    return Work(
        paper_id=paper.id,
        url=url,
        title=paper.title,
        kind=paper.kind,
        date=paper.date,
        session_year=paper.session_year,
        ministry=paper.ministry,
        movers=tuple(f"{p.name} ({p.party})" if p.party else p.name for p in movers),
        page=page,
    )


def leidraad(work: Work) -> str:
    """Return `Kamerstukken II 2022/23, 36200 VII, nr. 12, p. 3`, or who, what and when."""
    official = _official(work, work.page)
    if official:
        return official
    kind = dutch.kind(work.kind).lower()
    said = f"{kind} van {dutch.date(work.date)}" if work.date else kind
    parts = (
        *work.author[:1],
        f"‘{work.title}’" if work.title else work.paper_id,
        said,
        f"p. {work.page}" if work.page else "",
    )
    return ", ".join(part for part in parts if part)


def bibtex(work: Work) -> str:
    """Return a BibTeX entry, in UTF-8."""
    rows = {
        "title": f"{{{_tex(work.title or work.paper_id)}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in work.author),
        "year": (work.date or "")[:4],
        "month": (work.date or "")[5:7],
        "pages": str(work.page or ""),
        "type": _tex(dutch.kind(work.kind)),
        "note": _tex(leidraad(work)),
        "url": work.url.replace("{", "%7B").replace("}", "%7D"),
        "language": "dutch",
    }
    key = re.sub(r"[^A-Za-z0-9:-]+", "-", work.paper_id).strip("-") or "stuk"
    inside = "".join(f"  {name} = {{{value}}},\n" for name, value in rows.items() if value)
    return f"@misc{{{key},\n{inside}}}\n"


def ris(work: Work) -> str:
    """Return a RIS record, lines ended by CR LF."""
    series, number = _series(work)
    rows = [
        ("TY", "GOVDOC"),
        ("TI", work.title or work.paper_id),
        *(("AU", name) for name in work.author),
        ("PY", (work.date or "")[:4]),
        ("DA", (work.date or "").replace("-", "/")),
        ("T2", series),
        ("M1", number),
        ("M3", dutch.kind(work.kind)),
        ("SP", str(work.page or "")),
        ("N1", leidraad(work)),
        ("LA", "nl"),
        ("UR", work.url),
        ("ID", work.paper_id),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows if value]
    return "".join(lines) + "ER  - \r\n\r\n"


def csl(work: Work) -> dict[str, Any]:
    """Return a CSL-JSON item."""
    series, number = _series(work)
    parts = [int(part) for part in (work.date or "").split("-") if part.isdigit()]
    item: dict[str, Any] = {
        "id": work.paper_id,
        "type": "report",
        "title": work.title,
        "author": [{"literal": name} for name in work.author],
        "genre": dutch.kind(work.kind),
        "collection-title": series,
        "number": number,
        "page": str(work.page) if work.page else None,
        "issued": {"date-parts": [parts]} if parts else None,
        "note": leidraad(work),
        "language": "nl-NL",
        "URL": work.url,
    }
    return {name: value for name, value in item.items() if value}


def _official(work: Work, page: int | None) -> str | None:
    readings = [number for number in parse_number(work.paper_id) if number.kind in PUBLISHED]
    return cite(readings[0], work.session_year, page) if readings else None


def _series(work: Work) -> tuple[str, str]:
    """Return `Kamerstukken II 2022/23` and `36200 VII, nr. 12`; empty without a number."""
    series, _, number = (_official(work, None) or "").partition(", ")
    return (series, number) if number else ("", "")


def _tex(text: str) -> str:
    return "".join(TEX.get(sign, sign) for sign in " ".join(text.split()))
