"""The watch with all that comes with the bot, read once."""

import pytest

from bot.noticing import Watch, load


@pytest.fixture(scope="session")
def watch() -> Watch:
    return load()
