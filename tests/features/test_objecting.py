"""Objecting to a change: the kinds, the words, and what the room reads."""

from datetime import timedelta

from tests.features.test_voting import ballots
from tests.features.votes import (
    HURTS,
    RATHER_NOT,
    SEVEN_DAYS,
    ask_group,
    choose,
    object_to_rule,
    vote_on_rule_4,
)
from tests.group import GroupUnderTest

FOUR_DAYS = timedelta(days=4, hours=1)


async def object_to_it(group: GroupUnderTest, name: str, kind: str) -> str:
    group.seen[name] = []
    await group.press(name, "Object to rule 4")
    said = await group.press(name, kind)
    return await group.press(name, "Go on") if "Go on" in group.labels(name) else said


async def test_an_objection_counts_from_the_press_that_says_its_kind(group: GroupUnderTest) -> None:
    vote = await vote_on_rule_4(group)
    group.seen["Ben"] = []
    await group.press("Ben", "Object to rule 4")
    assert group.labels("Ben") == [HURTS, RATHER_NOT]
    assert await ballots(group, vote) == []
    said = await object_to_it(group, "Ben", HURTS)
    assert "Object: it could hurt or shut someone out" in said
    assert "Your objection counts now, also without words" in said
    assert await ballots(group, vote) == [{0: "hold"}]


async def test_the_author_sees_the_words_first_and_only_approved_ones_are_shown(
    group: GroupUnderTest,
) -> None:
    await vote_on_rule_4(group)
    await choose(group, "Agree to rule 4", "Asha", "Cai", "Dee")
    await object_to_it(group, "Ben", RATHER_NOT)
    await group.press("Ben", "Add a few words")
    asked = group.asked("Ben")
    assert asked is not None
    starters = " ".join(block.plain for block in asked.note)
    assert "I worry that" in starters
    assert "Words can show who wrote them" in starters
    preview = await group.fill("Ben", words="I worry that **new** people feel told off.")
    assert "This is what the room will see, without your name" in preview
    assert "I worry that **new** people feel told off." in preview
    assert group.labels("Ben") == ["Show these words", "Change them", "Leave them out"]
    await group.press("Ben", "Change them")
    again = group.asked("Ben")
    assert again is not None
    assert again.fields[0].value == "I worry that **new** people feel told off."
    await group.fill("Ben", words="New people may feel told off.")
    await group.press("Ben", "Show these words")
    await group.pass_time(FOUR_DAYS)
    result = next(post for post in group.posts if "The vote on rule 4 is over" in post)
    assert "- New people may feel told off." in result
    assert "**new**" not in result
    assert "Ben" not in result


async def test_words_that_were_not_approved_are_never_shown(group: GroupUnderTest) -> None:
    await vote_on_rule_4(group)
    await choose(group, "Agree to rule 4", "Asha", "Cai", "Dee")
    await object_to_it(group, "Ben", RATHER_NOT)
    await group.press("Ben", "Add a few words")
    await group.fill("Ben", words="Only a thought of mine.")
    await group.pass_time(FOUR_DAYS)
    assert not any("Only a thought" in post for post in group.posts)
    assert any("The vote on rule 4 is over" in post for post in group.posts)


async def test_words_edited_after_approval_need_a_new_approval(group: GroupUnderTest) -> None:
    await vote_on_rule_4(group)
    await choose(group, "Agree to rule 4", "Asha", "Cai", "Dee")
    await object_to_it(group, "Ben", RATHER_NOT)
    await group.press("Ben", "Add a few words")
    await group.fill("Ben", words="The first words.")
    await group.press("Ben", "Show these words")
    await group.press("Ben", "Change them")
    await group.fill("Ben", words="The second words.")
    await group.pass_time(FOUR_DAYS)
    assert not any("first words" in post or "second words" in post for post in group.posts)


async def test_words_go_when_the_objection_is_taken_back(group: GroupUnderTest) -> None:
    vote = await vote_on_rule_4(group)
    await object_to_it(group, "Ben", RATHER_NOT)
    await group.press("Ben", "Add a few words")
    await group.fill("Ben", words="They should not stay.")
    await group.press("Ben", "Show these words")
    await choose(group, "Agree to rule 4", "Asha", "Ben", "Cai", "Dee")
    assert "Only the person who objected" in await group.type("Ben", f"/agree-rules words {vote} 0")
    await group.pass_time(FOUR_DAYS)
    assert not any("should not stay" in post for post in group.posts)


