"""Whether what Kamerzoek needs is installed, before the rest is loaded.

In goes nothing or an error of an import, out comes a sentence for who ran the sources with a Python
that is not that of `.venv`. Nothing is imported here, and an old Python can read it.
"""

import sys

NEWEST_THAT_IS_TOO_OLD = (3, 10)
OURS = ("indexer", "search_app")
HOW = (
    "Installeer Kamerzoek met make install en gebruik daarna .venv/bin/python -m {program}, of zet "
    "de omgeving eerst aan met source .venv/bin/activate."
)


def refuse_old_python(program: str) -> None:
    """End the program when this Python is too old to load it."""
    if sys.version_info[:2] <= NEWEST_THAT_IS_TOO_OLD:
        found = "{}.{}".format(*sys.version_info[:2])
        sys.exit(f"Kamerzoek heeft Python 3.11 of nieuwer nodig; dit is {found}. {how(program)}")


def end_without(error: ModuleNotFoundError, program: str) -> None:
    """End the program with what is not installed; raise the error when it is a part of ours."""
    name = (error.name or "").partition(".")[0]
    if not name or name in OURS:
        raise error
    sys.exit(f"Het pakket {name} is er niet in {sys.executable}. {how(program)}")


def how(program: str) -> str:
    """Return how to install and run it."""
    return HOW.format(program=program)
