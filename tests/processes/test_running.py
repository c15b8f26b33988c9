"""``common-ground run`` and ``check`` as the host types them, on the stand-ins of the platforms."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord.stand_in import StandIn as DiscordStandIn
from tests.adapters.telegram.stand_in import StandIn as TelegramStandIn
from tests.adapters.telegram.stand_in.people import People

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    stand_in = TelegramStandIn()
    await stand_in.start()
    yield stand_in
    await stand_in.stop()


@pytest.fixture
async def discord() -> AsyncIterator[DiscordStandIn]:
    stand_in = DiscordStandIn()
    await stand_in.start()
    yield stand_in
    await stand_in.stop()


async def start(folder: Path, *words: str, **more: str) -> asyncio.subprocess.Process:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("COMMON_GROUND_")}
    environ = {**ours, "PYTHONPATH": str(ROOT), "COMMON_GROUND_SECRET_KEY": "k" * 40, **more}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *words),
        cwd=folder,
        env=environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str, str]:
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode is not None
    assert "Traceback" not in err.decode()
    return process.returncode, out.decode(), err.decode()


def on_telegram(stand_in: TelegramStandIn, token: str = "") -> dict[str, str]:
    return {
        "COMMON_GROUND_TELEGRAM__TOKEN": token or stand_in.token,
        "COMMON_GROUND_TELEGRAM__API_BASE": stand_in.address,
    }


def on_discord(stand_in: DiscordStandIn) -> dict[str, str]:
    return {
        "COMMON_GROUND_DISCORD__TOKEN": stand_in.token,
        "COMMON_GROUND_DISCORD__API_BASE": stand_in.address,
    }


async def test_without_a_token_it_says_what_to_set(tmp_path: Path) -> None:
    for command in ("run", "check"):
        status, _, err = await ended(await start(tmp_path, command))
        assert status == 1
        assert "COMMON_GROUND_DISCORD__TOKEN or COMMON_GROUND_TELEGRAM__TOKEN" in err


async def test_both_platforms_are_connected_and_sigterm_ends_it_well(
    tmp_path: Path, telegram: TelegramStandIn, discord: DiscordStandIn
) -> None:
    people = People(telegram.world)
    mo = telegram.world.somebody("Mo", chat="started")
    group = telegram.world.group("Type 1", mo)
    group.standing[mo.id] = "creator"
    process = await start(tmp_path, "run", **on_telegram(telegram), **on_discord(discord))
    await asyncio.wait_for(discord.gateway.connected.wait(), 60)
    await people.add_bot(mo, group)
    await telegram.happens(
        lambda: any("Set up this group" in str(said.buttons) for said in telegram.world.visible(mo))
    )
    process.send_signal(signal.SIGTERM)
    status, _, err = await ended(process)
    assert status == 0, err
    assert (tmp_path / "data" / "common-ground.db").exists()


async def test_only_connects_one(tmp_path: Path, telegram: TelegramStandIn, discord: DiscordStandIn) -> None:
    process = await start(
        tmp_path, "run", "--only", "discord", **on_telegram(telegram), **on_discord(discord)
    )
    await asyncio.wait_for(discord.gateway.connected.wait(), 60)
    process.send_signal(signal.SIGTERM)
    assert (await ended(process))[0] == 0
    assert telegram.called("getUpdates") == []


async def test_a_wrong_token_is_one_clear_sentence(tmp_path: Path, telegram: TelegramStandIn) -> None:
    wrong = on_telegram(telegram, "1234567890:this-is-not-the-token-of-any-bot-here")
    status, _, err = await ended(await start(tmp_path, "run", **wrong))
    assert status == 1
    assert "token" in err.splitlines()[-1]
    assert "this-is-not-the-token" not in err


async def test_a_second_bot_on_the_same_database_is_refused(
    tmp_path: Path, telegram: TelegramStandIn, discord: DiscordStandIn
) -> None:
    first = await start(tmp_path, "run", "--only", "discord", **on_discord(discord))
    await asyncio.wait_for(discord.gateway.connected.wait(), 60)
    status, _, err = await ended(await start(tmp_path, "run", **on_telegram(telegram)))
    assert status == 1
    assert "Stop the other bot first" in err
    first.send_signal(signal.SIGTERM)
    assert (await ended(first))[0] == 0


async def test_check_says_what_is_right(
    tmp_path: Path, telegram: TelegramStandIn, discord: DiscordStandIn
) -> None:
    status, out, err = await ended(
        await start(tmp_path, "check", **on_telegram(telegram), **on_discord(discord))
    )
    assert err == ""
    assert status == 0, out
    lines = out.splitlines()
    assert lines
    assert all(line.startswith("ok ") for line in lines)


async def test_check_says_what_to_change(tmp_path: Path) -> None:
    stand_in = DiscordStandIn(members_on=False)
    await stand_in.start()
    status, out, _ = await ended(await start(tmp_path, "check", **on_discord(stand_in)))
    await stand_in.stop()
    assert status == 1
    assert any(line.startswith("-> ") for line in out.splitlines())
