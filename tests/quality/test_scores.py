"""The measures measure: rows count what they should, and marks tell people apart."""

from __future__ import annotations

import pytest

from indexer.paper import Person
from tests.quality import marks, printed
from tests.quality.citing import in_print
from tests.quality.scores import Row, Table, rendered


def test_one_value_a_paper() -> None:
    row = Row("date", 0.97)
    row.add("a", "2020-01-01", "2020-01-01")
    row.add("b", None, None)  # nothing printed and nothing found is right
    row.add("c", "2020-01-01", None)
    assert (row.right, row.wanted, row.found) == (2, 3, 3)
    assert row.recall == pytest.approx(2 / 3)
    assert row.misses == ["c: '2020-01-01' expected, None found"]


def test_many_values_a_paper() -> None:
    row = Row("citations")
    row.add_many("a", ["x", "y", "y"], ["y", "z"])
    assert (row.right, row.wanted, row.found) == (1, 3, 2)
    assert [row.precision, row.recall, row.f1] == pytest.approx([0.5, 1 / 3, 0.4])
    assert sorted(row.misses) == ["a: 'x' missed", "a: 'y' missed", "a: 'z' wrongly found"]


def test_a_row_below_its_reach_is_starred() -> None:
    low, high = Row("low", 0.9, 8, 10, 10), Row("high", 0.9, 9, 10, 10)
    lines = list(rendered(Table("t", [low, high])))
    assert [line.endswith(" *") for line in lines[2:4]] == [True, False]


def test_marks_are_hashes_that_tell_people_apart() -> None:
    one = Person("drs. E.J. Verschuure", "afzender")
    assert marks.hashed(one) == marks.hashed(Person("Drs. E. J. VERSCHUURE", "afzender"))
    others = (Person("E.J. Verschuur", "afzender"), Person(one.name, "indiener"))
    assert len({marks.hashed(person) for person in (one, *others)}) == 3


def test_marks_hold_values_only() -> None:
    found = marks.load()
    assert len(found) == 65
    assert all(len(hashed) == 12 for mark in found for hashed in mark.people or ())


def test_every_form_of_print_is_read() -> None:
    row = in_print().rows[0]
    assert row.misses == []
    assert row.wanted == sum(len(targets) for _, targets in printed.REFERENCES)
