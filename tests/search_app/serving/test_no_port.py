"""A server that cannot listen says which port or address, and what to choose instead."""

from __future__ import annotations

import socket

import pytest

from search_app.cli import main


def test_a_port_in_use(location: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--index", location, "--port", str(port)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"Poort {port} is al in gebruik, misschien door Kamerzoek zelf.")
    assert f"--port {port + 1} (bij make run: PORT={port + 1})" in told


# An address of a network that is kept for examples, and a name that is kept to lead nowhere
@pytest.mark.parametrize("host", ["192.0.2.1", "nergens.invalid"])
def test_an_address_of_another_machine(
    host: str, location: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--index", location, "--host", host, "--port", "0"]) == 1
    assert f"Op het adres ‘{host}’ kan deze machine niet luisteren." in capsys.readouterr().err
