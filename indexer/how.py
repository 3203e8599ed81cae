"""How files are read, and the keys under which it is remembered what was read so."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from indexer.extract import version
from indexer.extract.limits import Limits
from indexer.extract.programs import available
from indexer.ledger import Entry
from indexer.structure.version import ASSEMBLED, PUBLISHED

BLIND = "-blind"
"""Added to the key of what was read without OCR and has a page without text."""


@dataclass(frozen=True, slots=True)
class How:
    """How files are read: with how many processes, for how long each, with OCR or not."""

    workers: int = 1
    limits: Limits = field(default_factory=Limits)
    ocr: str = "auto"
    retry_failed: bool = False

    @property
    def key(self) -> str:
        """Return what a stored paper depends on besides its PDF."""
        return _digest(version.VERSION, ASSEMBLED, PUBLISHED, self.ocr)

    @property
    def try_key(self) -> str:
        """Return what a failure depends on besides its PDF."""
        return _digest(self.key, str(self.limits))

    @property
    def has_ocr(self) -> bool:
        """Return whether a page without text would be read by OCR."""
        return self.ocr != "off" and available()

    @property
    def good_keys(self) -> tuple[str, ...]:
        """Return the keys of what need not be read again.

        A paper with a blank page that was read without OCR is not known once OCR is there.
        """
        return (self.key,) if self.has_ocr else (self.key, self.key + BLIND)

    def key_of(self, entry: Entry) -> str:
        """Return the key under which to remember what was just read."""
        if entry.facts is None:
            return self.try_key
        return self.key + BLIND if entry.facts.blank and not self.has_ocr else self.key


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
