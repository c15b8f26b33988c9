"""What everybody is told about the message watch: the real settings, and all of them."""

from tests.features.idea_steps import DAY, pass_to
from tests.features.test_watch_votes import set_outside_contact
from tests.features.votes import agree_first
from tests.features.watching import suggest, vote_for_watch, vote_through
from tests.group import GroupUnderTest

LEAVES_OUT = ("misses most words", "Nobody may be reading", "not a crisis service")


async def test_without_a_vote_privacy_says_that_nothing_is_read(group: GroupUnderTest) -> None:
    said = await group.type("Asha", "/privacy")
    assert "I do not read what you write to each other" in said
    assert "The message watch is on" not in said
    assert "The message watch is off" in await group.type("Asha", "/help about")


async def test_privacy_tells_the_whole_story_of_hints(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    said = await group.type("Asha", "/privacy")
    assert "The message watch is on" in said
    assert "it is on trial" in said
    assert "I do not read what you write" not in said
    await pass_to(group, "watch_trial_ends")
    said = await group.type("Asha", "/privacy")
    for part in (
        "I look at each message here as it comes, and then let it go",
        "moderators get a private hint with a link",
        "I never keep, log or send on what you write",
        "a message's number and place, the rule that fit, how clearly, and what came of it",
        "After 30 days I delete that",
        "Any moderator can pause this at once",
        "a vote to turn it off",
    ):
        assert part in said, part
    assert "on trial" not in said
    assert "The message watch is on" in await group.type("Asha", "/help about")


async def test_privacy_tells_of_reminders_in_the_room_and_of_a_pause(group: GroupUnderTest) -> None:
    await vote_for_watch(group, "Suggest reminders in the room")
    await pass_to(group, "watch_trial_ends")
    said = await group.type("Asha", "/privacy")
    assert "I may remind everyone to share stories. I name nobody and quote nobody" in said
    await group.type("Mo", "/desk watch pause")
    said = await group.type("Asha", "/privacy")
    assert "The message watch is paused" in said
    assert "The message watch is on" not in said
    assert "The message watch is off" in await group.type("Asha", "/help about")


async def test_privacy_says_what_urgent_words_cannot_do(group: GroupUnderTest) -> None:
    await agree_first(group)
    await set_outside_contact(group)
    await suggest(group, "Asha", "Turn urgent words on or off", "Suggest to turn urgent words on")
    await vote_through(group, "Asha")
    said = await group.type("Asha", "/privacy")
    assert "Urgent words are on" in said
    assert "only how many there were on a day" in said
    assert "I do not read what you write" not in said
    for part in LEAVES_OUT:
        assert part in said, part
    assert "I look for urgent words too" in await group.type("Asha", "/help about")
    await set_outside_contact(group, "")
    assert "Urgent words are not looked for now" in await group.type("Asha", "/privacy")
    assert "urgent words too" not in await group.type("Asha", "/help about")
    await group.pass_time(DAY)


async def test_newcomers_are_told_that_messages_are_looked_at(group: GroupUnderTest) -> None:
    await group.join("Zoe")
    await group.pass_time(DAY)
    assert not any("may look at messages" in post for post in group.posts)
    await vote_for_watch(group)
    await group.join("Yan")
    await group.pass_time(DAY)
    [welcome] = [post for post in group.posts if "may look at messages" in post and "Welcome" in post]
    assert "/privacy" in welcome
    await group.type("Mo", "/desk watch pause")
    await group.join("Xia")
    await group.pass_time(DAY)
    assert sum("may look at messages" in post for post in group.posts) == 1
