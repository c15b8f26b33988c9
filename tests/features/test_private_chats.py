"""Commands in a private chat, of people whose one community the adapter is sure of."""

from bot.contract.events import CommandGiven, Place
from tests.group import GroupUnderTest

PRIVATE = Place(platform="test", group="", channel="dm-Asha")
ELSEWHERE = Place(platform="test", group="g2", channel="c1")


async def types(group: GroupUnderTest, name: str, text: str, community: int | None = 1) -> None:
    command, _, words = text.removeprefix("/").partition(" ")
    about = {**group.about(name, PRIVATE), "group_size": None}
    await group.receive(CommandGiven(**about, name=command, words=words, community=community))


def last(group: GroupUnderTest, name: str) -> str:
    return "\n".join(block.plain for block in group.seen[name][-1].body)  # type: ignore[union-attr]


async def test_rules_are_shown_where_the_community_is_known(group: GroupUnderTest) -> None:
    await types(group, "Asha", "/rules 1")
    assert last(group, "Asha").startswith("1")
    await types(group, "Asha", "/rules 1", community=None)
    assert "I do not know which group you mean" in last(group, "Asha")


async def test_buttons_of_such_an_answer_know_the_community_too(group: GroupUnderTest) -> None:
    await types(group, "Asha", "/rules")
    payload, _, _ = group.find_button("Asha", "Suggest a change")
    assert payload.startswith("1_1-")


async def test_what_a_button_does_can_be_typed_there(group: GroupUnderTest) -> None:
    await types(group, "Mo", "/desk joining automatic")
    assert "they are in at once" in last(group, "Mo")
    await types(group, "Asha", "/desk joining moderators")
    assert "That is for moderators" in last(group, "Asha")


async def test_a_community_that_is_gone_is_no_community(group: GroupUnderTest) -> None:
    await types(group, "Asha", "/rules", community=99)
    assert "I do not know which group you mean" in last(group, "Asha")


async def test_the_only_community_of_a_platform_may_be_everybodys(group: GroupUnderTest) -> None:
    assert await group.app.acquainted(group.people["Asha"]) == [1]


async def test_among_several_it_is_those_that_keep_something_about_the_person(group: GroupUnderTest) -> None:
    await group.add_bot(ELSEWHERE)
    assert await group.app.acquainted(group.people["Ben"]) == []
    await group.arrive("Ben", ELSEWHERE)
    await group.type("Asha", "/rules read 1")
    await group.press("Asha", "Go on")
    assert await group.app.acquainted(group.people["Ben"]) == [2]
    assert await group.app.acquainted(group.people["Asha"]) == [1]
    assert await group.app.acquainted(group.people["Mo"]) == [1]
