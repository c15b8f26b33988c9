"""The message watch, urgent words and the advice level: a vote turns them on, and nothing else does."""

from datetime import timedelta

import pytest

from bot.contract.events import FormAnswered, TextPosted
from bot.contract.payload import encode
from tests.features.idea_steps import DAY, go_on, newest_idea, pass_to
from tests.features.test_joining import OTHER, code_from
from tests.features.votes import agree_first, choose
from tests.features.watching import WHY, settings_of, suggest, vote_for_watch, vote_through
from tests.group import GroupUnderTest

WATCH = "Turn the message watch on or off"
URGENT = "Turn urgent words on or off"
NORMAL = "Suggest normal: when clear, or twice"


async def set_outside_contact(group: GroupUnderTest, words: str = "Pat, who runs the clinic's desk") -> None:
    async with group.database.transaction() as work:
        await work.communities.set(1, "outside_contact", words)
        await work.touch(1)
    await group.groups.reload(group.database, [1])


async def test_a_vote_turns_the_watch_on_and_seven_days_later_it_works_by_itself(
    group: GroupUnderTest,
) -> None:
    await vote_for_watch(group)
    settings = settings_of(group)
    assert (settings.watch, settings.watch_level, settings.watches(group.clock.at)) == (
        "hint", "normal", "trial",
    )  # fmt: skip
    assert "Until" in group.posts[-1]
    assert "how often I would have spoken" in group.posts[-1]
    assert settings.trial_ends is not None
    assert settings.trial_ends >= group.clock.at + timedelta(days=7)
    await group.rebuild()
    await pass_to(group, "watch_trial_ends")
    assert settings_of(group).watches(group.clock.at) == "hint"
    assert "The message watch works from now on" in group.posts[-1]
    started = [shown for shown in group.platform.messages.values() if shown.started]
    assert [shown.text for shown in started if "works from now on" in shown.text] == [group.posts[-1]]


async def test_the_ballot_says_what_it_means_for_privacy(group: GroupUnderTest) -> None:
    await agree_first(group)
    preview = await suggest(group, "Asha", WATCH, "Suggest reminders in the room", NORMAL)
    await group.press("Asha", "Post my idea")
    await pass_to(group, "vote_opens")
    ballot = group.posts[-1]
    for text in (preview, ballot):
        assert "What this means for your privacy" in text
        assert "I never keep, log or send on what you write" in text
        assert "30 days" in text
        assert "seven days" in text
        assert "names nobody" in text


