"""The life of a group: the bot comes and goes, people join, groups move, topics open."""

import pytest

from bot.contract.actions import Button, Edit, Post
from bot.contract.events import (
    ButtonPressed,
    CommandGiven,
    Event,
    GroupAdded,
    GroupMoved,
    GroupRemoved,
    JoinRequested,
    MemberJoined,
    MemberLeft,
    ThreadOpened,
)
from bot.contract.platform import TryLater, Unreachable
from tests.adapters.telegram.conftest import Bench
from tests.adapters.telegram.small_core import body, reply
from tests.adapters.telegram.stand_in import Group, Said, Someone
from tests.adapters.telegram.stand_in.world import BOT
from tests.adapters.telegram.test_sending import place, post


@pytest.fixture
async def ben(bench: Bench) -> Someone:
    return bench.world.somebody("Ben")


async def test_the_bot_is_added_promoted_demoted_removed_and_added_again(
    bench: Bench, mo: Someone, group: Group
) -> None:
    group.bot_status = "left"
    for status in ("member", "administrator", "member", "kicked", "member"):
        await bench.people.add_bot(mo, group, status=status)
        await bench.settle()
    kinds = [type(event).__name__ for event in bench.core.events]
    assert kinds == ["GroupAdded", "GroupRemoved", "GroupAdded"]
    added = bench.core.of(GroupAdded)[0]
    assert added.person.is_moderator
    assert added.group_size == 2
    assert added.place == place(group)


async def test_two_groups_of_one_name_are_two_and_a_channel_is_none(bench: Bench, mo: Someone) -> None:
    for kind in ("supergroup", "group", "channel"):
        group = bench.world.group("Same name", kind=kind)
        group.standing[mo.id] = "creator"
        await bench.people.add_bot(mo, group, status="member" if kind != "channel" else "administrator")
    await bench.settle()
    assert len({one.place.group for one in bench.core.of(GroupAdded)}) == 2


async def test_being_blocked_in_a_private_chat_is_no_groups_affair(bench: Bench, asha: Someone) -> None:
    await bench.people.block(asha)
    await bench.settle()
    assert bench.core.events == []


@pytest.mark.parametrize("signals", ["both", "service", "member"])
async def test_a_newcomer_is_greeted_once_from_whichever_signal_comes(
    bench: Bench, ben: Someone, group: Group, signals: str
) -> None:
    await bench.people.join(group, ben, signals=signals)
    await bench.settle()
    joined = bench.core.of(MemberJoined)
    assert [one.person.id for one in joined] == [str(ben.id)]
    assert joined[0].is_member


async def test_a_newcomer_is_greeted_once_although_the_bot_restarts_between_the_signals(
    bench: Bench, ben: Someone, group: Group
) -> None:
    await bench.people.join(group, ben, signals="member")
    await bench.settle()
    await bench.restart()
    await bench.people.join(group, ben, signals="service")
    await bench.settle()
    assert len(bench.core.of(MemberJoined)) == 1


async def test_who_comes_again_after_leaving_is_a_newcomer_again(
    bench: Bench, ben: Someone, group: Group
) -> None:
    await bench.people.join(group, ben)
    await bench.people.leave(group, ben)
    await bench.settle()
    await bench.people.join(group, ben)
    await bench.settle()
    kinds = [type(event).__name__ for event in bench.core.events]
    assert kinds[0] == "MemberJoined"
    assert kinds.count("MemberJoined") == 2
    assert [one.is_member for one in bench.core.of(MemberLeft)] == [False]


async def test_a_hundred_who_come_at_once_cause_few_questions(
    bench: Bench, asha: Someone, group: Group
) -> None:
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    asked = len(bench.stand_in.calls)
    await bench.people.join(group, *(bench.world.somebody(f"N{number}") for number in range(100)))
    await bench.settle()
    assert len(bench.core.of(MemberJoined)) == 100
    assert bench.core.of(MemberJoined)[-1].group_size == 102
    calls = [name for name, _ in bench.stand_in.calls[asked:] if name != "getupdates"]
    assert len(calls) <= 2


