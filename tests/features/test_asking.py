"""Ask the group: one vote on the whole set, and the first agreement."""

from datetime import timedelta

from bot.storage.agreements import Made
from ground_rules.agreement import set_temporary
from tests.features.votes import HURTS, RATHER_NOT, SEVEN_DAYS, ask_group, choose, object_to_rule
from tests.group import GroupUnderTest


async def test_a_moderator_sees_the_closing_date_and_is_asked_about_festivals(group: GroupUnderTest) -> None:
    text = await group.type("Mo", "/desk ask group")
    assert "It closes Monday 18 January, 10am UK time" in text
    assert "festival or a school holiday" in text
    assert group.labels("Mo") == ["Ask the group", "Pick a later date"]
    later = await group.press("Mo", "Pick a later date")
    assert "It opens Monday 18 January" in later or "The vote opens Monday 18 January" in later
    assert "It closes Monday 25 January" in later


async def test_the_desk_offers_to_ask_the_group(group: GroupUnderTest) -> None:
    assert "has not agreed its rules yet" in await group.type("Mo", "/desk")
    await ask_group(group)
    assert "has not agreed its rules yet" not in await group.type("Mo", "/desk")


async def test_a_ballot_says_everything_that_people_need_to_know(group: GroupUnderTest) -> None:
    await ask_group(group)
    ballot = group.posts[-1]
    assert "7. Urgent help" in ballot
    assert "Open until Monday 18 January, 10am UK time" in ballot
    assert "Nobody here sees who chose what. If everyone chooses the same, the result shows it." in ballot
    assert "3 people or more take part" in ballot
    assert "two places" not in ballot
    labels = [button.label for button in list(group.platform.messages.values())[-1].buttons]
    assert labels == ["Agree to all", "I can live with these", "Object to a rule", "Skip this vote"]


async def test_a_group_agrees_its_rules(group: GroupUnderTest) -> None:
    await ask_group(group)
    said = await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    assert said.startswith("Your vote is: Agree to all. You can change it until Monday 18 January, 10am")
    await group.pass_time(SEVEN_DAYS)
    assert "We agreed these" in await group.type("Asha", "/rules")
    result = next(post for post in group.posts if "is over" in post)
    assert "Rule 7" in result
    assert "agreed" in result
    assert "3 people took part" in result
    assert "Agree:" not in result  # too few to show counts
    ballot = next(post for post in group.posts if "This vote is closed" in post)
    assert "Open until" not in ballot


async def test_a_rule_that_somebody_holds_back_is_mended_alone(group: GroupUnderTest) -> None:
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben")
    said = await object_to_rule(group, "Cai", 4, HURTS)
    assert "Object to rule 4. For the rest: Agree to all" in said
    await group.pass_time(SEVEN_DAYS)
    rules = await group.type("Asha", "/rules")
    assert "We agreed these" in rules
    assert "4. " not in rules
    assert "3. " in rules
    overview = await group.type("Asha", "/agree-rules")
    assert "We look for better words for rule 4" in overview


async def test_a_rule_that_too_many_would_rather_not_have_is_set_aside_and_said_so(
    group: GroupUnderTest,
) -> None:
    await ask_group(group)
    await choose(group, "Agree to all", "Asha")
    await object_to_rule(group, "Cai", 4, RATHER_NOT)
    await object_to_rule(group, "Ben", 4, RATHER_NOT)
    await group.pass_time(SEVEN_DAYS)
    assert "4. " not in await group.type("Asha", "/rules")
    assert any("Rule 4" in post and "not agreed" in post for post in group.posts)
    assert "set aside for now: 4." in group.posts[-1]
    assert "holds" not in group.posts[-1]
    assert "one by one" not in group.posts[-1]
    assert "better words for rule 4" not in await group.type("Asha", "/agree-rules")


async def test_too_few_votes_are_given_three_days_once_and_then_nothing_changes(
    group: GroupUnderTest,
) -> None:
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben")
    await group.pass_time(timedelta(days=7, hours=1))
    extended = group.posts[-1]
    assert "Three more days" in extended
    assert "Thursday 21 January, 10am" in extended
    assert "2" not in extended.replace("21 January", "")  # how many took part so far is not said
    await group.pass_time(timedelta(days=4))
    assert "Too few people took part" in group.posts[-1]
    assert (await group.type("Asha", "/rules")).startswith("Starter rules. We have not agreed these yet.")
    assert "Ask the group" not in group.labels("Mo")
    await group.type("Mo", "/desk")
    assert "Ask the group" not in group.labels("Mo")
    await group.pass_time(timedelta(days=14))
    assert "Too few people voted last time" in await group.type("Mo", "/desk")
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    await group.pass_time(SEVEN_DAYS)
    assert "We agreed these" in await group.type("Asha", "/rules")


