"""A moderator's temporary safety rule: in force at once, for 14 days at most, unless the group agrees it."""

from collections.abc import Sequence
from datetime import datetime

from bot.context import Context
from bot.contract.actions import Action, Ask, Field
from bot.contract.events import ButtonPressed, FormAnswered, TimeCame
from bot.contract.payload import encode
from bot.features import adopting, opening, planning, pressed
from bot.features.idea_form import words
from bot.storage.agreements import Made
from bot.storage.votes import CHANGE
from ground_rules import agreement as agreements
from ground_rules.agreement import TEMPORARY_LASTS, Agreement, Rule
from ground_rules.proposal import Origin, Proposal, State, ask_about_temporary, check_temporary
from ground_rules.wording import WHY_LONGEST

ACTIONS = (("temporary.button", "temporary"),)


async def form(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Title, text and why. Refused while one is in use, and for 30 days after."""
    await _check(context, await pressed.newest(context))
    why = Field(name="why", label=context.t.plain("temporary.why-label"), longest=WHY_LONGEST, lines=3)
    return [
        Ask(
            title=context.t.plain("temporary.title"),
            payload=encode("temporaryset"),
            fields=(*words(context, {}), why),
            note=context.t.body("temporary.note"),
        )
    ]


async def set_rule(event: FormAnswered, context: Context) -> Sequence[Action]:
    """In force at once, and its vote opens at once."""
    latest, community = await pressed.newest(context), context.group.community
    await _check(context, latest)
    number = latest.next_number(await context.work.agreements.numbers_used(community))
    title, text = event.values.get("title", ""), event.values.get("text", "")

    def step(version: Agreement) -> Agreement:
        return agreements.set_temporary(version, number, title, text, context.now)

    new = step(latest)
    idea = await _idea(event, context, new, new.rule(number))
    posted = await adopting.adopt_at_once(context, step, number, Made(at=context.now, why=idea.why))
    await context.work.proposals.add(community, idea, context.now, event.person.name)
    ends_at = new.rule(number).temporary_until
    if ends_at is not None:
        await context.work.due.put(ends_at, "temporary_ends", f"{community}_{number}", community)
    kept = await context.work.proposals.find(community, int(idea.id))
    if kept is None:
        raise LookupError("an idea was stored and is not there")
    ballot = await opening.open_vote(context, kept, kind=CHANGE, started=False)
    vote = (await context.work.votes.of_proposal(kept.id))[-1]
    longer = context.button("voting.more-time-button", "votemoretime", vote.id)
    return [context.reply("temporary.thanks", longer, closes=context.when(idea.closes_at)), *posted, *ballot]


async def ends(event: TimeCame, context: Context) -> Sequence[Action]:
    """Fourteen days are over: if the group has not agreed the rule, it lapses."""
    number = int(event.subject.partition("_")[2])
    return await lapsed(context, number, "temporary.lapsed", started=True)


async def lapsed(context: Context, number: int | None, why: str, *, started: bool = False) -> list[Action]:
    """The rule ends now and the room reads why; nothing happens if it is gone or agreed."""
    latest = await context.work.agreements.newest(context.group.community)
    if latest is None or number is None or not latest.has(number):
        return []
    if latest.rule(number).temporary_until is None:
        return []

    def step(version: Agreement) -> Agreement:
        return agreements.lapse(version, number, context.now)

    await context.work.due.drop("temporary_ends", f"{context.group.community}_{number}")
    made = Made(at=context.now, why=context.public.plain(why))
    return await adopting.adopt_at_once(context, step, number, made, started=started)


async def _idea(event: FormAnswered, context: Context, new: Agreement, rule: Rule) -> Proposal:
    return ask_about_temporary(
        idea_id=await context.work.proposals.next_id(),
        rule=rule,
        why=event.values.get("why", ""),
        proposer=context.person_key(event.person),
        agreement=new,
        now=context.now,
        calendar=context.group.settings.calendar,
        taken=await planning.taken(context),
    )


async def _check(context: Context, agreement: Agreement) -> None:
    in_force = any(rule.temporary_until is not None for rule in agreement.rules)
    check_temporary(await _last_ended(context), context.now, in_force)


async def _last_ended(context: Context) -> datetime | None:
    ended = [
        _end(kept.proposal, kept.made_at)
        for kept in await context.work.proposals.all(context.group.community)
        if kept.proposal.origin is Origin.TEMPORARY
    ]
    return max(ended, default=None)


def _end(idea: Proposal, made_at: datetime) -> datetime:
    """When such a rule ended: agreed, rejected or taken back, else after its 14 days."""
    if idea.ended_at is not None and idea.state is not State.NOT_DECIDED:
        return min(idea.ended_at, made_at + TEMPORARY_LASTS)
    return made_at + TEMPORARY_LASTS
