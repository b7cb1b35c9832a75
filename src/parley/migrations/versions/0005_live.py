"""Live sessions: nodes, rooms and seats."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id, Instant

revision = "0005_live"
down_revision = "0004_sessions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_nodes()
    _create_rooms()
    _create_seats()


def _create_nodes() -> None:
    op.create_table(
        "nodes",
        sa.Column("id", sa.Text(), nullable=False, comment="Name of the server process, the same after a restart"),
        sa.Column(
            "publishers", sa.Integer(), nullable=False, comment="How many people may publish in one of its rooms"
        ),
        sa.Column("started_at", Instant(), nullable=False, comment="When it last started (UTC)"),
        sa.Column(
            "alive_until",
            Instant(),
            nullable=False,
            comment="Its lease: past this moment (UTC), others may take its rooms",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_nodes"),
        comment="Server processes that keep rooms",
    )


def _create_rooms() -> None:
    op.create_table(
        "rooms",
        sa.Column("session", Id, autoincrement=False, nullable=False, comment="The session"),
        sa.Column(
            "epoch", sa.Integer(), nullable=False, comment="How often a server opened the room; part of its event ids"
        ),
        sa.Column("node", sa.Text(), comment="The server process that keeps it; empty for none"),
        sa.Column("opened_at", Instant(), nullable=False, comment="When it was last opened (UTC)"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_rooms_session"),
        sa.ForeignKeyConstraint(["node"], ["nodes.id"], name="fk_rooms_node"),
        sa.PrimaryKeyConstraint("session", name="pk_rooms"),
        comment="The room of each session that somebody came to",
    )


def _create_seats() -> None:
    op.create_table(
        "seats",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the seat, in time order"),
        sa.Column("account", Id, nullable=False, comment="The account whose session it is"),
        sa.Column("session", Id, nullable=False, comment="The session that it admits to"),
        sa.Column("participant", Id, nullable=False, comment="Whom it admits"),
        sa.Column("person", Id, comment="The user; empty for a guest"),
        sa.Column("name", sa.Text(), nullable=False, comment="What they are called in the room"),
        sa.Column("role", sa.Text(), nullable=False, comment="host, cohost or attendee"),
        sa.Column("publishes", sa.Boolean(), nullable=False, comment="Whether they may publish media"),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False, comment="SHA-256 of the token"),
        sa.Column("issued_at", Instant(), nullable=False, comment="When it was given out (UTC)"),
        sa.Column("revoked_at", Instant(), comment="When it was taken away (UTC)"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_seats_account"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_seats_session"),
        sa.ForeignKeyConstraint(["participant"], ["participants.id"], name="fk_seats_participant"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_seats_person"),
        sa.PrimaryKeyConstraint("id", name="pk_seats"),
        comment="What admits people to rooms; one person may hold several, for one place",
    )
    op.create_index("uq_seats_token_hash", "seats", ["token_hash"], unique=True)
    op.create_index("ix_seats_session_id", "seats", ["session", "id"])
    op.create_index("ix_seats_participant", "seats", ["participant"])


def downgrade() -> None:
    op.drop_table("seats")
    op.drop_table("rooms")
    op.drop_table("nodes")
