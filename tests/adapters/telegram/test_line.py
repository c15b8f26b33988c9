"""The line to Telegram: starting, failing, stopping, and nothing received getting lost."""

import asyncio
import io
import logging
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.telegram import TelegramProblem, Webhook
from bot.contract.events import CommandGiven, Event, TextPosted
from bot.contract.platform import TryLater
from tests.adapters.telegram.conftest import Bench
from tests.adapters.telegram.stand_in import Fault
from tests.adapters.telegram.stand_in.people import People
from tests.adapters.telegram.test_sending import post


async def test_a_wrong_token_is_one_sentence_without_the_token(unconnected: Bench) -> None:
    unconnected.make()
    unconnected.stand_in.token = "4242:another_token_than_the_bot_was_given"
    with pytest.raises(TelegramProblem) as problem:
        await unconnected.telegram.run(unconnected.core.receive, unconnected.core)
    assert str(problem.value) == "telegram.wrong-token"
    await unconnected.telegram.close()


async def test_a_token_that_is_revoked_while_running_ends_the_run(bench: Bench) -> None:
    bench.stand_in.token = "4242:a_new_one_from_the_botfather"
    asha = bench.world.somebody("Asha")
    await bench.people.say(asha, None, "/help")
    assert bench._running is not None
    with pytest.raises(TelegramProblem):
        await asyncio.wait_for(bench._running, 10)
    bench._running = None
    await bench.telegram.close()


async def test_a_second_poller_is_one_sentence(bench: Bench) -> None:
    conflict = Fault(code=409, text="Conflict: terminated by other getUpdates request")
    bench.stand_in.fail("getUpdates", *[conflict] * 10)
    asha = bench.world.somebody("Asha")
    await bench.people.say(asha, None, "/help")
    assert bench._running is not None
    with pytest.raises(TelegramProblem) as problem:
        await asyncio.wait_for(bench._running, 10)
    assert str(problem.value) == "telegram.second-poller"
    bench._running = None
    await bench.telegram.close()


async def test_a_short_overlap_with_the_old_process_is_no_second_poller(bench: Bench) -> None:
    bench.stand_in.fail("getUpdates", Fault(code=409, text="Conflict: terminated by other getUpdates"))
    asha = bench.world.somebody("Asha")
    await bench.people.say(asha, None, "/help")
    await bench.people.say(asha, None, "/signpost")
    await bench.settle()
    assert len(bench.core.of(CommandGiven)) == 2


async def test_without_a_network_the_start_waits_for_it(unconnected: Bench) -> None:
    address = unconnected.stand_in.address
    await unconnected.stand_in.stop()
    unconnected.stand_in.address = address
    starting = asyncio.ensure_future(unconnected.connect())
    await asyncio.wait([starting], timeout=0.1)
    assert not starting.done()
    await unconnected.stand_in.start(int(address.rpartition(":")[2]))
    await asyncio.wait_for(starting, 10)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind="page"),
        Fault(kind="reset"),
        Fault(kind="page", code=200, text="not JSON"),
        Fault.flood(0),
        Fault(code=500, text="Internal Server Error"),
        Fault(kind="reset", done=True),
    ],
)
async def test_when_fetching_fails_nothing_is_lost(bench: Bench, fault: Fault) -> None:
    asha = bench.world.somebody("Asha")
    bench.stand_in.fail("getUpdates", *[fault] * 5)
    for _ in range(3):
        await bench.people.say(asha, None, "/help")
    await bench.settle()
    assert len(bench.core.of(CommandGiven)) == 3


async def test_the_token_is_in_no_log_line(unconnected: Bench, caplog: pytest.LogCaptureFixture) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    caplog.set_level(logging.INFO)
    try:
        await unconnected.connect()
        unconnected.stand_in.fail("getUpdates", Fault(kind="page"), Fault(kind="reset"))
        asha = unconnected.world.somebody("Asha")
        await unconnected.people.say(asha, None, "/help my private words")
        await unconnected.settle()
        await unconnected.disconnect()
    finally:
        logging.getLogger().removeHandler(handler)
    assert unconnected.stand_in.token not in stream.getvalue()
    assert "private words" not in stream.getvalue()
    assert unconnected.stand_in.token not in repr(unconnected.telegram._settings)


