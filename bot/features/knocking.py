"""Somebody asks to join: they read the rules in private, ask with a second press, and somebody decides."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Action, Button, DecideJoin, Reply, Tell
from bot.contract.events import ButtonPressed, JoinRequested
from bot.contract.markup import Body
from bot.features import pressed, questions, rules
from bot.features.desk_step import DeskStep
from bot.features.names import can_be_repeated
from bot.settings import WAYS_IN
from bot.storage.join_requests import JoinRequest

LISTED = 4
HEARD_NOTHING = timedelta(hours=1)  # whoever did not press within it may not know that they should
ACTIONS = (("knocking.settings-button", "waysin"),)


async def knocked(event: JoinRequested, context: Context) -> Sequence[Action]:
    """The rules and the first press. A group without rules decides as its platform has it."""
    if context.known_group is None:
        return []
    body = await _rules(context)
    if not body:
        return []
    name = event.person.name.strip() if can_be_repeated(event.person.name) else ""
    id = await context.work.join_requests.keep(
        context.group.community, event.place, event.person, name, context.now
    )
    if event.reached:
        return [_first_step(context, body, id)]
    found = await context.work.join_requests.find(context.group.community, id)
    if found is None or not await context.work.join_requests.make_ready(id):
        return []
    return await _tell(event, context, found)


async def read(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The first press: they have read the rules."""
    found = await _own(event, context)
    if found is None:
        return [context.reply("knocking.gone", replaces=True)]
    if found.ready:
        return [context.reply("knocking.waiting", replaces=True)]
    await context.work.join_requests.note_read(found.id)
    ask = context.button("knocking.ask-button", "knock", found.id)
    return [context.reply("knocking.second-step", ask, replaces=True)]


async def ask(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The second press: in at once, or the moderators are asked, as the group chose."""
    found = await _own(event, context)
    if found is None:
        return [context.reply("knocking.gone", replaces=True)]
    if not found.read:
        return [_first_step(context, await _rules(context), found.id)]
    if context.group.settings.ways_in == "automatic":
        if not await context.work.join_requests.decide(found.id):
            return [context.reply("knocking.gone", replaces=True)]
        return [_decision(found, let_in=True), context.reply("knocking.let-in", replaces=True)]
    reply = context.reply("knocking.waiting", replaces=True)
    if not await context.work.join_requests.make_ready(found.id):
        return [reply]
    return [reply, *await _tell(event, context, found)]


async def let_in(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A moderator lets them in. The first decision counts."""
    return await _decide(event, context, let_in=True)


async def turn_away(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A moderator says not now; the person hears it, and may ask again."""
    return await _decide(event, context, let_in=False)


async def waiting(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Who waits at the door."""
    found = await _waiting(context)
    back = context.button("desk.open-button", "desk")
    if not found:
        return [context.reply("knocking.nobody", back, replaces=True)]
    shown = found[:LISTED]
    lines = [context.t(_which("knocking.one", each), name=_named(context, each)) for each in shown]
    buttons = [button for each in shown for button in _choices(context, each)]
    return [Reply(body=(*context.t.body("knocking.title"), *lines), buttons=(*buttons, back), replaces=True)]


async def settings(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Who decides."""
    return [_settings(context)]


async def choose(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Moderators decide, or two presses are enough."""
    if pressed.argument(event) in WAYS_IN:
        await context.set("ways_in", pressed.argument(event))
    return [_settings(context)]


async def next_step(context: Context) -> DeskStep | None:
    """Somebody waits at the door."""
    found = await _waiting(context)
    if not found:
        return None
    button = context.button("knocking.list-button", "knocks")
    return DeskStep(text=(context.t.many("knocking.step", len(found)),), button=button)


async def _waiting(context: Context) -> list[JoinRequest]:
    forgotten = context.now - HEARD_NOTHING
    return await context.work.join_requests.waiting(context.group.community, forgotten)


async def _tell(
    event: JoinRequested | ButtonPressed, context: Context, found: JoinRequest
) -> Sequence[Action]:
    body = context.public.body(_which("knocking.for-moderator", found), name=_named(context, found))
    buttons = _choices(context, found, public=True)
    return await questions.tell_moderators(context, body, *buttons, but=event.person)


def _which(key: str, found: JoinRequest) -> str:
    return key if found.read else f"{key}-unread"


async def _decide(event: ButtonPressed, context: Context, *, let_in: bool) -> Sequence[Action]:
    found = await context.work.join_requests.find(context.group.community, pressed.number(event))
    again = context.button("knocking.list-button", "knocks")
    if found is None or not await context.work.join_requests.decide(found.id):
        return [context.reply("knocking.decided-already", again, replaces=True)]
    told: list[Tell] = []
    if not let_in:
        told = [context.tell(found.person, context.public.body("knocking.not-now"))]
    key = "knocking.did-let-in" if let_in else "knocking.did-turn-away"
    return [_decision(found, let_in=let_in), *told, context.reply(key, again, replaces=True)]


async def _own(event: ButtonPressed, context: Context) -> JoinRequest | None:
    """The request that is pressed about, if it is this person's."""
    found = await context.work.join_requests.find(context.group.community, pressed.number(event))
    if found is None or (found.person.platform, found.person.id) != (event.person.platform, event.person.id):
        return None
    return found


async def _rules(context: Context) -> Body:
    agreement = await context.work.agreements.current(context.group.community, context.now)
    if agreement is None:
        return ()
    shown = [block for rule in agreement.rules for block in rules.shown(context.t, rule)]
    return (*rules.heading(context.t, agreement), *shown)


def _first_step(context: Context, body: Body, id: int) -> Reply:
    button = context.button("knocking.read-button", "knockread", id)
    return Reply(body=(*context.t.body("knocking.first-step"), *body), buttons=(button,))


def _decision(found: JoinRequest, *, let_in: bool) -> DecideJoin:
    return DecideJoin(place=found.place, person=found.person, let_in=let_in)


def _named(context: Context, found: JoinRequest) -> str:
    return found.name or context.public.plain("knocking.someone")


def _choices(context: Context, found: JoinRequest, *, public: bool = False) -> tuple[Button, ...]:
    make, name = context.public_button if public else context.button, _named(context, found)
    return (
        make("knocking.let-in-button", "letin", found.id, name=name),
        make("knocking.turn-away-button", "turnaway", found.id, name=name),
    )


def _settings(context: Context) -> Reply:
    way = context.group.settings.ways_in
    other = next(each for each in WAYS_IN if each != way)
    change = context.button(f"knocking.{other}-button", "wayin", other)
    back = context.button("desk.open-button", "desk")
    return context.reply(f"knocking.is-{way}", change, back, replaces=True)
