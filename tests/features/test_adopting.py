"""A new version: announced with what changed, read once when it starts, never forced on anybody."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.storage.agreements import Made
from ground_rules import agreement as agreements
from tests.features.idea_steps import (
    DAY,
    TITLE,
    WHY,
    all_agree,
    go_on,
    newest_rules,
    pass_to,
    rules_now,
    suggest_change,
    suggest_rule,
)
from tests.features.votes import agree_first
from tests.group import GroupUnderTest

NEW = "Tell what happened to you, and ask first."


async def change_rule_4(group: GroupUnderTest, *, clearer: bool = False) -> None:
    await agree_first(group)
    await suggest_change(group, "Asha", 4, NEW, clearer=clearer)
    await pass_to(group, "vote_opens")
    await all_agree(group, "rule 4")


async def test_a_change_says_before_and_after_why_by_which_vote_and_when_it_starts(
    group: GroupUnderTest,
) -> None:
    await change_rule_4(group)
    post = group.posts[-1]
    assert "Before: Share your story" in post
    assert f"After: Share your story, do not give orders. {NEW}" in post
    assert WHY in post
    assert "by a vote that closed on" in post
    version = await newest_rules(group)
    assert version.starts_at >= group.clock.at + timedelta(hours=48)
    assert "It starts on" in post


async def test_the_old_words_hold_until_the_new_ones_start(group: GroupUnderTest) -> None:
    await change_rule_4(group)
    starts = (await newest_rules(group)).starts_at
    await group.pass_time(starts - group.clock.at - timedelta(seconds=1))
    assert NEW not in await group.type("Ben", "/rules 4")
    await group.rebuild()
    await group.pass_time(timedelta(seconds=1))
    assert NEW in await group.type("Ben", "/rules 4")


async def test_people_are_asked_once_to_read_what_changed_and_nobody_has_to(group: GroupUnderTest) -> None:
    """Scenario 5."""
    await change_rule_4(group)
    before = len(group.posts)
    await pass_to(group, "agreement_starts")
    assert len(group.posts) == before + 1
    post = list(group.platform.messages.values())[-1]
    assert post.started
    assert "Before: " in post.text
    assert "never have to press" in post.text
    assert [button.label for button in post.buttons] == ["I have read this", "See what changed before"]
    await group.press("Ben", "I have read this")
    assert "Thank you for reading" in await group.press("Ben", "I have read this")
    await group.pass_time(30 * DAY)
    assert len(group.posts) == before + 1, "nobody is asked again"
    assert {id for id, _, _ in group.platform.told} == {"id-Mo"}, "only the weekly note to the moderator"
    version = (await rules_now(group)).version
    async with group.database.transaction() as work:
        key = group.app._secrecy.person_key(group.people["Ben"])
        assert await work.people.acknowledged(1, key) == version


async def test_the_first_press_says_what_is_kept(group: GroupUnderTest) -> None:
    await change_rule_4(group)
    await pass_to(group, "agreement_starts")
    assert "Before I save anything" in await group.press("Gus", "I have read this")
    assert "Thank you for reading" in await group.press("Gus", "Go on")


async def test_clearer_words_are_announced_and_nothing_is_asked(group: GroupUnderTest) -> None:
    await change_rule_4(group, clearer=True)
    assert "clearer words" in group.posts[-1]
    assert not any(
        button.label == "I have read this" for button in list(group.platform.messages.values())[-1].buttons
    )
    before = len(group.posts)
    await group.pass_time(5 * DAY)
    assert len(group.posts) == before
    assert NEW in await group.type("Ben", "/rules 4")


async def test_an_older_version_read_later_does_not_undo_a_newer_one(group: GroupUnderTest) -> None:
    await change_rule_4(group)
    await pass_to(group, "agreement_starts")
    newest = (await newest_rules(group)).version
    await group.type("Ben", f"/rules read {newest}")
    await group.type("Ben", f"/rules read {newest - 1}")
    async with group.database.transaction() as work:
        key = group.app._secrecy.person_key(group.people["Ben"])
        assert await work.people.acknowledged(1, key) == newest
    assert "no longer works" in await group.type("Ben", "/rules read 99")


async def test_every_version_can_be_read_again(group: GroupUnderTest) -> None:
    await change_rule_4(group)
    listed = await group.type("Ben", "/rules history")
    assert "Version 3" in listed
    assert "Version 1" in listed
    assert NEW in await group.press("Ben", "See version 3")
    assert "had not agreed them yet" in await group.type("Ben", "/rules version 1")
    assert "We agreed these: 1, 2, 3, 4, 5, 6, 7." in await group.type("Ben", "/rules version 2")
    assert "no longer works" in await group.type("Ben", "/rules version 99")


async def test_the_rules_lead_to_what_changed_before(group: GroupUnderTest) -> None:
    await group.type("Ben", "/rules")
    assert "See what changed before" not in group.labels("Ben")
    await agree_first(group)
    await group.type("Ben", "/rules")
    assert "Version 2" in await group.press("Ben", "See what changed before")


async def test_the_first_agreement_asks_people_to_read_it_and_plans_a_look_back(
    group: GroupUnderTest,
) -> None:
    await agree_first(group)
    post = next(
        shown for shown in group.platform.messages.values() if "We have agreed our rules" in shown.text
    )
    assert "I have read this" in [button.label for button in post.buttons]
    async with group.database.transaction() as work:
        at = await work.due.at("review", 1)
    assert at is not None
    assert timedelta(days=85) < at - group.clock.at < timedelta(days=100)


async def test_a_rule_number_is_never_given_to_another_rule(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest_rule(group)
    await pass_to(group, "vote_opens")
    await all_agree(group)
    await group.pass_time(5 * DAY)
    await go_on(group, "Ben", await group.type("Ben", "/agree-rules suggest remove 6"))
    await group.fill("Ben", why=WHY)
    await group.press("Ben", "Post my idea")
    await pass_to(group, "vote_opens")
    await all_agree(group, "removing rule 6")
    await group.pass_time(5 * DAY)
    assert [rule.number for rule in (await rules_now(group)).rules] == [1, 2, 3, 4, 5, 7, 8]
    await suggest_rule(group, "Cai", title="Calls", text="Please be on time for our calls.")
    await pass_to(group, "vote_opens")
    await all_agree(group)
    assert (await newest_rules(group)).rules[-1].number == 9


async def test_a_version_that_another_process_made_first_is_not_made_twice(group: GroupUnderTest) -> None:
    latest = await newest_rules(group)
    fixed = agreements.fix_typo(latest, 4, "Your story", latest.rule(4).text, group.clock.at)
    async with group.database.transaction() as work:
        await work.agreements.add(1, fixed, Made(at=group.clock.at))
    with pytest.raises(IntegrityError):
        async with group.database.transaction() as work:
            await work.agreements.add(1, fixed, Made(at=group.clock.at))


async def test_a_rule_can_be_found_by_its_new_words_only_after_it_starts(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest_rule(group)
    await pass_to(group, "vote_opens")
    await all_agree(group)
    assert TITLE not in await group.type("Ben", "/rules photos")
    await pass_to(group, "agreement_starts")
    assert TITLE in await group.type("Ben", "/rules photos")
