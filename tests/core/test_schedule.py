"""Time: what is due happens once, and what fails holds up nothing else."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import Person, Place, TimeCame
from bot.happenings import DEADLINES
from bot.storage.migrate import migrate
from tests.group import MONDAY, PLACE, Clock, GroupUnderTest, Platform

MINUTE = timedelta(minutes=1)
KINDS = ("test_ring", "test_fail")


class Bells:
    """What rang, and how often the failing one was tried."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        self.tries = 0
        self.broken = True

    async def ring(self, event: TimeCame, context: Context) -> Sequence[Action]:
        self.rung.append(event.subject)
        return context.post(context.public.body("rules.none"), name=f"ring{event.subject}")

    async def fail(self, event: TimeCame, context: Context) -> Sequence[Action]:
        self.tries += 1
        await context.set("country", "wales")
        if self.broken:
            raise RuntimeError("broken")
        return await self.ring(event, context)


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> Bells:
    made = Bells()
    for kind, run in zip(KINDS, (made.ring, made.fail), strict=True):
        monkeypatch.setitem(DEADLINES, kind, run)
    return made


@pytest_asyncio.fixture
async def shared(database_url: str) -> AsyncIterator[list[GroupUnderTest]]:
    """Two processes' worth of the bot over one database."""
    await migrate(database_url)
    clock = Clock()
    platform = Platform(clock)
    both = [GroupUnderTest(database_url, clock, platform) for _ in range(2)]
    for one in both:
        await one.wire()
        one.people["Mo"] = Person(platform="test", id="id-Mo", name="Mo", is_moderator=True)
    yield both
    for one in both:
        await one.close()


async def due(group: GroupUnderTest, kind: str, *subjects: object, community: int | None = 1) -> None:
    async with group.database.transaction() as work:
        for subject in subjects:
            await work.due.put(group.clock(), kind, subject, community)


async def left(group: GroupUnderTest) -> list[str]:
    async with group.database.transaction() as work:
        return [row.subject for row in await work.due.ready(group.clock(), limit=500) if row.kind in KINDS]


async def test_two_processes_do_what_is_due_once(shared: list[GroupUnderTest], bells: Bells) -> None:
    first, second = shared
    await first.add_bot()
    await due(first, "test_ring", *range(30))
    await asyncio.gather(first.settle(), second.settle())
    assert sorted(bells.rung, key=int) == [str(number) for number in range(30)]
    assert await left(first) == []


async def test_a_time_that_came_twice_is_handled_once(group: GroupUnderTest, bells: Bells) -> None:
    await due(group, "test_ring", "x")
    async with group.database.transaction() as work:
        (row,) = [row for row in await work.due.ready(group.clock()) if row.kind == "test_ring"]
    for _ in range(2):
        await group.app.receive(
            TimeCame(due=row.id, kind=row.kind, subject=row.subject, community=row.community)
        )
    assert bells.rung == ["x"]


async def test_a_time_that_has_not_come_yet_changes_nothing(group: GroupUnderTest, bells: Bells) -> None:
    await due(group, "test_ring", "x")
    async with group.database.transaction() as work:
        (row,) = [row for row in await work.due.ready(group.clock()) if row.kind == "test_ring"]
        await work.due.put(group.clock() + MINUTE, "test_ring", "x", 1)
    await group.app.receive(TimeCame(due=row.id, kind=row.kind, subject=row.subject, community=1))
    assert bells.rung == []
    group.clock.at += MINUTE
    await group.settle()
    assert bells.rung == ["x"]


async def test_a_feature_that_fails_is_tried_each_minute_and_holds_up_nobody(
    group: GroupUnderTest, bells: Bells
) -> None:
    await due(group, "test_fail", *range(70))
    group.clock.at += timedelta(seconds=1)
    await due(group, "test_ring", "x")
    await group.settle()
    assert bells.rung == ["x"], "later than seventy rows that fail"
    assert bells.tries == 70
    await group.settle()
    assert bells.tries == 70, "not at once again"
    known = group.groups.by_id(1)
    assert known is not None
    assert known.settings.country == "england", "nothing of it was kept"
    bells.broken = False
    group.clock.at += MINUTE
    await group.settle()
    assert len(bells.rung) == 71
    assert await left(group) == []


async def test_a_row_moved_after_it_failed_is_done_at_its_new_time(
    group: GroupUnderTest, bells: Bells
) -> None:
    await due(group, "test_fail", "x")
    await group.settle()
    bells.broken = False
    group.clock.at += timedelta(seconds=5)
    await due(group, "test_fail", "x")
    await group.settle()
    assert bells.rung == ["x"]


async def test_a_kind_of_a_newer_version_waits_for_it(group: GroupUnderTest, bells: Bells) -> None:
    await due(group, "sing", "x")
    await due(group, "test_ring", "y")
    await group.settle()
    assert bells.rung == ["y"]
    async with group.database.transaction() as work:
        assert await work.due.at("sing", "x") == group.clock()


