"""A run and its judgements → the report that `evaluate` prints, as JSON or as lines.

In go a run, judgements and perhaps a stored run, out comes a report: the measures over everything
that was judged relevant, those over the one paper that was looked for (`targets`), intervals, and
the topics on which the stored run did better or worse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from search_app.measuring.evaluate import NAMES, Qrels, Run, compare, evaluate, targets

SHOWN = 10
"""Topics listed as better or worse."""


def evaluation_report(run: Run, qrels: Qrels, before: Run | None = None) -> dict[str, Any]:
    """Return the report as JSON values; `measures` is the public contract's."""
    found, aimed = evaluate(run, qrels), evaluate(run, targets(qrels))
    report: dict[str, Any] = {
        "topics": found.topics,
        "measures": dict(found.measures),
        "intervals": {name: list(bounds) for name, bounds in found.intervals.items()},
        "targets": dict(aimed.measures),
        "target_intervals": {name: list(bounds) for name, bounds in aimed.intervals.items()},
    }
    if before is not None:
        stored = evaluate(before, targets(qrels))
        report["differences"] = [asdict(row) for row in compare(aimed, stored)]
    return report


def evaluation_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the report for a terminal."""
    yield f"{report['topics']} zoekvragen in {report['seconds']:g} s"
    yield f"{'':<12}{'alle':>8}  {'95%':^16}{'doel':>8}  {'95%':^16}"
    for name in NAMES:
        every, aimed = report["measures"][name], report["targets"][name]
        low, high = report["intervals"][name]
        first, last = report["target_intervals"][name]
        yield (
            f"{name:<12}{every:8.4f}  ({low:.3f} – {high:.3f}) {aimed:8.4f}  "
            f"({first:.3f} – {last:.3f})"
        )
    for row in report.get("differences", ()):
        low, high = row["interval"]
        yield (
            f"{row['measure']:<12}{row['mean']:+8.4f}  ({low:+.3f} – {high:+.3f})  "
            f"{len(row['better'])} beter, {len(row['worse'])} slechter"
        )
        for side, told in (("better", "beter"), ("worse", "slechter")):
            for topic in row[side][:SHOWN]:
                was, now = row["moved"][topic]
                yield f"    {told}: {topic} {was:.3f} → {now:.3f}"
