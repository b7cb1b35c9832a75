"""Alembic's entry: runs the history on the connection that `parley.ground.db.migrate` hands over."""

from alembic import context

from parley.ground.db import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
