"""A meeting that was recorded: twenty seconds that a browser drew, sent as browsers send theirs."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from parley import meetings, recordings, sessions
from parley.access import Context
from parley.demo.year import NODE, ZONE, Actor
from parley.ground.db import Connection
from parley.ground.storage import Storage
from parley.recordings import Mark, MarkKind

TITLE = "Coating for the LX-3"

_FILE = Path(__file__).with_name("media") / "optics-review.webm"
_MILLISECONDS = 20_000
_PEOPLE = ("Noor El Amrani", "Hanna Brandl", "Ravi Menon", "Yuki Tanabe")
_SPEAKING = ((0, 0), (5_000, 2), (9_000, 0), (13_000, 1), (17_000, 3))
"""Who speaks from when on, as the file shows it: milliseconds, and the place among the people."""

_SAID = (("Ravi Menon", "Left is with the new coating."), ("Yuki Tanabe", "Clearly better at 400 nm."))


class Take(msgspec.Struct, frozen=True, kw_only=True):
    """A recording that was begun, and the secret with which its bytes are sent."""

    artefact: int
    secret: str


async def hold_recorded(context: Context, actors: Mapping[str, Actor], *, now: datetime) -> None:
    """Let a meeting of the last working day be held and recorded, and put its recording together."""
    settings = context.settings
    take = await context.store.write(_hold, actors, begun=_lately(now))
    storage = Storage(settings.storage)
    content = _FILE.read_bytes()
    chunk = recordings.chunk_of(1, content)
    await recordings.keep_chunk(
        context.store, storage, take.artefact, chunk, content=content, key=take.secret, clock=context.clock
    )
    await recordings.Finisher(context.store, storage, settings, clock=context.clock).finish()


def _lately(now: datetime) -> datetime:
    """Return half past three on the working day before."""
    day = now.astimezone(ZoneInfo(ZONE)).date() - timedelta(days=1)
    while day.weekday() > 4:  # noqa: PLR2004 (Friday)
        day -= timedelta(days=1)
    return datetime.combine(day, time(15, 30, tzinfo=ZoneInfo(ZONE))).astimezone(UTC)


def _hold(db: Connection, actors: Mapping[str, Actor], *, begun: datetime) -> Take:
    by = actors[_PEOPLE[0]].caller
    new = meetings.NewMeeting(
        title=TITLE,
        starts_at=begun.isoformat(),
        ends_at=(begun + timedelta(minutes=30)).isoformat(),
        time_zone=ZONE,
    )
    meeting = meetings.schedule(db, new, password_hash=None, by=by, now=begun - timedelta(days=1))
    invited = [meetings.Wanted(person=str(actors[name].caller.person), required=True) for name in _PEOPLE[1:]]
    meetings.invite(db, meeting.id, invited, by=by, now=begun - timedelta(days=1))
    session = meetings.start(db, meeting.id, by=by, now=begun)
    there = [_come(db, session.id, actors[name], begun + timedelta(seconds=9 * n)) for n, name in enumerate(_PEOPLE)]
    first = begun + timedelta(minutes=4)
    take = recordings.start_recording(db, there[0], format_="video/webm", now=first)
    artefact, secret = take.artefact.id, take.secret
    for who in there[1:]:
        recordings.agree(db, artefact, participant=who, agreed=True, now=first + timedelta(seconds=3))
    marks = [
        Mark(number=n, milliseconds=at, kind=MarkKind.SPEAKING, participant=there[place])
        for n, (at, place) in enumerate(_SPEAKING, start=1)
    ]
    recordings.take_marks(db, artefact, marks, key=secret)
    for n, (name, text) in enumerate(_SAID, start=1):
        at = first + timedelta(seconds=6 * n)
        sessions.say(db, there[_PEOPLE.index(name)], text=text, key=f"said-{n}", now=at)
    stopped = first + timedelta(milliseconds=_MILLISECONDS)
    recordings.finish_recording(db, artefact, chunks=1, milliseconds=_MILLISECONDS, key=secret, now=stopped)
    over = begun + timedelta(minutes=27)
    sessions.heartbeat(db, there, now=over)
    sessions.close_session(db, session.id, by=by.person, how=sessions.Ending.HOST, now=over)
    return Take(artefact=artefact, secret=secret)


def _come(db: Connection, session: int, actor: Actor, at: datetime) -> int:
    leads = actor.caller.name == _PEOPLE[0]
    role = sessions.RoomRole.HOST if leads else sessions.RoomRole.ATTENDEE
    who = sessions.enter(db, session, person=actor.caller.person, name=actor.caller.name, role=role, now=at).id
    sessions.arrive(db, who, node=NODE, now=at)
    return who
