"""The life of an idea before the room: talk, new wordings, holds, the vote that opens by itself."""

import asyncio
from datetime import timedelta

import pytest

from ground_rules.proposal import Dates, Origin, Proposal, SettingSubject, State, Wording
from tests.features.checks import nothing_else_waits
from tests.features.idea_steps import (
    DAY,
    TEXT,
    TITLE,
    WHY,
    all_agree,
    days_with_two_posts,
    go_on,
    idea,
    newest_idea,
    newest_rules,
    pass_to,
    suggest_change,
    suggest_removal,
    suggest_rule,
)
from tests.features.votes import HURTS, agree_first, ask_group, choose, open_vote
from tests.group import GroupUnderTest

BETTER = "Please put a clear warning first when you post photos of meals."


async def reword(group: GroupUnderTest, name: str, number: int, text: str = BETTER) -> str:
    said = await group.type(name, f"/agree-rules reword {number}")
    if "Change it and end this vote" in group.labels(name):
        said = await group.press(name, "Change it and end this vote")
    if group.asked(name) is None:
        return said
    said = await group.fill(name, title=TITLE, text=text)
    await group.settle()
    return said


# Talk and wordings


async def test_each_new_wording_has_a_number_and_everyone_can_see_them_all(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await group.rebuild()
    await group.press("Asha", "See all wordings")
    await group.press("Asha", "Change the wording")
    await group.fill("Asha", title=TITLE, text=BETTER)
    await group.settle()
    assert "Wording 2" in group.posts[-2]
    assert BETTER in group.posts[-2]
    assert "There is a new wording" in group.posts[-1]
    seen = await group.press("Ben", "See all wordings")
    assert TEXT in seen
    assert BETTER in seen
    assert (await idea(group, kept)).proposal.dates == kept.proposal.dates


async def test_only_the_proposer_can_reword_or_withdraw(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await group.press("Ben", "See all wordings")
    assert group.labels("Ben") == []
    for words in ("reword", "withdraw"):
        assert "Only the person whose idea it is" in await group.type(
            "Ben", f"/agree-rules {words} {kept.id}"
        )
        assert "Only the person whose idea it is" in await group.type("Mo", f"/agree-rules {words} {kept.id}")


async def test_withdrawing_asks_again_and_is_then_final(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await group.press("Asha", "See all wordings")
    assert "cannot be undone" in await group.press("Asha", "Withdraw my idea")
    assert (await idea(group, kept)).proposal.is_open
    await group.press("Asha", "Withdraw my idea")
    await group.settle()
    after = await idea(group, kept)
    assert after.proposal.state is State.WITHDRAWN
    assert after.name == ""
    assert "taken back by its author" in group.posts[-1]
    assert "Asha" not in group.posts[-2]
    assert "not open any more" in await group.type("Asha", f"/agree-rules withdraw {kept.id} yes")
    await group.pass_time(10 * DAY)
    assert not any("The vote on" in post for post in group.posts)


async def test_an_idea_of_another_number_is_answered_kindly(group: GroupUnderTest) -> None:
    for words in ("idea 99", "idea abc", "reword 99999999999999", "withdraw 0"):
        assert "not open any more" in await group.type("Asha", f"/agree-rules {words}")


# The vote opens by itself


async def test_the_vote_opens_by_itself_with_the_last_wording(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await reword(group, "Asha", kept.id)
    opens, closes = kept.proposal.opens_at, kept.proposal.closes_at
    await group.pass_time(opens - group.clock.at - timedelta(seconds=1))
    assert (await idea(group, kept)).proposal.state is State.TALKING
    await group.rebuild()
    await group.pass_time(timedelta(seconds=1))
    vote = await open_vote(group)
    assert vote.closes_at == closes
    ballot = group.posts[-1]
    assert BETTER in ballot
    assert TEXT not in ballot
    assert "words are fixed" in await group.type("Mo", f"/desk more-talk {kept.id}")


async def test_a_moderator_cannot_open_the_vote_earlier(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await group.press("Mo", "See all wordings")
    assert group.labels("Mo") == ["Hold this idea", "Give three more days of talk"]
    await group.pass_time(DAY)
    assert (await idea(group, kept)).proposal.state is State.TALKING


async def test_a_moderators_idea_goes_the_same_way_and_their_vote_counts_once(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group, "Mo")
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to the new rule", "Mo", "Mo", "Mo")
    await pass_to(group, "vote_closes")
    assert (await idea(group, kept)).proposal.state is State.VOTING, "one ballot is too few"


async def test_an_idea_becomes_a_rule(group: GroupUnderTest) -> None:
    await agree_first(group)
    kept = await suggest_rule(group)
    await pass_to(group, "vote_opens")
    await group.rebuild()
    await all_agree(group)
    assert (await idea(group, kept)).proposal.state is State.ADOPTED
    rule = (await newest_rules(group)).rules[-1]
    assert (rule.number, rule.title, rule.text, rule.agreed) == (8, TITLE, TEXT, True)
    result = group.posts[-1]
    assert "Agreed." in result
    assert "New rule 8" in result
    assert WHY in result
    assert "It starts on" in result


async def test_a_vote_that_too_few_join_is_extended_once_and_then_nothing_changes(
    group: GroupUnderTest,
) -> None:
    """Scenario 2."""
    await agree_first(group)
    before = await newest_rules(group)
    kept = await suggest_rule(group)
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to the new rule", "Ben", "Cai")
    await pass_to(group, "vote_closes")
    assert (await idea(group, kept)).proposal.state is State.VOTING
    await group.rebuild()
    await pass_to(group, "vote_closes")
    assert (await idea(group, kept)).proposal.state is State.NOT_DECIDED
    assert "Not decided" in group.posts[-1]
    assert await newest_rules(group) == before
    assert "not decided" in group.posts[[TITLE in post for post in group.posts].index(True)]


async def test_no_vote_among_two_the_text_is_for_now(group: GroupUnderTest) -> None:
    group.size = 2
    kept = await suggest_rule(group)
    await pass_to(group, "vote_opens")
    assert (await idea(group, kept)).proposal.state is State.ADOPTED
    await group.pass_time(5 * DAY)
    assert "Our rules for now." in await group.type("Ben", "/rules")
    assert TITLE in await group.type("Ben", "/rules photos")


# Rewording during a vote


async def test_rewording_during_a_vote_ends_it_uncounted_and_the_room_is_told(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await pass_to(group, "vote_opens")
    vote = await open_vote(group)
    await choose(group, "Agree to the new rule", "Ben", "Cai")
    assert "that vote ends and is not counted" in await group.type("Asha", f"/agree-rules reword {kept.id}")
    await reword(group, "Asha", kept.id)
    after = (await idea(group, kept)).proposal
    assert after.state is State.TALKING
    assert after.opens_at >= group.clock.at + 3 * DAY
    assert "was not counted" in group.posts[-1]
    assert group.platform.told == [], "voters are never written to"
    async with group.database.transaction() as work:
        stopped = await work.votes.find(1, vote.id)
        assert await work.ballots.all(vote.id) == []
    assert stopped is not None
    assert (stopped.state, stopped.nonce) == ("stopped", None)
    ballot = next(shown for shown in group.platform.messages.values() if "was not counted" in shown.text)
    assert ballot.buttons == ()


async def test_after_that_a_new_vote_counts_only_its_own_ballots(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to the new rule", "Ben", "Cai", "Dee")
    await reword(group, "Asha", kept.id)
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to the new rule", "Ben")
    await pass_to(group, "vote_closes")
    assert (await idea(group, kept)).proposal.state is State.VOTING
    assert (await idea(group, kept)).proposal.vote == 2


async def test_rewording_and_the_close_at_once_one_of_them_wins(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to the new rule", "Ben", "Cai", "Dee")
    await group.type("Asha", f"/agree-rules reword {kept.id} yes")
    vote = await open_vote(group)
    group.clock.at = vote.closes_at
    said, _ = await asyncio.gather(group.fill("Asha", title=TITLE, text=BETTER), group.settle())
    after = (await idea(group, kept)).proposal
    assert after.state is State.ADOPTED
    assert "closed" in said or "not open" in said


async def test_withdrawing_during_a_vote_destroys_its_ballots(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await pass_to(group, "vote_opens")
    vote = await open_vote(group)
    await choose(group, "Agree to the new rule", "Ben", "Cai")
    await group.type("Asha", f"/agree-rules withdraw {kept.id} yes")
    await group.settle()
    async with group.database.transaction() as work:
        assert await work.ballots.all(vote.id) == []
        assert await work.votes.open_ones(1) == []


# Moderators


async def test_a_moderator_holds_an_idea_with_a_reason_that_all_can_read(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await group.press("Mo", "See all wordings")
    await group.press("Mo", "Hold this idea")
    assert "too short" in await group.fill("Mo", why="...")
    await group.fill("Mo", why="Two of us are in hospital this week.")
    await group.settle()
    assert "Two of us are in hospital" in group.posts[-1]
    await group.pass_time(5 * DAY)
    assert (await idea(group, kept)).proposal.state is State.HELD
    await group.press("Mo", "See all wordings")
    await group.press("Mo", "Let this idea go on")
    after = (await idea(group, kept)).proposal
    assert after.state in (State.TALKING, State.VOTING)
    assert "or did so before" in await _hold(group, kept.id)


async def test_a_hold_ends_by_itself_after_fourteen_days(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await _hold(group, kept.id)
    await group.rebuild()
    await group.pass_time(14 * DAY + timedelta(days=3))
    assert (await idea(group, kept)).proposal.state is State.VOTING


async def test_members_can_do_nothing_that_moderators_can(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    for words in ("hold", "go-on", "more-talk"):
        assert "for moderators" in await group.type("Ben", f"/desk {words} {kept.id}")


async def test_three_more_days_of_talk_once(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await group.type("Mo", f"/desk more-talk {kept.id}")
    await group.settle()
    after = (await idea(group, kept)).proposal
    assert after.opens_at >= kept.proposal.opens_at + 3 * DAY
    assert "three more days to talk" in group.posts[-1]
    assert "only once" in await group.type("Mo", f"/desk more-talk {kept.id}")


async def test_two_moderators_at_once_give_three_days_once(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    group.add_person("Nia", moderator=True)
    said = await asyncio.gather(
        group.type("Mo", f"/desk more-talk {kept.id}"), group.type("Nia", f"/desk more-talk {kept.id}")
    )
    await group.settle()
    assert sorted("only once" in each for each in said) == [False, True]
    assert sum("three more days to talk" in post for post in group.posts) == 1


async def test_the_desk_shows_a_vote_that_opens_soon(group: GroupUnderTest) -> None:
    await nothing_else_waits(group)
    kept = await suggest_rule(group)
    assert "A vote opens soon" not in await group.type("Mo", "/desk")
    await group.pass_time(kept.proposal.opens_at - group.clock.at - DAY)
    assert "A vote opens soon" in await group.type("Mo", "/desk")
    assert TITLE in await group.press("Mo", "See the idea")


# People come and go


async def test_if_the_proposer_leaves_anyone_may_take_the_idea_over(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    assert "is still here" in await go_on(
        group, "Ben", await group.type("Ben", f"/agree-rules take-over {kept.id}")
    )
    await group.leave("Asha")
    await group.pass_time(DAY)
    assert "Anyone may take it over" in group.posts[-1]
    await group.rebuild()
    await group.press("Ben", "See all wordings")
    await go_on(group, "Ben", await group.press("Ben", "Take over this idea"))
    await group.settle()
    after = await idea(group, kept)
    assert (after.name, after.proposer_left) == ("Ben", False)
    assert "An idea from Ben" in next(post for post in group.posts if TITLE in post)
    assert "You look after this idea" in await group.press("Ben", "Take over this idea")
    assert "still here" in await go_on(
        group, "Cai", await group.type("Cai", f"/agree-rules take-over {kept.id}")
    )
    assert "can see the new wording" in await reword(group, "Ben", kept.id)


async def test_a_proposer_who_is_back_looks_after_the_idea_again(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await group.leave("Asha")
    await group.arrive("Asha")
    await group.settle()
    assert not (await idea(group, kept)).proposer_left
    assert "still here" in await go_on(
        group, "Ben", await group.type("Ben", f"/agree-rules take-over {kept.id}")
    )


async def test_leaving_twice_is_said_once(group: GroupUnderTest) -> None:
    await suggest_rule(group)
    await group.leave("Asha")
    await group.leave("Asha")
    await group.pass_time(3 * DAY)
    assert sum("needs someone" in post for post in group.posts) == 1


async def test_an_idea_that_nobody_takes_over_is_voted_on_as_planned(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await group.leave("Asha")
    await group.pass_time(5 * DAY)
    assert (await idea(group, kept)).proposal.state is State.VOTING


# Several ideas


async def test_one_vote_at_a_time_for_a_rule_and_the_other_goes_back_to_talk(group: GroupUnderTest) -> None:
    await agree_first(group)
    first = await suggest_change(group, "Asha", 4, "Tell what happened to you, and ask first.")
    second = await suggest_change(group, "Ben", 4, "Stories are welcome here, orders are not.")
    await group.pass_time(first.proposal.closes_at - group.clock.at - timedelta(hours=1))
    assert (await idea(group, first)).proposal.state is State.VOTING
    waiting = (await idea(group, second)).proposal
    assert waiting.state is State.TALKING
    assert waiting.opens_at > first.proposal.closes_at
    await choose(group, "Agree to rule 4", "Ben", "Cai", "Dee")
    await pass_to(group, "vote_closes")
    after = (await idea(group, second)).proposal
    assert after.state is State.TALKING
    assert after.builds_on == (await newest_rules(group)).version
    assert "we talk about it again" in group.posts[-1]
    card = next(post for post in group.posts if post.startswith("An idea from Ben"))
    assert "Now: " in card
    assert "Tell what happened to you" in card
    assert "Stories are welcome here" in card
    await pass_to(group, "vote_opens")
    await all_agree(group, "rule 4")
    assert "Stories are welcome" in (await newest_rules(group)).rule(4).text


async def test_an_idea_to_remove_a_rule_that_is_gone_has_nothing_left_to_do(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest_removal(group, "Asha", 3)
    other = await suggest_removal(group, "Ben", 3)
    await pass_to(group, "vote_opens")
    await all_agree(group, "removing rule 3")
    assert (await idea(group, other)).proposal.state is State.NOT_DECIDED
    assert "nothing left to do" in group.posts[-1]
    assert not (await newest_rules(group)).has(3)


async def test_two_ideas_about_different_rules_both_change_the_newest_version(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest_change(group, "Asha", 4, "Tell what happened to you, and ask first.")
    await suggest_change(group, "Ben", 3, "Nobody is blamed for their numbers here.")
    await pass_to(group, "vote_opens")
    await pass_to(group, "vote_opens")
    for thing in ("rule 4", "rule 3"):
        await choose(group, f"Agree to {thing}", "Ben", "Cai", "Dee")
    await pass_to(group, "vote_closes")
    await pass_to(group, "vote_closes")
    rules = await newest_rules(group)
    assert "Tell what happened" in rules.rule(4).text
    assert "Nobody is blamed" in rules.rule(3).text


async def test_an_idea_adopted_before_the_last_change_has_started_builds_on_that_change(
    group: GroupUnderTest,
) -> None:
    await agree_first(group)
    await suggest_change(group, "Asha", 4, "Tell what happened to you, and ask first.")
    await suggest_change(group, "Ben", 3, "Nobody is blamed for their numbers here.")
    await pass_to(group, "vote_opens")
    await pass_to(group, "vote_opens")
    for thing in ("rule 4", "rule 3"):
        await choose(group, f"Agree to {thing}", "Ben", "Cai", "Eli")
    group.seen["Dee"] = []
    await group.press("Dee", "Object to rule 4")
    await go_on(group, "Dee", await group.press("Dee", HURTS))
    await pass_to(group, "vote_closes")
    await pass_to(group, "vote_closes")
    first = await newest_rules(group)
    assert group.clock.at < first.starts_at, "the change of rule 3 has not started yet"
    await group.press("Dee", "That is OK for me now")
    await group.press("Dee", "Yes, it is OK for me now")
    second = await newest_rules(group)
    assert second.version == first.version + 1
    assert second.starts_at >= first.starts_at
    assert "Nobody is blamed" in second.rule(3).text
    assert "Tell what happened" in second.rule(4).text


async def test_a_vote_is_not_planned_into_a_week_that_has_four_posts_already(group: GroupUnderTest) -> None:
    async with group.database.transaction() as work:
        for day in (2, 3, 7, 8):
            at = group.clock.at + timedelta(days=day)
            await work.due.put(at, "close_planned", f"test{day}", 1, posts=True)
    kept = await suggest_rule(group)
    assert kept.proposal.opens_at == group.clock.at + timedelta(days=9), "on Friday it would be the fifth"


async def test_the_bot_says_one_thing_a_day_by_itself_and_four_a_week(group: GroupUnderTest) -> None:
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    await group.pass_time(9 * DAY)
    texts = ["Please be on time for calls.", "We say hello to newcomers first.", "No politics in here, ever."]
    for name, text in zip(("Asha", "Ben", "Cai"), texts, strict=True):
        await suggest_rule(group, name, title=text[:12], text=text)
    for _ in range(40):
        await group.pass_time(DAY)
        async with group.database.transaction() as work:
            votes = await work.votes.open_ones(1)
        for vote in votes:
            for name in ("Dee", "Eli", "Fay"):
                await go_on(group, name, await group.press_payload(name, f"1-voteagree-{vote.id}"))
    assert len((await newest_rules(group)).rules) == 10
    assert days_with_two_posts(group) == []
    begun = sorted(shown.at for shown in group.platform.messages.values() if shown.started)
    assert all(later - first >= timedelta(days=7) for first, later in zip(begun, begun[4:], strict=False))


# A setting


async def test_a_vote_can_adopt_a_setting(group: GroupUnderTest) -> None:
    dates = Dates(opens_at=group.clock.at, closes_at=group.clock.at + 4 * DAY)
    async with group.database.transaction() as work:
        setting = Proposal(
            id=await work.proposals.next_id(),
            subject=SettingSubject(name="welcome", value=False),
            proposer="p" * 32,
            wordings=(Wording(number=1, title="Welcomes", text="Newcomers are not welcomed by the bot."),),
            origin=Origin.MEMBER,
            state=State.TALKING,
            dates=dates,
            builds_on=1,
        )
        await work.proposals.add(1, setting, group.clock.at, "Asha")
        await work.due.put(group.clock.at, "vote_opens", setting.id, 1)
    await group.settle()
    vote = await open_vote(group)
    for name in ("Ben", "Cai", "Dee"):
        await go_on(group, name, await group.press_payload(name, f"1-voteagree-{vote.id}"))
    await pass_to(group, "vote_closes")
    known = group.groups.by_id(1)
    assert known is not None
    assert known.settings.welcome is False
    assert "We agreed how I work here: Welcomes" in group.posts[-1]


async def _hold(group: GroupUnderTest, number: int) -> str:
    await group.type("Mo", f"/desk hold {number}")
    said = await group.fill("Mo", why="Two of us are in hospital this week.")
    await group.settle()
    return said


async def test_a_wording_full_of_markup_stays_as_typed_in_every_post(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group)
    await reword(group, "Asha", kept.id, "**x** {why} [a](http://b.example) and some words")
    assert "**x** {why} [a](http://b.example)" in group.posts[-2]
    assert (await newest_idea(group)).proposal.wording.number == 2


@pytest.mark.parametrize("name", ["join www.example.org now", "**Asha** {why}"])
async def test_a_name_that_is_no_plain_name_is_not_repeated_with_its_idea(
    group: GroupUnderTest, name: str
) -> None:
    group.add_person(name)
    await suggest_rule(group, name)
    assert name not in "".join(group.posts)
    assert "someone" in "".join(group.posts).casefold()


async def test_a_vote_on_words_that_another_idea_replaced_ends_uncounted(group: GroupUnderTest) -> None:
    """The objector to one idea is at peace with it while the other idea for that rule is voted on."""
    await agree_first(group)
    first = await suggest_change(group, "Asha", 4, "Tell your story, and then ask what others think.")
    second = await suggest_change(group, "Ben", 4, "We all say what we did, and nobody orders others around.")
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to rule 4", "Cai", "Dee", "Eli")
    await group.press("Fay", "Object to rule 4")
    await go_on(group, "Fay", await group.press("Fay", HURTS))
    await pass_to(group, "vote_closes")
    await pass_to(group, "vote_opens")
    overtaken = await open_vote(group)
    assert overtaken.proposal == second.id
    await choose(group, "Agree to rule 4", "Cai", "Dee", "Eli")
    await group.type("Fay", f"/agree-rules fine {first.id} yes")
    await group.settle()
    assert (await idea(group, second)).proposal.state is State.TALKING
    told = group.posts[-1] + group.posts[-2]
    assert "has ended and was not counted" in told
    assert "talk about it again" in told
    assert "closed" in await group.press_payload("Asha", f"1-voteagree-{overtaken.id}")
    await pass_to(group, "vote_opens")
    assert (await open_vote(group)).id != overtaken.id
    await pass_to(group, "vote_closes")
    assert (await idea(group, second)).proposal.state is State.VOTING, "old ballots count no more"


async def test_an_idea_waits_while_its_rule_is_in_the_vote_on_the_whole_set(group: GroupUnderTest) -> None:
    kept = await suggest_change(group, "Asha", 3, "Nobody judges anybody in this group for anything.")
    await group.pass_time(2 * DAY)
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    closes = (await open_vote(group)).closes_at
    await pass_to(group, "vote_opens")
    assert (await idea(group, kept)).proposal.opens_at > closes
    async with group.database.transaction() as work:
        assert len(await work.votes.open_ones(1)) == 1
    await pass_to(group, "vote_closes")
    await pass_to(group, "vote_opens")
    assert (await open_vote(group)).proposal == kept.id


async def test_the_whole_set_waits_while_one_of_its_rules_is_voted_on(group: GroupUnderTest) -> None:
    await suggest_change(group, "Asha", 3, "Nobody judges anybody in this group for anything.")
    await pass_to(group, "vote_opens")
    closes = (await open_vote(group)).closes_at
    await choose(group, "Agree to rule 3", "Ben", "Cai", "Dee")
    await group.type("Mo", "/desk ask group")
    assert "The vote opens by itself" in await group.press("Mo", "Ask the group")
    async with group.database.transaction() as work:
        assert len(await work.votes.open_ones(1)) == 1
    await pass_to(group, "vote_closes")
    await pass_to(group, "vote_opens")
    whole = await open_vote(group)
    assert whole.kind == "set"
    assert whole.opened_at > closes
