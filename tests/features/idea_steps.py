"""Steps that tests of ideas share."""

from datetime import date, timedelta

from bot.contract.actions import Ask
from bot.storage.proposals import Kept
from ground_rules.agreement import Agreement
from tests.features.votes import choose
from tests.group import PLACE, GroupUnderTest

TITLE = "Photos of food"
TEXT = "Please put a short warning first when you post photos of food."
WHY = "Some of us find them hard on a bad day."
DAY = timedelta(days=1)


async def go_on(group: GroupUnderTest, name: str, said: str) -> str:
    """Whoever is told first what is kept goes on."""
    return await group.press(name, "Go on") if "Go on" in group.labels(name)[:1] else said


async def draft_new_rule(group: GroupUnderTest, name: str, **words: str) -> str:
    """Somebody writes an idea to add a rule; returns the preview."""
    group.seen.setdefault(name, []).clear()
    await go_on(group, name, await group.type(name, "/agree-rules suggest add"))
    return await group.fill(name, PLACE, **{"title": TITLE, "text": TEXT, "why": WHY, **words})


async def suggest_rule(group: GroupUnderTest, name: str = "Asha", **words: str) -> Kept:
    """Somebody suggests a new rule, and posts it."""
    await draft_new_rule(group, name, **words)
    await group.press(name, "Post my idea")
    await group.settle()
    return await newest_idea(group)


async def suggest_change(
    group: GroupUnderTest, name: str, number: int, text: str, *, title: str = "", clearer: bool = False
) -> Kept:
    """Somebody suggests other words for a rule, and posts it."""
    group.seen.setdefault(name, []).clear()
    await go_on(group, name, await group.type(name, f"/agree-rules suggest change {number}"))
    asked = group.asked(name)
    assert isinstance(asked, Ask)
    title = title or asked.fields[0].value
    await group.fill(name, title=title, text=text, why=WHY)
    await group.press(
        name, "Post it: the words get clearer" if clearer else "Post it: it changes the meaning"
    )
    await group.settle()
    return await newest_idea(group)


async def suggest_removal(group: GroupUnderTest, name: str, number: int) -> Kept:
    """Somebody suggests to remove a rule, and posts it."""
    group.seen.setdefault(name, []).clear()
    await go_on(group, name, await group.type(name, f"/agree-rules suggest remove {number}"))
    await group.fill(name, why=WHY)
    await group.press(name, "Post my idea")
    await group.settle()
    return await newest_idea(group)


async def ideas(group: GroupUnderTest) -> list[Kept]:
    """Every idea there is, drafts too."""
    async with group.database.transaction() as work:
        return await work.proposals.all(1)


async def newest_idea(group: GroupUnderTest) -> Kept:
    return (await ideas(group))[-1]


async def idea(group: GroupUnderTest, kept: Kept) -> Kept:
    """The same idea as it is now."""
    return next(each for each in await ideas(group) if each.id == kept.id)


async def rules_now(group: GroupUnderTest) -> Agreement:
    """The version in force."""
    async with group.database.transaction() as work:
        found = await work.agreements.current(1, group.clock.at)
    assert found is not None
    return found


async def newest_rules(group: GroupUnderTest) -> Agreement:
    async with group.database.transaction() as work:
        found = await work.agreements.newest(1)
    assert found is not None
    return found


async def pass_to(group: GroupUnderTest, kind: str) -> None:
    """Let time pass until this kind of thing has happened."""
    async with group.database.transaction() as work:
        coming = [row for row in await work.due.upcoming(1) if row.kind == kind]
    assert coming, f"no {kind} is due"
    await group.pass_time(coming[0].due_at - group.clock.at)


async def all_agree(group: GroupUnderTest, thing: str = "the new rule") -> None:
    """Three people agree in the open vote, and it closes."""
    await choose(group, f"Agree to {thing}", "Ben", "Cai", "Dee")
    await pass_to(group, "vote_closes")


def days_with_two_posts(group: GroupUnderTest) -> list[date]:
    """Days on which the bot said more than one thing by itself."""
    days = [shown.at.date() for shown in group.platform.messages.values() if shown.started]
    return sorted({day for day in days if days.count(day) > 1})
