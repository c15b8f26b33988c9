"""A draft of an idea: seen by its author alone, for a day, until it is posted or thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed, FormAnswered, PersonEvent, TimeCame
from bot.contract.markup import Body
from bot.features import idea_card, idea_steps, planning, pressed, setting_words, settings_agreed
from bot.features.idea_form import form, needed, setting
from bot.storage.proposals import Kept
from ground_rules.agreement import Agreement, Kind, Weight
from ground_rules.proposal import (
    Origin,
    Proposal,
    RuleSubject,
    SetSubject,
    SettingSubject,
    State,
    Subject,
    draft,
    plan_dates,
    publish,
    similar,
)

DRAFT_LASTS = timedelta(days=1)


async def written(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The words came: kept for a day as a draft that only their author sees."""
    change = pressed.argument(event)
    kind = Kind(change) if change in set(Kind) else Kind.ADD
    subject = RuleSubject(change=kind, number=pressed.number(event, 1) or None)
    return await begin(event, context, subject, event.values)


async def begin(
    event: PersonEvent, context: Context, subject: Subject, values: Mapping[str, str]
) -> Sequence[Action]:
    """A draft from these values, shown to its author. Refused now if it could not be posted."""
    proposals, community = context.work.proposals, context.group.community
    proposer = context.person_key(event.person)
    agreement = await pressed.newest(context)
    await proposals.drop_draft(community, proposer)
    dates = plan_dates(context.now, context.group.settings.calendar, taken=await planning.taken(context))
    idea = draft(
        idea_id=await proposals.next_id(),
        subject=subject,
        title=values.get("title", ""),
        text=values.get("text", ""),
        why=values.get("why", ""),
        proposer=proposer,
        agreement=agreement,
        dates=dates,
    )
    others = [kept.proposal for kept in await proposals.all(community)]
    publish(idea, ideas=others, now=context.now, dates=dates)
    await proposals.add(community, idea, context.now, event.person.name)
    await context.work.due.put(context.now + DRAFT_LASTS, "draft_ends", idea.id, community)
    return [await _preview(context, idea, agreement)]


