"""Meetings and their organizers: all SQL on one of them."""

from typing import Any

from msgspec.structs import replace
from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from parley import sessions
from parley.ground.db import Id, Prepared
from parley.ground.faults import NotFound
from parley.ground.words import N_
from parley.meetings.meeting import Meeting
from parley.meetings.rows.invitations import IS_INVITED, save_times
from parley.meetings.rows.series import save_stretches, stretches_of
from parley.meetings.rows.tables import meeting_organizers, meetings
from parley.people import Caller, Lobby, folded, people_managed_by

_COMMA: Any = literal_column("','")
"""Written out: a bound separator makes SQLAlchemy write the statement anew at each execution, a quarter of a read."""

_CO_ORGANIZERS = (
    select(func.aggregate_strings(cast(meeting_organizers.c.person, Text), _COMMA))
    .where(meeting_organizers.c.meeting == meetings.c.id, meeting_organizers.c.person != meetings.c.organizer)
    .correlate(meetings)
    .scalar_subquery()
)
COLUMNS = (
    meetings.c.id,
    meetings.c.account,
    meetings.c.organizer,
    meetings.c.number,
    meetings.c.title,
    meetings.c.immediate,
    meetings.c.starts_at,
    meetings.c.ends_at,
    meetings.c.time_zone,
    meetings.c.password_hash.is_not(None).label("has_password"),
    meetings.c.version,
    meetings.c.created_at,
    meetings.c.cancelled_at,
    meetings.c.repeats_until,
    meetings.c.lobby,
    _CO_ORGANIZERS.label("co_organizers"),
    sessions.running(meetings.c.id).label("running"),
    sessions.last_end(meetings.c.id).label("last_end"),
)
_NO_MEETING = N_("There is no meeting under this id.")
_NO_NUMBER = N_("There is no meeting with this number.")

_taken = meetings.alias("taken")
_INSERT = Prepared(
    insert(meetings)
    .from_select(
        list(meetings.c),
        select(*(bindparam(column.name, type_=column.type) for column in meetings.c)).where(
            ~exists(select(_taken.c.id).where(_taken.c.number == bindparam("number")))
        ),
    )
    .inline()
)
_INSERT_ORGANIZER = Prepared(insert(meeting_organizers).inline(), columns=list(meeting_organizers.c.keys()))


def add_meeting(db: Connection, meeting: Meeting, *, password_hash: str | None) -> bool:
    """Write down a new meeting; False, and nothing written, when its number is taken."""
    row = dict.fromkeys(meetings.c.keys()) | {
        "id": meeting.id,
        "account": meeting.account,
        "organizer": meeting.organizer,
        "number": meeting.number,
        "immediate": meeting.immediate,
        "password_hash": password_hash,
        "created_at": meeting.created_at,
    }
    if _INSERT.run(db, row | _changing(meeting)) == 0:
        return False
    _add_organizers(db, meeting)
    if meeting.stretches:
        save_stretches(db, meeting.id, meeting.stretches)
    return True


def save_meeting(db: Connection, meeting: Meeting) -> None:
    """Write down what became of a meeting. Its number is not among what can change."""
    db.execute(update(meetings).where(meetings.c.id == meeting.id).values(_changing(meeting)))
    db.execute(delete(meeting_organizers).where(meeting_organizers.c.meeting == meeting.id))
    _add_organizers(db, meeting)
    save_times(db, meeting)
    save_stretches(db, meeting.id, meeting.stretches)


def save_organizer(db: Connection, meeting: Meeting) -> None:
    """Write down that somebody else organizes the meeting."""
    db.execute(update(meetings).where(meetings.c.id == meeting.id).values(organizer=meeting.organizer))
    save_meeting(db, meeting)


def save_password(db: Connection, meeting: Meeting, password_hash: str | None) -> None:
    """Write down the hash of the meeting's password; None takes it away."""
    db.execute(update(meetings).where(meetings.c.id == meeting.id).values(password_hash=password_hash))


def password_of(db: Connection, meeting: Meeting) -> str | None:
    """Return the hash of the meeting's password."""
    found: str | None = db.execute(select(meetings.c.password_hash).where(meetings.c.id == meeting.id)).scalar_one()
    return found


