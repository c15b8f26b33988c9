"""What the core says by itself. A nonce made from the outbox's key keeps a second try from repeating it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import discord

from adapters.discord import errors, inbound, members, outbound, places, roles, several
from adapters.discord.settings import Pace
from bot.contract.actions import Delete, Edit, GiveRole, OpenThread, Post, Sent, Tell
from bot.contract.events import MessageRef, Place
from bot.contract.platform import TryLater, Unreachable

log = logging.getLogger(__name__)
_NOT_TOLD = timedelta(seconds=2)
Action = Sent
Tell_refused = Callable[[Place, tuple[str, ...]], Awaitable[None]]


class Performer:
    def __init__(
        self, client: discord.Client, refused: places.Refused, on_refused: Tell_refused, pace: Pace
    ) -> None:
        self._client = client
        self._refused = refused
        self._on_refused = on_refused
        self._pace = pace

    async def perform(self, action: Action, key: str) -> MessageRef | None:
        """See Platform.perform."""
        try:
            async with asyncio.timeout(self._pace.perform):
                return await self._perform(action, key)
        except errors.Failure as fault:
            raise errors.for_outbox(fault) from None

    async def _perform(self, action: Action, key: str) -> MessageRef | None:
        match action:
            case Post():
                return await self._post(action, key)
            case Edit():
                return await self._edit(action, key)
            case Delete():
                await self._delete(action.message)
            case Tell():
                return await self._tell(action, key)
            case OpenThread():
                return await self._open(action, key)
            case GiveRole():
                await roles.give(self._client, action, self._note_role)
        return None

    async def _post(self, post: Post, key: str) -> MessageRef:
        channel = _number(inbound.channel_of(post.place))
        shown = outbound.messages(post.body, post.buttons)
        async with self._speaking(channel, post.place):
            ids = await several.say(self._where(channel), shown, key, silent=post.silent)
        if post.pin:
            await self._pin(channel, ids[-1])
        return MessageRef(place=post.place, id=several.written(ids))

    async def _pin(self, channel: int, message: int) -> None:
        try:
            await self._where(channel).get_partial_message(message).pin()
        except discord.HTTPException as fault:
            log.info("not pinned: %s", errors.kind(fault))

    async def _edit(self, edit: Edit, key: str) -> MessageRef:
        channel, ids = _number(inbound.channel_of(edit.message.place)), several.read(edit.message.id)
        if not ids:
            raise Unreachable(edit.message.id)
        shown = outbound.messages(edit.body, edit.buttons)
        async with self._speaking(channel, edit.message.place):
            ids = await several.change(self._where(channel), ids, shown, key)
        return MessageRef(place=edit.message.place, id=several.written(ids))

    async def _delete(self, ref: MessageRef) -> None:
        channel = _number(inbound.channel_of(ref.place))
        for one in several.read(ref.id):
            await several.delete(self._where(channel), one)

    async def _tell(self, tell: Tell, key: str) -> MessageRef:
        if tell.duties and not await members.on_duty(self._client, _number(tell.person.id), tell.duties):
            raise Unreachable("no moderator")
        channel = await self._client.create_dm(discord.Object(_number(tell.person.id)))
        shown = outbound.messages(tell.body, tell.buttons)
        ids = await several.say(self._where(channel.id), shown, key, silent=tell.silent)
        return MessageRef(place=inbound.place(None, channel.id), id=several.written(ids))

    async def _open(self, thread: OpenThread, key: str) -> MessageRef:
        guild = self._client.get_guild(_number(thread.place.group))
        if guild is None or guild.unavailable:  # not told of yet, since the start or an outage
            raise TryLater(_NOT_TOLD)
        forum = guild.get_channel(_number(thread.place.channel))
        if not isinstance(forum, discord.ForumChannel):
            raise Unreachable(thread.place.channel)
        shown = outbound.messages(thread.body, thread.buttons)
        async with self._speaking(forum.id, thread.place):
            opened = self._open_already(forum, thread) or await self._newly_open(forum, thread, shown[0])
            more = await several.say(self._where(opened), shown, key, start=1)
        where = inbound.place(forum.guild.id, opened, forum.id)
        return MessageRef(place=where, id=several.written([opened, *more]))

    def _open_already(self, forum: discord.ForumChannel, thread: OpenThread) -> int | None:
        """A forum post has no nonce: one of ours with this title is this one."""
        me, title = self._client.user, outbound.title(thread.title)
        ours = (one for one in forum.threads if me is not None and one.owner_id == me.id)
        return next((one.id for one in ours if one.name == title), None)

    @staticmethod
    async def _newly_open(forum: discord.ForumChannel, thread: OpenThread, first: outbound.Shown) -> int:
        made = await forum.create_thread(
            name=outbound.title(thread.title),
            content=first.text,
            view=first.view or discord.utils.MISSING,
            applied_tags=_tags(forum, thread.tags),
            suppress_embeds=True,
        )
        return made.thread.id

    def _where(self, channel: int) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel)

    @contextlib.asynccontextmanager
    async def _speaking(self, channel: int, place: Place) -> AsyncIterator[None]:
        """Only where the bot may; a place that refuses is not asked again for a while, and made known."""
        if self._refused.holds(channel):
            raise Unreachable(str(channel))
        known = self._client.get_channel(channel)
        if isinstance(known, places.Channel) and places.missing(known):
            await self._note_refusal(channel, place)
            raise Unreachable(str(channel))
        try:
            yield
        except discord.Forbidden as fault:
            if fault.code in errors.NO_ACCESS:
                await self._note_refusal(channel, place)
            raise

    async def _note_role(self, place: Place, missing: tuple[str, ...]) -> None:
        self._refused.note(_number(place.channel), _number(place.group))
        await self._on_refused(place, missing)

    async def _note_refusal(self, channel: int, place: Place) -> None:
        self._refused.note(channel, _number(place.group) if place.group else 0)
        known = self._client.get_channel(channel)
        lacking = places.missing(known) if isinstance(known, places.Channel) else ()
        await self._on_refused(place, lacking)


def _tags(forum: discord.ForumChannel, names: tuple[str, ...]) -> list[discord.ForumTag]:
    """The tags of these names; one at least where the forum asks for it."""
    wanted = {name.casefold() for name in names}
    found = [tag for tag in forum.available_tags if tag.name.casefold() in wanted][:5]
    free = [tag for tag in forum.available_tags if not tag.moderated]
    return found or (free[:1] if forum.flags.require_tag else [])


def _number(id: str | int) -> int:
    """An id of Discord's; Unreachable for what is none."""
    if isinstance(id, str) and not id.isdecimal():
        raise Unreachable(id)
    if not int(id):
        raise Unreachable(str(id))
    return int(id)
