"""Presses: always answered, whoever presses, whenever, however often."""

import asyncio

import pytest

from bot.contract.actions import Button
from bot.contract.events import ButtonPressed
from tests.adapters.telegram.conftest import Bench
from tests.adapters.telegram.small_core import reply
from tests.adapters.telegram.stand_in import Fault, Group, Said, Someone
from tests.adapters.telegram.stand_in.world import BOT


@pytest.fixture
async def ballot(bench: Bench, group: Group) -> Said:
    keyboard = {"inline_keyboard": [[{"text": "Agree", "callback_data": "1-agree-3"}]]}
    said = Said(bench.world.next_message(group.id), group.id, BOT, "Vote", 1, keyboard=keyboard)
    bench.world.said.append(said)
    bench.core.answers = lambda event: [reply("Your vote is in.")] if isinstance(event, ButtonPressed) else ()
    return said


def answered(bench: Bench) -> bool:
    return all(done for _, done in bench.world.queries.values())


async def test_a_press_says_who_pressed_what_where(
    bench: Bench, asha: Someone, group: Group, ballot: Said
) -> None:
    await bench.people.press(asha, ballot, "Agree")
    await bench.settle()
    pressed = bench.core.of(ButtonPressed)[0]
    assert (pressed.payload, pressed.person.id, pressed.is_member) == ("1-agree-3", str(asha.id), True)
    assert pressed.on is not None
    assert pressed.on.id == str(ballot.id)
    assert pressed.place.group == str(group.id)
    assert answered(bench)


async def test_pressing_twice_is_answered_twice(bench: Bench, asha: Someone, ballot: Said) -> None:
    await bench.people.press(asha, ballot, "Agree")
    await bench.people.press(asha, ballot, "Agree")
    await bench.settle()
    first, second = bench.core.of(ButtonPressed)
    assert first.seq < second.seq
    assert answered(bench)


async def test_who_left_is_known_to_have_left(
    bench: Bench, asha: Someone, group: Group, ballot: Said
) -> None:
    await bench.people.press(asha, ballot, "Agree")
    await bench.settle()
    await bench.people.leave(group, asha)
    await bench.people.press(asha, ballot, "Agree")
    stranger = bench.world.somebody("Stranger")
    await bench.people.press(stranger, ballot, "Agree")
    await bench.settle()
    assert [one.is_member for one in bench.core.of(ButtonPressed)] == [True, False, False]
    assert answered(bench)


async def test_a_message_that_cannot_be_reached_any_more_still_has_working_buttons(
    bench: Bench, asha: Someone, ballot: Said
) -> None:
    await bench.people.press(asha, ballot, "Agree", inaccessible=True)
    await bench.settle()
    assert len(bench.core.of(ButtonPressed)) == 1
    assert answered(bench)


async def test_a_press_is_ended_in_time_when_the_core_is_slow(
    unconnected: Bench,
) -> None:
    bench = unconnected
    bench.quicker(spinner=0.05)
    asha = bench.world.somebody("Asha", chat="started")
    group = bench.world.group("Type 1", asha)
    group.bot_status = "administrator"
    go_on = asyncio.Event()
    receive = bench.core.receive

    async def slowly(event: object) -> object:
        await go_on.wait()
        return await receive(event)  # type: ignore[arg-type]

    bench.core.receive = slowly  # type: ignore[method-assign, assignment]
    bench.core.answers = lambda event: [reply("Your vote is in.")]
    await bench.connect()
    keyboard = {"inline_keyboard": [[{"text": "Agree", "callback_data": "1-agree-3"}]]}
    ballot = Said(bench.world.next_message(group.id), group.id, BOT, "Vote", 1, keyboard=keyboard)
    query = await bench.people.press(asha, ballot, "Agree")
    await bench.stand_in.happens(lambda: bench.world.queries[query][1])
    assert bench.core.events == []
    go_on.set()
    await bench.settle()
    assert bench.texts(asha) == ["Your vote is in."]  # the box is gone: in the private chat then


async def test_a_press_that_is_too_old_to_be_answered_is_handled_all_the_same(
    bench: Bench, asha: Someone, ballot: Said
) -> None:
    bench.world.late_queries.add("q1")
    await bench.people.press(asha, ballot, "Agree")
    await bench.settle()
    assert len(bench.core.of(ButtonPressed)) == 1
    assert bench.texts(asha) == ["Vote", "Your vote is in."]