def _changing(meeting: Meeting) -> dict[str, Any]:
    return {
        "title": meeting.title,
        "title_folded": folded(meeting.title),
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "time_zone": meeting.time_zone,
        "version": meeting.version,
        "cancelled_at": meeting.cancelled_at,
        "repeats_until": meeting.repeats_until,
        "lobby": meeting.lobby,
    }


def _add_organizers(db: Connection, meeting: Meeting) -> None:
    times = {"starts_at": meeting.starts_at, "repeats_until": meeting.repeats_until}
    for person in (meeting.organizer, *meeting.co_organizers):
        _INSERT_ORGANIZER.run(db, {"meeting": meeting.id, "person": person, **times})


_PERSON: ColumnElement[int] = bindparam("person", type_=Id)
_OF_ACCOUNT = meetings.c.account == bindparam("account")
IS_ORGANIZER = (
    exists()
    .where(meeting_organizers.c.meeting == meetings.c.id, meeting_organizers.c.person == _PERSON)
    .correlate(meetings)
)
_THIS = select(*COLUMNS).where(meetings.c.id == bindparam("meeting"))
_WHICHEVER = Prepared(_THIS)
_ONE = Prepared(_THIS.where(_OF_ACCOUNT))
_MINE = or_(IS_ORGANIZER, IS_INVITED, sessions.attended(meetings.c.id, _PERSON))
_ONE_OF_MINE = Prepared(_THIS.where(_OF_ACCOUNT, _MINE))
IS_MANAGED = meetings.c.organizer.in_(people_managed_by(_PERSON))
_ONE_MANAGED = Prepared(_THIS.where(_OF_ACCOUNT, _MINE | IS_MANAGED))
_NUMBERED = Prepared(select(*COLUMNS).where(meetings.c.number == bindparam("number")))


def meeting_seen_by(db: Connection, by: Caller, meeting: int) -> Meeting:
    """Return the meeting if `by` oversees its account, organizes it, is invited, was in it or manages its organizer."""
    wanted = {"meeting": meeting, "account": by.account}
    own = _ONE_MANAGED if by.manages else _ONE_OF_MINE
    row = _ONE.one_or_none(db, wanted) if by.oversees else own.one_or_none(db, wanted | {"person": by.person})
    if row is None:
        raise NotFound(_NO_MEETING)
    return with_stretches(db, [meeting_of(row)])[0]


def meeting_numbered(db: Connection, number: int) -> Meeting:
    """Return the meeting to whoever knows its number: that is how one joins."""
    row = _NUMBERED.one_or_none(db, {"number": number})
    if row is None:
        raise NotFound(_NO_NUMBER)
    return with_stretches(db, [meeting_of(row)])[0]


def meeting_whoever_asks(db: Connection, meeting: int) -> Meeting:
    """Return the meeting to who is invited to it, or writes to those who are; nobody's rights are asked."""
    row = _WHICHEVER.one_or_none(db, {"meeting": meeting})
    if row is None:
        raise NotFound(_NO_MEETING)
    return with_stretches(db, [meeting_of(row)])[0]


def with_stretches(db: Connection, found: list[Meeting]) -> list[Meeting]:
    """Return the meetings, each with how it repeats."""
    series = [meeting.id for meeting in found if meeting.repeats_until is not None]
    if not series:
        return found
    known = stretches_of(db, series)
    return [replace(meeting, stretches=known.get(meeting.id, ())) for meeting in found]


def meeting_of(row: Any) -> Meeting:  # noqa: ANN401 (a row of COLUMNS)
    """Return the meeting in a row of `COLUMNS`, still without its stretches."""
    (
        number_, account, organizer, number, title, immediate, starts_at, ends_at, time_zone,
        has_password, version, created_at, cancelled_at, repeats_until, lobby, co_organizers, running, last_end,
    ) = row  # fmt: skip
    return Meeting(
        id=number_,
        account=account,
        organizer=organizer,
        number=number,
        title=title,
        immediate=immediate,
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=time_zone,
        has_password=bool(has_password),
        co_organizers=tuple(sorted(map(int, co_organizers.split(",")))) if co_organizers else (),
        version=version,
        created_at=created_at,
        cancelled_at=cancelled_at,
        repeats_until=repeats_until,
        lobby=None if lobby is None else Lobby(lobby),
        running=running,
        last_end=last_end,
    )
