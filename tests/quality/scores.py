"""Counting right and wrong: in go what was wanted and what was found, out come rows of a table.

A row is one measure over one set. Where each paper has one value (its kind, its date) only the
share that is right is told; where there are many (citations, pairs), precision and recall.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

SHOWN = 12
"""Misses of a row that are printed, unless all are asked for."""


@dataclass(slots=True)
class Row:
    """One measure over one set, with what was missed; `reach` is the figure to attain."""

    name: str
    reach: float | None = None
    right: int = 0
    wanted: int = 0
    found: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, where: str, wanted: object, found: object) -> None:
        """Count one value of a paper; nothing wanted and nothing found is right too."""
        self.wanted += 1
        self.found += 1
        if wanted == found:
            self.right += 1
        else:
            self.misses.append(f"{where}: {wanted!r} expected, {found!r} found")

    def add_many(self, where: str, wanted: Iterable[Hashable], found: Iterable[Hashable]) -> None:
        """Count the values of a paper that has any number of them."""
        said, read = Counter(wanted), Counter(found)
        both = said & read
        self.right += both.total()
        self.wanted += said.total()
        self.found += read.total()
        self.misses += [f"{where}: {value!r} missed" for value in (said - both).elements()]
        self.misses += [f"{where}: {value!r} wrongly found" for value in (read - both).elements()]

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what was wanted that was found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A title and its rows."""

    title: str
    rows: Sequence[Row]


def rendered(table: Table, *, misses: int = SHOWN) -> Iterator[str]:
    """Yield the lines of a table, and under it the misses of each row."""
    yield f"\n## {table.title}\n"
    yield f"{'':34} {'wanted':>7} {'right':>6}  {'prec.':>6} {'recall':>6} {'F1':>6}  reach"
    for row in table.rows:
        goal = (
            "" if row.reach is None else f"{row.reach:.2f}" + (" *" if row.f1 < row.reach else "")
        )
        yield (
            f"{row.name:34} {row.wanted:7} {row.right:6}  "
            f"{row.precision:6.3f} {row.recall:6.3f} {row.f1:6.3f}  {goal}"
        )
    for row in table.rows:
        if row.misses and misses:
            yield f"\n{row.name}:"
            yield from (f"  - {miss}" for miss in row.misses[:misses])
            if len(row.misses) > misses:
                yield f"  … and {len(row.misses) - misses} more"
