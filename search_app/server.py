"""The application → a server on a port, that stops without breaking off what it is doing.

In go an application and `Settings`, out comes a running server until a signal. The story: Waitress
ends its loop at once when it is told to stop, and with it every answer that was not sent yet. Here
a first SIGTERM or Ctrl-C closes the door (no new connections, `/readyz` says 503), what is being
answered is finished and sent, and then the process ends; a second one ends it at once. Waitress
answers what it cannot read by itself: those answers get our headers too. A connection that hardly
moves is closed (`serving.pace`).
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

import waitress
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

from search_app.answers.uploads import TOO_LARGE
from search_app.errors import NoPortError
from search_app.serving.draining import draining
from search_app.serving.pace import Pace
from search_app.settings import Settings
from search_app.web.answerpages import BODY

HEADER_BYTES = 32 * 1024
BODY_BYTES = BODY
"""What Waitress takes in before the application sees it: the largest file of questions. Other
addresses are stricter themselves."""
IDLE_SECONDS = 30
"""A connection without a word for so long is closed; for slow senders and readers see `pace`."""
CONNECTIONS = 500
STEP_SECONDS = 0.1
NOT_UNDERSTOOD = "Dit verzoek is niet te lezen."
TOLD = {
    413: f"{TOO_LARGE} Ga daarvoor terug naar de vorige bladzijde.",
    431: "Het adres of de koppen van dit verzoek zijn te lang.",
    500: "Er ging iets mis. Probeer het opnieuw.",
}
"""What Waitress answers by itself, by status."""


class Server:
    """A server that listens from its making on; `run` answers until `stop` or a signal.

    Raises `NoPortError` when it cannot listen there.
    """

    def __init__(self, app: Flask, settings: Settings, headers: dict[str, str]) -> None:
        self._map: dict[int, Any] = {}
        self._patience = float(settings.stop_seconds)
        self._stopping = draining(app)
        self._look_at = 0.0
        made = _listening(app, settings, self._map)
        self._tasks = made.task_dispatcher
        self._loop = made.asyncore.loop
        self.port = self._dress(headers)

    def run(self) -> None:
        """Answer until `stop`; then finish what was begun."""
        before = [signal.signal(sign, self._signalled) for sign in (signal.SIGTERM, signal.SIGINT)]
        try:
            while not self._stopping.is_set():
                self._step(1.0)
                self._close_stuck()
            self._drain()
        finally:
            for sign, old in zip((signal.SIGTERM, signal.SIGINT), before, strict=True):
                signal.signal(sign, old)
            self._tasks.shutdown(timeout=STEP_SECONDS)

    def stop(self) -> None:
        """Close the door and finish; may be called from another thread."""
        self._stopping.set()
        for server in self._servers():
            server.pull_trigger()

    def _dress(self, headers: dict[str, str]) -> int:
        """Give Waitress's own answers our headers, and return the port that it listens on."""
        port = 0
        for server in self._servers():
            server.channel_class = _channel(headers)
            port = int(server.effective_port)
        return port

    def _signalled(self, number: int, _: FrameType | None) -> None:
        if self._stopping.is_set():
            raise SystemExit(128 + number)
        self.stop()

    def _close_stuck(self) -> None:
        now = time.monotonic()
        if now < self._look_at:
            return
        self._look_at = now + 1.0
        # At once: who does not read would never be written to again, and so never be closed.
        channels = (held for held in list(self._map.values()) if isinstance(held, HTTPChannel))
        for channel in channels:
            if channel.pace.is_stuck(is_busy=bool(channel.request or channel.total_outbufs_len)):
                channel.handle_close()

    def _drain(self) -> None:
        for server in self._servers():
            server.accepting = False
            server.del_channel()
            server.socket.close()
        until = time.monotonic() + self._patience
        while self._busy() and time.monotonic() < until:
            self._step(STEP_SECONDS)

    def _step(self, seconds: float) -> None:
        self._loop(timeout=seconds, use_poll=True, map=self._map, count=1)

    def _servers(self) -> Iterator[BaseWSGIServer]:
        return (held for held in list(self._map.values()) if isinstance(held, BaseWSGIServer))

    def _busy(self) -> bool:
        """Tell whether a request is being read or answered, or an answer is not sent yet."""
        channels = (held for held in list(self._map.values()) if isinstance(held, HTTPChannel))
        return any(
            channel.requests or channel.request or channel.total_outbufs_len for channel in channels
        )


@dataclass(frozen=True, slots=True)
class InDutch:
    """An answer of Waitress's own, in words for who sees it: a file was too large, mostly."""

    error: Any

    def to_response(self, _: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Return the status, headers and body."""
        status, headers, _body = self.error.to_response()
        return status, headers, f"{TOLD.get(self.error.code, NOT_UNDERSTOOD)}\n".encode()


def _channel(headers: dict[str, str]) -> type[HTTPChannel]:
    """Return a connection with a pace, whose own answers (to what is no HTTP) carry the headers."""

    class Refusal(ErrorTask):  # type: ignore[misc]
        def __init__(self, channel: HTTPChannel, request: Any) -> None:
            request.error = InDutch(request.error)
            super().__init__(channel, request)
            self.response_headers = [*headers.items(), ("Cache-Control", "no-store")]

    class Channel(HTTPChannel):  # type: ignore[misc]
        error_task_class = Refusal

        def __init__(self, *arguments: Any, **named: Any) -> None:
            self.pace = Pace()
            super().__init__(*arguments, **named)

        def recv(self, size: int) -> bytes:
            data: bytes = super().recv(size)
            self.pace.move(len(data))
            return data

        def send(self, data: bytes, do_close: bool = True) -> int:
            sent: int = super().send(data, do_close=do_close)
            self.pace.move(sent)
            return sent

    return Channel


def _listening(app: Flask, settings: Settings, sockets: dict[int, Any]) -> BaseWSGIServer:
    """Return a server of Waitress that listens. Raises `NoPortError`."""
    try:
        return waitress.create_server(
            app,
            map=sockets,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident=None,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=IDLE_SECONDS // 3,
            max_request_header_size=HEADER_BYTES,
            max_request_body_size=BODY_BYTES,
            asyncore_use_poll=True,
            # Otherwise Waitress takes away what ProxyFix is told to believe.
            clear_untrusted_proxy_headers=settings.proxy_hops == 0,
        )
    except (OSError, ValueError) as error:  # `ValueError`: of a name that leads to no address
        for opened in list(sockets.values()):
            opened.close()
        raise NoPortError(settings.host, settings.port, error) from error
