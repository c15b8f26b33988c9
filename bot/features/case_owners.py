"""A case whose owner is gone waits again, and moderators are alerted anew."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import Person
from bot.features import case_clock
from bot.storage.cases import WAITING, Case

NOBODY = {"owner_platform": "", "owner_id": "", "owner_name": "", "offered_key": ""}


async def left(person: Person, context: Context) -> Sequence[Action]:
    """This moderator left the group, or has everything about them deleted."""
    actions: list[Action] = []
    for case in await context.work.cases.owned(context.group.community, person):
        actions += await begin_anew(context, case)
    return actions


async def offer_ends(context: Context, case: Case) -> None:
    """It stays with its owner: whom it was offered to can have it no more, and is not reminded."""
    if await context.work.cases.change(case, offered_key=""):
        await case_clock.stop(context, case)


async def begin_anew(context: Context, case: Case) -> Sequence[Action]:
    """Nobody has it now: the clock begins again."""
    if not await context.work.cases.change(case, state=WAITING, rounds=0, overdue=False, **NOBODY):
        return []
    waiting = await context.work.cases.find(case.community, case.id)
    return [] if waiting is None else await case_clock.begin(context, waiting)
