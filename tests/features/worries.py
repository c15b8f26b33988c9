"""Steps that tests about worries share."""

from datetime import UTC, datetime, timedelta

from bot.contract.events import ButtonPressed, CommandGiven, MessageRef, Place
from bot.contract.payload import encode
from bot.storage.cases import Case
from tests.group import PLACE, GroupUnderTest

THREAD = Place(platform="test", group="g1", channel="c1", thread="t9")
EVERY_EVENING = "0,1,2,3,4,5,6 18:00-22:00"
ALL_DAY = "0,1,2,3,4,5,6 08:00-22:00"


async def reachable(group: GroupUnderTest, *names: str, wake: bool = False) -> None:
    """These moderators opened the desk and answered a test alert."""
    for name in names:
        if name not in group.people:
            group.add_person(name, moderator=True)
        group.someone_else(name, is_moderator=True)
        await group.type(name, "/desk")
        async with group.database.transaction() as work:
            await work.cover.note(1, group.people[name], answered_at=group.clock(), wake=wake)
    await group.settle()


async def hours(group: GroupUnderTest, text: str) -> None:
    """The group's cover hours."""
    async with group.database.transaction() as work:
        await work.communities.set(1, "cover_hours", text)
        await work.touch(1)
    await group.groups.load(group.database)


async def on_duty(group: GroupUnderTest, name: str, backup: bool = False) -> None:
    async with group.database.transaction() as work:
        await work.cover.take(1, group.people[name], range(7), backup)


async def worried(
    group: GroupUnderTest, name: str, answer: str = "Yes", place: Place = PLACE, about: str = ""
) -> str:
    """Say that one is worried; ``about``: with the menu, on a message of this person."""
    on = MessageRef(place=place, id="500") if about else None
    wrote = group.people[about] if about else None
    event = CommandGiven(**group.about(name, place), name="worried", on=on, wrote=wrote)
    await group.receive(event)
    said = await group.press(name, answer, place)
    await group.settle()
    return said


async def cases(group: GroupUnderTest) -> list[Case]:
    async with group.database.transaction() as work:
        return [*await work.cases.open_ones(1), *await work.cases.closed_ones(1)]


async def the_case(group: GroupUnderTest) -> Case:
    [case] = await cases(group)
    return case


async def pressed(group: GroupUnderTest, name: str, kind: str, *arguments: object) -> str:
    """Press a button that this person may never have been shown."""
    return await group.press_payload(name, encode(kind, *arguments))


async def pick_up(group: GroupUnderTest, name: str, level: str = "Set it to serious") -> None:
    await group.press(name, "Pick it up")
    await group.press(name, level)
    await group.settle()


def at_hour(group: GroupUnderTest, hour: int, minute: int = 0) -> None:
    """Move the clock to this hour of the day that it is (London, in winter)."""
    group.clock.at = datetime(2027, 1, 11, hour, minute, tzinfo=UTC)


__all__ = ["ButtonPressed", "timedelta"]
