"""After a case: words for the room, nothing more for one person, a talk; and practice runs."""

from datetime import timedelta

from sqlalchemy import select

from bot.contract.actions import Tell
from bot.contract.markup import plain
from bot.storage import tables
from tests.features.worries import (
    ALL_DAY,
    THREAD,
    cases,
    hours,
    pick_up,
    pressed,
    reachable,
    the_case,
    worried,
)
from tests.group import GroupUnderTest


async def closed(group: GroupUnderTest, level: str = "Set it to serious", about: str = "Ben") -> str:
    """A case about a message of Ben's, closed by Mo."""
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    await worried(group, "Asha", "Not sure", THREAD, about=about)
    await pick_up(group, "Mo", level)
    await group.press("Mo", "Close it")
    await group.press("Mo", "Close it now")
    return (await the_case(group)).id


async def test_words_for_the_room_are_chosen_by_a_moderator_and_said_where_it_was(
    group: GroupUnderTest,
) -> None:
    await closed(group)
    shown = await group.press("Mo", "Say something to the group")
    assert "There is no right thing to say" in shown
    posts = len(group.posts)
    await group.press("Mo", "Post: take care of yourself")
    await group.settle()
    assert len(group.posts) == posts + 1
    last = list(group.platform.messages.values())[-1]
    assert last.place == THREAD
    assert "take care of yourself first" in last.text
    assert not last.started


async def test_send_this_person_nothing_more_covers_a_death(group: GroupUnderTest) -> None:
    await closed(group)
    await group.press("Mo", "Send this person nothing more")
    assert "I send them nothing more." in await group.press("Mo", "Send nothing more")
    group.platform.told.clear()
    posts = len(group.posts)
    await group.leave("Ben")
    await group.pass_time(timedelta(days=1))
    await group.arrive("Ben")
    await group.pass_time(timedelta(hours=1))
    assert len(group.posts) == posts, "no welcome"
    async with group.database.transaction() as work:
        greeted = (await work.connection.execute(select(tables.greeted))).all()
    assert greeted == []
    assert group.private_texts("Ben") == []


async def test_an_answer_that_waits_for_them_is_not_sent_any_more(group: GroupUnderTest) -> None:
    id = await closed(group)
    await group.press_payload("Ben", "1-ask")
    await group.press("Ben", "Go on")
    await group.fill("Ben", words="When do we meet?")
    await group.settle()
    group.platform.failures = [OSError("no network")] * 2
    await group.press("Mo", "Answer question 1")
    await group.fill("Mo", words="On Monday.")
    await group.settle()
    await pressed(group, "Mo", "carehushsure", id)
    group.platform.failures.clear()
    await group.pass_time(timedelta(hours=2))
    assert group.private_texts("Ben") == []


async def test_an_answer_that_is_written_later_does_not_reach_them(group: GroupUnderTest) -> None:
    id = await closed(group)
    await group.press_payload("Ben", "1-ask")
    await group.press("Ben", "Go on")
    await group.fill("Ben", words="When do we meet?")
    await group.settle()
    await pressed(group, "Mo", "carehushsure", id)
    await group.press("Mo", "Answer question 1")
    await group.fill("Mo", words="On Monday.")
    await group.pass_time(timedelta(hours=2))
    assert group.private_texts("Ben") == []


async def test_answers_to_what_they_do_themselves_still_come_and_it_can_be_undone(
    group: GroupUnderTest,
) -> None:
    id = await closed(group)
    await pressed(group, "Mo", "carehushsure", id)
    assert "999" in await group.type("Ben", "/signpost crisis")
    assert "I send this person nothing." in await pressed(group, "Mo", "carehush", id)
    assert "again" in await group.press("Mo", "Undo this")
    async with group.database.transaction() as work:
        assert await work.cases.not_written_to(1) == []


