"""The first message in a new thread, post or topic, where the group chose one."""

from collections.abc import Sequence
from zlib import crc32

from bot import chosen
from bot.context import Context
from bot.contract.actions import Action, Buttons, Post, Reply
from bot.contract.events import ButtonPressed, Place, ThreadOpened
from bot.contract.markup import Body
from bot.features import live_case, marking
from bot.features.pressed import argument
from bot.storage.threads import LISTENING

KINDS = ("treatment", "rules")
WORDINGS = 3  # of the treatment message, taking turns

ACTIONS = (("firsts.open-button", "firstmessages"),)


async def opened(event: ThreadOpened, context: Context) -> Sequence[Action]:
    """Say it once, however often we hear of the thread. Who asked for listening gets only that."""
    if context.known_group is None or event.place.thread is None:
        return []
    if await live_case.live(context, event.place):
        return []
    if _only_listening(event, context):
        await context.work.threads.mark(context.group.community, event.place, LISTENING)
        return [marking.listening(context, event.place)]
    kind = _chosen(context, event.place)
    if kind not in KINDS:
        return []
    silent = context.group.settings.calendar.is_quiet(context.now)
    body, buttons = _message(event, context, kind)
    return [Post(place=event.place, body=body, buttons=buttons, silent=silent, name="first")]


async def screen(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What is said first in new threads of this forum or channel."""
    if not event.place.group:
        return [context.reply("firsts.in-group", context.button("desk.open-button", "desk"))]
    return [_screen(context, event.place)]


async def choose(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """From now on this is said first here, or nothing."""
    kind = argument(event)
    if not event.place.group or kind not in (*KINDS, "nothing"):
        return await screen(event, context)
    pairs = chosen.read(context.group.settings.first_messages)
    pairs[chosen.channel_key(event.place)] = "" if kind == "nothing" else kind
    await context.set("first_messages", chosen.written(pairs))
    return [_screen(context, event.place)]


def _only_listening(event: ThreadOpened, context: Context) -> bool:
    """Whether a tag or the title asks for listening only."""
    t = context.public
    tag, title = t.plain("firsts.listening-tag"), t.plain("firsts.listening-title")
    return any(tag in one.casefold() for one in event.tags) or title in event.title.casefold()


def _message(event: ThreadOpened, context: Context, kind: str) -> tuple[Body, Buttons]:
    t = context.public
    if kind == "rules":
        buttons = (
            context.public_button("rules.read-button", "rules"),
            context.public_button("signpost.find-button", "doors"),
        )
        return t.body("firsts.rules"), buttons
    turn = crc32((event.place.thread or "").encode()) % WORDINGS + 1
    return t.body(f"firsts.treatment-{turn}"), ()


def _screen(context: Context, place: Place) -> Reply:
    now = _chosen(context, place)
    shown = context.t.body(f"firsts.is-{now}") if now in KINDS else context.t.body("firsts.is-nothing")
    buttons = [
        context.button(f"firsts.{kind}-button", "firstmessage", kind)
        for kind in (*KINDS, "nothing")
        if kind != (now or "nothing")
    ]
    here, back = context.button("firsts.here-button", "firsthere"), context.button("desk.open-button", "desk")
    body = (*context.t.body("firsts.title"), *shown)
    return Reply(body=body, buttons=(*buttons, here, back), replaces=True)


def _chosen(context: Context, place: Place) -> str:
    return chosen.read(context.group.settings.first_messages).get(chosen.channel_key(place), "")
