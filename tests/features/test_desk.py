"""The desk, its weekly note, and votes typed where others can read them."""

from dataclasses import replace
from datetime import timedelta

from bot.contract.actions import Reply
from bot.contract.events import CommandGiven
from bot.contract.markup import plain
from tests.features.alerts import all_is_well, answer_test
from tests.features.checks import check_numbers
from tests.features.votes import agree_first, ask_group
from tests.group import GroupUnderTest


async def test_asking_the_group_takes_one_press_under_the_date(group: GroupUnderTest) -> None:
    desk = await group.type("Mo", "/desk")
    assert "close Monday 18 January, 10am UK time" in desk
    assert "festival or a school holiday" in desk
    assert "The vote is open until Monday 18 January" in await group.press("Mo", "Ask the group")


async def test_another_date_is_chosen_among_the_rules(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk")
    await group.press("Mo", "Look after the rules")
    await group.press("Mo", "Choose when to ask the group")
    assert "Pick a later date" in group.labels("Mo")


async def test_what_waits_is_told_to_moderators_once_a_week(group: GroupUnderTest) -> None:
    await group.pass_time(timedelta(days=6))
    assert group.private_texts("Mo") == []
    await group.pass_time(timedelta(days=2))
    assert len(group.private_texts("Mo")) == 1
    assert "has not agreed its rules yet" in group.private_texts("Mo")[0]
    await group.rebuild()
    await group.pass_time(timedelta(days=7))
    assert len(group.private_texts("Mo")) == 2


async def test_the_note_respects_a_moderator_who_wants_no_messages(group: GroupUnderTest) -> None:
    await group.type("Mo", "/me messages no")
    await group.press("Mo", "Go on")
    await group.pass_time(timedelta(days=8))
    assert group.private_texts("Mo") == []


def one_step(group: GroupUnderTest) -> str:
    """The button of the one step that the desk begins with; under it stand the drawers."""
    first, *drawers = group.labels("Mo")
    assert drawers[0] == "Look after the rules"
    assert len(drawers) == 6
    return first


async def test_the_desk_begins_with_what_is_next_until_nothing_needs_anybody(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk")
    assert one_step(group) == "Ask the group"
    await agree_first(group)
    assert "Alerts are off" in await group.type("Mo", "/desk")
    assert one_step(group) == "Look at alerts and cover"
    await all_is_well(group, "Mo")
    assert "ask a second moderator" in await group.type("Mo", "/desk")
    assert one_step(group) == "Show what to send them"
    assert "look after our group with me" in await group.press("Mo", "Show what to send them")
    assert "check the help numbers" in await group.type("Mo", "/desk")
    assert one_step(group) == "Check the help numbers"
    await check_numbers(group)
    said = await group.type("Mo", "/desk")
    assert "Nothing needs you. Next date: Monday 19 April, 10am UK time. I ask everyone" in said
    assert "Look after the rules" in group.labels("Mo")
    group.add_person("Nan", moderator=True)
    await group.pass_time(timedelta(minutes=11))
    await answer_test(group, "Nan", "Mo")
    await group.pass_time(timedelta(days=86))
    assert "Soon I ask everyone to look at the rules" in await group.type("Mo", "/desk")
    assert one_step(group) == "Move it by two weeks"


async def test_a_moderator_who_is_alone_is_asked_again_after_two_weeks(group: GroupUnderTest) -> None:
    await agree_first(group)
    await all_is_well(group, "Mo")
    await group.type("Mo", "/desk")
    await group.press("Mo", "Show what to send them")
    await check_numbers(group)
    assert "Nothing needs you" in await group.type("Mo", "/desk")
    await group.pass_time(timedelta(days=14))
    assert "ask a second moderator" in await group.type("Mo", "/desk")
    group.add_person("Nan", moderator=True)
    await answer_test(group, "Nan")
    assert "Nothing needs you" in await group.type("Mo", "/desk")


async def test_votes_that_stand_still_come_first_with_words_for_the_host(group: GroupUnderTest) -> None:
    await ask_group(group)
    await group.rebuild("another secret")
    assert "Voting has paused" in await group.type("Mo", "/desk")
    assert "put the old key back" in await group.press("Mo", one_step(group))
    await group.rebuild()
    assert "Voting has paused" not in await group.type("Mo", "/desk")


async def test_before_the_set_up_the_desk_asks_for_the_missing_answer(bare_group: GroupUnderTest) -> None:
    await bare_group.add_bot()
    await bare_group.press("Mo", "Set up this group")
    await bare_group.press("Mo", "England")
    assert "An answer is missing" in await bare_group.type("Mo", "/desk")
    assert "2 of 3" in await bare_group.press("Mo", one_step(bare_group))


async def test_no_note_about_a_group_that_removed_the_bot(group: GroupUnderTest) -> None:
    await group.remove_bot()
    await group.pass_time(timedelta(days=10))
    assert group.private_texts("Mo") == []
    await group.add_bot()
    await group.pass_time(timedelta(days=7))
    assert len(group.private_texts("Mo")) == 1


async def test_a_vote_typed_where_others_read_it_records_nothing(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    for words in (f"agree {vote}", f"could-hurt {vote} 4", f"words {vote} 4", f"skip {vote}"):
        typed = CommandGiven(**group.about("Asha"), name="agree-rules", words=words, overheard=True)
        (answer,) = await group.app.receive(typed)
        assert isinstance(answer, Reply)
        assert answer.private
        assert "did not record it" in plain(answer.body)
        assert "use the buttons: nobody sees what you press" in plain(answer.body)
        alone = await group.app.receive(replace(typed, overheard=False))
        assert "did not record it" not in "".join(plain(a.body) for a in alone if isinstance(a, Reply))
    async with group.database.transaction() as work:
        assert await work.ballots.all(vote) == []
