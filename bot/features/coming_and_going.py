"""Somebody joins or leaves: what several features do about it."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import MemberJoined, MemberLeft
from bot.features import case_owners, ideas, welcoming


async def joined(event: MemberJoined, context: Context) -> Sequence[Action]:
    """A newcomer is welcomed; somebody who is back looks after their idea again."""
    await context.work.join_requests.came_in(event.place, event.person)
    if context.known_group is not None:
        key = context.person_key(event.person)
        if await context.work.cases.is_left_alone(context.group.community, key):
            return []
    return [*await welcoming.joined(event, context), *await ideas.somebody_back(event, context)]


async def left(event: MemberLeft, context: Context) -> Sequence[Action]:
    """A moderator gets no more notes, and a proposer's ideas can be taken over. Ballots stay."""
    if context.known_group is None:
        return []
    await context.work.communities.remove_moderator(context.group.community, event.person)
    waiting = await case_owners.left(event.person, context)
    return [*waiting, *await ideas.somebody_left(event, context)]