async def test_rows_of_a_community_that_is_gone_go_too(group: GroupUnderTest, bells: Bells) -> None:
    await due(group, "test_ring", "x", community=99)
    await group.settle()
    assert bells.rung == []
    assert await left(group) == []


async def test_rows_of_a_group_that_removed_the_bot_are_still_known(
    group: GroupUnderTest, bells: Bells
) -> None:
    await group.remove_bot()
    await due(group, "test_ring", "x")
    before = len(group.platform.messages)
    await group.settle()
    assert bells.rung == ["x"]
    assert len(group.platform.messages) == before, "nowhere to say it"


async def test_thirty_days_after_it_was_removed_nothing_is_left_of_a_group(group: GroupUnderTest) -> None:
    await group.remove_bot()
    await group.pass_time(timedelta(days=29, hours=23))
    async with group.database.transaction() as work:
        assert await work.communities.load()
    await group.pass_time(timedelta(hours=2))
    async with group.database.transaction() as work:
        assert await work.communities.load() == []
        assert await work.due.upcoming(1) == []
        assert await work.outbox.waiting("") == []
    assert group.groups.any() is None


async def test_another_process_made_the_group_a_moment_ago(
    shared: list[GroupUnderTest], bells: Bells
) -> None:
    first, second = shared
    await first.add_bot()
    await due(first, "test_ring", "x")
    assert second.groups.by_id(1) is None, "it has not heard of it"
    await second.settle()
    assert bells.rung == ["x"]


async def test_what_another_process_changed_is_seen_at_the_next_load(shared: list[GroupUnderTest]) -> None:
    first, second = shared
    await first.add_bot()
    await second.groups.load(second.database)
    await first.press("Mo", "Set up this group")
    await first.press("Mo", "Wales")
    known = second.groups.of(PLACE)
    assert known is not None
    assert known.settings.country == ""
    await second.groups.load(second.database)
    known = second.groups.of(PLACE)
    assert known is not None
    assert known.settings.country == "wales"


async def test_an_own_change_does_not_hide_what_others_changed_before(shared: list[GroupUnderTest]) -> None:
    first, second = shared
    other = Place(platform="test", group="g2", channel="c2")
    await first.add_bot()
    await first.add_bot(other)
    await second.groups.load(second.database)
    await first.press_payload("Mo", "1-country-wales")
    await second.press_payload("Mo", "1-country-scotland", place=other)
    await second.groups.load(second.database)
    settings = [known.settings.country for id in (1, 2) if (known := second.groups.by_id(id)) is not None]
    assert settings == ["wales", "scotland"]


async def test_changes_of_several_processes_at_once_are_all_seen(shared: list[GroupUnderTest]) -> None:
    first, second = shared
    places = [Place(platform="test", group=f"g{number}", channel="c1") for number in range(8)]
    for place in places:
        await first.add_bot(place)
    await second.groups.load(second.database)
    watcher = GroupUnderTest(first.url, first.clock, first.platform)
    await watcher.wire()
    presses = [
        one.press_payload("Mo", "1-country-wales", place=place)
        for one, place in zip((first, second) * 4, places, strict=True)
    ]
    loads = [watcher.groups.load(watcher.database) for _ in range(4)]
    await asyncio.gather(*presses, *loads)
    await watcher.groups.load(watcher.database)
    found = [known.settings.country for place in places if (known := watcher.groups.of(place)) is not None]
    assert found == ["wales"] * 8
    await watcher.close()


async def test_a_setting_that_this_version_cannot_read_does_not_stop_the_start(
    group: GroupUnderTest,
) -> None:
    async with group.database.transaction() as work:
        await work.communities.set(1, "time_zone", "Mars/Olympus")
        await work.communities.set(1, "advice", "shout")
        await work.communities.set(1, "mood", "calm")
        await work.touch(1)
    await group.rebuild()
    known = group.groups.of(PLACE)
    assert known is not None
    assert (known.settings.country, known.settings.time_zone) == ("england", "Europe/London")


async def test_the_loop_goes_on_after_a_fault(
    group: GroupUnderTest, bells: Bells, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes = 0
    async with group.database.transaction() as work:
        await work.connection.exec_driver_sql("ALTER TABLE due RENAME TO broken")

    class Enough(Exception):
        pass

    async def pause(seconds: float) -> None:
        nonlocal passes
        passes += 1
        if passes == 3:
            async with group.database.transaction() as work:
                await work.connection.exec_driver_sql("ALTER TABLE broken RENAME TO due")
            await due(group, "test_ring", "x")
        if bells.rung:
            raise Enough
        await asyncio.sleep(0)

    with pytest.raises(ExceptionGroup):
        await asyncio.wait_for(group.schedule.run(pause), 10)
    assert bells.rung == ["x"]


async def test_the_next_thing_due_is_the_soonest_of_both(tmp_path: Path) -> None:
    group = await GroupUnderTest.start(tmp_path)
    assert await group.schedule.next_due() is None
    await due(group, "test_ring", "x", community=None)
    assert await group.schedule.next_due() == MONDAY
    await group.close()
