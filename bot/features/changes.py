"""What a version changed, in words; and the history of versions (``/rules history``)."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed
from bot.contract.markup import Body
from bot.features import pressed
from bot.storage.agreements import Made
from bot.texts import Reader
from ground_rules.agreement import Agreement, Change, Kind, Standing, Weight

SHOWN_VERSIONS = 10


def told(context: Context, t: Reader, agreement: Agreement, made: Made | None, short: bool = False) -> Body:
    """What changed, before and after; unless ``short`` also why, by which vote, and when it starts."""
    if _is_first(agreement):
        body = _first(t, agreement)
    else:
        body = tuple(block for change in agreement.changes for block in one(t, change))
    if short or made is None:
        return body
    zone = context.group.settings.zone
    why = t.body("adopting.why", why=made.why) if made.why else ()
    by = t.body("adopting.by-vote", day=t.day(made.at, zone)) if made.vote is not None else ()
    now = agreement.starts_at <= context.now
    when = t.body("adopting.now") if now else t.body("adopting.from", when=t.when(agreement.starts_at, zone))
    return (*body, *why, *by, *when)


def one(t: Reader, change: Change) -> Body:
    """One changed rule in two lines: before and after."""
    before, after = change.before, change.after
    if change.kind is Kind.ADD and after is not None:
        key = "adopting.added-for-now" if after.temporary_until else "adopting.added"
        return t.body(key, number=after.number, title=after.title, text=after.text)
    if change.kind is Kind.REMOVE and before is not None:
        return t.body("adopting.removed", number=before.number, title=before.title, text=before.text)
    if before is None or after is None or before.says_the_same_as(after):
        return t.body("adopting.agreed-as-it-is", number=change.number, title=after.title if after else "")
    key = {
        Weight.MAJOR: "adopting.changed",
        Weight.WORDING: "adopting.reworded",
        Weight.TYPO: "adopting.typo",
    }[change.weight]
    return t.body(
        key,
        number=change.number,
        before_title=before.title,
        before=before.text,
        after_title=after.title,
        after=after.text,
    )


async def history(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The newest versions, each with its day."""
    agreements, t = context.work.agreements, context.t
    versions = await agreements.versions(context.group.community)
    body = list(t.body("adopting.history"))
    buttons = []
    for version in versions[:SHOWN_VERSIONS]:
        made = await agreements.made(context.group.community, version)
        day = t.date(made.at, context.group.settings.zone) if made else ""
        body.extend(t.body("adopting.history-line", version=version, day=day))
        buttons.append(context.button("adopting.version-button", "version", version, version=version))
    if not versions:
        return [context.reply("rules.none")]
    return [Reply(body=tuple(body), buttons=tuple(buttons))]


async def version(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What one version changed, why, and how it came about."""
    number, community = pressed.number(event), context.group.community
    agreement = await context.work.agreements.version(community, number)
    if agreement is None:
        return [context.reply("problems.unknown-button")]
    made = await context.work.agreements.made(community, number)
    back = context.button("adopting.history-button", "history")
    body = told(context, context.t, agreement, made)
    title = context.t.body("adopting.version-title", version=number)
    rules = context.t.body("adopting.first-rules") if not agreement.changes else ()
    return [Reply(body=(*title, *rules, *body), buttons=(back,), replaces=True)]


def _is_first(agreement: Agreement) -> bool:
    """Whether this is the version that the vote on the whole set made."""
    as_they_are = [
        c for c in agreement.changes if c.after and c.before and c.before.says_the_same_as(c.after)
    ]
    return agreement.standing is Standing.AGREED and len(as_they_are) > 1


def _first(t: Reader, agreement: Agreement) -> Body:
    agreed = [change.number for change in agreement.changes if change.after is not None]
    aside = [change.number for change in agreement.changes if change.after is None]
    waiting = [rule.number for rule in agreement.rules if not rule.agreed]
    body = t.body("adopting.first", numbers=_listed(agreed))
    if aside:
        body = (*body, *t.body("adopting.set-aside", numbers=_listed(aside)))
    if waiting:
        body = (*body, *t.body("adopting.not-yet", numbers=_listed(waiting)))
    return body


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)
