"""A typing mistake is fixed and posted; for 72 hours anyone may say that it changes the meaning."""

import asyncio
from datetime import timedelta

from ground_rules.proposal import Origin, State
from tests.features.idea_steps import (
    DAY,
    all_agree,
    go_on,
    ideas,
    newest_idea,
    newest_rules,
    pass_to,
    rules_now,
    suggest_change,
)
from tests.features.votes import agree_first
from tests.group import GroupUnderTest

FIXED = "Say what happened for you. Ask before you offer ideas."


async def fix_rule_4(group: GroupUnderTest, text: str = FIXED) -> str:
    await group.type("Mo", "/desk typo")
    await group.press("Mo", "Fix rule 4: Share your story, do not give orders")
    asked = group.asked("Mo")
    assert asked is not None
    said = await group.fill("Mo", title=asked.fields[0].value, text=text)
    await group.settle()
    return said


async def test_a_fix_is_in_use_at_once_and_posted_with_before_and_after(group: GroupUnderTest) -> None:
    await agree_first(group)
    old = (await rules_now(group)).rule(4)
    await fix_rule_4(group)
    assert "fixed a typing mistake in rule 4" in group.posts[-1]
    assert old.text in group.posts[-1]
    assert FIXED in group.posts[-1]
    new = (await rules_now(group)).rule(4)
    assert (new.text, new.agreed) == (FIXED, True)
    before = len(group.posts)
    await group.pass_time(5 * DAY)
    assert len(group.posts) == before, "nobody is asked to read a typing mistake"


async def test_the_form_holds_the_words_of_the_rule(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk typo 4")
    asked = group.asked("Mo")
    assert asked is not None
    assert asked.fields[1].value == (await rules_now(group)).rule(4).text


async def test_members_cannot_fix_rules(group: GroupUnderTest) -> None:
    assert "for moderators" in await group.type("Asha", "/desk typo 4")


async def test_nothing_changed_is_said(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk typo 4")
    asked = group.asked("Mo")
    assert asked is not None
    same = {field.name: field.value for field in asked.fields}
    assert "nothing to change" in await group.fill("Mo", **same)
    assert (await newest_rules(group)).version == 1


async def test_somebody_says_it_changes_the_meaning_and_it_becomes_an_idea(group: GroupUnderTest) -> None:
    await agree_first(group)
    old = (await rules_now(group)).rule(4)
    await fix_rule_4(group)
    await group.pass_time(2 * DAY)
    await group.rebuild()
    assert "Nobody learns that it was you" in await group.press("Gus", "This changes the meaning")
    await group.settle()
    assert (await rules_now(group)).rule(4) == old
    kept = await newest_idea(group)
    assert (kept.proposal.state, kept.proposal.origin) == (State.TALKING, Origin.TYPO)
    assert kept.proposal.wording.text == FIXED
    assert not any("Gus" in post for post in group.posts)
    assert "someone here" in group.posts[-1]
    await go_on(group, "Ben", await group.type("Ben", f"/agree-rules take-over {kept.id}"))
    await pass_to(group, "vote_opens")
    await all_agree(group, "rule 4")
    assert (await newest_rules(group)).rule(4).text == FIXED


async def test_it_can_be_said_for_72_hours(group: GroupUnderTest) -> None:
    await fix_rule_4(group)
    await group.pass_time(timedelta(hours=72))
    assert "possible for 72 hours" in await group.press("Gus", "This changes the meaning")
    assert (await rules_now(group)).rule(4).text == FIXED


async def test_two_who_say_so_at_once_make_one_idea(group: GroupUnderTest) -> None:
    await fix_rule_4(group)
    payload = group.find_button("Gus", "This changes the meaning")[0]
    await asyncio.gather(group.press_payload("Gus", payload), group.press_payload("Fay", payload))
    await group.settle()
    assert len(await ideas(group)) == 1
    assert (await newest_rules(group)).version == 3


async def test_other_versions_cannot_be_taken_back_like_this(group: GroupUnderTest) -> None:
    await agree_first(group)
    for version in (1, 2, 99):
        assert "no longer works" in await group.type("Gus", f"/rules typo {version}")


async def test_a_fix_does_not_wait_for_a_change_of_another_rule(group: GroupUnderTest) -> None:
    await agree_first(group)
    changed = "Tell your story, and then ask what others think."
    await suggest_change(group, "Asha", 4, changed)
    await pass_to(group, "vote_opens")
    await all_agree(group, "rule 4")
    await group.type("Mo", "/desk typo 3")
    text = (await rules_now(group)).rule(3).text
    await group.fill("Mo", title="No judgement", text=text)
    await group.settle()
    assert "It is in use now." in group.posts[-1]
    assert (await rules_now(group)).rule(3).title == "No judgement"
    await group.press("Ben", "This changes the meaning")
    await group.settle()
    assert (await rules_now(group)).rule(3).title == "No judging"
    await pass_to(group, "agreement_starts")
    now = await rules_now(group)
    assert (now.rule(3).title, now.rule(4).text) == ("No judging", changed)
