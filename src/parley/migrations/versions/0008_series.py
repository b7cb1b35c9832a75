"""Meetings repeat: by which rule, until when, and which occurrences are moved or cancelled."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id, Instant

revision = "0008_series"
down_revision = "0007_licences"
branch_labels = None
depends_on = None

_REPEATS = sa.text("repeats_until IS NOT NULL")


def upgrade() -> None:
    op.add_column(
        "meetings",
        sa.Column(
            "repeats_until",
            Instant(),
            comment="The end of the last occurrence (UTC), the year 9999 for one without end; empty when it does "
            "not repeat",
        ),
    )
    op.add_column(
        "meeting_organizers",
        sa.Column(
            "repeats_until",
            Instant(),
            comment="The meeting's repeats_until, repeated to find the series of a person that go on",
        ),
    )
    for table, owner in (("meetings", "account"), ("meeting_organizers", "person")):
        op.create_index(
            f"ix_{table}_{owner}_repeats_until",
            table,
            [owner, "repeats_until"],
            sqlite_where=_REPEATS,
            postgresql_where=_REPEATS,
        )
    _create_stretches()
    _create_exceptions()


def _create_stretches() -> None:
    op.create_table(
        "meeting_stretches",
        sa.Column("meeting", Id, autoincrement=False, nullable=False, comment="The meeting that repeats"),
        sa.Column(
            "position", sa.Integer(), autoincrement=False, nullable=False, comment="Counts its stretches, from 0"
        ),
        sa.Column(
            "first_start",
            sa.Text(),
            nullable=False,
            comment="The first start as the clock on the wall shows it in time_zone, for example 2026-03-02T14:00:00",
        ),
        sa.Column("seconds", sa.Integer(), nullable=False, comment="How long an occurrence is planned to last"),
        sa.Column("time_zone", sa.Text(), nullable=False, comment="The IANA time zone in which it was planned"),
        sa.Column(
            "rule",
            sa.Text(),
            nullable=False,
            comment="By which rule it repeats: RRULE of RFC 5545; UNTIL is a day there",
        ),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_meeting_stretches_meeting"),
        sa.PrimaryKeyConstraint("meeting", "position", name="pk_meeting_stretches"),
        comment="How a meeting repeats: a row for every stretch of time in which one rule holds",
    )


def _create_exceptions() -> None:
    op.create_table(
        "meeting_exceptions",
        sa.Column("meeting", Id, autoincrement=False, nullable=False, comment="The meeting that repeats"),
        sa.Column(
            "original_start",
            sa.Text(),
            nullable=False,
            comment="The start by the rule, as the clock on the wall shows it in the zone of the stretch",
        ),
        sa.Column("starts_at", Instant(), comment="The start instead (UTC); empty when the occurrence is cancelled"),
        sa.Column("ends_at", Instant(), comment="The end instead (UTC); empty when the occurrence is cancelled"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_meeting_exceptions_meeting"),
        sa.PrimaryKeyConstraint("meeting", "original_start", name="pk_meeting_exceptions"),
        comment="Occurrences of series that are moved or cancelled",
    )


def downgrade() -> None:
    op.drop_table("meeting_exceptions")
    op.drop_table("meeting_stretches")
    op.drop_index("ix_meeting_organizers_person_repeats_until", "meeting_organizers")
    op.drop_index("ix_meetings_account_repeats_until", "meetings")
    op.drop_column("meeting_organizers", "repeats_until")
    op.drop_column("meetings", "repeats_until")
