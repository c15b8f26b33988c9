"""The outbox: the bot's own posts keep to a budget; what cannot be said is tried again, or said otherwise."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.contract.actions import Delete, Edit, Post, Sent, Tell
from bot.contract.events import MessageRef, Place
from bot.contract.markup import Markup, Span
from bot.contract.platform import TryLater, Unreachable
from bot.outbox import GIVE_UP_AFTER, Outbox, put
from bot.storage import tables
from bot.storage.outbox import LEASE
from tests.group import MONDAY, PLACE, GroupUnderTest

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def post(text: str, **more: object) -> Post:
    return replace(Post(place=PLACE, body=(Markup(text, (Span(text),)),)), **more)  # type: ignore[arg-type]


async def write(group: GroupUnderTest, *actions: Sent) -> None:
    async with group.database.transaction() as work:
        for action in actions:
            await put(work, action, 1, group.clock(), group.groups)


async def say(group: GroupUnderTest, *texts: str) -> None:
    """The bot begins posts by itself."""
    await write(group, *(post(text, started=True, name=f"name{text}") for text in texts))


def said(group: GroupUnderTest) -> list[str]:
    return [shown.text for shown in group.platform.messages.values() if shown.text.startswith("post ")]


def days(group: GroupUnderTest) -> list[str]:
    """On which day, at which hour each of them went out."""
    shown = [shown for shown in group.platform.messages.values() if shown.text.startswith("post ")]
    return [f"{message.at:%a %H:%M}" for message in shown]


# The budget


async def test_the_bot_begins_one_post_a_day_also_of_those_that_come_due_together(
    group: GroupUnderTest,
) -> None:
    await say(group, "post 1", "post 2", "post 3")
    await group.settle()
    assert said(group) == ["post 1"]
    await group.pass_time(2 * DAY)
    assert days(group) == ["Mon 10:00", "Tue 10:00", "Wed 10:00"]


async def test_the_bot_begins_four_posts_a_week_and_the_fifth_waits_until_the_first_is_a_week_old(
    group: GroupUnderTest,
) -> None:
    await say(group, *(f"post {number}" for number in range(1, 7)))
    await group.pass_time(10 * DAY)
    assert days(group) == ["Mon 10:00", "Tue 10:00", "Wed 10:00", "Thu 10:00", "Mon 10:00", "Tue 10:00"]


async def test_what_follows_from_a_press_is_said_at_once_and_counts_nothing(group: GroupUnderTest) -> None:
    await write(group, *(post(f"post {number}") for number in range(6)))
    await say(group, "post 7")
    await group.settle()
    assert len(said(group)) == 7


async def test_another_group_has_a_budget_of_its_own(group: GroupUnderTest) -> None:
    elsewhere = Place(platform="test", group="g2", channel="c1")
    await write(group, post("post 1", started=True), post("post 2", started=True, place=elsewhere))
    await group.settle()
    assert said(group) == ["post 1", "post 2"]


async def test_one_post_in_two_channels_of_a_group_is_one_post(group: GroupUnderTest) -> None:
    other = replace(PLACE, channel="c2")
    await write(
        group,
        post("post 1", started=True, name="news"),
        post("post 1", started=True, name="news", place=other),
        post("post 2", started=True, name="more"),
    )
    await group.settle()
    assert said(group) == ["post 1", "post 1"]


async def test_the_bot_begins_nothing_at_night_or_at_the_weekend(group: GroupUnderTest) -> None:
    group.clock.at = MONDAY + 12 * HOUR  # 22:00
    await say(group, "post 1")
    await group.settle()
    assert said(group) == []
    await group.pass_time(13 * HOUR)
    assert days(group) == ["Tue 10:00"]
    group.clock.at = MONDAY + 4 * DAY + 2 * HOUR  # Friday 12:00
    await say(group, "post 2")
    await group.pass_time(4 * DAY)
    assert days(group)[1:] == ["Mon 10:00"]


async def test_a_post_that_was_allowed_when_written_still_waits_if_it_is_night_now(
    group: GroupUnderTest,
) -> None:
    await say(group, "post 1")
    group.clock.at = MONDAY + 12 * HOUR
    await group.settle()
    assert said(group) == []


# Once


async def test_a_named_post_is_made_once_per_place_and_can_be_found_again(group: GroupUnderTest) -> None:
    for _ in range(2):
        await write(group, post("post 1", name="vote1"))
        await group.settle()
    assert said(group) == ["post 1"]
    async with group.database.transaction() as work:
        (message,) = await work.messages.find("vote1")
    assert group.platform.messages[message.id].text == "post 1"


async def test_an_answer_that_got_lost_makes_no_second_message(group: GroupUnderTest) -> None:
    """The platform did it, the process ended before it could note that."""

    perform = group.platform.perform

    async def performed_and_lost(action: Sent, key: str) -> None:
        await perform(action, key)
        raise KeyboardInterrupt

    await write(group, post("post 1"))
    group.platform.perform = performed_and_lost  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        await group.settle()
    group.platform.perform = perform  # type: ignore[method-assign]
    await group.rebuild()
    await group.settle()
    assert said(group) == ["post 1"]
    assert await unfinished(group) == 1, "leased by the process that ended"
    group.clock.at += LEASE
    await group.settle()
    assert said(group) == ["post 1"], "the same key is the same message"
    assert await unfinished(group) == 0


async def unfinished(group: GroupUnderTest) -> int:
    async with group.database.transaction() as work:
        query = select(func.count()).select_from(tables.outbox).where(tables.outbox.c.done_at.is_(None))
        return int((await work.connection.execute(query)).scalar_one())


async def test_the_same_words_twice_are_two_messages(group: GroupUnderTest) -> None:
    await write(group, post("post 1"), post("post 1"))
    await group.settle()
    assert said(group) == ["post 1", "post 1"]


# Failing


async def test_a_platform_that_asks_for_a_pause_gets_it(group: GroupUnderTest) -> None:
    group.platform.failures = [TryLater(timedelta(seconds=90))]
    await write(group, post("post 1"), post("post 2"))
    await group.settle()
    assert said(group) == ["post 2"], "others go on"
    group.clock.at += timedelta(seconds=89)
    await group.settle()
    assert said(group) == ["post 2"]
    group.clock.at += timedelta(seconds=1)
    await group.settle()
    assert said(group) == ["post 2", "post 1"]


async def test_a_pause_of_nothing_is_no_endless_loop(group: GroupUnderTest) -> None:
    group.platform.failures = [TryLater(timedelta(0)) for _ in range(5)]
    await write(group, post("post 1"))
    await group.settle()
    assert len(group.platform.failures) == 4


async def test_a_fault_is_tried_again_less_and_less_often(group: GroupUnderTest) -> None:
    group.platform.failures = [RuntimeError("broken") for _ in range(3)]
    await write(group, post("post 1"))
    tries = []
    while not said(group):
        await group.settle()
        tries.append(group.clock.at - MONDAY)
        group.clock.at = await group.schedule.next_due() or group.clock.at
    assert [at.total_seconds() for at in tries] == [0, 10, 30, 70]


async def test_a_thread_that_cannot_be_reached_is_not_tried_again(group: GroupUnderTest) -> None:
    group.platform.failures = [Unreachable()]
    await write(group, post("post 1", place=replace(PLACE, thread="t1")))
    await group.settle()
    await group.pass_time(DAY)
    assert said(group) == []
    assert await unfinished(group) == 0


def letter(group: GroupUnderTest) -> Tell:
    return Tell(
        person=group.people["Asha"],
        body=(Markup("private", (Span("private words"),)),),
        otherwise=post("post 1"),
    )


async def test_a_person_who_cannot_be_reached_is_told_otherwise(group: GroupUnderTest) -> None:
    group.platform.failures = [Unreachable()]
    await write(group, letter(group))
    await group.settle()
    assert (group.private_texts("Asha"), said(group)) == ([], ["post 1"])


async def test_a_person_who_can_be_reached_is_not_told_otherwise(group: GroupUnderTest) -> None:
    await write(group, letter(group))
    await group.settle()
    assert (group.private_texts("Asha"), said(group)) == (["private words"], [])


async def test_after_many_tries_it_is_given_up_and_said_otherwise(group: GroupUnderTest) -> None:
    await write(group, letter(group))
    async with group.database.transaction() as work:
        waiting = tables.outbox.c.done_at.is_(None)
        await work.connection.execute(
            tables.outbox.update().where(waiting).values(attempts=GIVE_UP_AFTER - 1)
        )
    group.platform.failures = [TryLater(HOUR)]
    await group.settle()
    assert said(group) == ["post 1"]
    assert await unfinished(group) == 0


async def test_a_row_of_another_version_holds_up_nobody(group: GroupUnderTest) -> None:
    async with group.database.transaction() as work:
        for kind, action in (("Sing", "{}"), ("Post", "no JSON"), ("Post", '{"place": 3}')):
            await work.outbox.add(
                name=None, community_id=1, kind=kind, action=action, platform="test", grp="g1", due_at=MONDAY
            )
    await write(group, post("post 1"))
    await group.settle()
    assert said(group) == ["post 1"]


async def test_what_is_for_another_platform_waits_for_it(group: GroupUnderTest) -> None:
    await write(group, post("post 1", place=replace(PLACE, platform="other")))
    await group.settle()
    assert (said(group), await unfinished(group)) == ([], 1)


async def test_two_processes_share_the_outbox(group: GroupUnderTest) -> None:
    second = Outbox(group.database, group.groups, [group.platform])
    await write(group, *(post(f"post {number}") for number in range(50)))
    assert await second.deliver(group.clock()) == 50
    assert await second.deliver(group.clock()) == 0
    assert len(said(group)) == 50


async def test_a_post_that_stands_in_other_messages_after_an_edit_is_found_by_the_next_one(
    group: GroupUnderTest,
) -> None:
    group.platform.gives_new_ids = True
    await write(group, post("first", name="long"))
    await group.settle()
    async with group.database.transaction() as work:
        [stands] = await work.messages.find("long")
    again = [Edit(message=stands, body=post(text).body) for text in ("second", "third")]
    await write(group, *again)
    await group.settle()
    await write(group, Edit(message=(await _stands(group, "long")), body=post("fourth").body))
    await group.settle()
    assert [shown.text for shown in group.platform.messages.values()][-1] == "fourth"
    await write(group, Delete(message=await _stands(group, "long")))
    await group.settle()
    assert "fourth" not in group.posts


async def test_what_waits_follows_a_post_into_its_new_messages(group: GroupUnderTest) -> None:
    group.platform.gives_new_ids = True
    await write(group, post("first", name="long"))
    await group.settle()
    stands = await _stands(group, "long")
    group.platform.failures = [TryLater(HOUR)]
    await write(group, Edit(message=stands, body=post("late").body))
    await group.settle()
    await write(group, Edit(message=stands, body=post("early").body))
    await group.settle()
    await group.rebuild()
    await group.pass_time(2 * HOUR)
    assert [shown.text for shown in group.platform.messages.values()][-1] == "late"


async def _stands(group: GroupUnderTest, name: str) -> MessageRef:
    async with group.database.transaction() as work:
        [found] = await work.messages.find(name)
    return found
