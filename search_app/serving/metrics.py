"""What happens here, in numbers for Prometheus: requests, searches, the index, failures.

In go events of the application, out comes the text of `/metrics` (the Prometheus text format).
Nothing in it tells who asked or what was asked: routes and outcomes, never words.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from indexer.engine.results import Summary

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0)
OTHER = "anders"


class Metrics:
    """The numbers of one application; each has its own, so that tests do not share them."""

    def __init__(
        self, summary: Callable[[], Summary | None], open_failures: Callable[[], int]
    ) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_IndexNumbers(summary, open_failures))
        self.requests = self._counter(
            "kamerzoek_requests", "Answers by route, method and status", "route", "method", "status"
        )
        self.request_seconds = self._histogram(
            "kamerzoek_request_seconds", "Time to the first byte of an answer, by route", "route"
        )
        self.searches = self._counter(
            "kamerzoek_searches",
            "Searches by how they ended: found, nothing, refused (over budget), late, busy, failed",
            "outcome",
        )
        self.search_seconds = self._histogram(
            "kamerzoek_search_seconds", "Time of the searches that gave an answer"
        )
        self.failures = self._counter(
            "kamerzoek_failures",
            "Faults of the program by route; each has a line in the log",
            "route",
        )

    def text(self) -> bytes:
        """Return all numbers as they are now."""
        return generate_latest(self._registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(name, told, labels, registry=self._registry)

    def _histogram(self, name: str, told: str, *labels: str) -> Histogram:
        return Histogram(name, told, labels, registry=self._registry, buckets=SECONDS)


class _IndexNumbers(Collector):
    """The index that is open at the moment that it is asked."""

    def __init__(
        self, summary: Callable[[], Summary | None], open_failures: Callable[[], int]
    ) -> None:
        self._summary = summary
        self._open_failures = open_failures

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers of the open index; only that there is none when there is none."""
        summary = self._summary()
        yield GaugeMetricFamily(
            "kamerzoek_index_open", "1 when an index is open", 0 if summary is None else 1
        )
        yield GaugeMetricFamily(
            "kamerzoek_index_open_failures",
            "How often a published index could not be opened, since the start",
            self._open_failures(),
        )
        if summary is None:
            return
        name = GaugeMetricFamily("kamerzoek_index_info", "The open index", labels=["generation"])
        name.add_metric([summary.generation], 1)
        yield name
        built = datetime.datetime.fromisoformat(summary.built).timestamp()
        now = datetime.datetime.now(datetime.UTC).timestamp()
        yield GaugeMetricFamily(
            "kamerzoek_index_built_timestamp_seconds", "When the open index was made", built
        )
        yield GaugeMetricFamily("kamerzoek_index_age_seconds", "Age of the open index", now - built)
        for what in ("papers", "passages", "pages"):
            number = getattr(summary, what)
            yield GaugeMetricFamily(f"kamerzoek_index_{what}", f"{what} in the open index", number)
