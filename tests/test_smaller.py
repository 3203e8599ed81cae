"""What is made smaller comes back, by whatever library it was made, and is smaller."""

from __future__ import annotations

import gzip
import os
import zlib

import pytest

from indexer import smaller

TEXT = "De minister antwoordt de leden van de vaste commissie. " * 200


@pytest.fixture(params=["isal", "zlib"])
def _library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "zlib":
        monkeypatch.setattr(smaller, "isal_zlib", None)
        monkeypatch.setattr(smaller, "igzip", None)
    else:
        pytest.importorskip("isal")


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize("data", [b"", b"x", TEXT.encode(), os.urandom(100_000)])
def test_it_comes_back(data: bytes) -> None:
    assert zlib.decompress(smaller.deflated(data)) == data
    assert smaller.inflated(smaller.deflated(data)) == data
    assert smaller.inflated(zlib.compress(data)) == data
    packed = smaller.gzipped(data, 3)
    assert gzip.decompress(packed) == data
    assert packed == smaller.gzipped(data, 3)  # no time in it


@pytest.mark.usefixtures("_library")
def test_it_is_smaller() -> None:
    data = TEXT.encode()
    assert len(smaller.deflated(data)) < len(data) / 20
    assert len(smaller.gzipped(data, 3)) < len(data) / 20


@pytest.mark.usefixtures("_library")
def test_what_is_damaged_is_told_as_zlib_tells_it() -> None:
    whole = smaller.deflated(TEXT.encode())
    wrong = bytearray(whole)
    wrong[len(whole) // 2] ^= 0xFF
    for data in (b"", b"geen zlib", whole[:-6], whole[:-2], bytes(wrong)):
        with pytest.raises(zlib.error):
            smaller.inflated(data)
