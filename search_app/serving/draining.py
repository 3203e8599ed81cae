"""Whether an application is being stopped: the server says so, `/readyz` tells it."""

from __future__ import annotations

import threading

from flask import Flask

DRAINING = "kamerzoek-draining"


def draining(app: Flask) -> threading.Event:
    """Return the event that says that the application is being stopped."""
    found: threading.Event = app.extensions.setdefault(DRAINING, threading.Event())
    return found
