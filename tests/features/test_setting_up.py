"""Set-up in three answers."""

from datetime import timedelta

import pytest

from bot.contract.events import GroupAdded
from bot.contract.platform import Unreachable
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


async def test_set_up_takes_at_most_six_presses(bare_group: GroupUnderTest) -> None:
    """The longest way: a country further down, and a contact in words of their own."""
    await bare_group.add_bot()
    for label in ("Set up this group", "Show more countries", "Australia", "Adults only", "Write a contact"):
        await bare_group.press("Mo", label)
    said = await bare_group.fill("Mo", contact="Jo, jo@our.example")
    await bare_group.settle()
    assert "Your starter rules are in use" in said
    where = next(post for post in bare_group.posts if "Where to turn" in post)
    assert "000" in where
    assert "Jo, jo@our.example" in where
    known = bare_group.groups.by_id(1)
    assert known is not None
    settings = known.settings
    assert settings.time_zone.startswith("Australia/")
    assert (settings.quiet_from, settings.quiet_until) == ("21:00", "08:00")
    assert known.places == (bare_group.platform.messages["m1"].place,)


async def test_where_to_turn_is_offered_for_pinning_and_says_all_that_helps(group: GroupUnderTest) -> None:
    (where,) = [shown for shown in group.platform.messages.values() if "Where to turn" in shown.text]
    assert where.pin
    assert not where.buttons, "it has to help when the bot is down"
    for words in ("call 999", "call 111", "Samaritans on 116 123", "text SHOUT to 85258", "Nobody may be"):
        assert words in where.text


async def test_another_country_changes_every_number_that_stands_somewhere(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk numbers later")
    await group.type("Mo", "/desk change country")
    await group.press("Mo", "Show more countries")
    said = await group.press("Mo", "Australia")
    await group.settle()
    assert "changed" in said
    assert "starter rules" not in said
    assert "call 000" in await group.type("Ben", "/rules 7")
    assert not any("999" in post for post in group.posts if "Before:" not in post)
    assert any("Before:" in post and "changed the country" in post for post in group.posts), "it is posted"
    known = group.groups.by_id(1)
    assert known is not None
    assert not known.settings.check_rest, "the new numbers have to be checked"


async def test_words_that_the_group_made_its_own_stay(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk typo 7")
    await group.fill("Mo", title="Urgent help", text="In danger call 999, or the nurse on our ward.")
    await group.press_payload("Mo", "1-country-australia")
    assert "call 999, or the nurse" in await group.type("Ben", "/rules 7")


@pytest.mark.parametrize(
    ("words", "says"),
    [("😀😀", "The contact is too short"), ("x" * 5000, "The contact is too long"), (" ", "3 of 3.")],
    ids=["emoji only", "5,000 characters", "empty"],
)
async def test_a_contact_that_cannot_stand_is_refused_and_the_old_one_stays(
    group: GroupUnderTest, words: str, says: str
) -> None:
    await group.type("Mo", "/desk change contact")
    await group.press("Mo", "Write a contact")
    assert says in await group.fill("Mo", contact=words)
    assert "write to any moderator" in await group.type("Asha", "/help about")


async def test_a_contact_is_plain_text_without_direction_marks(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk change contact")
    await group.press("Mo", "Write a contact")
    await group.fill("Mo", contact="**Jo** \u202e [x](http://a.example)")
    about = await group.type("Asha", "/help about")
    assert "**Jo**" in about
    assert "[x](http://a.example)" in about
    assert "\u202e" not in about


async def test_the_same_answers_again_change_nothing(group: GroupUnderTest) -> None:
    posts = list(group.posts)
    assert "All three answers are there" in await group.press("Mo", "Set up this group")
    await group.press_payload("Mo", "1-country-england")
    await group.settle()
    assert group.posts == posts


async def test_whoever_added_the_bot_where_it_may_not_write_is_told_in_private_and_sets_it_up_there(
    bare_group: GroupUnderTest,
) -> None:
    group = bare_group
    group.platform.failures = [Unreachable()]
    added = GroupAdded(**group.about("Mo"), missing=("send_messages",), called="#general")
    await group.receive(added)
    await group.settle()
    [told] = group.private_texts("Mo")
    assert "I may not write in #general" in told
    assert "allow my role to send messages there" in told
    for label in ("Set up this group", "England", "Adults only", "Name any moderator"):
        await group.press("Mo", label)
    await group.pass_time(timedelta(days=2))
    assert any("Where to turn" in text for text in group.posts)
