"""The parts of an examination, each a table of what is there and what must be said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from indexer.doctor import cluster, machine, program
from indexer.doctor.finding import Finding

NEEDS = ("pdfminer.six<20270000,>=20260107", "Whoosh==2.7.4", 'ruff>=0.9; extra == "dev"',
         'opensearch-py<4,>=3.0; extra == "opensearch"')  # fmt: skip
GOOD = {"pdfminer.six": "20260107", "Whoosh": "2.7.4", "opensearch-py": "3.1.0"}


def said(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Return level and words of findings, after a look at their form."""
    rows = list(findings)
    for row in rows:
        assert row.advice
        assert (row.level == "goed") == (row.advice == "Niets te doen.")
    return [(row.level, f"{row.what} | {row.advice}") for row in rows]


@pytest.mark.parametrize(
    ("version", "level"), [((3, 10, 9), "fout"), ((3, 11, 0), "goed"), ((3, 14, 1), "goed")]
)
def test_python(version: tuple[int, ...], level: str) -> None:
    ((found, _),) = said(program.python(version))
    assert found == level


@pytest.mark.parametrize(
    ("made", "loops", "level", "says"),
    [
        ([False, False, False], False, "goed", "niets is gecompileerd"),
        ([True, True, True], True, "goed", "zijn gecompileerd"),
        ([True, False, True], True, "let op", "Compileer opnieuw"),  # a source was changed since
        ([True, True, True], False, "let op", "librt"),
    ],
)
def test_what_is_compiled(made: list[bool], loops: bool, level: str, says: str) -> None:
    ((found, words),) = said(program.machine_code(made, loops=loops))
    assert found == level
    assert says in words


PACKAGES: list[tuple[dict[str, str], str, list[tuple[str, str]]]] = [
    ({}, "", [("goed", "alle 2 pakketten")]),
    ({}, "opensearch", [("goed", "alle 3 pakketten")]),
    ({"pdfminer.six": "20251230"}, "", [("fout", "CVE-2025-64512")]),
    ({"pdfminer.six": "20231228", "Whoosh": "2.7.5"}, "",
     [("fout", "pip install 'pdfminer.six<20270000,>=20260107'"), ("fout", "Whoosh 2.7.5")]),
    ({"opensearch-py": ""}, "", [("goed", "alle 2 pakketten")]),
    ({"opensearch-py": ""}, "opensearch", [("fout", "opensearch-py is niet geïnstalleerd")]),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "extra", "expected"), PACKAGES)
def test_packages(changed: dict[str, str], extra: str, expected: list[tuple[str, str]]) -> None:
    there = {**GOOD, **changed}
    found = said(program.packages(NEEDS, extra, lambda name: there.get(name) or None))
    assert [level for level, _ in found] == [level for level, _ in expected]
    assert all(part in told for (_, told), (_, part) in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("version", "bounds", "fits"),
    [
        ("3.1", ">=3.1,<4", True),
        ("3.1.0", "==3.1", True),
        ("4.0.0", ">=3.1,<4", False),
        ("3.10", ">=3.9", True),
        ("3.0.2", ">=3.0.2", True),
        ("2.7.4.post1", "==2.7.4", True),
        ("20260107", ">=20260107,<20270000", True),
        ("1.0", "", True),
        ("1.5", "!=1.5", False),
    ],
)
def test_bounds(version: str, bounds: str, fits: bool) -> None:
    assert program.fits(version, bounds) == fits


VARIABLES: list[tuple[dict[str, str], list[tuple[str, str]]]] = [
    ({}, []),
    ({"HOME": "/x", "KAMERZOEK_THREADS": "8"}, [("goed", "1 variabelen")]),
    ({"KAMERZOEK_TREADS": "8"}, [("let op", "Bedoelde u KAMERZOEK_THREADS?")]),
    ({"KAMERZOEK_XYZZY": "8"}, [("let op", "KAMERZOEK_XYZZY bestaat niet")]),
    ({"KAMERZOEK_THREADS": "veel"}, [("fout", "KAMERZOEK_THREADS moet een getal van 1 tot 64")]),
    ({"KAMERZOEK_LOG": "alles"}, [("fout", "KAMERZOEK_LOG moet verzoeken of fouten zijn")]),
    ({"KAMERZOEK_PORT": "80000", "KAMERZOEK_LOG_QUERIES": "ja"},
     [("fout", "PORT"), ("fout", "LOG_QUERIES")]),
    ({"KAMERZOEK_OPENSEARCH_SHARDS": "0"}, [("fout", "KAMERZOEK_OPENSEARCH_SHARDS")]),
    ({"KAMERZOEK_OPENSEARCH_PASSWORD": "x"},
     [("let op", "Zet ook KAMERZOEK_OPENSEARCH_USER"), ("goed", "")]),
    ({"KAMERZOEK_SHARED": "/papers"}, [("goed", "1 variabelen")]),
]  # fmt: skip


