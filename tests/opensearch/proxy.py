"""A proxy of our own before a node: TLS, a password, or slow.

In goes a node's port, out comes an address that passes requests on, as the reverse proxy of an
installation does. It counts what it was asked, and can hold answers back.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import http.server
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Proxy:
    """What the proxy does: `delay` in seconds before each answer whose path has `slow` in it."""

    node: int
    user: str | None = None
    password: str = ""
    delay: float = 0.0
    slow: str = ""
    asked: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def authorization(self) -> str | None:
        """Return the header that lets a request through."""
        if self.user is None:
            return None
        packed = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return f"Basic {packed}"


@dataclass(frozen=True)
class Certificates:
    """A CA, and a certificate of 127.0.0.1 that it signed, as files."""

    ca: Path
    chain: Path
    key: Path


def certificates(folder: Path) -> Certificates:
    """Make a CA and a certificate in a folder."""
    ca_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"proef {folder.name}")])
    ca = _signed(issuer, issuer, ca_key.public_key(), ca_key, is_ca=True)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    own = _signed(name, issuer, key.public_key(), ca_key, is_ca=False)
    found = Certificates(folder / "ca.pem", folder / "chain.pem", folder / "key.pem")
    found.ca.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    found.chain.write_bytes(own.public_bytes(serialization.Encoding.PEM))
    found.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return found


def _signed(
    name: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    key: ec.EllipticCurvePrivateKey,
    *,
    is_ca: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    )
    if not is_ca:
        addresses = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
        made = made.add_extension(addresses, critical=False)
    return made.sign(key, hashes.SHA256())


@contextlib.contextmanager
def served(proxy: Proxy, secure: Certificates | None = None) -> Iterator[Proxy]:
    """Run a proxy for as long as a `with` lasts."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            _pass_on(self, proxy)

        do_GET = do_POST = do_PUT = handle_any  # noqa: N815 (the names are http.server's)
        do_DELETE = do_HEAD = handle_any  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if secure is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(secure.chain, secure.key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    proxy.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _pass_on(request: http.server.BaseHTTPRequestHandler, proxy: Proxy) -> None:
    body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
    proxy.asked.append(f"{request.command} {request.path}")
    if proxy.authorization not in (None, request.headers.get("Authorization")):
        _answer(request, 401, "text/plain", b"Unauthorized")
        return
    kind = request.headers.get("Content-Type") or "application/json"
    node = http.client.HTTPConnection("127.0.0.1", proxy.node, timeout=60)
    try:
        node.request(request.command, request.path, body or None, {"Content-Type": kind})
        answer = node.getresponse()
        told = answer.read()
    finally:
        node.close()
    if proxy.delay and proxy.slow in request.path:
        time.sleep(proxy.delay)
    with contextlib.suppress(OSError):  # nobody waits for it any more
        _answer(request, answer.status, answer.headers.get("Content-Type", ""), told)


def _answer(
    request: http.server.BaseHTTPRequestHandler, status: int, kind: str, body: bytes
) -> None:
    request.send_response(status)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    if request.command != "HEAD":
        request.wfile.write(body)
