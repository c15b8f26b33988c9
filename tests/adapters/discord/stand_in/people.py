"""What people do on the stand-in."""

import asyncio
from collections.abc import Mapping
from typing import Any

from tests.adapters.discord.stand_in.gateway import Gateway
from tests.adapters.discord.stand_in.questions import FIRST_WORD, Question, Questions
from tests.adapters.discord.stand_in.world import (
    BOT,
    DM,
    POST,
    Channel,
    Guild,
    Member,
    Message,
    Someone,
    World,
    snowflake,
)


class People:
    def __init__(self, world: World, questions: Questions, gateway: Gateway) -> None:
        self._world, self._questions, self._gateway = world, questions, gateway
        self.failed: list[str] = []  # "This interaction failed"
        self.commands: list[dict[str, Any]] = []
        self.last: tuple[dict[str, Any], str | None] | None = None

    async def command(self, who: Someone, where: Channel, name: str, words: str = "") -> Question:
        """Type /name words."""
        options = [{"type": 3, "name": "words", "value": words}] if words else []
        data = {"id": "1", "name": name, "type": 1, "options": options}
        return await self._ask(who, where, 2, data)

    async def menu(self, who: Someone, where: Channel, name: str, on: Message) -> Question:
        """Choose a menu of a message."""
        resolved = {"messages": {on.id: on.wire()}}
        data = {"id": "2", "name": name, "type": 3, "target_id": on.id, "resolved": resolved}
        return await self._ask(who, where, 2, data)

    async def suggestions(self, who: Someone, where: Channel, name: str, typed: str) -> list[dict[str, Any]]:
        """What Discord suggests while somebody types."""
        options = [{"type": 3, "name": "words", "value": typed, "focused": True}]
        data = {"id": "1", "name": name, "type": 1, "options": options}
        return (await self._ask(who, where, 4, data)).choices

    async def press(self, who: Someone, message: Message, label: str) -> Question:
        """Press the button of a message with that label."""
        button = next(one for one in message.buttons if one.get("label") == label)
        data = {"component_type": 2, "custom_id": button["custom_id"]}
        return await self._ask(who, message.channel, 3, data, message)

    async def press_id(self, who: Someone, message: Message, custom_id: str) -> Question:
        return await self._ask(
            who, message.channel, 3, {"component_type": 2, "custom_id": custom_id}, message
        )

    async def fill(self, who: Someone, values: Mapping[str, str]) -> Question:
        """Send the open form; what is not named keeps what stands in it."""
        question, form = self._questions.forms.pop(who.id)
        components: list[dict[str, Any]] = []
        for number, top in enumerate(form["components"]):
            if top["type"] == 10:
                components.append({"type": 10, "id": number})
                continue
            inner = top["component"]
            value = values.get(inner["custom_id"], inner.get("value") or "")
            typed = {"type": 4, "id": number, "custom_id": inner["custom_id"], "value": value}
            components.append({"type": 18, "id": number, "component": typed})
        data = {"custom_id": form["custom_id"], "components": components}
        sent = await self._ask(who, question.channel, 5, data, question.pressed)
        if sent.response is None:  # Discord says that it failed, and the form stays open
            self._questions.forms[who.id] = (question, form)
        return sent

    async def write(self, who: Someone, where: Channel, text: str, **more: Any) -> Message:
        """An ordinary message."""
        said = self._world.say(Message(where, who, text, **more))
        wire = said.wire()
        if where.guild is not None:
            wire |= {"guild_id": where.guild.id}
            if who.id in where.guild.members:
                wire["member"] = {k: v for k, v in where.guild.members[who.id].wire().items() if k != "user"}
        await self._gateway.tell("MESSAGE_CREATE", wire, where.guild.id if where.guild else None)
        return said

    async def edit(self, who: Someone, message: Message, text: str) -> None:
        """Other words in an ordinary message."""
        message.content = text
        await self._update(who, message, {"edited_timestamp": "2026-11-25T10:00:05.000000+00:00"})

    async def preview(self, who: Someone, message: Message) -> None:
        """Discord adds a preview of a link, which it tells like an edit."""
        await self._update(who, message, {"embeds": [{"type": "link", "url": "https://example.org"}]})

    async def _update(self, who: Someone, message: Message, more: dict[str, Any]) -> None:
        guild = message.channel.guild
        assert guild is not None
        member = {k: v for k, v in guild.members[who.id].wire().items() if k != "user"}
        wire = message.wire() | {"guild_id": guild.id, "member": member} | more
        await self._gateway.tell("MESSAGE_UPDATE", wire, guild.id)

    async def post(self, who: Someone, forum: Channel, title: str, text: str, *tags: str) -> Channel:
        """Open a forum post with its first message."""
        assert forum.guild is not None
        thread = Channel(title, POST, guild=forum.guild, parent=forum, owner=who)
        thread.applied = [one["id"] for one in forum.tags if one["name"] in tags]
        forum.guild.threads.append(thread)
        self._world.say(Message(thread, who, text, id=thread.id))
        await self._gateway.tell("THREAD_CREATE", thread.wire() | {"newly_created": True}, forum.guild.id)
        return thread

    async def join(self, guild: Guild, who: Someone, **more: Any) -> None:
        guild.members[who.id] = Member(who, **more)
        await self._gateway.tell("GUILD_MEMBER_ADD", self._member(guild, who), guild.id)

    async def accept_rules(self, guild: Guild, who: Someone) -> None:
        guild.members[who.id].pending = False
        await self._gateway.tell("GUILD_MEMBER_UPDATE", self._member(guild, who), guild.id)

    async def leave(self, guild: Guild, who: Someone) -> None:
        del guild.members[who.id]
        data = {"guild_id": guild.id, "user": who.wire()}
        await self._gateway.tell("GUILD_MEMBER_REMOVE", data, guild.id)

    async def add_bot(self, guild: Guild, who: Someone | None = None) -> None:
        guild.has_bot, guild.added_by = True, who
        await self._gateway.tell("GUILD_CREATE", guild.wire(), guild.id)

    async def remove_bot(self, guild: Guild) -> None:
        guild.has_bot = False
        await self._gateway.tell("GUILD_DELETE", {"id": guild.id}, guild.id)

    async def lose(self, guild: Guild) -> None:
        """An outage: the server is unavailable."""
        guild.available = False
        await self._gateway.tell("GUILD_DELETE", {"id": guild.id, "unavailable": True}, guild.id)

    async def find_again(self, guild: Guild) -> None:
        guild.available = True
        await self._gateway.tell("GUILD_CREATE", guild.wire() | {"unavailable": False}, guild.id)

    async def change_channel(self, channel: Channel) -> None:
        assert channel.guild is not None
        await self._gateway.tell("CHANNEL_UPDATE", channel.wire(channel.guild.bot_role), channel.guild.id)

    async def change_roles(self, guild: Guild) -> None:
        for role in guild.roles():
            await self._gateway.tell("GUILD_ROLE_UPDATE", {"guild_id": guild.id, "role": role}, guild.id)

    async def again(self) -> None:
        """The last interaction event comes a second time."""
        assert self.last is not None
        await self._gateway.tell("INTERACTION_CREATE", *self.last)

    @staticmethod
    def _member(guild: Guild, who: Someone) -> dict[str, Any]:
        return guild.members[who.id].wire() | {"guild_id": guild.id}

    async def _ask(
        self, who: Someone, where: Channel, kind: int, data: dict[str, Any], pressed: Message | None = None
    ) -> Question:
        """Send an interaction and wait for the first word, as long as Discord does."""
        question = Question(
            self._questions.new_id(), f"token-{snowflake()}", who, where, pressed, is_form=kind == 5
        )
        self._questions.ask(question)
        guild = where.guild
        self.last = (self._wire(question, kind, data), guild.id if guild else None)
        await self._gateway.tell("INTERACTION_CREATE", *self.last)
        try:
            await asyncio.wait_for(question.answered.wait(), FIRST_WORD)
        except TimeoutError:
            self.failed.append(f"{who.name}: {data.get('name') or data.get('custom_id')}")
        return question

    def _wire(self, question: Question, kind: int, data: dict[str, Any]) -> dict[str, Any]:
        guild, who = question.channel.guild, question.who
        wire: dict[str, Any] = {
            "id": question.id,
            "application_id": BOT.id,
            "type": kind,
            "data": data,
            "token": question.token,
            "version": 1,
            "locale": who.locale,
            "entitlements": [],
            "authorizing_integration_owners": {},
            "attachment_size_limit": 10_485_760,
            "app_permissions": "0",
            "channel_id": question.channel.id,
            "channel": question.channel.wire(),
            "context": 0 if guild else 1,
        }
        if guild is None:
            wire["user"] = who.wire()
        else:
            member = guild.members[who.id]  # only members can use anything in a server
            wire |= {"guild_id": guild.id, "guild_locale": guild.locale}
            wire["guild"] = {"id": guild.id, "locale": guild.locale, "features": []}
            wire["member"] = member.wire() | {"permissions": str(member.permissions)}
        return wire if question.pressed is None else wire | {"message": question.pressed.wire()}


__all__ = ["DM", "People"]
