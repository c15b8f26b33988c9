"""A moderator's safety rule: in force at once, voted on at once, gone after 14 days unless agreed."""

from datetime import timedelta

from ground_rules.proposal import Origin, State
from tests.features.idea_steps import DAY, go_on, newest_idea, newest_rules, pass_to, rules_now
from tests.features.votes import RATHER_NOT, agree_first, choose, open_vote
from tests.group import GroupUnderTest

RULE = {
    "title": "No links for now",
    "text": "Please post no links until we know more.",
    "why": "Spam came in.",
}


async def set_rule(group: GroupUnderTest, **words: str) -> str:
    said = await go_on(group, "Mo", await group.type("Mo", "/desk temporary"))
    if group.asked("Mo") is None:
        return said
    said = await group.fill("Mo", **{**RULE, **words})
    await group.settle()
    return said


async def test_it_is_in_force_at_once_and_its_vote_opens_at_once(group: GroupUnderTest) -> None:
    await agree_first(group)
    await set_rule(group)
    rule = (await rules_now(group)).rule(8)
    assert rule.temporary_until == group.clock.at + 14 * DAY
    assert "ends by itself unless we agree" in await group.type("Ben", "/rules 8")
    assert any("Rule 8 for now: No links for now" in post and "Spam came in." in post for post in group.posts)
    assert (await open_vote(group)).kind == "change"
    kept = await newest_idea(group)
    assert (kept.proposal.state, kept.proposal.origin) == (State.VOTING, Origin.TEMPORARY)


async def test_if_the_group_agrees_it_stays(group: GroupUnderTest) -> None:
    await agree_first(group)
    await set_rule(group)
    await choose(group, "Agree to keeping rule 8", "Ben", "Cai", "Dee")
    await group.rebuild()
    await pass_to(group, "vote_closes")
    assert "We agreed to rule 8" in group.posts[-1]
    await group.pass_time(30 * DAY)
    rule = (await rules_now(group)).rule(8)
    assert (rule.agreed, rule.temporary_until) == (True, None)


async def test_if_the_group_does_not_agree_it_lapses_after_14_days(group: GroupUnderTest) -> None:
    await agree_first(group)
    await set_rule(group)
    for name in ("Ben", "Cai", "Dee"):
        group.seen[name] = []
        await group.press(name, "Object to keeping rule 8")
        await go_on(group, name, await group.press(name, RATHER_NOT))
    await group.pass_time(14 * DAY - timedelta(seconds=1))
    assert (await newest_idea(group)).proposal.state is State.REJECTED
    assert (await rules_now(group)).has(8)
    await group.rebuild()
    await group.pass_time(timedelta(seconds=1))
    assert not (await rules_now(group)).has(8)
    await group.pass_time(3 * DAY)
    assert "Rule 8 goes" in group.posts[-1]
    assert "the group has not agreed to it" in group.posts[-1]


async def test_it_lapses_also_if_too_few_took_part(group: GroupUnderTest) -> None:
    await set_rule(group)
    await group.pass_time(15 * DAY)
    assert (await newest_idea(group)).proposal.state is State.NOT_DECIDED
    assert not (await rules_now(group)).has(8)


async def test_it_is_not_set_again_within_30_days(group: GroupUnderTest) -> None:
    await set_rule(group)
    assert "not twice in 30 days" in await set_rule(group)
    await group.pass_time(15 * DAY)
    assert "not twice in 30 days" in await set_rule(group)
    await group.pass_time(28 * DAY)
    assert "not twice in 30 days" in await set_rule(group)
    await group.pass_time(2 * DAY)
    assert "in use" in await set_rule(group, title="No links again")
    assert (await newest_rules(group)).has(9), "the number of the first is not used again"


async def test_the_form_sent_twice_sets_one_rule(group: GroupUnderTest) -> None:
    await set_rule(group)
    assert "not twice in 30 days" in await group.fill("Mo", **RULE)
    assert not (await newest_rules(group)).has(9)


async def test_bad_words_are_refused_and_nothing_is_set(group: GroupUnderTest) -> None:
    for words in ({"text": ""}, {"text": "x" * 5000}, {"title": "😀😀😀"}, {"why": " "}):
        assert "That is too" in await set_rule(group, **words)
    assert (await newest_rules(group)).version == 1


async def test_members_cannot_set_one(group: GroupUnderTest) -> None:
    assert "for moderators" in await group.type("Asha", "/desk temporary")
