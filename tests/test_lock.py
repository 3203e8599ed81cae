"""The lock of what is deployed: within setup.cfg, by hash, above what is known to be unsafe."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT

LOCK = ROOT / "deploy" / "requirements.lock"
LINE = re.compile(
    r"(?m)^([\w.-]+)==(\S+)((?: ;[^\\\n]*)?) \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)"
)
EXTRAS = ("loops", "opensearch", "s3")
FLOORS = {
    # package: the first version without the hole, see docs/decisions/1006
    "pdfminer-six": "20260107",
    "waitress": "3.0.1",
    "werkzeug": "3.0.6",
    "jinja2": "3.1.6",
    "h11": "0.16.0",
    "urllib3": "2.5.0",
    "requests": "2.32.4",
}


def locked() -> dict[str, list[Version]]:
    """Return what is locked; a package may have a version for each Python."""
    found: dict[str, list[Version]] = {}
    for name, version, _, _ in LINE.findall(LOCK.read_text("utf-8")):
        found.setdefault(canonicalize_name(name), []).append(Version(version))
    return found


def required() -> Iterator[Requirement]:
    """Yield what setup.cfg asks of what is deployed."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", "utf-8")
    texts = [config["options"]["install_requires"]]
    texts += [config["options.extras_require"][name] for name in EXTRAS]
    yield from (Requirement(line) for text in texts for line in text.split("\n") if line.strip())


@pytest.mark.parametrize("asked", [*required()], ids=lambda asked: str(asked.name))
def test_what_is_asked_is_locked_within_its_range(asked: Requirement) -> None:
    versions = locked().get(canonicalize_name(asked.name), [])
    assert versions, "make lock"
    assert all(version in asked.specifier for version in versions), "make lock"


def test_every_package_has_its_hashes() -> None:
    pinned = re.findall(r"(?m)^[\w.-]+==", LOCK.read_text("utf-8"))
    assert len(pinned) == sum(map(len, locked().values())) > len(list(required()))


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_nothing_is_under_a_version_that_is_known_to_be_unsafe(name: str, floor: str) -> None:
    assert min(locked()[name]) >= Version(floor)


def test_the_image_installs_by_the_lock_alone() -> None:
    docker = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
    assert "--require-hashes -r /wheels/requirements.lock" in docker
    image = docker.rpartition("\nFROM ")[2]
    assert image.count("pip install") == 2  # the lock, our own wheel
    assert "--no-deps /wheels/*.whl" in docker
