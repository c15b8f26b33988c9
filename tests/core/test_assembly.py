"""The bot put together: what a process that was killed left behind is taken up at the start."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.assembly import assembled
from bot.outbox import put
from bot.storage.ballots import WHOLE
from tests.core.test_outbox import post
from tests.features.votes import ask_group, open_vote
from tests.group import GroupUnderTest


async def test_leases_of_the_killed_process_end_at_the_start(group: GroupUnderTest) -> None:
    async with group.database.transaction() as work:
        await put(work, post("post 1"), 1, group.clock(), group.groups)
    async with group.database.transaction() as work:
        assert len(await work.outbox.claim("test", group.clock())) == 1
    await group.close()
    async with assembled(
        url=group.url, secret_key="a secret for tests", platforms=[group.platform], clock=group.clock
    ) as core:
        await core.run_due()
    assert "post 1" in group.posts


async def test_ballots_that_the_killed_process_had_destroyed_are_gone_from_the_log_too(
    group: GroupUnderTest, tmp_path: Path
) -> None:
    await ask_group(group)
    vote = (await open_vote(group)).id
    voter = "f" * 60 + "cafe"
    async with group.database.transaction() as work:
        await work.ballots.cast(vote, voter, WHOLE, "agree", 1)
    async with group.database.transaction() as work:
        await work.ballots.destroy(vote)  # and killed before the scrub: its connection never closes
    assert voter.encode() in (tmp_path / "test.db-wal").read_bytes()
    async with assembled(
        url=group.url, secret_key="a secret for tests", platforms=[group.platform], clock=group.clock
    ):
        for file in tmp_path.glob("test.db*"):  # noqa: ASYNC240
            assert voter.encode() not in file.read_bytes(), file.name


@pytest.mark.parametrize(("key", "told"), [("another secret", True), ("a secret for tests", False)])
async def test_the_host_is_told_when_the_secret_key_is_not_that_of_the_open_votes(
    group: GroupUnderTest, key: str, told: bool
) -> None:
    await ask_group(group)
    await group.close()
    with capture_logs() as logged:
        async with assembled(url=group.url, secret_key=key, platforms=[group.platform], clock=group.clock):
            pass
    assert any("put the old secret key back" in line["event"] for line in logged) is told
