"""Licences: how many of each product, who holds one, how large sessions may be; groups have parents."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id

revision = "0007_licences"
down_revision = "0006_meetings"
branch_labels = None
depends_on = None

_STATUS = "active, suspended or deleted"
_STATUS_BEFORE = "active or suspended"


def upgrade() -> None:
    op.add_column(
        "accounts",
        sa.Column("sessions_at_once", sa.Integer(), comment="The most sessions at once; empty when there is no limit"),
    )
    op.add_column(
        "users",
        sa.Column(
            "most_attendees",
            sa.Integer(),
            comment="The most people at once in a session that they host, themselves included; empty without a limit",
        ),
    )
    op.add_column(
        "sessions",
        sa.Column(
            "most_attendees",
            sa.Integer(),
            comment="The most people at once that the host's licence allowed when it began; empty without a limit",
        ),
    )
    op.add_column(
        "groups",
        sa.Column(
            "parent", Id, sa.ForeignKey("groups.id", name="fk_groups_parent"), comment="The group that it is a part of"
        ),
        inline_references=True,
    )
    op.create_index("ix_groups_parent", "groups", ["parent"])
    _create_product_limits()
    _create_licences()
    _comment_status(_STATUS)


def _create_product_limits() -> None:
    op.create_table(
        "product_limits",
        sa.Column("account", Id, autoincrement=False, nullable=False, comment="The account"),
        sa.Column("product", sa.Text(), nullable=False, comment="meeting, webinar, training or support"),
        sa.Column("most", sa.Integer(), nullable=False, comment="The most people who may hold the product"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_product_limits_account"),
        sa.PrimaryKeyConstraint("account", "product", name="pk_product_limits"),
        comment="How many people of an account may hold a product; without a row, everybody may use it",
    )


def _create_licences() -> None:
    op.create_table(
        "licences",
        sa.Column("person", Id, autoincrement=False, nullable=False, comment="The user"),
        sa.Column("product", sa.Text(), nullable=False, comment="meeting, webinar, training or support"),
        sa.Column("account", Id, nullable=False, comment="The account of the user"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_licences_person"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_licences_account"),
        sa.PrimaryKeyConstraint("person", "product", name="pk_licences"),
        comment="Who holds which product: each row is one of the licences that the account has",
    )
    op.create_index("ix_licences_account_product", "licences", ["account", "product"])


def _comment_status(comment: str) -> None:
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps no comments
        op.alter_column("users", "status", comment=comment)
        deleted = comment == _STATUS
        written = "E-mail address, as it was written"
        op.alter_column("users", "email", comment=f"{written}; empty for who is deleted" if deleted else written)


def downgrade() -> None:
    _comment_status(_STATUS_BEFORE)
    op.drop_table("licences")
    op.drop_table("product_limits")
    op.drop_index("ix_groups_parent", "groups")
    op.drop_column("groups", "parent")
    op.drop_column("sessions", "most_attendees")
    op.drop_column("users", "most_attendees")
    op.drop_column("accounts", "sessions_at_once")
