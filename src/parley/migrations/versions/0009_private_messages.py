"""Messages to one: whom else but its author a message is shown to."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id

revision = "0009_private_messages"
down_revision = "0008_series"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "messages",
        sa.Column(
            "visible_to",
            Id,
            sa.ForeignKey("participants.id", name="fk_messages_visible_to"),
            comment="To whom alone it was said; empty when to everybody",
        ),
        inline_references=True,
    )


def downgrade() -> None:
    op.drop_column("messages", "visible_to")
