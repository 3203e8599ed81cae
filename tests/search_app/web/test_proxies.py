"""What is believed of a request that came through proxies: nothing, or what the last ones say."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.search_app.served import served

SPOOFED = {
    "X-Forwarded-Host": "kwaad.example, midden.example, zoek.example",
    "X-Forwarded-Proto": "ftp, http, https",
    "X-Forwarded-For": "6.6.6.6, 10.0.0.2, 10.0.0.1",
}
ALWAYS_IGNORED = {
    "X-Forwarded-Prefix": "/kwaad",
    "X-Forwarded-Port": "666",
    "X-Forwarded-Server": "kwaad.example",
    "X-Original-URL": "/metrics",
    "X-Rewrite-URL": "/metrics",
    "X-HTTP-Method-Override": "DELETE",
    "Forwarded": "host=kwaad.example;proto=ftp;for=6.6.6.6",
}
HOPS = [
    # (trusted proxies, headers, the site as links have it)
    ("0", SPOOFED, "http://127.0.0.1:{port}"),
    ("0", ALWAYS_IGNORED, "http://127.0.0.1:{port}"),
    ("1", {}, "http://127.0.0.1:{port}"),
    ("1", SPOOFED, "https://zoek.example"),
    ("1", ALWAYS_IGNORED, "http://127.0.0.1:{port}"),
    ("2", SPOOFED, "http://midden.example"),
    # One proxy where two are trusted: what it says counts for nothing.
    ("2", {"X-Forwarded-Host": "kwaad.example"}, "http://127.0.0.1:{port}"),
]


@pytest.mark.parametrize("hops", ["0", "1", "2"])
def test_who_is_believed(location: str, hops: str) -> None:
    rows = [(headers, site) for number, headers, site in HOPS if number == hops]
    assert rows
    with served(location, proxy_hops=hops) as server:
        for headers, site in rows:
            status, _, body = server.ask("GET", "/opensearch.xml", headers=headers)
            assert status == 200
            urls = [row.attrib for row in ET.fromstring(body) if "rel" in row.attrib]
            expected = site.format(port=server.port)
            assert urls
            assert all(url["template"].startswith(f"{expected}/") for url in urls), urls


def test_an_operator_says_the_address_himself(location: str) -> None:
    with served(location, base_url="https://zoek.example/") as server:
        _, _, body = server.ask("GET", "/opensearch.xml", headers={**SPOOFED, "Host": "kwaad"})
        assert b"https://zoek.example/" in body
        assert b"kwaad" not in body
