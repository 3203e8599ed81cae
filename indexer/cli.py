"""The commands. Each is in a module of its own, which is loaded when its command is asked for.

In go the words of the command line, out come text, JSON and an exit code: 0 when all went well,
3 when some files failed and the rest is searchable, 2 for wrong use, 1 for a fault, 130 when the
user stopped it.
"""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

from indexer.arguments import parser
from indexer.commands.exits import FAULT, STOPPED, WRONG_USE, complain
from indexer.engine.errors import EngineError
from indexer.folder import SourceError
from indexer.refused import told
from indexer.sources.errors import StopError
from indexer.store import StoreError

MODULES = {
    "build": "build",
    "fetch": "fetch",
    "completeness": "completeness",
    "generations": "generations",
    "rollback": "generations",
    "publish": "generations",
    "doctor": "doctor",
    "show": "reading",
    "extract": "reading",
    "citations": "index",
    "check": "index",
    "tables": "index",
    "compile": "compiling",
}
"""The module of each command: reading a paper needs no HTTP, no index and no numpy."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    options = _parser(words[0] if words else "").parse_args(words)
    _stop_when_asked()
    try:
        return int(options.run(options))
    except (SourceError, StopError) as error:
        return complain(str(error), WRONG_USE)
    except (EngineError, StoreError) as error:
        return complain(str(error), FAULT)
    except KeyboardInterrupt:
        kept = "Gestopt. Wat er al was is bewaard; dezelfde opdracht gaat verder."
        return complain(kept if "goes_on" in options else "Gestopt.", STOPPED)
    except BrokenPipeError:
        sys.stderr.close()
        return FAULT
    except OSError as error:
        kept = "Wat er al was is bewaard, en de oude index geldt nog."
        return complain(f"Lezen of schrijven lukt niet: {told(error)}. {kept}", FAULT)


def _stop_when_asked() -> None:
    """Let SIGTERM (of systemd, of a container) stop a command as Ctrl-C does."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)


def _stop(number: int, frame: object) -> NoReturn:
    del number, frame
    raise KeyboardInterrupt


def _parser(asked: str) -> argparse.ArgumentParser:
    """Return a parser of the command that is asked for, or of all when it is none of them."""
    made = parser(
        "kamerzoek-index",
        "Maakt een doorzoekbare index van Kamerstukken (PDF's of lijsten van stukken).",
    )
    commands = made.add_subparsers(required=True, metavar="OPDRACHT")
    modules = [MODULES[asked]] if asked in MODULES else dict.fromkeys(MODULES.values())
    for module in modules:
        importlib.import_module(f"indexer.commands.{module}").add_to(commands)
    return made
