"""Casting a ballot: who may, what is confirmed, and what a result shows."""

from datetime import timedelta

import pytest

from bot.contract.actions import Reply
from bot.contract.events import ButtonPressed, MemberJoined, Place
from tests.features.votes import (
    HURTS,
    RATHER_NOT,
    agree_first,
    ask_group,
    choose,
    object_to_rule,
    open_vote,
    vote_on_rule_4,
)
from tests.group import PLACE, GroupUnderTest

VOTERS = ("Asha", "Ben", "Cai", "Dee", "Eli", "Fay", "Gus")


async def ballots(group: GroupUnderTest, vote: int) -> list[dict[int, str]]:
    async with group.database.transaction() as work:
        return await work.ballots.all(vote)


async def press_late(group: GroupUnderTest, name: str, payload: str, seq: int) -> str:
    """A press that left the person's phone earlier than others that arrived before it."""
    about = {**group.about(name), "seq": seq}
    answers = await group.receive(ButtonPressed(**about, payload=payload))
    return " ".join(block.plain for answer in answers if isinstance(answer, Reply) for block in answer.body)


async def test_labels_say_verb_and_thing(group: GroupUnderTest) -> None:
    await vote_on_rule_4(group)
    labels = [button.label for button in list(group.platform.messages.values())[-1].buttons]
    assert labels == [
        "Agree to rule 4",
        "Agree to rule 4, with worries",
        "Object to rule 4",
        "Skip this vote",
    ]


async def test_a_change_is_shown_before_and_after_with_its_why(group: GroupUnderTest) -> None:
    await vote_on_rule_4(group)
    ballot = group.posts[-1]
    assert "Share your story, do not give orders" in ballot
    assert "Tell your story" in ballot
    assert "It is clearer." in ballot


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Agree to rule 4", "Your vote is: Agree. You can change it until Tuesday 26 January, 10am UK time."),
        ("Agree to rule 4, with worries", "Your vote is: Agree, with worries."),
        ("Skip this vote", "Your vote is: Skip."),
    ],
)
async def test_every_choice_is_confirmed_in_words(group: GroupUnderTest, label: str, said: str) -> None:
    await vote_on_rule_4(group)
    assert said in await choose(group, label, "Ben")


async def test_a_vote_can_be_changed_until_the_close(group: GroupUnderTest) -> None:
    vote = await vote_on_rule_4(group)
    await choose(group, "Agree to rule 4", "Ben")
    await choose(group, "Skip this vote", "Ben")
    assert await ballots(group, vote) == [{0: "skip"}]
    assert "Your vote is: Skip" in await group.type("Ben", f"/agree-rules vote {vote}")


async def test_an_older_press_that_arrives_late_changes_nothing(group: GroupUnderTest) -> None:
    vote = await vote_on_rule_4(group)
    early = group.about("Ben")["seq"]
    await choose(group, "Skip this vote", "Ben")
    said = await press_late(group, "Ben", f"1-voteagree-{vote}", int(str(early)))
    assert "Your vote is: Skip" in said
    assert await ballots(group, vote) == [{0: "skip"}]


async def test_in_a_set_an_older_objection_cannot_come_back_after_agree_to_all(
    group: GroupUnderTest,
) -> None:
    vote = await ask_group(group)
    early = int(str(group.about("Ben")["seq"]))
    await choose(group, "Agree to all", "Ben")
    said = await press_late(group, "Ben", f"1-votehold-{vote}-4", early)
    assert "Your vote is: Agree to all" in said
    assert await ballots(group, vote) == [{0: "agree"}]


