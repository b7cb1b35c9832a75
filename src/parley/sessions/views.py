"""The record as the API shows it. Ids are strings."""

from datetime import datetime, timedelta

import msgspec

from parley.ground import ids
from parley.sessions.attendance import Confidence, Departure, Participation, Source, Stay
from parley.sessions.message import Message
from parley.sessions.participant import RoomRole
from parley.sessions.session import Ending, Kind, Session, State


class SessionView(msgspec.Struct, frozen=True, kw_only=True):
    """A session as the API shows one: one run of a meeting. `attended` is how many people were there."""

    id: str
    kind: Kind
    meeting: str | None
    title: str
    host: str
    host_name: str
    state: State
    planned_start: datetime
    planned_end: datetime
    started_at: datetime
    ended_at: datetime | None
    ended_by: Ending | None
    ended_by_person: str | None
    attended: int

    @classmethod
    def of(cls, session: Session) -> "SessionView":
        """Show a session."""
        return cls(
            id=ids.text(session.id),
            kind=session.kind,
            meeting=_text(session.meeting),
            title=session.title,
            host=ids.text(session.host),
            host_name=session.host_name,
            state=session.state,
            planned_start=session.planned_start,
            planned_end=session.planned_end,
            started_at=session.started_at,
            ended_at=session.ended_at,
            ended_by=session.ended_by,
            ended_by_person=_text(session.ended_by_person),
            attended=session.attended,
        )


class ParticipantView(msgspec.Struct, frozen=True, kw_only=True):
    """A participant as the API shows one, with what their stays add up to. `person` is null for a guest.

    `joined_at` is when they first came, `left_at` when they last left (null while they are there), `seconds` how long
    they were there in all. A guest who is `invited` came, or should have come, by the `invitation` of their own.
    `came_by` is the invitation of somebody else, by whose personal link they came; `link_shared_at` says when their own
    was opened on a second device while they were there.
    """

    id: str
    person: str | None
    name: str
    role: RoomRole
    invited: bool
    required: bool
    invitation: str | None
    came_by: str | None
    link_shared_at: datetime | None
    removed_at: datetime | None
    present: bool
    joined_at: datetime | None
    left_at: datetime | None
    seconds: int

    @classmethod
    def of(cls, attendee: Participation, *, now: datetime) -> "ParticipantView":
        """Show a participant with all their stays."""
        participant = attendee.participant
        return cls(
            id=ids.text(participant.id),
            person=_text(participant.person),
            name=participant.name,
            role=participant.role,
            invited=participant.invited,
            required=participant.required,
            invitation=_text(participant.invitation),
            came_by=_text(participant.came_by),
            link_shared_at=participant.link_shared_at,
            removed_at=participant.removed_at,
            present=attendee.present,
            joined_at=attendee.joined_at,
            left_at=attendee.left_at,
            seconds=attendee.duration(now) // timedelta(seconds=1),
        )


class StayView(msgspec.Struct, frozen=True, kw_only=True):
    """One stay of a participant as the API shows it: from when to when, by which witness, and how certain."""

    id: str
    participant: str
    joined_at: datetime
    left_at: datetime | None
    last_seen_at: datetime
    source: Source
    confidence: Confidence
    ended_by: Departure | None

    @classmethod
    def of(cls, stay: Stay) -> "StayView":
        """Show a stay."""
        return cls(
            id=ids.text(stay.id),
            participant=ids.text(stay.participant),
            joined_at=stay.joined_at,
            left_at=stay.left_at,
            last_seen_at=stay.last_seen_at,
            source=stay.source,
            confidence=stay.confidence,
            ended_by=stay.ended_by,
        )


class MessageView(msgspec.Struct, frozen=True, kw_only=True):
    """A message as the API shows it, with its author's name as it was then.

    `visible_to` is the participant to whom alone it was said, and null when it was said to all.
    """

    id: str
    participant: str
    name: str
    text: str
    sent_at: datetime
    visible_to: str | None

    @classmethod
    def of(cls, message: Message) -> "MessageView":
        """Show a message."""
        return cls(
            id=ids.text(message.id),
            participant=ids.text(message.participant),
            name=message.name,
            text=message.text,
            sent_at=message.sent_at,
            visible_to=_text(message.visible_to),
        )


def _text(number: int | None) -> str | None:
    return None if number is None else ids.text(number)