async def test_a_hundred_updates_in_one_batch_keep_each_persons_order(unconnected: Bench) -> None:
    people = [unconnected.world.somebody(f"P{number}", chat="started") for number in range(10)]
    for number in range(130):
        await unconnected.people.say(people[number % 10], None, f"/help {number}")
    await unconnected.connect()
    await unconnected.settle()
    given = unconnected.core.of(CommandGiven)
    assert len(given) == 130
    for person in people:
        words = [int(one.words) for one in given if one.person.id == str(person.id)]
        assert words == sorted(words)


async def test_what_is_stuck_is_written_down_and_others_go_on(unconnected: Bench) -> None:
    bench = unconnected
    bench.quicker(last_words=0.05)
    stuck = asyncio.Event()
    receive = bench.core.receive

    async def slowly(event: Event) -> object:
        if getattr(event, "words", "") == "slow":
            await stuck.wait()
        return await receive(event)

    bench.core.receive = slowly  # type: ignore[method-assign, assignment]
    await bench.connect()
    asha, ben = bench.world.somebody("Asha"), bench.world.somebody("Ben")
    await bench.people.say(asha, None, "/help slow")
    await bench.people.say(ben, None, "/help quick")
    await asyncio.wait_for(bench.stand_in.fetched(), 10)
    assert [one.words for one in bench.core.of(CommandGiven)] == ["quick"]
    assert len(bench.telegram.state.waiting()) == 1
    await bench.disconnect()  # as good as kill -9: the slow one is never finished
    stuck.set()
    await bench.connect()
    await bench.settle()
    assert [one.words for one in bench.core.of(CommandGiven)] == ["quick", "slow"]
    assert bench.telegram.state.waiting() == []


async def test_what_people_say_in_a_group_is_never_written_down_however_slow_we_are(
    unconnected: Bench,
) -> None:
    bench = unconnected
    bench.quicker(last_words=0.05)
    stuck = asyncio.Event()
    heard: list[Event] = []

    async def never(event: Event) -> tuple[()]:
        heard.append(event)
        await stuck.wait()
        return ()

    bench.core.receive = never  # type: ignore[method-assign]
    bench.core.wanted = {TextPosted}
    await bench.connect()
    asha = bench.world.somebody("Asha")
    group = bench.world.group("Living with type 1", asha)
    group.bot_status = "administrator"
    said = await bench.people.say(asha, group, "the marigolds of my neighbour")
    await bench.people.edit(said, "the marigolds of my aunt")
    await asyncio.wait_for(bench.stand_in.fetched(), 10)
    assert [type(event) for event in heard] == [TextPosted]  # the edit waits behind it
    assert bench.telegram.state.waiting() == []
    await bench.disconnect()
    files = [path for path in bench._folder.rglob("*") if path.is_file()]
    assert files
    assert not any(b"marigolds" in path.read_bytes() for path in files)


async def test_a_command_that_waits_is_written_down_without_the_message_it_answers(
    unconnected: Bench,
) -> None:
    bench = unconnected
    bench.quicker(last_words=0.05)
    stuck = asyncio.Event()

    async def never(event: Event) -> tuple[()]:
        await stuck.wait()
        return ()

    bench.core.receive = never  # type: ignore[method-assign]
    await bench.connect()
    asha, ben = bench.world.somebody("Asha"), bench.world.somebody("Ben")
    group = bench.world.group("Living with type 1", asha, ben)
    group.bot_status = "administrator"
    said = await bench.people.say(ben, group, "the marigolds of my neighbour")
    await bench.people.say(asha, group, "/remind", reply_to=said)
    await asyncio.wait_for(bench.stand_in.fetched(), 10)
    [waiting] = bench.telegram.state.waiting()
    assert waiting["message"]["text"] == "/remind"
    assert waiting["message"]["reply_to_message"]["message_id"] == said.id
    assert "marigolds" not in str(waiting)
    await bench.disconnect()


async def test_a_fault_of_ours_in_one_update_does_not_stop_the_others(unconnected: Bench) -> None:
    bench = unconnected
    receive = bench.core.receive

    async def failing(event: Event) -> object:
        if getattr(event, "words", "") == "broken":
            raise RuntimeError("broken")
        return await receive(event)

    bench.core.receive = failing  # type: ignore[method-assign, assignment]
    await bench.connect()
    asha = bench.world.somebody("Asha")
    await bench.people.say(asha, None, "/help broken")
    await bench.people.say(asha, None, "/help whole")
    await bench.settle()
    assert [one.words for one in bench.core.of(CommandGiven)] == ["whole"]


