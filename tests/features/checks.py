"""Reading the six help numbers of England off their pages."""

from collections.abc import Mapping

from tests.features.alerts import answer_test
from tests.features.votes import agree_first
from tests.group import GroupUnderTest

RIGHT = {
    "england_999": "999",
    "england_116123": "116 123",
    "england_111": "111",
    "england_85258": "85258",
    "england_08082000247": "0808 2000 247",
    "england_08000684141": "0800 068 4141",
}


async def opens(group: GroupUnderTest, name: str, label: str) -> str:
    """Press a button that keeps something about the person, who says that this is fine."""
    said = await group.press(name, label)
    return await group.press(name, "Go on") if "Go on" in group.labels(name) and said else said


async def card(group: GroupUnderTest, name: str) -> str:
    """Open the card of the help numbers."""
    return await group.type(name, "/desk numbers" if name == "Mo" else "/signpost check-numbers")


async def reads(
    group: GroupUnderTest, name: str, part: int = 1, typed: Mapping[str, str] | None = None
) -> str:
    """Type what the pages show, for one part of the card; ``typed`` by key, else what is right."""
    await card(group, name)
    await opens(group, name, f"Type numbers {3 * part - 2} to {3 * part}")
    form = group.asked(name)
    assert form is not None
    values = {field.name: RIGHT[field.name] for field in form.fields}
    return await group.fill(name, **{**values, **(typed or {})})


async def check_numbers(group: GroupUnderTest, first: str = "Mo", second: str = "Ben") -> None:
    """Two people read all six."""
    for name in (first, second):
        for part in (1, 2):
            await reads(group, name, part)
    await group.settle()


async def nothing_else_waits(group: GroupUnderTest) -> None:
    """The rules are agreed, and there are two moderators who can be alerted."""
    await agree_first(group)
    group.add_person("Nan", moderator=True)
    await group.type("Nan", "/desk")
    await answer_test(group, "Mo", "Nan")
