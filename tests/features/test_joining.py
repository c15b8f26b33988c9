"""One community in several places: joined with a code that cannot be guessed."""

import re
from datetime import timedelta

from sqlalchemy import select

from bot.contract.events import Place
from bot.features.joining import LETTERS, TRIES_AN_HOUR
from bot.storage import tables
from bot.storage.votes import VoteItem
from ground_rules.agreement import Standing
from tests.features.test_questions import asks
from tests.group import PLACE, GroupUnderTest

OTHER = Place(platform="test", group="g2", channel="c7")
SECOND_CHANNEL = Place(platform="test", group="g1", channel="c2")


async def code_from(group: GroupUnderTest) -> str:
    text = await group.type("Mo", "/desk code")
    found = re.match(r"[A-Z0-9]{6}", text)
    assert found is not None
    return found.group()


async def set_up_other(group: GroupUnderTest) -> None:
    await group.add_bot(OTHER)
    for label in ("Set up this group", "Scotland", "Adults only", "Name any moderator"):
        await group.press("Mo", label, OTHER)
    await group.settle()


def community(group: GroupUnderTest, place: Place = PLACE) -> int:
    known = group.groups.of(place)
    assert known is not None
    return known.community


async def test_a_second_place_joins_with_a_code_and_is_asked_again_first(group: GroupUnderTest) -> None:
    await set_up_other(group)
    code = await code_from(group)
    text = await group.type("Mo", f"/desk join {code.lower()}", OTHER)
    assert "This cannot be undone" in text
    assert community(group, OTHER) != community(group)
    assert "Done." in await group.press("Mo", "Share rules now", OTHER)
    await group.settle()
    assert community(group, OTHER) == community(group)
    there = [shown.text for shown in group.platform.messages.values() if shown.place == OTHER]
    assert sum(text.startswith("Where to turn") for text in there) == 1
    assert any("now shares its rules and votes" in text for text in there)
    async with group.database.transaction() as work:
        assert len((await work.connection.execute(select(tables.communities))).all()) == 1
    await group.rebuild()
    assert community(group, OTHER) == community(group)


async def test_both_places_have_the_same_settings_questions_and_news(group: GroupUnderTest) -> None:
    await group.add_bot(OTHER)
    await group.type("Asha", "/help ask", OTHER)
    await group.press("Asha", "Go on", OTHER)
    await group.fill("Asha", OTHER, words="Asked before the move")
    code = await code_from(group)
    await group.type("Mo", f"/desk join now {code}", OTHER)
    await group.settle()
    assert "999" in await group.type("Asha", "/signpost hypo", OTHER)
    assert "Starter rules" in await group.type("Asha", "/rules", OTHER)
    assert "Asked before the move" in await group.type("Mo", "/desk questions")
    await group.type("Mo", "/desk welcomes no", OTHER)
    assert "Welcomes are off" in await group.type("Mo", "/desk welcomes")


async def test_another_channel_of_the_same_group_gets_the_news_too(group: GroupUnderTest) -> None:
    code = await code_from(group)
    await group.type("Mo", f"/desk join {code}", SECOND_CHANNEL)
    await group.press("Mo", "Share rules now", SECOND_CHANNEL)
    await group.settle()
    assert SECOND_CHANNEL in group.groups.of(PLACE).places  # type: ignore[union-attr]
    assert "shares those rules already" in await group.type("Mo", f"/desk join {code}", SECOND_CHANNEL)
    assert "shares those rules already" in await group.type("Mo", f"/desk join now {code}", SECOND_CHANNEL)


async def test_rules_that_a_group_agreed_are_never_given_up(group: GroupUnderTest) -> None:
    await set_up_other(group)
    code = await code_from(group)
    await agree(group, community(group, OTHER))
    assert "agreed rules of its own" in await group.type("Mo", f"/desk join {code}", OTHER)
    assert "agreed rules of its own" in await group.type("Mo", f"/desk join now {code}", OTHER)
    assert community(group, OTHER) != community(group)


async def agree(group: GroupUnderTest, id: int) -> None:
    async with group.database.transaction() as work:
        newest = await work.agreements.newest(id)
        assert newest is not None
        update = tables.agreements.update().where(tables.agreements.c.community_id == id)
        await work.connection.execute(update.values(standing=Standing.AGREED.value))


async def test_a_group_with_an_open_vote_does_not_move(group: GroupUnderTest) -> None:
    await set_up_other(group)
    code = await code_from(group)
    async with group.database.transaction() as work:
        await work.votes.open(
            community=community(group, OTHER),
            kind="set",
            proposal=None,
            items=[VoteItem(item=1, title="A title", text="A text")],
            now=group.clock(),
            closes_at=group.clock() + timedelta(days=7),
            group_size=12,
            needed=3,
            nonce="0",
            check_value="0",
        )
    assert "A vote is open here" in await group.type("Mo", f"/desk join {code}", OTHER)
    assert "A vote is open here" in await group.type("Mo", f"/desk join now {code}", OTHER)


