"""Show mine and Delete mine: everything that is kept about a person, in every community."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed, Person
from bot.contract.markup import Body
from bot.features import cover_kept, idea_card, questions, worry_kept
from bot.features.me import choices
from bot.keeping import time_kept
from bot.storage.proposals import Kept

UTC = ZoneInfo("UTC")


async def show(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Everything that is kept about this person."""
    person = event.person
    body = (
        *await _personal(context, person),
        *await _written(context, person),
        *await _voted(context, person),
    )
    privacy = context.button("privacy.open-button", "privacy")
    if not body:
        return [context.reply("mine.nothing", privacy)]
    delete = context.button("mine.delete-button", "deletemine")
    return [Reply(body=(context.t("mine.title"), *body), buttons=(delete, privacy))]


async def delete(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask again first, and say what deleting cannot reach."""
    sure, keep = context.button("mine.sure-button", "deletesure"), context.button("mine.keep-button", "me")
    return [context.reply("mine.ask-again", sure, keep, replaces=True)]


async def delete_now(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Delete it all, and say so."""
    key = context.person_key(event.person)
    joined = await context.work.people.greetings(key)
    ideas = await context.work.proposals.by(key)
    await context.work.people.forget(key)
    await context.work.questions.forget(event.person)
    await context.work.join_requests.forget(event.person)
    await context.work.proposals.forget(key)
    await context.work.directory.forget(key)
    await context.work.number_checks.forget(key)
    for community in await context.work.communities.moderates(event.person):
        await context.work.communities.remove_moderator(community, event.person)
    worries, actions = await worry_kept.forget(context, event.person)
    body = [*context.t.body("mine.deleted"), *worries]
    for at in joined.values():
        body.extend(context.t.body("mine.deleted-but", until=_until_greeted(context, at)))
    return [Reply(body=tuple(body), replaces=True), *actions, *await _without_name(context, ideas)]


async def _without_name(context: Context, ideas: Sequence[Kept]) -> list[Action]:
    """Their ideas stay before the group, and the posts about them lose the name."""
    actions: list[Action] = []
    for idea in ideas:
        kept = await context.work.proposals.find(idea.community, idea.id)
        if kept is not None and kept.proposal.wordings:  # one that has no words yet was never posted
            actions += await idea_card.refresh(await context.at(idea.community), kept)
    return actions


async def _personal(context: Context, person: Person) -> Body:
    key, t, zone = context.person_key(person), context.t, _zone(context)
    body: list[Body] = []
    row = await context.work.people.find(key)
    if row is not None:
        body.append(t.body("mine.told", date=t.date(row.told_at, zone)))
        body.append(choices(t, row))
        if row.language:
            body.append(t.body("mine.language", language=row.language))
    for at in (await context.work.people.greetings(key)).values():
        until = _until_greeted(context, at)
        body.append(t.body("mine.joined", date=t.date(at, zone), until=until))
    for version, at in (await context.work.people.read(key)).values():
        body.append(t.body("mine.read", version=version, date=t.date(at, zone)))
    if await context.work.communities.moderates(person):
        body.append(t.body("mine.moderator"))
        body.append(await cover_kept.own(context, person))
    if await context.work.join_requests.by(person):
        body.append(t.body("mine.asked-to-join"))
    checks = await context.work.number_checks.checks_by(key) + await context.work.directory.checks_by(key)
    if checks:
        body.append((t.many("mine.checks", checks),))
    wishes = await context.work.people.wishes(key)
    if wishes:
        body.append((t.many("mine.wishes", wishes),))
    return tuple(block for blocks in body for block in blocks)


async def _written(context: Context, person: Person) -> Body:
    body = [*await questions.own(context, person, context.t), *await worry_kept.own(context, person)]
    for kept in await context.work.proposals.by(context.person_key(person)):
        wordings = kept.proposal.wordings
        title = wordings[-1].title if wordings else context.t.plain("opening.thing-set")
        body.extend(context.t.body("mine.idea", title=title))
    return tuple(body)


async def _voted(context: Context, person: Person) -> Body:
    """Their ballots and standing objections, which nobody finds without the key of each vote."""
    open_ones = [vote for vote in await context.work.votes.open_everywhere() if vote.nonce]
    voters = [context.secrecy.voter_key(vote.nonce or "", person) for vote in open_ones]
    mine = await context.work.ballots.which(voters)
    body: list[Body] = []
    for vote in open_ones:
        if vote.id in mine:
            body.append(context.t.body("mine.vote", date=context.t.date(vote.closes_at, _zone(context))))
    for standing in await context.work.ballots.standing_everywhere():
        if context.secrecy.voter_key(standing.nonce, person) == standing.voter:
            body.append(context.t.body("mine.standing"))
    return tuple(block for blocks in body for block in blocks)


def _until_greeted(context: Context, at: datetime) -> str:
    return context.t.date(at + time_kept("greeted"), _zone(context))


def _zone(context: Context) -> ZoneInfo:
    return context.group.settings.zone if context.known_group else UTC
