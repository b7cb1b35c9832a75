"""Parting with somebody: they are suspended or deleted, and what becomes of their coming meetings is chosen with it."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from parley import sessions
from parley.access import remove_access
from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import FieldError, Invalid
from parley.ground.paging import MOST
from parley.ground.words import N_
from parley.meetings.cancel import cancel
from parley.meetings.facts import MeetingHandedOver
from parley.meetings.find import find_meetings
from parley.meetings.meeting import Meeting, Stage
from parley.meetings.rows.meetings import save_organizer
from parley.meetings.start import expect_co_organizers
from parley.people import RIGHTS, Caller, User, delete_user, find_user, suspend_user, users_named


class Act(StrEnum):
    """How one parts with somebody."""

    SUSPEND = "suspend"
    DELETE = "delete"


class Fate(StrEnum):
    """What becomes of coming meetings."""

    KEEP = "keep"
    HAND_OVER = "hand_over"
    CANCEL = "cancel"


class Parting(msgspec.Struct, frozen=True, kw_only=True):
    """What is chosen. `to` takes meetings over; without one a co-organizer does, and where none can, it is off."""

    act: Act
    meetings: Fate = Fate.KEEP
    to: int | None = None
    frees_licences: bool = False
    """Whether a suspended person's licences are free for others; those of who is deleted always are."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one coming meeting; `to` is its next organizer."""

    meeting: Meeting
    fate: Fate
    to: User | None = None


def foresee(db: Connection, user: int, parting: Parting, *, by: Caller, now: datetime) -> tuple[Outcome, ...]:
    """Return what would become of somebody's coming meetings, and change nothing. Raises Invalid for a bad choice."""
    leaving = find_user(db, user, by=by)
    by.need_to_administer(leaving.role)
    _check(db, leaving, parting, by=by)
    return tuple(_outcome(db, meeting, parting) for meeting in _coming(db, user, by=by, now=now))


def part_with(db: Connection, user: int, parting: Parting, *, by: Caller, now: datetime) -> tuple[Outcome, ...]:
    """Suspend or delete somebody, with everything that `foresee` says; return what became of their coming meetings."""
    outcomes = foresee(db, user, parting, by=by, now=now)
    for outcome in outcomes:
        if outcome.fate is Fate.CANCEL:
            _cancel(db, outcome.meeting, by=by, now=now)
        if outcome.to is not None:
            _hand_over(db, outcome.meeting, outcome.to.id, by=by, now=now)
    if parting.act is Act.SUSPEND:
        suspend_user(db, user, frees_licences=parting.frees_licences, by=by, now=now)
    else:
        delete_user(db, user, by=by, now=now)
        remove_access(db, user)
    return outcomes


def _check(db: Connection, leaving: User, parting: Parting, *, by: Caller) -> None:
    if parting.act is Act.DELETE and parting.meetings is Fate.KEEP:
        raise Invalid(FieldError("meetings", N_("Who is deleted keeps no meetings: hand them over or cancel them.")))
    if parting.to is not None:
        heir = users_named(db, [parting.to], account=by.account).get(parting.to)
        if heir is None or heir.id == leaving.id or not _may_organize(heir):
            raise Invalid(FieldError("to", N_("Choose somebody else, whose role allows to hold meetings.")))


def _may_organize(user: User) -> bool:
    return user.active and "meetings:write" in RIGHTS[user.role]


def _coming(db: Connection, user: int, *, by: Caller, now: datetime) -> Iterator[Meeting]:
    for stage in (Stage.LIVE, Stage.PLANNED):
        cursor = None
        while True:
            page = find_meetings(
                db, by=by, now=now, organizer=user, stage=stage, earliest_first=True, limit=MOST, cursor=cursor
            )
            yield from page.items
            cursor = page.next
            if cursor is None:
                break


def _outcome(db: Connection, meeting: Meeting, parting: Parting) -> Outcome:
    if parting.meetings is not Fate.HAND_OVER:
        return Outcome(meeting=meeting, fate=parting.meetings)
    able = meeting.co_organizers if parting.to is None else (parting.to,)
    known = users_named(db, able, account=meeting.account)
    heir = next((known[person] for person in able if person in known and _may_organize(known[person])), None)
    return Outcome(meeting=meeting, fate=Fate.CANCEL if heir is None else Fate.HAND_OVER, to=heir)


def _cancel(db: Connection, meeting: Meeting, *, by: Caller, now: datetime) -> None:
    if meeting.running is not None:
        sessions.close_session(db, meeting.running, by=by.person, how=sessions.Ending.HOST, now=now)
    cancel(db, meeting.id, by=by, now=now)


def _hand_over(db: Connection, meeting: Meeting, to: int, *, by: Caller, now: datetime) -> None:
    others = tuple(person for person in meeting.co_organizers if person != to)
    after = replace(meeting, organizer=to, co_organizers=others, version=meeting.version + 1)
    save_organizer(db, after)
    fact = MeetingHandedOver(
        account=after.account,
        subject=after.id,
        actor=by.person,
        at=now,
        title=after.title,
        organizer=to,
        before=meeting.organizer,
    )
    tell(db, fact)
    expect_co_organizers(db, after, {to}, by=by, now=now)
