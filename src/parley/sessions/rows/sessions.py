"""The table of sessions: every run of everything, live or over."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    ScalarSelect,
    Select,
    Table,
    Text,
    bindparam,
    distinct,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)

from parley.ground.db import Id, Instant, Prepared, metadata
from parley.ground.faults import NotFound
from parley.ground.words import N_
from parley.people import Caller, folded, people_managed_by
from parley.sessions.rows.attendance import attendance
from parley.sessions.rows.participants import participants
from parley.sessions.session import Ending, Kind, Session, State

sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the session, in time order"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account whose session it is"),
    Column("kind", Text, nullable=False, comment="What it is a run of: meeting"),
    Column("meeting", Id, comment="The meeting that it is a run of; empty for other kinds"),
    Column("title", Text, nullable=False, comment="The title when the session began"),
    Column("host", Id, ForeignKey("users.id"), nullable=False, comment="The user whose session it is: the organizer"),
    Column("host_name", Text, nullable=False, comment="The host's name when the session began"),
    Column("planned_start", Instant, nullable=False, comment="The planned start when the session began (UTC)"),
    Column("planned_end", Instant, nullable=False, comment="The planned end when the session began (UTC)"),
    Column("state", Text, nullable=False, comment="live or ended"),
    Column("started_at", Instant, nullable=False, comment="When it began (UTC)"),
    Column("ended_at", Instant, comment="When it was over (UTC); empty while it is live"),
    Column(
        "ended_by",
        Text,
        comment="host: somebody ended it for all; reconciled: nobody had been in it for long, "
        "ended when the last one left",
    ),
    Column("ended_by_person", Id, ForeignKey("users.id"), comment="The user who ended it for all"),
    Column(
        "most_attendees",
        Integer,
        comment="The most people at once that the host's licence allowed when it began; empty without a limit",
    ),
    Column("title_folded", Text, nullable=False, server_default="", comment="The title, as it is searched"),
    Index("ix_sessions_account_started_at_id", "account", "started_at", "id"),
    Index("ix_sessions_account_host_started_at_id", "account", "host", "started_at", "id"),
    Index("ix_sessions_meeting_started_at_id", "meeting", "started_at", "id"),
    comment="One row for every run of a meeting: when it was planned, when it took place, what ended it",
)

IS_LIVE = sessions.c.state == literal_column("'live'")
"""Written out, not bound: only so can the databases use the partial indexes."""

Index("uq_sessions_meeting_live", sessions.c.meeting, unique=True, sqlite_where=IS_LIVE, postgresql_where=IS_LIVE)
Index("ix_sessions_account_live", sessions.c.account, sqlite_where=IS_LIVE, postgresql_where=IS_LIVE)

_STAYS = attendance.c.session == sessions.c.id
_ATTENDED = select(func.count(distinct(attendance.c.participant))).where(_STAYS).correlate(sessions).scalar_subquery()
COLUMNS = (
    sessions.c.id,
    sessions.c.account,
    sessions.c.kind,
    sessions.c.meeting,
    sessions.c.title,
    sessions.c.host,
    sessions.c.host_name,
    sessions.c.planned_start,
    sessions.c.planned_end,
    sessions.c.state,
    sessions.c.started_at,
    sessions.c.ended_at,
    sessions.c.ended_by,
    sessions.c.ended_by_person,
    sessions.c.most_attendees,
    _ATTENDED.label("attended"),
)
_INSERT = insert(sessions).inline()
_NO_SESSION = N_("There is no session under this id.")


def add_session(db: Connection, session: Session) -> None:
    """Write down a session that begins."""
    row = {column.name: getattr(session, column.name) for column in sessions.c if column.name != "title_folded"}
    db.execute(_INSERT, row | {"title_folded": folded(session.title)})


def save_ended(db: Connection, session: Session) -> None:
    """Write down how a session ended."""
    db.execute(
        update(sessions)
        .where(sessions.c.id == session.id)
        .values(
            state=session.state,
            ended_at=session.ended_at,
            ended_by=session.ended_by,
            ended_by_person=session.ended_by_person,
        )
    )


_ONE = select(*COLUMNS).where(sessions.c.id == bindparam("session"))


def session_whoever_asks(db: Connection, session: int) -> Session:
    """Return the session to those who are in it or run it; nobody's rights are asked."""
    row = db.execute(_ONE, {"session": session}).one_or_none()
    if row is None:
        raise NotFound(_NO_SESSION)
    return session_of(row)


