"""A member writes an idea: seen by them first, posted only when they say so."""

import pytest

from bot.contract.actions import Reply
from ground_rules.proposal import State
from tests.features.idea_steps import (
    DAY,
    TEXT,
    TITLE,
    WHY,
    all_agree,
    draft_new_rule,
    go_on,
    ideas,
    newest_idea,
    newest_rules,
    pass_to,
    suggest_change,
    suggest_removal,
    suggest_rule,
)
from tests.features.votes import agree_first
from tests.group import PLACE, GroupUnderTest


async def test_a_member_who_never_spoke_suggests_a_rule_and_no_moderator_has_to_approve(
    group: GroupUnderTest,
) -> None:
    await suggest_rule(group, "Gus")
    post = group.posts[-1]
    assert "An idea from Gus: add a rule." in post
    assert all(part in post for part in (TITLE, TEXT, WHY, "Wording 1"))
    assert "We talk until Thursday 14 January, 10am UK time" in post
    assert "It closes on Monday 18 January" in post
    assert "Everyone who is here before the vote opens can vote, once each" in post


async def test_the_words_are_seen_in_private_before_anybody_else_sees_them(group: GroupUnderTest) -> None:
    before = len(group.posts)
    preview = await draft_new_rule(group, "Asha")
    await group.settle()
    assert "Only you see it so far" in preview
    assert "Thursday 14 January" in preview
    assert group.labels("Asha") == ["Post my idea", "Change the words", "Throw it away"]
    assert len(group.posts) == before


async def test_nothing_is_kept_before_the_person_was_told_what_is_kept(group: GroupUnderTest) -> None:
    await group.type("Asha", "/agree-rules suggest add")
    assert "Go on" in group.labels("Asha")
    assert group.asked("Asha") is None
    await group.press("Asha", "Go on")
    assert group.asked("Asha") is not None


async def test_a_draft_can_be_changed_and_goes_on_where_it_was(group: GroupUnderTest) -> None:
    await draft_new_rule(group, "Asha")
    await group.press("Asha", "Change the words")
    asked = group.asked("Asha")
    assert asked is not None
    assert [field.value for field in asked.fields] == [TITLE, TEXT, WHY]
    await group.rebuild()
    preview = await group.fill("Asha", title="Food photos", text=TEXT, why=WHY)
    assert "Food photos" in preview
    assert len(await ideas(group)) == 1


async def test_a_draft_that_is_thrown_away_is_gone(group: GroupUnderTest) -> None:
    await draft_new_rule(group, "Asha")
    await group.press("Asha", "Throw it away")
    assert await ideas(group) == []


async def test_a_draft_is_deleted_after_a_day(group: GroupUnderTest) -> None:
    await draft_new_rule(group, "Asha")
    await group.pass_time(DAY / 2)
    await group.rebuild()
    assert len(await ideas(group)) == 1
    await group.pass_time(DAY / 2)
    assert await ideas(group) == []
    assert "no draft" in await group.press("Asha", "Post my idea")


async def test_a_newer_draft_is_kept_for_a_whole_day_of_its_own(group: GroupUnderTest) -> None:
    await draft_new_rule(group, "Asha")
    await group.pass_time(DAY * 0.9)
    await draft_new_rule(group, "Asha", title="Second thoughts")
    await group.pass_time(DAY * 0.9)
    assert [kept.proposal.wording.title for kept in await ideas(group)] == ["Second thoughts"]


async def test_posting_twice_posts_once(group: GroupUnderTest) -> None:
    await draft_new_rule(group, "Asha")
    first = await group.press("Asha", "Post my idea")
    payload = "1-postmeaning"
    again = await group.press_payload("Asha", payload)
    await group.settle()
    assert first == again
    assert sum("An idea from Asha" in post for post in group.posts) == 1


async def test_somebody_else_cannot_post_a_draft(group: GroupUnderTest) -> None:
    await draft_new_rule(group, "Asha")
    said = await group.type("Ben", "/agree-rules post meaning")
    assert "no draft of yours" in said
    assert (await newest_idea(group)).proposal.state is State.DRAFT


async def test_words_after_the_command_begin_the_draft(group: GroupUnderTest) -> None:
    await group.type("Asha", "/agree-rules suggest 4 Tell what happened to you.")
    asked = group.asked("Asha")
    assert asked is not None
    assert [field.value for field in asked.fields][:2] == [
        "Share your story, do not give orders",
        "Tell what happened to you.",
    ]
    preview = await group.fill("Asha", title="Tell yours", text="Tell what happened to you.", why=WHY)
    assert "change rule 4" in preview
    assert "Post it: the words get clearer" in group.labels("Asha")


