"""What was pressed, written or answered in private is in no file of the adapter once it is handled."""

import asyncio
import contextlib
from pathlib import Path

from bot.contract.events import Event, FormAnswered
from tests.adapters.telegram.conftest import Bench
from tests.adapters.telegram.small_core import ask, reply
from tests.adapters.telegram.stand_in import Group, Said, Someone
from tests.adapters.telegram.stand_in.world import BOT

CHOICE, WORDS, ANSWER = "1-agree-secretchoice", "these are my secret words", "a secret answer"


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_presses_and_typed_words_leave_nothing_behind(
    bench: Bench, asha: Someone, group: Group, tmp_path: Path
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Agree", "callback_data": CHOICE}]]}
    ballot = Said(bench.world.next_message(group.id), group.id, BOT, "Vote", 1, keyboard=keyboard)
    bench.core.answers = lambda event: [reply(ANSWER)] if isinstance(event, FormAnswered) else [ask()]
    await bench.people.press(asha, ballot, "Agree")
    await bench.settle()
    await bench.people.say(asha, None, WORDS)
    await bench.settle()
    assert bench.core.of(FormAnswered)[0].values == {"words": WORDS}
    kept = on_disk(tmp_path)
    for secret in (CHOICE, WORDS, ANSWER, str(asha.id)):
        assert secret.encode() not in kept


async def test_a_press_that_had_to_be_written_down_is_overwritten_when_it_is_handled(
    unconnected: Bench, tmp_path: Path
) -> None:
    bench = unconnected
    go_on = asyncio.Event()
    receive = bench.core.receive

    async def slowly(event: Event) -> object:
        await go_on.wait()
        return await receive(event)

    bench.core.receive = slowly  # type: ignore[method-assign, assignment]
    await bench.connect()
    asha = bench.world.somebody("Asha", chat="started")
    group = bench.world.group("Type 1", asha)
    group.bot_status = "administrator"
    keyboard = {"inline_keyboard": [[{"text": "Agree", "callback_data": CHOICE}]]}
    ballot = Said(bench.world.next_message(group.id), group.id, BOT, "Vote", 1, keyboard=keyboard)
    await bench.people.press(asha, ballot, "Agree")
    await bench.stand_in.fetched()
    assert CHOICE.encode() in on_disk(tmp_path)
    go_on.set()
    await bench.settle()
    assert CHOICE.encode() not in on_disk(tmp_path)
    with contextlib.suppress(asyncio.CancelledError):
        await bench.disconnect()


async def test_in_the_group_a_vote_changes_nothing_that_others_could_see(
    bench: Bench, asha: Someone, mo: Someone, group: Group
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Agree", "callback_data": CHOICE}]]}
    ballot = Said(bench.world.next_message(group.id), group.id, BOT, "Vote", 1, keyboard=keyboard)
    bench.world.said.append(ballot)
    bench.core.answers = lambda event: [reply(ANSWER)]
    before = [(said.id, said.rev) for said in bench.world.visible(mo, group.id)]
    await bench.people.press(asha, ballot, "Agree")
    await bench.settle()
    assert [(said.id, said.rev) for said in bench.world.visible(mo, group.id)] == before
