"""Sending an artefact's bytes: whole, or the range that was asked for (RFC 9110, section 14)."""

import re
from collections.abc import Mapping
from urllib.parse import quote

import msgspec
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK, HTTP_206_PARTIAL_CONTENT, HTTP_416_REQUESTED_RANGE_NOT_SATISFIABLE

from parley.artefacts.artefact import Artefact
from parley.artefacts.file_name import file_name
from parley.ground.faults import NotFound
from parley.ground.storage import Storage
from parley.ground.words import N_

_RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{1,18})?|-([0-9]{1,18}))")
_SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""What an answer may do that a browser opens as a page, whatever is in it: nothing."""


class Range(msgspec.Struct, frozen=True):
    """A part of a file: from a byte on, and how many."""

    start: int
    length: int


def range_wanted(headers: Mapping[str, str], *, size: int, etag: str) -> Range | None:
    """Return the one range that is asked for; None for the whole file, also where a range makes no sense to us.

    A range of another state of the file (If-Range) is answered with the whole of this one. One that lies behind the
    end has no bytes.
    """
    written = _RANGE.fullmatch(headers.get("range", "").replace(" ", ""))
    if written is None or headers.get("if-range", etag) != etag:
        return None
    first, last, suffix = written.groups()
    if first is None:
        length = min(int(suffix), size)
        return Range(size - length, length)
    start = int(first)
    end = min(int(last), size - 1) if last is not None else size - 1
    if last is not None and int(last) < start:
        return None
    return Range(start, max(0, end - start + 1))


def content(artefact: Artefact, storage: Storage, headers: Mapping[str, str], *, download: bool) -> Stream:
    """Answer with the bytes of an artefact that is ready, as a file to keep or as something to play."""
    if artefact.storage_key is None or artefact.bytes is None:
        raise NotFound(N_("There is no recording or file under this id."))
    size = artefact.bytes
    wanted = range_wanted(headers, size=size, etag=artefact.etag)
    told = {
        "accept-ranges": "bytes",
        "etag": artefact.etag,
        "cache-control": "private, no-cache",
        "content-disposition": _disposition(file_name(artefact), download=download),
        "content-security-policy": _SANDBOX,
    }
    status = HTTP_200_OK if wanted is None else HTTP_206_PARTIAL_CONTENT
    part = Range(0, size) if wanted is None else wanted
    if wanted is not None and part.length == 0:
        status, told["content-range"] = HTTP_416_REQUESTED_RANGE_NOT_SATISFIABLE, f"bytes */{size}"
    elif wanted is not None:
        told["content-range"] = f"bytes {part.start}-{part.start + part.length - 1}/{size}"
    told["content-length"] = str(part.length)
    pieces = storage.parts(artefact.storage_key, start=part.start, length=part.length)
    return Stream(pieces, status_code=status, media_type=artefact.format, headers=told)


def _disposition(name: str, *, download: bool) -> str:
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    kind = "attachment" if download else "inline"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