async def test_words_without_a_number_begin_a_new_rule(group: GroupUnderTest) -> None:
    await group.type("Asha", "/agree-rules suggest Please be on time for calls.")
    asked = group.asked("Asha")
    assert asked is not None
    assert asked.fields[1].value == "Please be on time for calls."
    assert asked.note, "a person who is new to this reads first what is kept"


async def test_a_rule_that_is_not_there_cannot_be_changed(group: GroupUnderTest) -> None:
    assert "no such rule" in await group.type("Asha", "/agree-rules suggest 99 other words")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "too short"),
        ("   \n ", "too short"),
        ("😀" * 50, "too short"),
        ("x" * 5000, "too long"),
    ],
    ids=["empty", "blank", "emoji only", "5,000 characters"],
)
async def test_words_that_cannot_stand_are_refused_and_nothing_is_lost(
    group: GroupUnderTest, text: str, says: str
) -> None:
    await draft_new_rule(group, "Asha")
    await group.press("Asha", "Change the words")
    answer = await group.fill("Asha", title=TITLE, text=text, why=WHY)
    assert f"The rule is {says}" in answer
    assert WHY in answer, "nobody has to write it a second time"
    assert len(answer) < 2000
    assert [kept.proposal.wording.text for kept in await ideas(group)] == [TEXT]


@pytest.mark.parametrize(
    "text",
    ["**bold** [x](http://a.example) {name} <b>&amp;</b> `code`", "من فضلك اكتب تحذيراً قصيراً أولاً"],
    ids=["markup", "right to left"],
)
async def test_what_people_type_is_shown_as_they_typed_it(group: GroupUnderTest, text: str) -> None:
    await suggest_rule(group, text=text)
    shown = group.posts[-1].replace("\u2068", "").replace("\u2069", "")
    assert text in shown
    bold = [
        span.text
        for answer in group.seen["Asha"]
        if isinstance(answer, Reply)
        for block in answer.body
        for span in block.spans
        if span.bold
    ]
    assert "bold" not in bold


async def test_direction_marks_cannot_turn_the_text_around(group: GroupUnderTest) -> None:
    kept = await suggest_rule(group, text="Please\u202e be kind to each other.")
    assert "\u202e" not in kept.proposal.wording.text


async def test_one_open_idea_each(group: GroupUnderTest) -> None:
    await suggest_rule(group)
    assert "You have an idea open" in await group.type("Asha", "/agree-rules suggest")
    assert "You have an idea open" in await group.type("Asha", "/agree-rules suggest add")


async def test_three_open_ideas_are_enough_for_a_group(group: GroupUnderTest) -> None:
    texts = ["Please be on time for calls.", "We say hello to newcomers first.", "No politics in here, ever."]
    for name, text in zip(("Asha", "Ben", "Cai"), texts, strict=True):
        await suggest_rule(group, name, title=text[:12], text=text)
    assert "Three ideas are open" in await group.type("Dee", "/agree-rules suggest")


async def test_the_third_and_fourth_idea_at_once_leave_three(group: GroupUnderTest) -> None:
    texts = ["Please be on time for calls.", "We say hello to newcomers first."]
    for name, text in zip(("Asha", "Ben"), texts, strict=True):
        await suggest_rule(group, name, title=text[:12], text=text)
    await draft_new_rule(group, "Cai", title="Politics", text="No politics in here, ever.")
    await draft_new_rule(group, "Dee", title="Pets", text="Pictures of pets on Fridays only.")
    await group.press("Cai", "Post my idea")
    assert "Three ideas are open" in await group.press("Dee", "Post my idea")


async def test_a_similar_idea_is_pointed_out(group: GroupUnderTest) -> None:
    await suggest_rule(group, "Asha")
    preview = await draft_new_rule(group, "Ben", text=TEXT.replace("short", "clear"))
    assert "much like this one" in preview
    assert TITLE in preview


async def test_an_idea_for_the_same_rule_is_pointed_out(group: GroupUnderTest) -> None:
    await suggest_change(group, "Asha", 4, "Tell what happened to you, and ask first.")
    await go_on(group, "Ben", await group.type("Ben", "/agree-rules suggest change 4"))
    preview = await group.fill("Ben", title="Other", text="Wholly different words stand here.", why=WHY)
    assert "change rule 4" in preview.split("much like this one")[1]


