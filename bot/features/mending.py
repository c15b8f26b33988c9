"""Something holds an idea back: seven days to change the words, to answer, or to be at peace with it."""

from collections.abc import Callable, Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Buttons
from bot.contract.events import ButtonPressed, FormAnswered, TimeCame
from bot.contract.markup import Body
from bot.features import idea_card, idea_steps, planning, pressed
from bot.features.desk_step import DeskStep
from bot.features.idea_form import reason
from bot.storage.ballots import Standing
from bot.storage.proposals import Kept
from bot.texts import Reader
from ground_rules.agreement import Kind
from ground_rules.idea import must_be_proposer
from ground_rules.proposal import Origin, Proposal, RuleSubject, State, answer, mending_over
from ground_rules.refusals import Reason, Refused


async def begun(context: Context, kept: Kept) -> list[Action]:
    """What the room reads when something holds an idea back: the ways on from there.

    It stands under the result of the vote, in one post.
    """
    await idea_steps.plan(context, kept.proposal)
    t, idea = context.public, kept.proposal
    until = t.when(idea.mend_until or context.now, context.group.settings.zone)
    body = list(t.body("mending.begun", called=idea_card.called(t, idea), until=until))
    body += t.body("mending.wording", title=idea.wording.title, text=idea.wording.text)
    body += await objections(context, t, kept)
    body += t.body("mending.ways" if _rewordable(idea) else "mending.ways-again")
    return list(context.post(tuple(body), ways(idea, context.public_button)))


def ways(idea: Proposal, make: Callable[..., Button]) -> Buttons:
    """The ways on as buttons. Rules set aside together stand in one post: there each names its rule."""
    rule = "-rule" if idea.origin is Origin.SET else ""
    kinds = [("answer", "answerobjection"), ("fine", "fine")]
    if _rewordable(idea):
        kinds.insert(0, ("reword", "reword"))
    return tuple(
        make(f"mending.{way}{rule}-button", kind, idea.id, number=idea.number or 0) for way, kind in kinds
    )


def _rewordable(idea: Proposal) -> bool:
    has_words = isinstance(idea.subject, RuleSubject) and idea.subject.change is not Kind.REMOVE
    return has_words and not idea.mended_once


async def objections(context: Context, t: Reader, kept: Kept) -> Body:
    """What those who hold an idea back let the room read, without names and in alphabetical order."""
    if kept.proposal.state is not State.MENDING:
        return ()
    standing = await context.work.ballots.standing(kept.id)
    words = sorted(each.words for each in standing if each.words)
    return tuple(block for each in words for block in t.body("mending.words", words=each))


async def ask_answer(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The form for a written reply."""
    kept = await pressed.idea(event, context)
    if kept.proposal.state is not State.MENDING:
        raise Refused(Reason.NOT_MENDING)
    if not event.person.is_moderator:
        must_be_proposer(kept.proposal, context.person_key(event.person))
    return [reason(context, "mending.answer-title", "replied", kept.id)]


async def answered(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The same wording with a reply: a second vote is planned, in which four of five have to agree."""
    kept = await pressed.idea(event, context)
    await idea_steps.forget_dates(context, kept.proposal)
    idea = answer(
        kept.proposal,
        person=context.person_key(event.person),
        is_moderator=event.person.is_moderator,
        reply=event.values.get("why", ""),
        now=context.now,
        calendar=context.group.settings.calendar,
        taken=await planning.taken(context),
    )
    moved = await idea_steps.move(context, kept, idea)
    if moved is None:
        return [context.reply("ideas.moved")]
    t, zone = context.public, context.group.settings.zone
    opens, closes = t.when(idea.opens_at, zone), t.when(idea.closes_at, zone)
    about = idea_card.called(t, idea)
    said = t.body("mending.answered", called=about, reply=idea.reply or "", opens=opens, closes=closes)
    return [
        context.reply("mending.answered-thanks"),
        *await idea_steps.shown(context, moved),
        *context.post(said, idea_card.buttons(context, idea)),
    ]


async def ends(event: TimeCame, context: Context) -> Sequence[Action]:
    """Seven days without a new wording or a reply: not decided, nothing changes."""
    kept = await context.work.proposals.find(context.group.community, int(event.subject))
    if kept is None or kept.proposal.state is not State.MENDING:
        return []
    moved = await idea_steps.move(context, kept, mending_over(kept.proposal, context.now))
    if moved is None:
        return []
    t = context.public
    said = t.body("mending.not-decided", called=idea_card.called(t, kept.proposal))
    return [
        *await idea_steps.shown(context, moved),
        *context.post(said, started=True),
    ]


async def next_step(context: Context) -> DeskStep | None:
    """An objection that a moderator can help to mend."""
    for kept in await context.work.proposals.open_ones(context.group.community):
        if kept.proposal.state is State.MENDING:
            until = context.when(kept.proposal.mend_until or context.now)
            about = idea_card.called(context.t, kept.proposal)
            button = context.button("mending.step-button", "idea", kept.id)
            return DeskStep(text=context.t.body("mending.step", called=about, until=until), button=button)
    return None


def mine(standing: Sequence[Standing], event: ButtonPressed, context: Context) -> Standing:
    """The objection of whoever pressed. Refused for everyone else."""
    for each in standing:
        if each.voter == context.secrecy.voter_key(each.nonce, event.person):
            return each
    raise Refused(Reason.NOT_THE_OBJECTOR)
