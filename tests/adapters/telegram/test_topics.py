"""Topics: opened once, and where they are closed or gone, the core hears of it."""

from typing import Any

import pytest

from bot.contract.actions import DecideJoin, OpenThread
from bot.contract.events import Person, PlaceOpened, PlaceRefused
from bot.contract.platform import TryLater, Unreachable
from tests.adapters.telegram.conftest import Bench
from tests.adapters.telegram.small_core import body, reply
from tests.adapters.telegram.stand_in import Fault, Group, Someone
from tests.adapters.telegram.test_sending import place, post


def opening(group: Group) -> OpenThread:
    return OpenThread(place=place(group), title=" Vote 1: our rules ", body=body("A vote"))


async def opened(bench: Bench, group: Group) -> None:
    """What the outbox does: again until it is done."""
    for _ in range(3):
        try:
            await bench.telegram.perform(opening(group), "cg1")
        except TryLater:
            await bench.settle()
        else:
            return


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("done", [False, True])
async def test_a_lost_answer_opens_no_topic_twice(
    bench: Bench, asha: Someone, group: Group, done: bool, restarted: bool
) -> None:
    bench.stand_in.fail("createForumTopic", Fault(kind="reset", done=done))
    with pytest.raises(TryLater):
        await bench.telegram.perform(opening(group), "cg1")
    await bench.settle()
    if restarted:
        await bench.restart()
    await opened(bench, group)
    [topic] = group.topics.values()
    assert topic.name == "Vote 1: our rules"
    assert [(said.text, said.thread) for said in bench.sees(asha)] == [("A vote", topic.id)]


async def test_a_topic_that_was_opened_twice_all_the_same_is_taken_away_empty(
    bench: Bench, asha: Someone, group: Group
) -> None:
    put, late = bench.world.put, []

    def held_up(kind: str, content: dict[str, Any], **more: Any) -> int:
        late.append((kind, content))
        return 0

    bench.world.put = held_up  # type: ignore[method-assign]
    bench.stand_in.fail("createForumTopic", Fault(kind="reset", done=True))
    await opened(bench, group)
    bench.world.put = put  # type: ignore[method-assign]
    for kind, content in late:
        await bench.world.update(kind, content)
    await bench.settle()
    first, second = group.topics.values()
    assert (first.state, second.state) == ("deleted", "open")
    assert [said.thread for said in bench.sees(asha)] == [second.id]


async def test_a_topic_of_the_same_name_that_a_person_opened_is_left_alone(
    bench: Bench, asha: Someone, group: Group
) -> None:
    theirs = await bench.people.open_topic(asha, group, "Vote 1: our rules")
    await opened(bench, group)
    await bench.settle()
    assert theirs.state == "open"
    assert bench.sees(asha)[0].thread != theirs.id


async def test_without_the_right_to_open_topics_nothing_is_left_behind(bench: Bench, group: Group) -> None:
    group.rights.discard("can_manage_topics")
    with pytest.raises(Unreachable):
        await bench.telegram.perform(opening(group), "cg1")
    assert bench.telegram.sends.topic("cg1") is None
    group.rights.add("can_manage_topics")
    await opened(bench, group)
    assert len(group.topics) == 1


async def test_the_core_hears_where_it_could_not_speak_and_when_it_can_again(
    bench: Bench, asha: Someone, group: Group
) -> None:
    group.rights.discard("can_manage_topics")
    topic = await bench.people.open_topic(asha, group, "Votes")
    topic.state = "closed"
    await bench.settle()
    made = await bench.telegram.perform(post(group, thread=topic.id), "cg1")
    assert made is not None
    assert made.place == place(group)
    [refused] = bench.core.of(PlaceRefused)
    assert (refused.place, refused.missing, refused.called) == (place(group, topic.id), ("topic",), "Votes")
    assert bench.core.of(PlaceOpened) == []
    await bench.people.reopen_topic(asha, group, topic)
    await bench.settle()
    assert [one.place for one in bench.core.of(PlaceOpened)] == [place(group, topic.id)]
    made = await bench.telegram.perform(post(group, "Again", thread=topic.id), "cg2")
    assert made is not None
    assert made.place == place(group, topic.id)


async def test_a_post_that_works_again_tells_so_although_nobody_said_it_would(
    bench: Bench, asha: Someone, group: Group
) -> None:
    group.rights.discard("can_manage_topics")
    topic = await bench.people.open_topic(asha, group, "Votes")
    topic.state = "closed"
    await bench.telegram.perform(post(group, thread=topic.id), "cg1")
    group.rights.add("can_manage_topics")
    await bench.telegram.perform(post(group, "Again", thread=topic.id), "cg2")
    assert len(bench.core.of(PlaceOpened)) == 1


async def test_a_closed_general_is_unreachable_and_named(bench: Bench, group: Group) -> None:
    group.rights.discard("can_manage_topics")
    group.general = "closed"
    with pytest.raises(Unreachable):
        await bench.telegram.perform(post(group), "cg1")
    assert [(one.place, one.missing) for one in bench.core.of(PlaceRefused)] == [(place(group), ("general",))]


async def test_a_decision_that_telegram_does_not_take_is_told(bench: Bench, group: Group) -> None:
    ben = bench.world.somebody("Ben")
    group.requests.add(ben.id)
    group.rights.discard("can_invite_users")
    person = Person(platform="telegram", id=str(ben.id))
    with pytest.raises(Unreachable):
        await bench.telegram.perform(DecideJoin(place=place(group), person=person, let_in=True), "cg1")
    assert [one.missing for one in bench.core.of(PlaceRefused)] == [("can_invite_users",)]


async def test_an_answer_in_a_hidden_general_goes_nowhere_and_ends_well(
    bench: Bench, mo: Someone, group: Group
) -> None:
    group.rights.discard("can_manage_topics")
    group.general = "closed"
    bench.core.answers = lambda event: [reply("Our rules", private=False)]
    await bench.people.say(mo, group, "/rules")
    await bench.settle()
    assert bench.sees(mo) == []


async def test_a_reply_hands_over_what_stands_there(bench: Bench, asha: Someone, group: Group) -> None:
    topic = await bench.people.open_topic(asha, group, "Pumps")
    said = await bench.people.say(asha, group, "I take 4 units", topic=topic)
    await bench.people.say(asha, group, "/rules", topic=topic, reply_to=said)
    await bench.people.say(asha, group, "/rules", topic=topic)
    await bench.settle()
    first, second = bench.core.events
    assert (first.on.id, first.said) == (str(said.id), "I take 4 units")  # type: ignore[union-attr]
    assert (second.on, second.said) == (None, "")  # type: ignore[union-attr]
    assert "4 units" not in repr(first)
