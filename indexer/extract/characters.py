"""Characters as painted → characters as written: ligatures, kinds of space, accents set apart.

In goes text of any length, out comes text in the usual form (Unicode NFC).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

SPACES: Final = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B)))
)
USUAL: Final = str.maketrans(
    {
        **dict.fromkeys(SPACES, " "),
        # Bullets of Symbol and Wingdings, which Word writes as codes of its own.
        "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "•", "\uf0fc": "•", "\uf076": "•", "\uf0e0": "→",
        "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
        "ĳ": "ij", "Ĳ": "IJ", "\u2010": "-", "\u2011": "-", "\u2212": "-",
        "\x02": "\u00ad",
        "\u200b": None, "\u200c": None, "\u200d": None, "\u200e": None, "\u200f": None,
        "\ufeff": None, "\u2060": None, "\x00": None,
    }
)  # fmt: skip
ACCENTS: Final = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327",
    "ˇ": "\u030c", "\u02d9": "\u0307",
}  # fmt: skip
BASES: Final = "A-Za-zıȷ"
MARKS: Final = "".join(ACCENTS)
BEHIND: Final = re.compile(rf"([{BASES}])([{MARKS}])(?=\W|$)")
AMID: Final = re.compile(
    rf"(?<=\w)([{BASES}])([{MARKS}])(?=\w)|(?<=\w)([{MARKS}])([{BASES}])(?=\w)"
)


def usual(text: str) -> str:
    """Return text with ligatures taken apart, spaces made plain and marks of layout left out."""
    return text if text.isascii() and text.isprintable() else text.translate(USUAL)


def composed(text: str) -> str:
    """Return a line with accents that were painted apart put on their letters."""
    if text.isascii() and "`" not in text:
        return text
    if any(mark in text for mark in MARKS):
        text = BEHIND.sub(lambda m: _with(m[1], m[2]), text)
        text = AMID.sub(lambda m: _with(m[1] or m[4], m[2] or m[3]), text)
    return unicodedata.normalize("NFC", text)


def _with(letter: str, mark: str) -> str:
    """Return a letter with its accent; a pair that makes no letter stays as it was."""
    plain = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    made = unicodedata.normalize("NFC", plain + ACCENTS[mark])
    return made if len(made) == 1 else letter + mark
