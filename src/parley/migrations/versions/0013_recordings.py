"""What sessions leave behind: artefacts with links and views, and recordings with chunks, marks and consents."""

import sqlalchemy as sa
from alembic import op

from parley.ground.db import Id, Instant

revision = "0013_recordings"
down_revision = "0012_waiting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_artefacts()
    _create_artefact_links()
    _create_artefact_views()
    _create_recordings()
    _create_recording_chunks()
    _create_recording_marks()
    _create_recording_consents()


def downgrade() -> None:
    op.drop_table("recording_consents")
    op.drop_table("recording_marks")
    op.drop_table("recording_chunks")
    op.drop_table("recordings")
    op.drop_table("artefact_views")
    op.drop_table("artefact_links")
    op.drop_table("artefacts")


def _create_artefacts() -> None:
    op.create_table(
        "artefacts",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the artefact, in time order"),
        sa.Column("account", Id, nullable=False, comment="The account whose session it is"),
        sa.Column("session", Id, nullable=False, comment="The session that it comes from"),
        sa.Column("kind", sa.Text(), nullable=False, comment="recording, file, whiteboard, notes or poll-results"),
        sa.Column("name", sa.Text(), nullable=False, comment="What it is called, for a file its name"),
        sa.Column("format", sa.Text(), nullable=False, comment="Its media type, for example video/webm"),
        sa.Column(
            "state", sa.Text(), nullable=False, comment="recording, uploading, verifying, ready, failed or deleted"
        ),
        sa.Column("participant", Id, comment="Who made it; empty for nobody in the session"),
        sa.Column("created_at", Instant(), nullable=False, comment="When it was begun (UTC)"),
        sa.Column("bytes", sa.BigInteger(), comment="How large it is; empty until it is ready"),
        sa.Column("sha256", sa.Text(), comment="SHA-256 of its bytes, in hexadecimal; empty until it is ready"),
        sa.Column(
            "storage_key", sa.Text(), comment="Its name in the storage; empty as long as it has no bytes, or no more"
        ),
        sa.Column("failure", sa.Text(), comment="Why it failed, in English; empty for all others"),
        sa.Column("keep_until", Instant(), comment="When it is deleted by itself (UTC); empty for never"),
        sa.Column("held", sa.Boolean(), nullable=False, comment="Whether it must not be deleted"),
        sa.Column("deleted_at", Instant(), comment="When its bytes were deleted (UTC)"),
        sa.Column("deleted_by", Id, comment="The user who deleted it; empty when its time was up"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_artefacts_account"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_artefacts_session"),
        sa.ForeignKeyConstraint(["participant"], ["participants.id"], name="fk_artefacts_participant"),
        sa.ForeignKeyConstraint(["deleted_by"], ["users.id"], name="fk_artefacts_deleted_by"),
        sa.PrimaryKeyConstraint("id", name="pk_artefacts"),
        comment="One row for every recording, file or other thing that a session left behind",
    )
    op.create_index(
        "ix_artefacts_deleted_at_with_bytes",
        "artefacts",
        ["deleted_at"],
        sqlite_where=sa.text("deleted_at IS NOT NULL AND storage_key IS NOT NULL"),
        postgresql_where=sa.text("deleted_at IS NOT NULL AND storage_key IS NOT NULL"),
    )
    op.create_index(
        "ix_artefacts_keep_until",
        "artefacts",
        ["keep_until"],
        sqlite_where=sa.text("keep_until IS NOT NULL"),
        postgresql_where=sa.text("keep_until IS NOT NULL"),
    )
    op.create_index("ix_artefacts_session_id", "artefacts", ["session", "id"])
    op.create_index(
        "ix_artefacts_state_under_way",
        "artefacts",
        ["state"],
        sqlite_where=sa.text("state IN ('recording', 'uploading', 'verifying')"),
        postgresql_where=sa.text("state IN ('recording', 'uploading', 'verifying')"),
    )


def _create_artefact_links() -> None:
    op.create_table(
        "artefact_links",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the link, in time order"),
        sa.Column("artefact", Id, nullable=False, comment="What it opens"),
        sa.Column("label", sa.Text(), nullable=False, comment="For whom it is, as its maker wrote; may be empty"),
        sa.Column(
            "key_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of the secret in the link; never the secret"
        ),
        sa.Column("downloads", sa.Boolean(), nullable=False, comment="Whether it also lets people download"),
        sa.Column("created_by", Id, comment="The user who made it; empty for the command line"),
        sa.Column("created_at", Instant(), nullable=False, comment="When it was made (UTC)"),
        sa.Column("expires_at", Instant(), nullable=False, comment="Until when it works (UTC)"),
        sa.Column("withdrawn_at", Instant(), comment="When it was withdrawn (UTC)"),
        sa.Column("opened", sa.Integer(), nullable=False, comment="How often it was opened"),
        sa.ForeignKeyConstraint(["artefact"], ["artefacts.id"], name="fk_artefact_links_artefact"),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name="fk_artefact_links_created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_artefact_links"),
        comment="Links by which somebody without an account watches a recording or reads a file",
    )
    op.create_index("ix_artefact_links_artefact_id", "artefact_links", ["artefact", "id"])
    op.create_index("uq_artefact_links_key_hash", "artefact_links", ["key_hash"], unique=True)


