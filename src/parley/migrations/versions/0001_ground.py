"""The log of facts, and the check value of the encryption key."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id, Instant, Json

revision = "0001_ground"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            autoincrement=True,
            nullable=False,
            comment="Order of writing; part of a reader's cursor",
        ),
        sa.Column("id", Id, nullable=False, comment="Id of the fact, for receivers to drop repeats by"),
        sa.Column("account", Id, nullable=False, comment="The account that it is about"),
        sa.Column("type", sa.Text(), nullable=False, comment="What became true, for example session.started"),
        sa.Column("subject", Id, nullable=False, comment="Id of the thing that it is about"),
        sa.Column("actor", Id, comment="The user who did it; empty for the system and the command line"),
        sa.Column("at", Instant(), nullable=False, comment="When it became true (UTC)"),
        sa.Column("data", Json, nullable=False, comment="The fact's own fields"),
        sa.PrimaryKeyConstraint("position", name="pk_facts"),
        sa.UniqueConstraint("id", name="uq_facts_id"),
        sqlite_autoincrement=True,
        comment="The log of facts; on PostgreSQL a column xid (the writing transaction) stands beside the position",
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE facts ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()")
        op.execute("COMMENT ON COLUMN facts.xid IS 'The writing transaction; part of a reader''s cursor'")
        op.create_index("ix_facts_xid_position", "facts", [sa.text("xid"), "position"])
    op.create_table(
        "facts_forgotten",
        sa.Column("cursor", sa.Text(), nullable=False, comment="The cursor behind the newest fact that was forgotten"),
        sa.PrimaryKeyConstraint("cursor", name="pk_facts_forgotten"),
        comment="Up to where the log of facts was forgotten: no row as long as all are there, then one",
    )
    op.create_table(
        "keys",
        sa.Column("name", sa.Text(), nullable=False, comment="Which key"),
        sa.Column(
            "sealed", sa.Text(), nullable=False, comment="A known text, sealed with it: a wrong key is noticed at start"
        ),
        sa.PrimaryKeyConstraint("name", name="pk_keys"),
        comment="Check values of the keys that seal secrets; never the keys",
    )


def downgrade() -> None:
    op.drop_table("keys")
    op.drop_table("facts_forgotten")
    op.drop_table("facts")
