"""An index in OpenSearch: whether it can be reached, its version, health, alias, room and locks.

In goes a location, out come findings. Only reading calls are made.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from indexer.doctor.finding import Finding, fault, good, warning
from indexer.engine.errors import EngineError, IndexNotFoundError
from indexer.engine.fields import differences
from indexer.engine.locate import engine_for
from indexer.engine.opensearch.address import parse
from indexer.engine.opensearch.client import Cluster, ClusterError
from indexer.engine.opensearch.control import LOCK, Control, draft_of, is_free
from indexer.engine.opensearch.generations import Generation, Generations
from indexer.engine.opensearch.mapping import own_fingerprint

OLDEST = (2, 11)
DEFAULT_LOW = "85%"


def examine(location: str) -> Iterator[Finding]:
    """Yield what there is to say of an index in OpenSearch."""
    try:
        cluster = Cluster(parse(location))
        said = cluster.call("GET", "/")
    except EngineError as error:
        yield fault("opensearch", f"{location} is niet te gebruiken", str(error))
        return
    try:
        yield from version(str(said["version"]["number"]))
        yield from health(cluster.call("GET", "/_cluster/health"))
        rows = cluster.call("GET", "/_cat/allocation", params={"format": "json"})
        yield from watermark(rows, _low(cluster))
        yield from _blocked(cluster)
        writing = yield from _writer(Control(cluster), location)
        yield from _index(location)
        if not writing:
            yield from _drafts(Generations(cluster))
        yield from _fields(Generations(cluster))
    except EngineError as error:
        yield fault("opensearch", f"{location} beantwoordt niet alles", str(error))
    finally:
        cluster.close()


def version(number: str) -> Iterator[Finding]:
    """Look at the version of the cluster."""
    if tuple(int(part) for part in number.split(".")[:2]) < OLDEST:
        told = f"OpenSearch {number} is ouder dan {OLDEST[0]}.{OLDEST[1]} en niet beproefd"
        yield warning("opensearch", told, "Werk het cluster bij naar 2.19 of 3.")
    else:
        yield good("opensearch", f"OpenSearch {number} antwoordt")


def health(said: dict[str, Any]) -> Iterator[Finding]:
    """Look at the health of the cluster."""
    nodes, lost = said["number_of_nodes"], said["unassigned_shards"]
    told = f"het cluster is {said['status']} met {nodes} nodes"
    if said["status"] == "red":
        advice = "Start de nodes die uit staan: delen van een index zijn er niet."
        yield fault("opensearch", told, advice)
    elif said["status"] == "yellow":
        advice = (
            f"{lost} kopieën hebben geen plaats. Start de nodes die uit staan, of zet "
            "KAMERZOEK_OPENSEARCH_REPLICAS op 0 als er maar één is."
        )
        yield warning("opensearch", told, advice)
    else:
        yield good("opensearch", told)


def watermark(rows: list[dict[str, Any]], low: float) -> Iterator[Finding]:
    """Look at the room on each node; over the low mark (per cent used) no shard is placed there."""
    known = [row for row in rows if row.get("disk.percent")]
    for row in known:
        if float(row["disk.percent"]) >= low:
            told = f"de schijf van node {row['node']} is voor {row['disk.percent']}% vol"
            advice = (
                f"Boven {low:g}% krijgt hij geen nieuwe delen, boven de hoogste grens wordt alles "
                "alleen-lezen. Maak ruimte of voeg een node toe."
            )
            yield warning("schijf", told, advice)
    if known and all(float(row["disk.percent"]) < low for row in known):
        most = max(float(row["disk.percent"]) for row in known)
        yield good("schijf", f"de volste schijf van het cluster is voor {most:g}% gevuld")


def _low(cluster: Cluster) -> float:
    """Return the low mark in per cent; one in bytes is not compared."""
    name = "cluster.routing.allocation.disk.watermark.low"
    params = {"include_defaults": True, "flat_settings": True}
    said = cluster.call("GET", "/_cluster/settings", params=params)
    rows = [said.get(kind, {}).get(name) for kind in ("transient", "persistent", "defaults")]
    text = next((row for row in rows if row), DEFAULT_LOW)
    return float(text.rstrip("%")) if text.endswith("%") else 100.0


def _blocked(cluster: Cluster) -> Iterator[Finding]:
    name = "index.blocks.read_only_allow_delete"
    params = {"flat_settings": True, "allow_no_indices": True}
    said = cluster.call("GET", f"/{cluster.address.name}-*/_settings", params=params)
    blocked = [key for key, row in said.items() if row["settings"].get(name) == "true"]
    if blocked:
        told = f"{', '.join(sorted(blocked))} is alleen te lezen: de schijf was te vol"
        advice = "Maak ruimte; OpenSearch heft dit daarna zelf op."
        yield fault("schijf", told, advice)


def _writer(control: Control, location: str) -> Generator[Finding, None, bool]:
    """Look who writes; return whether somebody does."""
    try:
        found = control.get(LOCK)
        draft = draft_of(control)
    except ClusterError as error:
        if error.status != 404:
            raise
        return False
    writing = draft is not None
    if found is not None:
        holder = found["_source"]
        who = f"proces {holder['process']} op {holder['host']} (sinds {holder['since']})"
        if is_free(holder):
            told = f"het slot van {who} is verlopen: dat proces is gestorven"
            yield warning("slot", told, "De volgende bouw neemt het slot over.")
        else:
            writing = True
            advice = "Wacht tot dat klaar is, of beëindig dat proces."
            yield warning("slot", f"de index is in gebruik door {who}", advice)
    if draft is not None:
        told = f"er loopt een bouw in {draft['of']} delen (sinds {draft['since']})"
        advice = f"Sluit hem af: python -m indexer publish {location}, of met --abandon."
        yield warning("slot", told, advice)
    return writing


def _index(location: str) -> Iterator[Finding]:
    engine = engine_for(location)
    try:
        wrong = engine.check(location)
        summary = None
        if not wrong:
            opened = engine.open(location)
            summary = opened.summary
            opened.close()
    except IndexNotFoundError as error:
        yield warning("index", f"er is nog geen index in {location}", str(error))
        return
    for sentence in wrong:
        advice = (
            f"Daarna: python -m indexer check {location}; helpt het niet, bouw dan met --fresh."
        )
        yield fault("index", sentence, advice)
    if summary is not None:
        yield good("index", f"{summary.generation} van {summary.built}: {summary.papers} stukken")


def _fields(generations: Generations) -> Iterator[Finding]:
    """Look whether the fields are still those by which the index was made."""
    found = next((row for row in generations.every() if row.published), None)
    if found is not None and found.fingerprint != own_fingerprint():
        told = f"de index past niet bij deze versie van Kamerzoek ({differences(_kept(found))})"
        yield fault("versie", told, "Bouw opnieuw: de stukken in de opslag worden niet herlezen.")


def _kept(found: Generation) -> dict[str, str] | None:
    made: dict[str, str] | None = found.meta.get("fields")
    return made


def _drafts(generations: Generations) -> Iterator[Finding]:
    drafts = [row.name for row in generations.every() if not row.sealed and not row.published]
    if drafts:
        told = f"{len(drafts)} generaties zijn niet afgemaakt ({', '.join(drafts[:3])})"
        yield warning("afval", told, "De volgende bouw ruimt ze op; u hoeft niets te doen.")
