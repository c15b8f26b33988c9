"""What is kept about a person, and until when: told first, shown whole, deleted when asked."""

from datetime import timedelta

import pytest
from sqlalchemy import Table, select

from bot.contract.events import JoinRequested, MessageRef, Place
from bot.features import drafting, keeping, setting_up
from bot.keeping import KEPT, Kept, time_kept
from bot.storage import tables
from tests.features.test_questions import asks
from tests.features.votes import HURTS, SEVEN_DAYS, ask_group, choose, object_to_rule
from tests.group import PLACE, GroupUnderTest

PRIVATE = Place(platform="test", group="", channel="dm")
BY_PERSON = (tables.people, tables.acknowledgements, tables.asks, tables.questions, tables.moderators)


async def rows(group: GroupUnderTest, *chosen: Table) -> int:
    """How many rows these tables hold."""
    found = 0
    async with group.database.transaction() as work:
        for table in chosen:
            found += len((await work.connection.execute(select(table))).all())
    return found


async def test_reading_and_finding_help_leave_no_trace(group: GroupUnderTest) -> None:
    before = await rows(group, *tables.metadata.sorted_tables)
    for typed in (
        "/rules",
        "/rules 4",
        "/signpost crisis",
        "/signpost",
        "/help",
        "/help about",
        "/me",
        "/privacy",
    ):
        assert await group.type("Asha", typed)
    await group.type("Asha", "/me show")
    assert await rows(group, *tables.metadata.sorted_tables) == before


async def test_the_first_press_that_stores_anything_says_what_and_until_when(group: GroupUnderTest) -> None:
    text = await group.type("Asha", "/me typed yes")
    assert "until you delete them" in text
    assert "14 days" in text
    assert group.labels("Asha") == ["Go on", "Not now"]
    assert await rows(group, tables.people) == 0
    assert "Saved." in await group.press("Asha", "Go on")
    assert "Saved." in await group.type("Asha", "/me typed no")


async def test_not_now_keeps_nothing_and_leaves_reading_and_help_untouched(group: GroupUnderTest) -> None:
    await group.type("Asha", "/me typed yes")
    assert "I saved nothing" in await group.press("Asha", "Not now")
    assert await rows(group, tables.people) == 0
    assert "Starter rules" in await group.type("Asha", "/rules")
    assert "Samaritans" in await group.type("Asha", "/signpost crisis")


async def test_go_on_and_not_now_can_be_typed(group: GroupUnderTest) -> None:
    await group.type("Asha", "/me typed yes")
    assert "press or type again" in await group.type("Asha", "/me go-on")
    assert "Saved." in await group.type("Asha", "/me typed yes")
    assert "I saved nothing" in await group.type("Ben", "/me not-now")


async def test_whoever_wants_typed_twins_gets_them_everywhere(group: GroupUnderTest) -> None:
    await group.type("Asha", "/me typed yes")
    await group.press("Asha", "Go on")
    assert "type /signpost door low" in await group.type("Asha", "/signpost")
    assert "type /help about" in await group.type("Asha", "/help")
    assert "type /agree-rules suggest" in await group.type("Asha", "/rules 4")
    assert "type /me typed no" in await group.type("Asha", "/me")
    assert "type" not in group_labels_only(await group.type("Ben", "/rules 4"))
    await group.type("Asha", "/me typed no")
    assert "type /help about" not in await group.type("Asha", "/help")


def group_labels_only(text: str) -> str:
    return text.partition("Suggest a change:")[2]


@pytest.mark.parametrize("typed", ["typed maybe", "messages 1", "language zz", "language", "x" * 5000, "😀"])
async def test_a_choice_that_is_none_changes_nothing(group: GroupUnderTest, typed: str) -> None:
    await group.type("Asha", "/me go-on")
    before = await group.type("Asha", "/me")
    assert "Saved." not in await group.type("Asha", f"/me {typed}")
    assert await group.type("Asha", "/me") == before


async def test_what_was_chosen_outlives_a_restart(group: GroupUnderTest) -> None:
    await group.type("Asha", "/me messages no")
    await group.press("Asha", "Go on")
    await group.rebuild()
    assert "Private messages: no" in await group.type("Asha", "/me")


async def test_privacy_says_for_how_long_exactly_as_the_deletion_job_does(group: GroupUnderTest) -> None:
    text = await group.type("Asha", "/privacy")
    timed = {kept.name: kept.days for kept in KEPT if kept.days is not None}
    assert set(keeping.FORGET) == set(timed) - {"removed"}
    assert time_kept("removed") == setting_up.KEPT_AFTER_REMOVAL
    assert time_kept("drafts") == drafting.DRAFT_LASTS
    for days in timed.values():
        assert (f"for {days} days" if days > 1 else "for one day") in text.replace("after", "for")
    assert "whoever runs the server holds its key" in text
    assert "a copy made during a vote still holds that vote" in text
    assert "passes through this chat service" in text
    with pytest.raises(KeyError):
        time_kept("ballots")


