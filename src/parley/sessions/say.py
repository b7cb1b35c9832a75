"""Saying something in a session, to everybody or to one."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Conflict, NotFound
from parley.ground.ids import new_id
from parley.ground.words import N_
from parley.sessions.facts import MessageSent
from parley.sessions.message import Message, sayable
from parley.sessions.rows.messages import add_message, message_of
from parley.sessions.rows.participants import participant_whoever_asks
from parley.sessions.rows.sessions import session_whoever_asks
from parley.sessions.session import State


def say(db: Connection, participant: int, *, text: str, key: str, now: datetime, to: int | None = None) -> Message:
    """Keep what the participant says to all, or to one; the same key again is the same message, whatever its text.

    Raises Invalid for what cannot be said, NotFound when it is said to somebody who never was in this session, and
    Conflict when that is over.
    """
    said = sayable(text, key=key)
    known = message_of(db, participant, key=key)
    if known is not None:
        return known
    author = participant_whoever_asks(db, participant)
    if session_whoever_asks(db, author.session).state is State.ENDED:
        raise Conflict(N_("This session has ended already."))
    if to is not None and participant_whoever_asks(db, to).session != author.session:
        raise NotFound(N_("There is no participant under this id."))
    message = Message(
        id=new_id(),
        session=author.session,
        participant=participant,
        name=author.name,
        text=said,
        key=key,
        sent_at=now,
        visible_to=to,
    )
    add_message(db, message, account=author.account)
    tell(
        db,
        MessageSent(
            account=author.account,
            subject=message.id,
            actor=author.person,
            at=now,
            session=author.session,
            participant=participant,
        ),
    )
    return message
