"""What the pages of the history show, read in one go."""

from datetime import datetime, timedelta

import msgspec

from parley import artefacts, meetings, sessions
from parley.ground.db import Connection
from parley.ground.faults import NotFound
from parley.meetings import Meeting
from parley.people import Caller, users_named
from parley.reports import Attendance, Wanted, attendance_of_session
from parley.web.history.filters import Offered, offered
from parley.web.history.lanes import Lane, Tick, lanes, peak, timeline_of
from parley.web.shell.agenda import Held, held_row

_MESSAGES = 200
_LATE = timedelta(minutes=2)


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the history."""

    rows: tuple[Held, ...]
    next: str | None
    offered: Offered
    meeting: Meeting | None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A session with everything that is written down about it."""

    session: sessions.Session
    meeting: Meeting | None
    took: timedelta
    late: timedelta | None
    ended_by: str | None
    lanes: tuple[Lane, ...]
    axis: tuple[Tick, ...]
    came: int
    enough: int
    percent: int
    absent: int
    required_absent: tuple[str, ...]
    late_people: int
    early_people: int
    peak: int
    altogether: timedelta
    guessed: bool
    messages: tuple[sessions.Message, ...]
    more_messages: str | None
    names: dict[int, str]
    """What each participant was called, for those to whom alone something was said."""
    artefacts: tuple[artefacts.Artefact, ...]
    keeps_artefacts: bool
    passed_on: list[tuple[str, str | None]]
    """Who came by a personal link that was passed on, and whose it was; for those who lead the meeting."""


def listed(db: Connection, wanted: Wanted, *, by: Caller, now: datetime, cursor: str | None) -> Listed:
    """Return a page of the sessions that the reader may see, newest first."""
    page = sessions.history(
        db,
        by=by,
        meeting=wanted.meeting,
        organizer=next(iter(wanted.organizers), None),
        groups=wanted.groups,
        participant=wanted.participant,
        query=wanted.query,
        since=wanted.since,
        until=wanted.until,
        cursor=cursor,
    )
    return Listed(
        rows=tuple(held_row(session, zone=by.time_zone, now=now) for session in page.items),
        next=page.next,
        offered=offered(db, by=by),
        meeting=_meeting(db, wanted.meeting, by=by),
    )


def record(db: Connection, session: int, *, by: Caller, now: datetime, cursor: str | None) -> Record:
    """Return the whole record of a session, with the messages from the cursor on."""
    found = sessions.session_seen_by(db, session, by=by)
    everybody = sessions.participations_of(db, session, by=by)
    said = sessions.messages_of(db, session, by=by, limit=_MESSAGES, cursor=cursor)
    line = timeline_of(found, everybody, now=now)
    judged = attendance_of_session(db, session, by=by, now=now)
    meeting = _meeting(db, found.meeting, by=by)
    drawn = lanes(everybody, judged, line, now=now)
    late = found.started_at - found.planned_start
    return Record(
        session=found,
        meeting=meeting,
        took=(found.ended_at or now) - found.started_at,
        late=late if late >= _LATE else None,
        ended_by=_name(db, found.ended_by_person, account=by.account),
        lanes=drawn,
        axis=line.ticks,
        came=sum(one.came for one in judged),
        enough=sum(one.long_enough for one in judged),
        percent=_percent(judged),
        absent=sum(one.absent for one in judged),
        required_absent=tuple(one.name for one in judged if one.required and one.absent),
        late_people=sum(one.late is not None for one in judged),
        early_people=sum(one.early is not None for one in judged),
        peak=peak(everybody),
        altogether=sum((lane.total for lane in drawn), timedelta()),
        guessed=any(bar.guess_width for lane in drawn for bar in lane.bars),
        messages=said.items,
        more_messages=said.next,
        names={one.participant.id: one.participant.name for one in everybody},
        artefacts=artefacts.artefacts_of(db, session, by=by),
        keeps_artefacts=artefacts.keeps(db, found, by=by),
        passed_on=meetings.whose_links(db, session, by=by) if _leads(by, meeting) else [],
    )


def _leads(by: Caller, meeting: Meeting | None) -> bool:
    return by.oversees or (meeting is not None and meeting.organized_by(by.person))


def _percent(judged: tuple[Attendance, ...]) -> int:
    return next((one.long_enough_percent for one in judged), 0)


def _meeting(db: Connection, meeting: int | None, *, by: Caller) -> Meeting | None:
    try:
        return None if meeting is None else meetings.meeting_seen_by(db, meeting, by=by)
    except NotFound:
        return None


def _name(db: Connection, person: int | None, *, account: int) -> str | None:
    known = {} if person is None else users_named(db, [person], account=account)
    return next((user.name for user in known.values()), None)
