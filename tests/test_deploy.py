"""What deploy/ says is true of this program: names of settings, versions, commands."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.engine import opensearch_client, opensearch_engine
from search_app.settings import PREFIX, Settings
from tests.conftest import ROOT
from tests.opensearch.nodes import VERSIONS

DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
KNOWN = {
    *(PREFIX + field.name.upper() for field in fields(Settings)),
    opensearch_client.USER,
    opensearch_client.PASSWORD,
    opensearch_client.CA,
    opensearch_engine.SHARDS,
    opensearch_engine.REPLICAS,
}


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"KAMERZOEK_[A-Z_]+[A-Z]", path.read_text("utf-8")))
    assert named <= KNOWN


def test_the_version_is_that_of_the_tests() -> None:
    newest = VERSIONS[0][1].removesuffix(".0")
    for name in ("compose.yml", "kubernetes.md"):
        found = re.findall(r"(?:opensearch:|version: )(\d+\.\d+\.\d+)", (DEPLOY / name).read_text())
        assert set(found) == {newest}, name


def test_every_variable_of_compose_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yml").read_text()))
    told = {line.partition("=")[0] for line in (DEPLOY / "example.env").read_text().splitlines()}
    assert asked == told


COMMANDS = re.findall(
    r"^    python -m indexer (\w+) ([^#\n]*)", (DEPLOY / "README.md").read_text(), re.MULTILINE
)


@pytest.mark.parametrize(("command", "rest"), COMMANDS)
def test_every_command_that_is_printed_is_understood(
    command: str, rest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # `--help` at the end: the options before it are parsed, and nothing is done.
    with pytest.raises(SystemExit) as ended:
        main([command, *shlex.split(rest.replace("…", "map")), "--help"])
    assert ended.value.code == 0
    usage = capsys.readouterr().out
    assert all(option in usage for option in re.findall(r"--\w+", rest))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_the_units_are_sound() -> None:
    units = sorted(str(path) for path in DEPLOY.glob("systemd/*") if "@" not in path.name)
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    wrong = [line for line in done.stderr.splitlines() if "/opt/kamerzoek" not in line]
    assert wrong == []
