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
        },
    )


_SAID = select(*_COLUMNS).where(
    messages.c.participant == bindparam("participant"), messages.c.client_key == bindparam("key")
)
_IN = select(*_COLUMNS).where(messages.c.session == bindparam("session"))
_FORWARD = _IN.where(messages.c.id > bindparam("behind")).order_by(messages.c.id).limit(bindparam("limit"))
_LAST = _IN.order_by(messages.c.id.desc()).limit(bindparam("limit"))


def message_of(db: Connection, participant: int, *, key: str) -> Message | None:
    """Return what the participant already said under this key."""
    row = db.execute(_SAID, {"participant": participant, "key": key}).one_or_none()
    return None if row is None else _message(row)


def messages_in(db: Connection, session: int, *, behind: int, limit: int) -> list[Message]:
    """Return what was said, oldest first, from behind a message on; who may ask is decided with the session."""
    return [_message(row) for row in db.execute(_FORWARD, {"session": session, "behind": behind, "limit": limit})]


def last_messages_in(db: Connection, session: int, *, limit: int) -> list[Message]:
    """Return the last messages, oldest first."""
    return [_message(row) for row in db.execute(_LAST, {"session": session, "limit": limit})][::-1]


def _message(row: Any) -> Message:  # noqa: ANN401 (a row of _COLUMNS)
    number, session, participant, name, text, key, sent_at = row
    return Message(id=number, session=session, participant=participant, name=name, text=text, key=key, sent_at=sent_at)
