"""Letters to people who are invited: what waits, what was sent and what failed."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id, Instant, Json

revision = "0014_letters"
down_revision = "0013_recordings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the letter, in time order"),
        sa.Column("account", Id, nullable=False, comment="The account in whose name it is sent"),
        sa.Column("kind", sa.Text(), nullable=False, comment="invitation, change, cancellation or reminder"),
        sa.Column("email", sa.Text(), nullable=False, comment="The address that it goes to"),
        sa.Column("subject", sa.Text(), nullable=False, comment="Its subject"),
        sa.Column("meeting", Id, comment="The meeting that it is about"),
        sa.Column("invitation", Id, comment="The invitation of whom it goes to"),
        sa.Column("once", sa.Text(), nullable=False, comment="What it is written for: never twice for the same"),
        sa.Column(
            "thread", sa.Text(), comment="Of the letters of one thread the newest says all: those before need not leave"
        ),
        sa.Column("message", sa.Text(), nullable=False, comment="Its Message-ID, without what follows the @"),
        sa.Column(
            "state", sa.Text(), nullable=False, comment="waiting, sent, failed or withheld (overtaken before it left)"
        ),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="How often it was tried"),
        sa.Column("created_at", Instant(), nullable=False, comment="When it was written (UTC)"),
        sa.Column("next_at", Instant(), nullable=False, comment="When it is tried next, as long as it waits (UTC)"),
        sa.Column("expires_at", Instant(), comment="When it is no longer worth sending (UTC)"),
        sa.Column("settled_at", Instant(), comment="When it was sent, failed or was withheld (UTC)"),
        sa.Column("error", Json, comment="What went wrong last: a message and its parameters"),
        sa.Column(
            "sealed", sa.Text(), comment="What stands in it, sealed with the secret key; kept only while it waits"
        ),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_letters_account"),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
        sa.UniqueConstraint("once", name="uq_letters_once"),
        sa.UniqueConstraint("message", name="uq_letters_message"),
        comment="Mail to people who are invited: what waits, what was sent and what failed",
    )
    op.create_index("ix_letters_state_next_at", "letters", ["state", "next_at"])
    op.create_index("ix_letters_meeting_state", "letters", ["meeting", "state"])
    op.create_index("ix_letters_thread", "letters", ["thread"])
    op.create_index("ix_letters_state_settled_at", "letters", ["state", "settled_at"])


def downgrade() -> None:
    op.drop_table("letters")
