"""The name by which a visitor asks for this site (`Host`), when it can be a name.

In goes a request, out comes the same request, or one that is refused. The story: a name that cannot
be one (`..`, a label of 20,000 letters) made Flask fail before it knew what was asked, outside of
everything that answers errors. Such a request goes on without its name, and is refused inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import request

from search_app.errors import ParameterError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST = 253
LABEL = r"[a-z0-9_-]{1,63}"
NAME = re.compile(rf"{LABEL}(?:\.{LABEL})*\.?(?::\d{{1,5}})?", re.IGNORECASE)
ADDRESS = re.compile(r"\[[0-9a-f:.]{2,45}\](?::\d{1,5})?", re.IGNORECASE)
REFUSED = "kamerzoek.host"


def is_host(text: str) -> bool:
    """Tell whether a text can be a host with or without a port: a name or an address."""
    return len(text) <= LONGEST and bool(NAME.fullmatch(text) or ADDRESS.fullmatch(text))


class CheckedHost:
    """The application, to which no name comes that cannot be one."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (WSGI)."""
        host = environ.get("HTTP_HOST")
        if host and not is_host(host):
            del environ["HTTP_HOST"]
            environ["SERVER_NAME"] = "localhost"  # a proxy's name for us is there too
            environ[REFUSED] = True
        return self._application(environ, start_response)


def refuse_host() -> None:
    """Raise `ParameterError` when the request came with a name that cannot be one."""
    if request.environ.get(REFUSED):
        raise ParameterError("De kop ‘Host’ van dit verzoek is geen naam van een site.")
