"""A group becomes another one for its platform: same people, new ids. Everything goes on."""

from collections.abc import Sequence

from bot import chosen
from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import GroupMoved, Place
from bot.settings import BY_PLACE


async def moved(event: GroupMoved, context: Context) -> Sequence[Action]:
    """The old group's community meets under the new id from now on. A second time nothing is left to do."""
    work, before, after = context.work, event.before, event.place
    community = await work.communities.of_group(before.platform, before.group)
    if community is None:
        return []
    made = await work.communities.of_group(after.platform, after.group)
    await work.moves.follow(before, after)
    await work.moves.reminders(community, f"{chosen.channel_key(before)}/", f"{chosen.channel_key(after)}/")
    await _outbox(context, before, after)
    await _settings(context, community, before, after)
    await _welcome(context, community, before, after)
    await work.due.drop("forget_group", community)
    await work.touch(community)
    if made is not None and made != community and not await work.communities.has_places(made):
        await work.communities.delete(made)
        work.touched.add(made)
    return []


async def _outbox(context: Context, before: Place, after: Place) -> None:
    """What waits to be said, and the names by which nothing is said twice."""
    old, new = (
        f"@{chosen.group_key(before)}/{before.channel}/",
        f"@{chosen.group_key(after)}/{after.channel}/",
    )
    known = {name for _, name, _, _ in await context.work.moves.outbox(after)}
    for id, name, kind, action in await context.work.moves.outbox(before):
        named = name.replace(old, new) if name else None
        named = None if named in known else named
        await context.work.moves.rewrite(
            id, after.group, named, context.addressed(kind, action, before, after)
        )


async def _settings(context: Context, community: int, before: Place, after: Place) -> None:
    """What the group chose for its places."""
    for row in await context.work.communities.load(only=[community]):
        for name in BY_PLACE:
            text = row.settings.get(name, "")
            if text and (now := chosen.moved(text, before, after)) != text:
                await context.work.communities.set(community, name, now)


async def _welcome(context: Context, community: int, before: Place, after: Place) -> None:
    """Newcomers who wait for their welcome get it in the new place."""
    old, new = (f"{community}/{chosen.group_key(place)}" for place in (before, after))
    at = await context.work.due.at("welcome", old)
    if at is not None:
        await context.work.due.drop("welcome", old)
        await context.work.due.put(at, "welcome", new, community)
