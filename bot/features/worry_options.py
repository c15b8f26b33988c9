"""What a reporter may add, all of it optional: what it is about, whom to leave out, and who may write."""

from collections.abc import Sequence
from dataclasses import replace
from json import dumps

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed, Person
from bot.features import (
    alerting,
    case_access,
    case_clock,
    case_owners,
    case_words,
    second_card,
    worry_place,
    worrying,
)
from bot.features.pressed import argument
from bot.storage.cases import CLOSED, Case

NOBODY_LISTED = "other"
LISTED = 12
WISHES = (second_card.ALL, second_card.LATE, "none")


async def topics(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What is it about?"""
    case = await _open(event, context)
    if case is None:
        return [_gone(context)]
    ways = [
        context.button(f"worrying.topic-{topic}-button", "worrytopic", case.id, topic)
        for topic in case_words.TOPICS
    ]
    return [_reply(context, "worrying.topics", (*ways, _back(context, case)))]


async def topic(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """It is about this."""
    case, chosen = await _open(event, context), argument(event, 1)
    if case is None or chosen not in case_words.TOPICS:
        return [_gone(context)]
    await context.work.cases.set(case, topic=chosen)
    return [_reply(context, "worrying.noted", (_back(context, case),))]


async def writing(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """May a moderator write to you?"""
    case = await _open(event, context)
    if case is None:
        return [_gone(context)]
    ways = [context.button(f"worrying.write-{wish}-button", "worrywrite", case.id, wish) for wish in WISHES]
    return [_reply(context, "worrying.writing", (*ways, _back(context, case)))]


async def write(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Keep the account only for those who want a message, and sealed."""
    case, wish = await _open(event, context), argument(event, 1)
    if case is None or wish not in WISHES:
        return [_gone(context)]
    if wish == "none":
        await context.work.cases.set(case, wants="", account="")
        return [_reply(context, "worrying.writes-none", (_back(context, case),))]
    account = dumps([event.person.platform, event.person.id])
    await context.work.cases.set(case, wants=wish, account=context.secrecy.sealed(case.id, account))
    return [_reply(context, f"worrying.writes-{wish}", (_back(context, case),))]


async def first(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Whom to leave out, before anybody is told."""
    about = worry_place.of_press(event, 0)
    if context.open_work is None:
        return [worrying.question(context, about)]
    ways = []
    for moderator in await context.work.communities.moderators(context.group.community):
        key = context.person_key(moderator)
        arguments = about.without(key).arguments
        ways.append(
            context.button(
                "worrying.leave-out-person", "worryask", *arguments, name=_name(context, moderator.name)
            )
        )
    key = "worrying.whom-to-leave-out" if ways else "worrying.nobody-to-leave-out"
    back = context.button("worrying.leave-nobody-button", "worryask", *about.arguments)
    return [Reply(body=context.t.body(key), buttons=(*ways[:LISTED], back), replaces=True)]


async def ask(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The one question, with somebody left out."""
    reply = worrying.question(context, worry_place.of_press(event, 0))
    return [Reply(body=reply.body, buttons=reply.buttons, replaces=True)]


async def leave(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Whom to leave out of a case that is there already."""
    case = await _open(event, context)
    if case is None:
        return [_gone(context)]
    ways = []
    for moderator in await context.work.communities.moderators(context.group.community):
        key = context.person_key(moderator)
        if key not in case.left_out and not case_access.is_about(case, key) and key != case.reporter:
            name = _name(context, moderator.name)
            ways.append(
                context.button(
                    "worrying.leave-out-person", "worryout", case.id, key[: case_access.SHORT], name=name
                )
            )
    other = context.button("worrying.leave-out-other-button", "worryout", case.id, NOBODY_LISTED)
    return [_reply(context, "worrying.whom-to-leave-out", (*ways[:LISTED], other, _back(context, case)))]


async def leave_out(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """From now on this moderator sees nothing of it. A case that they had begins anew."""
    case, who = await _open(event, context), argument(event, 1)
    if case is None:
        return [_gone(context)]
    if who == NOBODY_LISTED:
        await context.work.cases.set(case, listed_only=True)
        return [_reply(context, "worrying.left-out-others", (_back(context, case),))]
    actions: list[Action] = []
    for moderator in await context.work.communities.moderators(context.group.community):
        key = context.person_key(moderator)
        if len(who) == case_access.SHORT and key.startswith(who):
            actions += await _without(context, case, moderator)
    now = await context.work.cases.find(case.community, case.id)
    if now is None or not await alerting.can_alert(context, await case_access.not_to_tell(context, now)):
        body = (*context.t.body("worrying.left-out"), *alerting.nobody_to_tell(context))
        return [Reply(body=body, buttons=(_back(context, case),), replaces=True), *actions]
    return [_reply(context, "worrying.left-out", (_back(context, case),)), *actions]


async def _without(context: Context, case: Case, moderator: Person) -> Sequence[Action]:
    """The case goes on without them: the next ones are told if only they were."""
    key, short = context.person_key(moderator), alerting.short_key(context, moderator)
    await context.work.cases.leave_out(case.id, key)
    await _call_back(context, case, short)
    if key not in case.left_out:
        out = replace(case, left_out=case.left_out | {key})
        await case_clock.was_left_out(context, out, short)
    if case_access.is_owner(case, moderator):
        return await case_owners.begin_anew(context, case)
    if case.offered == key:
        await case_owners.offer_ends(context, case)
    return ()


async def _call_back(context: Context, case: Case, person: str) -> None:
    """Alerts that are still on their way to them do not go out."""
    so_far = await alerting.delivered(context, int(case.id))
    await context.work.outbox.withdraw([name for name in so_far.waiting if name.endswith(f"/{person}")])


async def _open(event: ButtonPressed, context: Context) -> Case | None:
    case = await case_access.own(event, context)
    return case if case is not None and case.state != CLOSED else None


def _name(context: Context, name: str) -> str:
    return name or context.t.plain("worrying.moderator-without-name")


def _back(context: Context, case: Case) -> Button:
    return context.button("worrying.status-button", "worrystatus", case.id)


def _reply(context: Context, key: str, buttons: Sequence[Button]) -> Reply:
    return Reply(body=context.t.body(key), buttons=tuple(buttons), replaces=True)


def _gone(context: Context) -> Reply:
    return context.reply("worrying.gone", replaces=True)