async def see_draft(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The draft again."""
    kept = await mine(event, context)
    if kept is None:
        return [_no_draft(context)]
    return [await _preview(context, kept.proposal, await pressed.newest(context))]


async def change_words(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The form again, with the words of the draft."""
    kept = await mine(event, context)
    if kept is None or isinstance(kept.proposal.subject, SetSubject):
        return [_no_draft(context)]
    idea, subject = kept.proposal, kept.proposal.subject
    if isinstance(subject, SettingSubject) and subject.name in setting_words.VALUES:
        return [setting(context, subject.name, settings_agreed.written(subject.value), idea.why)]
    if isinstance(subject, SettingSubject):
        return [needed(context, {"number": str(subject.value), "why": idea.why})]
    values = {"title": idea.wording.title, "text": idea.wording.text, "why": idea.why}
    return [form(context, subject.change, subject.number or 0, values)]


async def throw_away(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The draft is deleted."""
    await context.work.proposals.drop_draft(context.group.community, context.person_key(event.person))
    return [context.reply("suggesting.thrown-away", replaces=True)]


async def draft_ends(event: TimeCame, context: Context) -> Sequence[Action]:
    """A day has passed: nobody keeps what was not posted."""
    kept = await context.work.proposals.find(context.group.community, int(event.subject))
    if kept is not None and kept.proposal.state is State.DRAFT and context.now >= kept.made_at + DRAFT_LASTS:
        await context.work.proposals.drop_draft(context.group.community, kept.proposal.proposer)
    return []


async def post_meaning(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Post the draft: it changes what a rule means."""
    return await _post(event, context, Weight.MAJOR)


async def post_wording(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Post the draft: it only makes the words clearer."""
    return await _post(event, context, Weight.WORDING)


async def _post(event: ButtonPressed, context: Context, weight: Weight) -> Sequence[Action]:
    kept = await mine(event, context)
    if kept is None:
        return [await _posted_already(event, context)]
    idea, agreement = kept.proposal, await pressed.newest(context)
    subject = idea.subject
    if isinstance(subject, RuleSubject) and subject.change is Kind.CHANGE:
        subject = replace(subject, weight=weight)
    if isinstance(subject, RuleSubject) and subject.change is not Kind.ADD:
        agreement.rule(subject.number or 0)  # Refused if it left meanwhile
    dates = plan_dates(context.now, context.group.settings.calendar, taken=await planning.taken(context))
    others = [other.proposal for other in await context.work.proposals.all(context.group.community)]
    ready = replace(idea, subject=subject, builds_on=agreement.version)
    moved = await idea_steps.move(context, kept, publish(ready, ideas=others, now=context.now, dates=dates))
    if moved is None:
        return [context.reply("ideas.moved")]
    await context.work.due.drop("draft_ends", idea.id)
    see = context.button("ideas.see-button", "idea", idea.id)
    return [
        context.reply("suggesting.posted", see, replaces=True),
        *idea_card.posts(context, moved, agreement),
    ]


async def _preview(context: Context, idea: Proposal, agreement: Agreement) -> Reply:
    t = context.t
    body = (
        *t.body("suggesting.preview", called=idea_card.called(t, idea)),
        *idea_card.now_and_then(t, idea, agreement),
        *(t.body("ideas.why", why=idea.why)),
        *idea_card.dates(context, t, idea),
        *await _like(context, idea, agreement),
    )
    return Reply(body=body, buttons=_draft_buttons(context, idea), replaces=True)


def _draft_buttons(context: Context, idea: Proposal) -> tuple[Button, ...]:
    rest = (
        context.button("suggesting.words-button", "draftwords"),
        context.button("suggesting.throw-away-button", "draftdrop"),
    )
    subject = idea.subject
    if isinstance(subject, RuleSubject) and subject.change is Kind.CHANGE:
        meaning = context.button("suggesting.post-meaning-button", "postmeaning")
        return (meaning, context.button("suggesting.post-wording-button", "postwording"), *rest)
    return (context.button("suggesting.post-button", "postmeaning"), *rest)


async def _like(context: Context, idea: Proposal, agreement: Agreement) -> Body:
    """Another open idea for the same rule or in nearly the same words, or a rule that says it already."""
    t = context.t
    others = [k.proposal for k in await context.work.proposals.open_ones(context.group.community)]
    same = next((other for other in others if idea.is_about_the_same_as(other)), None)
    if same is None:
        found = similar(idea.wording.text, {o.id: o.wording.text for o in others if o.wordings})
        same = next((other for other in others if other.id == found), None)
    if same is not None:
        return t.body("suggesting.like-idea", called=idea_card.called(t, same), title=same.wording.title)
    texts = {rule.number: rule.text for rule in agreement.rules if rule.number != idea.number}
    number = similar(idea.wording.text, texts)
    if number is None:
        return ()
    return t.body("suggesting.like-rule", number=number, title=agreement.rule(number).title)


async def mine(event: PersonEvent, context: Context) -> Kept | None:
    """The draft that this person is writing."""
    person = context.person_key(event.person)
    return await context.work.proposals.draft_of(context.group.community, person)


def _no_draft(context: Context) -> Reply:
    return context.reply("suggesting.no-draft", context.button("rules.suggest-button", "suggest"))


async def _posted_already(event: PersonEvent, context: Context) -> Reply:
    """Pressed once more: what was posted before, if it was."""
    person = context.person_key(event.person)
    for kept in await context.work.proposals.open_ones(context.group.community):
        if kept.proposal.proposer == person and kept.proposal.origin is Origin.MEMBER:
            return context.reply(
                "suggesting.posted", context.button("ideas.see-button", "idea", kept.id), replaces=True
            )
    return _no_draft(context)
