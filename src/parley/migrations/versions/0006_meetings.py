"""Meetings, and who organizes them."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id, Instant

revision = "0006_meetings"
down_revision = "0005_live"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the meeting, in time order"),
        sa.Column("account", Id, nullable=False, comment="The account whose meeting it is"),
        sa.Column("organizer", Id, nullable=False, comment="The user who made it"),
        sa.Column("number", sa.Integer(), nullable=False, comment="The nine digits in its link; they never change"),
        sa.Column("title", sa.Text(), nullable=False, comment="What it is about"),
        sa.Column("title_folded", sa.Text(), nullable=False, comment="The title, as it is searched"),
        sa.Column(
            "immediate",
            sa.Boolean(),
            nullable=False,
            comment="Whether it was made by Meet now; then it was planned for an hour",
        ),
        sa.Column("starts_at", Instant(), nullable=False, comment="The planned start (UTC)"),
        sa.Column("ends_at", Instant(), nullable=False, comment="The planned end (UTC)"),
        sa.Column(
            "time_zone",
            sa.Text(),
            nullable=False,
            comment="The IANA time zone in which it was planned, for example Europe/Berlin",
        ),
        sa.Column(
            "password_hash",
            sa.Text(),
            comment="The password that guests are asked for, hashed with argon2id; empty when none",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="Counts changes, from 1"),
        sa.Column("created_at", Instant(), nullable=False, comment="When it was made (UTC)"),
        sa.Column("cancelled_at", Instant(), comment="When it was cancelled (UTC)"),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_meetings_account"),
        sa.ForeignKeyConstraint(["organizer"], ["users.id"], name="fk_meetings_organizer"),
        sa.UniqueConstraint("number", name="uq_meetings_number"),
        comment="One row for every meeting that was planned or held at once; its runs are sessions",
    )
    op.create_index("ix_meetings_account_starts_at_id", "meetings", ["account", "starts_at", "id"])
    op.create_index(
        "ix_meetings_account_organizer_starts_at_id", "meetings", ["account", "organizer", "starts_at", "id"]
    )
    cancelled = sa.text("cancelled_at IS NOT NULL")
    op.create_index(
        "ix_meetings_account_cancelled",
        "meetings",
        ["account", "starts_at", "id"],
        sqlite_where=cancelled,
        postgresql_where=cancelled,
    )
    op.create_table(
        "meeting_organizers",
        sa.Column("meeting", Id, autoincrement=False, nullable=False, comment="The meeting"),
        sa.Column("person", Id, autoincrement=False, nullable=False, comment="Organizer or co-organizer"),
        sa.Column(
            "starts_at",
            Instant(),
            nullable=False,
            comment="The meeting's starts_at, repeated to read a person's meetings in order",
        ),
        sa.PrimaryKeyConstraint("meeting", "person", name="pk_meeting_organizers"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_meeting_organizers_meeting"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_meeting_organizers_person"),
        comment="Who may start and change a meeting: its organizer and its co-organizers",
    )
    op.create_index(
        "ix_meeting_organizers_person_starts_at_meeting", "meeting_organizers", ["person", "starts_at", "meeting"]
    )


def downgrade() -> None:
    op.drop_table("meeting_organizers")
    op.drop_table("meetings")
