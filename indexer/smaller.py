"""Bytes → fewer bytes that any zlib or gzip reads, and back: quicker where ISA-L is installed.

In go the bytes of a text, out come compressed ones, or the other way round. ISA-L (the extra
`loops`) takes a quarter of the time that zlib takes for the same size (docs/decisions/0012). Which
of the two wrote a file makes no difference to who reads it.
"""

from __future__ import annotations

import gzip
import zlib

try:
    from isal import igzip, isal_zlib
except ImportError:  # there is no wheel for this machine, or nobody asked for it
    igzip = isal_zlib = None  # type: ignore[assignment,unused-ignore]

BEST = 3
"""ISA-L's highest level."""
LEVEL = 4
"""Of zlib: a fifth quicker than 6, and one in a hundred larger."""
WINDOW, MEMORY = 14, 7
"""Of zlib, as powers of two: a text is some kilobytes, and filling tables takes time too."""


def deflated(data: bytes) -> bytes:
    """Return bytes in zlib's format."""
    if isal_zlib is not None:
        return isal_zlib.compress(data, BEST)
    made = zlib.compressobj(LEVEL, zlib.DEFLATED, WINDOW, MEMORY)
    return made.compress(data) + made.flush()


def inflated(data: bytes) -> bytes:
    """Return the bytes that were `deflated`. Raises `zlib.error`."""
    if isal_zlib is not None:
        try:
            return isal_zlib.decompress(data)
        except isal_zlib.error:  # type: ignore[misc,unused-ignore] # zlib tells what is wrong
            pass
    return zlib.decompress(data)


def gzipped(data: bytes, level: int) -> bytes:
    """Return bytes in gzip's format, without a time; `level` is gzip's."""
    if igzip is not None:
        return igzip.compress(data, BEST, mtime=0)
    return gzip.compress(data, level, mtime=0)
