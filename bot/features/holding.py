"""What moderators can do about an idea: hold it with a public reason, let it go on, give it more talk."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import ButtonPressed, FormAnswered, TimeCame
from bot.features import idea_card, idea_steps, planning, pressed
from bot.features.desk_step import DeskStep
from bot.features.idea_form import reason
from ground_rules.proposal import State, extend_talk, hold, release

SOON = timedelta(days=2)


async def ask_reason(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The form for the reason that everyone reads."""
    kept = await pressed.idea(event, context)
    return [reason(context, "ideas.hold-title", "holdwhy", kept.id)]


async def next_step(context: Context) -> DeskStep | None:
    """A vote that opens soon by itself: the last chance to hold the idea or give it more talk."""
    for kept in await context.work.proposals.open_ones(context.group.community):
        idea = kept.proposal
        if idea.state is State.TALKING and idea.wordings and idea.opens_at <= context.now + SOON:
            opens, closes = context.when(idea.opens_at), context.when(idea.closes_at)
            about = idea_card.called(context.t, idea)
            text = context.t.body("ideas.step", called=about, opens=opens, closes=closes)
            return DeskStep(text=text, button=context.button("mending.step-button", "idea", kept.id))
    return None


async def held(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The idea waits, for 14 days at most, and the room reads why."""
    kept = await pressed.idea(event, context)
    why = event.values.get("why", "")
    idea = hold(kept.proposal, is_moderator=event.person.is_moderator, reason=why, now=context.now)
    moved = await idea_steps.move(context, kept, idea)
    if moved is None:
        return [context.reply("ideas.moved")]
    t = context.public
    until = t.when(idea.held_until or context.now, context.group.settings.zone)
    about = idea_card.called(t, idea)
    said = t.body("ideas.held-post", called=about, reason=idea.hold_reason or "", until=until)
    return [
        context.reply("ideas.held-thanks"),
        *await idea_steps.shown(context, moved),
        *context.post(said, idea_card.buttons(context, idea)),
    ]


async def let_go_on(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A moderator ends the hold."""
    kept = await pressed.idea(event, context)
    idea = release(
        kept.proposal,
        is_moderator=event.person.is_moderator,
        now=context.now,
        calendar=context.group.settings.calendar,
        taken=await planning.taken(context),
    )
    moved = await idea_steps.move(context, kept, idea)
    if moved is None:
        return [context.reply("ideas.moved")]
    t, zone = context.public, context.group.settings.zone
    said = t.body("ideas.goes-on-post", called=idea_card.called(t, idea), opens=t.when(idea.opens_at, zone))
    return [
        context.reply("ideas.goes-on-thanks"),
        *await idea_steps.shown(context, moved),
        *context.post(said, idea_card.buttons(context, idea)),
    ]


async def hold_ends(event: TimeCame, context: Context) -> Sequence[Action]:
    """The hold is over by itself."""
    kept = await context.work.proposals.find(context.group.community, int(event.subject))
    if kept is None or kept.proposal.state is not State.HELD:
        return []
    idea = release(
        kept.proposal,
        now=context.now,
        calendar=context.group.settings.calendar,
        taken=await planning.taken(context),
    )
    moved = await idea_steps.move(context, kept, idea)
    return [] if moved is None else await idea_steps.shown(context, moved)


async def more_talk(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Three more days of talk, once."""
    kept = await pressed.idea(event, context)
    await idea_steps.forget_dates(context, kept.proposal)
    idea = extend_talk(
        kept.proposal,
        is_moderator=event.person.is_moderator,
        now=context.now,
        calendar=context.group.settings.calendar,
        taken=await planning.taken(context),
    )
    moved = await idea_steps.move(context, kept, idea)
    if moved is None:
        return [context.reply("ideas.moved")]
    t, zone = context.public, context.group.settings.zone
    opens, closes = t.when(idea.opens_at, zone), t.when(idea.closes_at, zone)
    said = t.body("ideas.more-talk-post", called=idea_card.called(t, idea), opens=opens, closes=closes)
    return [
        context.reply("ideas.more-talk-thanks"),
        *await idea_steps.shown(context, moved),
        *context.post(said, idea_card.buttons(context, idea)),
    ]