async def test_an_anonymous_moderator_presses_as_the_person_they_are(
    bench: Bench, mo: Someone, group: Group, ballot: Said
) -> None:
    group.anonymous.add(mo.id)
    await bench.people.say(mo, group, "/rules", anonymous=True)
    await bench.people.press(mo, ballot, "Agree")
    await bench.settle()
    said, pressed = bench.core.events
    assert pressed.person.id == str(mo.id)  # type: ignore[union-attr]
    assert str(mo.id) not in repr(said)


async def test_many_press_at_once_and_all_are_answered(bench: Bench, group: Group, ballot: Said) -> None:
    people = [bench.world.somebody(f"P{number}") for number in range(100)]
    for person in people:
        group.standing[person.id] = "member"
        await bench.people.press(person, ballot, "Agree")
    await bench.settle()
    assert len(bench.core.of(ButtonPressed)) == 100
    assert answered(bench)
    assert len(bench.stand_in.called("getChatAdministrators")) == 1


async def test_somebody_promoted_or_demoted_in_between_is_seen_as_they_are_now(
    bench: Bench, asha: Someone, mo: Someone, group: Group, ballot: Said
) -> None:
    await bench.people.press(asha, ballot, "Agree")
    await bench.settle()
    await bench.people.promote(mo, group, asha, "administrator")
    await bench.settle()
    await bench.people.press(asha, ballot, "Agree")
    await bench.settle()
    await bench.people.promote(mo, group, asha, "member")
    await bench.settle()
    await bench.people.press(asha, ballot, "Agree")
    await bench.settle()
    assert [one.person.is_moderator for one in bench.core.of(ButtonPressed)] == [False, True, False]


async def test_when_the_members_cannot_be_read_membership_is_unknown(
    bench: Bench, asha: Someone, ballot: Said
) -> None:
    bench.stand_in.fail("getChatMember", Fault(kind="page"))
    await bench.people.press(asha, ballot, "Agree")
    await bench.settle()
    assert bench.core.of(ButtonPressed)[0].is_member is None


async def test_in_the_private_chat_the_community_tells_the_standing(
    bench: Bench, asha: Someone, mo: Someone, group: Group
) -> None:
    button = Button(label="Go", payload="1_7-go")
    bench.core.answers = lambda event: [reply("Here", button)]
    for person in (asha, mo):
        await bench.people.say(person, None, "/help")
        await bench.settle()
        await bench.people.press(person, bench.sees(person)[-1], "Go")
        await bench.settle()
    first, second = bench.core.of(ButtonPressed)
    assert (first.is_member, first.person.is_moderator) == (True, False)
    assert (second.is_member, second.person.is_moderator) == (True, True)
    assert first.place.group == ""


async def test_the_next_screen_replaces_a_message_in_the_private_chat(bench: Bench, asha: Someone) -> None:
    button = Button(label="Go", payload="1-go")
    bench.core.answers = lambda event: [
        reply("Second", replaces=True) if isinstance(event, ButtonPressed) else reply("First", button)
    ]
    await bench.people.say(asha, None, "/help")
    await bench.settle()
    await bench.people.press(asha, bench.sees(asha)[-1], "Go")
    await bench.settle()
    assert bench.texts(asha) == ["Second"]


async def test_while_many_press_answers_need_no_messages(unconnected: Bench) -> None:
    bench = unconnected
    bench.quicker(per_second=5)
    asha = bench.world.somebody("Asha")
    group = bench.world.group("Type 1", asha)
    group.bot_status = "administrator"
    await bench.connect()
    more = Button(label="More", payload="1-more")
    bench.core.answers = lambda event: [reply("It is in.", more, words_suffice=len(bench.core.events) > 1)]
    keyboard = {"inline_keyboard": [[{"text": "Agree", "callback_data": "1-agree-3"}]]}
    ballot = Said(bench.world.next_message(group.id), group.id, BOT, "Vote", 1, keyboard=keyboard)
    for _ in range(5):
        bench.telegram.connection.limiter.took(group.id)
    for _ in range(2):
        await bench.people.press(asha, ballot, "Agree")
        await bench.settle()
    (_, _, url), (_, words, _) = bench.world.alerts
    assert url is not None
    assert words == "It is in."
    assert bench.stand_in.called("sendMessage") == []