OF_ACCOUNT = sessions.c.account == bindparam("account")
OWN = (
    participants.c.person == bindparam("person"),
    participants.c.removed_at.is_(None),
    participants.c.invited | participants.c.admitted_at.is_not(None),  # who only waits has no part in it
)
WAS_IN = exists().where(participants.c.session == sessions.c.id, *OWN).correlate(sessions)
_ONE_OVERSEEN = _ONE.where(OF_ACCOUNT)
_ONE_OF_MINE = _ONE_OVERSEEN.where(WAS_IN)
IS_MANAGED = sessions.c.host.in_(people_managed_by(bindparam("person", type_=Id)))
_ONE_MANAGED = _ONE_OVERSEEN.where(WAS_IN | IS_MANAGED)


def session_seen_by(db: Connection, by: Caller, session: int) -> Session:
    """Return the session if `by` oversees its account, manages its host, or was expected or in it and not removed."""
    wanted = {"session": session, "account": by.account}
    if by.oversees:
        row = db.execute(_ONE_OVERSEEN, wanted).one_or_none()
    else:
        own = _ONE_MANAGED if by.manages else _ONE_OF_MINE
        row = db.execute(own, wanted | {"person": by.person}).one_or_none()
    if row is None:
        raise NotFound(_NO_SESSION)
    return session_of(row)


_LAST_LEFT = select(func.max(attendance.c.left_at)).where(_STAYS).correlate(sessions).scalar_subquery()
_LAST_THERE = func.coalesce(_LAST_LEFT, sessions.c.started_at, type_=Instant)
_SOMEBODY = exists().where(_STAYS, attendance.c.left_at.is_(None)).correlate(sessions)
_DESERTED = select(*COLUMNS, _LAST_THERE).where(
    IS_LIVE,
    ~_SOMEBODY,
    sessions.c.planned_end < bindparam("before"),
    bindparam("before", type_=Instant) > _LAST_THERE,
)


def deserted(db: Connection, *, before: datetime) -> list[tuple[Session, datetime]]:
    """Return live sessions planned to end before then in which nobody has been since, and when the last one left."""
    return [(session_of(row[:-1]), row[-1]) for row in db.execute(_DESERTED, {"before": before})]


def running(meeting: ColumnElement[int]) -> ScalarSelect[Any]:
    """Return the live session of each meeting of the enclosing statement, as a column."""
    live = select(sessions.c.id).where(sessions.c.meeting == meeting, IS_LIVE)
    return live.correlate_except(sessions).scalar_subquery()


def last_end(meeting: ColumnElement[int]) -> ScalarSelect[Any]:
    """Return when the last session of each meeting of the enclosing statement ended, as a column."""
    last = select(func.max(sessions.c.ended_at)).where(sessions.c.meeting == meeting)
    return last.correlate_except(sessions).scalar_subquery()


def live_meetings(account: ColumnElement[int]) -> Select[Any]:
    """Return the ids of the meetings of an account that are live, to be selected from."""
    return select(sessions.c.meeting).where(IS_LIVE, sessions.c.account == account)


_LIVE_IN = Prepared(
    select(func.count()).select_from(sessions).where(IS_LIVE, sessions.c.account == bindparam("account", type_=Id))
)
_MOST = Prepared(select(sessions.c.most_attendees).where(sessions.c.id == bindparam("session", type_=Id)))


def live_sessions(db: Connection, account: int) -> int:
    """Return how many sessions of the account run."""
    row = _LIVE_IN.one_or_none(db, {"account": account})
    return int(row[0]) if row is not None else 0


def most_attendees(db: Connection, session: int) -> int | None:
    """Return the most people at once that the host's licence allows in the session; None when there is no limit."""
    row = _MOST.one_or_none(db, {"session": session})
    return None if row is None else row[0]


def attended(meeting: ColumnElement[int], person: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell of each meeting of the enclosing statement whether the person was let into a session, and not removed."""
    admitted = (
        select(sessions.c.id)
        .join(participants, participants.c.session == sessions.c.id)
        .where(
            sessions.c.meeting == meeting,
            participants.c.person == person,
            participants.c.admitted_at.is_not(None),
            participants.c.removed_at.is_(None),
        )
    )
    return admitted.correlate_except(sessions, participants).exists()


def session_of(row: Any) -> Session:  # noqa: ANN401 (a row of COLUMNS)
    """Return the session in a row of `COLUMNS`."""
    (
        number, account, kind, meeting, title, host, host_name, planned_start, planned_end,
        state, started_at, ended_at, ended_by, ended_by_person, most, came,
    ) = row  # fmt: skip
    return Session(
        id=number,
        account=account,
        kind=Kind(kind),
        meeting=meeting,
        title=title,
        host=host,
        host_name=host_name,
        planned_start=planned_start,
        planned_end=planned_end,
        state=State(state),
        started_at=started_at,
        ended_at=ended_at,
        ended_by=Ending(ended_by) if ended_by else None,
        ended_by_person=ended_by_person,
        most_attendees=most,
        attended=came,
    )
