"""``/desk``: the moderator's next step first, with one button, then everything they can do."""

from collections.abc import Awaitable, Callable, Sequence

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed, CommandGiven, TimeCame
from bot.contract.markup import Body
from bot.contract.payload import decode
from bot.features import (
    asking,
    cases,
    check_asking,
    cover,
    desk_note,
    entries,
    first_messages,
    forums,
    gaps,
    hints,
    holding,
    joining,
    knocking,
    marking,
    mending,
    pasting,
    paused,
    placing,
    prompts,
    questions,
    refusing,
    reminding,
    reports,
    reviewing,
    roles,
    second_moderator,
    setting_up,
    temporary,
    typos,
    watch_desk,
    watch_rules,
    welcoming,
    wishing,
)
from bot.features.desk_step import DeskStep

Step = Callable[[Context], Awaitable[DeskStep | None]]
STEPS: Sequence[Step] = (
    setting_up.next_step,
    refusing.next_step,
    paused.next_step,
    watch_desk.next_step,
    reports.next_step,
    questions.next_step,
    knocking.next_step,
    wishing.next_step,
    hints.next_step,
    watch_rules.next_step,
    mending.next_step,
    asking.next_step,
    cover.alerts_step,
    second_moderator.next_step,
    holding.next_step,
    check_asking.next_step,
    entries.next_step,
    cover.next_step,
    reviewing.next_step,
)

# What a moderator can do, by drawer: (label key, kind of button).
DRAWERS: dict[str, Sequence[tuple[str, str]]] = {
    "rules": (*asking.ACTIONS, *typos.ACTIONS, *temporary.ACTIONS, *pasting.ACTIONS, *reviewing.ACTIONS),
    "posts": (*reminding.ACTIONS, *prompts.ACTIONS, *first_messages.ACTIONS, *marking.ACTIONS),
    "people": (
        *cases.ACTIONS,
        *questions.ACTIONS,
        *joining.ACTIONS,
        *knocking.ACTIONS,
        *second_moderator.ACTIONS,
    ),
    "help": (*check_asking.ACTIONS, *entries.ACTIONS, *gaps.ACTIONS),
    "settings": (
        *cover.ACTIONS,
        *setting_up.ACTIONS,
        *welcoming.ACTIONS,
        *watch_desk.ACTIONS,
    ),
    "places": (*placing.ACTIONS, *forums.ACTIONS, *roles.ACTIONS),
}


async def desk(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """The desk of this moderator; from now on notes can reach them."""
    await context.work.communities.add_moderator(context.group.community, event.person, context.now)
    case = await cases.next_step_for(event.person, context)  # some moderators may not see a case
    step = case or await next_step(context)
    drawers = [context.button(f"desk.drawer-{name}", "drawer", name) for name in DRAWERS]
    if step is None:
        body = (*await _nothing(context), *watch_desk.note(context))
        return [Reply(body=body, buttons=tuple(drawers))]
    return [Reply(body=(*step.text, *watch_desk.note(context)), buttons=(step.button, *drawers))]


async def drawer(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Everything a moderator can do about one matter."""
    payload = decode(event.payload)
    name = payload.arguments[0] if payload and payload.arguments else ""
    if name not in DRAWERS:
        return [context.reply("problems.unknown-button")]
    buttons = [context.button(label, kind) for label, kind in DRAWERS[name]]
    back = context.button("desk.back-button", "desk")
    return [Reply(body=context.t.body(f"desk.{name}"), buttons=(*buttons, back), replaces=True)]


async def next_step(context: Context) -> DeskStep | None:
    """The first thing that needs a moderator, or None."""
    for find in STEPS:
        step = await find(context)
        if step is not None:
            return step
    return None


async def note(event: TimeCame, context: Context) -> Sequence[Action]:
    """Once a week at most: tell moderators if something waits for them in a group that I am in."""
    await desk_note.schedule(context)
    step = await next_step(context) if context.group.places else None
    if step is None:
        return []
    body = (*context.t.body("desk.note"), *step.text)
    return [
        context.tell_moderator(moderator, body, step.button)
        for moderator in await context.work.communities.moderators(context.group.community)
        if await questions.may_tell(context, moderator)
    ]


async def _nothing(context: Context) -> Body:
    """Nothing needs them: what comes next by itself."""
    for row in await context.work.due.upcoming(context.group.community):
        if row.kind in ("vote_opens", "vote_closes", "mending_ends", "agreement_starts", "review"):
            when = context.when(row.due_at)
            what = context.t.plain(f"desk.next-{row.kind.replace('_', '-')}")
            return context.t.body("desk.nothing-until", what=what, when=when)
    return context.t.body("desk.nothing")
