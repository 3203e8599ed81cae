"""What the number of a paper is: its kind, dossier, number and session, with its forms.

A search key, a printable form and a link form. Pure: no I/O, so that structure, analysis and the
search page share it.
Sources: Leidraad voor juridische auteurs 2019, Aanwijzingen voor de regelgeving 3.43, and the
identifiers of officielebekendmakingen.nl.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.numbers.forms import EDITION


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a paper, or of the dossier it belongs to.

    `kind`: kamerstuk, dossier, aanhangsel, kamervraag, zaak, document, activiteit, toezegging,
    handelingen, bijlage. `dossier` is `36200-VII`, `sub` the number within it (`12`, or a letter
    of the Eerste Kamer) or the number of an Aanhangsel, `session` `2022-2023`.
    """

    kind: str
    dossier: str | None = None
    sub: str | None = None
    session: str | None = None
    house: str | None = None
    repaired: bool = False

    @property
    def link(self) -> str:
        """Return the identifier of officielebekendmakingen.nl: `kst-36200-VII-12`."""
        years = (self.session or "").replace("-", "")
        house = (self.house or "TK").lower()
        bare = (self.sub or "").startswith("KVR")  # without the session that its link has
        forms = {
            "kamerstuk": f"kst-{self.dossier}-{self.sub}",
            "dossier": f"{self.dossier}",
            "aanhangsel": f"ah-{house}-{years}-{self.sub}",
            "kamervraag": f"{self.sub}" if bare else f"kv-{house}-{self.sub}",
            "handelingen": f"h-{house}-{years}-{self.sub}",
            "bijlage": f"blg-{self.sub}",
        }
        return forms.get(self.kind, f"{self.sub}")

    @property
    def key(self) -> str:
        """Return the search key, in lower case: `36200-vii-12`."""
        if self.kind == "kamervraag":
            return f"{self.sub}".lower()
        return self.link.removeprefix("kst-").lower()

    @property
    def broader(self) -> tuple[str, ...]:
        """Return the keys of what it belongs to: `36200-vii-12` gives `36200-vii` and `36200`."""
        if self.kind == "kamervraag" and "-" in f"{self.sub}":  # `20062007-KVR27039`
            return (f"{self.sub}".lower().partition("-")[2],)
        if not self.dossier:
            return ()
        dossier = self.dossier.lower()
        keys = (dossier,) if self.kind == "kamerstuk" else ()
        bare = dossier.partition("-")[0]
        return keys if bare == dossier else (*keys, bare)

    @property
    def printable(self) -> str:
        """Return the form in print: `36 200 VII, nr. 12`."""
        if self.dossier:
            bare, _, addition = self.dossier.partition("-")
            joint = "-" if addition[:1].isdigit() else " "
            shown = f"{bare[:2]} {bare[2:]}" + (f"{joint}{addition}" if addition else "")
            if self.kind == "dossier":
                return shown
            letter = not (self.sub or "")[:1].isdigit()
            return f"{shown}, {self.sub}" if letter else f"{shown}, nr. {self.sub}"
        house = "I" if self.house == "EK" else "II"
        years = f"{(self.session or '')[:5]}{(self.session or '')[-2:]}".replace("-", "/")
        if self.kind == "aanhangsel":
            return f"Aanhangsel Handelingen {house} {years}, nr. {self.sub}"
        if self.kind == "handelingen" and by_pages(self.session):
            return f"Handelingen {house} {years}, p. {self.sub}"
        if self.kind == "handelingen":
            meeting, _, item = f"{self.sub}".partition("-")
            return f"Handelingen {house} {years}, nr. {meeting}" + (
                f", item {item}" if item else ""
            )
        return self.link


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A number in a text. Several readings when the print leaves a choice, likeliest first."""

    readings: tuple[Number, ...]
    start: int
    end: int
    text: str


def session_year(first: str, second: str) -> str | None:
    """Return `2022-2023` of its two halves as printed, `None` when they do not follow."""
    start = int(first)
    end = int(second) if len(second) == 4 else start - start % 100 + int(second)
    end += 100 if end < start else 0
    return f"{start}-{end}" if end == start + 1 else None


def by_pages(session: str | None) -> bool:
    """Tell whether the Handelingen of a session go by their pages, as they did up to 2009/10."""
    return (session or "9999")[:4] < "2010"


def reprint(link: str) -> int:
    """Return which reprint an identifier names: 1 for `kst-36200-VII-31-h1`, 0 for a first print.

    Source: the suffixes of officielebekendmakingen.nl (`-h1`).
    """
    found = EDITION.search(link)
    return int(found["print"]) if found else 0