def _create_artefact_views() -> None:
    op.create_table(
        "artefact_views",
        sa.Column("id", Id, autoincrement=False, nullable=False, comment="Id of the view, in time order"),
        sa.Column("artefact", Id, nullable=False, comment="What was opened"),
        sa.Column("person", Id, comment="The user; empty for somebody who came by a link"),
        sa.Column("name", sa.Text(), nullable=False, comment="What the user was called then; empty for a link"),
        sa.Column("link", Id, comment="The link by which they came; empty for users"),
        sa.Column("kind", sa.Text(), nullable=False, comment="opened (to watch or read) or downloaded"),
        sa.Column("at", Instant(), nullable=False, comment="When (UTC)"),
        sa.ForeignKeyConstraint(["artefact"], ["artefacts.id"], name="fk_artefact_views_artefact"),
        sa.ForeignKeyConstraint(["person"], ["users.id"], name="fk_artefact_views_person"),
        sa.ForeignKeyConstraint(["link"], ["artefact_links.id"], name="fk_artefact_views_link"),
        sa.PrimaryKeyConstraint("id", name="pk_artefact_views"),
        comment="One row for every time that somebody opened or downloaded a recording or file",
    )
    op.create_index("ix_artefact_views_artefact_id", "artefact_views", ["artefact", "id"])


def _create_recordings() -> None:
    op.create_table(
        "recordings",
        sa.Column("artefact", Id, autoincrement=False, nullable=False, comment="The artefact"),
        sa.Column("session", Id, nullable=False, comment="The session that is recorded"),
        sa.Column(
            "key_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of the secret with which its chunks are sent"
        ),
        sa.Column("heard_at", Instant(), nullable=False, comment="When the last chunk came (UTC)"),
        sa.Column("stopped_at", Instant(), comment="When it was stopped (UTC); empty while it goes on"),
        sa.Column(
            "chunks",
            sa.Integer(),
            comment="How many chunks it has, as its maker says; empty as long as that is not known",
        ),
        sa.Column("milliseconds", sa.Integer(), comment="How long it is; empty where that is not known"),
        sa.Column("claimed_until", Instant(), comment="Until when (UTC) a server process works on it; empty for none"),
        sa.ForeignKeyConstraint(["artefact"], ["artefacts.id"], name="fk_recordings_artefact"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_recordings_session"),
        sa.PrimaryKeyConstraint("artefact", name="pk_recordings"),
        comment="One row for every recording: one take of one browser",
    )
    op.create_index("ix_recordings_session_artefact", "recordings", ["session", "artefact"])


def _create_recording_chunks() -> None:
    op.create_table(
        "recording_chunks",
        sa.Column("artefact", Id, autoincrement=False, nullable=False, comment="The recording"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="Counts its chunks, from 1"),
        sa.Column("bytes", sa.Integer(), nullable=False, comment="How large it is"),
        sa.Column("sha256", sa.Text(), nullable=False, comment="SHA-256 of its bytes, in hexadecimal"),
        sa.Column("received_at", Instant(), nullable=False, comment="When it was durable here (UTC)"),
        sa.ForeignKeyConstraint(["artefact"], ["artefacts.id"], name="fk_recording_chunks_artefact"),
        sa.PrimaryKeyConstraint("artefact", "number", name="pk_recording_chunks"),
        comment="The parts of recordings, as long as they are kept: until the whole is verified",
    )


def _create_recording_marks() -> None:
    op.create_table(
        "recording_marks",
        sa.Column("artefact", Id, autoincrement=False, nullable=False, comment="The recording"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="Counts its marks, from 1"),
        sa.Column("milliseconds", sa.Integer(), nullable=False, comment="Where in the recording, from its beginning"),
        sa.Column("kind", sa.Text(), nullable=False, comment="joined, left, sharing or speaking"),
        sa.Column("participant", Id, nullable=False, comment="Who"),
        sa.ForeignKeyConstraint(["artefact"], ["artefacts.id"], name="fk_recording_marks_artefact"),
        sa.ForeignKeyConstraint(["participant"], ["participants.id"], name="fk_recording_marks_participant"),
        sa.PrimaryKeyConstraint("artefact", "number", name="pk_recording_marks"),
        comment="Where in a recording somebody came, went, shared a screen or began to speak",
    )


def _create_recording_consents() -> None:
    op.create_table(
        "recording_consents",
        sa.Column("artefact", Id, autoincrement=False, nullable=False, comment="The recording"),
        sa.Column("participant", Id, autoincrement=False, nullable=False, comment="Who"),
        sa.Column("told_at", Instant(), nullable=False, comment="When their browser showed them the notice (UTC)"),
        sa.Column("agreed_at", Instant(), comment="When they agreed (UTC); empty for those who did not"),
        sa.ForeignKeyConstraint(["artefact"], ["artefacts.id"], name="fk_recording_consents_artefact"),
        sa.ForeignKeyConstraint(["participant"], ["participants.id"], name="fk_recording_consents_participant"),
        sa.PrimaryKeyConstraint("artefact", "participant", name="pk_recording_consents"),
        comment="Who was told that a session is recorded, and who agreed",
    )
