"""Suggestions while somebody types ``/agree-rules``: what is before the group, each of them understood."""

from tests.features.idea_steps import TITLE, suggest_rule
from tests.features.votes import agree_first
from tests.group import GroupUnderTest


async def test_what_is_before_the_group_is_suggested_and_each_suggestion_is_understood(
    group: GroupUnderTest,
) -> None:
    assert [inserted for inserted, _ in await group.choices("Asha", "/agree-rules ")] == ["suggest"]
    await agree_first(group)
    kept = await suggest_rule(group)
    items = await group.choices("Ben", "/agree-rules photos")
    assert [inserted for inserted, _ in items] == [f"idea {kept.id}"]
    assert TITLE in items[0][1]
    assert TITLE in await group.type("Ben", f"/agree-rules {items[0][0]}")
    while kept.proposal.state != "voting":
        await group.pass_to_next()
        async with group.database.transaction() as work:
            [kept] = await work.proposals.open_ones(1)
    ((inserted, shown),) = await group.choices("Ben", "/agree-rules photos")
    assert inserted.startswith("vote ")
    assert TITLE in shown
    assert TITLE in await group.type("Ben", f"/agree-rules {inserted}")


async def test_a_draft_that_nobody_else_has_seen_is_not_suggested(group: GroupUnderTest) -> None:
    await agree_first(group)
    await group.type("Asha", "/agree-rules suggest add")
    await group.press("Asha", "Go on")
    await group.fill("Asha", title=TITLE, text="Please post a warning first.", why="It is hard for some.")
    assert await group.choices("Ben", "/agree-rules photos") == []
