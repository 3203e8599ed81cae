"""The options of all commands that read PDFs."""

from __future__ import annotations

import argparse
import os

from indexer.extract.limits import Limits
from indexer.how import How


def how_of(options: argparse.Namespace) -> How:
    """Return how files are to be read."""
    return How(
        workers=options.workers,
        limits=Limits(seconds=options.limit_seconds),
        ocr=options.ocr,
        retry_failed=getattr(options, "retry_failed", False),
    )


def reading_options() -> argparse.ArgumentParser:
    """Return the options of a command that reads PDFs."""
    options = argparse.ArgumentParser(add_help=False)
    cores = len(os.sched_getaffinity(0))
    options.add_argument("--workers", type=_workers, default=cores, help="processen die lezen")
    options.add_argument(
        "--limit-seconds", type=_seconds, default=20.0, metavar="S", help="tijd per PDF (20)"
    )
    options.add_argument(
        "--ocr", choices=("auto", "off", "force"), default="auto", help="scans lezen met tesseract"
    )
    return options


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError("geef een getal van 1 tot en met 256")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 86400:
        raise argparse.ArgumentTypeError("geef een aantal seconden boven 0")
    return value
