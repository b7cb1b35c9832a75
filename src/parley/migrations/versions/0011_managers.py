"""Managers have groups; attendance is judged by rules; sessions are found by a part of their title."""

import unicodedata

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id

revision = "0011_managers"
down_revision = "0010_invitations"
branch_labels = None
depends_on = None

_AT_ONCE = 1_000
_sessions = sa.table("sessions", sa.column("id", Id), sa.column("title"), sa.column("title_folded"))


def upgrade() -> None:
    op.create_table(
        "group_managers",
        sa.Column("manager_of", Id, autoincrement=False, nullable=False, comment="The group"),
        sa.Column("person", Id, autoincrement=False, nullable=False, comment="The user who manages it"),
        sa.ForeignKeyConstraint(["manager_of"], ["groups.id"], name="fk_group_managers_manager_of", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_group_managers_person"),
        sa.PrimaryKeyConstraint("manager_of", "person", name="pk_group_managers"),
        comment="Who manages which group: they see the meetings and sessions of its people, and of its parts",
    )
    op.create_index("ix_group_managers_person", "group_managers", ["person"])
    _add_rules()
    op.create_table(
        "attendance_shares",
        sa.Column("meeting", Id, autoincrement=False, nullable=False, comment="The meeting"),
        sa.Column(
            "long_enough_percent",
            sa.Integer(),
            nullable=False,
            comment="Per cent of a session of it that somebody must be there to have attended it",
        ),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_attendance_shares_meeting"),
        sa.PrimaryKeyConstraint("meeting", name="pk_attendance_shares"),
        comment="Meetings with a share of their own that is long enough; without a row, the account's holds",
    )
    op.add_column(
        "sessions",
        sa.Column("title_folded", sa.Text(), nullable=False, server_default="", comment="The title, as it is searched"),
    )
    _fold_titles()


def _add_rules() -> None:
    op.add_column(
        "accounts",
        sa.Column(
            "long_enough_percent",
            sa.Integer(),
            nullable=False,
            server_default="80",
            comment="Per cent of a session that somebody must be there to have attended it",
        ),
    )
    op.add_column(
        "accounts",
        sa.Column(
            "late_after_minutes",
            sa.Integer(),
            nullable=False,
            server_default="5",
            comment="Minutes after the start, and before the end, that nobody is late or has left early for",
        ),
    )


def _fold_titles() -> None:
    db, behind = op.get_bind(), 0
    listed = sa.select(_sessions.c.id, _sessions.c.title).order_by(_sessions.c.id).limit(_AT_ONCE)
    fold = _sessions.update().where(_sessions.c.id == sa.bindparam("session")).values(title_folded=sa.bindparam("to"))
    while rows := db.execute(listed.where(_sessions.c.id > behind)).all():
        db.execute(fold, [{"session": row.id, "to": _folded(row.title)} for row in rows])
        behind = rows[-1].id


def _folded(written: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", written).casefold())


def downgrade() -> None:
    op.drop_column("sessions", "title_folded")
    op.drop_table("attendance_shares")
    op.drop_column("accounts", "late_after_minutes")
    op.drop_column("accounts", "long_enough_percent")
    op.drop_table("group_managers")
