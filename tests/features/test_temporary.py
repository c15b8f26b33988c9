"""A moderator's safety rule: in force at once, voted on at once, gone after 14 days unless agreed."""

from ground_rules.proposal import Origin, State
from tests.features.idea_steps import (
    DAY,
    all_agree,
    go_on,
    newest_idea,
    newest_rules,
    pass_to,
    rules_now,
    suggest_change,
)
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
    assert "vote on it until Monday 25 January, 10am UK time" in await set_rule(group)
    rule = (await rules_now(group)).rule(8)
    assert rule.temporary_until == group.clock.at + 14 * DAY
    assert "ends by itself unless we agree" in await group.type("Ben", "/rules 8")
    assert any("Rule 8 for now: No links for now" in post and "Spam came in." in post for post in group.posts)
    assert (await open_vote(group)).kind == "change"
    kept = await newest_idea(group)
    assert (kept.proposal.state, kept.proposal.origin) == (State.VOTING, Origin.TEMPORARY)


async def test_a_closing_date_that_meets_a_festival_can_be_moved_at_once(group: GroupUnderTest) -> None:
    await agree_first(group)
    assert "festival or a school holiday" in await set_rule(group)
    closes = (await open_vote(group)).closes_at
    await group.press("Mo", "Ask for more time")
    assert (await open_vote(group)).closes_at >= closes + 3 * DAY


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


async def test_if_the_group_does_not_agree_it_ends_at_once(group: GroupUnderTest) -> None:
    await agree_first(group)
    await set_rule(group)
    for name in ("Ben", "Cai", "Dee"):
        group.seen[name] = []
        await group.press(name, "Object to keeping rule 8")
        await go_on(group, name, await group.press(name, RATHER_NOT))
    await group.rebuild()
    await pass_to(group, "vote_closes")
    assert (await newest_idea(group)).proposal.state is State.REJECTED
    assert not (await rules_now(group)).has(8)
    assert "So the rule ends now." in group.posts[-1]
    assert "Rule 8 goes" in group.posts[-1]
    assert "Nothing changes" not in group.posts[-1]
    posts = len(group.posts)
    await group.pass_time(14 * DAY)
    assert len(group.posts) == posts


async def test_if_its_author_takes_it_back_it_ends_at_once(group: GroupUnderTest) -> None:
    await set_rule(group)
    await group.type("Mo", f"/agree-rules withdraw {(await newest_idea(group)).id} yes")
    await group.settle()
    assert not (await rules_now(group)).has(8)
    assert "is taken back" in group.posts[-1]


async def test_it_works_at_once_also_while_an_agreed_change_waits_to_start(group: GroupUnderTest) -> None:
    await agree_first(group)
    changed = "Tell your story, and then ask what others think."
    await suggest_change(group, "Asha", 4, changed)
    await pass_to(group, "vote_opens")
    await all_agree(group, "rule 4")
    await set_rule(group)
    now = await rules_now(group)
    assert now.has(8)
    assert now.rule(4).text != changed, "the change is not brought forward"
    assert "It is in use now." in group.posts[-2]
    await group.rebuild()
    await pass_to(group, "agreement_starts")
    now = await rules_now(group)
    assert now.has(8)
    assert now.rule(4).text == changed
    await group.pass_time(20 * DAY)
    now = await rules_now(group)
    assert not now.has(8)
    assert now.rule(4).text == changed


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
        assert " too " in await set_rule(group, **words)
    assert (await newest_rules(group)).version == 1


async def test_members_cannot_set_one(group: GroupUnderTest) -> None:
    assert "for moderators" in await group.type("Asha", "/desk temporary")
