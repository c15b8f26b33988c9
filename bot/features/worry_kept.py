"""What is kept of somebody's worries, for Show mine and Delete mine. Never of those that are about them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import Person
from bot.contract.markup import Body, Markup
from bot.features import case_owners
from bot.storage.cases import CLOSED

UTC = ZoneInfo("UTC")


async def own(context: Context, person: Person) -> Body:
    """What they told moderators, in every community, and the cases they have picked up."""
    t, body = context.t, list[Markup]()
    zone = context.group.settings.zone if context.known_group else UTC
    for case in await context.work.cases.told_by(context.person_key(person)):
        key = "worrying.kept-closed" if case.state == CLOSED else "worrying.kept"
        body.append(t(key, date=t.date(case.made_at, zone)))
        if words := context.secrecy.unsealed(case.id, case.words):
            body += t.body("worrying.kept-words", words=words)
        if case.account:
            body.append(t("worrying.kept-account"))
    for case in await context.work.cases.owned(None, person):
        body.append(t("worrying.kept-owner", case=case.id))
    return tuple(body)


async def forget(context: Context, person: Person) -> tuple[Body, Sequence[Action]]:
    """Their words and account go at once. What moderators know stays until they have closed it."""
    key, actions = context.person_key(person), list[Action]()
    known = await context.work.cases.told_by(key)
    await context.work.cases.forget_reporter(key)
    for case in await context.work.cases.owned(None, person):
        actions += await case_owners.begin_anew(await context.at(case.community), case)
    await context.work.cases.forget_owner(person)
    context.work.scrub = context.work.scrub or bool(known)
    open_ones = [case for case in known if case.state != CLOSED]
    return context.t.body("worrying.deleted-but") if open_ones else (), actions
