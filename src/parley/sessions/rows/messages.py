"""The table of messages: what was said in sessions."""

from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    Text,
    bindparam,
    insert,
    select,
)

from parley.ground.db import Id, Instant, metadata
from parley.sessions.message import Message
from parley.sessions.rows.participants import participants

messages = Table(
    "messages",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the message, in time order"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account whose session it is"),
    Column("session", Id, ForeignKey("sessions.id"), nullable=False, comment="The session in which it was said"),
    Column("participant", Id, ForeignKey("participants.id"), nullable=False, comment="Who said it"),
    Column("name", Text, nullable=False, comment="What its author was called then"),
    Column("text", Text, nullable=False, comment="What was said, as it was written"),
    Column("client_key", Text, nullable=False, comment="The sender's mark: what is sent twice is kept once"),
    Column("sent_at", Instant, nullable=False, comment="When it reached the server (UTC)"),
    Column(
        "visible_to",
        Id,
        ForeignKey("participants.id"),
        comment="To whom alone it was said; empty when to everybody",
    ),
    Index("uq_messages_participant_client_key", "participant", "client_key", unique=True),
    Index("ix_messages_session_id", "session", "id"),
    comment="One row for everything that was said in a session",
)

_COLUMNS = (
    messages.c.id,
    messages.c.session,
    messages.c.participant,
    messages.c.name,
    messages.c.text,
    messages.c.client_key,
    messages.c.sent_at,
    messages.c.visible_to,
)
_INSERT = insert(messages).inline()


def add_message(db: Connection, message: Message, *, account: int) -> None:
    """Write down what was said."""
    db.execute(
        _INSERT,
        {
            "id": message.id,
            "account": account,
            "session": message.session,
            "participant": message.participant,
            "name": message.name,
            "text": message.text,
            "client_key": message.key,
            "sent_at": message.sent_at,
            "visible_to": message.visible_to,
        },
    )


_SAID = select(*_COLUMNS).where(
    messages.c.participant == bindparam("participant"), messages.c.client_key == bindparam("key")
)
_IN = select(*_COLUMNS).where(messages.c.session == bindparam("session"))
_READER = select(participants.c.id).where(
    participants.c.session == bindparam("session"), participants.c.person == bindparam("reader")
)
_READABLE = messages.c.visible_to.is_(None) | messages.c.participant.in_(_READER) | messages.c.visible_to.in_(_READER)
_FORWARD = _IN.where(messages.c.id > bindparam("behind"), _READABLE).order_by(messages.c.id).limit(bindparam("limit"))
_LAST = _IN.order_by(messages.c.id.desc()).limit(bindparam("limit"))


def message_of(db: Connection, participant: int, *, key: str) -> Message | None:
    """Return what the participant already said under this key."""
    row = db.execute(_SAID, {"participant": participant, "key": key}).one_or_none()
    return None if row is None else _message(row)


def messages_in(db: Connection, session: int, *, reader: int | None, behind: int, limit: int) -> list[Message]:
    """Return what was said to all, and to and by the reader, oldest first, from behind a message on.

    Who may ask is decided with the session.
    """
    wanted = {"session": session, "reader": reader, "behind": behind, "limit": limit}
    return [_message(row) for row in db.execute(_FORWARD, wanted)]


def last_messages_in(db: Connection, session: int, *, limit: int) -> list[Message]:
    """Return the last messages, oldest first."""
    return [_message(row) for row in db.execute(_LAST, {"session": session, "limit": limit})][::-1]


def _message(row: Any) -> Message:  # noqa: ANN401 (a row of _COLUMNS)
    number, session, participant, name, text, key, sent_at, visible_to = row
    return Message(
        id=number,
        session=session,
        participant=participant,
        name=name,
        text=text,
        key=key,
        sent_at=sent_at,
        visible_to=visible_to,
    )