async def test_a_moderator_who_died_gets_no_note_and_is_no_moderator_any_more(group: GroupUnderTest) -> None:
    id = await closed(group, about="Nia")
    await pressed(group, "Mo", "carehushsure", id)
    async with group.database.transaction() as work:
        assert [one.id for one in await work.communities.moderators(1)] == ["id-Mo"]
    group.platform.told.clear()
    await worried(group, "Cai")
    await group.pass_time(timedelta(days=8))
    assert group.private_texts("Nia") == []


async def test_without_a_message_it_says_how_to_name_the_person(group: GroupUnderTest) -> None:
    await closed(group, about="")
    assert "I do not know who it is." in await group.press("Mo", "Send this person nothing more")


async def test_a_talk_is_asked_for_the_day_after_a_hard_case_only(group: GroupUnderTest) -> None:
    await closed(group)
    group.platform.told.clear()
    await group.pass_time(timedelta(days=2))
    for name in ("Mo", "Nia"):
        assert sum("talk about it together" in text for text in group.private_texts(name)) == 1


async def test_after_an_easy_case_no_talk_is_asked_for(group: GroupUnderTest) -> None:
    await closed(group, "Set it to low")
    group.platform.told.clear()
    await group.pass_time(timedelta(days=3))
    assert not any("talk about it together" in text for text in group.private_texts("Mo"))


async def practice(group: GroupUnderTest) -> str:
    await reachable(group, "Mo", "Nia")
    await hours(group, ALL_DAY)
    await group.type("Mo", "/desk practice")
    assert "The practice has begun." in await group.press("Mo", "Start a practice now")
    await group.settle()
    return (await the_case(group)).id


async def test_a_practice_is_marked_everywhere(group: GroupUnderTest) -> None:
    id = await practice(group)
    seen = [await group.press("Nia", "Pick it up"), await group.press("Nia", "Set it to serious")]
    for kind in ("case", "caseclose", "caseclosed", "care", "caretalk"):
        seen.append(await pressed(group, "Nia", kind, id))
    seen.append(await group.type("Mo", f"/desk case {id}"))
    group.platform.told, before = [], list(group.platform.told)
    await group.pass_time(timedelta(days=2))
    seen += [plain(tell.body) for _, tell, _ in (*before, *group.platform.told) if isinstance(tell, Tell)]
    marked = [text for text in seen if "Practice. Nobody is in danger." in text]
    assert [text for text in seen if text not in marked and "case" in text.lower()] == []
    assert len(marked) >= 9


async def test_a_practice_goes_the_same_way_on_the_same_clock(group: GroupUnderTest) -> None:
    await practice(group)
    assert len(group.private_texts("Nia")) >= 1
    await group.pass_time(timedelta(minutes=16))
    assert (await the_case(group)).overdue
    assert len(group.private_texts("Nia")) >= 2


async def test_members_see_nothing_of_a_practice_and_no_place_is_quiet(group: GroupUnderTest) -> None:
    posts = list(group.posts)
    id = await practice(group)
    await group.pass_time(timedelta(minutes=20))
    assert group.posts == posts
    assert "not here any more" in await pressed(group, "Mo", "worrystatus", id)
    assert "nothing here" in await group.type("Mo", "/worried mine")
    async with group.database.transaction() as work:
        case = await work.cases.find(1, id)
        assert case is not None
        assert case.on is not None
        assert not await work.cases.live_in(case.on.place, group.clock() - timedelta(days=1))


async def test_one_practice_at_a_time_and_none_leaves_anybody_alone(group: GroupUnderTest) -> None:
    id = await practice(group)
    assert "A practice is open already" in await group.type("Nia", "/desk practice start")
    assert "no such case" in await pressed(group, "Mo", "carehushsure", id)
    assert len(await cases(group)) == 1


async def test_a_practice_posts_nothing_in_the_room(group: GroupUnderTest) -> None:
    id = await practice(group)
    before = list(group.posts)
    assert "I post nothing" in await pressed(group, "Mo", "careroompost", id, "sorry")
    await group.settle()
    assert group.posts == before
