"""The web application: routes, what templates may use, headers on every response.

In go `Settings`, out comes a Flask application. Nothing is kept of a visitor: no cookies, and in
the log routes and times only, unless the operator wants what was asked in it.
"""

from __future__ import annotations

import hashlib
import threading
import time
from pathlib import Path

from flask import Flask, Response, g, request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from search_app import dutch, links
from search_app.export.files import MOST
from search_app.pdf.image import Renderer
from search_app.serving.crowd import Crowd
from search_app.serving.gate import Gate
from search_app.serving.guard import GuardedIndex
from search_app.serving.holder import IndexHolder
from search_app.serving.metrics import Metrics
from search_app.serving.warming import ready
from search_app.serving.watch import METRICS, add_watch
from search_app.settings import Settings
from search_app.web import answerpages, api, downloads, operation, pages, paperpages
from search_app.web.compress import compress
from search_app.web.errorpages import add_errors
from search_app.web.hosts import CheckedHost, refuse_host
from search_app.web.shared import (
    CROWD,
    EXPORTS,
    HOLDER,
    RENDERER,
    SETTINGS,
    AnythingConverter,
    base,
)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
        "connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
GENERATION = "Kamerzoek-Generation"
NO_GENERATION = "geen"
YEAR = 365 * 24 * 3600


def create_app(
    settings: Settings, holder: IndexHolder | None = None, *, warmed: bool = False
) -> Flask:
    """Return the application. The first request that needs the index opens it.

    With `warmed` a generation takes over when it has been warmed, in a thread of its own, and no
    visitor waits until a template is compiled: that is .3 s, and many who come at once each did it.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    _add_shared(app, settings, holder, warmed=warmed)
    app.url_map.converters["anything"] = AnythingConverter
    app.url_map.merge_slashes = False  # an id may hold //
    for routes in (operation, pages, paperpages, answerpages, api, downloads):
        app.register_blueprint(routes.blueprint)
    _add_templates(app)
    if warmed:
        _compile_templates(app)
    add_errors(app)
    add_watch(app)  # the last to be added is the first to see an answer
    _add_headers(app)
    app.wsgi_app = CheckedHost(app.wsgi_app)  # type: ignore[method-assign]
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _add_shared(
    app: Flask, settings: Settings, holder: IndexHolder | None, *, warmed: bool
) -> None:
    """Give requests what they share: the index, its limits, what counts, what draws pages."""
    crowd = Crowd(settings.threads)
    gate, seconds = Gate(crowd), settings.search_seconds
    held = holder or IndexHolder(
        settings.index,
        guarded=lambda index: GuardedIndex(index, gate, seconds),
        warmed=ready if warmed else None,
        background=warmed,
    )
    app.extensions[SETTINGS] = settings
    app.extensions[HOLDER] = held
    app.extensions[METRICS] = Metrics(lambda: held.summary, lambda: held.failures)
    app.extensions[RENDERER] = Renderer(crowd)
    app.extensions[CROWD] = crowd
    app.extensions[EXPORTS] = threading.BoundedSemaphore(downloads.AT_ONCE)


def _add_templates(app: Flask) -> None:
    """Give templates the Dutch words, the addresses, and files whose address changes with them."""
    folder = Path(app.static_folder or "")
    versions = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:10] for path in folder.iterdir()
    }

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=versions[name])

    app.jinja_env.globals.update(
        asset=asset, dutch=dutch, links=links, site=base, most_exported=MOST
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _compile_templates(app: Flask) -> None:
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)


def _add_headers(app: Flask) -> None:
    version = _version(app)

    def start() -> None:
        g.started = time.perf_counter()

    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        held: IndexHolder = app.extensions[HOLDER]
        generation = g.get("generation") or held.generation or NO_GENERATION
        response.headers[GENERATION] = generation
        took = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
        response.headers["Server-Timing"] = f"total;dur={took:.1f}"
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-cache"
            _add_etag(response, f"{version} {generation}")
        elif request.endpoint == "static":
            response.headers["Cache-Control"] = _age(request.args.get("v"))
        compress(request, response)
        return response

    app.before_request(start)
    app.before_request(refuse_host)
    app.after_request(finish)


def _age(version: str | None) -> str:
    """Return how long a file of ours may be kept: long under an address that changes with it."""
    return f"public, max-age={YEAR}, immutable" if version else "no-cache"


def _version(app: Flask) -> str:
    """Return what changes with the program and its templates: a page of another is not kept."""
    files = sorted(path for path in Path(app.root_path).rglob("*") if path.is_file())
    packed = "".join(f"{path.name}{path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256(packed.encode()).hexdigest()[:12]


def _add_etag(response: Response, state: str) -> None:
    """Answer 304 to who has this page already: it depends on its address and on `state` alone."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        return
    if response.is_streamed:
        return
    asked = f"{state} {request.full_path} {request.headers.get('Accept', '')}"
    response.set_etag(hashlib.sha256(asked.encode()).hexdigest()[:20], weak=True)
    response.vary.add("Accept")
    response.make_conditional(request)