async def test_the_vote_that_fails_changes_nothing(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest(group, "Asha", WATCH, "Suggest private hints", NORMAL)
    await group.press("Asha", "Post my idea")
    await pass_to(group, "vote_opens")
    await group.pass_time(30 * DAY)
    assert settings_of(group).watch == "off"
    assert not settings_of(group).reads_messages


async def test_two_people_alone_cannot_turn_the_watch_on(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest(group, "Asha", WATCH, "Suggest private hints", NORMAL)
    await group.press("Asha", "Post my idea")
    group.size = 2
    await group.type("Mo", "/rules")
    await group.pass_time(30 * DAY)
    assert settings_of(group).watch == "off"
    assert any("a vote needs three people" in post for post in group.posts)


@pytest.mark.parametrize("name", ["Asha", "Mo"])
async def test_nobody_turns_it_on_by_a_button_or_a_form_alone(group: GroupUnderTest, name: str) -> None:
    await agree_first(group)
    for typed in ("watch go-on", "watch level keen", "watch go-on urgent-words", "watch pause"):
        await group.type(name, f"/desk {typed}")
    for setting, value in (
        ("watch", "room_keen"),
        ("watch", "room"),
        ("watch", "room_loud"),
        ("needed_votes", "0"),
        ("urgent_words", "yes"),
        ("moderator_roles", "x"),
    ):
        form = encode("settingwhy", setting, value)
        await group.receive(FormAnswered(**group.about(name), payload=form, values={"why": WHY}))
    assert settings_of(group).watch == "off"
    assert not settings_of(group).urgent_words
    assert settings_of(group).watch_level == "normal"
    assert settings_of(group).needed_votes == 0


async def test_a_form_for_any_other_setting_is_no_idea(group: GroupUnderTest) -> None:
    await agree_first(group)
    await go_on(group, "Asha", await group.type("Asha", "/agree-rules suggest add"))
    for setting, value in (("moderator_roles", "x"), ("needed_votes", "0"), ("watch", "room")):
        form = encode("settingwhy", setting, value)
        said = await group.receive(FormAnswered(**group.about("Asha"), payload=form, values={"why": WHY}))
        assert "preview" not in str(said)
    assert (await newest_idea(group)).proposal.subject.__class__.__name__ != "SettingSubject"


async def test_turning_it_off_can_be_suggested_at_once_and_works_at_once(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    await suggest(group, "Ben", WATCH, "Suggest to turn it off")
    await vote_through(group, "Ben")
    assert settings_of(group).watch == "off"
    assert "I look at no message for advice any more" in group.posts[-1]
    said = await suggest(group, "Ben", WATCH, "Suggest private hints", NORMAL)
    assert "it rests for a while" in said
    assert settings_of(group).watch_trial_until == ""


async def test_a_watch_that_is_voted_off_on_trial_never_begins(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    await group.type("Mo", "/desk watch pause")  # so that the trial waits for the vote
    await suggest(group, "Ben", WATCH, "Suggest to turn it off")
    await vote_through(group, "Ben")
    await group.pass_time(20 * DAY)
    assert not any("The message watch works" in post for post in group.posts)
    assert not settings_of(group).reads_messages


async def test_a_quieter_watch_needs_no_new_trial_and_a_louder_one_does(group: GroupUnderTest) -> None:
    await vote_for_watch(group, "Suggest reminders in the room")
    await pass_to(group, "watch_trial_ends")
    await group.pass_time(100 * DAY)
    await suggest(group, "Asha", WATCH, "Suggest private hints", "Suggest quiet: only when very clear")
    await vote_through(group, "Asha")
    assert settings_of(group).watches(group.clock.at) == "hint"
    assert settings_of(group).watch_most == "quiet"
    await group.pass_time(100 * DAY)
    await suggest(group, "Asha", WATCH, "Suggest reminders in the room", NORMAL)
    await vote_through(group, "Asha")
    assert settings_of(group).watches(group.clock.at) == "trial"


async def test_what_is_so_already_cannot_be_suggested(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    await group.pass_time(100 * DAY)
    assert "It is like that already" in await suggest(group, "Ben", WATCH, "Suggest private hints", NORMAL)


async def test_in_a_language_without_a_pack_the_watch_cannot_be_suggested(group: GroupUnderTest) -> None:
    await agree_first(group)
    async with group.database.transaction() as work:
        await work.communities.set(1, "language", "fi")
        await work.touch(1)
    await group.groups.reload(group.database, [1])
    said = await suggest(group, "Asha", WATCH)
    assert "I cannot do this in our language yet" in said
    assert group.labels("Asha") == ["Go back"]
    said = await group.type("Asha", "/agree-rules suggest bot set watch hint_normal")
    assert "I cannot do this in our language yet" in await go_on(group, "Asha", said)
    assert group.asked("Asha") is None


async def test_urgent_words_need_somebody_who_may_look(group: GroupUnderTest) -> None:
    await agree_first(group)
    said = await suggest(group, "Asha", URGENT)
    assert "It is not a crisis service" in said
    assert "a group needs cover hours, or a contact outside the group" in said
    assert "Suggest to turn urgent words on" not in group.labels("Asha")
    form = encode("settingwhy", "urgent_words", "yes")
    await group.receive(FormAnswered(**group.about("Asha"), payload=form, values={"why": WHY}))
    await go_on(group, "Asha", "")
    assert "idea" not in (await group.type("Asha", "/agree-rules draft")).casefold().split("keep")[0]
    await set_outside_contact(group)
    preview = await suggest(group, "Asha", URGENT, "Suggest to turn urgent words on")
    assert "It misses most words that are not said straight out" in preview
    assert "Nobody may be reading" in preview
    await vote_through(group, "Asha")
    assert settings_of(group).looks_for_urgent_words
    assert settings_of(group).watch == "off"


async def test_urgent_words_wait_when_nobody_may_look_any_more(group: GroupUnderTest) -> None:
    await agree_first(group)
    await set_outside_contact(group)
    await suggest(group, "Asha", URGENT, "Suggest to turn urgent words on")
    await set_outside_contact(group, "")
    await vote_through(group, "Asha")
    assert settings_of(group).urgent_words
    assert not settings_of(group).reads_messages
    assert "It waits until moderators set cover hours" in group.posts[-1]
    assert "Urgent words wait" in await group.type("Mo", "/desk")
    await set_outside_contact(group)
    assert settings_of(group).looks_for_urgent_words


async def test_a_place_that_joins_later_is_not_read_until_a_vote_has_asked_it(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    await pass_to(group, "watch_trial_ends")
    await group.add_bot(OTHER)
    await group.type("Mo", f"/desk join now {await code_from(group)}", OTHER)
    await group.settle()
    assert group.app.wants(TextPosted, "test", "g1")
    assert not group.app.wants(TextPosted, "test", "g2")
    await group.say("Dee", "You should drop your basal by 2 units tonight", OTHER)
    assert not any("may be advice" in text for text in group.private_texts("Mo"))
    assert "I do not read what you write" in await group.type("Asha", "/privacy", OTHER)
    assert "The message watch is on" in await group.type("Asha", "/privacy")
    assert "I read nothing there" in await group.type("Mo", "/desk watch")
    await group.rebuild()
    assert not group.app.wants(TextPosted, "test", "g2")
    await group.pass_time(61 * DAY)
    await suggest(group, "Asha", WATCH, "Suggest private hints", NORMAL)
    await group.press("Asha", "Post my idea")
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to this setting", "Ben", "Cai", "Dee", "Eli", "Fay", "Gus")
    await pass_to(group, "vote_closes")
    assert group.app.wants(TextPosted, "test", "g2")
    assert settings_of(group).watches(group.clock.at) == "trial"
    assert "I read nothing there" not in await group.type("Mo", "/desk watch")


async def test_a_place_that_joins_while_a_vote_is_open_was_not_asked_by_it(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest(group, "Asha", WATCH, "Suggest private hints", NORMAL)
    await group.press("Asha", "Post my idea")
    await pass_to(group, "vote_opens")
    await group.add_bot(OTHER)
    await group.type("Mo", f"/desk join now {await code_from(group)}", OTHER)
    await choose(group, "Agree to this setting", "Ben", "Cai", "Dee")
    await pass_to(group, "vote_closes")
    assert group.app.wants(TextPosted, "test", "g1")
    assert not group.app.wants(TextPosted, "test", "g2")


async def test_the_advice_level_is_chosen_by_a_vote(group: GroupUnderTest) -> None:
    await agree_first(group)
    said = await suggest(group, "Asha", "Choose between stories and ideas", "Suggest stories only")
    assert "We share stories only" in said
    assert "What this means for your privacy" not in said
    await vote_through(group, "Asha")
    assert settings_of(group).advice == "stories"
    assert "In this group we share stories only" in await group.type("Ben", "/help advice")
    assert "Suggest stories only" not in group.labels("Ben")


async def test_the_why_of_a_draft_can_be_changed(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest(group, "Asha", WATCH, "Suggest private hints", NORMAL)
    await group.press("Asha", "Change the words")
    said = await group.fill("Asha", why="I would like a quieter place.")
    assert "I would like a quieter place." in said
    assert "moderators get a private hint" in said


async def test_an_objection_that_it_hurts_holds_the_watch_back(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest(group, "Asha", WATCH, "Suggest private hints", NORMAL)
    await group.press("Asha", "Post my idea")
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to this setting", "Ben", "Cai", "Dee")
    await group.press("Eli", "Object to this setting")
    await go_on(
        group,
        "Eli",
        await group.press("Eli", "It could hurt or shut someone out, or break a law or our principles"),
    )
    await pass_to(group, "vote_closes")
    assert settings_of(group).watch == "off"
