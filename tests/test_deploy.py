"""What deploy/ says is true of this program: names of settings, versions, commands."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from indexer import compiled
from indexer.cli import main
from indexer.engine.opensearch import address, client, engine
from search_app.answers.uploads import LARGEST
from search_app.server import BODY_BYTES
from search_app.settings import PREFIX, Settings
from search_app.web.answerpages import BODY
from tests.conftest import ROOT
from tests.opensearch.nodes import VERSIONS

DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
KNOWN = {
    *(PREFIX + field.name.upper() for field in fields(Settings)),
    address.USER,
    address.PASSWORD,
    client.CA,
    engine.SHARDS,
    engine.REPLICAS,
}


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"KAMERZOEK_[A-Z_]+[A-Z]", path.read_text("utf-8")))
    assert named <= KNOWN


def test_an_installed_program_has_every_folder() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", "utf-8")
    there = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for top in ("indexer", "search_app")
        for path in (ROOT / top).rglob("__init__.py")
    }
    assert set(config["options"]["packages"].split()) == there


@pytest.mark.parametrize("package", compiled.MODULES)
def test_the_image_has_what_was_compiled(package: str) -> None:
    assert f"/indexer/{package}/compiled/" in (DEPLOY / "Dockerfile").read_text("utf-8")


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
def test_the_units_are_sound(tmp_path: Path) -> None:
    for path in DEPLOY.glob("systemd/*"):  # a template is looked at as the unit of one share
        shutil.copy(path, tmp_path / path.name.replace("@.", "@3-8."))
    units = sorted(map(str, tmp_path.iterdir()))
    assert len(units) == 4
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    wrong = [line for line in done.stderr.splitlines() if "/opt/kamerzoek" not in line]
    assert wrong == []


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not here")
def test_nginx_reads_its_file(tmp_path: Path) -> None:
    """As it is, but for the certificate, which is made here, and the places of logs."""
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x"]
    command = [*make, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    site = (DEPLOY / "nginx.conf").read_text()
    site = re.sub(r"(ssl_certificate_key +)\S+;", rf"\g<1>{key};", site)
    site = re.sub(r"(ssl_certificate +)\S+;", rf"\g<1>{certificate};", site)
    site = site.replace("/var/log/nginx/", f"{tmp_path}/")
    temporary = "".join(
        f"{name}_temp_path {tmp_path}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{site}\n}}\n"
    (tmp_path / "nginx.conf").write_text(whole)
    tried = ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(tried, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "test is successful" in done.stderr


def test_the_image_has_what_scans_need() -> None:
    """tesseract with Dutch, and pdftoppm (poppler-utils), which makes an image of a page."""
    image = (DEPLOY / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    installed = re.search(r"apt-get install [^&]*", image)
    assert installed is not None
    assert {"poppler-utils", "tesseract-ocr", "tesseract-ocr-nld"} <= {*installed[0].split()}


def test_the_proxies_take_what_the_application_takes() -> None:
    """A file of questions that the page promises to read is not refused on its way."""
    megabytes = BODY // 1024**2
    nginx, caddy = ((DEPLOY / name).read_text() for name in ("nginx.conf", "Caddyfile"))
    assert f"client_max_body_size {megabytes}m;" in nginx
    assert f"max_size {megabytes}MB" in caddy
    assert BODY_BYTES >= BODY > LARGEST


def test_the_share_of_a_unit_is_a_share() -> None:
    """A unit's name has no slash: 3-8 is typed, and what runs gets 3/8."""
    unit = (DEPLOY / "systemd" / "kamerzoek-share@.service").read_text()
    (line,) = re.findall(r"^ExecStart=/bin/sh -c '(.*)'$", unit, re.MULTILINE)
    told = line.replace("exec /opt/kamerzoek/bin/python -m indexer", "printf '%s\\n'")
    named = {"SHARE": "3-8", "PAPERS": "/een map", "LOCATION": "plaats", "STORE": "/opslag"}
    done = subprocess.run(
        ["/bin/sh", "-c", told], env=named, capture_output=True, text=True, check=True
    )
    expected = ["build", "/een map", "--index", "plaats", "--store", "/opslag", "--share", "3/8"]
    assert done.stdout.splitlines() == expected


@pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not here")
def test_caddy_reads_its_file(tmp_path: Path) -> None:
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    there = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "SITE": "zoek.example.nl"}
    done = subprocess.run(command, env=there, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Valid configuration" in done.stdout + done.stderr
