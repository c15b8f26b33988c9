"""How many people must take part in a vote: raised by a vote."""

from tests.features.idea_steps import DAY, go_on, newest_idea, pass_to
from tests.features.votes import HURTS, agree_first, choose, open_vote
from tests.group import GroupUnderTest

WHY = "Three people are few for all of us."


async def suggest_needed(group: GroupUnderTest, name: str, number: str) -> str:
    group.seen.setdefault(name, []).clear()
    await group.type(name, "/agree-rules suggest")
    await group.press(name, "Suggest something about the bot")
    await go_on(group, name, await group.press(name, "Raise how many must vote"))
    return await group.fill(name, number=number, why=WHY)


async def test_a_group_raises_the_number_by_a_vote(group: GroupUnderTest) -> None:
    await agree_first(group)
    said = await suggest_needed(group, "Asha", "5")
    assert "From now on a vote needs at least this many people: 5." in said
    assert "It closes on" in said
    await group.press("Asha", "Post my idea")
    await group.settle()
    assert "change how I work here" in group.posts[-1]
    await group.rebuild()
    await pass_to(group, "vote_opens")
    assert (await open_vote(group)).needed == 3
    await choose(group, "Agree to this setting", "Ben", "Cai", "Dee")
    await pass_to(group, "vote_closes")
    assert "We agreed how I work here" in group.posts[-1]
    await group.type("Ben", "/agree-rules suggest add")
    await group.fill("Ben", title="Calls", text="Please be on time for our calls.", why="They are short.")
    await group.press("Ben", "Post my idea")
    await pass_to(group, "vote_opens")
    assert (await open_vote(group)).needed == 5
    assert "5 people or more take part" in group.posts[-1]
    await choose(group, "Agree to the new rule", "Asha", "Ben", "Cai", "Dee")
    await group.pass_time(4 * DAY)
    assert "Three more days" in group.posts[-1]


async def test_it_is_never_lowered_under_the_usual_number_nor_raised_over_the_members(
    group: GroupUnderTest,
) -> None:
    await agree_first(group)
    for number in ("", "2", "13", "five", "-4", "٣٣٣", "99999"):
        assert "3 at least, and 12 at most" in await suggest_needed(group, "Asha", number), number
    assert "nothing to change" in await suggest_needed(group, "Asha", "3")


async def test_its_words_are_fixed_and_the_number_can_be_changed_in_the_draft(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest_needed(group, "Asha", "5")
    await group.press("Asha", "Change the words")
    assert "at least this many people: 6" in await group.fill("Asha", number="6", why=WHY)
    await group.press("Asha", "Post my idea")
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to this setting", "Ben", "Cai", "Dee")
    await group.press("Eli", "Object to this setting")
    await go_on(group, "Eli", await group.press("Eli", HURTS))
    await pass_to(group, "vote_closes")
    assert (await newest_idea(group)).proposal.state == "mending"
    assert "two ways on" in group.posts[-1]
