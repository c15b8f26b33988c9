"""The pages for the host and the moderators, done in their order: into a Telegram group with topics."""

import signal
from pathlib import Path

import pytest

from tests.adapters.telegram.stand_in import Someone, StandIn
from tests.adapters.telegram.stand_in.people import People
from tests.processes.test_running import ended, on_telegram, start, telegram

__all__ = ["telegram"]
pytestmark = pytest.mark.slow


class Seat:
    """What a moderator sees, and presses."""

    def __init__(self, stand_in: StandIn, who: Someone) -> None:
        self._stand_in, self._world = stand_in, stand_in.world
        self._people, self._who = People(stand_in.world), who

    def _holds(self, label: str) -> bool:
        return any(
            button["text"] == label for said in self._world.visible(self._who) for button in said.buttons
        )

    async def press(self, label: str) -> None:
        await self._stand_in.happens(lambda: self._holds(label))
        found = [
            said
            for said in self._world.visible(self._who)
            if any(button["text"] == label for button in said.buttons)
        ]
        await self._people.press(self._who, found[-1], label)


async def test_from_a_token_to_a_group_with_a_chosen_topic(tmp_path: Path, telegram: StandIn) -> None:
    people, world = People(telegram.world), telegram.world
    mo = world.somebody("Mo", chat="started")
    group = world.group("Type 1", mo, forum=True)
    group.standing[mo.id] = "creator"
    configured = ("--config", "my-group/config.yaml")
    without_key = {"COMMON_GROUND_SECRET_KEY": ""} | on_telegram(telegram)
    assert (await ended(await start(tmp_path, "init", "my-group")))[0] == 0
    status, out, err = await ended(await start(tmp_path, "check", *configured, **without_key))
    assert (status, out) == (0, "ok The token works. The bot is @CommonGroundBot.\n"), err
    process = await start(tmp_path, "run", *configured, **without_key)
    await people.add_bot(mo, group)
    seat = Seat(telegram, mo)
    for label in ("Set up this group", "England", "Adults only", "Name any moderator"):
        await seat.press(label)
    topic = await people.open_topic(mo, group, "Hello")
    await telegram.fetched()
    await people.say(mo, group, "/desk", topic=topic)
    for label in ("Choose places and roles", "Choose where I post", "Post welcomes here"):
        await seat.press(label)
    await telegram.happens(lambda: "Welcomes: here." in "".join(said.text for said in world.visible(mo)))
    await telegram.happens(lambda: any("Where to turn" in said.text for said in world.visible(mo)))
    process.send_signal(signal.SIGTERM)
    assert (await ended(process))[0] == 0
    status, out, _ = await ended(await start(tmp_path, "check", *configured, **without_key))
    assert (status, out.splitlines()[1]) == (0, "ok In Type 1 the bot has every right it can use.")
