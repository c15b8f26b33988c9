"""The whole bot as a process, killed (-9) between receiving and storing: nothing lost, nothing doubled.

The database is held by the test meanwhile, so that what was received surely waits for its commit.
"""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.rehearsal.scenario import Cast
from adapters.telegram import Webhook
from tests.adapters.telegram.stage import KilledTelegramStage
from tests.adapters.telegram.stand_in import Said

pytestmark = pytest.mark.slow
START = datetime(2026, 11, 25, 10, tzinfo=UTC)
SETTING_UP = ("Set up this group", "England", "Adults only", "Name any moderator")
NAMES = ("Asha", "Ben", "Cai", "Dee")
by_both_ways = pytest.mark.parametrize("called", [False, True], ids=["polling", "webhook"])


class Killed(KilledTelegramStage):
    """A stage on which things happen while the database is held, and the process is killed then."""

    async def kill(self) -> None:
        await self._disconnect()

    async def start(self) -> None:
        await self._connect()
        await self._settle()

    async def press_unsettled(self, who: str, label: str) -> None:
        person = self._named(who)
        for said in reversed(self.world.visible(person)):
            if any(button["text"] == label for button in said.buttons):
                await self._people.press(person, said, label)
                return
        raise AssertionError(f"{who} sees no button {label}")

    async def join_unsettled(self, name: str) -> None:
        self._cast[name] = self.world.somebody(name)
        await self._people.join(self._group, self._cast[name])

    async def say_unsettled(self, who: str, text: str) -> None:
        await self._people.say(self._named(who), None, text)

    def everybody_reads(self) -> list[str]:
        return [
            said.text for said in self.world.said if said.by["id"] == 4242 and said.chat == self._group.id
        ]

    @contextmanager
    def storing_nothing(self) -> Iterator[None]:
        with closing(sqlite3.connect(self._folder / "group.db", isolation_level=None)) as file:
            file.execute("BEGIN IMMEDIATE")
            yield
            file.execute("ROLLBACK")

    def written_down(self) -> int:
        with closing(sqlite3.connect(self._folder / "telegram.db")) as file:
            return int(file.execute("SELECT count(*) FROM waiting").fetchone()[0])

    async def until_received(self) -> None:
        """Telegram was told that everything has arrived."""
        await asyncio.wait_for(self.stand_in.fetched(), 30)


def stage(folder: Path, called: bool, port: int) -> Killed:
    webhook = Webhook(url="https://bot.example/telegram", secret="a-secret_of_ours", port=port)
    return Killed(folder, webhook=webhook if called else None)


async def with_a_vote(stage: Killed) -> None:
    await stage.begin([Cast("Mo", is_moderator=True), *(Cast(name) for name in NAMES)], START)
    for label in SETTING_UP:
        await stage.press("Mo", label, None)
    await stage.type("Mo", "/desk", None)
    await stage.press("Mo", "Ask the group", None)
    for name in NAMES:
        await stage.press(name, "Agree to all", None)


@by_both_ways
@pytest.mark.parametrize("confirmed", [False, True], ids=["not yet told to Telegram", "told to Telegram"])
async def test_votes_and_newcomers_survive_a_kill_before_the_commit(
    tmp_path: Path, unused_port: int, called: bool, confirmed: bool
) -> None:
    async with stage(tmp_path, called, unused_port) as there:
        await with_a_vote(there)
        before = len(there.everybody_reads())
        with there.storing_nothing():
            for name in NAMES:
                await there.press_unsettled(name, "Go on")
            await there.join_unsettled("Una")
            if confirmed:
                await there.until_received()
                assert there.written_down()
            await there.kill()
        await there.start()
        assert there.written_down() == 0
        await there.advance(timedelta(minutes=2))
        assert [text[:8] for text in there.everybody_reads()[before:]] == ["Welcome."]
        await there.advance(timedelta(days=7))
        seen = "\n".join(there.everybody_reads())
        assert "4 people took part" in seen
        assert seen.count("is over") == 1


@by_both_ways
async def test_words_for_a_form_survive_a_kill_before_the_commit(
    tmp_path: Path, unused_port: int, called: bool
) -> None:
    async with stage(tmp_path, called, unused_port) as there:
        await there.begin([Cast("Mo", is_moderator=True), Cast("Asha")], START)
        for label in SETTING_UP:
            await there.press("Mo", label, None)
        await there.type("Mo", "/desk", None)
        await there.press("Asha", "Ask a question", None)
        await there.press("Asha", "Go on", None)
        with there.storing_nothing():
            await there.say_unsettled("Asha", "May I bring my sister?")
            await there.until_received()
            await there.kill()
        await there.start()
        told = "\n".join(one.text for one in await there.seen("Mo"))
        assert told.count("May I bring my sister?") == 1


async def test_what_telegram_delivers_again_because_its_200_was_lost_changes_nothing(
    tmp_path: Path, unused_port: int
) -> None:
    async with stage(tmp_path, True, unused_port) as there:
        await with_a_vote(there)
        delivered: list[dict[str, object]] = []
        put = there.world.put

        def remembered(kind: str, content: dict[str, object], **more: int | None) -> int:
            id = put(kind, content, **more)
            delivered.append({"update_id": id, kind: content})
            return id

        there.world.put = remembered  # type: ignore[method-assign]
        for name in NAMES:
            await there.press(name, "Go on", None)
        await there.join_unsettled("Una")
        await there.advance(timedelta(minutes=2))
        before = said(there)
        await there.kill()
        await there.start()
        for update in delivered:
            assert await there.stand_in.post_webhook(update, port=unused_port) == 200
        await there.advance(timedelta(minutes=2))
        assert [one for one in said(there) if "Welcome" in one.text] == [
            one for one in before if "Welcome" in one.text
        ]
        await there.advance(timedelta(days=7))
        assert "4 people took part" in "\n".join(there.everybody_reads())


def said(there: Killed) -> list[Said]:
    return [one for one in there.world.said if one.chat == there._group.id and one.by["id"] == 4242]
