"""Posts longer than one message: said once, changed whole, deleted whole."""

import pytest

from bot.contract.actions import Button, Delete, Edit, Post
from bot.contract.events import MessageRef
from bot.contract.platform import TryLater
from tests.adapters.telegram.conftest import Bench
from tests.adapters.telegram.small_core import body, reply
from tests.adapters.telegram.stand_in import BOT, Fault, Group, Someone
from tests.adapters.telegram.test_sending import place

AGREE = (Button(label="Agree", payload="1-agree-3"),)


def words(mark: str, parts: int) -> tuple[str, ...]:
    """Paragraphs that fill this many messages."""
    return tuple(f"{mark} {number} " + "word " * 700 for number in range(parts))


def long(group: Group, mark: str = "rule", parts: int = 3, thread: int | None = None) -> Post:
    return Post(place=place(group, thread), body=body(*words(mark, parts)), buttons=AGREE)


async def posted(bench: Bench, post: Post) -> MessageRef:
    made = await bench.telegram.perform(post, "cg1")
    assert made is not None
    return made


async def edited(bench: Bench, made: MessageRef, mark: str, parts: int, key: str = "cg2") -> None:
    edit = Edit(message=made, body=body(*words(mark, parts)), buttons=AGREE)
    await bench.telegram.perform(edit, key)
    await bench.telegram.show_edits()


def standing(bench: Bench, who: Someone) -> list[str]:
    """Its messages by their first words, the one with the button marked."""
    return [" ".join(said.text.split()[:2]) + ("!" if said.buttons else "") for said in bench.sees(who)]


@pytest.mark.parametrize("parts", [1, 2, 3, 5])
async def test_an_edit_changes_every_message_of_a_long_post(
    bench: Bench, asha: Someone, group: Group, parts: int
) -> None:
    topic = await bench.people.open_topic(asha, group, "Votes")
    made = await posted(bench, long(group, thread=topic.id))
    await edited(bench, made, "new", parts)
    shown = [f"new {number}" for number in range(parts)]
    assert standing(bench, asha) == [*shown[:-1], f"{shown[-1]}!"]
    assert {said.thread for said in bench.sees(asha)} == {topic.id}


async def test_a_post_grows_and_shrinks_and_grows_over_restarts(
    bench: Bench, asha: Someone, group: Group
) -> None:
    made = await posted(bench, long(group, parts=1))
    for number, parts in enumerate((3, 2, 1, 4)):
        await edited(bench, made, f"v{number}", parts, key=f"cg{number + 2}")
        assert [one.rstrip("!") for one in standing(bench, asha)] == [f"v{number} {i}" for i in range(parts)]
        await bench.restart()
    assert int(made.id) in [said.id for said in bench.sees(asha)]  # it may be pinned


async def test_a_part_too_old_to_be_deleted_says_nothing_any_more(
    bench: Bench, asha: Someone, group: Group
) -> None:
    group.rights.discard("can_delete_messages")
    made = await posted(bench, long(group, parts=2))
    bench.world.too_old = {said.id for said in bench.sees(asha)}
    await edited(bench, made, "new", 1)
    assert [said.text.split()[0] for said in bench.sees(asha)] == ["…", "new"]


async def test_deleting_a_long_post_deletes_all_of_it(bench: Bench, asha: Someone, group: Group) -> None:
    made = await posted(bench, long(group))
    await bench.restart()
    await bench.telegram.perform(Delete(message=made), "cg2")
    await bench.telegram.perform(Delete(message=made), "cg3")
    assert bench.sees(asha) == []


async def test_a_long_post_is_said_anew_once_where_its_group_moved(
    bench: Bench, asha: Someone, mo: Someone
) -> None:
    plain = bench.world.group("Type 1", asha, mo, kind="group")
    plain.bot_status = "member"
    made = await posted(bench, long(plain))
    new = await bench.people.upgrade(mo, plain)
    await bench.settle()
    bench.stand_in.fail("sendMessage", Fault.flood(0))
    for number in (2, 3):
        await edited(bench, made, f"v{number}", 2, key=f"cg{number}")
    await bench.restart()
    await edited(bench, made, "v4", 3, key="cg4")
    there = [said for said in bench.world.visible(asha, new.id) if said.by is BOT]
    assert [" ".join(said.text.split()[:2]) for said in there] == ["v4 0", "v4 1", "v4 2"]


@pytest.mark.parametrize("fault", [Fault.flood(0), Fault(kind="reset"), Fault(kind="reset", done=True)])
async def test_what_fails_in_the_middle_of_a_long_post_doubles_no_part(
    bench: Bench, asha: Someone, group: Group, fault: Fault
) -> None:
    await bench.people.say(asha, group, "good morning")
    await bench.settle()
    bench.stand_in.fail("sendMessage", Fault.flood(0))
    with pytest.raises(TryLater):
        await bench.telegram.perform(long(group), "cg1")
    connection = bench.telegram.connection
    send, tries = connection.send, 0

    async def second_fails(*given: object, **more: object) -> object:
        nonlocal tries
        tries += 1
        if tries == 2:
            bench.stand_in.fail("sendMessage", fault)
        return await send(*given, **more)  # type: ignore[arg-type]

    connection.send = second_fails  # type: ignore[method-assign, assignment]
    with pytest.raises(TryLater):
        await bench.telegram.perform(long(group), "cg1")
    connection.limiter.flooded(group.id, 0)
    await bench.restart()
    await bench.telegram.perform(long(group), "cg1")
    assert standing(bench, asha) == ["rule 0", "rule 1", "rule 2!"]


async def test_looking_for_a_lost_message_changes_no_other_of_ours(
    bench: Bench, asha: Someone, group: Group
) -> None:
    await bench.people.say(asha, group, "good morning")
    await bench.settle()
    bench.stand_in.fail("sendMessage", Fault(kind="reset"))
    with pytest.raises(TryLater):
        await bench.telegram.perform(long(group, parts=1), "cg1")
    bench.core.answers = lambda event: [reply("These are our rules.", private=False)]
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    await bench.restart()
    await bench.telegram.perform(long(group, parts=1), "cg1")
    assert standing(bench, asha) == ["These are", "rule 0!"]


async def test_a_ballot_is_found_again_by_what_was_sent_before_a_restart(
    bench: Bench, asha: Someone, group: Group
) -> None:
    await bench.telegram.perform(long(group, "first", 1), "cg1")
    await bench.restart()  # no message of this chat was seen since
    bench.stand_in.fail("sendMessage", Fault(kind="reset", done=True))
    with pytest.raises(TryLater):
        await bench.telegram.perform(long(group, "second", 1), "cg2")
    await bench.restart()
    await bench.telegram.perform(long(group, "second", 1), "cg2")
    assert standing(bench, asha) == ["first 0!", "second 0!"]


async def test_urgent_words_find_room_when_many_others_are_sent(bench: Bench, asha: Someone) -> None:
    limiter = bench.telegram.connection.limiter
    for _ in range(bench.pace.per_second):
        limiter.took(asha.id)
    assert limiter.wait(asha.id) > 0
    assert limiter.wait(asha.id, urgent=True) == 0
