"""Who waits before a room: what the account and the meeting say, what hosts decide, and who was let in."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Instant

revision = "0012_waiting"
down_revision = "0011_managers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "accounts",
        sa.Column(
            "lobby",
            sa.Text(),
            nullable=False,
            server_default="guests",
            comment="Who waits before meetings without a password that say nothing else: off, guests or everyone",
        ),
    )
    op.add_column(
        "meetings",
        sa.Column(
            "lobby",
            sa.Text(),
            comment="Who waits until a host lets them in: off, guests or everyone; empty for what is usual",
        ),
    )
    op.add_column(
        "rooms",
        sa.Column(
            "lobby",
            sa.Text(),
            nullable=False,
            server_default="off",
            comment="Who waits: off, guests or everyone",
        ),
    )
    op.add_column("rooms", sa.Column("locked_at", Instant(), comment="Since when it is locked (UTC); empty if not"))
    op.add_column(
        "rooms",
        sa.Column(
            "silenced_at", Instant(), comment="Since when attendees may not unmute themselves (UTC); empty if not"
        ),
    )
    op.add_column(
        "seats",
        sa.Column("admitted_at", Instant(), comment="When its holder was let in (UTC); empty for who may have to wait"),
    )


def downgrade() -> None:
    op.drop_column("seats", "admitted_at")
    op.drop_column("rooms", "silenced_at")
    op.drop_column("rooms", "locked_at")
    op.drop_column("rooms", "lobby")
    op.drop_column("meetings", "lobby")
    op.drop_column("accounts", "lobby")
