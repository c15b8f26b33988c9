"""Groups to test with: each on its own real SQLite file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.group import GroupUnderTest


@pytest_asyncio.fixture
async def bare_group(tmp_path: Path) -> AsyncIterator[GroupUnderTest]:
    """A core that no group has added yet."""
    group = await GroupUnderTest.start(tmp_path)
    yield group
    await group.close()


@pytest_asyncio.fixture
async def group(bare_group: GroupUnderTest) -> GroupUnderTest:
    """A group of twelve in England, set up by its moderator Mo; Asha, Ben, … are members."""
    await bare_group.set_up()
    return bare_group
