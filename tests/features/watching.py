"""Steps that tests of the message watch share."""

from bot.settings import GroupSettings
from tests.features.idea_steps import go_on, pass_to
from tests.features.votes import agree_first, choose
from tests.group import GroupUnderTest

WHY = "Some of us were told what dose to take."


async def suggest(group: GroupUnderTest, name: str, *labels: str, why: str = WHY) -> str:
    """Somebody goes through these buttons under "Suggest something about the bot"; returns the preview."""
    group.seen.setdefault(name, []).clear()
    await group.type(name, "/agree-rules suggest")
    await group.press(name, "Suggest something about the bot")
    said = ""
    for label in labels:
        said = await go_on(group, name, await group.press(name, label))
    return await group.fill(name, why=why) if group.asked(name) else said


async def vote_through(group: GroupUnderTest, name: str) -> None:
    """The draft before this person is posted, talked about, and agreed to by three people."""
    await group.press(name, "Post my idea")
    await pass_to(group, "vote_opens")
    await choose(group, "Agree to this setting", "Ben", "Cai", "Dee")
    await pass_to(group, "vote_closes")


async def vote_for_watch(
    group: GroupUnderTest,
    way: str = "Suggest private hints",
    level: str = "Suggest normal: when clear, or twice",
) -> None:
    """The group's first agreement, and then the message watch, voted through."""
    await agree_first(group)
    await suggest(group, "Asha", "Turn the message watch on or off", way, level)
    await vote_through(group, "Asha")


def settings_of(group: GroupUnderTest) -> GroupSettings:
    """What the group chose, as memory has it."""
    found = group.groups.by_id(1)
    assert found is not None
    return found.settings
