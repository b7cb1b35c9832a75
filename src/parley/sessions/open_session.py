"""Opening a session: the record of a run begins."""

from collections.abc import Sequence
from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.ids import new_id
from parley.sessions.expect import expect
from parley.sessions.facts import SessionStarted
from parley.sessions.participant import InvitedGuest, Invitee
from parley.sessions.rows.sessions import add_session
from parley.sessions.session import Kind, Session, State


def open_session(
    db: Connection,
    *,
    account: int,
    kind: Kind,
    meeting: int | None,
    title: str,
    host: Invitee,
    cohosts: Sequence[Invitee] = (),
    invited: Sequence[Invitee | InvitedGuest] = (),
    planned_start: datetime,
    planned_end: datetime,
    most_attendees: int | None = None,
    by: int | None,
    now: datetime,
) -> Session:
    """Begin a session in which all these are expected. A meeting with a live session is refused by the database."""
    session = Session(
        id=new_id(),
        account=account,
        kind=kind,
        meeting=meeting,
        title=title,
        host=host.person,
        host_name=host.name,
        planned_start=planned_start,
        planned_end=planned_end,
        state=State.LIVE,
        started_at=now,
        most_attendees=most_attendees,
    )
    add_session(db, session)
    expect(db, session, host, *cohosts, *invited)
    tell(db, SessionStarted(account=account, subject=session.id, actor=by, at=now, meeting=meeting))
    return session
