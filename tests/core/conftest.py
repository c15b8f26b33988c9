"""A core to test: each on its own real SQLite file."""

from tests.features.conftest import bare_group, group

__all__ = ["bare_group", "group"]