async def test_several_come_at_once_added_by_somebody(bench: Bench, mo: Someone, group: Group) -> None:
    names = ["<b>Eve</b>", "عمر", "😀" * 40, "x" * 70]
    people = [bench.world.somebody(name, language=None) for name in names]
    robot = bench.world.somebody("Robot")
    robot.is_bot = True
    await bench.people.join(group, *people, robot, by=mo)
    await bench.settle()
    joined = bench.core.of(MemberJoined)
    assert sorted(one.person.name for one in joined) == sorted(names)
    assert len({one.id for one in joined}) == len(names)


async def test_a_restricted_member_who_comes_back_is_a_newcomer(
    bench: Bench, ben: Someone, group: Group
) -> None:
    away = {"user": ben.wire(), "status": "left"}
    await bench.people.promote(ben, group, ben, "restricted", old="left")
    await bench.settle()
    assert len(bench.core.of(MemberJoined)) == 1
    assert away


async def test_a_join_request_is_answered_in_private_with_buttons_that_know_the_group(
    bench: Bench, ben: Someone, group: Group
) -> None:
    read = Button(label="I have read them", payload="1-mayjoin")
    bench.core.answers = lambda event: [reply("Our rules", read)] if isinstance(event, JoinRequested) else ()
    await bench.people.ask_to_join(ben, group)
    await bench.settle()
    await bench.restart()
    shown = bench.sees(ben)[-1]
    assert shown.chat == ben.id
    await bench.people.press(ben, shown, "I have read them")
    await bench.settle()
    asked = bench.core.of(JoinRequested)[0]
    assert asked.place == place(group)
    assert asked.is_member is False
    assert bench.core.of(ButtonPressed)[0].payload == "1_7-mayjoin"


async def test_a_new_topic_is_told_where_somebody_wants_to_know(
    bench: Bench, asha: Someone, group: Group
) -> None:
    await bench.people.open_topic(asha, group, "Pumps")
    await bench.settle()
    assert bench.core.events == []
    bench.core.wanted = {ThreadOpened}
    bench.core.answers = lambda event: [reply("Hello there", private=False)]
    topic = await bench.people.open_topic(asha, group, "<Sensors> & more")
    await bench.settle()
    assert bench.core.of(ThreadOpened)[0].place.thread == str(topic.id)
    assert bench.sees(asha)[-1].thread == topic.id


@pytest.mark.parametrize("order", ["old first", "new first"])
async def test_a_group_that_becomes_a_supergroup_moves_once(
    bench: Bench, asha: Someone, mo: Someone, order: str
) -> None:
    plain = bench.world.group("Type 1", asha, mo, kind="group")
    plain.bot_status = "member"
    new = await bench.people.upgrade(mo, plain, order=order)
    await bench.settle()
    moved = bench.core.of(GroupMoved)
    assert [(one.before.group, one.place.group) for one in moved] == [(str(plain.id), str(new.id))]
    made = await bench.telegram.perform(post(plain), "cg1")
    assert made is not None
    assert made.place.group == str(new.id)


async def test_a_failing_call_to_the_old_id_is_enough_to_follow_a_group(
    bench: Bench, asha: Someone, mo: Someone
) -> None:
    plain = bench.world.group("Type 1", asha, mo, kind="group")
    plain.bot_status = "member"
    new = await bench.people.upgrade(mo, plain, order="none")
    with pytest.raises(TryLater):
        await bench.telegram.perform(post(plain), "cg1")
    assert bench.core.of(GroupMoved)[0].place.group == str(new.id)
    await bench.telegram.perform(post(plain), "cg1")
    assert bench.texts(asha) == ["A vote"]


@pytest.mark.parametrize("first", ["a command", "a press", "an answer on its way"])
async def test_whatever_meets_the_old_id_first_follows_the_group(
    bench: Bench, asha: Someone, mo: Someone, first: str
) -> None:
    plain = bench.world.group("Type 1", asha, kind="group")
    plain.standing[mo.id] = "creator"
    plain.bot_status = "member"
    bench.core.communities[str(plain.id)] = 7
    await bench.telegram.perform(post(plain), "cg1")
    ballot = bench.sees(mo)[0]
    bench.core.answers = lambda event: [reply("Our rules", private=False)]
    if first == "an answer on its way":
        await bench.telegram.members.standing(plain.id, mo.id)
    new = await bench.people.upgrade(mo, plain, order="none")
    if first == "a press":
        await bench.people.press(mo, ballot, "Agree")
    else:
        await bench.people.say(mo, plain, "/rules")
    await bench.settle()
    [given] = [one for one in bench.core.events if isinstance(one, CommandGiven | ButtonPressed)]
    assert given.person.is_moderator
    assert [said.text for said in bench.world.visible(mo, new.id)] == ["Our rules"]
    if first != "an answer on its way":
        assert [one.place.group for one in bench.core.of(GroupMoved)] == [str(new.id)]


