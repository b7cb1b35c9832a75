"""Coming to the door from outside: the throttled, asynchronous way to look at it and to come in."""

from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from parley.access import Bucket, Desk, address_bucket, count_guess, need_room, take_back
from parley.ground.db import Connection
from parley.ground.faults import Invalid, NotFound, OverLimit, Wrong
from parley.ground.words import N_
from parley.live import Issued
from parley.meetings.admit import admit
from parley.meetings.door import Door, door, parsed, role_at
from parley.meetings.rows.meetings import meeting_numbered, password_of
from parley.people import Caller
from parley.sessions import RoomRole

_GUESSES = 30
"""How many wrong numbers and passwords may come from one address in a quarter of an hour."""

_AT_ONE_DOOR = 100
"""How many wrong passwords of one meeting may come from anywhere in ten minutes; of signed-in people, from each."""

_SLOWLY = 5
"""How many may come in a minute after that."""

_GUESTS = 300
"""How many guests may come into a session from one address in a quarter of an hour: each stays in the record."""

_UNKNOWN = N_("There is no meeting with this number.")


class _Lock(msgspec.Struct, frozen=True, kw_only=True):
    """What the password of somebody who knocks is verified against; None when none is asked."""

    hash: str | None
    many: Bucket
    """Counts the wrong passwords of this meeting."""

    @property
    def few(self) -> Bucket:
        """Counts them when there were many: whoever guesses from a thousand addresses does not get far."""
        return replace(self.many, kind="at a door, slowly", most=_SLOWLY, within=timedelta(minutes=1))


async def look(desk: Desk, number: str, *, by: Caller | None, address: str) -> Door:
    """Return the door of a meeting. Raises NotFound, and OverLimit for an address that tries out numbers."""
    bucket, now = _bucket(address), desk.clock()
    found = await desk.store.read(_look, number, by=by, bucket=bucket, now=now)
    if found is None:
        await desk.store.write(count_guess, bucket, now=now)
        raise NotFound(_UNKNOWN)
    return found


async def join(desk: Desk, number: str, *, by: Caller | None, name: str, password: str | None, address: str) -> Issued:
    """Let somebody in and return their seat; raises what `admit` raises, and OverLimit for who guesses too often."""
    bucket = _bucket(address)
    lock = await desk.store.write(_knock, number, by=by, password=password, bucket=bucket, now=desk.clock())
    if lock is None:
        raise NotFound(_UNKNOWN)
    if lock.hash is not None and not await desk.hasher.verify(lock.hash, password or ""):
        await desk.store.write(_count_wrong, lock, now=desk.clock())
        raise Invalid(Wrong("password", N_("This is not the password of this meeting.")))
    return await desk.store.write(_admit, number, by=by, name=name, lock=lock, bucket=bucket, now=desk.clock())


def _bucket(address: str) -> Bucket:
    return address_bucket(address, kind="door", most=_GUESSES)


def _look(db: Connection, number: str, *, by: Caller | None, bucket: Bucket, now: datetime) -> Door | None:
    """Return the door; None when there is none. Writes nothing, for those who wait look again and again."""
    need_room(db, bucket, now=now)
    try:
        return door(db, number, by=by, now=now)
    except NotFound:
        return None


def _knock(
    db: Connection, number: str, *, by: Caller | None, password: str | None, bucket: Bucket, now: datetime
) -> _Lock | None:
    """Return what the password must open; None, with the guess counted, when no meeting has the number.

    A password is counted for its address before it is judged, so that many at once are not more. For the meeting only
    wrong ones are counted, for guests who come at once would wait for each other; and whether a password was right is
    told only where there is room for one more guess.
    """
    need_room(db, bucket, now=now)
    try:
        meeting = meeting_numbered(db, parsed(number))
    except NotFound:
        count_guess(db, bucket, now=now)
        return None
    meeting.need_open()
    lock = _Lock(hash=None, many=_at_the_door(meeting.id, by=by))
    if role_at(meeting, by) is not RoomRole.ATTENDEE or not meeting.has_password:
        return lock
    if not password:
        raise Invalid(Wrong("password", N_("This meeting asks for a password.")))
    _room_at_the_door(db, lock, now=now)
    count_guess(db, bucket, now=now)
    return replace(lock, hash=password_of(db, meeting))


def _at_the_door(meeting: int, *, by: Caller | None) -> Bucket:
    """Return what counts the wrong passwords of a meeting: strangers' guesses do not keep signed-in people out."""
    key = f"{meeting}" if by is None else f"{meeting} {by.person}"
    return Bucket(kind="at a door", key=key, most=_AT_ONE_DOOR, within=timedelta(minutes=10))


def _room_at_the_door(db: Connection, lock: _Lock, *, now: datetime) -> Bucket:
    """Return the bucket that counts now; raises OverLimit when there is no room for one more guess."""
    try:
        need_room(db, lock.many, now=now)
    except OverLimit:
        need_room(db, lock.few, now=now)
        return lock.few
    return lock.many


def _count_wrong(db: Connection, lock: _Lock, *, now: datetime) -> None:
    count_guess(db, _room_at_the_door(db, lock, now=now), now=now)


def _admit(
    db: Connection, number: str, *, by: Caller | None, name: str, lock: _Lock, bucket: Bucket, now: datetime
) -> Issued:
    if lock.hash is not None:
        _room_at_the_door(db, lock, now=now)
        take_back(db, bucket)
    issued = admit(db, number, by=by, name=name, proven=lock.hash, now=now)
    if issued.seat.user is None:
        count_guess(db, replace(bucket, kind=f"guests of {issued.seat.session}", most=_GUESTS), now=now)
    return issued
