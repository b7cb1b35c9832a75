"""Opening a session: the record of a run begins."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.ids import new_id
from parley.sessions.facts import SessionStarted
from parley.sessions.participant import Invitee, Participant
from parley.sessions.rows.participants import add_participant, participant_of, save_participant
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
    planned_start: datetime,
    planned_end: datetime,
    most_attendees: int | None = None,
    by: int | None,
    now: datetime,
) -> Session:
    """Begin a session in which its hosts are expected. A meeting with a live session is refused by the database."""
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
    expect(db, session, host, *cohosts)
    tell(db, SessionStarted(account=account, subject=session.id, actor=by, at=now, meeting=meeting))
    return session


def expect(db: Connection, session: Session, *invitees: Invitee) -> None:
    """Write down who is expected; they see the record of the session even if they do not come.

    Whoever is there already has the role from now on; whoever was removed is welcome again.
    """
    for invitee in invitees:
        known = participant_of(db, session.id, person=invitee.person)
        if known is not None:
            save_participant(db, replace(known, role=invitee.role, removed_at=None))
            continue
        expected = Participant(
            id=new_id(),
            account=session.account,
            session=session.id,
            person=invitee.person,
            name=invitee.name,
            role=invitee.role,
            invited=True,
            admitted_at=None,
        )
        add_participant(db, expected, session_started_at=session.started_at)
