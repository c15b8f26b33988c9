"""Channels, threads, private chats and the messages in them, as the stand-in answers for them."""

from typing import Any

from tests.adapters.discord.stand_in import limits
from tests.adapters.discord.stand_in.asked import Answer, Asked
from tests.adapters.discord.stand_in.questions import Refusal
from tests.adapters.discord.stand_in.world import (
    BOT,
    DM,
    FORUM,
    IN_THREADS,
    POST,
    SEND,
    VIEW,
    Channel,
    Message,
    World,
)


class Channels:
    def __init__(self, world: World, objections: list[str]) -> None:
        self.world, self.objections = world, objections
        self.events: list[tuple[str, dict[str, Any], str | None]] = []
        self._nonces: dict[tuple[str, str], Message] = {}

    def open_direct(self, asked: Asked) -> Answer:
        id = asked.body["recipient_id"]
        people = [member.user for guild in self.world.guilds.values() for member in guild.members.values()]
        people += [channel.recipient for channel in self.world.directs.values() if channel.recipient]
        for person in people:
            if person.id == str(id):
                return self.world.direct(person).wire()
        raise Refusal(400, 50033)

    def send(self, asked: Asked) -> Answer:
        channel = self._writable(asked.names[0])
        self.objections += limits.message(asked.body)
        nonce = (channel.id, str(asked.body.get("nonce")))
        if asked.body.get("enforce_nonce") and nonce in self._nonces:
            return self._nonces[nonce].wire()
        if not asked.body.get("content") and not asked.body.get("components"):
            raise Refusal(400, 50006)
        body = asked.body
        made = Message(
            channel, BOT, body.get("content") or "", body.get("components") or [], body.get("flags", 0)
        )
        channel.archived = False
        self._nonces[nonce] = self.world.say(made)
        return made.wire()

    def _writable(self, id: str) -> Channel:
        channel = self._channel(id)
        if channel.type == DM:
            assert channel.recipient is not None
            if not channel.recipient.accepts_messages:
                raise Refusal(403, 50007)
            return channel
        assert channel.guild is not None
        need = VIEW | (IN_THREADS if channel.type == POST else SEND)
        if not channel.guild.has_bot or channel.guild.allowed(channel) & need != need:
            raise Refusal(403, 50001 if not channel.guild.allowed(channel) & VIEW else 50013)
        if channel.type == POST and not any(one.channel is channel for one in self.world.messages.values()):
            raise Refusal(403, 40058)
        if channel.locked:
            raise Refusal(403, 160005)
        return channel

    def edit(self, asked: Asked) -> Answer:
        self.objections += limits.message(asked.body)
        message = self._message(asked.names[1])
        if message.channel.archived:
            raise Refusal(400, 50083)
        message.content = asked.body.get("content", message.content) or ""
        message.components = asked.body.get("components", message.components) or []
        message.edited = True
        return self.world.changed(message).wire()

    def delete(self, asked: Asked) -> Answer:
        message = self._message(asked.names[1])
        message.deleted = True
        self.world.changed(message)

    def pin(self, asked: Asked) -> Answer:
        self._message(asked.names[1]).pinned = True

    def open_thread(self, asked: Asked) -> Answer:
        forum = self._channel(asked.names[0])
        assert forum.guild is not None
        if forum.type == FORUM and forum.require_tag and not asked.body.get("applied_tags"):
            raise Refusal(400, 40067)
        said = asked.body["message"]
        self.objections += limits.message(said)
        post = Channel(asked.body["name"], POST, guild=forum.guild, parent=forum, owner=BOT)
        post.applied = [str(tag) for tag in asked.body.get("applied_tags", [])]
        forum.guild.threads.append(post)
        first = Message(post, BOT, said.get("content") or "", said.get("components") or [], id=post.id)
        self.events.append(("THREAD_CREATE", post.wire() | {"newly_created": True}, forum.guild.id))
        return {**post.wire(), "message": self.world.say(first).wire()}

    def change_channel(self, asked: Asked) -> Answer:
        channel = self._channel(asked.names[0])
        channel.archived = asked.body.get("archived", channel.archived)
        return channel.wire()

    def _channel(self, id: str) -> Channel:
        channel = self.world.find(id)
        if channel is None:
            raise Refusal(404, 10003)
        return channel

    def _message(self, id: str) -> Message:
        message = self.world.messages.get(id)
        if message is None or message.deleted:
            raise Refusal(404, 10008)
        return message
