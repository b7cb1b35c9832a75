"""Accounts, users and groups."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id, Instant

revision = "0002_people"
down_revision = "0001_ground"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_accounts()
    _create_users()
    _create_groups()
    _create_group_members()


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the account"),
        sa.Column("name", sa.Text(), nullable=False, comment="What the organization is called"),
        sa.Column("created_at", Instant(), nullable=False, comment="When the account was created (UTC)"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        comment="Organizations on this server; they know nothing of each other",
    )


def _create_users() -> None:
    op.create_table(
        "users",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the user"),
        sa.Column("account", Id, nullable=False, comment="The account that they belong to"),
        sa.Column("email", sa.Text(), nullable=False, comment="E-mail address, as it was written"),
        sa.Column("email_folded", sa.Text(), nullable=False, comment="E-mail address, as it is compared"),
        sa.Column("name", sa.Text(), nullable=False, comment="What people call them"),
        sa.Column("name_folded", sa.Text(), nullable=False, comment="Name, as it is sorted and searched"),
        sa.Column("role", sa.Text(), nullable=False, comment="administrator, manager, organizer, agent or member"),
        sa.Column("status", sa.Text(), nullable=False, comment="active or suspended"),
        sa.Column("locale", sa.Text(), nullable=False, comment="Language that Parley speaks with them, for example de"),
        sa.Column("time_zone", sa.Text(), nullable=False, comment="IANA time zone, for example Europe/Berlin"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Counts changes, from 1"),
        sa.Column("created_at", Instant(), nullable=False, comment="When they were added (UTC)"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_users_account"),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email_folded", name="uq_users_email_folded"),
        comment="People with a user of their own; guests of a meeting are participants only",
    )
    op.create_index("ix_users_account_name_folded_id", "users", ["account", "name_folded", "id"])


def _create_groups() -> None:
    op.create_table(
        "groups",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the group"),
        sa.Column("account", Id, nullable=False, comment="The account that it belongs to"),
        sa.Column("name", sa.Text(), nullable=False, comment="What the group is called"),
        sa.Column("name_folded", sa.Text(), nullable=False, comment="Name, as it is compared and sorted"),
        sa.Column("description", sa.Text(), nullable=False, comment="What the group is for; may be empty"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Counts changes, from 1"),
        sa.Column("created_at", Instant(), nullable=False, comment="When it was created (UTC)"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_groups_account"),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("account", "name_folded", name="uq_groups_account_name_folded"),
        comment="People who belong together: a department, a shift, a class",
    )


def _create_group_members() -> None:
    op.create_table(
        "group_members",
        sa.Column("member_of", Id, nullable=False, comment="The group"),
        sa.Column("person", Id, nullable=False, comment="The user who is in it"),
        sa.ForeignKeyConstraint(["member_of"], ["groups.id"], name="fk_group_members_member_of", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_group_members_person"),
        sa.PrimaryKeyConstraint("member_of", "person", name="pk_group_members"),
        comment="Who is in which group",
    )
    op.create_index("ix_group_members_person", "group_members", ["person"])


def downgrade() -> None:
    op.drop_table("group_members")
    op.drop_table("groups")
    op.drop_table("users")
    op.drop_table("accounts")
