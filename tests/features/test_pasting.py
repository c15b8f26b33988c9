"""A moderator pastes the rules the group has."""

import pytest

from ground_rules.agreement import Standing
from tests.features.idea_steps import newest_rules, suggest_rule
from tests.features.votes import agree_first, ask_group
from tests.group import GroupUnderTest

PASTED = "Be kind\nWe are kind to each other here.\n\nOn time\nPlease be on time for our calls."


async def paste(group: GroupUnderTest, text: str = PASTED) -> str:
    said = await group.type("Mo", "/desk paste")
    if group.asked("Mo") is None:
        return said
    said = await group.fill("Mo", rules=text)
    await group.settle()
    return said


async def test_pasted_rules_take_the_place_of_the_starter_rules_and_missing_core_rules_are_offered(
    group: GroupUnderTest,
) -> None:
    said = await paste(group)
    assert "I read 2 rules" in said
    assert "If a moderator thinks any child or adult is in serious danger" in said
    await group.rebuild()
    rules = await newest_rules(group)
    assert rules.standing is Standing.STARTER
    assert [rule.title for rule in rules.rules] == ["Be kind", "On time"]
    assert "Our own rules are in use now" in group.posts[-1]
    assert (await group.type("Asha", "/rules")).startswith("Our rules. We have not agreed these yet.")
    await group.press("Mo", "Add the rule: The limit to privacy")
    said = await group.press("Mo", "Add the rule: Urgent help and worries")
    await group.settle()
    assert "Add the rule: The limit to privacy" not in group.labels("Mo")
    assert [(rule.title, rule.core) for rule in (await newest_rules(group)).rules] == [
        ("Be kind", False),
        ("On time", False),
        ("The limit to privacy", True),
        ("Urgent help and worries", True),
    ]
    assert "New rule 4: Urgent help and worries" in group.posts[-1]
    assert (await group.type("Asha", "/rules")).startswith("Our rules. We have not agreed these yet.")


async def test_a_core_rule_is_added_once(group: GroupUnderTest) -> None:
    await paste(group)
    for _ in range(2):
        assert "Your rules have it now" in await group.type("Mo", "/desk add core 1")
    assert len((await newest_rules(group)).rules) == 3
    assert "for moderators" in await group.type("Ben", "/desk add core 0")
    await group.type("Mo", "/desk add core 99999999")
    await ask_group(group)
    assert "by an idea and a vote" in await group.type("Mo", "/desk add core 0")


async def test_a_pasted_core_rule_is_known_as_such(group: GroupUnderTest) -> None:
    core = "This is not an emergency service. No one may be reading. If life is at risk, call 999 now."
    await paste(group, f"{PASTED}\n\nUrgent help\n{core} If you are worried about someone, tell a moderator.")
    assert "Add the rule: Urgent help and worries" not in group.labels("Mo")
    rules = await newest_rules(group)
    assert [(rule.title, rule.core) for rule in rules.rules[2:]] == [("Urgent help", True)]


async def test_pasting_the_same_twice_changes_nothing_more(group: GroupUnderTest) -> None:
    await paste(group)
    await paste(group)
    assert (await newest_rules(group)).version == 2
    assert sum("Our own rules" in post for post in group.posts) == 1


async def test_rules_can_be_pasted_again_before_anything_is_agreed(group: GroupUnderTest) -> None:
    await paste(group)
    await paste(group, "Only this\nThere is only one rule here.")
    assert next(rule.title for rule in (await newest_rules(group)).rules) == "Only this"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "too short"),
        ("😀\n\n😀😀", "too short"),
        ("x" * 5000, "too long"),
        ("A\n\n" * 60, "the most"),
    ],
    ids=["empty", "emoji only", "5,000 characters", "sixty rules"],
)
async def test_what_cannot_be_read_as_rules_leaves_the_starter_rules(
    group: GroupUnderTest, text: str, says: str
) -> None:
    before = await newest_rules(group)
    assert says in await paste(group, text)
    assert await newest_rules(group) == before


async def test_markup_and_right_to_left_words_stay_as_pasted(group: GroupUnderTest) -> None:
    await paste(group, "**Kind** {why}\n[x](http://a.example) is plain text here.\n\nاللطف\nكونوا لطفاء هنا.")
    rules = await newest_rules(group)
    assert rules.rules[0].title == "**Kind** {why}"
    assert rules.rules[0].text == "[x](http://a.example) is plain text here."
    assert rules.rules[1].title == "اللطف"


async def test_after_the_group_has_agreed_or_is_asked_rules_are_not_replaced(group: GroupUnderTest) -> None:
    await ask_group(group)
    assert "changes by an idea and a vote" in await paste(group)


async def test_nor_after_the_first_agreement(group: GroupUnderTest) -> None:
    await agree_first(group)
    assert "changes by an idea and a vote" in await paste(group)


async def test_nor_while_an_idea_is_open(group: GroupUnderTest) -> None:
    await suggest_rule(group)
    assert "has an idea open" in await paste(group)


async def test_a_form_that_comes_back_too_late_changes_nothing(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk paste")
    await suggest_rule(group)
    assert "has an idea open" in await group.fill("Mo", rules=PASTED)
    assert (await newest_rules(group)).version == 1


async def test_members_cannot_paste(group: GroupUnderTest) -> None:
    assert "for moderators" in await group.type("Asha", "/desk paste")
