"""`python -m search_app`."""

from __future__ import annotations

import os
import sys

from indexer.installed import end_without, refuse_old_python


def main() -> int:
    """Run a command.

    Threads that multiply matrices wait for each other by spinning: for the small ones here that
    costs more CPU than it saves time, and is to be said before numpy is loaded.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from search_app.cli import main as run  # noqa: PLC0415 (numpy is loaded by it)

    return run()


if __name__ == "__main__":
    refuse_old_python("search_app")
    try:
        code = main()
    except ModuleNotFoundError as error:
        end_without(error, "search_app")
        raise
    sys.exit(code)