async def test_in_a_set_an_older_agree_to_all_leaves_a_newer_objection(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    early = int(str(group.about("Ben")["seq"]))
    await object_to_rule(group, "Ben", 4, HURTS)
    said = await press_late(group, "Ben", f"1-voteagree-{vote}", early)
    assert "Object to rule 4" in said
    assert {4: "hold"}.items() <= (await ballots(group, vote))[0].items()


async def test_agree_to_all_takes_objections_back(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await object_to_rule(group, "Ben", 4, HURTS)
    await object_to_rule(group, "Ben", 2, RATHER_NOT)
    assert "Object to rule 2, 4. For the rest: Agree to all" in await group.type(
        "Ben", f"/agree-rules vote {vote}"
    )
    assert "Your vote is: Agree to all." in await choose(group, "Agree to all", "Ben")
    assert await ballots(group, vote) == [{0: "agree"}]


async def test_objecting_after_skip_counts_as_agreeing_to_the_rest(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await choose(group, "Skip this vote", "Ben")
    await object_to_rule(group, "Ben", 4, HURTS)
    assert await ballots(group, vote) == [{0: "agree", 4: "hold"}]


async def test_one_objection_can_be_taken_back_alone(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await object_to_rule(group, "Ben", 4, HURTS)
    await object_to_rule(group, "Ben", 2, RATHER_NOT)
    said = await object_to_rule(group, "Ben", 4, "Agree to rule 4")
    assert "Object to rule 2. For the rest: Agree to all" in said
    assert (await ballots(group, vote))[0] == {2: "against", 4: "agree"}


async def test_who_joined_after_the_opening_is_told_kindly(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await group.pass_time(timedelta(hours=1))
    await group.join("Ida")
    assert "This vote began before you came" in await choose(group, "Agree to all", "Ida")
    group.someone_else("Ida", joined_at=None)  # a platform that does not say: we saw it
    assert "This vote began before you came" in await choose(group, "Agree to all", "Ida")
    assert await ballots(group, vote) == []


async def test_who_joined_at_an_unknown_time_may_vote(group: GroupUnderTest) -> None:
    await ask_group(group)
    group.someone_else("Ben", joined_at=None)
    assert "Your vote is: Agree to all" in await choose(group, "Agree to all", "Ben")


async def test_who_left_cannot_vote_and_their_ballot_stays(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await choose(group, "Agree to all", "Ben")
    await group.leave("Ben")
    about = {**group.about("Ben"), "is_member": False}
    await group.receive(ButtonPressed(**about, payload=f"1-voteskip-{vote}"))
    assert await ballots(group, vote) == [{0: "agree"}]


async def test_after_the_deadline_nothing_is_taken_even_if_the_close_is_late(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await choose(group, "Agree to all", "Ben")
    group.clock.at = (await open_vote(group)).closes_at
    assert "That vote is closed" in await choose(group, "Skip this vote", "Ben")
    assert "That vote is closed" in await object_to_rule_typed(group, "Cai", vote)
    assert await ballots(group, vote) == [{0: "agree"}]


async def object_to_rule_typed(group: GroupUnderTest, name: str, vote: int) -> str:
    said = await group.type(name, f"/agree-rules could-hurt {vote} 4")
    return await group.press(name, "Go on") if "Go on" in group.labels(name) else said


async def test_everything_can_be_typed(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await choose(group, "Agree to all", "Ben")
    assert "Agree to all" in await group.type("Ben", f"/agree-rules agree {vote}")
    assert "I can live with these" in await group.type("Ben", f"/agree-rules worries {vote}")
    assert "Skip" in await group.type("Ben", f"/agree-rules skip {vote}")
    assert "Which rule" in await group.type("Ben", f"/agree-rules object {vote}")
    assert "what fits best" in await group.type("Ben", f"/agree-rules object {vote} 4")
    assert "Object to rule 4" in await group.type("Ben", f"/agree-rules could-hurt {vote} 4")
    assert "Object to rule 4" in await group.type("Ben", f"/agree-rules rather-not {vote} 4")
    await group.type("Ben", f"/agree-rules words {vote} 4")
    await group.fill("Ben", words="I worry that it is too strict.")
    assert "without your name" in await group.type("Ben", f"/agree-rules show {vote} 4")
    assert "They are deleted" in await group.type("Ben", f"/agree-rules leave-out {vote} 4")
    assert "Agree to all" in await group.type("Ben", f"/agree-rules agree {vote} 4")
    assert "Agree to all" in await group.type("Ben", f"/agree-rules vote {vote}")
    assert "What we are deciding" in await group.type("Ben", "/agree-rules all")
    assert "now open until" in await group.type("Ben", f"/agree-rules more-time {vote}")


@pytest.mark.parametrize(
    "words",
    [
        "agree 999",
        "agree 0",
        "could-hurt 1 99",
        "could-hurt 1 0",
        "show 1 4",
        "words 1 4",
        "vote 77",
        "agree x",
    ],
)
async def test_a_vote_or_rule_that_is_not_there_gets_a_sentence(group: GroupUnderTest, words: str) -> None:
    vote = await ask_group(group)
    await choose(group, "Agree to all", "Ben")
    said = await group.type("Ben", f"/agree-rules {words}")
    assert said
    assert "went wrong" not in said
    assert await ballots(group, vote) == [{0: "agree"}]


async def test_the_first_press_says_what_is_kept_and_not_now_stores_nothing(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await group.press("Ben", "Agree to all")
    assert group.labels("Ben") == ["Go on", "Not now"]
    await group.press("Ben", "Not now")
    assert await ballots(group, vote) == []


async def test_more_time_once_and_the_room_is_told_without_a_name(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    before = len(group.posts)
    await group.type("Ben", f"/agree-rules vote {vote}")
    said = await group.press("Ben", "Ask for more time")
    assert "now open until Thursday 21 January, 10am" in said
    await group.settle()
    assert len(group.posts) == before + 1
    assert "Someone asked for more time" in group.posts[-1]
    assert "Ben" not in group.posts[-1]
    assert "Open until Thursday 21 January" in next(p for p in group.posts if "shall these be" in p)
    assert "asked for more time in this vote already" in await group.type(
        "Cai", f"/agree-rules more-time {vote}"
    )
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    await group.pass_time(timedelta(days=7, hours=1))
    assert (await open_vote(group)).id == vote
    await group.pass_time(timedelta(days=3))
    assert "We agreed these" in await group.type("Asha", "/rules")


async def test_the_overview_shows_votes_and_ideas_with_their_dates(group: GroupUnderTest) -> None:
    assert "We are not deciding anything now" in await group.type("Ben", "/agree-rules")
    await vote_on_rule_4(group)
    text = await group.type("Ben", "/agree-rules")
    assert "Vote on rule 4: open until Tuesday 26 January, 10am UK time" in text
    assert "You have not voted yet" in await group.press("Ben", "See my vote on rule 4")
    assert "Agree to rule 4" in group.labels("Ben")


async def test_counts_are_shown_only_when_they_hide_who_chose_what(group: GroupUnderTest) -> None:
    await agree_first(group)
    group.size = 30
    many = [f"P{number}" for number in range(12)]
    for name in many:
        group.add_person(name)
    await ask_again_on_rule_4(group)
    await choose(group, "Agree to rule 4", *many[:9])
    await choose(group, "Skip this vote", *many[9:])
    await group.pass_time(timedelta(days=5))
    result = next(post for post in group.posts if "The vote on rule 4 is over" in post)
    assert "Agree: 9." in result
    assert "Skip: 3." in result
    assert "12 people took part" in result


async def test_a_choice_of_only_two_hides_all_counts(group: GroupUnderTest) -> None:
    await agree_first(group)
    group.size = 30
    many = [f"P{number}" for number in range(12)]
    for name in many:
        group.add_person(name)
    await ask_again_on_rule_4(group)
    await choose(group, "Agree to rule 4", *many[:10])
    await choose(group, "Skip this vote", *many[10:])
    await group.pass_time(timedelta(days=5))
    result = next(post for post in group.posts if "The vote on rule 4 is over" in post)
    assert "Agree:" not in result
    assert "12 people took part" in result


async def ask_again_on_rule_4(group: GroupUnderTest) -> None:
    await group.type("Asha", "/agree-rules suggest")
    await group.press("Asha", "Change a rule")
    await group.press("Asha", next(label for label in group.labels("Asha") if "rule 4" in label))
    text = "Say what happened to you, and ask before you give ideas."
    await group.fill("Asha", title="Tell your story", text=text, why="It is clearer.")
    await group.press("Asha", "Post it: it changes the meaning")
    await group.pass_time(timedelta(days=4))


async def test_needed_ballots_follow_the_size_at_the_opening(group: GroupUnderTest) -> None:
    group.size = 120
    await ask_group(group)
    assert (await open_vote(group)).needed == 8
    assert "8 people or more take part" in group.posts[-1]


async def test_the_size_is_known_after_a_restart(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk ask group")
    await group.press("Mo", "Pick a later date")
    await group.press("Mo", "Ask the group")
    await group.rebuild()
    await group.pass_time(timedelta(days=7, hours=1))
    assert (await open_vote(group)).group_size == 12
    assert (await open_vote(group)).needed == 3


async def test_two_places_share_one_ballot_and_the_result_says_so(group: GroupUnderTest) -> None:
    other = Place(platform="test", group="g2", channel="c9")
    async with group.database.transaction() as work:
        await work.communities.add_place(1, other, group.clock())
        await work.touch(1)
    await group.groups.load(group.database)
    await ask_group(group)
    assert sum("shall these be our rules" in post for post in group.posts) == 2
    assert "Are you in this group in two places? Then please vote once." in group.posts[-1]
    await choose(group, "Agree to all", "Asha", "Ben")
    group.seen["Cai"] = []
    await group.press("Cai", "Agree to all", other)
    await group.press("Cai", "Go on", other)
    await group.pass_time(timedelta(days=8))
    results = [post for post in group.posts if "is over" in post]
    assert len(results) == 2
    assert all("3 people took part" in post and "asked to vote once" in post for post in results)


async def test_joining_a_second_place_does_not_make_a_newcomer_of_a_member(group: GroupUnderTest) -> None:
    second = Place(platform="test", group="g2", channel="c2")
    async with group.database.transaction() as work:
        await work.communities.add_place(1, second, group.clock())
        await work.touch(1)
    await group.groups.reload(group.database, [1])
    vote = await ask_group(group)
    await group.pass_time(timedelta(hours=1))
    for name in ("Ben", "Nia"):
        group.add_person(name, joined_at=None)
        await group.receive(MemberJoined(**group.about(name, second)))
    await group.press_payload("Ben", f"1-goon-voteagree-{vote}", place=PLACE)
    assert len(await ballots(group, vote)) == 1
    await group.press_payload("Nia", f"1-goon-voteagree-{vote}", place=second)
    assert len(await ballots(group, vote)) == 1, "she came after the vote had opened"
