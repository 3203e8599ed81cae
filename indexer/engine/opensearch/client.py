"""An address (`address`) → calls to the cluster there.

In go a method, a path and a body, out comes the JSON of the answer. The only import of
opensearchpy. Whatever goes wrong is an `EngineError` with a Dutch sentence that says what to do; an
answer that does not cover all shards, or that was cut off by time, is an error too.
"""

from __future__ import annotations

import json
import logging
import math
import os
import ssl
from collections.abc import Iterable, Mapping
from typing import Any

from indexer.engine import deadline
from indexer.engine.errors import DeadlineError, EngineError, QueryBudgetError
from indexer.engine.opensearch.address import PASSWORD, USER, Address

try:
    import opensearchpy
except ModuleNotFoundError:
    opensearchpy = None  # type: ignore[assignment,unused-ignore]

CA = "KAMERZOEK_OPENSEARCH_CA"
SECONDS = 60.0
"""The client waits this long; a search gives up sooner by itself (`SEARCH_SECONDS`)."""
SEARCH_SECONDS = 30
TOO_BROAD = ("too_many_clauses", "too_many_nested_clauses")
LATE = {"task_cancelled_exception", "time_exceeded_exception"}
"""What the cluster calls a search that it stopped because it took too long."""
BUSY = (429, 502, 503, 504)
"""Statuses that pass: the same call may succeed a moment later."""

Json = dict[str, Any]


class ClusterError(EngineError):
    """The cluster refused a call. `status` is HTTP's (0: no answer), `kind` the cluster's word."""

    def __init__(self, told: str, status: int, kind: str = "") -> None:
        super().__init__(told)
        self.status = status
        self.kind = kind


class PartialError(EngineError):
    """An answer that does not cover all of the index: never shown as if it were whole."""


class Cluster:
    """Calls to one cluster, for any number of threads."""

    def __init__(self, address: Address, environment: Mapping[str, str] = os.environ) -> None:
        self.address = address
        if opensearchpy is None:
            raise EngineError(
                "Voor een index in OpenSearch is opensearch-py nodig. "
                "Installeer het met: pip install 'kamerzoek[opensearch]'"
            )
        # What goes wrong is told by our own errors; what is not there is no warning.
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)
        options: dict[str, Any] = {}
        if address.hosts[0].startswith("https"):
            options = {"ssl_context": _trust(environment.get(CA))}
        if environment.get(USER):
            options["http_auth"] = (environment[USER], environment.get(PASSWORD, ""))
        self._client = opensearchpy.OpenSearch(
            list(address.hosts),
            timeout=SECONDS,
            max_retries=3,
            pool_maxsize=16,
            **options,
        )

    def call(
        self,
        method: str,
        path: str,
        body: Json | str | None = None,
        *,
        params: Mapping[str, object] | None = None,
        seconds: float | None = None,
    ) -> Any:
        """Return the answer's JSON. Raises `ClusterError` and `QueryBudgetError`.

        Within a deadline an answer that comes too late is no answer: `DeadlineError`.
        """
        asked = {name: _plain(value) for name, value in (params or {}).items()}
        wait, left = seconds or SECONDS, deadline.left()
        asked["request_timeout"] = min(wait, left)
        try:
            found = self._client.transport.perform_request(method, path, params=asked, body=body)
        except opensearchpy.exceptions.OpenSearchException as error:
            deadline.check()
            if left < wait and isinstance(error, opensearchpy.exceptions.ConnectionTimeout):
                raise DeadlineError from error
            raise self._explained(error) from error
        deadline.check()
        return found

    def search(self, path: str, body: Json, **params: object) -> Json:
        """Return the answer to a search that covers all shards. Raises `PartialError` too.

        The nodes are told when to stop: each shard by itself, and the whole search by the node that
        was asked, so that no work goes on for an answer that nobody waits for.
        """
        milliseconds = self.milliseconds()
        told = {
            "allow_partial_search_results": False,
            "cancel_after_time_interval": f"{milliseconds}ms",
            **params,
        }
        return whole(self.call("POST", path, {"timeout": f"{milliseconds}ms", **body}, params=told))

    def searches(self, index: str, bodies: Iterable[Json]) -> list[Json]:
        """Return the answers to several searches in one call, each like that of `search`."""
        told = {
            "index": index,
            "allow_partial_search_results": False,
            "cancel_after_time_interval": f"{self.milliseconds()}ms",
        }
        head = json.dumps(told)
        lines = "".join(f"{head}\n{json.dumps(body)}\n" for body in bodies)
        answers = self.call("POST", "/_msearch", lines)["responses"] if lines else []
        return [self.checked(answer) for answer in answers]

    def milliseconds(self) -> int:
        """Return how long a search may take now."""
        return max(1, math.ceil(min(SEARCH_SECONDS, deadline.left()) * 1000))

    def checked(self, answer: Json) -> Json:
        """Return one answer of several in a call, like that of a call of its own."""
        if "error" in answer:
            error = opensearchpy.exceptions.TransportError(
                answer.get("status", 500), answer["error"].get("type", ""), answer
            )
            raise self._explained(error)
        return whole(answer)

    def exists(self, path: str) -> bool:
        """Return whether something is there."""
        try:
            return bool(self.call("HEAD", path))
        except ClusterError as error:
            if error.status == 404:
                return False
            raise

    def is_legacy(self) -> bool:
        """Return whether the cluster is older than version 3, which scores otherwise."""
        number: str = self.call("GET", "/")["version"]["number"]
        return int(number.partition(".")[0]) < 3

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _explained(self, error: Any) -> EngineError:
        where = self.address.shown
        if isinstance(error, opensearchpy.exceptions.ConnectionTimeout):
            return ClusterError(f"OpenSearch op {where} antwoordt niet op tijd. {AGAIN}", 0, "tijd")
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return ClusterError(
                f"Het certificaat van OpenSearch op {where} wordt niet vertrouwd. Zet {CA} op het "
                "bestand met het certificaat van de uitgever (PEM), en gebruik in het adres de "
                "naam die in het certificaat staat.",
                0,
                "certificaat",
            )
        if isinstance(error, opensearchpy.exceptions.ConnectionError):
            return ClusterError(
                f"OpenSearch op {where} is niet te bereiken ({str(error.error)[:200]}). "
                "Controleer of het draait en of het adres klopt.",
                0,
                "verbinding",
            )
        if not isinstance(error, opensearchpy.exceptions.TransportError):
            return ClusterError(f"OpenSearch op {where} geeft een fout: {error}. {AGAIN}", 0)
        return self._refused(error, where)

    def _refused(self, error: Any, where: str) -> EngineError:
        status = error.status_code if isinstance(error.status_code, int) else 0
        kinds, reason = _causes(error)
        if any(kind in TOO_BROAD for kind in kinds):
            return QueryBudgetError(
                "De zoekvraag is te breed: een begin met * of een lange vraag staat voor te veel "
                "verschillende woorden. Typ er een paar letters bij of maak de vraag korter."
            )
        if LATE & set(kinds):
            return DeadlineError()
        if is_full(reason):
            return ClusterError(
                f"Een schijf van OpenSearch op {where} is te vol om te schrijven ({reason}). Maak "
                "ruimte of voeg een node toe en probeer het opnieuw.",
                status,
                "schijf vol",
            )
        told = {
            401: f"OpenSearch op {where} weigert de aanmelding. Controleer {USER} en {PASSWORD}.",
            403: f"OpenSearch op {where} geeft geen toegang. Geef de gebruiker meer rechten.",
            429: f"OpenSearch op {where} heeft het te druk. {AGAIN}",
            503: f"OpenSearch op {where} kan nu niet alles lezen of schrijven ({reason}). "
            "Controleer of alle nodes draaien en probeer het opnieuw.",
        }.get(status, f"OpenSearch op {where} weigert dit ({status}: {reason}). {AGAIN}")
        return ClusterError(told, status, kinds[0] if kinds else "")


