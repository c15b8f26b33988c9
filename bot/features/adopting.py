"""A new version of the rules: stored, announced, and when it starts shown once to be read."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Button
from bot.contract.events import ButtonPressed, TimeCame
from bot.features import planning, pressed, roles
from bot.features.changes import told
from bot.storage.agreements import Made
from bot.storage.proposals import Kept
from ground_rules import agreement as agreements
from ground_rules.agreement import STARTS_AFTER, Agreement, Standing, Weight
from ground_rules.at_once import Step, at_once
from ground_rules.proposal import change_of, numbered
from ground_rules.review import next_review


async def adopt_idea(context: Context, kept: Kept, vote: int | None) -> list[Action]:
    """The next version with this idea in it, 48 hours from now, built on the newest one."""
    latest = await pressed.newest(context)
    idea, community = kept.proposal, context.group.community
    number = None
    if idea.number is None:
        number = latest.next_number(await context.work.agreements.numbers_used(community))
        await context.work.proposals.save(kept, numbered(idea, number))  # so that the new rule rests too
    change = change_of(idea, latest, number)
    calendar = context.group.settings.calendar
    free = await planning.taken(context) if change.weight is Weight.MAJOR else planning.every_day_is_free
    starts = max(calendar.next_allowed(context.now + STARTS_AFTER, free), latest.starts_at)
    adopted = agreements.adopt(latest, [change], context.now, starts, by_vote=vote is not None)
    return await adopt(context, adopted, Made(at=context.now, vote=vote, why=idea.why))


async def adopt(
    context: Context, agreement: Agreement, made: Made, *buttons: Button, started: bool = False
) -> list[Action]:
    """Store a version and announce it. IntegrityError if another process made that version first."""
    agreed_before = await context.work.agreements.first_agreed_at(context.group.community)
    await context.work.agreements.add(context.group.community, agreement, made)
    if agreement.standing is Standing.AGREED and agreed_before is None:
        await _plan_review(context)
    starts_now = agreement.starts_at <= context.now
    if not starts_now:
        await _plan_start(context, agreement)
    under = [*buttons, *_buttons(context, agreement, read=starts_now and agreement.is_major)]
    body = told(context, context.public, agreement, made)
    name = post_name(context, "agreement", agreement)
    return list(context.post(body, tuple(under), name=name, started=started))


async def adopt_at_once(
    context: Context, step: Step, number: int, made: Made, *buttons: Button, started: bool = False
) -> list[Action]:
    """A step about one rule that works from now on, and stays when a version that waits starts."""
    agreements_kept, community = context.work.agreements, context.group.community
    in_use = await agreements_kept.current(community, context.now) or await pressed.newest(context)
    first, *later = at_once(step, number, in_use, await agreements_kept.waiting(community, context.now))
    posts = await adopt(context, first, made, *buttons, started=started)
    for version in later:
        await agreements_kept.add(community, version, made)
    return posts


async def starts(event: TimeCame, context: Context) -> Sequence[Action]:
    """A version starts. If it changed what a rule means, everyone is asked once to read that."""
    version = int(event.subject.partition("_")[2])
    agreement = await context.work.agreements.version(context.group.community, version)
    if agreement is None or not agreement.is_major:
        return []
    made = await context.work.agreements.made(context.group.community, version)
    body = (
        *context.public.body("adopting.starts"),
        *told(context, context.public, agreement, made, short=True),
    )
    buttons = _buttons(context, agreement, read=True)
    return context.post(body, buttons, name=post_name(context, "starts", agreement), started=True)


async def read(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Somebody has read it: noted, and nothing more. Nobody is held back for not pressing it."""
    version = pressed.number(event)
    community, person = context.group.community, context.person_key(event.person)
    if version not in await context.work.agreements.versions(community):
        return [context.reply("problems.unknown-button")]
    known = await context.work.people.acknowledged(community, person) or 0
    await context.work.people.acknowledge(community, person, max(known, version), context.now)
    thanks = context.reply("adopting.read-thanks", context.button("rules.read-all-button", "rules"))
    return [thanks, *roles.for_reading(event, context)]


async def _plan_start(context: Context, agreement: Agreement) -> None:
    community = context.group.community
    await context.work.due.put(
        agreement.starts_at,
        "agreement_starts",
        f"{community}_{agreement.version}",
        community,
        posts=agreement.is_major,
    )


async def _plan_review(context: Context) -> None:
    settings, community = context.group.settings, context.group.community
    at = next_review(context.now, tz=settings.zone)
    at = settings.calendar.next_allowed(at, await planning.taken(context))
    await context.work.due.put(at, "review", community, community, posts=True)


def _buttons(context: Context, agreement: Agreement, *, read: bool) -> tuple[Button, ...]:
    before = context.public_button("adopting.history-button", "history")
    if not read:
        return (before,)
    return (context.public_button("adopting.read-button", "haveread", agreement.version), before)


def post_name(context: Context, what: str, agreement: Agreement) -> str:
    """What a post about a version is called, so that it happens once and can be edited."""
    return f"{what}{context.group.community}_{agreement.version}"
