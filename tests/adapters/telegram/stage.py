"""The stand-in as a stage for scenarios: a group with topics, and the whole bot in it."""

import asyncio
import json
import signal
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from adapters.rehearsal.places import CHANNELS, DIRECT, MAIN
from adapters.rehearsal.scenario import Cast
from adapters.rehearsal.stage import Seen
from adapters.rehearsal.words import RoomProblem, say
from adapters.telegram import Webhook
from tests.adapters.telegram.clock import MovedClock
from tests.adapters.telegram.stand_in import BOT, Group, Said, Someone, StandIn
from tests.adapters.telegram.stand_in.people import People
from tests.adapters.telegram.stand_in.world import Topic
from tests.adapters.telegram.whole_bot import QUICK, WholeBot, whole_bot

_BOT = ""  # how scenarios call the author when it is the bot


class TelegramStage:
    """Use it as ``async with``.

    ``ephemeral``: this Telegram has messages that one person sees. ``plain``: a basic group, no topics.
    ``webhook``: Telegram calls the bot, instead of being asked.
    """

    def __init__(
        self, folder: Path, *, ephemeral: bool = False, plain: bool = False, webhook: Webhook | None = None
    ) -> None:
        self._webhook = webhook
        self._folder = folder
        self._plain = plain
        self.stand_in = StandIn()
        self.world = self.stand_in.world
        self.world.ephemeral = "full" if ephemeral else "none"
        self._people = People(self.world)
        self._cast: dict[str, Someone] = {}
        self._group: Group
        self._now: datetime
        self._looked: dict[str, tuple[int, int]] = {}

    async def __aenter__(self) -> Self:
        await self.stand_in.start()
        if self._webhook is not None:
            self.stand_in.deliver_to(self._webhook.port)
        return self

    async def __aexit__(self, *fault: object) -> None:
        await self._disconnect()
        await self.stand_in.stop()

    async def begin(self, people: Sequence[Cast], start: datetime) -> None:
        self._now = start
        for one in people:
            self._cast[one.name] = self.world.somebody(one.name, chat="started")
        here = [one for one in people if not one.newcomer]
        members = [self._cast[one.name] for one in here]
        kind = "group" if self._plain else "supergroup"
        self._group = self.world.group("Type 1", *members, kind=kind, forum=not self._plain)
        moderators = [self._cast[one.name] for one in people if one.is_moderator]
        for moderator in moderators:
            self._group.standing[moderator.id] = "creator"
        for name in (*CHANNELS, say("thread")):
            if name != MAIN and not self._plain:
                topic = Topic(self.world.next_message(self._group.id), name)
                self._group.topics[topic.id] = topic
        await self._connect()
        await self._people.add_bot(moderators[0], self._group)
        await self._settle()

    def now(self) -> datetime:
        return self._now

    async def type(self, who: str, text: str, place: str | None) -> None:
        person = self._named(who)
        if place == DIRECT:
            await self._people.say(person, None, text)
        else:
            await self._people.say(person, self._group, text, topic=self._topic(place or MAIN))
        await self._settle()

    async def press(self, who: str, label: str, place: str | None) -> None:
        person = self._named(who)
        labels: list[str] = []
        for said in reversed(self.world.visible(person)):
            if place is not None and self._place(said) != place:
                continue
            for button in said.buttons:
                if button["text"] == label and "callback_data" in button:
                    await self._people.press(person, said, label)
                    return await self._settle()
                labels.append(button["text"])
        known = ", ".join(dict.fromkeys(labels)) or say("nothing")
        raise RoomProblem("script-no-button", name=who, label=label, known=known)

    async def fill(self, who: str, values: Mapping[str, str]) -> None:
        """Answer each prompt in the private chat, in the order they come."""
        person = self._named(who)
        fields = await self._fields(person)
        for name in values:
            if name not in [field["name"] for field in fields]:
                known = ", ".join(field["name"] for field in fields)
                raise RoomProblem("script-no-field", name=name, known=known)
        for field in fields:
            words = values.get(field["name"]) or ("/keep" if field["value"] else "/skip")
            await self._people.say(person, None, words)
            await self._settle()

    async def join(self, who: str) -> None:
        await self._people.join(self._group, self._named(who))
        await self._settle()

    async def leave(self, who: str) -> None:
        await self._people.leave(self._group, self._named(who))
        await self._settle()

    async def advance(self, by: timedelta) -> None:
        self._now += by
        await self._pass_until(self._now)
        await self._settle()

    async def to_next_due(self) -> None:
        due = await self._next_due()
        if due is None:
            raise RoomProblem("nothing-due")
        await self.advance(max(due - self._now, timedelta(0)))

    async def seen(self, who: str) -> Sequence[Seen]:
        person = self._named(who)
        rev, alerts = self._looked.get(who, (0, 0))
        self._looked[who] = (self.world.rev, len(self.world.alerts))
        new = [said for said in self.world.visible(person) if said.rev > rev and said.by["id"] != person.id]
        boxes = [
            Seen(id=f"box{number}", place=DIRECT, author=_BOT, private=True, text=words)
            for number, (whom, words, _) in enumerate(self.world.alerts)
            if number >= alerts and whom == person.id
        ]
        return [*(self._seen(said) for said in new), *boxes]

    async def upgrade(self, order: str) -> None:
        """Make the group a supergroup."""
        moderator = next(iter(self._cast.values()))
        self._group = await self._people.upgrade(moderator, self._group, order=order)
        await self._settle()

    async def rebuild(self) -> None:
        await self._disconnect()
        await self._connect()

    async def stop(self) -> None:
        await self._disconnect()

    async def start(self) -> None:
        await self._connect()

    # How the bot runs; a stage with a process of its own has other ways.

    async def _connect(self) -> None:
        self._stack = AsyncExitStack()
        self._clock = MovedClock(self._now)
        making = whole_bot(
            self._folder, self.stand_in.address, self.stand_in.token, self._clock, QUICK, self._webhook
        )
        self._bot: WholeBot = await self._stack.enter_async_context(making)

    async def _disconnect(self) -> None:
        if hasattr(self, "_stack"):
            await self._stack.aclose()

    async def _settle(self) -> None:
        await asyncio.wait_for(self.stand_in.fetched(), 30)
        await self._bot.settle()

    async def _pass_until(self, until: datetime) -> None:
        await self._bot.pass_until(until)

    async def _next_due(self) -> datetime | None:
        return await self._bot.next_due()

    async def _fields(self, person: Someone) -> list[dict[str, Any]]:
        """What is still to be answered, read as the bot keeps it."""
        question = self._bot.telegram.state.question(person.id)
        if question is None:
            raise RoomProblem("no-form", name=person.first_name)
        return list(question.asked["fields"][question.step :])

    def _named(self, name: str) -> Someone:
        for known, person in self._cast.items():
            if known.casefold() == name.casefold():
                return person
        raise RoomProblem("unknown-person", name=name)

    def _topic(self, name: str) -> Topic | None:
        wanted = name.strip().removeprefix("#").casefold()
        if wanted == MAIN:
            return None
        for topic in self._group.topics.values():
            if topic.name.casefold() == wanted:
                return topic
        raise RoomProblem("unknown-place", name=name)

    def _place(self, said: Said) -> str:
        if said.chat not in self.world.groups:
            return DIRECT
        return self._group.topics[said.thread].name if said.thread else MAIN

    def _seen(self, said: Said) -> Seen:
        return Seen(
            id=f"{said.chat}.{said.id}.{said.ephemeral}.{said.rev}",
            place=self._place(said),
            author=_BOT if said.by["id"] == BOT["id"] else said.by["first_name"],
            private=said.only_for is not None or said.chat not in self.world.groups,
            text=said.text,
            buttons=[button["text"] for button in said.buttons],
        )


