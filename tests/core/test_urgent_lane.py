"""What is urgent waits for nothing: not for a backlog, not for a slow platform, not for quiet hours."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.contract.actions import Sent, Tell
from bot.contract.events import MessageRef
from bot.contract.markup import Markup, Span
from bot.contract.platform import TryLater
from bot.outbox import Outbox, put
from bot.schedule import Schedule
from bot.storage.outbox import LEASE_OF_URGENT
from tests.core.test_outbox import post, unfinished, write
from tests.group import MONDAY, Clock, GroupUnderTest, Platform

BACKLOG = 200
SOON = 2.0  # seconds


def alarm(group: GroupUnderTest, who: str = "Mo", **more: object) -> Tell:
    tell = Tell(person=group.people[who], body=(Markup("alarm", (Span("alarm"),)),), urgent=True)
    return replace(tell, **more)  # type: ignore[arg-type]


class Slow(Platform):
    """Takes its time for every post; and for ever for a person who is ``stuck``."""

    stuck: str = ""
    taking = 0.05

    async def perform(self, action: Sent, key: str) -> MessageRef | None:
        if not isinstance(action, Tell):
            await asyncio.sleep(self.taking)
        elif action.person.id == self.stuck:
            await asyncio.Event().wait()
        return await super().perform(action, key)


class Ticking(Clock):
    """Goes on as real time does."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.began = time.monotonic()

    def __call__(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self.began)


@asynccontextmanager
async def running(group: GroupUnderTest, platform: Platform) -> AsyncIterator[None]:
    """The loop of a process, until the block ends."""
    clock = Ticking(group.clock.at)
    platform.clock = clock
    outbox = Outbox(group.database, group.groups, [platform])
    schedule = Schedule(
        app=group.app, database=group.database, groups=group.groups, outbox=outbox, clock=clock
    )
    task = asyncio.ensure_future(schedule.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until_told(platform: Platform, name: str) -> float:
    begun = time.perf_counter()
    while not any(id == f"id-{name}" for id, _, _ in platform.told):
        await asyncio.sleep(0.02)
        assert time.perf_counter() - begun < 10
    return time.perf_counter() - begun


async def test_an_alert_passes_a_backlog_on_a_slow_platform(group: GroupUnderTest) -> None:
    platform = Slow(group.clock)
    await write(group, *(post(f"post {number}") for number in range(BACKLOG)))
    async with running(group, platform):
        await asyncio.sleep(0.3)  # in the middle of it
        await write(group, alarm(group))
        assert await until_told(platform, "Mo") < SOON
        assert len(platform.messages) < BACKLOG


async def test_one_alert_that_hangs_holds_up_no_other(group: GroupUnderTest) -> None:
    platform = Slow(group.clock)
    platform.stuck = "id-Asha"
    async with running(group, platform):
        await write(group, alarm(group, "Asha"))
        await asyncio.sleep(0.7)
        await write(group, alarm(group, "Mo"), alarm(group, "Ben"))
        assert await until_told(platform, "Mo") < SOON
        assert await until_told(platform, "Ben") < SOON


async def test_what_is_due_does_not_wait_for_a_backlog(group: GroupUnderTest) -> None:
    platform = Slow(group.clock)
    await write(group, *(post(f"post {number}") for number in range(BACKLOG)))
    async with running(group, platform):
        await asyncio.sleep(0.3)
        async with group.database.transaction() as work:
            await work.due.put(group.clock.at, "test_alert_went", "test1/1/nobody", 1)
        begun, left = time.perf_counter(), 1
        while left:
            await asyncio.sleep(0.05)
            async with group.database.transaction() as work:
                left = len([row for row in await work.due.upcoming(1) if row.kind == "test_alert_went"])
            assert time.perf_counter() - begun < SOON
        assert len(platform.messages) < BACKLOG


async def test_urgent_things_are_first_however_late_they_were_written(group: GroupUnderTest) -> None:
    await write(group, *(post(f"post {number}") for number in range(30)), alarm(group))
    order = []
    perform = group.platform.perform

    async def noted(action: Sent, key: str) -> MessageRef | None:
        order.append(type(action).__name__)
        return await perform(action, key)

    group.platform.perform = noted  # type: ignore[method-assign]
    await group.settle()
    assert order[0] == "Tell"


async def test_a_process_that_was_killed_holds_up_an_alert_for_less_than_half_a_minute(
    group: GroupUnderTest,
) -> None:
    await write(group, alarm(group, name="alert1/1.0/x"))
    first = Outbox(group.database, group.groups, [group.platform])
    assert len(await first.urgent(MONDAY)) == 1  # claimed, and never performed
    assert timedelta(seconds=30) >= LEASE_OF_URGENT
    second = Outbox(group.database, group.groups, [group.platform])
    assert await second.urgent(MONDAY) == []
    again = await second.urgent(MONDAY + LEASE_OF_URGENT)
    assert len(again) == 1
    await again[0]()
    assert len(group.platform.told) == 1


@pytest.mark.parametrize("fault", [TryLater(timedelta(0)), RuntimeError("broken"), OSError("no network")])
async def test_an_alert_is_tried_again_soon_and_never_dropped(
    group: GroupUnderTest, fault: Exception
) -> None:
    group.platform.failures = [fault] * 30
    await write(group, alarm(group))
    for _ in range(30):
        await group.settle()
        group.clock.at += timedelta(seconds=20)
    await group.settle()
    assert len(group.platform.told) == 1


async def test_what_follows_from_an_outcome_is_stored_with_it(group: GroupUnderTest) -> None:
    await write(group, alarm(group, name="test1/1/nobody", then="test_alert_went"))
    outbox = Outbox(group.database, group.groups, [group.platform])
    await outbox.deliver(group.clock())
    async with group.database.transaction() as work:
        [row] = [row for row in await work.due.upcoming(1) if row.kind == "test_alert_went"]
        assert row.subject == "test1/1/nobody"
        assert (await work.outbox.went("test1/")).delivered == ("test1/1/nobody",)
    await group.settle()
    assert await unfinished(group) == 0


async def test_a_name_is_told_once(group: GroupUnderTest) -> None:
    async with group.database.transaction() as work:
        for _ in range(3):
            await put(work, alarm(group, name="alert1/1.0/x"), 1, group.clock(), group.groups)
    await group.settle()
    assert len(group.platform.told) == 1
