"""The message watch at work: what is noticed, who hears of it, and all that holds it back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.contract.actions import Reply
from bot.contract.events import MessageRef, Place, TextPosted
from bot.noticing import Level, Room, shared
from bot.storage import tables
from tests.group import PLACE, GroupUnderTest

CLEAR = "You should drop your basal by 2 units tonight"
MILD = "you could try taking it in the morning"
THREAD = Place(platform="test", group="g1", channel="c1", thread="t9")
OTHER = Place(platform="test", group="g1", channel="c1", thread="t8")


async def choose(group: GroupUnderTest, **settings: str) -> None:
    """What a group agreed on, stored as a vote stores it."""
    known = group.groups.of(PLACE)
    assert known is not None
    async with group.database.transaction() as work:
        for name, value in settings.items():
            await work.communities.set(known.community, name, value)
        await work.touch(known.community)
    await group.groups.load(group.database)


async def watching(group: GroupUnderTest, way: str = "hint", **settings: str) -> None:
    await group.type("Mo", "/desk")
    await choose(group, watch=way, **settings)


def hints(group: GroupUnderTest) -> list[str]:
    return [text for text in group.private_texts("Mo") if "may be advice" in text]


def posts(group: GroupUnderTest, place: Place = THREAD) -> list[str]:
    return [shown.text for shown in group.platform.messages.values() if shown.place == place]


def test_the_messages_of_these_tests_are_as_clear_as_they_need_to_be() -> None:
    watch, quiet = shared(), Room(level=Level.QUIET)
    assert watch.look(CLEAR, quiet).rule
    assert watch.look(MILD).rule
    assert not watch.look(MILD, quiet).rule


async def test_nothing_is_looked_at_until_the_group_agreed(group: GroupUnderTest) -> None:
    assert not group.app.wants(TextPosted, "test", "g1")
    await group.say("Asha", CLEAR, THREAD)
    await watching(group)
    assert group.app.wants(TextPosted, "test", "g1")
    assert not group.app.wants(TextPosted, "test", "g2")
    assert hints(group) == []


async def test_a_moderator_sees_a_hint_and_reminds_the_room(group: GroupUnderTest) -> None:
    await watching(group)
    id = await group.say("Asha", CLEAR, THREAD)
    [hint] = hints(group)
    assert f"https://chat.test/{id}" in hint
    assert "Asha" not in hint
    assert "basal" not in hint
    assert posts(group) == []
    await group.press("Mo", "Remind the room")
    await group.settle()
    [posted] = posts(group)
    assert posted.startswith("A small reminder")
    assert posted in hint
    assert "Asha" not in posted


async def test_a_hint_waits_on_the_desk_until_it_is_answered(group: GroupUnderTest) -> None:
    await watching(group)
    assert "may be advice" not in await group.type("Mo", "/desk")
    id = await group.say("Asha", CLEAR, THREAD)
    group.platform.told.clear()  # a moderator whom no private message reaches
    await group.rebuild()
    said = await group.type("Mo", "/desk")
    assert "may be advice" in said
    assert f"https://chat.test/{id}" in said
    await group.press("Mo", "Remind the room")
    await group.settle()
    assert len(posts(group)) == 1
    assert "may be advice" not in await group.type("Mo", "/desk")


async def test_members_cannot_answer_a_hint(group: GroupUnderTest) -> None:
    await watching(group)
    await group.say("Asha", CLEAR, THREAD)
    for typed in ("hint 1 small", "hint-anyway 1 small", "hint-leave 1", "not-advice 1"):
        assert "That is for moderators" in await group.type("Ben", f"/remind {typed}")
    assert posts(group) == []


async def test_a_hint_is_answered_once(group: GroupUnderTest) -> None:
    await watching(group)
    await group.say("Asha", CLEAR, THREAD)
    for _ in range(3):
        await group.type("Mo", "/remind hint 1 small")
    await group.settle()
    assert len(posts(group)) == 1
    assert "looked after" in await group.type("Mo", "/remind hint 1 small")


async def test_in_the_room_the_bot_posts_by_itself_and_names_nobody(group: GroupUnderTest) -> None:
    await watching(group, "room")
    await group.say("Asha", CLEAR, THREAD)
    [posted] = posts(group)
    assert "Asha" not in posted
    assert hints(group) == []


async def test_not_advice_takes_the_reminder_back_and_raises_the_bar_for_a_day(group: GroupUnderTest) -> None:
    await watching(group, "room")
    await group.say("Asha", MILD, THREAD)
    await group.say("Ben", MILD, THREAD)
    assert len(posts(group)) == 1
    assert "I took it back" in await group.press("Mo", "Not advice (moderators)", THREAD)
    await group.settle()
    assert posts(group) == []
    await group.say("Cai", MILD, OTHER)
    await group.say("Dee", MILD, OTHER)
    assert posts(group, OTHER) == []
    await group.pass_time(timedelta(days=1, minutes=1))
    await group.say("Cai", MILD, OTHER)
    await group.say("Dee", MILD, OTHER)
    assert len(posts(group, OTHER)) == 1


async def test_members_cannot_take_it_back(group: GroupUnderTest) -> None:
    await watching(group, "room")
    await group.say("Asha", CLEAR, THREAD)
    assert "That is for moderators" in await group.press("Ben", "Not advice (moderators)", THREAD)
    await group.settle()
    assert len(posts(group)) == 1


async def test_not_advice_to_a_hint_posts_nothing(group: GroupUnderTest) -> None:
    await watching(group)
    await group.say("Asha", CLEAR, THREAD)
    assert "For one day this rule needs more" in await group.press("Mo", "Say: not advice")
    assert "looked after" in await group.press("Mo", "Remind the room")
    assert posts(group) == []


async def test_what_a_moderator_posted_after_a_hint_can_be_taken_back(group: GroupUnderTest) -> None:
    await watching(group)
    await group.say("Asha", CLEAR, THREAD)
    await group.press("Mo", "Remind the room")
    await group.settle()
    assert len(posts(group)) == 1
    await group.press("Mo", "Take it back: not advice")
    await group.settle()
    assert posts(group) == []


async def test_taken_back_before_it_is_out_it_never_comes(group: GroupUnderTest) -> None:
    await watching(group)
    await group.say("Asha", CLEAR, THREAD)
    await group.press("Mo", "Remind the room")
    await group.press("Mo", "Take it back: not advice")
    await group.pass_time(timedelta(hours=1))
    assert posts(group) == []


async def test_a_reminder_too_old_to_delete_says_that_it_was_a_mistake(group: GroupUnderTest) -> None:
    await watching(group, "room")
    await group.say("Asha", CLEAR, THREAD)
    await group.pass_time(timedelta(days=2))
    await group.press("Mo", "Not advice (moderators)", THREAD)
    await group.settle()
    [posted] = posts(group)
    assert "It was a mistake of mine" in posted


async def test_for_seven_days_it_only_counts(group: GroupUnderTest) -> None:
    until = (group.clock.at + timedelta(days=7)).isoformat()
    await watching(group, "room", watch_trial_until=until)
    await group.say("Asha", CLEAR, THREAD)
    await group.say("Ben", CLEAR, THREAD)  # the thread would have rested
    await group.say("Ben", CLEAR, OTHER)
    assert (hints(group), posts(group), posts(group, OTHER)) == ([], [], [])
    async with group.database.transaction() as work:
        assert await work.watch.counts(1, group.clock.at.date()) == {"would": 2}
    await group.pass_time(timedelta(days=7, hours=1))
    await group.say("Cai", CLEAR, THREAD)
    assert len(posts(group)) == 1


async def test_while_it_is_paused_nothing_is_looked_at(group: GroupUnderTest) -> None:
    await watching(group, watch_paused="yes")
    assert not group.app.wants(TextPosted, "test", "g1")
    await group.say("Asha", CLEAR, THREAD)
    assert hints(group) == []


async def test_a_less_clear_message_needs_a_second_within_half_an_hour(group: GroupUnderTest) -> None:
    await watching(group)
    await group.say("Asha", MILD, THREAD)
    await group.pass_time(timedelta(minutes=31))
    await group.say("Ben", MILD, THREAD)
    await group.say("Cai", MILD, OTHER)
    assert hints(group) == []
    await group.pass_time(timedelta(minutes=29))
    await group.rebuild()
    await group.say("Cai", MILD, THREAD)
    assert len(hints(group)) == 1


async def test_quiet_needs_it_clear_and_keen_hears_everything(group: GroupUnderTest) -> None:
    await watching(group, watch_level="quiet")
    for name in ("Asha", "Ben", "Cai"):
        await group.say(name, MILD, THREAD)
    assert hints(group) == []
    await choose(group, watch_level="keen")
    await group.say("Dee", MILD, THREAD)
    assert len(hints(group)) == 1


async def test_a_message_that_comes_twice_or_is_edited_earns_one_reminder(group: GroupUnderTest) -> None:
    await watching(group)
    id = await group.say("Asha", MILD, THREAD)
    await group.say("Asha", MILD, THREAD, edits=id)
    assert hints(group) == []
    await group.say("Asha", CLEAR, THREAD, edits=id)  # an edit is looked at once
    assert hints(group) == []
    other = await group.say("Ben", "good morning", OTHER)
    await group.say("Ben", CLEAR, OTHER, edits=other)
    assert len(hints(group)) == 1
    await group.press("Mo", "Remind the room")
    await group.pass_time(timedelta(hours=7))
    await group.rebuild()
    await group.say("Ben", CLEAR, OTHER, edits=other)
    assert len(hints(group)) == 1


async def test_newcomers_are_left_in_peace_for_a_week(group: GroupUnderTest) -> None:
    await watching(group)
    await group.join("Hana")
    await group.say("Hana", CLEAR, THREAD)
    group.someone_else("Hana", joined_at=None)  # a platform that does not say
    await group.say("Hana", CLEAR, THREAD)
    assert hints(group) == []
    await group.pass_time(timedelta(days=7))
    await group.say("Hana", CLEAR, THREAD)
    assert len(hints(group)) == 1


async def test_where_people_grieve_nobody_is_reminded(group: GroupUnderTest) -> None:
    await watching(group)
    await group.type("Mo", "/desk", THREAD)
    await group.press("Mo", "Post something", THREAD)
    await group.press("Mo", "Mark this thread", THREAD)
    assert "Now: a thread of grief" in await group.press("Mo", "Mark it: grief", THREAD)
    await group.say("Asha", CLEAR, THREAD)
    assert hints(group) == []
    await group.say("Asha", CLEAR, OTHER)
    assert len(hints(group)) == 1
    await group.press("Mo", "Take the mark away", THREAD)
    await group.say("Ben", CLEAR, THREAD)
    assert len(hints(group)) == 2


async def test_where_somebody_only_wants_to_be_heard_moderators_get_a_hint(group: GroupUnderTest) -> None:
    await watching(group, "room")
    await group.open_thread("Asha", THREAD, title="A bad day, listening only please")
    assert posts(group) == [
        "This person has asked for listening only. A kind word is plenty. Ideas can wait."
    ]
    await group.say("Ben", CLEAR, THREAD)
    assert len(posts(group)) == 1
    assert len(hints(group)) == 1


async def test_for_ten_minutes_after_a_moderator_it_is_quiet_also_after_a_restart(
    group: GroupUnderTest,
) -> None:
    await watching(group)
    await group.say("Mo", "let me think about that", THREAD)
    await group.pass_time(timedelta(minutes=9))
    await group.rebuild()
    await group.say("Asha", CLEAR, THREAD)
    assert hints(group) == []
    await group.pass_time(timedelta(minutes=1))
    await group.say("Asha", CLEAR, THREAD)
    assert len(hints(group)) == 1


async def test_roles_that_the_group_chose_moderate_here_too(group: GroupUnderTest) -> None:
    await watching(group, moderator_roles="test/g1=77")
    group.someone_else("Ben", roles=("77",))
    await group.say("Ben", CLEAR, THREAD)
    await group.say("Asha", CLEAR, THREAD)
    assert hints(group) == []


async def test_a_thread_is_left_alone_for_six_hours(group: GroupUnderTest) -> None:
    await watching(group, "room")
    await group.say("Asha", CLEAR, THREAD)
    await group.pass_time(timedelta(hours=5, minutes=59))
    await group.say("Ben", CLEAR, THREAD)
    assert len(posts(group)) == 1
    await group.pass_time(timedelta(minutes=1))
    await group.say("Ben", CLEAR, THREAD)
    assert len(posts(group)) == 2
    assert len(set(posts(group))) == 2


async def test_one_open_hint_in_a_thread_is_enough(group: GroupUnderTest) -> None:
    await watching(group)
    await group.say("Asha", CLEAR, THREAD)
    await group.pass_time(timedelta(hours=7))
    await group.say("Ben", CLEAR, THREAD)
    assert len(hints(group)) == 1
    await group.press("Mo", "Remind the room")
    await group.pass_time(timedelta(hours=7))
    await group.say("Ben", CLEAR, THREAD)
    assert len(hints(group)) == 2


async def test_four_a_day_are_enough(group: GroupUnderTest) -> None:
    await watching(group, "room")
    for number in range(6):
        where = Place(platform="test", group="g1", channel="c1", thread=f"n{number}")
        await group.say("Asha", CLEAR, where)
        assert len(posts(group, where)) == (1 if number < 4 else 0)
    assert hints(group) == []


async def test_at_night_moderators_get_a_hint_instead(group: GroupUnderTest) -> None:
    await watching(group, "room")
    await group.pass_time(timedelta(hours=12))  # 22:00
    await group.say("Asha", CLEAR, THREAD)
    assert posts(group) == []
    assert len(hints(group)) == 1
    assert group.platform.told[-1][1].silent


@pytest.mark.parametrize(
    "text",
    [
        "please call 999 now",
        "ring your team in the morning",
        "> You should drop your basal by 2 units tonight",
        "```\nYou should drop your basal by 2 units tonight\n```",
        "",
        "🎉🎉🎉",
        "\u200b\u200b",
        "You should come to the picnic",
    ],
)
async def test_nobody_hears_of_help_quotes_and_everyday_talk(group: GroupUnderTest, text: str) -> None:
    await watching(group, "room", watch_level="keen")
    await group.say("Asha", text, THREAD)
    assert (posts(group), hints(group)) == ([], [])


async def test_a_private_chat_is_never_looked_at(group: GroupUnderTest) -> None:
    await watching(group, "room")
    assert not group.app.wants(TextPosted, "test", "")


async def test_moderators_of_any_hour_are_told_once_who_want_no_messages_not(group: GroupUnderTest) -> None:
    await watching(group)
    await group.type("Mo", "/me messages no")
    await group.press("Mo", "Go on")
    await group.say("Asha", CLEAR, THREAD)
    assert hints(group) == []


async def test_why_shows_the_words_underlined_and_offers_what_can_be_said(group: GroupUnderTest) -> None:
    await watching(group, "room")
    id = await group.say("Asha", CLEAR, THREAD)
    said = await group.ask_why("Mo", id, CLEAR, THREAD)
    assert "This looked like advice" in said
    last = group.seen["Mo"][-1]
    assert isinstance(last, Reply)
    assert last.private
    underlined = [span.text for block in last.body for span in block.spans if span.underlined]
    assert underlined == [CLEAR[: CLEAR.index(" tonight")]] or underlined[0].startswith("You should drop")
    assert "I took it back" in await group.press("Mo", "Say: not advice", THREAD)


async def test_why_is_for_moderators_and_says_when_there_is_nothing_to_see(group: GroupUnderTest) -> None:
    await watching(group)
    assert "That is for moderators" in await group.ask_why("Asha", "s1", CLEAR)
    assert "I would say nothing" in await group.ask_why("Mo", "s1", "good morning all")
    assert "This looked like advice" in await group.type("Mo", f"/why {CLEAR}")
    assert "I cannot read that message" in await group.ask_why("Mo", "s1", "")
    assert "Use this on the message" in await group.type("Mo", "/why")
    assert group.labels("Mo") == []


async def test_a_long_message_is_shown_where_it_matters(group: GroupUnderTest) -> None:
    await watching(group)
    long = "The weather was fine all week. " * 30 + CLEAR + ". We went for a walk" * 20
    said = await group.ask_why("Mo", "s1", long)
    assert "drop your basal" in said
    assert len(said) < 1100


async def test_pressing_and_typing_nonsense_changes_nothing(group: GroupUnderTest) -> None:
    await watching(group)
    for number in ("0", "99", "999999999999"):
        for typed in (f"hint {number} small", f"hint-leave {number}", f"not-advice {number}"):
            assert "looked after" in await group.type("Mo", f"/remind {typed}")
    await group.say("Asha", CLEAR, THREAD)
    await group.type("Mo", "/remind hint 1 nonsense")
    await group.settle()
    assert len(posts(group)) == 1


NIGHT = datetime(2027, 1, 11, 23, 0, tzinfo=UTC)
URGENT = "I want to kill myself tonight"


async def urgent_on(group: GroupUnderTest, **settings: str) -> None:
    await group.type("Mo", "/desk")
    await choose(group, urgent_words="yes", outside_contact="the Lantern line", **settings)


def urgent_hints(group: GroupUnderTest) -> list[str]:
    return [text for text in group.private_texts("Mo") if "may need a person" in text]


async def test_urgent_words_reach_moderators_quietly_with_a_link_and_nothing_else(
    group: GroupUnderTest,
) -> None:
    await urgent_on(group)
    before = len(group.posts)
    id = await group.say("Asha", URGENT, THREAD)
    [hint] = urgent_hints(group)
    assert f"https://chat.test/{id}" in hint
    assert "Asha" not in hint
    assert "kill" not in hint
    assert not any(digit in hint.replace("999", "").replace(id, "") for digit in "0123456789")
    assert len(group.posts) == before
    tell = group.platform.told[-1][1]
    assert tell.urgent
    async with group.database.transaction() as work:
        assert await work.watch.counts(1, group.clock.at.date()) == {"urgent": 1}
        assert await work.watch.in_thread(1, THREAD, group.clock.at - timedelta(days=1)) == []


async def test_urgent_words_come_before_every_reminder_and_hush_them(group: GroupUnderTest) -> None:
    await watching(group, "room")
    await urgent_on(group)
    await group.say("Asha", f"{URGENT}. {CLEAR}", THREAD)
    assert len(urgent_hints(group)) == 1
    await group.say("Ben", CLEAR, THREAD)
    assert (posts(group), hints(group)) == ([], [])
    await group.say("Ben", CLEAR, OTHER)
    assert len(posts(group, OTHER)) == 1


async def test_nothing_holds_an_urgent_hint_back_but_more_of_the_same(group: GroupUnderTest) -> None:
    await urgent_on(group)
    await group.say("Mo", "hello", THREAD)
    await group.join("Hana")
    await group.type("Mo", "/desk thread grief", THREAD)
    group.clock.at = NIGHT
    await group.say("Hana", URGENT, THREAD)
    await group.say("Hana", URGENT, THREAD)
    assert len(urgent_hints(group)) == 1
    assert group.platform.told[-1][1].silent
    await group.say("Ben", URGENT, THREAD)
    assert len(urgent_hints(group)) == 2
    await group.pass_time(timedelta(minutes=10))
    await group.say("Hana", URGENT, THREAD)
    assert len(urgent_hints(group)) == 3


async def test_a_moderators_own_urgent_words_reach_the_others(group: GroupUnderTest) -> None:
    await urgent_on(group)
    group.add_person("Nia", moderator=True)
    await group.type("Nia", "/desk")
    await group.say("Mo", URGENT, THREAD)
    assert urgent_hints(group) == []
    assert any("may need a person" in text for text in group.private_texts("Nia"))


async def test_urgent_words_have_their_own_pause_and_do_not_turn_advice_on(group: GroupUnderTest) -> None:
    await urgent_on(group)
    await group.say("Asha", CLEAR, THREAD)
    assert (hints(group), posts(group)) == ([], [])
    await choose(group, urgent_paused="yes")
    await group.say("Asha", URGENT, THREAD)
    assert urgent_hints(group) == []


async def test_what_is_kept_goes_when_its_time_is_over(group: GroupUnderTest) -> None:
    await watching(group)
    await group.say("Mo", "hello", THREAD)
    await group.say("Mo", "hello", PLACE)
    await group.type("Mo", "/desk thread grief", PLACE)
    await group.pass_time(timedelta(days=1))
    await group.say("Asha", CLEAR, OTHER)
    await group.pass_time(timedelta(days=2))
    async with group.database.transaction() as work:
        rows = (await work.connection.execute(select(tables.threads))).all()
        assert [(row.thread, row.mark, row.moderator_wrote_at) for row in rows] == [("", "grief", None)]
        assert len((await work.connection.execute(select(tables.noticed))).all()) == 1
    await group.pass_time(timedelta(days=31))
    async with group.database.transaction() as work:
        assert (await work.connection.execute(select(tables.noticed))).all() == []


async def test_a_case_that_is_open_keeps_every_reminder_away(group: GroupUnderTest) -> None:
    await watching(group)
    await group.say("Asha", CLEAR, THREAD)
    async with group.database.transaction() as work:
        on = MessageRef(place=THREAD, id="s1")
        await work.cases.add("c1", 1, on, group.clock.at, reporter_key="r", risk="worry")
    assert "I post nothing of that kind here" in await group.press("Mo", "Remind the room")
    assert posts(group) == []


async def test_two_who_ask_after_urgent_words_wait_for_a_moderator(group: GroupUnderTest) -> None:
    await urgent_on(group)
    await group.say("Asha", URGENT, THREAD)
    for name in ("Ben", "Cai"):
        await group.type(name, "/remind", THREAD)
        await group.press(name, "Ask the moderators", THREAD)
        await group.press(name, "Go on", THREAD)
    await group.settle()
    assert posts(group) == []
    assert "gentle reminder" in await group.type("Mo", "/desk")