async def test_a_move_that_was_received_and_not_told_is_told_at_the_next_start(
    bench: Bench, asha: Someone, mo: Someone
) -> None:
    plain = bench.world.group("Type 1", asha, mo, kind="group")
    plain.bot_status = "member"
    bench.core.communities[str(plain.id)] = 7
    new = await bench.people.upgrade(mo, plain, order="none")
    bench.telegram.state.move(plain.id, new.id)  # and the process was killed before the core had it
    await bench.restart()
    assert [one.place.group for one in bench.core.of(GroupMoved)] == [str(new.id)]
    await bench.restart()
    assert len(bench.core.of(GroupMoved)) == 1


async def test_a_newcomer_whose_welcome_could_not_be_stored_is_told_by_the_second_signal(
    bench: Bench, ben: Someone, group: Group
) -> None:
    receive, failing = bench.core.receive, True

    async def failing_once(event: Event) -> object:
        nonlocal failing
        if failing:
            failing = False
            raise RuntimeError("killed here")
        return await receive(event)

    bench.core.receive = failing_once  # type: ignore[method-assign, assignment]
    await bench.restart()
    await bench.people.join(group, ben, signals="member")
    await bench.settle()
    assert bench.core.of(MemberJoined) == []
    await bench.people.join(group, ben, signals="service")
    await bench.settle()
    assert len(bench.core.of(MemberJoined)) == 1


async def test_a_ballot_posted_before_the_move_can_still_be_pressed_and_closed(
    bench: Bench, asha: Someone, mo: Someone
) -> None:
    plain = bench.world.group("Type 1", asha, mo, kind="group")
    plain.bot_status = "member"
    made = await bench.telegram.perform(post(plain), "cg1")
    assert made is not None
    old = bench.sees(asha)[0]
    new = await bench.people.upgrade(mo, plain)
    await bench.people.press(asha, old, "Agree")
    await bench.settle()
    assert bench.core.of(ButtonPressed)[0].place.group == str(new.id)
    await bench.telegram.perform(Edit(message=made, body=body("Closing soon")), "cg2")
    await bench.telegram.show_edits()
    await bench.restart()
    await bench.telegram.perform(Edit(message=made, body=body("Closed")), "cg3")
    await bench.telegram.show_edits()
    assert [said.text for said in bench.world.visible(asha, new.id) if said.by is BOT] == ["Closed"]


async def test_privacy_mode_leaves_commands_presses_and_answers_working(
    bench: Bench, asha: Someone, group: Group
) -> None:
    group.bot_status = "member"
    await bench.people.say(asha, group, "good morning")
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    assert [one.name for one in bench.core.of(CommandGiven)] == ["rules"]


async def test_a_group_that_removed_the_bot_in_the_middle_is_told_so_and_posts_end(
    bench: Bench, mo: Someone, group: Group
) -> None:
    await bench.people.remove_bot(mo, group)
    await bench.settle()
    assert len(bench.core.of(GroupRemoved)) == 1
    with pytest.raises(Unreachable):
        await bench.telegram.perform(Post(place=place(group), body=body("Result")), "cg1")


async def test_the_linked_channels_posts_are_nobodys_words(bench: Bench, group: Group) -> None:
    service = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    forward = {"type": "channel", "date": 1, "chat": {"id": -100777, "type": "channel"}, "message_id": 5}
    extra = {"is_automatic_forward": True, "forward_origin": forward}
    said = Said(bench.world.next_message(group.id), group.id, service, "/rules", 1, extra=extra)
    await bench.world.update("message", bench.world.wire(said))
    await bench.settle()
    assert bench.core.events == []
