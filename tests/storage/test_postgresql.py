"""PostgreSQL is really there. Where it cannot be, this one test says why and the others leave it out."""

import pytest
from sqlalchemy import text

from bot.storage.engine import make_engine
from tests.databases import why_not_postgresql


@pytest.mark.postgres
async def test_postgresql_is_tested_too(request: pytest.FixtureRequest) -> None:
    reason = why_not_postgresql()
    if reason is not None:
        pytest.skip(reason)
    engine = make_engine(request.getfixturevalue("postgres_server"))
    async with engine.connect() as connection:
        found = (await connection.execute(text("SHOW server_version_num"))).scalar_one()
    await engine.dispose()
    assert int(found) >= 140000
