"""Ministries and their names through the years.

In goes a name as printed (`Ministerie van VenJ`, `JUSTITIE EN VEILIGHEID`, `Financiën –
Fiscaliteit en Belastingdienst`), out comes the one spelling under which it is filed. A name that
the table does not know is returned as printed: portfolios are invented faster than tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ministry:
    """A ministry, or the portfolio of a minister without one, under one of its names.

    `since` and `until` are the years in which it bore the name (`None`: before 1995, still).
    `line` names what goes on when names change: EZ, EZK and EZ again are one line. `within` names
    the ministry that a minister without one works in (`Minister voor Klimaat en Energie`: EZK),
    unless the task has a chapter of the budget to itself, as foreign trade has.
    """

    name: str
    short: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    line: str = ""
    within: str = ""


BHO = "Buitenlandse Handel en Ontwikkeling"
BZK = "Binnenlandse Zaken en Koninkrijksrelaties"
EZK = "Economische Zaken en Klimaat"
JENV = "Justitie en Veiligheid"
LNV = "Landbouw, Natuur en Voedselkwaliteit"
OCW = "Onderwijs, Cultuur en Wetenschap"
SZW = "Sociale Zaken en Werkgelegenheid"
VWS = "Volksgezondheid, Welzijn en Sport"
VROM = "Volkshuisvesting, Ruimtelijke Ordening en Milieubeheer"
MINISTRIES = (
    Ministry("Algemene Zaken", ("AZ",), line="AZ"),
    Ministry("Asiel en Migratie", ("AenM", "A&M"), 2024, line="JenV"),
    Ministry(BZK, ("BZK", "BiZa"), 1998, line="BZK"),
    Ministry("Binnenlandse Zaken", ("BiZa",), None, 1998, line="BZK"),
    Ministry("Buitenlandse Zaken", ("BZ", "BuZa"), line="BZ"),
    Ministry(f"{BHO}ssamenwerking", ("BHOS", "BHO"), 2012, 2024, line="BZ"),
    Ministry(f"{BHO}shulp", ("BHO",), 2024, 2025, line="BZ"),
    Ministry("Ontwikkelingssamenwerking", ("OS",), None, 2010, line="BZ"),
    Ministry("Defensie", ("DEF",), line="DEF"),
    Ministry("Economische Zaken", ("EZ",), None, 2010, line="EZ"),
    Ministry("Economische Zaken, Landbouw en Innovatie", ("EL&I", "ELI"), 2010, 2012, line="EZ"),
    Ministry("Economische Zaken", ("EZ",), 2012, 2017, line="EZ"),
    Ministry(EZK, ("EZK",), 2017, 2024, line="EZ"),
    Ministry("Economische Zaken", ("EZ",), 2024, line="EZ"),
    Ministry("Klimaat en Groene Groei", ("KGG",), 2024, line="EZ"),
    Ministry("Klimaat en Energie", (), 2022, 2024, line="EZ", within=EZK),
    Ministry("Financiën", ("FIN",), line="FIN"),
    Ministry("Infrastructuur en Milieu", ("IenM", "I&M"), 2010, 2017, line="IenW"),
    Ministry("Infrastructuur en Waterstaat", ("IenW", "I&W"), 2017, line="IenW"),
    Ministry("Verkeer en Waterstaat", ("VenW", "V&W"), None, 2010, line="IenW"),
    Ministry("Justitie", ("Just",), None, 2010, line="JenV"),
    Ministry("Veiligheid en Justitie", ("VenJ", "V&J"), 2010, 2017, line="JenV"),
    Ministry(JENV, ("JenV", "J&V"), 2017, line="JenV"),
    Ministry("Rechtsbescherming", (), 2017, 2024, line="JenV", within=JENV),
    Ministry("Landbouw, Natuurbeheer en Visserij", ("LNV",), None, 2003, line="LNV"),
    Ministry(LNV, ("LNV",), 2003, 2010, line="LNV"),
    Ministry(LNV, ("LNV",), 2017, 2024, line="LNV"),
    Ministry("Landbouw, Visserij, Voedselzekerheid en Natuur", ("LVVN",), 2024, line="LNV"),
    Ministry("Natuur en Stikstof", (), 2022, 2024, line="LNV", within=LNV),
    Ministry("Onderwijs, Cultuur en Wetenschappen", ("OCenW", "OC&W"), None, 2003, line="OCW"),
    Ministry(OCW, ("OCW",), 2003, line="OCW"),
    Ministry("Basis- en Voortgezet Onderwijs en Media", (), 2017, 2021, line="OCW", within=OCW),
    Ministry("Primair en Voortgezet Onderwijs", (), 2022, 2024, line="OCW", within=OCW),
    Ministry(SZW, ("SZW",), line="SZW"),
    Ministry(
        "Armoedebeleid, Participatie en Pensioenen", ("APP",), 2022, 2024, line="SZW", within=SZW
    ),
    Ministry(VWS, ("VWS",), line="VWS"),
    Ministry("Langdurige Zorg en Sport", ("LZS",), 2022, 2024, line="VWS", within=VWS),
    Ministry("Medische Zorg", (), 2017, 2022, line="VWS", within=VWS),
    Ministry(VROM, ("VROM",), None, 2010, "VROM"),
    Ministry(
        "Volkshuisvesting en Ruimtelijke Ordening", ("VRO",), 2022, 2024, line="VROM", within=BZK
    ),
    Ministry("Volkshuisvesting en Ruimtelijke Ordening", ("VRO",), 2024, line="VROM"),
    Ministry("Wonen, Wijken en Integratie", ("WWI",), 2007, 2010, line="VROM", within=VROM),
)
NAMES = {ministry.name.lower(): ministry for ministry in MINISTRIES}
BY_LENGTH = sorted(NAMES, key=len, reverse=True)
ANY = "|".join(re.escape(name).replace(r"\ ", r"\s+").replace("ë", "[eë]") for name in BY_LENGTH)
# Must match a name of the table in any case and over a line's end, and not the beginning of a
# longer one: `Justitie` in `Justitie en Veiligheid`, nor `Financiële`.
NAMED = re.compile(rf"(?:{ANY})\b", re.IGNORECASE)
OFFICE = r"(?:Ministers?|Staatssecretaris(?:sen)?|Ministerie)\s*(?:van|voor)\s+"
# Must match `Ministerie van Onderwijs, Cultuur en⏎Wetenschap` and `De Minister voor Medische
# Zorg`; not a ministry that is only spoken of without its office.
HELD = re.compile(rf"\b{OFFICE}(?P<name>{ANY})\b", re.IGNORECASE)
PREFIX = re.compile(
    r"^(?:(?:de|het)\s+)?(?:(?:Ministerie|Minister|Staatssecretaris)\s+)?(?:van|voor)\s+",
    re.IGNORECASE,
)
# `wob-loket@minienw.nl`, `www.rijksoverheid.nl/ezk`.
SITE = re.compile(
    r"[@.]min(?P<min>[a-z]{2,5})\.nl\b|rijksoverheid\.n[lI1]/(?P<path>[a-z]{2,5})\b", re.IGNORECASE
)
# Some print the secretary of state's task behind the ministry: `Financiën – Fiscaliteit en …`.
TASK = re.compile(r"\s+[–—-]\s+\S.*$", re.DOTALL)


def ministry_name(printed: str, year: int | None = None) -> str:
    """Return the name of a ministry without `Ministerie van`, abbreviations written out.

    `year` settles an abbreviation that several bore: LNV in 2001 or in 2008.
    """
    plain = PREFIX.sub("", " ".join(printed.split()).strip(" ,.;:"))
    plain = TASK.sub("", plain)
    known = NAMES.get(plain.lower().replace("financien", "financiën"))
    return known.name if known else _written_out(plain, year) or plain


def is_ministry(name: str, year: int | None = None) -> bool:
    """Tell a ministry from a task inside one; a name that is not in the table may be either.

    `year` settles what was the one and then the other: Volkshuisvesting in 2023 or in 2025.
    """
    then = _bearers(name, year)
    return not all(ministry.within for ministry in then) or not then


def ministry_among(names: Sequence[str], year: int | None = None) -> str | None:
    """Return the first ministry among names, else the one that the first task is within."""
    named = next((name for name in names if is_ministry(name, year)), None)
    within = (ministry.within for name in names for ministry in _bearers(name, year))
    return named or next(filter(None, within), None)


def find_ministry(text: str, year: int | None = None) -> str | None:
    """Return the first ministry that a text names with its office: `Ministerie van …`.

    Of `Minister voor Klimaat en Energie` it is the ministry that the task is within.
    """
    return ministry_among(
        [ministry_name(match["name"], year) for match in HELD.finditer(text)], year
    )


def names_task(text: str, year: int | None = None) -> bool:
    """Tell whether a text names an office, and every one it names is a task inside a ministry."""
    found = [ministry_name(match["name"], year) for match in HELD.finditer(text)]
    return bool(found) and not any(is_ministry(name, year) for name in found)


def ministry_of_site(letterhead: str) -> str | None:
    """Return the ministry whose site or mail a letterhead prints: `minienw.nl`, `…nl/jenv`."""
    match = SITE.search(letterhead)
    return _written_out(match["min"] or match["path"], None) if match else None


def line_of(name: str) -> str | None:
    """Return what goes on under changing names: `EZ` for `Economische Zaken en Klimaat`."""
    known = NAMES.get(name.lower())
    return known.line if known else None


def _written_out(plain: str, year: int | None) -> str | None:
    """Return the full name of an abbreviation, of those in use in that year or else the last."""
    found = [m for m in MINISTRIES if plain.lower() in (short.lower() for short in m.short)]
    then = [m for m in found if year and _in_use(m, year)]
    chosen = then or found
    return chosen[-1].name if chosen else None


def _bearers(name: str, year: int | None) -> list[Ministry]:
    """Return what bears a name, in that year when anything does."""
    known = [ministry for ministry in MINISTRIES if ministry.name.lower() == name.lower()]
    return [each for each in known if year is None or _in_use(each, year)] or known


def _in_use(ministry: Ministry, year: int) -> bool:
    return (ministry.since or 0) <= year <= (ministry.until or 9999)
