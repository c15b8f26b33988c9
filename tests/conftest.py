"""What all tests share."""

from hypothesis import settings

from tests.databases import database, database_url, postgres_server

# Durable writes and two busy cores make single examples slow now and then: only results count here.
settings.register_profile("common-ground", deadline=None)
settings.load_profile("common-ground")

__all__ = ["database", "database_url", "postgres_server"]
