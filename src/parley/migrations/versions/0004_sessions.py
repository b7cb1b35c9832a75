"""The record: sessions, participants, attendance and messages."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id, Instant

revision = "0004_sessions"
down_revision = "0003_access"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_sessions()
    _create_participants()
    _create_attendance()
    _create_messages()


def downgrade() -> None:
    op.drop_table("messages")
    op.drop_table("attendance")
    op.drop_table("participants")
    op.drop_table("sessions")


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the session, in time order"),
        sa.Column("account", Id, nullable=False, comment="The account whose session it is"),
        sa.Column("kind", sa.Text(), nullable=False, comment="What it is a run of: meeting"),
        sa.Column("meeting", Id, comment="The meeting that it is a run of; empty for other kinds"),
        sa.Column("title", sa.Text(), nullable=False, comment="The title when the session began"),
        sa.Column("host", Id, nullable=False, comment="The user whose session it is: the organizer"),
        sa.Column("host_name", sa.Text(), nullable=False, comment="The host's name when the session began"),
        sa.Column("planned_start", Instant(), nullable=False, comment="The planned start when the session began (UTC)"),
        sa.Column("planned_end", Instant(), nullable=False, comment="The planned end when the session began (UTC)"),
        sa.Column("state", sa.Text(), nullable=False, comment="live or ended"),
        sa.Column("started_at", Instant(), nullable=False, comment="When it began (UTC)"),
        sa.Column("ended_at", Instant(), comment="When it was over (UTC); empty while it is live"),
        sa.Column(
            "ended_by",
            sa.Text(),
            comment="host: somebody ended it for all; reconciled: nobody had been in it for long, "
            "ended when the last one left",
        ),
        sa.Column("ended_by_person", Id, comment="The user who ended it for all"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_sessions_account"),
        sa.ForeignKeyConstraint(["host"], ["users.id"], name="fk_sessions_host"),
        sa.ForeignKeyConstraint(["ended_by_person"], ["users.id"], name="fk_sessions_ended_by_person"),
        comment="One row for every run of a meeting: when it was planned, when it took place, what ended it",
    )
    op.create_index("ix_sessions_account_started_at_id", "sessions", ["account", "started_at", "id"])
    op.create_index("ix_sessions_account_host_started_at_id", "sessions", ["account", "host", "started_at", "id"])
    op.create_index("ix_sessions_meeting_started_at_id", "sessions", ["meeting", "started_at", "id"])
    live = sa.text("state = 'live'")
    op.create_index(
        "uq_sessions_meeting_live", "sessions", ["meeting"], unique=True, sqlite_where=live, postgresql_where=live
    )
    op.create_index("ix_sessions_account_live", "sessions", ["account"], sqlite_where=live, postgresql_where=live)


def _create_participants() -> None:
    op.create_table(
        "participants",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the participant, in time order"),
        sa.Column("account", Id, nullable=False, comment="The account whose session it is"),
        sa.Column("session", Id, nullable=False, comment="The session"),
        sa.Column("person", Id, comment="The user; empty for a guest"),
        sa.Column("name", sa.Text(), nullable=False, comment="What they were called in this session"),
        sa.Column("role", sa.Text(), nullable=False, comment="host, cohost or attendee"),
        sa.Column("invited", sa.Boolean(), nullable=False, comment="Whether they were expected from the beginning"),
        sa.Column(
            "admitted_at",
            Instant(),
            comment="When they were first let in (UTC); empty for those who were only expected",
        ),
        sa.Column("removed_at", Instant(), comment="When a host removed them (UTC)"),
        sa.Column(
            "session_started_at",
            Instant(),
            nullable=False,
            comment="The session's started_at, repeated to read a person's sessions in order",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_participants"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_participants_account"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_participants_session"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_participants_person"),
        comment="One row for every person in a session, whether they came or were only expected",
    )
    op.create_index("uq_participants_session_person", "participants", ["session", "person"], unique=True)
    op.create_index(
        "ix_participants_person_session_started_at_session", "participants", ["person", "session_started_at", "session"]
    )


def _create_attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the stay, in time order"),
        sa.Column("account", Id, nullable=False, comment="The account whose session it is"),
        sa.Column("session", Id, nullable=False, comment="The session"),
        sa.Column("participant", Id, nullable=False, comment="Who was there"),
        sa.Column("joined_at", Instant(), nullable=False, comment="When they came (UTC)"),
        sa.Column("left_at", Instant(), comment="When they were gone (UTC); empty while they are there"),
        sa.Column("last_seen_at", Instant(), nullable=False, comment="The last sign of life (UTC)"),
        sa.Column(
            "away_since",
            Instant(),
            comment="Since when their connection is lost (UTC); empty while it is not, and after",
        ),
        sa.Column("source", sa.Text(), nullable=False, comment="The witness: heartbeat (the room itself)"),
        sa.Column(
            "confidence",
            sa.Text(),
            nullable=False,
            comment="exact: both ends were seen; estimated: the end is the last sign of life",
        ),
        sa.Column("node", sa.Text(), nullable=False, comment="The server process that kept the room"),
        sa.Column(
            "ended_by", sa.Text(), comment="left, lost, removed, ended or reconciled; empty while they are there"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attendance"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_attendance_account"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_attendance_session"),
        sa.ForeignKeyConstraint(["participant"], ["participants.id"], name="fk_attendance_participant"),
        comment="One row for every stay of a participant in a session, from coming to leaving",
    )
    op.create_index(
        "ix_attendance_session_participant_joined_at", "attendance", ["session", "participant", "joined_at"]
    )
    there = sa.text("left_at IS NULL")
    op.create_index(
        "uq_attendance_participant_open",
        "attendance",
        ["participant"],
        unique=True,
        sqlite_where=there,
        postgresql_where=there,
    )
    op.create_index("ix_attendance_node_open", "attendance", ["node"], sqlite_where=there, postgresql_where=there)


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the message, in time order"),
        sa.Column("account", Id, nullable=False, comment="The account whose session it is"),
        sa.Column("session", Id, nullable=False, comment="The session in which it was said"),
        sa.Column("participant", Id, nullable=False, comment="Who said it"),
        sa.Column("name", sa.Text(), nullable=False, comment="What its author was called then"),
        sa.Column("text", sa.Text(), nullable=False, comment="What was said, as it was written"),
        sa.Column(
            "client_key", sa.Text(), nullable=False, comment="The sender's mark: what is sent twice is kept once"
        ),
        sa.Column("sent_at", Instant(), nullable=False, comment="When it reached the server (UTC)"),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_messages_account"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_messages_session"),
        sa.ForeignKeyConstraint(["participant"], ["participants.id"], name="fk_messages_participant"),
        comment="One row for everything that was said in a session",
    )
    op.create_index("uq_messages_participant_client_key", "messages", ["participant", "client_key"], unique=True)
    op.create_index("ix_messages_session_id", "messages", ["session", "id"])
