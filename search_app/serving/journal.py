"""Log lines as JSON, one each, that say what happened and not what was asked.

In go log records, out come lines on stderr. Without `KAMERZOEK_LOG_QUERIES=1` no words of a visitor
are in them: a request is known by its route and not by its address, and of an exception the log has
the type and the place in the program, not its message, which may quote what was typed.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

NAME = "search_app"
REQUESTS = logging.getLogger(f"{NAME}.requests")
FIELDS = ("route", "method", "status", "ms", "generation", "query")
ADDRESS = re.compile(r"(Exception on|while serving) .*", re.DOTALL)
"""How Flask and Waitress name the address of a request in their own messages."""
LEVELS = {"verzoeken": logging.INFO, "fouten": logging.WARNING}


class JsonLines(logging.Formatter):
    """Makes a record a line of JSON; `queries` tells whether words of visitors may be in it."""

    def __init__(self, *, queries: bool) -> None:
        super().__init__()
        self._queries = queries

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        row: dict[str, Any] = {
            "time": when,
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if not self._queries:
            row["message"] = ADDRESS.sub(r"\1 …", row["message"])
        row |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if not self._queries:
            row.pop("query", None)
        if record.exc_info and record.exc_info[1] is not None:
            row["fault"] = self._fault(record.exc_info[1])
        return json.dumps(row, ensure_ascii=False)

    def _fault(self, error: BaseException) -> dict[str, Any]:
        frames = traceback.extract_tb(error.__traceback__)
        told: dict[str, Any] = {
            "type": f"{type(error).__module__}.{type(error).__qualname__}",
            "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
        }
        if self._queries:
            told["message"] = str(error)
        cause = error.__cause__ or error.__context__
        return told | ({"cause": self._fault(cause)} if cause is not None else {})


def set_up(level: str, *, queries: bool) -> None:
    """Send the log of this process to stderr as lines of JSON, from `level` on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(queries=queries))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(NAME).setLevel(LEVELS[level])
