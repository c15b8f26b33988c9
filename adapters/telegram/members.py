"""Who is in a group and who moderates it: asked once, believed for a while, corrected by what happens."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from telegram import Bot, ChatMember, ChatMemberAdministrator, ChatMemberRestricted
from telegram.error import ChatMigrated, TelegramError

from adapters.telegram import errors
from adapters.telegram.settings import Pace

log = logging.getLogger(__name__)
NO_MEMBER = ("user not found", "participant_id_invalid", "member not found")
_MOST = 20_000
_AFTER_FAULT = 30.0  # seconds before a question that failed is asked again
Question = tuple[Callable[[int, int], Awaitable[None]], int, int]


def is_present(member: ChatMember) -> bool:
    """Whether this membership means being in the group."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


@dataclass(slots=True)
class Staff:
    """The administrators of a group, people and bots."""

    members: Mapping[int, ChatMember] = field(default_factory=dict)

    def moderates(self, user: int) -> bool:
        found = self.members.get(user)
        return found is not None and not found.user.is_bot

    @property
    def bots(self) -> int:
        return sum(member.user.is_bot for member in self.members.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Somebody's standing in a group, and its size."""

    is_moderator: bool = False
    is_member: bool | None = None
    size: int | None = None


class Members:
    """Answers come from memory when they are fresh; None where Telegram does not tell."""

    def __init__(self, bot: Bot, pace: Pace, now: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._pace = pace
        self._now = now
        self._staff: dict[int, tuple[float, Staff]] = {}
        self._sizes: dict[int, tuple[float, int | None]] = {}
        self._people: OrderedDict[tuple[int, int], tuple[float, bool | None]] = OrderedDict()
        self._asking: dict[Question, asyncio.Task[None]] = {}
        self.on_moved: Callable[[int, int], Awaitable[None]] = _nobody_asks

    async def staff(self, chat: int) -> Staff:
        """The administrators, as fresh as can be had."""
        if self._stale(self._staff.get(chat)):
            await self._once((self._ask_staff, chat, 0))
        return self._staff[chat][1]

    async def is_moderator(self, chat: int, user: int) -> bool:
        return (await self.staff(chat)).moderates(user)

    async def is_member(self, chat: int, user: int) -> bool | None:
        """Whether this person is in the group."""
        if (await self.staff(chat)).moderates(user):
            return True
        if self._stale(self._people.get((chat, user))):
            await self._once((self._ask_person, chat, user))
        return self._people[chat, user][1]

    async def standing(self, chat: int, user: int) -> Standing:
        return Standing(
            is_moderator=await self.is_moderator(chat, user),
            is_member=await self.is_member(chat, user),
            size=await self.size(chat),
        )

    async def size(self, chat: int) -> int | None:
        """How many people are in the group, without the bots that we know of."""
        if self._stale(self._sizes.get(chat)):
            await self._once((self._ask_size, chat, 0))
        return self._sizes[chat][1]

    async def ours(self, chat: int) -> ChatMemberAdministrator | None:
        """Our own rights; None while we are no administrator."""
        own = (await self.staff(chat)).members.get(self._bot.id)
        return own if isinstance(own, ChatMemberAdministrator) else None

    def seen_in(self, user: int) -> list[int]:
        """The groups in which this person was seen lately."""
        return [chat for (chat, person), (_, there) in self._people.items() if person == user and there]

    def spoke(self, chat: int, user: int) -> None:
        """Somebody wrote in the group, so they are in it."""
        self._know(chat, user, True)

    def came(self, chat: int, user: int) -> None:
        """Somebody joined. Many may at once, so the size is counted on and nothing asked anew."""
        self._know(chat, user, True)
        until, size = self._sizes.get(chat, (0.0, None))
        if size is not None:
            self._sizes[chat] = (until, size + 1)

    def went(self, chat: int, user: int) -> None:
        """Somebody left."""
        self._know(chat, user, False)
        self._sizes.pop(chat, None)

    def forget_staff(self, chat: int) -> None:
        """Somebody was made a moderator, or is one no longer."""
        self._staff.pop(chat, None)

    def forget(self, chat: int) -> None:
        """The bot's own part in the group changed: everything is asked anew."""
        self._staff.pop(chat, None)
        self._sizes.pop(chat, None)

    def _know(self, chat: int, user: int, present: bool | None) -> None:
        self._people[chat, user] = (self._now() + self._pace.fresh, present)
        self._people.move_to_end((chat, user))
        if len(self._people) > _MOST:
            self._people.popitem(last=False)

    def _stale(self, kept: tuple[float, object] | None) -> bool:
        return kept is None or kept[0] < self._now()

    async def _once(self, question: Question) -> None:
        """Many who want to know the same at once cause one question."""
        running = self._asking.get(question)
        if running is None:
            running = asyncio.ensure_future(self._answered(question))
            self._asking[question] = running
        await asyncio.shield(running)

    async def _answered(self, question: Question) -> None:
        ask, chat, user = question
        try:
            await ask(chat, user)
        except ChatMigrated as migrated:
            new = migrated.new_chat_id
            await self.on_moved(chat, new)
            await ask(new, user)
            self._follow(chat, new, user)
        finally:
            del self._asking[question]

    def _follow(self, old: int, new: int, user: int) -> None:
        """What was asked about the group as it was is true of it as it is."""
        if new in self._staff:
            self._staff[old] = self._staff[new]
        if new in self._sizes:
            self._sizes[old] = self._sizes[new]
        if (new, user) in self._people:
            self._people[old, user] = self._people[new, user]

    async def _ask_staff(self, chat: int, _: int) -> None:
        try:
            found = await self._bot.get_chat_administrators(chat, api_kwargs={"return_bots": True})
        except ChatMigrated:
            raise
        except TelegramError as error:
            log.warning("moderators cannot be read: %s", errors.kind(error))
            old = self._staff.get(chat)
            self._staff[chat] = (self._now() + _AFTER_FAULT, old[1] if old else Staff())
        else:
            staff = Staff({member.user.id: member for member in found})
            self._staff[chat] = (self._now() + self._pace.fresh, staff)

    async def _ask_person(self, chat: int, user: int) -> None:
        try:
            member = await self._bot.get_chat_member(chat, user)
        except ChatMigrated:
            raise
        except TelegramError as error:
            gone = errors.says(error, *NO_MEMBER)
            self._know(chat, user, False if gone else None)
        else:
            self._know(chat, user, is_present(member))

    async def _ask_size(self, chat: int, _: int) -> None:
        try:
            count = await self._bot.get_chat_member_count(chat)
        except ChatMigrated:
            raise
        except TelegramError:
            self._sizes[chat] = (self._now() + _AFTER_FAULT, None)
        else:
            bots = max(1, (await self.staff(chat)).bots)
            self._sizes[chat] = (self._now() + self._pace.fresh, max(0, count - bots))


async def _nobody_asks(old: int, new: int) -> None:
    """Until somebody wants to know."""
