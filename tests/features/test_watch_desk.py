"""The desk's page about the message watch: moderators make it quieter, pause it, and correct it."""

from datetime import timedelta

from bot.contract.events import MessageRef
from bot.features.watch_room import OWN, room
from bot.noticing import load
from bot.noticing.pack import packaged, read_all
from bot.noticing.watch import Watch
from tests.features.idea_steps import DAY, pass_to
from tests.features.test_watch_votes import set_outside_contact
from tests.features.votes import agree_first
from tests.features.watching import settings_of, suggest, vote_for_watch, vote_through
from tests.group import PLACE, TEXTS, GroupUnderTest

WATCH: Watch = load()


async def answer(group: GroupUnderTest, rule: str, *, advice: int, no: int) -> None:
    """What moderators said of a rule."""
    async with group.database.transaction() as work:
        for number in range(advice + no):
            await work.watch.answer(1, rule, is_advice=number < advice)


async def test_a_moderator_pauses_the_watch_at_once_and_the_room_hears_nothing(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    await pass_to(group, "watch_trial_ends")
    said = len(group.posts)
    await group.type("Mo", "/desk watch")
    assert "A moderator has paused it" in await group.press("Mo", "Pause the message watch")
    assert settings_of(group).watches(group.clock.at) == "off"
    assert not settings_of(group).reads_messages
    await group.settle()
    assert len(group.posts) == said
    assert "A moderator has paused the message watch." in await group.type("Mo", "/desk")
    await group.rebuild()
    await group.pass_time(30 * DAY)
    assert not settings_of(group).reads_messages
    await group.type("Mo", "/desk watch")
    await group.press("Mo", "Let the message watch go on")
    assert settings_of(group).watches(group.clock.at) == "hint"


async def test_a_paused_trial_waits_and_begins_no_watch_unannounced(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    await group.type("Mo", "/desk watch pause")
    await group.pass_time(10 * DAY)
    assert not any("works from now on" in post for post in group.posts)
    await group.type("Mo", "/desk watch go-on")
    assert settings_of(group).watches(group.clock.at) == "trial"
    await group.pass_time(6 * DAY)  # seven whole days, in which moderators see counts
    assert settings_of(group).watches(group.clock.at) == "trial"
    assert not any("works from now on" in post for post in group.posts)
    await group.pass_time(5 * DAY)
    assert "The message watch works from now on" in group.posts[-1]


async def test_members_can_do_none_of_it(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    for typed in ("watch", "watch pause", "watch level quiet", "watch add phrases", "watch rule off off"):
        assert "That is for moderators" in await group.type("Asha", f"/desk {typed}")
    assert not settings_of(group).watch_paused


async def test_the_level_stays_within_what_was_voted(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    await group.type("Mo", "/desk watch")
    assert "Make it keen" not in group.labels("Mo")
    assert "How readily I speak: quiet" in await group.press("Mo", "Make it quiet")
    assert settings_of(group).watch_level == "quiet"
    assert "The group has not voted for that" in await group.type("Mo", "/desk watch level keen")
    assert settings_of(group).watch_level == "quiet"
    await group.type("Mo", "/desk watch level normal")
    assert settings_of(group).watch_level == "normal"
    await group.type("Mo", "/desk watch level loud")
    assert settings_of(group).watch_level == "normal"


async def test_the_page_shows_how_often_it_would_have_spoken_and_spoke(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    said = await group.type("Mo", "/desk watch")
    assert "It is on trial until" in said
    assert "would have spoken 0 times" in said
    async with group.database.transaction() as work:
        for what in ("would", "would", "hint", "posted", "not-advice", "urgent"):
            await work.watch.count(1, group.clock.at.date(), what)
    said = await group.type("Mo", "/desk watch")
    assert "would have spoken 2 times" in said
    assert 'hints 1, reminders 1, answers "not advice" 1' in said
    await group.pass_time(40 * DAY)
    said = await group.type("Mo", "/desk watch")
    assert "would have spoken" not in said
    assert "hints 0" in said


async def test_what_was_noticed_is_deleted_after_thirty_days(group: GroupUnderTest) -> None:
    async with group.database.transaction() as work:
        message = MessageRef(place=PLACE, id="m77")
        assert await work.watch.note(
            1, message, rule="you-should", level="quiet", outcome="hint", now=group.clock.at
        )
        await work.watch.raise_rule(1, "you-should", group.clock.at + DAY)
    await group.pass_time(29 * DAY)
    async with group.database.transaction() as work:
        assert await work.watch.of_message(1, message) is not None
    await group.pass_time(3 * DAY)
    async with group.database.transaction() as work:
        assert await work.watch.of_message(1, message) is None
        assert await work.watch.raised(1, group.clock.at - timedelta(days=60)) == frozenset()


async def test_moderators_add_and_remove_their_own_phrases(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    await pass_to(group, "watch_trial_ends")
    await group.type("Mo", "/desk watch phrases")
    await group.press("Mo", "Add phrases")
    said = await group.fill("Mo", lines="bin  the blue pen\n\nsugar cures it\nbin the blue pen")
    assert "You have 2 phrases." in said
    look = WATCH.look("Honestly, BIN the blue pen and be done", room(settings_of(group)))
    assert (look.label, look.rule) == ("directive_medical_advice", OWN)
    await group.rebuild()
    await group.type("Mo", "/desk watch phrases")
    await group.press("Mo", "Remove a phrase")
    said = await group.press("Mo", "Remove number 1")
    assert "You have one phrase." in said
    assert "bin the blue pen" not in said
    look = WATCH.look("Honestly, BIN the blue pen and be done", room(settings_of(group)))
    assert look.rule != OWN


async def test_a_phrase_or_pattern_that_cannot_be_used_is_refused_with_a_sentence(
    group: GroupUnderTest,
) -> None:
    await vote_for_watch(group)
    for lines, said in (
        ("", "There are no words in that"),
        ("  \n ", "There are no words in that"),
        ("good words\n😀", "This is too short"),
        ("x" * 101, "This is too long"),
        ("go", "This is too short"),
    ):
        await group.type("Mo", "/desk watch add phrases")
        assert said in await group.fill("Mo", lines=lines), lines
    for pattern in (r"(a+)+\1", "(?=dose)", "(unclosed", ".*", "a{1,5000}", "|"):
        await group.type("Mo", "/desk watch add patterns")
        said = await group.fill("Mo", lines=pattern)
        assert "I cannot use this pattern" in said, pattern
        assert "A plain phrase always works" in said
    assert settings_of(group).watch_phrases == ""
    assert settings_of(group).watch_patterns == ""
    await group.type("Mo", "/desk watch add patterns")
    assert "You have one pattern" in await group.fill("Mo", lines=r"drop\s+by\s+\d+")
    look = WATCH.look("then drop by 4", room(settings_of(group)))
    assert look.rule == OWN


async def test_there_can_be_two_hundred_phrases_and_no_more(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    async with group.database.transaction() as work:
        await work.communities.set(1, "watch_phrases", "\n".join(f"phrase {n}" for n in range(200)))
        await work.touch(1)
    await group.groups.reload(group.database, [1])
    await group.type("Mo", "/desk watch add phrases")
    assert "You have as many as I can look for" in await group.fill("Mo", lines="one more")
    await group.type("Mo", "/desk watch phrases")
    await group.press("Mo", "Remove a phrase")
    assert "Remove number 10" in group.labels("Mo")
    await group.press("Mo", "Show more")
    assert "Remove number 11" in group.labels("Mo")
    await group.type("Mo", "/desk watch remove phrases 999")
    assert len(settings_of(group).watch_lines("watch_phrases")) == 200


async def test_a_rule_that_is_wrong_four_times_of_ten_is_proposed_for_switching_off(
    group: GroupUnderTest,
) -> None:
    await vote_for_watch(group)
    await pass_to(group, "watch_trial_ends")
    await answer(group, "you-should", advice=7, no=3)
    assert "often wrong" not in await group.type("Mo", "/desk")
    await answer(group, "i-would", advice=5, no=4)
    assert "often wrong" not in await group.type("Mo", "/desk")
    await answer(group, "i-would", advice=1, no=0)
    said = await group.type("Mo", "/desk")
    assert "One rule is often wrong" in said
    assert "4 times of 10" in said
    await group.press("Mo", "Decide about this rule")
    assert "is off here" in await group.press("Mo", "Turn this rule off")
    assert settings_of(group).watch_rules_off == "i-would"
    assert "i-would" in room(settings_of(group)).off
    assert "often wrong" not in await group.type("Mo", "/desk")
    await group.type("Mo", "/desk watch rules")
    await group.press("Mo", 'Look at "I would take …"')
    assert "is on here" in await group.press("Mo", "Turn this rule on")
    assert settings_of(group).watch_rules_off == ""


async def test_keeping_a_rule_on_counts_its_answers_anew(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    await pass_to(group, "watch_trial_ends")
    await answer(group, "off", advice=2, no=8)
    assert "One rule is often wrong" in await group.type("Mo", "/desk")
    await group.press("Mo", "Decide about this rule")
    assert "advice 0, not advice 0" in await group.press("Mo", "Keep it on and count anew")
    assert "often wrong" not in await group.type("Mo", "/desk")
    assert settings_of(group).watch_rules_off == ""


async def test_every_rule_of_the_packs_has_a_name_that_moderators_can_read() -> None:
    t, (packs, _) = TEXTS.reader(), read_all(packaged())
    for rule in (*(head.name for pack in packs for head in pack.heads), OWN):
        assert t.has(f"watching.head-{rule}"), rule


async def test_urgent_words_are_paused_and_go_on_by_themselves(group: GroupUnderTest) -> None:
    await agree_first(group)
    await set_outside_contact(group)
    await suggest(group, "Asha", "Turn urgent words on or off", "Suggest to turn urgent words on")
    await vote_through(group, "Asha")
    await group.type("Mo", "/desk watch")
    assert "Urgent words are paused" in await group.press("Mo", "Pause urgent words")
    assert not settings_of(group).reads_messages
    assert "A moderator has paused urgent words." in await group.type("Mo", "/desk")
    await group.type("Mo", "/desk watch")
    said = await group.press("Mo", "Let urgent words go on")
    assert "They are no crisis service" in said
    assert settings_of(group).looks_for_urgent_words


async def test_the_page_says_whether_messages_reach_the_bot_at_all(group: GroupUnderTest) -> None:
    await vote_for_watch(group)
    assert "no message reached me" in await group.type("Mo", "/desk watch")
    await group.say("Asha", "Good morning, all", PLACE)
    assert "I last looked at a message" in await group.type("Mo", "/desk watch")
    await group.press("Mo", "Pause the message watch")
    assert "looked at a message" not in await group.type("Mo", "/desk watch")
