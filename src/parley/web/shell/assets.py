"""Static files under an address that changes with their content, so that browsers may keep them for ever."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.params import FromPath

from parley.access import PUBLIC
from parley.ground.faults import NotFound
from parley.ground.words import N_

FOLDER = Path(__file__).parent.parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
NOT_TO_BE_KEPT = "no-cache"

_TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json"}
_WORTH_PACKING = 1_000


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent: plain, and packed where that saves something."""

    plain: bytes
    packed: bytes | None
    media_type: str


@cache
def build() -> str:
    """Return the name of this state of all static files: a hash of their names and content."""
    whole = hashlib.sha256()
    for path in sorted(file for file in FOLDER.rglob("*") if file.is_file()):
        whole.update(f"{path.relative_to(FOLDER)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:12]


def address(path: str) -> str:
    """Return where a page finds the static file."""
    return f"/static/{build()}/{path}"


@cache
def _names() -> frozenset[str]:
    return frozenset(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*") if file.is_file())


@cache
def _asset(name: str) -> Asset:
    plain = (FOLDER / name).read_bytes()
    suffix = Path(name).suffix
    media_type = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or MediaType.TEXT
    packed = gzip.compress(plain, mtime=0) if len(plain) > _WORTH_PACKING else None
    return Asset(plain, packed if packed is not None and len(packed) < len(plain) else None, media_type)


@get("/static/{of:str}/{path:path}", opt=PUBLIC, include_in_schema=False, sync_to_thread=False)
def asset(request: Request[Any, Any, Any], of: FromPath[str], path: FromPath[str]) -> Response[bytes]:
    """Send a static file; one asked for under the name of another build is not to be kept."""
    name = path.removeprefix("/")
    if name not in _names():
        raise NotFound(N_("There is no page at this address."))
    found = _asset(name)
    takes_packed = found.packed is not None and "gzip" in request.headers.get("accept-encoding", "")
    headers = {"cache-control": FOR_EVER if of == build() else NOT_TO_BE_KEPT, "vary": "accept-encoding"}
    if takes_packed:
        headers["content-encoding"] = "gzip"
    body = found.packed if found.packed is not None and takes_packed else found.plain
    return Response(body, media_type=found.media_type, headers=headers)
