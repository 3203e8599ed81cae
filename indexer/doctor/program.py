"""The program itself: Python, packages, what is compiled, and what the environment says.

In go what is needed and what there is, out come findings.
"""

from __future__ import annotations

import difflib
import importlib.metadata
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from indexer import compiled
from indexer.doctor.finding import Finding, fault, good, warning
from indexer.engine import native
from indexer.engine.errors import EngineError
from indexer.engine.opensearch.address import PASSWORD, USER
from indexer.engine.opensearch.client import CA
from indexer.engine.opensearch.engine import REPLICAS, SHARDS, shape_settings
from search_app.errors import SettingsError
from search_app.settings import PREFIX, names, read_settings

PYTHON = (3, 11)
WHY = {
    "pdfminer.six": " Oudere versies voeren code uit een PDF uit (CVE-2025-64512).",
    "Whoosh": " Een andere versie kan bestaande segmenten anders lezen.",
}
OF_INDEXER = (USER, PASSWORD, CA, SHARDS, REPLICAS)
OF_TESTS = ("KAMERZOEK_SHARED", "KAMERZOEK_DICTIONARY", "KAMERZOEK_JAVA")
BOUND = re.compile(r"(==|>=|<=|<|>|!=|~=)\s*([^,\s]+)")
NEED = re.compile(r"\s*([A-Za-z0-9._-]+)\s*(?:\[[^]]*\])?\s*\(?([^)]*)\)?\s*$")


def examine(environment: Mapping[str, str], location: str) -> Iterator[Finding]:
    """Yield what there is to say of this program."""
    yield from python(sys.version_info[:3])
    needs = needed()
    if not needs:
        advice = "Installeer het met: python -m pip install --editable ."
        yield warning("pakketten", "Kamerzoek zelf is niet geïnstalleerd", advice)
    extra = "opensearch" if "://" in location else ""
    yield from packages(needs, extra, version_of)
    made = [bool(compiled.places(package)) for package in compiled.MODULES]
    yield from machine_code(made, loops=native.LOOPS is not None)
    yield from variables(environment)


def needed() -> list[str]:
    """Return what this program needs (PEP 508), nothing when it is not installed itself."""
    try:
        return importlib.metadata.requires("kamerzoek") or []
    except importlib.metadata.PackageNotFoundError:
        return []


def python(version: Sequence[int]) -> Iterator[Finding]:
    """Look at the version of Python."""
    said = ".".join(map(str, version))
    if tuple(version[:2]) < PYTHON:
        advice = "Installeer Python 3.11 of nieuwer en maak .venv opnieuw: make clean run"
        yield fault("python", f"Python {said} is te oud", advice)
    else:
        yield good("python", f"Python {said}")


def version_of(name: str) -> str | None:
    """Return the version of an installed package, `None` when it is not there."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def packages(
    needs: Sequence[str], extra: str, installed: Callable[[str], str | None]
) -> Iterator[Finding]:
    """Look at the packages that are needed (PEP 508), those of one extra too."""
    wrong = 0
    wanted = [need for need in map(parsed, needs) if need[2] in ("", extra)]
    for name, bounds, _ in wanted:
        found = installed(name)
        advice = f"Installeer het: python -m pip install '{name}{bounds}'"
        if found is None:
            yield fault("pakketten", f"{name} is niet geïnstalleerd", advice)
        elif not fits(found, bounds):
            told = f"{name} {found} past niet bij wat nodig is ({bounds})"
            yield fault("pakketten", told, f"{advice}.{WHY.get(name, '')}")
        wrong += found is None or not fits(found, bounds)
    if wanted and not wrong:
        told = f"alle {len(wanted)} pakketten zijn er, in een versie die past"
        yield good("pakketten", told)


def machine_code(made: Sequence[bool], *, loops: bool) -> Iterator[Finding]:
    """Look at what is compiled of the sources that stand here, and whether the loops load.

    Without, the same results take longer (docs/decisions/0307).
    """
    again = "Compileer opnieuw: python -m indexer compile"
    if not any(made):
        told = "niets is gecompileerd: alles werkt, lezen kost een derde meer tijd"
        yield good("snelheid", f"{told} (met gcc: python -m indexer compile)")
    elif not all(made):
        told = "een deel is niet van deze bron gecompileerd en draait langzamer"
        yield warning("snelheid", told, again)
    elif not loops:
        told = "de gecompileerde lussen van zoeken laden niet: librt is weg of een andere versie"
        install = "Installeer het: python -m pip install 'kamerzoek[compiled]'."
        yield warning("snelheid", told, f"{install} {again}")
    else:
        yield good("snelheid", "lezen, woorden en zoeken zijn gecompileerd")


def parsed(need: str) -> tuple[str, str, str]:
    """Return the name and the bounds of a requirement, and its extra (PEP 508)."""
    plain, _, marker = need.partition(";")
    match = NEED.match(plain)
    name, bounds = match.groups() if match else (plain.strip(), "")
    extra = re.search(r"extra\s*==\s*['\"]([\w-]+)", marker)
    return (
        name,
        ",".join("".join(pair) for pair in BOUND.findall(bounds)),
        extra[1] if extra else "",
    )


def fits(version: str, bounds: str) -> bool:
    """Tell whether a version lies within bounds such as `>=3.1,<4`."""
    here = _numbers(version)
    holds = {
        "==": lambda there: here == there,
        "!=": lambda there: here != there,
        ">=": lambda there: here >= there,
        "<=": lambda there: here <= there,
        "<": lambda there: here < there,
        ">": lambda there: here > there,
        "~=": lambda there: here >= there,
    }
    return all(holds[sign](_numbers(limit)) for sign, limit in BOUND.findall(bounds))


def _numbers(version: str) -> tuple[int, ...]:
    release = re.match(r"[\d.]+", version)
    numbers = [int(part) for part in release[0].split(".") if part] if release else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def variables(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Look at the variables of ours: unknown names, and values that are refused."""
    known = (*names(), *OF_INDEXER, *OF_TESTS)
    ours = sorted(name for name in environment if name.startswith(PREFIX))
    for name in ours:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            advice = f"Bedoelde u {near[0]}? " if near else ""
            told = f"de omgevingsvariabele {name} bestaat niet en doet dus niets"
            yield warning("omgeving", told, f"{advice}Haal {name} weg of verbeter de naam.")
    wrong = list(_refused(environment))
    for told in wrong:
        advice = "Verbeter de waarde of haal de variabele weg; serve weigert anders te starten."
        yield fault("omgeving", told, advice)
    if environment.get(PASSWORD) and not environment.get(USER):
        yield warning("omgeving", f"{PASSWORD} is gezet en {USER} niet", f"Zet ook {USER}.")
    if ours and not wrong and all(name in known for name in ours):
        yield good("omgeving", f"{len(ours)} variabelen van Kamerzoek, alle bekend en juist")


def _refused(environment: Mapping[str, str]) -> Iterator[str]:
    for name in names():
        if name in environment:
            try:
                read_settings({name: environment[name]})
            except SettingsError as error:
                yield str(error).rstrip(".")
    for name in (SHARDS, REPLICAS):
        try:
            shape_settings({name: environment.get(name, "")}, 1)
        except EngineError as error:
            yield str(error).rstrip(".")
