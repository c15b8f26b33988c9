"""What people do with an idea before the room: see it, reword it, withdraw it, take it over."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Button, Reply
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.payload import encode
from bot.features import idea_card, idea_steps, mending, planning, pressed, stopping, temporary
from bot.features.idea_form import words
from bot.storage.proposals import Kept
from ground_rules.agreement import Kind
from ground_rules.proposal import Origin, Proposal, RuleSubject, State, reword, take_over, withdraw
from ground_rules.refusals import Reason, Refused


async def see(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The idea with all its wordings, and what this person can do with it."""
    kept = await pressed.idea(event, context)
    t, idea = context.t, kept.proposal
    body = list(idea_card.card(context, t, kept, await pressed.newest(context)))
    if len(idea.wordings) > 1:
        body.extend(t.body("ideas.all-wordings"))
        for each in idea.wordings:
            body.extend(t.body("ideas.wording", number=each.number, title=each.title, text=each.text))
    body.extend(await mending.objections(context, t, kept))
    return [Reply(body=tuple(body), buttons=_buttons(event, context, kept))]


async def ask_words(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The form for a new wording. During a vote it first says what that does."""
    kept = await pressed.idea(event, context)
    _check_mine(event, context, kept)
    if kept.proposal.state is State.VOTING and pressed.argument(event, 1) != "yes":
        yes = context.button("ideas.reword-anyway-button", "rewordyes", kept.id, "yes")
        return [context.reply("ideas.reword-stops-vote", yes, replaces=True)]
    return [_form(context, kept.proposal)]


async def reworded(event: FormAnswered, context: Context) -> Sequence[Action]:
    """One more numbered wording, said to the room. An open vote ends uncounted."""
    kept = await pressed.idea(event, context)
    before = kept.proposal.state
    await idea_steps.forget_dates(context, kept.proposal)
    idea = reword(
        kept.proposal,
        person=context.person_key(event.person),
        title=event.values.get("title", ""),
        text=event.values.get("text", ""),
        now=context.now,
        calendar=context.group.settings.calendar,
        taken=await planning.taken(context),
    )
    stopped = await stopping.stop_vote(context, kept) if before is State.VOTING else []
    moved = await idea_steps.move(context, kept, idea)
    if stopped is None or moved is None:
        raise Refused(Reason.VOTE_CLOSED, closed_at=kept.proposal.closes_at)
    return [
        context.reply("ideas.reworded", replaces=True),
        *stopped,
        *await idea_steps.shown(context, moved),
        *await _say(context, moved, before),
    ]


async def ask_withdraw(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Asks once more: it cannot be taken back."""
    kept = await pressed.idea(event, context)
    withdraw(kept.proposal, person=context.person_key(event.person), now=context.now)
    yes = context.button("ideas.withdraw-button", "withdrawyes", kept.id)
    return [context.reply("ideas.withdraw-sure", yes, replaces=True)]


async def withdrawn(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The proposer took the idea back; an open vote ends uncounted."""
    kept = await pressed.idea(event, context)
    before = kept.proposal.state
    idea = withdraw(kept.proposal, person=context.person_key(event.person), now=context.now)
    stopped = await stopping.stop_vote(context, kept) if before is State.VOTING else []
    moved = await idea_steps.move(context, kept, idea)
    if stopped is None or moved is None:
        raise Refused(Reason.VOTE_CLOSED, closed_at=kept.proposal.closes_at)
    return [
        context.reply("ideas.withdrawn-thanks", replaces=True),
        *stopped,
        *await idea_steps.shown(context, moved),
        *await _taken_back(context, idea),
    ]


async def _taken_back(context: Context, idea: Proposal) -> Sequence[Action]:
    """The room hears of it. A safety rule that nobody stands for any more ends with its idea."""
    if idea.origin is Origin.TEMPORARY:
        return await temporary.lapsed(context, idea.number, "temporary.taken-back")
    said = context.public.body("ideas.withdrawn-post", called=idea_card.called(context.public, idea))
    return context.post(said, idea_card.buttons(context, idea))


async def taken_over(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The proposer has left, and this person looks after the idea from now on."""
    kept = await pressed.idea(event, context)
    ideas = [other.proposal for other in await context.work.proposals.open_ones(context.group.community)]
    person = context.person_key(event.person)
    see_button = context.button("ideas.see-button", "idea", kept.id)
    if kept.proposal.proposer == person and not kept.proposer_left:
        return [context.reply("ideas.taken-over", see_button, replaces=True)]
    idea = take_over(kept.proposal, person=person, proposer_left=kept.proposer_left, ideas=ideas)
    moved = await idea_steps.move(context, kept, idea)
    if moved is None:
        return [context.reply("ideas.moved")]
    await context.work.proposals.taken_over(kept.id, event.person.name)
    now_mine = await context.work.proposals.find(context.group.community, kept.id)
    return [
        context.reply("ideas.taken-over", see_button, replaces=True),
        *await idea_steps.shown(context, now_mine),
    ]


def _buttons(event: ButtonPressed, context: Context, kept: Kept) -> tuple[Button, ...]:
    idea, found = kept.proposal, list[Button]()
    if not idea.is_open:
        return ()
    mended = idea.state is State.MENDING
    if mended:
        found += mending.ways(idea, context.button)
    if idea.proposer == context.person_key(event.person):
        if not mended and isinstance(idea.subject, RuleSubject) and idea.subject.change is not Kind.REMOVE:
            found.append(context.button("ideas.reword-button", "reword", idea.id))
        found.append(context.button("ideas.withdraw-button", "withdraw", idea.id))
    elif kept.proposer_left:
        found.append(context.button("ideas.take-over-button", "takeover", idea.id))
    if event.person.is_moderator and idea.state is State.TALKING:
        if not idea.held_once:
            found.append(context.button("ideas.hold-button", "hold", idea.id))
        if not idea.talk_extended:
            found.append(context.button("ideas.more-talk-button", "moretalk", idea.id))
    if event.person.is_moderator and idea.state is State.HELD:
        found.append(context.button("ideas.go-on-button", "letgo", idea.id))
    return tuple(found)


def _check_mine(event: ButtonPressed, context: Context, kept: Kept) -> None:
    if not kept.proposal.is_open:
        raise Refused(Reason.IDEA_CLOSED)
    if kept.proposal.proposer != context.person_key(event.person):
        raise Refused(Reason.ONLY_THE_PROPOSER)


def _form(context: Context, idea: Proposal) -> Ask:
    values = {"title": idea.wording.title, "text": idea.wording.text}
    return Ask(
        title=context.t.plain("ideas.reword-title"),
        payload=encode("reworded", idea.id),
        fields=words(context, values),
    )


async def _say(context: Context, kept: Kept, before: State) -> Sequence[Action]:
    """Tell the room about the new wording, and where the idea stands now."""
    t, idea = context.public, kept.proposal
    about = idea_card.called(t, idea)
    number, zone = idea.wording.number, context.group.settings.zone
    opens, closes = t.when(idea.opens_at, zone), t.when(idea.closes_at, zone)
    kinds = {State.VOTING: "ideas.reworded-vote-ended", State.MENDING: "ideas.reworded-mended"}
    key = kinds.get(before, "ideas.reworded-post")
    said = t.body(key, called=about, number=number, opens=opens, closes=closes)
    return context.post(said, idea_card.buttons(context, idea))