@pytest.mark.parametrize(
    "kept", [kept for kept in KEPT if kept.name in keeping.FORGET], ids=lambda kept: kept.name
)
async def test_the_deletion_job_keeps_things_for_exactly_their_days(
    group: GroupUnderTest, kept: Kept
) -> None:
    name, days = kept.name, kept.days or 0
    await make_one_of_each(group)
    table = {
        "greeted": tables.greeted,
        "drafts": tables.proposals,
        "questions": tables.questions,
        "reminders": tables.reminders,
        "wishes": tables.reminder_wishes,
        "requests": tables.join_requests,
        "moderator_wrote": tables.threads,
        "watched": tables.noticed,
        "cases": tables.cases,
        "shown": tables.shown_links,
    }.get(name)
    if name == "gaps":
        await months_of_gaps_are_kept_whole(group, days)
        return
    if table is None:
        await group.type("Mo", "/me messages no")  # or the weekly note would be said meanwhile
        await group.press("Mo", "Go on")
        await group.pass_time(timedelta(days=days + 2))
        assert await rows(group, tables.outbox) == 0
        return
    await group.pass_time(timedelta(days=days) - timedelta(hours=2))
    assert await rows(group, table) == 1
    await group.pass_time(timedelta(days=1, hours=4))
    assert await rows(group, table) == 0


async def months_of_gaps_are_kept_whole(group: GroupUnderTest, days: int) -> None:
    await group.pass_time(timedelta(days=days))
    assert await rows(group, tables.gaps) == 1
    await group.pass_time(timedelta(days=32))
    assert await rows(group, tables.gaps) == 0


async def make_one_of_each(group: GroupUnderTest) -> None:
    await group.join("Nia")
    await asks(group, "Asha", "When do we meet?")
    await group.type("Mo", "/remind post small")
    await group.type("Ben", "/remind")
    group.add_person("Una")
    await group.receive(JoinRequested(**{**group.about("Una"), "is_member": False}))
    async with group.database.transaction() as work:
        community = group.groups.of(PLACE).community  # type: ignore[union-attr]
        now = group.clock()
        await work.threads.moderator_wrote(community, PLACE, now)
        await work.signposts.count_gap(community, "sex", near=False, now=now)
        await work.signposts.show(community, PLACE, now, timedelta(hours=6), crisis=False)
        noticed = MessageRef(place=PLACE, id="m1")
        await work.cases.add("c1", community, None, now, reporter_key="k", risk="no")
        closed = tables.cases.update().values(state="closed", closed_at=now)
        await work.connection.execute(closed)
        await work.watch.note(community, noticed, rule="off", level="quiet", outcome="seen", now=now)
        values = {"community_id": community, "made_at": now, "opens_at": now, "closes_at": now}
        insert = tables.proposals.insert().values(
            state="draft", origin="member", kind="rule", change="add", proposer="k", builds_on=1, **values
        )
        await work.connection.execute(insert)


async def test_show_mine_shows_everything(group: GroupUnderTest) -> None:
    assert "I keep nothing about you." in await group.type("Asha", "/me show")
    await group.join("Nia")
    await asks(group, "Nia", "When do we meet?")
    community = group.groups.of(PLACE).community  # type: ignore[union-attr]
    key = group.app._secrecy.person_key(group.people["Nia"])
    async with group.database.transaction() as work:
        await work.people.acknowledge(community, key, 1, group.clock())
        await work.people.ask(community, "review", key, group.clock())
    text = await group.type("Nia", "/me show")
    for part in ("When do we meet?", "11 January 2027", "10 February 2027", "version 1", "One private wish"):
        assert part in text
    assert "You are a moderator" in await group.type("Mo", "/me show")


async def test_delete_mine_asks_again_then_deletes_everything(group: GroupUnderTest) -> None:
    await asks(group, "Asha", "When do we meet?")
    text = await group.type("Asha", "/me delete")
    assert "A vote of yours that is still open stays" in text
    assert "Your ideas lose your name" in text
    assert await rows(group, tables.questions, tables.people) == 2
    assert "Done." in await group.press("Asha", "Delete it now")
    assert await rows(group, tables.questions, tables.people) == 0
    assert "I keep nothing about you." in await group.type("Asha", "/me show")
    assert "Before I save anything" in await group.type("Asha", "/me typed yes")
    await group.type("Mo", "/me delete now")
    assert await rows(group, *BY_PERSON) == 0


