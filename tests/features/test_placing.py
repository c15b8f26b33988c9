"""Each kind of post may have a channel or topic of its own, chosen in that place."""

from datetime import timedelta

from bot.contract.events import Place
from bot.contract.platform import Unreachable
from tests.group import PLACE, GroupUnderTest

TOPIC = Place(platform="test", group="g1", channel="c1", thread="t5")
PRIVATE = Place(platform="test", group="", channel="dm-Mo")


async def chooses(group: GroupUnderTest, what: str, place: Place = TOPIC) -> str:
    return await group.type("Mo", f"/desk post here {what}", place)


def place_of(group: GroupUnderTest, key: str) -> list[Place]:
    return [shown.place for shown in group.platform.messages.values() if key in shown.keys]


async def test_a_moderator_chooses_in_the_place_itself(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk drawer places", TOPIC)
    said = await group.press("Mo", "Choose where I post", TOPIC)
    assert "Votes and their results: where we began." in said
    assert "Votes and their results: here." in await group.press("Mo", "Post votes here", TOPIC)
    assert "in another place" in await group.type("Mo", "/desk places", PLACE)
    assert "where we began" in await group.type("Mo", "/desk post not-here votes", TOPIC)


async def test_votes_and_their_results_go_there(group: GroupUnderTest) -> None:
    await chooses(group, "votes")
    await group.rebuild()
    await group.type("Mo", "/desk")
    await group.press("Mo", "Ask the group")
    await group.settle()
    assert place_of(group, "opening.set-title") == [TOPIC]
    for name in ("Asha", "Ben", "Cai", "Dee"):
        await group.press(name, "Agree to all", TOPIC)
        await group.press(name, "Go on", TOPIC)
    await group.pass_time(timedelta(days=9))
    assert place_of(group, "result.title") == [TOPIC]


async def test_welcomes_go_there(group: GroupUnderTest) -> None:
    await chooses(group, "welcome")
    before = len(group.posts)
    await group.join("Nia")
    await group.pass_time(timedelta(minutes=2))
    assert [s.place for s in list(group.platform.messages.values())[before:]] == [TOPIC]


async def test_a_reminder_chosen_in_private_goes_there_and_one_chosen_in_a_room_stays_there(
    group: GroupUnderTest,
) -> None:
    await chooses(group, "reminders")
    before = len(group.posts)
    await group.press_payload("Mo", "1_1-remindpost-small", place=PRIVATE)
    await group.type("Mo", "/remind post story", PLACE)
    await group.settle()
    assert [s.place for s in list(group.platform.messages.values())[before:]] == [TOPIC, PLACE]


async def test_a_chosen_topic_that_is_gone_is_left_and_moderators_see_why(group: GroupUnderTest) -> None:
    await chooses(group, "welcome")
    await group.join("Nia")
    group.platform.failures = [Unreachable()]
    await group.pass_time(timedelta(minutes=2))
    assert place_of(group, "welcoming.text")[-1] == PLACE
    assert "I may not write in one of our places" in await group.type("Mo", "/desk")


async def test_a_place_cannot_be_chosen_from_afar(group: GroupUnderTest) -> None:
    said = await group.press_payload("Mo", "1_1-posthere-votes", place=PRIVATE)
    assert "open the desk in the channel or topic" in said
    assert "Where I post" in await chooses(group, "nonsense")
