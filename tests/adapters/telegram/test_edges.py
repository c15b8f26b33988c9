"""Edge cases that belong to no other file, in the order of the design's list."""

import asyncio

from adapters.telegram.menus import menus
from adapters.telegram.polling import WANTED
from bot.contract.actions import Tell
from bot.contract.command import Who
from bot.contract.events import ButtonPressed, CommandGiven, Event, JoinRequested, MemberJoined, Person
from bot.contract.platform import Unreachable
from tests.adapters.telegram.conftest import Bench
from tests.adapters.telegram.small_core import body, command, phrase, reply
from tests.adapters.telegram.stand_in import Fault, Group, Said, Someone
from tests.adapters.telegram.stand_in.world import BOT, Topic
from tests.adapters.telegram.test_private_answers import fact


async def test_a_command_in_a_closed_topic_is_answered_in_general(
    bench: Bench, mo: Someone, group: Group
) -> None:
    group.rights.discard("can_manage_topics")
    topic = await bench.people.open_topic(mo, group, "Closed")
    topic.state = "closed"
    bench.core.answers = lambda event: [reply("Our rules", private=False)]
    await bench.people.say(mo, group, "/rules", topic=topic)
    await bench.settle()
    assert [(said.text, said.thread) for said in bench.sees(mo)] == [("Our rules", None)]


async def test_a_private_answer_never_leaves_a_closed_topic_for_everyone(
    bench: Bench, asha: Someone, mo: Someone, group: Group
) -> None:
    topic = Topic(bench.world.next_message(group.id), "Gone", "deleted")
    group.topics[topic.id] = topic
    asha.chat = "new"
    bench.core.answers = lambda event: [reply("secret")]
    await bench.people.say(asha, group, "/rules", topic=topic)
    await bench.settle()
    assert bench.texts(mo) == ["telegram.answer-waits"]


async def test_a_caption_is_no_command(bench: Bench, asha: Someone, group: Group) -> None:
    await bench.people.say(asha, group, "", caption="/rules", photo=[])
    await bench.settle()
    assert bench.core.events == []


async def test_a_command_that_only_its_sender_sees_is_not_overheard(
    bench: Bench, asha: Someone, group: Group
) -> None:
    said = Said(0, group.id, asha.wire(), "/rules", 1, only_for=asha.id, ephemeral=9)
    await bench.world.update("message", bench.world.wire(said))
    await bench.settle()
    given = bench.core.of(CommandGiven)[0]
    assert not given.overheard
    assert not bench.stand_in.called("deleteMessage")


async def test_commands_are_hidden_from_others_once_the_server_is_known_to_do_that(
    bench: Bench, asha: Someone, group: Group
) -> None:
    assert "is_ephemeral" not in bench.world.commands["all_group_chats", ""][0]
    bench.world.ephemeral = "full"
    bench.telegram.state.keep(fact(bench), "yes")
    await bench.restart()
    assert bench.world.commands["all_group_chats", ""][0]["is_ephemeral"] is True


async def test_a_bot_that_is_promoted_later_hears_and_does_more(
    bench: Bench, asha: Someone, mo: Someone, group: Group
) -> None:
    group.bot_status = "member"
    await bench.people.say(mo, group, "/remind")
    await bench.settle()
    assert not bench.stand_in.called("deleteMessage")
    await bench.people.add_bot(mo, group)
    await bench.people.say(mo, group, "/remind")
    await bench.settle()
    assert len(bench.stand_in.called("deleteMessage")) == 1


async def test_of_thirty_moderators_those_who_can_be_reached_are(bench: Bench) -> None:
    people = [
        bench.world.somebody(f"M{number}", chat="started" if number % 2 else "met") for number in range(30)
    ]
    reached = 0
    for number, person in enumerate(people):
        note = Tell(person=Person(platform="telegram", id=str(person.id)), body=body("A question waits"))
        try:
            await bench.telegram.perform(note, f"cg{number}")
        except Unreachable:
            continue
        reached += 1
    assert reached == 15
    assert sum(bench.texts(person) == ["A question waits"] for person in people) == 15


async def test_a_group_that_hides_its_members_still_tells_who_came(bench: Bench, group: Group) -> None:
    group.hides_joins = True
    ben = bench.world.somebody("Ben")
    await bench.people.join(group, ben)
    await bench.settle()
    assert len(bench.core.of(MemberJoined)) == 1


async def test_a_join_request_that_cannot_be_answered_any_more_is_only_passed_on(
    bench: Bench, group: Group
) -> None:
    ben = bench.world.somebody("Ben", chat="met")
    bench.core.answers = lambda event: [reply("Our rules")]
    await bench.people.ask_to_join(ben, group)
    await bench.settle()
    assert [one.reached for one in bench.core.of(JoinRequested)] == [True, False]
    assert bench.sees(ben) == []