FULL = ("flood-stage", "read-only-allow-delete", "no space left", "create-index blocked")


def is_full(reason: str) -> bool:
    """Return whether the cluster refuses because a disk is full."""
    return any(word in reason.lower() for word in FULL)


AGAIN = "Probeer het over een minuut opnieuw."


def whole(answer: Json) -> Json:
    """Return an answer that covers all of the index. Raises `PartialError` for another."""
    shards = answer["_shards"]
    if answer.get("timed_out") or shards["failed"] or shards["total"] != shards["successful"]:
        raise PartialError(
            f"Niet alle delen van de index hebben geantwoord ({shards['successful']} van "
            f"{shards['total']}), dus het resultaat zou niet volledig zijn. {AGAIN}"
        )
    return answer


def _trust(ca: str | None) -> ssl.SSLContext:
    """Return whose certificates are trusted: those of a CA of one's own, or the system's."""
    if not ca:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=ca)
    except (OSError, ssl.SSLError) as error:
        raise EngineError(
            f"Het bestand {ca} van {CA} is niet te lezen als certificaat ({error}). Geef een "
            "bestand in PEM-vorm (-----BEGIN CERTIFICATE-----)."
        ) from error


def _causes(error: Any) -> tuple[list[str], str]:
    """Return the cluster's words for what went wrong, and its first sentence."""
    info = error.info if isinstance(error.info, dict) else {}
    detail = info.get("error") or {}
    if not isinstance(detail, dict):
        return [], str(detail)[:200]
    kinds: list[str] = [detail.get("type") or ""]
    kinds += [cause.get("type", "") for cause in detail.get("root_cause", ())]
    reason = detail.get("reason")
    for failed in detail.get("failed_shards", ()):
        inner = failed.get("reason") or {}
        while inner:
            kinds.append(inner.get("type", ""))
            reason = inner.get("reason") or reason
            inner = inner.get("caused_by") or {}
    inner = detail.get("caused_by") or {}
    while inner:
        kinds.append(inner.get("type", ""))
        inner = inner.get("caused_by") or {}
    return kinds, str(reason)[:200]


def _plain(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value
