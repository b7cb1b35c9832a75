"""Meetings are made from templates."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id, Instant, Json

revision = "0016_templates"
down_revision = "0015_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_templates",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the template, in time order"),
        sa.Column("account", Id, nullable=False, comment="The account whose template it is"),
        sa.Column("person", Id, nullable=False, comment="The user whose template it is"),
        sa.Column("name", sa.Text(), nullable=False, comment="What it is called"),
        sa.Column("shared", sa.Boolean(), nullable=False, comment="Whether everybody of the account may use it"),
        sa.Column(
            "content",
            Json,
            nullable=False,
            comment="What a meeting made from it begins with: title, day, start on the wall, seconds, time zone, rule, "
            "co-organizers, invited",
        ),
        sa.Column("created_at", Instant(), nullable=False, comment="When it was saved (UTC)"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_meeting_templates_account"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_meeting_templates_person"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_templates"),
        comment="What meetings are made from: one row for each template",
    )
    op.create_index("ix_meeting_templates_account_person", "meeting_templates", ["account", "person"])


def downgrade() -> None:
    op.drop_table("meeting_templates")
