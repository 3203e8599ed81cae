"""Pages of PDFs as images: drawn by a child, bounded in number, time and memory, kept a while."""

from __future__ import annotations

import struct
import threading
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_app.errors import BusyError, NoImageError
from search_app.pdf import image as pdfimage
from search_app.pdf.image import Leaf, Renderer, draw
from search_app.serving.crowd import Crowd
from tests.conftest import SAMPLE, typeset

PAPER = "kst-36600-XII-9"
FILE = SAMPLE / f"{PAPER}.pdf"


def size(png: bytes) -> tuple[int, ...]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def test_a_page_is_drawn_with_its_words_where_they_stand() -> None:
    leaf = draw(FILE, 2)
    assert (leaf.pages, size(leaf.png)) == (8, (leaf.width, leaf.height))
    assert leaf.width == pdfimage.WIDTH
    (bridge,) = [word for word in leaf.words if word.text == "brug"]
    # Beside the wide margin of a Kamerstuk, in the upper part of the page.
    assert 0.35 < bridge.left < bridge.right < 0.95
    assert 0.05 < bridge.top < bridge.bottom < 0.3


NO_IMAGE = [
    ("kst-36600-XII-9.pdf", 9),  # past the last page
    ("kst-36600-XII-9.pdf", 0),
    ("geen-pdf.pdf", 1),
    ("versleutelde-brief.pdf", 1),  # needs a password
    ("bestaat-niet.pdf", 1),
]


@pytest.mark.parametrize(("name", "number"), NO_IMAGE)
def test_what_cannot_be_drawn_is_told(name: str, number: int) -> None:
    with pytest.raises(NoImageError):
        draw(SAMPLE / name, number)


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfimage, "SECONDS", 0.001)
    with pytest.raises(NoImageError):
        draw(FILE, 1)


def test_pages_are_kept_within_their_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []

    def fake(path: Path, number: int) -> Leaf:
        drawn.append(number)
        return Leaf(b"x" * 100, 1, 1, 9, ())

    monkeypatch.setattr(pdfimage, "draw", fake)
    path = typeset(tmp_path / "x.pdf", ["x"])
    renderer = Renderer(Crowd(8), kept_bytes=250)
    for number in (1, 2, 1, 3, 1, 2):
        renderer.leaf(path, number)
    assert drawn == [1, 2, 3, 2]  # 2 was the longest unused when 3 came
    path.write_bytes(path.read_bytes() + b"\n")
    renderer.leaf(path, 1)
    assert drawn[-1] == 1  # another file now


def test_too_many_at_once_wait_and_are_then_told(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    def slow(path: Path, number: int) -> Leaf:
        begun.release()
        go_on.wait(10)
        return Leaf(b"", 1, 1, 1, ())

    monkeypatch.setattr(pdfimage, "draw", slow)
    monkeypatch.setattr(pdfimage, "WAIT_SECONDS", 0.01)
    renderer = Renderer(Crowd(8))
    threads = [
        threading.Thread(target=renderer.leaf, args=(FILE, number))
        for number in range(pdfimage.AT_ONCE)
    ]
    for thread in threads:
        thread.start()
        begun.acquire()
    with pytest.raises(BusyError):
        renderer.leaf(FILE, 7)
    go_on.set()
    for thread in threads:
        thread.join()
    assert renderer.leaf(FILE, 0).width == 1  # kept, and the places are free again


ADDRESSES = [
    # (address, status)
    (f"/papers/{PAPER}/pdf/8", 200),
    (f"/papers/{PAPER}/pdf/9", 404),
    (f"/papers/{PAPER}/pdf/0", 404),
    (f"/papers/{PAPER}/pdf/9.png", 404),
    (f"/papers/{PAPER}/pdf/1?vreemd=1", 400),
    (f"/papers/{PAPER}/pdf/1.png?q=x", 400),
    ("/papers/bestaat-niet/pdf/1", 404),
]


@pytest.mark.parametrize(("address", "status"), ADDRESSES)
def test_addresses_of_pages(sample_client: FlaskClient, address: str, status: int) -> None:
    assert sample_client.get(address).status_code == status


def test_an_image_is_kept_under_an_address_that_changes_with_the_file(
    sample_client: FlaskClient,
) -> None:
    page = sample_client.get(f"/papers/{PAPER}/pdf/2").get_data(as_text=True)
    address = page.partition('<img src="/papers')[2].partition('"')[0]
    image = sample_client.get(f"/papers{address}")
    assert image.mimetype == "image/png"
    assert "max-age=604800" in image.headers["Cache-Control"]
    again = sample_client.get(f"/papers{address}", headers={"If-None-Match": image.headers["ETag"]})
    assert again.status_code == 304
    other = sample_client.get(f"/papers/{PAPER}/pdf/2.png?v=1")
    assert "max-age=0" in other.headers["Cache-Control"]
