"""Answers, given where the asker may read them. What is private never becomes public.

Ways for a private answer in a group, the first that works: a message only the asker sees; a box over the
button that was pressed; the private chat; a link into the private chat. While messages would have to wait
for their turn, presses get boxes and links, which need none, and commands the private chat first.
"""

import logging
from collections.abc import Sequence

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from adapters.telegram import errors, origin, outbound, text
from adapters.telegram.asked import LONGEST_ALERT, Asked
from adapters.telegram.connection import Connection
from adapters.telegram.core import Phrase
from adapters.telegram.ephemeral import Ephemeral
from adapters.telegram.links import Links
from adapters.telegram.questions import Questions
from bot.contract.actions import Answer, Ask, Reply
from bot.contract.markup import plain

log = logging.getLogger(__name__)


class Answers:
    def __init__(
        self,
        connection: Connection,
        ephemeral: Ephemeral,
        questions: Questions,
        links: Links,
        phrase: Phrase,
    ) -> None:
        self._connection = connection
        self._ephemeral = ephemeral
        self._questions = questions
        self._links = links
        self._phrase = phrase

    async def give(self, asked: Asked, answers: Sequence[Answer]) -> bool:
        """Give every answer; whatever fails, a pressed button ends. False, and logged, if one failed."""
        try:
            for answer in answers:
                await self._give(asked, answer)
        except TelegramError as error:
            log.warning("an answer could not be given: %s", errors.kind(error))
            return False
        except Exception as fault:
            log.error("an answer could not be given: %s", errors.where(fault))
            return False
        else:
            return True
        finally:
            if asked.query is not None:
                await asked.query.answer()

    async def _give(self, asked: Asked, answer: Answer) -> None:
        """One answer; if its group has just moved, it goes there."""
        give = self._reply if isinstance(answer, Reply) else self._ask
        if isinstance(answer, Reply | Ask):
            try:
                await give(asked, answer)  # type: ignore[arg-type]
            except ChatMigrated as migrated:
                asked.chat, asked.message = migrated.new_chat_id, None
                await give(asked, answer)  # type: ignore[arg-type]

    async def say(self, asked: Asked, key: str) -> None:
        """One of the adapter's own sentences, in the private chat."""
        await self._connection.send(asked.chat, outbound.Shown(text.plain(self._phrase(key, asked.locale))))

    async def _reply(self, asked: Asked, reply: Reply) -> None:
        if asked.private:
            await self._in_private(asked, asked.chat, reply)
        elif not reply.private:
            for shown in outbound.messages(reply.body, reply.buttons):
                await self._connection.send(asked.chat, shown, thread=asked.thread, reply_to=asked.message)
        else:
            await self._whisper(asked, reply)

    async def _in_private(self, asked: Asked, chat: int, reply: Reply) -> None:
        buttons = outbound.at_home(reply.buttons, asked.community) if asked.place.group else reply.buttons
        shown = outbound.messages(reply.body, buttons)
        shown[-1] = origin.carried(shown[-1], asked.place)
        if reply.replaces and asked.private and asked.query is not None and asked.message and len(shown) == 1:
            try:
                await self._connection.edit(chat, asked.message, shown[0])
            except BadRequest:  # too old to be changed: a new message then
                pass
            else:
                return
        for one in shown:
            await self._connection.send(chat, one)

    async def _whisper(self, asked: Asked, reply: Reply) -> None:
        """A private answer to something asked in a group: the first way that works."""
        ways = [self._in_the_group, self._in_a_box, self._directly]
        limiter = self._connection.limiter
        if asked.query is not None and (limiter.wait(asked.chat) or limiter.wait(asked.asker)):
            ways = [self._in_a_box]
        elif limiter.wait(asked.chat):
            ways = [self._directly, self._in_the_group]
        for way in ways:
            if await way(asked, reply):
                return
        token = self._links.keep(place=asked.place, user=asked.user, reply=reply, community=asked.community)
        await self._point(asked, self._connection.deep_link(token))

    async def _in_the_group(self, asked: Asked, reply: Reply) -> bool:
        """Where everyone is, and only the asker sees it."""
        shown = outbound.messages(reply.body, reply.buttons)
        return await self._ephemeral.send(asked, shown, replace=reply.replaces)

    async def _in_a_box(self, asked: Asked, reply: Reply) -> bool:
        """Over the pressed button, if the answer is short and has no next step."""
        words = plain(reply.body)
        needs_buttons = reply.buttons and not reply.words_suffice
        if asked.query is None or needs_buttons or text.units(words) > LONGEST_ALERT:
            return False
        return await asked.query.answer(words)

    async def _directly(self, asked: Asked, reply: Reply) -> bool:
        """Into the private chat, if the person ever opened it."""
        if asked.user is None:
            return False
        try:
            await self._in_private(asked, asked.user, reply)
        except (Forbidden, BadRequest):
            return False
        await self._point(asked, None)
        return True

    async def _point(self, asked: Asked, url: str | None) -> None:
        """Show the way to the private chat. Nothing of the answer is in it."""
        if asked.query is not None:
            seen = self._phrase("telegram.see-private", asked.locale)
            await (asked.query.answer(url=url) if url else asked.query.answer(seen))
        elif url is not None:
            where = text.plain(self._phrase("telegram.answer-waits", asked.locale))
            label = self._phrase("telegram.open-private", asked.locale)
            shown = outbound.Shown(where, outbound.link(label, url))
            await self._connection.send(asked.chat, shown, thread=asked.thread, reply_to=asked.message)

    async def _ask(self, asked: Asked, ask: Ask) -> None:
        """Words are asked for in the private chat only."""
        if asked.user is None:  # nobody whom a private chat could be opened with
            await self._point(asked, self._connection.deep_link("start"))
            return
        number = self._questions.keep(asked, ask)
        try:
            await self._questions.begin(asked.user)
        except (Forbidden, BadRequest):
            await self._point(asked, self._connection.deep_link(number))
        else:
            if not asked.private:
                await self._point(asked, None)
