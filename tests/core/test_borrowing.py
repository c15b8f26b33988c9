"""`rehearse --config`: a room with the group's own settings and rules, and nothing else of theirs."""

import hashlib
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.borrowing import CannotBorrow, borrow
from bot.contract.events import Place
from bot.storage import tables
from bot.storage.agreements import Made
from bot.storage.engine import make_engine
from bot.storage.migrate import migrate
from bot.storage.unit_of_work import Database
from tests.features.votes import ask_group, choose
from tests.group import GroupUnderTest

ROOM = Place(platform="rehearsal", group="room", channel="general")
COPIED = {"communities", "places", "settings", "agreements", "agreement_rules", "agreement_changes"}


def state(folder: Path) -> dict[str, str]:
    """Every file of a folder by what it holds."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


async def counted(url: str) -> dict[str, int]:
    opened = Database(make_engine(url))
    async with opened.transaction() as work:
        counts = {
            table.name: int(
                (await work.connection.execute(select(func.count()).select_from(table))).scalar_one()
            )
            for table in tables.metadata.sorted_tables
        }
    await opened.close()
    return {name: count for name, count in counts.items() if count}


async def test_settings_and_rules_are_copied_and_nothing_of_people_votes_or_ideas(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "odd #name? 100%41"
    folder.mkdir()
    group = await GroupUnderTest.start(folder)
    await group.set_up()
    await ask_group(group)
    await group.pass_time(await _until_open(group))
    await choose(group, "Agree to all", "Asha", "Ben")
    await group.close()
    before = state(folder)
    target = f"sqlite:///{tmp_path / 'room.db'}"
    assert await borrow(group.url, target, ROOM)
    assert state(folder) == before, "byte for byte, and no new file"
    assert set(await counted(target)) == COPIED - {"agreement_changes"}
    opened = Database(make_engine(target))
    async with opened.transaction() as work:
        (row,) = await work.communities.load()
        assert row.places == (ROOM,)
        assert row.settings["country"] == "england"
        agreement = await work.agreements.newest(row.id)
        assert agreement is not None
        assert len(agreement.rules) == 7
    await opened.close()


async def test_rules_that_are_agreed_and_start_later_are_in_use_in_the_room(
    group: GroupUnderTest, tmp_path: Path
) -> None:
    async with group.database.transaction() as work:
        newest = await work.agreements.newest(1)
        assert newest is not None
        later = replace(newest, version=newest.version + 1, starts_at=group.clock() + timedelta(days=2))
        await work.agreements.add(1, later, Made(at=group.clock()))
    target = f"sqlite:///{tmp_path / 'room.db'}"
    assert await borrow(group.url, target, ROOM)
    opened = Database(make_engine(target))
    async with opened.transaction() as work:
        assert await work.agreements.current(1, group.clock()) is not None
    await opened.close()


async def test_the_bot_greets_a_group_that_is_set_up_without_asking_again(group: GroupUnderTest) -> None:
    await group.remove_bot()
    await group.add_bot()
    assert group.posts[-1].endswith("Your settings and rules are still here.")
    assert "Starter rules" in await group.type("Asha", "/rules")


async def _until_open(group: GroupUnderTest):  # type: ignore[no-untyped-def]
    async with group.database.transaction() as work:
        (vote,) = await work.votes.open_ones(1)
    return max(vote.opened_at - group.clock(), group.clock() - group.clock())


async def test_a_room_that_was_used_before_keeps_its_state(group: GroupUnderTest, tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path / 'room.db'}"
    assert await borrow(group.url, target, ROOM)
    await group.press_payload("Mo", "1-country-wales")
    assert not await borrow(group.url, target, ROOM)
    opened = Database(make_engine(target))
    async with opened.transaction() as work:
        assert (await work.communities.load())[0].settings["country"] == "england"
    await opened.close()


async def test_the_oldest_of_several_groups_is_rehearsed(group: GroupUnderTest, tmp_path: Path) -> None:
    await group.add_bot(Place(platform="test", group="g2", channel="c1"))
    await group.press_payload("Mo", "1-country-wales")  # the first one changed last
    target = f"sqlite:///{tmp_path / 'room.db'}"
    assert await borrow(group.url, target, ROOM)
    opened = Database(make_engine(target))
    async with opened.transaction() as work:
        assert (await work.communities.load())[0].settings["country"] == "wales"
    await opened.close()


async def test_a_source_without_a_group_or_without_a_file_is_told(tmp_path: Path) -> None:
    source, target = f"sqlite:///{tmp_path / 'theirs.db'}", f"sqlite:///{tmp_path / 'room.db'}"
    with pytest.raises(CannotBorrow, match=r"There is no database .*theirs\.db yet\. Rehearse without"):
        await borrow(source, target, ROOM)
    (tmp_path / "theirs.db").write_bytes(b"Dear diary")
    with pytest.raises(CannotBorrow, match=r"theirs\.db cannot be read"):
        await borrow(source, target, ROOM)
    (tmp_path / "theirs.db").unlink()
    await migrate(source)
    with pytest.raises(CannotBorrow, match=r"No group was set up in .*theirs\.db yet"):
        await borrow(source, target, ROOM)


@pytest.mark.parametrize("installed", [True, False])
async def test_a_server_that_cannot_be_reached_or_spoken_to_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: bool
) -> None:
    if not installed:
        monkeypatch.setitem(sys.modules, "asyncpg", None)
    says = "Check that PostgreSQL runs" if installed else r"Install common-ground\[postgres\]"
    with pytest.raises(CannotBorrow, match=says):
        await borrow("postgresql://me:pw@127.0.0.1:1/x", f"sqlite:///{tmp_path / 'room.db'}", ROOM)


async def test_the_list_of_help_is_rehearsed_as_the_group_has_it(tmp_path: Path) -> None:
    group = await GroupUnderTest.start(tmp_path)
    await group.set_up()
    async with group.database.transaction() as work:
        await work.directory.put(1, [("own-cafe", "words")])
        await work.directory.hide(1, "acas", True)
        await work.directory.report(1, "scope", group.clock.at)
    await group.close()
    target = f"sqlite:///{tmp_path / 'room.db'}"
    assert await borrow(group.url, target, ROOM)
    opened = Database(make_engine(target))
    async with opened.transaction() as work:
        (rows,) = (await work.directory.load()).values()
    await opened.close()
    assert [(row.id, row.content, row.hidden) for row in rows] == [
        ("acas", "", True),
        ("own-cafe", "words", False),
    ]