async def test_more_votes_during_the_extension_decide(group: GroupUnderTest) -> None:
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben")
    await group.pass_time(timedelta(days=8))
    group.seen["Cai"] = []
    await group.press("Cai", "See the vote and choose")
    await group.press("Cai", "Agree to all")
    await group.press("Cai", "Go on")
    await group.pass_time(timedelta(days=3))
    assert "We agreed these" in await group.type("Asha", "/rules")


async def test_a_later_date_opens_by_itself(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk ask group")
    await group.press("Mo", "Pick a later date")
    assert "opens by itself Monday 18 January" in await group.press("Mo", "Ask the group")
    await group.pass_time(timedelta(days=6))
    assert not any("shall these be our rules" in post for post in group.posts)
    await group.pass_time(timedelta(days=1))
    assert any("shall these be our rules" in post for post in group.posts)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    await group.pass_time(SEVEN_DAYS)
    assert "We agreed these" in await group.type("Asha", "/rules")


async def test_the_group_is_asked_once_at_a_time(group: GroupUnderTest) -> None:
    await ask_group(group)
    assert "Another vote comes first" in await group.type("Mo", "/desk ask group")
    assert "Done. The vote is open until" in await group.type("Mo", "/desk ask group now 0")
    assert sum("shall these be our rules" in post for post in group.posts) == 1


async def test_fewer_than_three_use_their_rules_for_now(group: GroupUnderTest) -> None:
    group.size = 2
    assert "A vote needs three people" in await group.type("Mo", "/desk ask group")
    await group.press("Mo", "Use these rules for now")
    await group.settle()
    text = await group.type("Asha", "/rules")
    assert "We are too few to vote on them yet" in text
    assert "7. Urgent help" in text
    group.size = 3
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    await group.pass_time(SEVEN_DAYS)
    assert "We agreed these" in await group.type("Asha", "/rules")


async def test_a_member_cannot_ask_the_group(group: GroupUnderTest) -> None:
    assert "for moderators" in await group.type("Asha", "/desk ask group now 0")
    assert not any("shall these be our rules" in post for post in group.posts)


async def test_the_first_agreement_takes_at_most_four_posts_that_the_bot_starts(
    group: GroupUnderTest,
) -> None:
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    await group.pass_time(SEVEN_DAYS)
    assert sum(shown.started for shown in group.platform.messages.values()) <= 4


async def test_a_rule_that_came_during_the_vote_stays_as_it_is(group: GroupUnderTest) -> None:
    await ask_group(group)
    async with group.database.transaction() as work:
        newest = await work.agreements.newest(1)
        assert newest is not None
        number = newest.next_number()
        until = group.clock() + timedelta(days=14)
        made = set_temporary(
            newest, number, "A rule for now", "No links to shops this week.", group.clock(), until
        )
        await work.agreements.add(1, made, Made(at=group.clock()))
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    await group.pass_time(SEVEN_DAYS)
    rules = await group.type("Asha", "/rules")
    assert "We agreed these" in rules
    assert "8. A rule for now" in rules


async def test_the_button_under_an_extension_goes_with_the_close(group: GroupUnderTest) -> None:
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben")
    await group.pass_time(timedelta(days=12))
    left = [button.label for shown in group.platform.messages.values() for button in shown.buttons]
    assert "See the vote and choose" not in left
    assert "Agree to all" not in left


async def test_the_vote_goes_on_when_whoever_asked_leaves(group: GroupUnderTest) -> None:
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    posts = len(group.posts)
    await group.leave("Mo")
    await group.settle()
    assert len(group.posts) == posts, "nobody has to take a vote on all rules over"
    await group.pass_time(timedelta(days=6))
    assert group.private_texts("Mo") == [], "they are no moderator here any more"
    await group.pass_time(timedelta(days=2))
    assert "We agreed these" in await group.type("Asha", "/rules")


async def test_whoever_asked_the_group_finds_that_under_what_is_kept(group: GroupUnderTest) -> None:
    await ask_group(group)
    assert "Your idea: all the rules" in await group.type("Mo", "/me show")
