"""Set-up in three answers."""

from tests.group import GroupUnderTest


async def test_three_answers_put_starter_rules_in_use(group: GroupUnderTest) -> None:
    text = await group.type("Asha", "/rules")
    assert text.startswith("Starter rules. We have not agreed these yet.")
    assert "7. Urgent help" in text
    assert any("Where to turn" in post and "999" in post and "116 123" in post for post in group.posts)


async def test_a_member_cannot_set_the_group_up(bare_group: GroupUnderTest) -> None:
    await bare_group.set_up()
    before = len(bare_group.posts)
    text = await bare_group.press_payload("Asha", "1-country-wales")
    assert "moderator" in text
    assert len(bare_group.posts) == before
