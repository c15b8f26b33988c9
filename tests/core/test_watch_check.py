"""What ``common-ground check`` says about the message watch."""

from pathlib import Path

from bot.contract.events import Place
from bot.noticing import load, shared
from bot.noticing.pack import packaged
from bot.watch_check import check
from tests.features.test_hints import choose
from tests.group import TEXTS, GroupUnderTest

SERVER = Place(platform="discord", group="5", channel="6")


async def test_nothing_is_said_where_all_is_well(group: GroupUnderTest) -> None:
    assert check(shared(), group.groups, reads_discord=False) == []


async def test_a_pack_of_no_use_is_named_with_file_and_line(group: GroupUnderTest, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("language: en\nheads:\n  mine: you *\n", encoding="utf-8")
    [finding] = check(load([*packaged(), broken]), group.groups, reads_discord=True)
    said = TEXTS.reader().plain(finding.key, **finding.values)
    assert "left out. broken.yaml, line 3: " in said
    assert not finding.good


async def test_a_discord_group_that_voted_and_cannot_be_read_is_told(group: GroupUnderTest) -> None:
    await choose(group, watch="hint")
    assert check(shared(), group.groups, reads_discord=False) == []
    await group.add_bot(SERVER)
    known = group.groups.of(SERVER)
    assert known is not None
    async with group.database.transaction() as work:
        await work.communities.set(known.community, "watch", "hint")
        await work.touch(known.community)
    await group.groups.load(group.database)
    assert [one.key for one in check(shared(), group.groups, reads_discord=False)] == [
        "watching.check-discord"
    ]
    assert check(shared(), group.groups, reads_discord=True) == []
