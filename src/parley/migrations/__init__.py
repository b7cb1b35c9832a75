"""The schema's one history, as Alembic revisions; each slice adds its own tables here."""
