"""Alembic's entry: the connection is handed in, on PostgreSQL one process at a time migrates."""

from alembic import context
from sqlalchemy import text

from bot.storage.tables import metadata

LOCK = 4_712_004  # any constant: the same in every process

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
    transaction_per_migration=False,
    compare_type=False,
)
with context.begin_transaction():
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    context.run_migrations()
