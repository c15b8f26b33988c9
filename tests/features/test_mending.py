"""Something holds an idea back: better words, a reply, or peace; else nothing is decided."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import tables
from bot.storage.proposals import Kept
from ground_rules.proposal import State
from tests.features.idea_steps import (
    DAY,
    TEXT,
    TITLE,
    all_agree,
    go_on,
    idea,
    newest_idea,
    newest_rules,
    pass_to,
    suggest_removal,
    suggest_rule,
)
from tests.features.votes import HURTS, agree_first, choose, object_to_rule, open_vote
from tests.group import GroupUnderTest

WORDS = "I learn most from meals. A warning first would be enough."
BETTER = "Please put a clear warning first when you post photos of meals."
REPLY = "A warning is all we ask for. Photos stay welcome."


async def object_to_new_rule(group: GroupUnderTest, name: str, words: str = "") -> None:
    group.seen[name] = []
    await group.press(name, "Object to the new rule")
    await go_on(group, name, await group.press(name, HURTS))
    if words:
        await group.press(name, "Add a few words")
        await group.fill(name, words=words)
        await group.press(name, "Show these words")


async def hold_back(group: GroupUnderTest, *objectors: str, agree: tuple[str, ...] = ()) -> Kept:
    """An idea of Asha that most agree to and some hold back."""
    await agree_first(group)
    kept = await suggest_rule(group)
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to the new rule", *(agree or ("Asha", "Ben", "Cai", "Eli", "Fay", "Gus")))
    for name in objectors or ("Dee",):
        await object_to_new_rule(group, name, WORDS if name == "Dee" else "")
    await group.rebuild()
    await pass_to(group, "vote_closes")
    return await idea(group, kept)


async def standing(group: GroupUnderTest) -> int:
    async with group.database.transaction() as work:
        return len((await work.connection.execute(select(tables.standing_objections))).all())


async def test_an_objection_opens_seven_days_of_mending_and_shows_the_approved_words_without_a_name(
    group: GroupUnderTest,
) -> None:
    """Scenario 3."""
    before = len(group.posts)
    kept = await hold_back(group)
    assert kept.proposal.state is State.MENDING
    assert kept.proposal.mend_until is not None
    assert kept.proposal.mend_until >= group.clock.at + timedelta(days=6)
    post = group.posts[-1]
    assert "Not agreed yet." in post
    assert WORDS in post
    assert "three ways on" in post
    assert not any("Dee" in each for each in group.posts[before:])
    assert not (await newest_rules(group)).has(8)
    assert WORDS in await group.press("Ben", "See all wordings")


async def test_words_that_were_not_approved_are_not_shown(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest_rule(group)
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to the new rule", "Asha", "Ben", "Cai", "Eli")
    await group.press("Dee", "Object to the new rule")
    await go_on(group, "Dee", await group.press("Dee", HURTS))
    await group.press("Dee", "Add a few words")
    await group.fill("Dee", words=WORDS)
    await pass_to(group, "vote_closes")
    assert (await newest_idea(group)).proposal.state is State.MENDING
    assert not any(WORDS in post for post in group.posts)
    assert WORDS not in await group.press("Ben", "See all wordings")


async def test_better_words_lead_to_an_ordinary_new_vote(group: GroupUnderTest) -> None:
    kept = await hold_back(group)
    await group.press("Asha", "Change the wording")
    await group.fill("Asha", title=TITLE, text=BETTER)
    await group.settle()
    assert await standing(group) == 0
    after = (await idea(group, kept)).proposal
    assert (after.state, after.mended_once) == (State.TALKING, True)
    assert "after an objection" in group.posts[-1]
    await pass_to(group, "vote_opens")
    assert (await open_vote(group)).kind == "change"
    await all_agree(group)
    assert (await newest_rules(group)).rules[-1].text == BETTER


async def test_words_are_mended_once_only(group: GroupUnderTest) -> None:
    kept = await hold_back(group)
    await group.press("Asha", "Change the wording")
    await group.fill("Asha", title=TITLE, text=BETTER)
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to the new rule", "Asha", "Ben", "Cai")
    await object_to_new_rule(group, "Dee")
    await pass_to(group, "vote_closes")
    assert (await idea(group, kept)).proposal.state is State.MENDING
    assert "two ways on" in group.posts[-1]
    await group.type("Asha", f"/agree-rules reword {kept.id}")
    assert "mended once already" in await group.fill("Asha", title=TITLE, text=TEXT)


async def test_a_moderator_comes_from_the_desk_to_the_reply(group: GroupUnderTest) -> None:
    await hold_back(group)
    assert "An objection can be mended" in await group.type("Mo", "/desk")
    await group.press("Mo", "See the idea")
    await group.press("Mo", "Write a reply")
    await group.fill("Mo", why=REPLY)
    await group.settle()
    assert REPLY in group.posts[-1]


async def test_an_idea_to_remove_a_rule_has_no_words_to_mend(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest_removal(group, "Asha", 3)
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to removing rule 3", "Asha", "Ben", "Cai")
    await group.press("Dee", "Object to removing rule 3")
    await go_on(group, "Dee", await group.press("Dee", HURTS))
    await pass_to(group, "vote_closes")
    assert "two ways on" in group.posts[-1]
    labels = [button.label for button in list(group.platform.messages.values())[-1].buttons]
    assert labels == ["Write a reply", "That is OK for me now"]


async def reply_to_it(group: GroupUnderTest, name: str) -> str:
    group.seen[name] = []
    await group.press(name, "Write a reply")
    return await group.fill(name, why=REPLY)


@pytest.mark.parametrize("name", ["Asha", "Mo"], ids=["the proposer", "a moderator"])
async def test_a_reply_leads_to_a_second_vote_on_the_same_words(group: GroupUnderTest, name: str) -> None:
    await hold_back(group)
    assert "can read your reply" in await reply_to_it(group, name)
    await group.settle()
    assert REPLY in group.posts[-1]
    assert await standing(group) == 0
    await pass_to(group, "vote_opens")
    assert (await open_vote(group)).kind == "second"
    assert REPLY in group.posts[-1]


@pytest.mark.parametrize(
    ("agree", "state"),
    [(("Asha", "Ben", "Cai", "Eli"), State.ADOPTED), (("Asha", "Ben", "Cai"), State.REJECTED)],
    ids=["four of five", "three of four"],
)
async def test_in_the_second_vote_four_of_five_are_enough_and_an_objection_counts_against(
    group: GroupUnderTest, agree: tuple[str, ...], state: State
) -> None:
    kept = await hold_back(group)
    await reply_to_it(group, "Asha")
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to the new rule", *agree)
    await object_to_new_rule(group, "Dee")
    await pass_to(group, "vote_closes")
    assert (await idea(group, kept)).proposal.state is state


async def test_others_cannot_reply(group: GroupUnderTest) -> None:
    await hold_back(group)
    assert "Only the person whose idea it is" in await group.press("Ben", "Write a reply")


async def test_without_new_words_or_a_reply_nothing_is_decided(group: GroupUnderTest) -> None:
    kept = await hold_back(group)
    before = await newest_rules(group)
    await group.rebuild()
    await pass_to(group, "mending_ends")
    assert (await idea(group, kept)).proposal.state is State.NOT_DECIDED
    assert "Nothing changes" in group.posts[-1]
    assert await standing(group) == 0
    assert await newest_rules(group) == before
    assert "not open any more" in await group.type("Dee", f"/agree-rules fine {kept.id}")
    assert "holds this idea back" in await group.type("Asha", f"/agree-rules answer {kept.id}")


async def at_peace(group: GroupUnderTest, name: str, label: str = "That is OK for me now") -> str:
    group.seen[name] = []
    await group.press(name, label)
    return await group.press(name, "Yes, it is OK for me now")


async def test_the_objector_alone_can_be_at_peace_and_then_it_is_agreed(group: GroupUnderTest) -> None:
    kept = await hold_back(group)
    for name in ("Asha", "Ben", "Mo"):
        assert "Only the person who objected" in await group.press(name, "That is OK for me now")
        assert "Only the person who objected" in await group.type(name, f"/agree-rules fine {kept.id} yes")
    await group.rebuild()
    before = len(group.posts)
    assert "Nobody learns that it was yours" in await at_peace(group, "Dee")
    await group.settle()
    assert (await idea(group, kept)).proposal.state is State.ADOPTED
    assert (await newest_rules(group)).rules[-1].text == TEXT
    assert await standing(group) == 0
    assert not any("Dee" in post for post in group.posts[before:])
    assert "not open any more" in await group.type("Dee", f"/agree-rules fine {kept.id} yes")
    await group.pass_time(10 * DAY)
    assert sum("New rule 8" in post for post in group.posts) == 2, "announced, and shown at its start"


async def test_while_another_objection_stands_it_stays_in_mending(group: GroupUnderTest) -> None:
    kept = await hold_back(group, "Dee", "Ben", agree=("Asha", "Cai", "Eli", "Fay", "Gus"))
    before = len(group.posts)
    await at_peace(group, "Dee")
    assert "no longer holds" in await group.type("Dee", f"/agree-rules fine {kept.id} yes")
    await group.settle()
    assert (await idea(group, kept)).proposal.state is State.MENDING
    assert len(group.posts) == before, "the room learns nothing"
    await group.rebuild()
    await at_peace(group, "Ben")
    assert (await idea(group, kept)).proposal.state is State.ADOPTED


async def test_two_objectors_at_once_are_both_heard(group: GroupUnderTest) -> None:
    kept = await hold_back(group, "Dee", "Ben", agree=("Asha", "Cai", "Eli", "Fay", "Gus"))
    for name in ("Dee", "Ben"):
        group.seen[name] = []
        await group.press(name, "That is OK for me now")
    await asyncio.gather(
        group.press("Dee", "Yes, it is OK for me now"), group.press("Ben", "Yes, it is OK for me now")
    )
    await group.settle()
    assert (await idea(group, kept)).proposal.state is State.ADOPTED
    assert sum("New rule 8" in post for post in group.posts) == 1


async def test_a_held_rule_of_the_first_set_is_mended_alone(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk ask group")
    await group.press("Mo", "Ask the group")
    await group.settle()
    await choose(group, "Agree to all", "Asha", "Ben", "Cai", "Eli")
    await object_to_rule(group, "Dee", 3, HURTS)
    await group.rebuild()
    await pass_to(group, "vote_closes")
    assert not (await newest_rules(group)).has(3)
    assert "set aside for now: 3" in group.posts[-1]
    assert "Only the person who objected" in await group.press("Ben", "Rule 3 is OK for me now")
    await at_peace(group, "Dee", "Rule 3 is OK for me now")
    await group.settle()
    rules = await newest_rules(group)
    assert rules.rule(3).agreed
    assert await standing(group) == 0


async def test_the_desk_shows_an_objection_to_mend(group: GroupUnderTest) -> None:
    await hold_back(group)
    assert "An objection can be mended" in await group.type("Mo", "/desk")
    assert TITLE in await group.press("Mo", "See the idea")
