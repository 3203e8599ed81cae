"""One round of fetching, as tests ask for it, and what is in the folder afterwards."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.sources.fetching import Wish, fetch
from indexer.sources.manners import Manners
from indexer.sources.rules import Report, Rules
from indexer.sources.selection import Selection
from tests.sources.site import QuickClock, Site


class Rounds:
    """Rounds into one folder from one site; options of `Wish` and `Rules` by name."""

    def __init__(self, folder: Path, site: Site, clock: QuickClock) -> None:
        self.folder, self.site, self.clock = folder, site, clock

    def run(self, selection: Selection = Selection(), **how: Any) -> Report:  # noqa: B008
        """Fetch once, with the budget out of the way."""
        rules = {k: how.pop(k) for k in ("dry", "allow_deletions", "most") if k in how}
        wish = Wish(
            self.folder,
            rules=replace(Rules(selection), **rules),
            endpoints=self.site.endpoints,
            manners=Manners(requests=1000),
            everything=True,
            **how,
        )
        steps = fetch(wish, self.clock)
        try:
            while True:
                next(steps)
        except StopIteration as stop:
            report: Report = stop.value
            return report

    def files(self) -> dict[str, bytes]:
        """Return the papers' files by their paths in the folder."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and ".kamerzoek" not in path.parts
        }

    def failures(self) -> list[dict[str, Any]]:
        """Return what is listed as failed."""
        lines = (self.folder / ".kamerzoek" / "failures.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]


def counts(report: Report) -> dict[str, int]:
    """Return the outcomes that happened."""
    return {name: count for name, count in report.outcomes.items() if count}
