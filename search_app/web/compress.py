"""An answer → a smaller one for who takes gzip: pages, JSON, the style sheet and the script.

In go a request and its response, the response is changed in place. What is streamed (exports), sent
in part (PDFs) or small stays as it is. Answers hold no secrets, so that their size gives none away.
"""

from __future__ import annotations

import functools
import gzip

from flask import Request, Response

from indexer.smaller import gzipped

WORTH = 1024
"""Smaller answers fit in a packet anyway."""
LEVEL = 6
TYPES = frozenset(
    {
        "text/html", "text/css", "text/javascript", "text/plain", "application/json",
        "application/atom+xml", "application/opensearchdescription+xml", "image/svg+xml",
    }
)  # fmt: skip


def compress(request: Request, response: Response) -> None:
    """Compress a response when the browser takes it and it is worth it."""
    if response.status_code != 200 or response.mimetype not in TYPES:
        return
    is_file = response.direct_passthrough
    if response.is_streamed and not is_file:
        return
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or "Content-Encoding" in response.headers:
        return
    if is_file:
        response.direct_passthrough = False
    data = response.get_data()
    if len(data) < WORTH:
        return
    response.set_data(_kept(data) if is_file else gzipped(data, LEVEL))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)
    etag, _ = response.get_etag()
    if etag:  # the same page in other bytes
        response.set_etag(etag, weak=True)


@functools.lru_cache(maxsize=16)
def _kept(data: bytes) -> bytes:
    """Return a file of ours compressed; there are few and they do not change."""
    return gzip.compress(data, 9, mtime=0)
