"""A cluster behind TLS and a password: what is told by the environment holds, and errors say how.

A real node behind a proxy of our own that has a certificate of its own CA and asks for a password,
as a cluster's reverse proxy or its security plug-in does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.engine.errors import EngineError
from indexer.engine.opensearch.address import PASSWORD, USER
from indexer.engine.opensearch.client import CA
from indexer.engine.opensearch.engine import OpenSearchEngine
from indexer.engine.query import Everything
from indexer.engine.results import SearchRequest
from tests.engine.opensearch.corpus import build
from tests.opensearch.nodes import Nodes
from tests.opensearch.proxy import Certificates, Proxy, certificates, served

pytestmark = pytest.mark.opensearch
NAME, SECRET = "kamerzoek", "geheim: ja, dit @ ook"


@dataclass(frozen=True)
class Door:
    location: str
    proxy: Proxy
    made: Certificates
    other: Certificates


@pytest.fixture(scope="module")
def door(one_node: Nodes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    build(one_node.location("deur"), 12)
    made = certificates(tmp_path_factory.mktemp("ca"))
    other = certificates(tmp_path_factory.mktemp("andere"))
    with served(Proxy(one_node.http[0], NAME, SECRET), made) as proxy:
        yield Door(f"opensearch+https://127.0.0.1:{proxy.port}/deur", proxy, made, other)


def environment(door: Door, **other: str) -> dict[str, str]:
    return {USER: NAME, PASSWORD: SECRET, CA: str(door.made.ca)} | other


def found(location: str, given: Mapping[str, str]) -> int:
    with closing(OpenSearchEngine(given).open(location)) as index:
        return index.search(SearchRequest(Everything())).total


def test_user_password_and_ca_come_from_the_environment(door: Door) -> None:
    assert found(door.location, environment(door)) == 12
    engine = OpenSearchEngine(environment(door))
    assert engine.check(door.location) == ()
    assert engine.generations(door.location)[0].published


WRONG = [
    # (what is otherwise in the environment, what the error tells to do)
    ({PASSWORD: "fout"}, f"Controleer {USER} en {PASSWORD}"),
    ({USER: ""}, f"Controleer {USER} en {PASSWORD}"),
    ({CA: "andere"}, f"Zet {CA} op het bestand"),
    ({CA: ""}, f"Zet {CA} op het bestand"),
    ({CA: "/er/is/niets.pem"}, "in PEM-vorm"),
    ({CA: "geen certificaat"}, "in PEM-vorm"),
]


@pytest.mark.parametrize(("other", "told"), WRONG)
def test_what_is_wrong_is_told(
    door: Door, other: dict[str, str], told: str, tmp_path: Path
) -> None:
    if other.get(CA) == "andere":
        other = {CA: str(door.other.ca)}
    elif other.get(CA) == "geen certificaat":
        (tmp_path / "leeg.pem").write_text("geen certificaat")
        other = {CA: str(tmp_path / "leeg.pem")}
    with pytest.raises(EngineError) as error:
        found(door.location, environment(door, **other))
    assert told in str(error.value)
    assert SECRET not in str(error.value)


def test_http_where_https_is_spoken_is_told(door: Door, one_node: Nodes) -> None:
    plain = door.location.replace("https", "http")
    with pytest.raises(EngineError, match="niet te bereiken"):
        found(plain, environment(door))
    secure = one_node.location("deur").replace("http", "https")
    with pytest.raises(EngineError, match="of het adres klopt"):
        found(secure, environment(door))


def test_a_password_in_a_location_is_refused() -> None:
    with pytest.raises(EngineError, match=f"komen uit {USER}"):
        OpenSearchEngine({}).current("opensearch+https://jan:geheim@host:9200/deur")
