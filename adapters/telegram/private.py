"""The private chat: answers to open forms, links that open things, commands, and who stands where.

Membership is asked before anything of a group is shown here. A link shows; it never does.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from telegram import Message, User
from telegram.error import TelegramError

from adapters.telegram import errors, inbound, links, questions
from adapters.telegram.answers import Answers
from adapters.telegram.asked import Asked
from adapters.telegram.core import PLATFORM, Groups
from adapters.telegram.links import Links
from adapters.telegram.members import Members, Standing
from adapters.telegram.questions import Filled, Questions
from adapters.telegram.state import State
from bot.contract import events
from bot.contract.actions import Answer
from bot.contract.payload import decode
from bot.contract.platform import Receive

log = logging.getLogger(__name__)
_START = "start"
_LOOK_AT = 5  # communities in which somebody may be, to find the one they mean
_HELP = "help"  # Telegram's own hello is a wish to know what this is
Give = Callable[[Asked, Sequence[Answer]], None]


class Private:
    def __init__(
        self,
        *,
        members: Members,
        answers: Answers,
        open_links: Links,
        open_questions: Questions,
        state: State,
        groups: Groups,
        receive: Receive,
    ) -> None:
        self._state = state
        self._members = members
        self._answers = answers
        self._links = open_links
        self._questions = open_questions
        self._groups = groups
        self._receive = receive

    async def message(self, id: int, message: Message, given: inbound.Typed | None, give: Give) -> None:
        """Something written to the bot alone."""
        if message.from_user is None:
            return
        deed = Deed(
            id=id,
            message=message,
            user=message.from_user,
            asked=_asked(message, message.from_user),
            give=give,
        )
        if given is not None and given.name == _START and given.words:
            await self._quietly(self._follow(deed, given.words))
        elif given is not None and given.name not in questions.WORDS:
            await self._command(deed, _HELP if given.name == _START else given.name, given.words)
        elif self._questions.waits(deed.user.id):
            await self._form(deed)
        elif message.text and self._groups.wants(events.TextPosted, PLATFORM, ""):
            happened = deed.happened(deed.asked.place, Standing())
            ref = inbound.message_ref(message)
            give(
                deed.asked, await self._receive(events.TextPosted(**happened, text=message.text, message=ref))
            )

    async def standing(self, asked: Asked, payload: str) -> Standing:
        """Who somebody is who pressed: in the group itself, or from afar in the community it names."""
        if asked.place.group:
            there = self._state.moved(int(asked.place.group))
            standing = await self._members.standing(there, asked.asker)
            if not asked.private or standing.is_member is not False:
                return standing
        found = decode(payload)
        return await self._from_afar(asked.asker, found.community if found else None)

    async def _from_afar(self, user: int, community: int | None) -> Standing:
        """The standing in a community's groups here: the best there is in any of them."""
        chats = self._groups.groups(PLATFORM, community) if community is not None else ()
        found = [await self._members.standing(int(chat), user) for chat in chats]
        if not found:
            return Standing()
        known = [one.is_member for one in found if one.is_member is not None]
        return Standing(
            is_moderator=any(one.is_moderator for one in found),
            is_member=any(known) if known else None,
        )

    async def _command(self, deed: "Deed", name: str, words: str) -> None:
        community, standing = await self._at_home(deed, name)
        happened = deed.happened(deed.asked.place, standing)
        event = events.CommandGiven(
            **happened,
            name=name,
            words=words,
            on=inbound.replied_to(deed.message),
            said=inbound.words_replied_to(deed.message),
            community=community,
        )
        deed.give(deed.asked, await self._receive(event))

    async def _at_home(self, deed: "Deed", command: str) -> tuple[int | None, Standing]:
        """The one community that this person is surely a member of; None if that is not clear."""
        user = deed.user.id
        seen = (self._groups.community(PLATFORM, str(chat)) for chat in self._members.seen_in(user))
        known = {*await self._groups.acquainted(inbound.person(deed.user), command), *seen} - {None}
        if not 0 < len(known) <= _LOOK_AT:
            return None, Standing()
        found = [(one, await self._from_afar(user, one)) for one in sorted(known, key=str)]
        sure = [(one, standing) for one, standing in found if standing.is_member]
        return sure[0] if len(sure) == 1 else (None, Standing())

    async def _form(self, deed: "Deed") -> None:
        """Words for the form that is open; when it is whole, the core gets it."""
        on = deed.message.reply_to_message.message_id if deed.message.reply_to_message else None
        try:
            filled = await self._questions.take(
                deed.user.id, deed.message.message_id, deed.message.text or "", on
            )
        except TelegramError as error:
            log.warning("the next question could not be asked: %s", errors.kind(error))
            return
        if filled is not None:
            await self._filled(deed, filled)

    async def _filled(self, deed: "Deed", filled: Filled) -> None:
        if filled.place.group:
            chat = self._state.moved(int(filled.place.group))
            standing = await self._members.standing(chat, deed.user.id)
        else:
            payload = decode(filled.payload)
            standing = await self._from_afar(deed.user.id, payload.community if payload else None)
        happened = deed.happened(filled.place, standing)
        event = events.FormAnswered(**happened, payload=filled.payload, values=filled.values)
        answers = await self._receive(event)
        self._questions.done(filled)
        deed.give(replace(deed.asked, place=filled.place, community=filled.community), answers)

    async def _follow(self, deed: "Deed", token: str) -> None:
        """Somebody came by a link: show what waits behind it, if it is theirs."""
        number = token.removeprefix(questions.PREFIX)
        if token.startswith(questions.PREFIX) and number.isdecimal():
            if not await self._questions.begin(deed.user.id, int(number)):
                await self._answers.say(deed.asked, "telegram.link-old")
        elif token.startswith(links.PREFIX):
            await self._show(deed, token)
        else:
            await self._command(deed, _HELP, "")

    async def _show(self, deed: "Deed", token: str) -> None:
        waiting = self._links.find(token)
        if waiting is None:
            await self._answers.say(deed.asked, "telegram.link-old")
            return
        user, chat = deed.user.id, self._state.moved(int(waiting.place.group))
        anybody = waiting.user is None and await self._members.is_moderator(chat, user)
        member = await self._members.is_member(chat, user)
        if member is False or not (anybody or waiting.user == user):
            await self._answers.say(deed.asked, "telegram.link-of-another")
            return
        deed.give(replace(deed.asked, place=waiting.place, community=waiting.community), (waiting.reply,))

    @staticmethod
    async def _quietly(work: Awaitable[None]) -> None:
        try:
            await work
        except TelegramError as error:
            log.warning("a private chat could not be answered: %s", errors.kind(error))


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """Something that a person wrote to the bot alone."""

    id: int
    message: Message
    user: User
    asked: Asked
    give: Give

    def happened(self, place: events.Place, standing: Standing) -> inbound.Happened:
        return {
            "id": str(self.id),
            "seq": self.id,
            "place": place,
            "person": inbound.person(self.user, is_moderator=standing.is_moderator),
            "is_member": standing.is_member,
            "group_size": standing.size,
        }


def _asked(message: Message, user: User) -> Asked:
    place = inbound.private_place(user.id)
    return Asked(place=place, chat=message.chat.id, user=user.id, locale=user.language_code, private=True)
