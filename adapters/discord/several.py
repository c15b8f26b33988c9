"""A post in as many messages as it needs: said, changed and deleted as one."""

import contextlib
from collections.abc import Sequence

import discord
from discord.http import Route

from adapters.discord import errors
from adapters.discord.outbound import Shown

_BETWEEN = "+"
_MOST = 12  # as many as the core has room for


def written(ids: Sequence[int]) -> str:
    """The ids of a post's messages as the id of a MessageRef."""
    return _BETWEEN.join(str(one) for one in ids[-_MOST:])


def read(id: str) -> list[int]:
    """The ids that ``written`` wrote; none if these are none of Discord's."""
    ids = id.split(_BETWEEN)
    return [int(one) for one in ids] if all(one.isdecimal() and int(one) for one in ids) else []


async def say(
    where: discord.PartialMessageable,
    shown: Sequence[Shown],
    key: str,
    *,
    silent: bool = False,
    start: int = 0,
) -> list[int]:
    """Say it from ``start`` on, in order. The same key says it once, while Discord remembers it."""
    ids = []
    for number, one in enumerate(shown[start:], start):
        message = await where.send(
            one.text,
            view=one.view or discord.utils.MISSING,
            nonce=f"{key}.{number}" if number else key,
            silent=silent,
            suppress_embeds=True,
        )
        ids.append(message.id)
    return ids


async def change(
    where: discord.PartialMessageable, ids: Sequence[int], shown: Sequence[Shown], key: str
) -> list[int]:
    """Say other words in the same messages: surplus ones are deleted, what is missing follows at the end.

    The last of them stays, because it may be pinned. NotFound if all of them are gone.
    """
    there = list(ids)
    while True:
        surplus = max(len(there) - len(shown), 0)
        gone = await _changed(where, there[surplus:], shown)
        if gone is None:
            break
        there.remove(gone[0])
        if not there:
            raise gone[1]
    for one in there[:surplus]:
        await delete(where, one)
    kept = there[surplus:]
    return [*kept, *await say(where, shown, key, start=len(kept))]


async def delete(where: discord.PartialMessageable, id: int) -> None:
    """It is gone, also if it was gone before."""
    with contextlib.suppress(discord.NotFound):
        await where.get_partial_message(id).delete()


async def _changed(
    where: discord.PartialMessageable, ids: Sequence[int], shown: Sequence[Shown]
) -> tuple[int, discord.NotFound] | None:
    """Change each; the first that is not there any more, if one is not."""
    for one, words in zip(ids, shown, strict=False):
        message = where.get_partial_message(one)
        try:
            await message.edit(content=words.text, view=words.view)
        except discord.NotFound as fault:
            return one, fault
        except discord.HTTPException as fault:
            if fault.code != errors.ARCHIVED:
                raise
            await _wake(message)
            await message.edit(content=words.text, view=words.view)
    return None


async def _wake(message: discord.PartialMessage) -> None:
    """Take a post out of the archive: nothing in there can be changed."""
    route = Route("PATCH", "/channels/{channel_id}", channel_id=message.channel.id)
    await message._state.http.request(route, json={"archived": False})
