"""Notices by mail: what each person was told, what is due, when people are reminded, and where answers come to."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id, Instant, Json

revision = "0015_notices"
down_revision = "0014_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_tellings()
    _create_told()
    _create_due()
    _create_reminding()
    _create_mailboxes()


def _create_tellings() -> None:
    op.create_table(
        "tellings",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id, in time order"),
        sa.Column("meeting", Id, nullable=False, comment="The meeting"),
        sa.Column(
            "part", sa.Integer(), nullable=False, comment="Which stretch of a series, from 0; 0 of a single meeting"
        ),
        sa.Column("data", Json, nullable=False, comment="Title, times, rule and exceptions as they stood"),
        sa.Column("created_at", Instant(), nullable=False, comment="When there was this to tell (UTC)"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_tellings_meeting"),
        sa.PrimaryKeyConstraint("id", name="pk_tellings"),
        comment="What there was to tell by mail about a meeting, each time that it was different",
    )
    op.create_index("ix_tellings_meeting_part_id", "tellings", ["meeting", "part", "id"])


def _create_told() -> None:
    op.create_table(
        "told",
        sa.Column("invitation", Id, autoincrement=False, nullable=False, comment="The invitation of who was told"),
        sa.Column(
            "part", sa.Integer(), autoincrement=False, nullable=False, comment="Which stretch of a series, from 0"
        ),
        sa.Column("meeting", Id, nullable=False, comment="The meeting"),
        sa.Column("telling", Id, comment="What they were told last; empty to tell them anew"),
        sa.Column(
            "standing", sa.Boolean(), nullable=False, comment="Whether it stands in their calendar: not once cancelled"
        ),
        sa.Column(
            "sequence", sa.Integer(), nullable=False, comment="The SEQUENCE of iCalendar that they were told last"
        ),
        sa.Column("since", sa.Integer(), nullable=False, comment="The lowest SEQUENCE with the same times"),
        sa.Column("email", sa.Text(), nullable=False, comment="The address that it was written to"),
        sa.Column("name", sa.Text(), nullable=False, comment="What they were called in it"),
        sa.Column("language", sa.Text(), nullable=False, comment="The language that it was written in"),
        sa.Column("time_zone", sa.Text(), nullable=False, comment="The IANA time zone that it was written in"),
        sa.Column("answered_at", Instant(), comment="DTSTAMP of their newest answer by mail (UTC)"),
        sa.ForeignKeyConstraint(["invitation"], ["invitations.id"], name="fk_told_invitation"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_told_meeting"),
        sa.ForeignKeyConstraint(["telling"], ["tellings.id"], name="fk_told_telling"),
        sa.PrimaryKeyConstraint("invitation", "part", name="pk_told"),
        comment="What each person who is invited was told last by mail; a row for every part of a series",
    )
    op.create_index("ix_told_meeting_invitation", "told", ["meeting", "invitation"])


def _create_due() -> None:
    op.create_table(
        "notices_due",
        sa.Column(
            "meeting",
            Id,
            autoincrement=False,
            nullable=False,
            comment="The meeting about which people may have to be told something",
        ),
        sa.Column("account", Id, nullable=False, comment="The account whose meeting it is"),
        sa.Column("due_at", Instant(), nullable=False, comment="When that is looked at (UTC)"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_notices_due_account"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_notices_due_meeting"),
        sa.PrimaryKeyConstraint("meeting", name="pk_notices_due"),
        comment="Meetings that changed, until those who are invited were written to",
    )
    op.create_index("ix_notices_due_due_at", "notices_due", ["due_at"])
    op.create_table(
        "fact_readers",
        sa.Column("name", sa.Text(), nullable=False, comment="Who reads: notices"),
        sa.Column("cursor", sa.Text(), nullable=False, comment="Behind which fact they go on"),
        sa.PrimaryKeyConstraint("name", name="pk_fact_readers"),
        comment="How far those who follow the log of facts have come",
    )


def _create_reminding() -> None:
    op.create_table(
        "reminding",
        sa.Column(
            "account",
            Id,
            autoincrement=False,
            nullable=False,
            comment="The account; without a row, people are reminded 15 minutes before",
        ),
        sa.Column("minutes", sa.Integer(), comment="Minutes before the start; empty for no reminders"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_reminding_account"),
        sa.PrimaryKeyConstraint("account", name="pk_reminding"),
        comment="How long before a meeting those who are invited are reminded, where an account chose",
    )


def _create_mailboxes() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("name", sa.Text(), nullable=False, comment="Which mailbox: its address without the password"),
        sa.Column(
            "validity",
            sa.BigInteger(),
            nullable=False,
            comment="UIDVALIDITY of IMAP: with another, it is a new mailbox",
        ),
        sa.Column("uid", sa.BigInteger(), nullable=False, comment="The UID of the last message that was read"),
        sa.Column("next_at", Instant(), nullable=False, comment="When it is looked at next (UTC)"),
        sa.PrimaryKeyConstraint("name", name="pk_mailboxes"),
        comment="How far the mailbox was read to which answers and returned letters come",
    )


def downgrade() -> None:
    for table in ("mailboxes", "reminding", "fact_readers", "notices_due", "told", "tellings"):
        op.drop_table(table)
