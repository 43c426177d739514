"""What Alembic runs: the revisions, on the connection and in the transaction it was handed."""

from alembic import context

from desk.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite changes most of a table by rebuilding it.
    render_as_batch=True,
)
context.run_migrations()