def test_menus_keep_to_telegrams_limits() -> None:
    many = [command(f"c{number}") for number in range(120)]
    long = [command("x" * 33), command("rules", who=Who.MODERATORS)]

    def wordy(key: str, locale: str | None, **values: str | int) -> str:
        return "word " * 100

    for _, _, shown in menus([*long, *many], wordy, ["en", "pt_BR"], whispered=False):
        assert len(shown) <= 100
        assert all(len(one.command) <= 32 and len(one.description) <= 256 for one in shown)
    spoken = ["en", "pt_BR", "de", "fil", "zh-Hant"]
    languages = {language for _, language, _ in menus(many, phrase, spoken, whispered=False)}
    assert languages == {"", "pt", "de", "zh"}


async def test_only_the_updates_that_are_wanted_are_asked_for(bench: Bench, asha: Someone) -> None:
    await bench.people.say(asha, None, "/help")
    await bench.settle()
    assert bench.stand_in.called("getUpdates")[-1]["allowed_updates"] == WANTED


async def test_presses_that_arrive_out_of_order_keep_the_order_of_telegrams_ids(
    bench: Bench, asha: Someone, group: Group
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Agree", "callback_data": "1-agree-3"}]]}
    ballot = Said(bench.world.next_message(group.id), group.id, BOT, "Vote", 1, keyboard=keyboard)
    await bench.people.send_data(asha, ballot, "1-agree-3", update_id=2_000)
    await bench.settle()
    await bench.people.send_data(asha, ballot, "1-skip-3", update_id=2_001)
    await bench.settle()
    first, second = bench.core.of(ButtonPressed)
    assert (first.seq, second.seq) == (2_000, 2_001)


async def test_the_bot_that_is_stopped_finishes_its_sentence(bench: Bench, asha: Someone) -> None:
    bench.core.answers = lambda event: [reply("Here you are")]
    bench.stand_in.hang(asha.id)
    await bench.people.say(asha, None, "/help")
    await bench.stand_in.happens(lambda: bench.core.events)
    stopping = asyncio.ensure_future(bench.disconnect())
    bench.stand_in.go_on()
    await stopping
    assert bench.texts(asha) == ["Here you are"]
    assert bench.world.updates == []


async def test_an_answer_that_meets_a_fault_leaves_the_press_answered_and_others_unharmed(
    bench: Bench, asha: Someone, group: Group
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Agree", "callback_data": "1-agree-3"}]]}
    ballot = Said(bench.world.next_message(group.id), group.id, BOT, "Vote", 1, keyboard=keyboard)

    def answer(event: Event) -> list[object]:
        return [reply("x" * 300)]

    bench.core.answers = answer  # type: ignore[assignment]
    bench.stand_in.fail("sendMessage", Fault(kind="page"), Fault.flood(1))
    for _ in range(2):
        await bench.people.press(asha, ballot, "Agree")
        await bench.settle()
    assert all(done for _, done in bench.world.queries.values())
    assert bench.texts(asha) == ["x" * 300]  # the lost one is not doubled, the flooded one came later


async def test_who_is_restricted_and_comes_back_is_in_the_group_and_welcomed_once(
    bench: Bench, asha: Someone, mo: Someone, group: Group
) -> None:
    ben = bench.world.somebody("Ben")
    await bench.people.promote(mo, group, ben, "restricted")
    await bench.settle()
    assert [one.person.id for one in bench.core.of(MemberJoined)] == [str(ben.id)]
    assert await bench.telegram.members.is_member(group.id, ben.id)
    await bench.people.promote(mo, group, ben, "member")
    await bench.settle()
    assert len(bench.core.of(MemberJoined)) == 1


async def test_a_chat_that_floods_delays_no_other(bench: Bench, asha: Someone, group: Group) -> None:
    ben = bench.world.somebody("Ben", chat="started")
    go_on = asyncio.Event()
    receive = bench.core.receive

    async def slowly(event: Event) -> object:
        if isinstance(event, CommandGiven) and event.place.group:
            await go_on.wait()
        return await receive(event)

    bench.core.receive = slowly  # type: ignore[method-assign, assignment]
    await bench.restart()
    bench.core.answers = lambda event: [reply("Here you are")]
    for _ in range(120):
        await bench.people.say(asha, group, "/rules")
    await bench.people.say(ben, None, "/help")
    await bench.stand_in.happens(lambda: "Here you are" in bench.texts(ben))
    go_on.set()
    await bench.settle()
    assert len(bench.core.of(CommandGiven)) == 121


async def test_updates_of_a_day_ago_are_handled_once_and_in_order(
    unconnected: Bench,
) -> None:
    bench = unconnected
    asha = bench.world.somebody("Asha", chat="started")
    for number in range(3):
        said = await bench.people.say(asha, None, f"/help {number}", heard=False)
        wire = bench.world.wire(said, date=1_763_900_000)
        await bench.world.update("message", wire)
        await bench.world.update("message", wire, id=1_000 + number)
    await bench.connect()
    await bench.settle()
    assert [one.words for one in bench.core.of(CommandGiven)] == ["0", "1", "2"]
