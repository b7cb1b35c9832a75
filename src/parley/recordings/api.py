"""How a recording reaches the server: chunk by chunk, with the secret that starting it gave out.

Starting one takes a seat, so that its route stands with the room's (`parley.live`). Nothing here asks for a cookie or a
token: who records may leave the room, and is still owed the rest.
"""

import base64
import binascii
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from parley import recordings
from parley.access import bearer_of
from parley.artefacts import Artefact, ArtefactState
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.faults import FieldError, Invalid, Unauthenticated
from parley.ground.storage import Storage
from parley.ground.words import N_
from parley.people import PUBLIC
from parley.recordings.artefact_routes import routes as artefact_routes
from parley.recordings.mark import Mark, MarkKind
from parley.recordings.recording import CHUNK_LIMIT, MOST_CHUNKS, Chunk, chunk_of

_DIGEST = "sha-256=:"
_LONGEST = 7 * 24 * 3_600_000


class NewMark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place in the recording; `number` counts them, so that sending one twice is sending it once."""

    number: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
    milliseconds: Annotated[int, msgspec.Meta(ge=0, le=_LONGEST)]
    kind: MarkKind
    who: Annotated[str, msgspec.Meta(pattern=r"\A[1-9][0-9]{0,18}\Z")]


class Marks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Places in the recording."""

    marks: list[NewMark]


class Finish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much there is of a recording that is over."""

    chunks: Annotated[int, msgspec.Meta(ge=0, le=MOST_CHUNKS)]
    milliseconds: Annotated[int, msgspec.Meta(ge=0, le=_LONGEST)] | None = None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How far a recording has come; `failure` is in English."""

    id: str
    state: ArtefactState
    failure: str | None

    @classmethod
    def of(cls, artefact: Artefact) -> "Standing":
        """Show how far a recording has come."""
        return cls(id=ids.text(artefact.id), state=artefact.state, failure=artefact.failure)


AnyRequest = Request[Any, Any, Any]


@put(
    "/live/v1/recordings/{recording:str}/chunks/{number:int}",
    opt=PUBLIC,
    status_code=HTTP_204_NO_CONTENT,
    request_max_body_size=CHUNK_LIMIT,
)
async def send_chunk(
    request: AnyRequest,
    recording: FromPath[str],
    number: FromPath[int],
    *,
    store: NamedDependency[Store],
    storage: NamedDependency[Storage],
    clock: NamedDependency[Clock],
) -> None:
    """Keep a chunk: answered once it is durable. Its Content-Digest (RFC 9530) is compared with what came."""
    artefact, key = ids.parse(recording), _secret_of(request)
    content = await request.body()
    chunk = chunk_of(number, content)
    _check_digest(request, chunk)
    await recordings.keep_chunk(store, storage, artefact, chunk, content=content, key=key, clock=clock)


@post("/live/v1/recordings/{recording:str}/marks", opt=PUBLIC, status_code=HTTP_204_NO_CONTENT)
async def send_marks(
    request: AnyRequest, recording: FromPath[str], *, data: JSONBody[Marks], store: NamedDependency[Store]
) -> None:
    """Keep places in the recording: who came, shared a screen, began to speak."""
    found = [
        Mark(number=one.number, milliseconds=one.milliseconds, kind=one.kind, participant=int(one.who))
        for one in data.marks
    ]
    await store.write(recordings.take_marks, ids.parse(recording), found, key=_secret_of(request))


@post("/live/v1/recordings/{recording:str}/finish", opt=PUBLIC, status_code=HTTP_200_OK)
async def finish(
    request: AnyRequest,
    recording: FromPath[str],
    *,
    data: JSONBody[Finish],
    store: NamedDependency[Store],
    clock: NamedDependency[Clock],
) -> Response[Standing]:
    """Say that a recording is over, and how many chunks it has."""
    ended = await store.write(
        recordings.finish_recording,
        ids.parse(recording),
        chunks=data.chunks,
        milliseconds=data.milliseconds,
        key=_secret_of(request),
        now=clock(),
    )
    return Response(Standing.of(ended))


@get("/live/v1/recordings/{recording:str}", opt=PUBLIC)
async def standing(request: AnyRequest, recording: FromPath[str], *, store: NamedDependency[Store]) -> Standing:
    """Tell how far a recording has come."""
    return Standing.of(await store.read(recordings.artefact_of_key, ids.parse(recording), key=_secret_of(request)))


def _secret_of(request: AnyRequest) -> str:
    """Return the secret that came along. Raises Unauthenticated where none did."""
    secret = bearer_of(request.scope)
    if secret is None:
        raise Unauthenticated(N_("Send the secret of the recording: Authorization: Bearer …"))
    return secret


def _check_digest(request: AnyRequest, chunk: Chunk) -> None:
    written = request.headers.get("content-digest", "")
    try:
        given = base64.b64decode(written.removeprefix(_DIGEST).removesuffix(":"), validate=True).hex()
    except binascii.Error:
        given = ""
    if not written.startswith(_DIGEST) or given != chunk.sha256:
        raise Invalid(FieldError("content-digest", N_("This is not the SHA-256 of what came; send it again.")))


api_routes = artefact_routes
routes = [send_chunk, send_marks, finish, standing]
