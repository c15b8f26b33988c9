"""Topics that the bot opens for its own posts, each once as far as that can be known.

Telegram also tells the bot of the topics that it made itself. So a topic whose answer was lost is found
again by that; and one that was opened twice all the same is taken away, still empty.
"""

import logging

from telegram import Message
from telegram.error import TelegramError

from adapters.telegram import errors
from adapters.telegram.connection import Connection
from adapters.telegram.sends import Sends

log = logging.getLogger(__name__)
_LONGEST_TITLE = 128


class Topics:
    def __init__(self, connection: Connection, sends: Sends) -> None:
        self._connection = connection
        self._sends = sends

    async def open(self, chat: int, title: str, key: str) -> int:
        """The topic of this key, opened if it is not there yet. TelegramError."""
        known = self._sends.topic(key)
        if known is not None:
            return known
        title = title.strip()[:_LONGEST_TITLE].strip()
        self._sends.begin_topic(key, chat, title)
        try:
            made = await self._connection.bot.create_forum_topic(chat, title)
        except TelegramError as error:
            if errors.surely_not_done(error):
                self._sends.no_topic(key)
            raise
        self._sends.topic_made(key, made.message_thread_id)
        return made.message_thread_id

    async def made(self, message: Message) -> None:
        """Telegram tells of a topic that was opened by the bot."""
        begun, thread = message.forum_topic_created, message.message_thread_id or message.message_id
        if begun is None or self._sends.topic_seen(message.chat.id, begun.name, thread):
            return
        try:
            await self._connection.bot.delete_forum_topic(message.chat.id, thread)
        except TelegramError as error:
            log.info("an empty topic stays: %s", errors.kind(error))