async def test_a_rule_that_says_it_already_is_pointed_out(group: GroupUnderTest) -> None:
    text = "Post a lot, post a little, or only read. You can skip any question, or take a break."
    assert "already says something much like this" in await draft_new_rule(group, "Asha", text=text)


async def test_a_core_rule_can_be_reworded_and_not_removed(group: GroupUnderTest) -> None:
    assert "not removed" in await go_on(
        group, "Asha", await group.type("Asha", "/agree-rules suggest remove 2")
    )
    await group.type("Asha", "/agree-rules suggest remove")
    assert not any("rule 2" in label or "rule 7" in label for label in group.labels("Asha"))
    kept = await suggest_change(group, "Asha", 2, "If someone is in danger, a moderator may get help.")
    assert kept.proposal.state is State.TALKING


async def test_adding_and_removing_always_change_the_meaning(group: GroupUnderTest) -> None:
    await draft_new_rule(group, "Asha")
    await group.type("Asha", "/agree-rules post wording")
    added = await newest_idea(group)
    assert added.proposal.subject.weight == "major"  # type: ignore[union-attr]
    removed = await suggest_removal(group, "Ben", 3)
    assert removed.proposal.subject.weight == "major"  # type: ignore[union-attr]


async def test_a_change_without_a_change_is_refused(group: GroupUnderTest) -> None:
    await go_on(group, "Asha", await group.type("Asha", "/agree-rules suggest change 4"))
    asked = group.asked("Asha")
    assert asked is not None
    same = {field.name: field.value for field in asked.fields}
    assert "nothing to change" in await group.fill("Asha", PLACE, **{**same, "why": WHY})


async def test_a_rule_rests_for_sixty_days_after_a_decision(group: GroupUnderTest) -> None:
    await agree_first(group)
    text = "Tell what happened to you, and ask first."
    await suggest_change(group, "Asha", 4, text)
    await group.pass_time(3 * DAY)
    for name in ("Ben", "Cai", "Dee"):
        await go_on(group, name, await group.press(name, "Agree to rule 4"))
    await group.pass_time(10 * DAY)
    await go_on(group, "Ben", await group.type("Ben", "/agree-rules suggest change 4"))
    said = await group.fill("Ben", title="Other", text="Some other words stand here.", why=WHY)
    assert "it rests for a while" in said
    await group.pass_time(61 * DAY)
    await group.type("Ben", "/agree-rules suggest change 4")
    assert "Only you see it" in await group.fill(
        "Ben", title="Other", text="Some other words stand here.", why=WHY
    )


async def test_nobody_can_suggest_before_there_are_rules(bare_group: GroupUnderTest) -> None:
    await bare_group.add_bot()
    await draft_new_rule(bare_group, "Asha")
    assert await ideas(bare_group) == []


async def test_a_refusal_after_go_on_does_not_ask_to_go_on_again(group: GroupUnderTest) -> None:
    await suggest_rule(group, "Asha")
    await suggest_rule(group, "Ben", title="Hello", text="Say hello when you come in, and goodbye later.")
    await suggest_rule(group, "Cai", title="Calls", text="Our calls begin at seven on every second Thursday.")
    await group.type("Dee", "/agree-rules suggest add")
    assert "Three ideas are open" in await group.press("Dee", "Go on")
    assert "Three ideas are open" in await group.type("Dee", "/agree-rules suggest add")


async def test_a_rule_that_was_just_added_rests_too(group: GroupUnderTest) -> None:
    await agree_first(group)
    await suggest_rule(group)
    await pass_to(group, "vote_opens")
    await all_agree(group)
    await go_on(group, "Cai", await group.type("Cai", "/agree-rules suggest remove 8"))
    assert "it rests for a while" in await group.fill("Cai", why=WHY)


async def test_a_rule_that_was_just_removed_rests_too(group: GroupUnderTest) -> None:
    await agree_first(group)
    gone = (await newest_rules(group)).rule(3)
    await suggest_removal(group, "Asha", 3)
    await pass_to(group, "vote_opens")
    await all_agree(group, "removing rule 3")
    assert "it rests for a while" in await draft_new_rule(group, "Cai", title=gone.title, text=gone.text)
    await group.pass_time(61 * DAY)
    assert "This is how your idea will look" in await draft_new_rule(
        group, "Cai", title=gone.title, text=gone.text
    )
