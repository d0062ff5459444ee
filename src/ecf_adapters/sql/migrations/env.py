"""Alembic runs this over the connection that :class:`ecf_adapters.sql.schema.Schema` opens."""

from alembic import context

from ecf_adapters.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