async def test_what_holds_a_change_back_sends_it_to_mending_with_its_words(group: GroupUnderTest) -> None:
    await vote_on_rule_4(group)
    await choose(group, "Agree to rule 4", "Asha", "Cai", "Dee")
    await object_to_it(group, "Ben", HURTS)
    await group.press("Ben", "Add a few words")
    await group.fill("Ben", words="Someone could be hurt by it.")
    await group.press("Ben", "Show these words")
    await group.pass_time(FOUR_DAYS)
    assert any("Not agreed yet" in post for post in group.posts)
    assert sum("Someone could be hurt by it." in post for post in group.posts) == 1
    assert "Tell your story" not in await group.type("Asha", "/rules")
    await group.press("Ben", "That is OK for me now")
    await group.press("Ben", next(label for label in group.labels("Ben")))
    await group.pass_time(timedelta(days=4))
    assert "Tell your story" in await group.type("Asha", "/rules")


async def test_only_the_objector_can_be_at_peace_with_it(group: GroupUnderTest) -> None:
    await vote_on_rule_4(group)
    await choose(group, "Agree to rule 4", "Asha", "Cai", "Dee")
    await object_to_it(group, "Ben", HURTS)
    await group.pass_time(FOUR_DAYS)
    group.seen["Cai"] = []
    assert "Only the person who objected" in await group.press("Cai", "That is OK for me now")


async def test_an_objector_of_a_set_can_be_at_peace_and_the_rule_is_adopted(group: GroupUnderTest) -> None:
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben")
    await object_to_rule(group, "Cai", 4, HURTS)
    await group.pass_time(SEVEN_DAYS)
    assert "4. " not in await group.type("Asha", "/rules")
    group.seen["Cai"] = []
    await group.press("Cai", "Rule 4 is OK for me now")
    await group.press("Cai", group.labels("Cai")[0])
    await group.pass_time(timedelta(days=4))
    assert "4. Share your story" in await group.type("Asha", "/rules")


async def test_too_short_and_too_long_words_get_a_sentence(group: GroupUnderTest) -> None:
    await vote_on_rule_4(group)
    await object_to_it(group, "Ben", RATHER_NOT)
    await group.press("Ben", "Add a few words")
    assert "too short" in await group.fill("Ben", words=" \u202e… ")
    assert "too long" in await group.fill("Ben", words="a" * 5000)


async def test_a_new_objection_does_not_bring_back_words_of_an_old_one(group: GroupUnderTest) -> None:
    vote = await vote_on_rule_4(group)
    await choose(group, "Agree to rule 4", "Asha", "Cai", "Dee")
    await object_to_it(group, "Ben", RATHER_NOT)
    await group.press("Ben", "Add a few words")
    await group.fill("Ben", words="They should not come back.")
    await group.press("Ben", "Show these words")
    await choose(group, "Agree to rule 4", "Ben")
    await object_to_it(group, "Ben", RATHER_NOT)
    await group.type("Ben", f"/agree-rules words {vote} 0")
    asked = group.asked("Ben")
    assert asked is not None
    assert asked.fields[0].value == ""
    await group.pass_time(FOUR_DAYS)
    assert not any("should not come back" in post for post in group.posts)


async def test_two_rules_held_back_each_have_buttons_that_name_them(group: GroupUnderTest) -> None:
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben")
    await object_to_rule(group, "Cai", 3, HURTS)
    await object_to_rule(group, "Dee", 5, HURTS)
    await group.pass_time(SEVEN_DAYS)
    labels = [button.label for button in list(group.platform.messages.values())[-1].buttons]
    assert len(labels) == len(set(labels))
    assert {"Write a reply on rule 3", "Write a reply on rule 5"} < set(labels)
    group.seen["Cai"] = []
    assert "Only the person who objected" in await group.press("Cai", "Rule 5 is OK for me now")
    await group.press("Cai", "Rule 3 is OK for me now")
    await group.press("Cai", "Yes, it is OK for me now")
    await group.settle()
    assert "No judging" in group.posts[-1]
