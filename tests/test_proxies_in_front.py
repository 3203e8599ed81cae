"""The proxies of deploy/ in front of a real server: what they refuse, pass on and keep quiet about.

Their files are used as they are, but for ports, certificates and the place of logs; on loopback
alone, where every address of 127.0.0.0/8 is another visitor.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.opensearch.nodes import free_ports
from tests.search_app.conftest import publish
from tests.search_app.served import Served, served

DEPLOY = ROOT / "deploy"
SITE = "zoek.example.nl"
WORD = "geheimzinnigewoorden"
HSTS = "max-age=31536000; includeSubDomains"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Door:
    """A proxy that runs: by TLS when `secure`; what it wrote is in `folder`."""

    port: int
    folder: Path
    secure: bool

    def ask(
        self,
        address: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        visitor: str = "127.0.0.1",
    ) -> tuple[int, Mapping[str, str], bytes]:
        place = ("127.0.0.1", self.port)
        given = {"Host": SITE, **(headers or {})}
        connection: http.client.HTTPConnection
        if self.secure:
            trusting = ssl._create_unverified_context()
            connection = http.client.HTTPSConnection(
                *place, timeout=30, context=trusting, source_address=(visitor, 0)
            )
        else:
            connection = http.client.HTTPConnection(*place, timeout=30, source_address=(visitor, 0))
        with contextlib.closing(connection):
            with contextlib.suppress(ConnectionError):  # it refuses before all was sent
                connection.request("POST" if body else "GET", address, body, given)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    location = tmp_path_factory.mktemp("achter") / "index"
    publish(location)
    with served(location, proxy_hops="1") as server:
        yield server


def until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        assert process.poll() is None, "the proxy ended"
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)
    pytest.fail("the proxy did not listen")


@contextlib.contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "SITE": f"http://{SITE}:{port}"}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=environment, cwd=folder)
        try:
            until_open(port, process)
            yield
        finally:
            process.terminate()
            process.wait(20)


def certificate(folder: Path) -> tuple[Path, Path]:
    key, made = folder / "key.pem", folder / "cert.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={SITE}"]
    subprocess.run([*make, "-keyout", key, "-out", made], check=True, capture_output=True)
    return key, made


def nginx_file(folder: Path, server: int, plain: int, secure: int) -> Path:
    """Return nginx's file with the site of deploy/ in it, for ports and logs of a test."""
    key, made = certificate(folder)
    site = (DEPLOY / "nginx.conf").read_text()
    for old, new in (
        (r"(ssl_certificate_key +)\S+;", rf"\g<1>{key};"),
        (r"(ssl_certificate +)\S+;", rf"\g<1>{made};"),
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"listen 443 ", f"listen 127.0.0.1:{secure} "),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{server}"),
        (r"/var/log/nginx/", f"{folder}/"),
    ):
        site, count = re.subn(old, new, site)
        assert count == 1, old
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    path = folder / "nginx.conf"
    path.write_text(
        f"pid {folder}/pid;\ndaemon off;\nuser root;\nevents {{}}\n"
        f"http {{\naccess_log {folder}/access.log;\n{temporary}{site}\n}}\n"
    )
    return path


@pytest.fixture
def nginx(behind: Served, tmp_path: Path) -> Iterator[Door]:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not here")
    plain, secure = free_ports(2)
    path = nginx_file(tmp_path, behind.port, plain, secure)
    command = ["nginx", "-p", str(tmp_path), "-c", str(path)]
    with running(command, secure, tmp_path):
        yield Door(secure, tmp_path, secure=True)


@pytest.fixture
def caddy(behind: Served, tmp_path: Path) -> Iterator[Door]:
    if shutil.which("caddy") is None:
        pytest.skip("Caddy is not here")
    (port,) = free_ports(1)
    site = (DEPLOY / "Caddyfile").read_text()
    assert site.count("app:8000") == 1
    path = tmp_path / "Caddyfile"
    path.write_text("{\n\tadmin off\n}\n" + site.replace("app:8000", f"127.0.0.1:{behind.port}"))
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(path)]
    with running(command, port, tmp_path):
        yield Door(port, tmp_path, secure=False)


def test_nginx(nginx: Door) -> None:
    status, headers, page = nginx.ask("/?q=begroting")
    assert (status, headers["Strict-Transport-Security"]) == (200, HSTS)
    assert b"begroting" in page
    assert "Server" not in headers or headers["Server"] == "nginx"
    passes_on_and_keeps_quiet(nginx, 413)
    # The numbers are for the machine itself.
    assert nginx.ask("/metrics")[0] == 200
    assert nginx.ask("/metrics", visitor="127.0.0.9")[0] == 403
    # A visitor who asks a lot is told to slow down; another is answered meanwhile.
    many = [nginx.ask("/livez", visitor="127.0.0.5")[0] for _ in range(60)]
    assert set(many) == {200, 429}
    assert many.count(200) >= 20
    assert nginx.ask("/livez", visitor="127.0.0.6")[0] == 200
    heavy = [nginx.ask("/antwoorden", b"vraag=x", FORM, "127.0.0.7")[0] for _ in range(20)]
    assert {200, 429} >= set(heavy) > {200}
    assert WORD not in "".join(
        path.read_text(errors="replace") for path in nginx.folder.iterdir() if path.is_file()
    )


def test_caddy(caddy: Door) -> None:
    status, headers, page = caddy.ask("/?q=begroting")
    assert (status, headers["Strict-Transport-Security"]) == (200, HSTS)
    assert b"begroting" in page
    passes_on_and_keeps_quiet(caddy, 413, 502)  # 502: what Caddy 2.6 says of too large a body
    assert caddy.ask("/metrics")[0] == 404
    assert WORD not in (caddy.folder / "said").read_text()


def passes_on_and_keeps_quiet(door: Door, *refused: int) -> None:
    """What both do: sizes, the name and address of a visitor, nothing of what was searched."""
    assert door.ask(f"/?q={WORD}")[0] == 200
    assert door.ask(f"/ref/{WORD}")[0] == 404
    made_up = {
        "X-Forwarded-Host": "kwaad.example", "X-Forwarded-Proto": "ftp",
        "X-Forwarded-For": "6.6.6.6", "Forwarded": "host=kwaad.example",
    }  # fmt: skip
    _, _, told = door.ask("/opensearch.xml", headers=made_up)
    assert SITE.encode() in told
    assert b"kwaad" not in told
    assert b"ftp:" not in told
    large = b"vraag=" + b"a" * 100_000
    visitor = "127.0.0.4"
    assert door.ask("/?q=", large, FORM, visitor)[0] in refused
    # Too large a text is refused by the application, with a sentence; the proxy let it through.
    status, _, page = door.ask("/antwoorden", large + b"b" * 1_000_000, FORM, visitor)
    assert (status, b"te lang" in page) == (400, True)
    assert door.ask("/antwoorden", b"x" * 13_000_000, FORM, visitor)[0] in refused
