"""People are invited to meetings; the record knows whom, and who came by whose link."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id, Instant

revision = "0010_invitations"
down_revision = "0009_private_messages"
branch_labels = None
depends_on = None

_VALID = sa.text("withdrawn_at IS NULL")
_SERIES = sa.text("withdrawn_at IS NULL AND repeats_until IS NOT NULL")
_INVITED = "Whether they were expected: host, co-hosts, and who was invited"
_INVITED_BEFORE = "Whether they were expected from the beginning"


def upgrade() -> None:
    _create_invitations()
    _index_invitations()
    _add_to_participants()
    _add_to_seats()
    _comment_invited(_INVITED)


def _create_invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the invitation, in time order"),
        sa.Column("account", Id, nullable=False, comment="The account whose meeting it is"),
        sa.Column("meeting", Id, nullable=False, comment="The meeting"),
        sa.Column("person", Id, comment="The user who is invited; empty for somebody who is known by address only"),
        sa.Column("email", sa.Text(), comment="The e-mail address of who is no user, as it was written"),
        sa.Column("email_folded", sa.Text(), comment="The address, as it is compared"),
        sa.Column("name", sa.Text(), nullable=False, comment="What they were called when they were invited"),
        sa.Column("required", sa.Boolean(), nullable=False, comment="Whether they should come"),
        sa.Column(
            "group_name", sa.Text(), comment="The group by which they were invited, as it was called; empty without one"
        ),
        sa.Column("invited_by", Id, comment="The user who invited them; empty for the command line"),
        sa.Column("invited_at", Instant(), nullable=False, comment="When they were invited (UTC)"),
        sa.Column("withdrawn_at", Instant(), comment="When the invitation was withdrawn (UTC); its link is void then"),
        sa.Column("reply", sa.Text(), nullable=False, comment="needs-action, accepted, declined or tentative"),
        sa.Column("comment", sa.Text(), nullable=False, comment="What they wrote with their answer; may be empty"),
        sa.Column("replied_at", Instant(), comment="When they last answered (UTC)"),
        sa.Column("replied_through", sa.Text(), comment="link, mail or account (signed in)"),
        sa.Column(
            "starts_at",
            Instant(),
            nullable=False,
            comment="The meeting's starts_at, repeated to read a person's meetings in order",
        ),
        sa.Column(
            "repeats_until",
            Instant(),
            comment="The meeting's repeats_until, repeated to find the series of a person that go on",
        ),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_invitations_account"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_invitations_meeting"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_invitations_person"),
        sa.ForeignKeyConstraint(["invited_by"], ["users.id"], name="fk_invitations_invited_by"),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        comment="Who is invited to which meeting, and what they answered; each row has a personal link",
    )


def _index_invitations() -> None:
    op.create_index("ix_invitations_meeting_id", "invitations", ["meeting", "id"])
    for columns, where, unique in (
        (["meeting", "person"], _VALID, True),
        (["meeting", "email_folded"], _VALID, True),
        (["person", "starts_at", "meeting"], _VALID, False),
        (["person", "repeats_until"], _SERIES, False),
    ):
        name = f"{'uq' if unique else 'ix'}_invitations_{'_'.join(columns)}"
        op.create_index(name, "invitations", columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _add_to_participants() -> None:
    for column in (
        sa.Column(
            "required", sa.Boolean(), nullable=False, server_default=sa.false(), comment="Whether they should come"
        ),
        sa.Column("invitation", Id, comment="The invitation of who is no user; empty for guests without one"),
        sa.Column("came_by", Id, comment="The invitation of somebody else, by whose personal link they came"),
        sa.Column(
            "link_shared_at",
            Instant(),
            comment="When their personal link was opened on a second device while they were there (UTC)",
        ),
    ):
        op.add_column("participants", column)
    op.create_index("uq_participants_session_invitation", "participants", ["session", "invitation"], unique=True)


def _add_to_seats() -> None:
    for column in (
        sa.Column("device", sa.Text(), comment="The browser that it was given to, by a name of its own; may be empty"),
        sa.Column("link_of", sa.Text(), comment="Whose personal link they came by who are somebody else; mostly empty"),
        sa.Column(
            "link_shared",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="Whether their personal link was open on another device when they came",
        ),
    ):
        op.add_column("seats", column)


def _comment_invited(comment: str) -> None:
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps no comments
        op.alter_column("participants", "invited", comment=comment)


def downgrade() -> None:
    _comment_invited(_INVITED_BEFORE)
    for column in ("link_shared", "link_of", "device"):
        op.drop_column("seats", column)
    op.drop_index("uq_participants_session_invitation", "participants")
    for column in ("link_shared_at", "came_by", "invitation", "required"):
        op.drop_column("participants", column)
    op.drop_table("invitations")
