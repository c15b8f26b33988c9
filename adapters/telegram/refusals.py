"""Where Telegram does not let the bot do its part: told to the core, which tells the moderators."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable

from telegram import Message

from adapters.telegram import inbound
from adapters.telegram.connection import Connection
from bot.contract import events
from bot.contract.platform import Receive

TOPIC, GENERAL, INVITE = "topic", "general", "can_invite_users"
_REMEMBERED = 5_000


class Refusals:
    """Asks nothing of Telegram: the connection tells it what was refused, and what went well."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._receive: Receive | None = None
        self._closed: set[tuple[int, int | None]] = set()
        self._names: OrderedDict[tuple[int, int], str] = OrderedDict()
        self._telling: set[asyncio.Task[None]] = set()
        connection.on_no_topic = self._no_topic
        connection.on_sent = self._sent

    def begin(self, receive: Receive) -> None:
        """From now on there is somebody to tell."""
        self._receive = receive

    def really(self, chat: int, thread: int | None) -> int | None:
        """Where a post for this topic stands: in General, if the topic is closed or gone."""
        return None if (chat, thread) in self._closed else thread

    def no_right(self, chat: int, right: str) -> None:
        """The bot lacks a right that it needs for what it was asked to do."""
        self._tell(chat, None, right)

    def called(self, message: Message) -> None:
        """Topics are named where they begin, and in what answers that."""
        begun = message.forum_topic_created or (
            message.reply_to_message.forum_topic_created if message.reply_to_message else None
        )
        if begun is not None and message.message_thread_id is not None:
            self._names[message.chat.id, message.message_thread_id] = begun.name
            if len(self._names) > _REMEMBERED:
                self._names.popitem(last=False)

    async def reopened(self, chat: int, thread: int | None) -> None:
        """Somebody opened a topic again."""
        self._closed.discard((chat, thread))
        if self._receive is not None:
            await self._receive(events.PlaceOpened(**self._happened(chat, thread)))

    async def settled(self) -> None:
        """Wait until the core knows everything."""
        while self._telling:
            await asyncio.wait(set(self._telling))

    def _no_topic(self, chat: int, thread: int | None) -> None:
        self._closed.add((chat, thread))
        self._tell(chat, thread, TOPIC if thread is not None else GENERAL)

    def _sent(self, chat: int, thread: int | None) -> None:
        if (chat, thread) not in self._closed or self._receive is None:
            return
        self._closed.discard((chat, thread))
        self._later(self._receive(events.PlaceOpened(**self._happened(chat, thread))))

    def _tell(self, chat: int, thread: int | None, missing: str) -> None:
        if self._receive is None:
            return
        called = self._names.get((chat, thread), "") if thread is not None else ""
        event = events.PlaceRefused(**self._happened(chat, thread), missing=(missing,), called=called)
        self._later(self._receive(event))

    def _happened(self, chat: int, thread: int | None) -> inbound.Happened:
        return {
            "id": f"place{chat}x{thread or 0}",
            "seq": 0,
            "place": inbound.group_place(chat, thread),
            "person": inbound.person(self._connection.me),
            "is_member": True,
            "group_size": None,
        }

    def _later(self, work: Awaitable[object]) -> None:
        async def done() -> None:
            await work

        task = asyncio.ensure_future(done())
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)
