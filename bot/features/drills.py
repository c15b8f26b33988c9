"""Practice runs: the same way as a real case, marked everywhere, and seen by moderators only."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import ButtonPressed, MessageRef
from bot.features import case_access, case_clock
from bot.storage.cases import Case


async def offer(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What a practice run is."""
    start = context.button("drills.start-button", "drillstart")
    back = context.button("desk.open-button", "desk")
    return [context.reply("drills.offer", start, back, replaces=True)]


async def start(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A practice case: alerts go out on the same clock as real ones. One at a time."""
    known = await running(context)
    if known is not None:
        button = context.button("case.open-button", "case", known.id, case=known.id)
        return [context.reply("drills.running", button, replaces=True)]
    id = case_access.new_id()
    on = MessageRef(place=context.here(event.place, about=""), id="")
    values = {"reporter_key": context.person_key(event.person), "risk": "unsure", "practice": True}
    await context.work.cases.add(id, context.group.community, on, context.now, **values)
    case = await context.work.cases.find(context.group.community, id)
    if case is None:
        raise LookupError("the case was stored just now")
    sent = await case_clock.begin(context, case)
    button = context.button("case.open-button", "case", id, case=id)
    key = "drills.started" if sent else "drills.nobody"
    return [context.reply(key, button, replaces=True), *sent]


async def running(context: Context) -> Case | None:
    """The practice run that is not closed yet."""
    cases = await context.work.cases.open_ones(context.group.community)
    return next((case for case in cases if case.practice), None)
