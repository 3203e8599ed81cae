"""A real server in a process of its own, as an operator starts it."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT


@dataclass
class Served:
    """A running server. `log` grows while it runs: the lines of its stderr."""

    process: subprocess.Popen[str]
    port: int
    log: list[str] = field(default_factory=list)

    def get(self, address: str, method: str = "GET") -> tuple[int, Mapping[str, str], bytes]:
        return self.ask(method, address)

    def ask(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, Mapping[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, address, body, dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        return self.process.wait(timeout=30)


@contextmanager
def served(location: Path | str, first: str = "", **settings: str) -> Iterator[Served]:
    """Serve the index at a free port for as long as the `with` lasts.

    `first` is Python that the process runs before: to make a wait of half a minute one of a second.
    """
    names = {f"KAMERZOEK_{name.upper()}": value for name, value in settings.items()}
    program = f"{first}\nimport sys\nfrom search_app.cli import main\nsys.exit(main(sys.argv[1:]))"
    run = ["-c", program] if first else ["-m", "search_app"]
    command = [sys.executable, *run, "serve", "--index", str(location), "--port", "0"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **names},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    found = Served(process, 0)
    reader = threading.Thread(target=found.log.extend, args=(process.stderr,), daemon=True)
    reader.start()
    try:
        told = process.stdout.readline()
        assert "http://" in told, "".join(found.log)
        found.port = int(told.rpartition("http://")[2].split(":")[1].split()[0])
        yield found
    finally:
        process.kill()
        process.wait()
        reader.join(timeout=10)
        process.stdout.close()
        process.stderr.close()
