"""What the core says by itself. A nonce made from the outbox's key keeps a second try from repeating it."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import discord
from discord.http import Route

from adapters.discord import errors, inbound, outbound, places
from adapters.discord.settings import Pace
from bot.contract.actions import Delete, Edit, GiveRole, OpenThread, Post, Sent, Tell
from bot.contract.events import MessageRef, Place
from bot.contract.platform import TryLater, Unreachable

log = logging.getLogger(__name__)
Action = Sent
_PARTS = "+"  # between the ids of a post in several messages
_KEPT_PARTS = 3
_SCREENED = timedelta(minutes=30)
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
                return await self._open(action)
            case GiveRole():
                await self._give(action)
        return None

    async def _post(self, post: Post, key: str) -> MessageRef:
        channel = _number(inbound.channel_of(post.place))
        await self._may_speak(channel, post.place)
        shown = outbound.messages(post.body, post.buttons)
        try:
            ids = await self._send(channel, shown, key, post.silent)
        except discord.Forbidden as fault:
            if fault.code in errors.NO_ACCESS:
                await self._note_refusal(channel, post.place)
            raise
        if post.pin:
            await self._pin(channel, ids[-1])
        return MessageRef(place=post.place, id=_PARTS.join(str(one) for one in ids[-_KEPT_PARTS:]))

    async def _send(self, channel: int, shown: list[outbound.Shown], key: str, silent: bool) -> list[int]:
        where = self._client.get_partial_messageable(channel)
        ids = []
        for number, one in enumerate(shown):
            message = await where.send(
                one.text,
                view=one.view or discord.utils.MISSING,
                nonce=key if number == 0 else f"{key}.{number}",
                silent=silent,
                suppress_embeds=True,
            )
            ids.append(message.id)
        return ids

    async def _pin(self, channel: int, message: int) -> None:
        try:
            await self._client.get_partial_messageable(channel).get_partial_message(message).pin()
        except discord.HTTPException as fault:
            log.info("not pinned: %s", errors.kind(fault))

    async def _edit(self, edit: Edit, key: str) -> MessageRef:
        """The same messages with other words; what has no room in them stands in the last, cut."""
        channel = self._client.get_partial_messageable(_number(inbound.channel_of(edit.message.place)))
        ids = [_number(one) for one in edit.message.id.split(_PARTS)]
        shown = outbound.messages(edit.body, edit.buttons)
        spare = len(ids) - len(shown)
        for one in ids[:spare] if spare > 0 else []:
            await self._gone(channel.get_partial_message(one))
        kept = ids[max(spare, 0) :]
        for one, words in zip(kept, shown[-len(kept) :], strict=False):
            message = channel.get_partial_message(one)
            try:
                await message.edit(content=words.text, view=words.view)
            except discord.HTTPException as fault:
                if fault.code != errors.ARCHIVED:
                    raise
                await self._wake(channel.id)
                await message.edit(content=words.text, view=words.view)
        return MessageRef(place=edit.message.place, id=_PARTS.join(str(one) for one in kept))

    async def _wake(self, thread: int) -> None:
        """Take a post out of the archive: nothing in there can be changed."""
        route = Route("PATCH", "/channels/{channel_id}", channel_id=thread)
        await self._client.http.request(route, json={"archived": False})

    async def _delete(self, ref: MessageRef) -> None:
        channel = self._client.get_partial_messageable(_number(inbound.channel_of(ref.place)))
        for one in ref.id.split(_PARTS):
            await self._gone(channel.get_partial_message(_number(one)))

    @staticmethod
    async def _gone(message: discord.PartialMessage) -> None:
        with contextlib.suppress(discord.NotFound):  # that is what was wanted
            await message.delete()

    async def _tell(self, tell: Tell, key: str) -> MessageRef:
        person = discord.Object(_number(tell.person.id))
        channel = await self._client.create_dm(person)
        ids = await self._send(channel.id, outbound.messages(tell.body, tell.buttons), key, False)
        where = inbound.place(None, channel.id)
        return MessageRef(place=where, id=_PARTS.join(str(one) for one in ids[-_KEPT_PARTS:]))

    async def _open(self, thread: OpenThread) -> MessageRef:
        forum = self._client.get_channel(_number(thread.place.channel))
        if not isinstance(forum, discord.ForumChannel):
            raise Unreachable(thread.place.channel)
        title = thread.title[:100]
        me = self._client.user
        for one in forum.threads:  # a forum post has no nonce: one of ours with this title is this one
            if one.name == title and me is not None and one.owner_id == me.id:
                return self._opened(forum, one.id)
        shown = outbound.messages(thread.body, thread.buttons)
        made = await forum.create_thread(
            name=title,
            content=shown[-1].text if len(shown) == 1 else shown[0].text,
            view=shown[0].view or discord.utils.MISSING,
            applied_tags=_tags(forum, thread.tags),
        )
        for more in shown[1:]:
            await made.thread.send(more.text, view=more.view or discord.utils.MISSING)
        return self._opened(forum, made.thread.id)

    @staticmethod
    def _opened(forum: discord.ForumChannel, thread: int) -> MessageRef:
        return MessageRef(place=inbound.place(forum.guild.id, thread, forum.id), id=str(thread))

    async def _give(self, give: GiveRole) -> None:
        """A role would let somebody past Rules Screening, so it waits for that."""
        guild, person = _number(give.place.group), _number(give.person.id)
        member: Any = await self._client.http.get_member(guild, person)
        if member.get("pending"):
            raise TryLater(_SCREENED)
        await self._client.http.add_role(guild, person, _number(give.role))

    async def _may_speak(self, channel: int, place: Place) -> None:
        if self._refused.holds(channel):
            raise Unreachable(str(channel))
        known = self._client.get_channel(channel)
        if isinstance(known, places.Channel) and places.missing(known):
            await self._note_refusal(channel, place)
            raise Unreachable(str(channel))

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
