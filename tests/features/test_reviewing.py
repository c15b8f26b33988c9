"""Looking at the rules again: one calm notice, an opinion for each rule, a summary."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.storage.votes import Vote
from tests.features.alerts import all_is_well
from tests.features.checks import check_numbers, nothing_else_waits
from tests.features.idea_steps import DAY, days_with_two_posts, go_on, newest_rules, pass_to
from tests.features.votes import agree_first, open_vote
from tests.group import TEXTS, GroupUnderTest

LONDON = ZoneInfo("Europe/London")
MEMBERS = ("Asha", "Ben", "Cai", "Dee", "Eli", "Fay", "Gus")


async def review(group: GroupUnderTest) -> Vote:
    await agree_first(group)
    await pass_to(group, "review")
    return await open_vote(group)


async def say(group: GroupUnderTest, name: str, vote: Vote, rule: int, choice: str) -> str:
    said = await group.type(name, f"/agree-rules say {vote.id} {rule} {choice}")
    return await go_on(group, name, said)


async def test_three_months_after_the_agreement_comes_one_calm_notice(group: GroupUnderTest) -> None:
    """Scenario 15."""
    await agree_first(group)
    before = len(group.posts)
    await group.pass_time(80 * DAY)
    assert len(group.posts) == before
    await group.rebuild()
    await pass_to(group, "review")
    assert len(group.posts) == before + 1
    assert "time to look at our rules again" in group.posts[-1]
    vote = await open_vote(group)
    assert vote.closes_at - group.clock.at >= timedelta(days=6, hours=23)


async def test_rule_after_rule_can_be_kept_changed_or_left_open_and_changed_again(
    group: GroupUnderTest,
) -> None:
    vote = await review(group)
    await group.press("Ben", "Look at the rules")
    assert group.labels("Ben") == [
        "Keep rule 1",
        "Change rule 1",
        "I am unsure about rule 1",
        "Ask for more time",
    ]
    said = await group.press("Ben", "Keep rule 1")
    assert "You would keep rule 1. You can change this until" in said
    assert "2. The limit to privacy" in said
    await group.rebuild()
    for number in range(2, 8):
        said = await group.press("Ben", f"I am unsure about rule {number}")
    assert "That was all" in said
    await group.press("Ben", "Look at rule 4 again")
    await group.press("Ben", "Change rule 4")
    async with group.database.transaction() as work:
        (ballot,) = await work.ballots.all(vote.id)
    assert ballot == {1: "keep", 4: "change", **dict.fromkeys((2, 3, 5, 6, 7), "unsure")}


async def test_if_all_say_keep_there_is_a_summary_and_no_vote(group: GroupUnderTest) -> None:
    vote = await review(group)
    for name in ("Asha", "Ben", "Cai"):
        for rule in range(1, 8):
            await say(group, name, vote, rule, "keep")
    before = await newest_rules(group)
    await pass_to(group, "vote_closes")
    assert "Rule 4, Share your story, do not give orders: keep it." in group.posts[-1]
    assert "nothing to vote on" in group.posts[-1]
    assert "Keep 3" not in group.posts[-1], "counts of three would show who said what"
    assert await newest_rules(group) == before
    async with group.database.transaction() as work:
        assert await work.votes.open_ones(1) == []
        assert await work.ballots.all(vote.id) == []
        closed = await work.votes.find(1, vote.id)
    assert closed is not None
    assert (closed.nonce, closed.taken_part) == (None, 3)


async def test_counts_are_shown_from_ten_on_if_none_is_below_three(group: GroupUnderTest) -> None:
    group.size = 13
    vote = await review(group)
    names = [*MEMBERS, "Hal", "Ida", "Jo"]
    for name in ("Hal", "Ida", "Jo"):
        group.add_person(name)
    for place, name in enumerate(names):
        await say(group, name, vote, 4, "change" if place < 4 else "keep")
        await say(group, name, vote, 3, "change" if place < 2 else "keep")
    await pass_to(group, "vote_closes")
    summary = group.posts[-1]
    assert "some of us would change it" in summary
    assert "Keep 6, change 4, unsure 0." in summary
    assert "Keep 8" not in summary
    assert "Anyone can suggest other words" in summary


async def test_somebody_who_came_later_is_told_kindly_that_this_one_is_not_theirs(
    group: GroupUnderTest,
) -> None:
    vote = await review(group)
    await group.pass_time(DAY)
    await group.join("Nia")
    assert "began before you came" in await say(group, "Nia", vote, 4, "keep")


async def test_after_the_close_nothing_more_is_counted(group: GroupUnderTest) -> None:
    vote = await review(group)
    await pass_to(group, "vote_closes")
    assert "closed" in await say(group, "Ben", vote, 4, "keep")
    assert "too few people said something" in group.posts[-1]


async def test_words_that_are_no_opinion_and_rules_that_are_not_there(group: GroupUnderTest) -> None:
    vote = await review(group)
    assert "no longer works" in await say(group, "Ben", vote, 4, "perhaps")
    assert "no longer works" in await say(group, "Ben", vote, 99, "keep")
    async with group.database.transaction() as work:
        assert await work.ballots.all(vote.id) == []


async def test_an_opinion_cannot_be_given_in_another_kind_of_vote(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk ask group")
    await group.press("Mo", "Ask the group")
    vote = await open_vote(group)
    assert "closed" in await say(group, "Ben", vote, 4, "keep")


async def test_with_another_secret_key_the_review_pauses(group: GroupUnderTest) -> None:
    vote = await review(group)
    await say(group, "Ben", vote, 4, "keep")
    await group.rebuild("another key")
    assert "paused" in await say(group, "Ben", vote, 4, "change")
    await group.rebuild()
    async with group.database.transaction() as work:
        assert await work.ballots.all(vote.id) == [{4: "keep"}]


async def test_three_members_who_ask_bring_a_review_before_its_time(group: GroupUnderTest) -> None:
    await agree_first(group)
    await group.pass_time(10 * DAY)
    for name in ("Asha", "Asha", "Ben"):
        said = await go_on(group, name, await group.type(name, "/agree-rules review"))
        assert "Nobody learns who asked" in said
    async with group.database.transaction() as work:
        at = await work.due.at("review", 1)
    assert at is not None
    assert at > group.clock.at + 50 * DAY
    await group.rebuild()
    assert "Three people have asked" in await go_on(
        group, "Cai", await group.type("Cai", "/agree-rules review")
    )
    await pass_to(group, "review")
    assert "time to look at our rules again" in group.posts[-1]
    assert not any(name in post for post in group.posts for name in MEMBERS)
    assert "right now" in await go_on(group, "Dee", await group.type("Dee", "/agree-rules review"))


async def test_before_anything_is_agreed_there_is_nothing_to_look_at_again(group: GroupUnderTest) -> None:
    assert "have not agreed our rules yet" in await go_on(
        group, "Asha", await group.type("Asha", "/agree-rules review")
    )


async def test_the_next_one_comes_six_months_later(group: GroupUnderTest) -> None:
    await review(group)
    first = group.clock.at
    await pass_to(group, "vote_closes")
    await pass_to(group, "review")
    assert timedelta(days=178) < group.clock.at - first < timedelta(days=190)
    assert days_with_two_posts(group) == []


async def test_a_moderator_can_move_it_by_two_weeks(group: GroupUnderTest) -> None:
    await nothing_else_waits(group)
    await all_is_well(group, "Mo", "Nan")
    await check_numbers(group)
    async with group.database.transaction() as work:
        at = await work.due.at("review", 1)
    assert at is not None
    await group.pass_time(at - group.clock.at - 3 * DAY)
    assert "Soon I ask everyone to look at the rules again" in await group.type("Mo", "/desk")
    await group.press("Mo", "Move it by two weeks")
    async with group.database.transaction() as work:
        moved = await work.due.at("review", 1)
    assert moved is not None
    assert moved >= at + 14 * DAY


async def test_starter_rules_are_offered_one_at_a_time_as_ideas(group: GroupUnderTest) -> None:
    await agree_first(group)
    first = await group.type("Mo", "/desk offer")
    assert "Every story counts" in first
    assert "Reciprocal" in first or "Giving and receiving" in first
    assert "Ask before private messages" in await group.press("Mo", "Show the next one")
    preview = await go_on(group, "Mo", await group.press("Mo", "Suggest this rule"))
    assert "Only you see it so far" in preview
    await group.press("Mo", "Post my idea")
    await group.settle()
    assert "An idea from Mo: add a rule." in group.posts[-1]
    for words in ("offer 99", "offer suggest 99"):
        said = await go_on(group, "Mo", await group.type("Mo", f"/desk {words}"))
        assert "no other rule" in said or "no longer works" in said


async def test_anyone_may_ask_for_three_more_days_once_and_nobody_learns_who(group: GroupUnderTest) -> None:
    vote = await review(group)
    await group.press("Ben", "Look at the rules")
    said = await group.press("Ben", "Ask for more time")
    assert "Nobody sees that you asked" in said
    await group.settle()
    longer = await open_vote(group)
    assert longer.closes_at - vote.closes_at >= 3 * DAY
    assert "Someone asked for more time" in group.posts[-1]
    assert "Ben" not in group.posts[-1]
    notice = next(post for post in group.posts if "time to look at our rules again" in post)
    assert TEXTS.reader().when(longer.closes_at, LONDON) in notice
    await group.rebuild()
    said = await group.type("Asha", f"/agree-rules more-time {vote.id}")
    assert "asked for more time in this vote already" in said
    await group.press("Asha", "Look at the rules")
    assert "Ask for more time" not in group.labels("Asha")
    await group.pass_time(vote.closes_at - group.clock.at)
    assert (await open_vote(group)).id == vote.id
    await pass_to(group, "vote_closes")
    assert "What we said about our rules" in group.posts[-1]


async def test_what_we_are_deciding_leads_to_the_open_review(group: GroupUnderTest) -> None:
    vote = await review(group)
    assert "We look at all our rules again, until" in await group.type("Ben", "/agree-rules")
    assert "1. What is shared" in await group.press("Ben", "Look at the rules")
    assert "1. What is shared" in await group.type("Ben", f"/agree-rules vote {vote.id}")


async def test_asking_for_a_review_has_a_button_once_the_rules_are_agreed(group: GroupUnderTest) -> None:
    await group.type("Ben", "/agree-rules")
    assert "Ask to look at all rules again" not in group.labels("Ben")
    await agree_first(group)
    await group.type("Ben", "/agree-rules")
    said = await go_on(group, "Ben", await group.press("Ben", "Ask to look at all rules again"))
    assert "If three people ask" in said


async def test_a_review_that_a_changed_key_keeps_open_says_its_new_date(group: GroupUnderTest) -> None:
    vote = await review(group)
    await group.rebuild("another key")
    await group.pass_time(vote.closes_at - group.clock.at)
    await group.rebuild()
    longer = await open_vote(group)
    assert longer.closes_at == vote.closes_at + DAY
    notice = next(post for post in group.posts if "time to look at our rules again" in post)
    assert TEXTS.reader().when(longer.closes_at, LONDON) in notice
