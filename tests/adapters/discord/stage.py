"""The stand-in as a stage for scenarios: a server with channels and a forum, and the whole bot in it."""

import asyncio
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from adapters.rehearsal.places import CHANNELS, DIRECT, FORUM, MAIN
from adapters.rehearsal.scenario import Cast
from adapters.rehearsal.stage import Seen
from adapters.rehearsal.words import RoomProblem, say
from tests.adapters.discord.stand_in import BOT, Channel, Guild, Member, Message, Someone, StandIn
from tests.adapters.discord.stand_in.eyes import seen as as_seen
from tests.adapters.discord.stand_in.world import FORUM as FORUM_TYPE
from tests.adapters.discord.stand_in.world import MANAGE, MODERATE, POST
from tests.adapters.discord.whole_bot import MovedClock, WholeBot, whole_bot

_BOT = ""  # how scenarios call the author when it is the bot
_LONG_AGO = "2020-01-01T00:00:00.000000+00:00"


class DiscordStage:
    """Use it as ``async with``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.stand_in = StandIn()
        self.world, self._people = self.stand_in.world, self.stand_in.people
        self._cast: dict[str, Someone] = {}
        self._guild: Guild
        self._now: datetime
        self._looked: dict[str, tuple[int, int]] = {}

    async def __aenter__(self) -> Self:
        await self.stand_in.start()
        return self

    async def __aexit__(self, *fault: object) -> None:
        await self._disconnect()
        await self.stand_in.stop()

    async def begin(self, people: Sequence[Cast], start: datetime) -> None:
        self._now = start
        self._cast = {one.name: Someone(one.name) for one in people}
        moderator = next(self._cast[one.name] for one in people if one.is_moderator)
        self._guild = self._furnished(moderator)
        for one in people:
            if not one.newcomer:
                allowed = MANAGE | MODERATE if one.is_moderator else 0
                roles = [self._guild.moderators] if one.is_moderator else []  # known in private chats too
                member = Member(self._cast[one.name], allowed, joined_at=_LONG_AGO, roles=roles)
                self._guild.members[member.user.id] = member
        await self._connect()
        await self._people.add_bot(self._guild, moderator)
        await self._settle()

    def _furnished(self, owner: Someone) -> Guild:
        guild = self.world.guild("Type 1", owner)
        guild.has_bot = False
        for name in CHANNELS:
            if name != MAIN:
                guild.channel(name)
        forum = guild.channel(FORUM, FORUM_TYPE)
        thread = Channel(say("thread"), POST, guild=guild, parent=forum, owner=owner)
        guild.threads.append(thread)
        self.world.say(Message(thread, owner, say("thread"), id=thread.id))
        return guild

    def now(self) -> datetime:
        return self._now

    async def type(self, who: str, text: str, place: str | None) -> None:
        person = self._named(who)
        channel = self._channel(person, place or MAIN)
        if text.startswith("/") and text[1:2].isalnum():
            name, _, words = text[1:].partition(" ")
            await self._people.command(person, channel, name, words.strip())
        else:
            await self._people.write(person, channel, text)
        await self._settle()

    async def press(self, who: str, label: str, place: str | None) -> None:
        person = self._named(who)
        labels: list[str] = []
        for message in reversed(self.world.visible(person)):
            if place is not None and self._place(message) != place.removeprefix("#").casefold():
                continue
            for button in message.buttons:
                if button["label"] == label and "custom_id" in button:
                    self._must_be_here(person, message.channel)
                    await self._people.press(person, message, label)
                    return await self._settle()
                labels.append(button["label"])
        known = ", ".join(dict.fromkeys(labels)) or say("nothing")
        raise RoomProblem("script-no-button", name=who, label=label, known=known)

    async def fill(self, who: str, values: Mapping[str, str]) -> None:
        person = self._named(who)
        if person.id not in self.stand_in.questions.forms:
            raise RoomProblem("no-form", name=who)
        _, form = self.stand_in.questions.forms[person.id]
        known = [top["component"]["custom_id"] for top in form["components"] if top["type"] == 18]
        for name in values:
            if name not in known:
                raise RoomProblem("script-no-field", name=name, known=", ".join(known))
        await self._people.fill(person, values)
        await self._settle()

    async def join(self, who: str) -> None:
        """Join, read the server's rules in its own screening, and be let in."""
        person = self._named(who)
        await self._people.join(self._guild, person, pending=True, joined_at=self._now.isoformat())
        await self._people.accept_rules(self._guild, person)
        await self._settle()

    async def leave(self, who: str) -> None:
        await self._people.leave(self._guild, self._named(who))
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
        rev, forms = self._looked.get(who, (0, 0))
        new = [one for one in self.world.visible(person) if one.rev > rev and one.author is not person]
        shown = [self._seen(one) for one in new]
        opened = self.stand_in.questions.opened
        if opened.get(person.id, 0) > forms and person.id in self.stand_in.questions.forms:
            shown.append(self._form(person, opened[person.id]))
        self._looked[who] = (self.world.rev, opened.get(person.id, 0))
        return shown

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
        making = whole_bot(self._folder, self.stand_in.address, self.stand_in.token, self._clock)
        self._bot: WholeBot = await self._stack.enter_async_context(making)

    async def _disconnect(self) -> None:
        if hasattr(self, "_stack"):
            await self._stack.aclose()

    async def _settle(self) -> None:
        await self.stand_in.heard()
        await self._bot.settle()

    async def _pass_until(self, until: datetime) -> None:
        await self._bot.pass_until(until)

    async def _next_due(self) -> datetime | None:
        return await self._bot.next_due()

    def _named(self, name: str) -> Someone:
        for known, person in self._cast.items():
            if known.casefold() == name.casefold():
                return person
        raise RoomProblem("unknown-person", name=name)

    def _channel(self, person: Someone, name: str) -> Channel:
        wanted = name.strip().removeprefix("#").casefold()
        if wanted == DIRECT:
            return self.world.direct(person)
        for channel in (*self._guild.channels, *self._guild.threads):
            if channel.name.casefold() == wanted and channel.type != FORUM_TYPE:
                self._must_be_here(person, channel)
                return channel
        raise RoomProblem("unknown-place", name=name)

    def _must_be_here(self, person: Someone, channel: Channel) -> None:
        if channel.guild is not None and person.id not in channel.guild.members:
            raise RoomProblem("not-here", name=person.name)

    @staticmethod
    def _place(message: Message) -> str:
        return DIRECT if message.channel.guild is None else message.channel.name.casefold()

    def _seen(self, message: Message) -> Seen:
        return Seen(
            id=f"{message.id}.{message.rev}",
            place=DIRECT if message.channel.guild is None else message.channel.name,
            author=_BOT if message.author is BOT else message.author.name,
            private=message.only_for is not None or message.channel.guild is None,
            text=as_seen(message.content),
            buttons=[button["label"] for button in message.buttons],
        )

    def _form(self, person: Someone, number: int) -> Seen:
        question, form = self.stand_in.questions.forms[person.id]
        lines = [form["title"]]
        for top in form["components"]:
            if top["type"] == 10:
                lines.append(as_seen(top["content"]))
            else:
                label = top.get("description") or top["label"]
                lines.append(f"{top['component']['custom_id']}: {label}")
        place = DIRECT if question.channel.guild is None else question.channel.name
        text = "\n".join(lines)
        return Seen(id=f"form-{person.id}.{number}", place=place, author=_BOT, private=True, text=text)


class KilledDiscordStage(DiscordStage):
    """The bot is a process of its own, which ``rebuild`` kills (-9) and starts again."""

    _process: asyncio.subprocess.Process | None = None

    async def _connect(self) -> None:
        arguments = [str(self._folder), self.stand_in.address, self.stand_in.token, self._now.isoformat()]
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.adapters.discord.bot_process",
            *arguments,
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
        await self.stand_in.heard()
        await self._call("settle")

    async def _pass_until(self, until: datetime) -> None:
        await self._call("pass_until", until.isoformat())

    async def _next_due(self) -> datetime | None:
        due = await self._call("next_due")
        return datetime.fromisoformat(due) if due else None

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
