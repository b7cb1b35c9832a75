"""Joining from outside: the throttled, asynchronous way to look a meeting up and to come in."""

from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from parley.access import AttemptLimit, Context, address_limit, check_limits, count_guess, take_back
from parley.ground.db import Connection
from parley.ground.faults import FieldError, Invalid, NotFound, OverLimit
from parley.ground.words import N_
from parley.live import IssuedSeat
from parley.meetings.admit import admit
from parley.meetings.join_info import JoinInfo, join_info, parsed
from parley.meetings.meeting import NotLive
from parley.meetings.rows.meetings import meeting_numbered, password_of
from parley.meetings.visit import ShownLink, visit
from parley.people import Caller

_GUESSES = 30
"""How many wrong numbers and passwords may come from one address in a quarter of an hour."""

_WRONG_AT_ONE_MEETING = 100
"""How many wrong passwords of one meeting may come from anywhere in ten minutes; of signed-in people, from each."""

_SLOWLY = 5
"""How many wrong passwords of one meeting may come in a minute once there were so many."""

_GUESTS = 300
"""How many guests may come into a session from one address in a quarter of an hour: each stays in the record."""

_UNKNOWN = N_("There is no meeting with this number.")


class _Door(msgspec.Struct, frozen=True, kw_only=True):
    """Who stands before which meeting, and with which personal link."""

    number: str
    by: Caller | None
    link: ShownLink | None


class _Lock(msgspec.Struct, frozen=True, kw_only=True):
    """What the password of somebody who asks to join is verified against; None when none is asked."""

    hash: str | None
    many: AttemptLimit
    """Counts the wrong passwords of this meeting."""

    @property
    def few(self) -> AttemptLimit:
        """Counts them when there were many: whoever guesses from a thousand addresses does not get far."""
        return replace(self.many, kind="meeting, slowly", most=_SLOWLY, within=timedelta(minutes=1))


async def look_up(
    context: Context, number: str, *, by: Caller | None, link: ShownLink | None = None, address: str
) -> JoinInfo:
    """Return what a join page shows. Raises NotFound, and OverLimit for an address that tries out numbers."""
    limit, now = _limit(address), context.clock()
    found = await context.store.read(_look_up, number, by=by, link=link, limit=limit, now=now)
    if found is None:
        await context.store.write(count_guess, limit, now=now)
        raise NotFound(_UNKNOWN)
    return found


async def join(
    context: Context,
    number: str,
    *,
    by: Caller | None,
    name: str,
    password: str | None,
    link: ShownLink | None = None,
    address: str,
) -> IssuedSeat:
    """Let somebody in and return their seat; raises what `admit` raises, and OverLimit for who guesses too often.

    The password is judged before it is asked whether the meeting is live, so that who waits for it knows that it is
    right.
    """
    limit, door = _limit(address), _Door(number=number, by=by, link=link)
    lock = await context.store.write(_prepare, door, password=password, limit=limit, now=context.clock())
    if lock is None:
        raise NotFound(_UNKNOWN)
    if lock.hash is not None and not await context.hasher.verify(lock.hash, password or ""):
        await context.store.write(_count_wrong, lock, now=context.clock())
        raise Invalid(FieldError("password", N_("This is not the password of this meeting.")))
    try:
        return await context.store.write(_admit, door, name=name, lock=lock, limit=limit, now=context.clock())
    except NotLive:
        await context.store.write(_take_back_right, lock, limit=limit)
        raise


def _limit(address: str) -> AttemptLimit:
    return address_limit(address, kind="join", most=_GUESSES)


def _look_up(
    db: Connection, number: str, *, by: Caller | None, link: ShownLink | None, limit: AttemptLimit, now: datetime
) -> JoinInfo | None:
    """Return the meeting; None when there is none. Writes nothing, for those who wait look again and again."""
    check_limits(db, limit, now=now)
    try:
        return join_info(db, number, by=by, link=link, now=now)
    except NotFound:
        return None


def _prepare(db: Connection, door: _Door, *, password: str | None, limit: AttemptLimit, now: datetime) -> _Lock | None:
    """Return what the password must open; None, with the guess counted, when no meeting has the number.

    A password is counted for its address before it is judged, so that many at once are not more. For the meeting only
    wrong ones are counted, for guests who come at once would wait for each other; and whether a password was right is
    told only where there is room for one more guess.
    """
    check_limits(db, limit, now=now)
    try:
        meeting = meeting_numbered(db, parsed(door.number))
    except NotFound:
        count_guess(db, limit, now=now)
        return None
    meeting.need_standing()
    lock = _Lock(hash=None, many=_wrong_passwords_of(meeting.id, by=door.by))
    if not meeting.has_password or visit(db, meeting, by=door.by, link=door.link).trusted:
        meeting.need_open()
        return lock
    if not password:
        raise Invalid(FieldError("password", N_("This meeting asks for a password.")))
    _limit_in_force(db, lock, now=now)
    count_guess(db, limit, now=now)
    return replace(lock, hash=password_of(db, meeting))


def _wrong_passwords_of(meeting: int, *, by: Caller | None) -> AttemptLimit:
    """Return what counts the wrong passwords of a meeting: strangers' guesses do not keep signed-in people out."""
    key = f"{meeting}" if by is None else f"{meeting} {by.person}"
    return AttemptLimit(kind="meeting", key=key, most=_WRONG_AT_ONE_MEETING, within=timedelta(minutes=10))


def _limit_in_force(db: Connection, lock: _Lock, *, now: datetime) -> AttemptLimit:
    """Return the limit that counts now; raises OverLimit when there is no room for one more guess."""
    try:
        check_limits(db, lock.many, now=now)
    except OverLimit:
        check_limits(db, lock.few, now=now)
        return lock.few
    return lock.many


def _count_wrong(db: Connection, lock: _Lock, *, now: datetime) -> None:
    count_guess(db, _limit_in_force(db, lock, now=now), now=now)


def _take_back_right(db: Connection, lock: _Lock, *, limit: AttemptLimit) -> None:
    """Count a password no more that was right."""
    if lock.hash is not None:
        take_back(db, limit)


def _admit(db: Connection, door: _Door, *, name: str, lock: _Lock, limit: AttemptLimit, now: datetime) -> IssuedSeat:
    if lock.hash is not None:
        _limit_in_force(db, lock, now=now)
    _take_back_right(db, lock, limit=limit)
    issued = admit(db, door.number, by=door.by, link=door.link, name=name, proven=lock.hash, now=now)
    if issued.seat.person is None:
        count_guess(db, replace(limit, kind=f"guests of {issued.seat.session}", most=_GUESTS), now=now)
    return issued
