"""Generations in a cluster: an index each, and the alias that says which one is published.

In go a cluster and a name, out comes a changed cluster or what is known of its generations. The
story: a generation is written in an index of its own, `NAME-<fingerprint>-<time>`, without copies
and without refreshing; when it is whole it is sealed (copies on, no more writing) and the alias
`NAME` moves to it in one step. The next one starts as a clone of it (its files are linked, not
copied), so that only what changed is written. The one before is kept, to roll back to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from indexer.engine.errors import EngineError, IndexNotFoundError
from indexer.engine.opensearch.client import Cluster, ClusterError
from indexer.engine.opensearch.mapping import index_body, own_fingerprint
from indexer.engine.results import GenerationInfo

META = "kamerzoek"
KEEP = 2
GRACE = timedelta(minutes=15)
"""A replaced generation stays this long at least, for readers that have it open."""
CREATE_SECONDS = 60.0
GREEN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation in the cluster; `meta` is what the writer said of it."""

    name: str
    fingerprint: str
    published: bool
    meta: Mapping[str, Any]

    @property
    def sealed(self) -> bool:
        """Return whether it was written to its end."""
        return bool(self.meta.get("sealed"))


class Generations:
    """The generations of one name."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.name = cluster.address.name
        self._pattern = re.compile(
            rf"{re.escape(self.name)}-(?P<fingerprint>[0-9a-f]{{16}})-(?P<time>\d{{8}}t\d{{6}}z-\d{{4}})"
        )

    # What there is

    def every(self) -> list[Generation]:
        """Return all generations, the oldest first."""
        found = self.cluster.call(
            "GET",
            f"/{self.name}-*",
            params={"expand_wildcards": "open", "allow_no_indices": True},
        )
        rows = []
        for name, row in found.items():
            match = self._pattern.fullmatch(name)
            if match:
                meta = row["mappings"].get("_meta", {}).get(META, {})
                published = self.name in row["aliases"]
                rows.append(
                    (match["time"], Generation(name, match["fingerprint"], published, meta))
                )
        return [generation for _, generation in sorted(rows, key=lambda row: row[0])]

    def current(self) -> str | None:
        """Return the name of the published generation."""
        try:
            found = self.cluster.call("GET", f"/_alias/{self.name}")
        except ClusterError as error:
            if error.status == 404:
                return None
            raise
        names: list[str] = sorted(found)
        if len(names) != 1:
            raise EngineError(
                f"De naam {self.name} wijst in OpenSearch naar {len(names)} indexen in plaats van "
                f"één ({', '.join(names)}). Publiceer er een met: python -m indexer rollback."
            )
        return names[0]

    def published(self, location: str) -> Generation:
        """Return the published generation. Raises `IndexNotFoundError`."""
        name = self.current()
        how = f"python -m indexer build MAP --index {location}"
        if name is None:
            raise IndexNotFoundError(f"Er is geen index in {location}. Maak hem met: {how}")
        found = next((row for row in self.every() if row.name == name), None)
        if found is None:
            raise IndexNotFoundError(
                f"De naam {self.name} wijst naar {name}, en dat is geen index van Kamerzoek. "
                f"Kies een andere naam of maak hem opnieuw met: {how}"
            )
        return found

    def shards(self, name: str) -> int:
        """Return the number of primary shards of a generation."""
        settings = self.cluster.call("GET", f"/{name}/_settings")[name]["settings"]
        return int(settings["index"]["number_of_shards"])

    # Making one

    def create(self, shards: int) -> str:
        """Make an empty generation and return its name.

        A template for this fingerprint says what it looks like, so that it can be looked up, and
        so that no index under such a name is ever made otherwise.
        """
        fingerprint = own_fingerprint()
        pattern = f"{self.name}-{fingerprint}"
        template = {
            "index_patterns": [f"{pattern}-*"],
            "template": index_body(shards=shards),
            "priority": 500,
            "_meta": {META: {"fingerprint": fingerprint}},
        }
        self.cluster.call("PUT", f"/_index_template/{pattern}", template)
        name = self._next_name(fingerprint)
        self.cluster.call(
            "PUT", f"/{name}", params={"wait_for_active_shards": 1}, seconds=CREATE_SECONDS
        )
        self.say(name, {"fingerprint": fingerprint})
        return name

    def clone(self, source: str) -> str:
        """Make a generation with all that a sealed one holds and return its name."""
        name = self._next_name(own_fingerprint())
        settings = {
            "index.number_of_replicas": 0,
            "index.refresh_interval": "-1",
            "index.blocks.write": None,
        }
        self.cluster.call(
            "PUT",
            f"/{source}/_clone/{name}",
            {"settings": settings},
            params={"wait_for_active_shards": 1},
            seconds=CREATE_SECONDS,
        )
        self._wait(name, "yellow")
        self.say(name, {"fingerprint": own_fingerprint()})
        return name

    def say(self, name: str, meta: Mapping[str, Any]) -> None:
        """Write down what is known of a generation, in its mapping."""
        self.cluster.call("PUT", f"/{name}/_mapping", {"_meta": {META: dict(meta)}})

    def seal(self, name: str, meta: Mapping[str, Any], replicas: int) -> None:
        """Close a generation for writing, make its copies, and wait until they are there.

        A copy that does not come (a node is down) does not keep it from being published: all of it
        can be searched.
        """
        self.cluster.call("POST", f"/{name}/_flush", seconds=CREATE_SECONDS)
        settings = {
            "index.number_of_replicas": replicas,
            "index.refresh_interval": None,
            "index.blocks.write": True,
        }
        self.cluster.call("PUT", f"/{name}/_settings", settings)
        self.say(name, {**meta, "sealed": True})
        self._wait(name, "yellow")
        if replicas:
            self._wait(name, "green", must=False)

    def publish(self, name: str) -> None:
        """Move the alias to a generation, in one step."""
        held = [row.name for row in self.every() if row.published and row.name != name]
        actions: list[dict[str, Any]] = [
            {"remove": {"index": other, "alias": self.name}} for other in held
        ]
        actions.append({"add": {"index": name, "alias": self.name}})
        self.cluster.call("POST", "/_aliases", {"actions": actions})

    def roll_back(self, location: str) -> str:
        """Publish the generation before the current one again and return its name."""
        now = self.current()
        names = [row.name for row in self.every() if row.sealed]
        older = names[: names.index(now)] if now in names else names
        if not older:
            raise EngineError(f"Er is in {location} geen eerdere index om naar terug te gaan.")
        self.publish(older[-1])
        return older[-1]

    def infos(self) -> tuple[GenerationInfo, ...]:
        """Return what is known of the sealed generations, the newest first."""
        return tuple(
            GenerationInfo(
                name=row.name,
                built=row.meta["built"],
                papers=row.meta["papers"],
                passages=row.meta["passages"],
                pages=row.meta["pages"],
                published=row.published,
            )
            for row in reversed(self.every())
            if row.sealed
        )

    # Cleaning up

    def sweep(self) -> None:
        """Remove what writers left that died before they published."""
        rows = self.every()
        names = [row.name for row in rows]
        published = next((row.name for row in rows if row.published), None)
        newer = names[names.index(published) + 1 :] if published else []
        for row in rows:
            if row.name != published and (row.name in newer or not row.sealed):
                self.drop(row.name)

    def collect(self) -> None:
        """Remove old generations: all but the last two, and but those replaced a moment ago."""
        rows = self.every()
        at = next((i for i, row in enumerate(rows) if row.published), 0)
        now = datetime.now(UTC)
        for i in range(at - KEEP + 1):
            replaced = rows[i + 1].meta.get("built")
            if replaced is None or now - datetime.fromisoformat(replaced) > GRACE:
                self.drop(rows[i].name)

    def drop(self, name: str) -> None:
        """Remove a generation; harmless when it is gone."""
        try:
            self.cluster.call("DELETE", f"/{name}", seconds=CREATE_SECONDS)
        except ClusterError as error:
            if error.status != 404:
                raise

    def _next_name(self, fingerprint: str) -> str:
        """Return a name whose time sorts after all others, also when the clock was set back."""
        times = [self._time(row.name) for row in self.every()]
        latest = max(times, default="")
        stamp = max(f"{datetime.now(UTC):%Y%m%dt%H%M%Sz}", latest.partition("-")[0])
        same = [int(time.partition("-")[2]) for time in times if time.startswith(stamp)]
        return f"{self.name}-{fingerprint}-{stamp}-{max(same, default=0) + 1:04}"

    def _time(self, name: str) -> str:
        match = self._pattern.fullmatch(name)
        return match["time"] if match else ""

    def _wait(self, name: str, status: str, *, must: bool = True) -> None:
        try:
            self.cluster.call(
                "GET",
                f"/_cluster/health/{name}",
                params={"wait_for_status": status, "timeout": f"{GREEN_SECONDS}s"},
                seconds=GREEN_SECONDS + 10,
            )
        except ClusterError as error:
            if must:
                raise EngineError(
                    f"Niet alle delen van {name} zijn beschikbaar. Controleer de nodes van "
                    "OpenSearch en start het indexeren opnieuw."
                ) from error
