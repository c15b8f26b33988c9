"""``common-ground run`` on Telegram when the line is bad, another bot holds it, or the token is refused."""

import asyncio
import signal
from pathlib import Path

import pytest

from tests.adapters.telegram.stand_in import Fault, StandIn
from tests.adapters.telegram.stand_in.people import People
from tests.processes.test_running import ended, on_telegram, start, telegram

__all__ = ["telegram"]
pytestmark = pytest.mark.slow
LOUD = {"COMMON_GROUND_LOG__LEVEL": "debug"}


def held(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_of_two_bots_with_one_token_one_ends_with_a_clear_sentence(
    tmp_path: Path, telegram: StandIn
) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    bots = [await start(folder, "run", **on_telegram(telegram)) for folder in folders]
    waiting = [asyncio.ensure_future(ended(bot)) for bot in bots]
    done, others = await asyncio.wait(waiting, timeout=90, return_when=asyncio.FIRST_COMPLETED)
    status, _, err = done.pop().result()
    assert status == 1
    assert "Another program is using this bot's token" in err.splitlines()[-1]
    assert telegram.token not in err
    bots[waiting.index(next(iter(others)))].send_signal(signal.SIGTERM)
    status, _, err = await others.pop()
    assert status == 0
    assert telegram.token not in err


async def test_without_a_network_the_start_waits_and_then_nothing_is_lost(
    tmp_path: Path, telegram: StandIn
) -> None:
    address, port = telegram.address, int(telegram.address.rpartition(":")[2])
    await telegram.stop()
    process = await start(tmp_path, "run", **on_telegram(telegram), **LOUD)
    mo = telegram.world.somebody("Mo", chat="started")
    group = telegram.world.group("Type 1", mo)
    group.standing[mo.id] = "creator"
    await People(telegram.world).add_bot(mo, group)
    assert process.stderr is not None
    line = b""
    while b"cannot be reached" not in line:
        line = await asyncio.wait_for(process.stderr.readline(), 60)
        assert line, "it ended by itself"
    await telegram.start(port)
    assert telegram.address == address
    await telegram.happens(
        lambda: any("Set up this group" in str(said.buttons) for said in telegram.world.visible(mo))
    )
    process.send_signal(signal.SIGTERM)
    assert (await ended(process))[0] == 0


async def test_the_token_is_in_no_output_and_no_file_whatever_goes_wrong(
    tmp_path: Path, telegram: StandIn
) -> None:
    telegram.fail("getMe", Fault(kind="page"))
    telegram.fail("setMyCommands", Fault(code=500, text="Internal"))
    telegram.fail("getUpdates", Fault(kind="reset"), Fault.flood(0))
    telegram.fail("sendMessage", Fault(kind="reset"))
    process = await start(tmp_path, "run", **on_telegram(telegram), **LOUD)
    mo = telegram.world.somebody("Mo", chat="started")
    group = telegram.world.group("Type 1", mo)
    group.standing[mo.id] = "creator"
    people = People(telegram.world)
    await people.add_bot(mo, group)
    await telegram.happens(
        lambda: any("Set up this group" in str(said.buttons) for said in telegram.world.visible(mo))
    )
    await people.say(mo, group, "/rules my private words")
    await telegram.fetched()
    telegram.token = "4242:revoked_and_made_anew"
    status, out, err = await ended(process)
    telegram.token, revoked = "4242:AAE-a_made_up_token_for_the_stand_in", telegram.token
    assert status == 1
    assert "Telegram does not know this token" in err.splitlines()[-1]
    secret = telegram.token.partition(":")[2]
    for place in (out.encode(), err.encode(), held(tmp_path)):
        assert secret.encode() not in place
        assert b"my private words" not in place
    assert revoked not in err
