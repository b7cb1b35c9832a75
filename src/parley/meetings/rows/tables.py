"""The tables of meetings and of their organizers."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from parley.ground.db import Id, Instant, metadata

meetings = Table(
    "meetings",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the meeting, in time order"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account whose meeting it is"),
    Column("organizer", Id, ForeignKey("users.id"), nullable=False, comment="The user who made it"),
    Column("number", Integer, nullable=False, unique=True, comment="The nine digits in its link; they never change"),
    Column("title", Text, nullable=False, comment="What it is about"),
    Column("title_folded", Text, nullable=False, comment="The title, as it is searched"),
    Column(
        "immediate", Boolean, nullable=False, comment="Whether it was made by Meet now; then it was planned for an hour"
    ),
    Column("starts_at", Instant, nullable=False, comment="The planned start (UTC)"),
    Column("ends_at", Instant, nullable=False, comment="The planned end (UTC)"),
    Column(
        "time_zone",
        Text,
        nullable=False,
        comment="The IANA time zone in which it was planned, for example Europe/Berlin",
    ),
    Column(
        "password_hash", Text, comment="The password that guests are asked for, hashed with argon2id; empty when none"
    ),
    Column("version", Integer, nullable=False, comment="Counts changes, from 1"),
    Column("created_at", Instant, nullable=False, comment="When it was made (UTC)"),
    Column("cancelled_at", Instant, comment="When it was cancelled (UTC)"),
    Column(
        "repeats_until",
        Instant,
        comment="The end of the last occurrence (UTC), the year 9999 for one without end; empty when it does not "
        "repeat",
    ),
    Column(
        "lobby",
        Text,
        comment="Who waits until a host lets them in: off, guests or everyone; empty for what is usual",
    ),
    Index("ix_meetings_account_starts_at_id", "account", "starts_at", "id"),
    Index("ix_meetings_account_organizer_starts_at_id", "account", "organizer", "starts_at", "id"),
    comment="One row for every meeting that was planned or held at once; its runs are sessions",
)

REPEATS = meetings.c.repeats_until.is_not(None)
IS_CANCELLED = meetings.c.cancelled_at.is_not(None)

Index(
    "ix_meetings_account_cancelled",
    meetings.c.account,
    meetings.c.starts_at,
    meetings.c.id,
    sqlite_where=IS_CANCELLED,
    postgresql_where=IS_CANCELLED,
)

Index(
    "ix_meetings_account_repeats_until",
    meetings.c.account,
    meetings.c.repeats_until,
    sqlite_where=REPEATS,
    postgresql_where=REPEATS,
)

meeting_organizers = Table(
    "meeting_organizers",
    metadata,
    Column("meeting", Id, ForeignKey("meetings.id"), primary_key=True, autoincrement=False, comment="The meeting"),
    Column(
        "person", Id, ForeignKey("users.id"), primary_key=True, autoincrement=False, comment="Organizer or co-organizer"
    ),
    Column(
        "starts_at",
        Instant,
        nullable=False,
        comment="The meeting's starts_at, repeated to read a person's meetings in order",
    ),
    Column(
        "repeats_until",
        Instant,
        comment="The meeting's repeats_until, repeated to find the series of a person that go on",
    ),
    Index("ix_meeting_organizers_person_starts_at_meeting", "person", "starts_at", "meeting"),
    comment="Who may start and change a meeting: its organizer and its co-organizers",
)

_REPEATS = meeting_organizers.c.repeats_until.is_not(None)
Index(
    "ix_meeting_organizers_person_repeats_until",
    meeting_organizers.c.person,
    meeting_organizers.c.repeats_until,
    sqlite_where=_REPEATS,
    postgresql_where=_REPEATS,
)
