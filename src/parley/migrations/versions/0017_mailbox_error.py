"""Why the mailbox could not be read is kept, to be shown."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Json

revision = "0017_mailbox_error"
down_revision = "0016_templates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "mailboxes",
        sa.Column(
            "error", Json, comment="Why it could not be read last: a message and its parameters; empty when it was"
        ),
    )


def downgrade() -> None:
    op.drop_column("mailboxes", "error")
