"""A studio: a session in the whole application that somebody records, and a real recording to send."""

import asyncio
import base64
import hashlib
import subprocess
from datetime import datetime
from functools import cache
from pathlib import Path

import httpx
import msgspec

from parley.ground.db import Connection
from parley.live import issue_seat
from parley.people import Caller
from parley.recordings import Finisher
from parley.sessions import Ending, RoomRole, Session, close_session, enter
from tests.doors import Doors
from tests.sessions.stage import open_at

PIECE = 4_000


@cache
def film() -> bytes:
    """A recording of two seconds as browsers make them: VP8 and Opus in WebM, without an index."""
    picture, sound = "testsrc=size=320x180:rate=10:duration=2", "sine=duration=2"
    sources = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
    live = ["-c:v", "libvpx", "-c:a", "libopus", "-f", "webm", "-live", "1", "-"]
    made = subprocess.run(["ffmpeg", "-v", "error", *sources, *live], check=True, capture_output=True)
    return made.stdout


def pieces(content: bytes) -> list[bytes]:
    """Return it in chunks, as MediaRecorder gives them: cut anywhere."""
    return [content[at : at + PIECE] for at in range(0, len(content), PIECE)]


class Take(msgspec.Struct, frozen=True):
    """A recording that somebody makes."""

    id: str
    client: httpx.AsyncClient

    async def send(self, number: int, piece: bytes, *, digest: bytes | None = None) -> httpx.Response:
        """Send a chunk."""
        found = base64.b64encode(hashlib.sha256(piece if digest is None else digest).digest()).decode()
        headers = {"content-digest": f"sha-256=:{found}:"}
        return await self.client.put(f"/live/v1/recordings/{self.id}/chunks/{number}", content=piece, headers=headers)

    async def send_all(self, content: bytes) -> int:
        """Send everything, and return in how many chunks."""
        for number, piece in enumerate(pieces(content), start=1):
            assert (await self.send(number, piece)).status_code == 204
        return len(pieces(content))

    async def finish(self, chunks: int) -> httpx.Response:
        """Say that it is over."""
        return await self.client.post(f"/live/v1/recordings/{self.id}/finish", json={"chunks": chunks})

    async def state(self) -> str:
        """Return how far it has come."""
        return str((await self.client.get(f"/live/v1/recordings/{self.id}")).json()["state"])


class Studio(msgspec.Struct, frozen=True):
    """A session of Olga's with Otto as co-host, in the whole application."""

    doors: Doors
    session: Session

    async def seat(
        self, who: Caller | str, role: RoomRole = RoomRole.ATTENDEE, *, waits: bool = False
    ) -> httpx.AsyncClient:
        """Let somebody in, and return a client with their seat; or let them wait before the room."""
        now = self.doors.clock()
        token = await self.doors.store.write(_admit, self.session.id, who, role=role, waits=waits, now=now)
        return self.doors.client(Authorization=f"Bearer {token}", Accept="application/json")

    async def record(self, who: Caller | None = None, *, format_: str = "video/webm;codecs=vp8,opus") -> Take:
        """Let a host begin to record: Olga, unless somebody else is named."""
        host = who or self.doors.cast.olga
        client = await self.seat(host, RoomRole.HOST if who is None else RoomRole.COHOST)
        answer = await client.post("/live/v1/recordings", json={"format": format_})
        assert answer.status_code == 201, answer.text
        return self.take(answer)

    def take(self, answer: httpx.Response) -> Take:
        """Return the recording that began."""
        begun = answer.json()
        client = self.doors.client(Authorization=f"Bearer {begun['secret']}", Accept="application/json")
        return Take(begun["id"], client)

    async def end(self) -> None:
        """End the session for all."""
        by, now = self.doors.cast.olga.person, self.doors.clock()
        await self.doors.store.write(close_session, self.session.id, by=by, how=Ending.HOST, now=now)

    @property
    def finisher(self) -> Finisher:
        """Puts recordings together, beside the application's own."""
        state = self.doors.app.state
        return Finisher(state.store, state.storage, state.settings, clock=self.doors.clock)

    async def settled(self, take: Take) -> str:
        """Put together what waits for it, until this recording is done with, and return what became of it."""
        while (state := await take.state()) not in {"ready", "failed"}:
            await self.finisher.finish()
            await asyncio.sleep(0.02)
        return state

    def files(self) -> list[Path]:
        """Return the files in the storage that are no chunks."""
        folder = self.doors.app.state.settings.data / "files"
        return [file for file in folder.rglob("*") if file.is_file() and file.parent.name != "chunks"]

    async def bytes_of(self, take: Take) -> bytes:
        """Return what a recording came to."""
        api = await self.doors.api(self.doors.cast.olga)
        answer = await api.get(f"/api/v1/artefacts/{take.id}/content")
        assert answer.status_code == 200, answer.text
        return answer.content


async def open_studio(doors: Doors) -> Studio:
    """Open a session that can be recorded."""
    cast = doors.cast
    session = await doors.store.write(open_at, host=cast.olga, cohosts=[cast.otto], now=doors.clock())
    return Studio(doors, session)


def _admit(db: Connection, session: int, who: Caller | str, *, role: RoomRole, waits: bool, now: datetime) -> str:
    person, name = (None, who) if isinstance(who, str) else (who.person, who.name)
    participant = enter(db, session, person=person, name=name, role=role, now=now)
    issued = issue_seat(
        db,
        session=session,
        account=participant.account,
        participant=participant.id,
        person=person,
        name=name,
        role=role,
        waits=waits,
        now=now,
    )
    return issued.token


def played(content: bytes, *ask: str) -> str:
    """Return what ffprobe says of a file."""
    command = ["ffprobe", "-v", "error", "-of", "csv=p=0", *ask, "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode().strip()