async def test_delete_mine_in_an_open_vote_leaves_the_ballot_which_still_counts_once(
    group: GroupUnderTest,
) -> None:
    vote = await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    own = "Your choice in a vote that is open until 18 January 2027."
    assert own in await group.type("Asha", "/me show")
    assert own not in await group.type("Dee", "/me show")
    assert "so that nobody votes twice" in await group.type("Asha", "/me delete")
    assert "Done." in await group.press("Asha", "Delete it now")
    assert await rows(group, tables.people) == 2
    assert await rows(group, tables.ballots) == 3
    assert own in await group.type("Asha", "/me show")
    assert own in await group.type("Asha", "/me show", PRIVATE)
    assert "Your vote is: Agree to all" in await group.type("Asha", f"/agree-rules vote {vote}")
    assert "Your vote is: Skip" in await choose(group, "Skip this vote", "Asha")
    assert await rows(group, tables.ballots) == 3
    await group.type("Asha", "/me delete now")
    await group.pass_time(SEVEN_DAYS)
    assert any("We agreed this by a vote" in post for post in group.posts)
    assert await rows(group, tables.ballots) == 0
    assert "I keep nothing about you." in await group.type("Asha", "/me show")


async def test_an_objection_that_holds_a_change_back_is_shown_to_its_author_alone(
    group: GroupUnderTest,
) -> None:
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Cai", "Dee")
    await object_to_rule(group, "Ben", 4, HURTS)
    await group.pass_time(SEVEN_DAYS)
    await group.type("Ben", "/me delete now")
    assert "Your objection that holds a change back." in await group.type("Ben", "/me show")
    assert "objection" not in await group.type("Asha", "/me show")
    await group.pass_time(SEVEN_DAYS)
    assert "I keep nothing about you." in await group.type("Ben", "/me show")


async def test_an_idea_loses_its_name_also_in_the_room_and_goes_on(group: GroupUnderTest) -> None:
    await group.type("Asha", "/agree-rules suggest")
    await group.press("Asha", "Add a rule")
    await group.press("Asha", "Go on")
    await group.fill(
        "Asha", title="Kind words", text="Please use kind words with each other.", why="It helps."
    )
    await group.press("Asha", "Post my idea")
    await group.settle()
    assert "An idea from Asha" in group.posts[-1]
    assert "Your idea: Kind words" in await group.type("Asha", "/me show")
    await group.type("Asha", "/me delete now")
    await group.settle()
    assert not [post for post in group.posts if "Asha" in post]
    assert "Kind words" in group.posts[-1]
    assert "We talk about the new rule" in await group.type("Ben", "/agree-rules")
    async with group.database.transaction() as work:
        dump = [str(row) for row in (await work.connection.execute(select(tables.proposals))).all()]
    assert "Asha" not in dump[0]


async def test_what_stays_after_deleting_is_said_with_its_date(group: GroupUnderTest) -> None:
    await group.join("Nia")
    text = await group.type("Nia", "/me delete now")
    assert "One thing stays until 10 February 2027" in text
    assert await rows(group, tables.greeted) == 1


async def test_deleting_mine_leaves_what_others_have(group: GroupUnderTest) -> None:
    await asks(group, "Asha", "Mine")
    await asks(group, "Ben", "His")
    await group.type("Asha", "/me delete now")
    assert "His" in await group.type("Ben", "/me show")


async def test_somebody_who_left_can_still_see_and_delete(group: GroupUnderTest) -> None:
    await asks(group, "Asha", "Mine")
    await group.leave("Asha")
    assert "Mine" in await group.type("Asha", "/me show")
    assert "Done." in await group.type("Asha", "/me delete now")


async def test_me_privacy_help_and_signpost_work_in_a_private_chat(group: GroupUnderTest) -> None:
    assert "Your settings" in await group.type("Asha", "/me", PRIVATE)
    assert "What I keep" in await group.type("Asha", "/privacy", PRIVATE)
    assert "Before I save" in await group.type("Asha", "/me typed yes", PRIVATE)
    assert "Saved." in await group.press("Asha", "Go on", PRIVATE)
    assert "You said" in await group.type("Asha", "/me show", PRIVATE)
    assert "Done." in await group.type("Asha", "/me delete now", PRIVATE)
    assert "your local emergency number" in await group.type("Asha", "/help about", PRIVATE)
    assert "findahelpline.com" in await group.type("Asha", "/signpost crisis", PRIVATE)