async def test_with_telegrams_own_limits_a_rush_of_presses_and_commands_meets_no_flood(
    unconnected: Bench,
) -> None:
    bench = unconnected
    bench.quicker(per_second=20, per_minute=20)
    bench.stand_in.strict = True
    crowd = [bench.world.somebody(f"P{number}", chat="started") for number in range(120)]
    group = bench.world.group("Type 1", *crowd)
    group.bot_status = "administrator"
    await bench.connect()
    bench.core.answers = lambda event: [reply("It is in.", Button(label="More", payload="1-more"))]
    keyboard = {"inline_keyboard": [[{"text": "Agree", "callback_data": "1-agree-3"}]]}
    ballot = Said(bench.world.next_message(group.id), group.id, BOT, "Vote", 1, keyboard=keyboard)
    for person in crowd:
        await bench.people.press(person, ballot, "Agree")
    await bench.settle()
    assert answered(bench)
    assert len(bench.core.of(ButtonPressed)) == 120
    assert bench.stand_in.floods == 0


async def begun_in(bench: Bench, asha: Someone, group: Group, payload: str = "1-go") -> Said:
    """What Asha asked in a topic, answered in her private chat."""
    topic = await bench.people.open_topic(asha, group, "Pumps")
    bench.core.answers = lambda event: [reply("Here", Button(label="Go", payload=payload))]
    await bench.people.say(asha, group, "/rules", topic=topic)
    await bench.settle()
    said = bench.sees(asha)[-1]
    assert said.chat == asha.id
    return said


async def test_a_conversation_in_private_still_belongs_to_the_topic_where_it_began(
    bench: Bench, asha: Someone, group: Group
) -> None:
    said = await begun_in(bench, asha, group)
    await bench.restart()
    await bench.people.press(asha, said, "Go")
    await bench.settle()
    await bench.people.press(asha, bench.sees(asha)[-1], "Go")
    await bench.settle()
    for pressed in bench.core.of(ButtonPressed):
        assert pressed.place.group == str(group.id)
        assert pressed.place.thread == str(next(iter(group.topics)))
        assert (pressed.payload, pressed.is_member, pressed.group_size) == ("1_7-go", True, 2)
        assert pressed.on is not None
        assert pressed.on.place.channel == str(asha.id)
    assert {one.chat for one in bench.sees(asha)} == {asha.id}


@pytest.mark.parametrize(
    "data", ["1_7-go@", "1_7-go@x", "1_7-go@1.", "1_7-go@-5.1", "1_7-go@rs.0", "1-go@rs.0", "@", "1_7-go@ü.1"]
)
async def test_a_place_that_a_button_cannot_know_is_not_believed(
    bench: Bench, asha: Someone, group: Group, data: str
) -> None:
    said = await begun_in(bench, asha, group)
    await bench.people.send_data(asha, said, data)
    await bench.settle()
    assert bench.core.of(ButtonPressed)[0].place.group == ""
    assert answered(bench)


async def test_a_button_without_room_for_its_place_is_one_of_the_private_chat(
    bench: Bench, asha: Someone, group: Group
) -> None:
    said = await begun_in(bench, asha, group, payload="1-go-" + "x" * 50)
    await bench.people.press(asha, said, "Go")
    await bench.settle()
    assert bench.core.of(ButtonPressed)[0].place.group == ""
    assert bench.core.of(ButtonPressed)[0].payload.startswith("1_7-go-x")


async def test_a_place_is_followed_when_its_group_has_moved(bench: Bench, asha: Someone, mo: Someone) -> None:
    plain = bench.world.group("Type 1", asha, mo, kind="group")
    plain.bot_status = "member"
    bench.core.communities[str(plain.id)] = 7
    bench.core.answers = lambda event: [reply("Here", Button(label="Go", payload="1-go"))]
    await bench.people.say(asha, plain, "/rules")
    await bench.settle()
    new = await bench.people.upgrade(mo, plain)
    await bench.settle()
    bench.core.communities = {str(new.id): 7}
    await bench.people.press(asha, bench.sees(asha)[-1], "Go")
    await bench.settle()
    assert bench.core.of(ButtonPressed)[0].place.group == str(new.id)
