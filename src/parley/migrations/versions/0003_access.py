"""Passwords, browser sessions, tokens, one-time links and the count of guesses."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id, Instant, Json

revision = "0003_access"
down_revision = "0002_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_passwords()
    _create_browser_sessions()
    _create_tokens()
    _create_one_time_links()
    _create_guesses()


def _create_passwords() -> None:
    op.create_table(
        "passwords",
        sa.Column("person", Id, autoincrement=False, nullable=False, comment="The user whose password it is"),
        sa.Column("hash", sa.Text(), nullable=False, comment="Argon2id, in the PHC string format"),
        sa.Column("set_at", Instant(), nullable=False, comment="When it was set (UTC)"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_passwords_person"),
        sa.PrimaryKeyConstraint("person", name="pk_passwords"),
        comment="What people sign in with; somebody who never set a password has no row",
    )


def _create_browser_sessions() -> None:
    op.create_table(
        "browser_sessions",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the browser session"),
        sa.Column("account", Id, nullable=False, comment="The account of the user"),
        sa.Column("person", Id, nullable=False, comment="The user who signed in"),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of the cookie"),
        sa.Column("address", sa.Text(), nullable=False, comment="Network address that it was signed in from"),
        sa.Column("agent", sa.Text(), nullable=False, comment="What the browser calls itself (User-Agent)"),
        sa.Column("created_at", Instant(), nullable=False, comment="When they signed in (UTC)"),
        sa.Column("seen_at", Instant(), nullable=False, comment="When it was last used, to about a minute (UTC)"),
        sa.Column("expires_at", Instant(), nullable=False, comment="When it ends in any case (UTC)"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_browser_sessions_account"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_browser_sessions_person"),
        sa.PrimaryKeyConstraint("id", name="pk_browser_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_browser_sessions_token_hash"),
        comment="Browsers that are signed in; signing out removes the row",
    )
    op.create_index("ix_browser_sessions_person", "browser_sessions", ["person"])


def _create_tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the token"),
        sa.Column("account", Id, nullable=False, comment="The account of its owner"),
        sa.Column("person", Id, nullable=False, comment="Its owner, in whose name it acts"),
        sa.Column("name", sa.Text(), nullable=False, comment="What it is for, in its owner's words"),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of the token"),
        sa.Column("scopes", Json, nullable=False, comment="What it may do at most; its owner's role limits it too"),
        sa.Column("created_at", Instant(), nullable=False, comment="When it was created (UTC)"),
        sa.Column("expires_at", Instant(), comment="When it ends (UTC); empty for never"),
        sa.Column("used_at", Instant(), comment="When it was last used, to about a minute (UTC); empty for never"),
        sa.Column("made_with", Id, comment="The token with which it was made, and ends; empty for none"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_tokens_account"),
        sa.ForeignKeyConstraint(["made_with"], ["tokens.id"], name="fk_tokens_made_with"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_tokens_person"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_tokens_token_hash"),
        comment="Personal API tokens; revoking one removes its row",
    )
    op.create_index("ix_tokens_made_with", "tokens", ["made_with"])
    op.create_index("ix_tokens_account_id", "tokens", ["account", "id"])
    op.create_index("ix_tokens_person_id", "tokens", ["person", "id"])


def _create_one_time_links() -> None:
    op.create_table(
        "one_time_links",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the link"),
        sa.Column("purpose", sa.Text(), nullable=False, comment="setup, invitation or reset"),
        sa.Column("person", Id, comment="The user whom it lets set a password; empty for setup"),
        sa.Column("email_folded", sa.Text(), comment="Their address when it was made: it dies when that changes"),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of the secret in the link"),
        sa.Column("created_at", Instant(), nullable=False, comment="When it was made (UTC)"),
        sa.Column("expires_at", Instant(), nullable=False, comment="When it stops working (UTC)"),
        sa.Column("used_at", Instant(), comment="When it was used (UTC); it works once"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_one_time_links_person"),
        sa.PrimaryKeyConstraint("id", name="pk_one_time_links"),
        sa.UniqueConstraint("token_hash", name="uq_one_time_links_token_hash"),
        comment="Links that let somebody in once: to set up the server, or to set a password",
    )
    op.create_index("ix_one_time_links_person", "one_time_links", ["person"])


def _create_guesses() -> None:
    op.create_table(
        "guesses",
        sa.Column("subject", sa.LargeBinary(), nullable=False, comment="SHA-256 of what is guessed at, or from where"),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="How many attempts there were"),
        sa.Column("ends_at", Instant(), nullable=False, comment="When the count begins anew (UTC)"),
        sa.PrimaryKeyConstraint("subject", name="pk_guesses"),
        comment="Attempts to guess a password, counted so that they can be slowed down",
    )
    op.create_index("ix_guesses_ends_at", "guesses", ["ends_at"])


def downgrade() -> None:
    op.drop_table("guesses")
    op.drop_table("one_time_links")
    op.drop_table("tokens")
    op.drop_table("browser_sessions")
    op.drop_table("passwords")