@pytest.mark.parametrize(("environment", "expected"), VARIABLES)
def test_variables(environment: dict[str, str], expected: list[tuple[str, str]]) -> None:
    found = said(program.variables(environment))
    assert [level for level, _ in found] == [level for level, _ in expected]
    assert all(part in told for (_, told), (_, part) in zip(found, expected, strict=True))


@pytest.mark.parametrize(("there", "level"), [(True, "goed"), (False, "let op")])
def test_scans(there: bool, level: str) -> None:
    ((found, told),) = said(machine.scans(there=there))
    assert found == level
    assert there or "apt-get install tesseract-ocr tesseract-ocr-nld" in told


@pytest.mark.parametrize(
    ("files", "memory", "expected"),
    [
        (1024, 4000, [("goed", "4000 MB")]),
        (256, 4000, [("let op", "ulimit -n 1024"), ("goed", "4000 MB")]),
        (-1, 4000, [("goed", "4000 MB")]),  # no limit
        (1024, 300, [("let op", "--workers 1")]),
        (1024, None, []),
    ],
)
def test_limits(files: int, memory: int | None, expected: list[tuple[str, str]]) -> None:
    found = said(machine.limits(files, memory))
    assert [level for level, _ in found] == [level for level, _ in expected]
    assert all(part in told for (_, told), (_, part) in zip(found, expected, strict=True))


NOON = datetime(2026, 11, 25, 12, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("now", "built", "levels"),
    [
        (NOON, "", ["goed"]),
        (0.0, "", ["let op"]),  # a machine without a battery
        (NOON, "2026-11-25T11:00:00+00:00", []),
        (NOON, "2026-11-25T13:00:00+00:00", ["let op"]),
    ],
)
def test_clock(now: float, built: str, levels: list[str]) -> None:
    found = said(machine.clock(now, built))
    assert [level for level, _ in found] == levels
    assert all(level == "goed" or "set-ntp" in told for level, told in found)


@pytest.mark.parametrize(
    ("number", "level"), [("3.8.0", "goed"), ("2.19.1", "goed"), ("1.3.20", "let op")]
)
def test_version_of_a_cluster(number: str, level: str) -> None:
    assert [row[0] for row in said(cluster.version(number))] == [level]


@pytest.mark.parametrize(
    ("status", "level", "part"),
    [
        ("green", "goed", ""),
        ("yellow", "let op", "REPLICAS op 0"),
        ("red", "fout", "Start de nodes"),
    ],
)
def test_health_of_a_cluster(status: str, level: str, part: str) -> None:
    ((found, told),) = said(
        cluster.health({"status": status, "number_of_nodes": 3, "unassigned_shards": 2})
    )
    assert (found, part in told) == (level, True)


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        (["40", "84"], [("goed", "84%")]),
        (["40", "91"], [("let op", "node n1 is voor 91% vol")]),
        (["97", "96"], [("let op", "n0"), ("let op", "n1")]),
        ([None, "40"], [("goed", "40%")]),  # shards without a node have a row too
        ([], []),
    ],
)
def test_room_of_a_cluster(used: list[str | None], expected: list[tuple[str, str]]) -> None:
    rows: list[dict[str, Any]] = [
        {"node": f"n{number}", "disk.percent": text} for number, text in enumerate(used)
    ]
    found = said(cluster.watermark(rows, 85.0))
    assert [level for level, _ in found] == [level for level, _ in expected]
    assert all(part in told for (_, told), (_, part) in zip(found, expected, strict=True))
