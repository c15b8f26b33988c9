"""The life of a group: the bot comes and goes, people come and go, the group becomes a supergroup."""

import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import Chat, ChatMember, ChatMemberUpdated, Message, User
from telegram.error import TelegramError

from adapters.telegram import errors, inbound
from adapters.telegram.asked import Asked
from adapters.telegram.connection import Connection
from adapters.telegram.core import PLATFORM
from adapters.telegram.members import Members, is_present
from adapters.telegram.moved import MovedGroups
from adapters.telegram.refusals import Refusals
from adapters.telegram.state import State
from adapters.telegram.topics import Topics
from bot.contract import events
from bot.contract.actions import Answer
from bot.contract.platform import Receive

log = logging.getLogger(__name__)
_REMEMBERED = 5_000
Give = Callable[[Asked, Sequence[Answer]], None]


class Life:
    def __init__(
        self,
        *,
        connection: Connection,
        state: State,
        members: Members,
        groups: MovedGroups,
        receive: Receive,
        topics: Topics,
        refusals: Refusals,
    ) -> None:
        self._connection = connection
        self._state = state
        self._members = members
        self._groups = groups
        self._receive = receive
        self._topics = topics
        self._refusals = refusals
        self._gone: set[tuple[int, int]] = set()  # whose leaving was told; Telegram has two signals for it
        self._coming: set[tuple[int, int]] = set()
        self._moving: set[int] = set()

    async def told(self, id: int, message: Message, give: Give) -> bool:
        """Take what Telegram itself says in a group; False if this is no such message."""
        chat = message.chat
        self._refusals.called(message)
        if message.migrate_to_chat_id:
            await self.moved(chat.id, message.migrate_to_chat_id, id, message)
        elif message.migrate_from_chat_id:
            await self.moved(message.migrate_from_chat_id, chat.id, id, message)
        elif message.new_chat_members and chat.type in inbound.GROUPS:
            for user in message.new_chat_members:
                await self._came(id, chat, user, give)
        elif message.left_chat_member and chat.type in inbound.GROUPS:
            await self._went(id, chat, message.left_chat_member)
        elif message.forum_topic_created:
            await self._topic(id, message, give)
        elif message.forum_topic_reopened or message.general_forum_topic_unhidden:
            await self._refusals.reopened(chat.id, inbound.thread_of(message))
        else:
            return False
        return True

    async def catch_up(self) -> None:
        """Go on with what was known to have happened when the process ended, and not told."""
        for old, new in self._state.moves():
            if self._groups.is_behind(old, new):
                await self.moved(old, new)

    async def moved(self, old: int, new: int, id: int = 0, message: Message | None = None) -> None:
        """A group goes on under a new id; the first sign of it counts, others change nothing."""
        known = not self._state.move(old, new)
        if old in self._moving or (known and not self._groups.is_behind(old, new)):
            return
        self._moving.add(old)
        try:
            await self._tell_moved(old, new, id, message)
        finally:
            self._moving.discard(old)

    async def _tell_moved(self, old: int, new: int, id: int, message: Message | None) -> None:
        self._members.forget(old)
        user = message.from_user if message is not None else None
        chat = Chat(old, Chat.GROUP)
        person = inbound.person(user) if user is not None else inbound.anonymous(chat)
        event = events.GroupMoved(
            id=str(id or f"moved{new}"),
            seq=id,
            place=inbound.group_place(new),
            person=person,
            before=inbound.group_place(old),
        )
        await self._receive(event)

    async def we_changed(self, id: int, change: ChatMemberUpdated, give: Give) -> None:
        """The bot was added, promoted, demoted or removed. Blocked in a private chat: nothing to do."""
        chat = change.chat
        if chat.type not in inbound.GROUPS or self._state.moved(chat.id) != chat.id:
            return
        before, after = is_present(change.old_chat_member), is_present(change.new_chat_member)
        self._members.forget(chat.id)
        if after == before:
            return
        by = change.from_user
        moderates = after and await self._members.is_moderator(chat.id, by.id)
        kind = events.GroupAdded if after else events.GroupRemoved
        event = kind(
            id=str(id),
            seq=id,
            place=inbound.group_place(chat.id),
            person=inbound.person(by, is_moderator=moderates),
            group_size=await self._members.size(chat.id) if after else None,
        )
        give(self._room(chat, by), await self._receive(event))

    async def somebody_changed(self, id: int, change: ChatMemberUpdated, give: Give) -> None:
        """Somebody came, went, was made a moderator or is one no longer."""
        chat, user = change.chat, change.new_chat_member.user
        before, after = is_present(change.old_chat_member), is_present(change.new_chat_member)
        if _is_staff(change.old_chat_member) or _is_staff(change.new_chat_member):
            self._members.forget_staff(chat.id)
        if chat.type not in inbound.GROUPS or before == after:
            return
        if after:
            await self._came(id, chat, user, give)
        else:
            await self._went(id, chat, user)

    async def quietly(self, work: Awaitable[None]) -> None:
        """Do something that may fail without harm."""
        try:
            await work
        except TelegramError as error:
            log.info("left undone: %s", errors.kind(error))

    async def _came(self, id: int, chat: Chat, user: User, give: Give) -> None:
        """A newcomer, once, whichever of Telegram's two signals comes first. Noted when the core has it."""
        who = (chat.id, user.id)
        if user.is_bot or who in self._coming or self._state.has_come(*who):
            return
        self._coming.add(who)
        try:
            self._gone.discard(who)
            self._members.came(*who)
            event = events.MemberJoined(**await self._happened(id, chat, user, is_member=True))
            answers = await self._receive(event)
            self._state.came(*who)
        finally:
            self._coming.discard(who)
        give(self._room(chat, user), answers)

    async def _went(self, id: int, chat: Chat, user: User) -> None:
        if user.is_bot or (chat.id, user.id) in self._gone:
            return
        if len(self._gone) > _REMEMBERED:
            self._gone.clear()
        self._gone.add((chat.id, user.id))
        self._state.went(chat.id, user.id)
        self._members.went(chat.id, user.id)
        await self._receive(events.MemberLeft(**await self._happened(id, chat, user, is_member=False)))

    async def _topic(self, id: int, message: Message, give: Give) -> None:
        user = message.from_user
        if user is not None and user.id == self._connection.me.id:
            await self._topics.made(message)
        if user is None or user.is_bot:
            return
        happened = await self._happened(id, message.chat, user, is_member=True)
        happened["place"] = inbound.group_place(message.chat.id, message.message_thread_id)
        if self._groups.wants(events.ThreadOpened, PLATFORM, str(message.chat.id)):
            asked = self._room(message.chat, user)
            asked.place, asked.thread = happened["place"], message.message_thread_id
            give(asked, await self._receive(events.ThreadOpened(**happened)))

    async def _happened(self, id: int, chat: Chat, user: User, *, is_member: bool) -> inbound.Happened:
        moderates = is_member and await self._members.is_moderator(chat.id, user.id)
        return {
            "id": f"{id}x{user.id}",
            "seq": id,
            "place": inbound.group_place(chat.id),
            "person": inbound.person(user, is_moderator=moderates),
            "is_member": is_member,
            "group_size": await self._members.size(chat.id),
        }

    def _room(self, chat: Chat, user: User) -> Asked:
        place = inbound.group_place(chat.id)
        community = self._groups.community(PLATFORM, place.group)
        return Asked(place=place, chat=chat.id, user=user.id, locale=user.language_code, community=community)


def _is_staff(member: ChatMember) -> bool:
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR)