async def test_an_idea_that_is_open_is_not_lost_by_joining(group: GroupUnderTest) -> None:
    await set_up_other(group)
    await group.type("Asha", "/agree-rules suggest add", OTHER)
    await group.press("Asha", "Go on", OTHER)
    await group.fill("Asha", OTHER, title="Calls", text="Please be on time for our calls.", why="Short ones.")
    await group.press("Asha", "Post my idea", OTHER)
    code = await code_from(group)
    assert "An idea is open here" in await group.type("Mo", f"/desk join {code}", OTHER)
    assert "An idea is open here" in await group.type("Mo", f"/desk join now {code}", OTHER)
    assert community(group, OTHER) != community(group)


async def test_a_wrong_or_old_code_is_said_clearly(group: GroupUnderTest) -> None:
    await group.add_bot(OTHER)
    code = await code_from(group)
    wrong = "A" * 6 if code != "A" * 6 else "B" * 6
    assert "I do not know that code" in await group.type("Mo", f"/desk join {wrong}", OTHER)
    await group.pass_time(timedelta(minutes=61))
    assert "I do not know that code" in await group.type("Mo", f"/desk join {code}", OTHER)
    newer = await code_from(group)
    newest = await code_from(group)
    assert "I do not know that code" in await group.type("Mo", f"/desk join {newer}", OTHER)
    assert "This cannot be undone" in await group.type("Mo", f"/desk join {newest}", OTHER)


async def test_codes_cannot_be_guessed_by_trying(group: GroupUnderTest) -> None:
    await group.add_bot(OTHER)
    code = await code_from(group)
    for _ in range(TRIES_AN_HOUR):
        assert "I do not know that code" in await group.type("Mo", "/desk join WRXNGX", OTHER)
    assert "many codes in one hour" in await group.type("Mo", f"/desk join {code}", OTHER)
    assert "many codes in one hour" in await group.type("Mo", f"/desk join now {code}", OTHER)
    await group.pass_time(timedelta(minutes=61))
    code = await code_from(group)
    assert "This cannot be undone" in await group.type("Mo", f"/desk join {code}", OTHER)
    assert len(LETTERS) ** 6 > 500_000_000
    assert not set("IL1O0") & set(LETTERS)


async def test_a_code_is_written_in_a_form_with_spaces_or_small_letters(group: GroupUnderTest) -> None:
    await group.add_bot(OTHER)
    code = await code_from(group)
    for words, found in [
        (f" {code[:3].lower()} - {code[3:]} ", "This cannot be undone"),
        ("", "I do not know that code"),
        ("😀" * 5000, "I do not know that code"),
        ("**x**", "I do not know that code"),
    ]:
        await group.type("Mo", "/desk join", OTHER)
        assert found in await group.fill("Mo", OTHER, code=words)


async def test_a_member_neither_gives_nor_uses_a_code(group: GroupUnderTest) -> None:
    await group.add_bot(OTHER)
    code = await code_from(group)
    assert "That is for moderators" in await group.type("Asha", "/desk code")
    assert "That is for moderators" in await group.type("Asha", f"/desk join now {code}", OTHER)
    assert community(group, OTHER) != community(group)


async def test_somebody_new_in_the_second_place_is_welcomed_there(group: GroupUnderTest) -> None:
    await group.add_bot(OTHER)
    await group.type("Mo", f"/desk join now {await code_from(group)}", OTHER)
    await group.settle()
    group.add_person("Nia")
    await group.arrive("Nia", OTHER)
    await group.pass_time(timedelta(minutes=1))
    assert list(group.platform.messages.values())[-1].place == OTHER
    assert await asks(group, "Ben", "Does this still work?")


async def test_what_was_chosen_for_the_joining_place_stays_chosen(group: GroupUnderTest) -> None:
    topic = Place(platform="test", group="g2", channel="c7", thread="t1")
    await set_up_other(group)
    await group.type("Mo", "/desk post here votes", SECOND_CHANNEL)
    await group.type("Mo", "/desk post here votes", topic)
    await group.type("Mo", f"/desk join {await code_from(group)}", OTHER)
    await group.press("Mo", "Share rules now", OTHER)
    await group.settle()
    found = group.groups.of(OTHER)
    assert found is not None
    assert set(found.places_for("votes")) == {SECOND_CHANNEL, topic}