class KilledTelegramStage(TelegramStage):
    """The bot is a process of its own, which ``rebuild`` kills (-9) and starts again."""

    _process: asyncio.subprocess.Process | None = None

    async def _connect(self) -> None:
        webhook = json.dumps(asdict(self._webhook)) if self._webhook is not None else ""
        where = [str(self._folder), self.stand_in.address, self.stand_in.token]
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.adapters.telegram.bot_process",
            *(*where, self._now.isoformat(), webhook),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        await self._read()

    async def _disconnect(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()
            self._process = None

    async def _settle(self) -> None:
        await asyncio.wait_for(self.stand_in.fetched(), 30)
        await self._call("settle")

    async def _pass_until(self, until: datetime) -> None:
        await self._call("pass_until", until.isoformat())

    async def _next_due(self) -> datetime | None:
        due = await self._call("next_due")
        return datetime.fromisoformat(due) if due else None

    async def _fields(self, person: Someone) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(self._folder / "telegram.db")) as file:
            row = file.execute("SELECT asked, step FROM questions WHERE person = ?", (person.id,)).fetchone()
        if row is None:
            raise RoomProblem("no-form", name=person.first_name)
        return list(json.loads(row[0])["fields"][row[1] :])

    async def _call(self, name: str, *arguments: str) -> Any:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write((json.dumps([name, *arguments]) + "\n").encode())
        await self._process.stdin.drain()
        return await self._read()

    async def _read(self) -> Any:
        assert self._process is not None
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), 60)
        if not line:
            raise AssertionError("the bot's process ended by itself")
        return json.loads(line)