@pytest.fixture
async def called(unconnected: Bench, unused_port: int) -> Bench:
    """A bench whose bot is called by Telegram."""
    unconnected.webhook = Webhook(
        url="https://bot.example/telegram", secret="a-secret_of_ours", port=unused_port
    )
    await unconnected.connect()
    return unconnected


def update(bench: Bench, number: int, words: str) -> dict[str, object]:
    asha = next(iter(bench.world.people.values()), None) or bench.world.somebody("Asha", chat="started")
    chat = {"id": asha.id, "type": "private", "first_name": "Asha"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": asha.wire(), "text": words}
    return {"update_id": number, "message": message}


async def test_a_webhook_says_200_when_the_core_has_stored_what_came(called: Bench, unused_port: int) -> None:
    hook = called.world.webhook
    assert hook is not None
    assert hook["url"] == "https://bot.example/telegram"
    assert "chat_member" in hook["allowed_updates"]
    one = update(called, 5, "/help")
    assert await called.stand_in.post_webhook(one, port=unused_port) == 200
    assert len(called.core.of(CommandGiven)) == 1
    assert await called.stand_in.post_webhook(one, port=unused_port) == 200
    assert len(called.core.of(CommandGiven)) == 1


async def test_a_webhook_refuses_what_is_not_from_telegram(called: Bench, unused_port: int) -> None:
    one = update(called, 5, "/help")
    assert await called.stand_in.post_webhook(one, secret="guessed", port=unused_port) == 403
    huge = update(called, 6, "x" * 2_000_000)
    assert await called.stand_in.post_webhook(huge, port=unused_port) == 413
    assert await called.stand_in.post_webhook([], port=unused_port) == 400  # type: ignore[arg-type]
    async with ClientSession() as session:
        for path, status in (("telegram", 405), ("elsewhere", 404)):
            async with session.get(f"http://127.0.0.1:{unused_port}/{path}") as answer:
                assert answer.status == status
    assert called.core.events == []


async def test_chats_that_call_at_once_are_handled_side_by_side(called: Bench, unused_port: int) -> None:
    people = People(called.world)
    senders = [called.world.somebody(f"P{number}") for number in range(20)]
    said = [await people.say(one, None, "/help") for one in senders]
    updates = list(called.world.updates)
    answers = await asyncio.gather(*(called.stand_in.post_webhook(one, port=unused_port) for one in updates))
    assert answers == [200] * len(said)
    assert len(called.core.of(CommandGiven)) == 20


async def test_a_taken_port_is_one_sentence(unconnected: Bench) -> None:
    port = int(unconnected.stand_in.address.rpartition(":")[2])
    unconnected.webhook = Webhook(url="https://bot.example/telegram", secret="s", port=port)
    with pytest.raises(TelegramProblem) as problem:
        await unconnected.connect()
    assert str(problem.value) == f"telegram.port-taken port={port}"
    unconnected._running = None
    await unconnected.telegram.close()


async def test_updates_of_a_shape_that_nobody_knows_stop_nothing(bench: Bench) -> None:
    odds: list[Any] = ["words", 5, [], None, {"chat": 5}, {"chat": {"type": "supergroup"}}]
    for odd in odds:
        await bench.world.update("message", odd)
        await bench.world.update("callback_query", odd)
    asha = bench.world.somebody("Asha")
    await bench.people.say(asha, None, "/help")
    await bench.settle()
    assert len(bench.core.of(CommandGiven)) == 1


async def test_a_full_disk_loses_nothing_and_stops_nothing(bench: Bench) -> None:
    asha = bench.world.somebody("Asha", chat="started")
    bench.telegram.state.file.execute("PRAGMA query_only = ON")
    group = bench.world.group("Type 1", asha)
    group.bot_status = "administrator"
    with pytest.raises(TryLater):
        await bench.telegram.perform(post(group), "cg1")
    await bench.people.say(asha, None, "/help")
    await bench.settle()
    bench.telegram.state.file.execute("PRAGMA query_only = OFF")
    await bench.telegram.perform(post(group), "cg1")
    assert len(bench.core.of(CommandGiven)) == 1
    assert bench.texts(asha) == ["A vote"]
