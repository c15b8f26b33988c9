"""Moderators who can be alerted, for tests."""

from tests.group import GroupUnderTest

OPEN = "Look at alerts and cover"


async def cover_page(group: GroupUnderTest, name: str = "Mo") -> str:
    """Alerts and cover, as this moderator sees them."""
    return await group.type(name, "/desk cover")


async def answer_test(group: GroupUnderTest, *names: str) -> None:
    """A test alert goes out, and these moderators answer it."""
    for name in names:
        await group.type(name, "/desk")
    await group.type(names[0], "/desk test alert")
    await group.settle()
    for name in names:
        await group.press(name, "Answer the test alert")


async def all_is_well(group: GroupUnderTest, *names: str) -> None:
    """Alerts reach these moderators, and that there is nobody outside was said openly."""
    await answer_test(group, *names)
    await group.type(names[0], "/desk outside nobody")
