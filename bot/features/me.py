"""``/me``: a person's own choices, what is kept about them and until when."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed, CommandGiven
from bot.contract.markup import Body
from bot.features import watch_told
from bot.features.pressed import argument
from bot.keeping import KEPT
from bot.storage.people import PersonRow
from bot.texts import Reader


async def me(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """The choices of this person, and the way to everything that is kept."""
    person = await context.work.people.find(context.person_key(event.person))
    body = (context.t("me.title"), *choices(context.t, person), *context.t.body("me.kept"))
    return [Reply(body=body, buttons=_buttons(context, person))]


def choices(t: Reader, person: PersonRow | None) -> Body:
    """What somebody chose about private messages and buttons; without a row, what holds for everybody."""
    messages = "yes" if person is None or person.messages else "no"
    messages = "welcomes" if person is not None and person.welcomes else messages
    typed = person is not None and person.typed
    return (t(f"me.messages-{messages}"), t("me.typed-yes" if typed else "me.typed-no"))


async def privacy(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """What is kept and until when, and what others could see: nothing left out."""
    body = (
        *watch_told.story(context, event.place),
        context.t("privacy.title"),
        *kept(context.t),
        *context.t.body("privacy.vote"),
        *context.t.body("privacy.copies"),
        *context.t.body("privacy.platform"),
        *context.t.body("privacy.rights"),
    )
    return [Reply(body=body, buttons=(*_own(context), context.button("me.open-button", "me")))]


def kept(t: Reader) -> Body:
    """Each thing that is kept and until when, from the same table that the deletion job reads."""
    return tuple(t.many(one.text, one.days) if one.days is not None else t(one.text) for one in KEPT)


async def set_typed(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Show what to type beside every button, or do not."""
    if argument(event) not in ("yes", "no"):
        return await me(event, context)
    return await _choose(event, context, typed=argument(event) == "yes")


async def set_messages(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Allow private messages, also ask for welcomes that way, or allow none."""
    chosen = argument(event)
    if chosen not in ("yes", "no", "welcomes"):
        return await me(event, context)
    return await _choose(event, context, messages=chosen != "no", welcomes=chosen == "welcomes")


async def languages(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The languages there are texts in."""
    buttons = [
        context.button("me.language-button", "language", code, language=code)
        for code in context.texts.languages
    ]
    return [Reply(body=context.t.body("me.languages"), buttons=tuple(buttons), replaces=True)]


async def set_language(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Speak this language to this person."""
    code = argument(event)
    if code not in context.texts.languages:
        return await languages(event, context)
    context.t = context.texts.reader(code)
    return await _choose(event, context, language=code)


async def told(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """ "Go on", typed: from now on the bot may keep what this person asks it to."""
    await context.work.people.tell(context.person_key(event.person), context.now)
    return [context.reply("privacy.told")]


async def not_told(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """ "Not now": nothing is kept, and reading and help stay as they were."""
    return [context.reply("privacy.nothing-kept", replaces=True)]


async def _choose(event: ButtonPressed, context: Context, **values: str | bool) -> Sequence[Action]:
    await context.work.people.choose(context.person_key(event.person), **values)
    shown = await me(event, context)
    return [
        Reply(body=(*context.t.body("me.chosen"), *a.body), buttons=a.buttons, replaces=True)
        for a in shown
        if isinstance(a, Reply)
    ]


def _buttons(context: Context, person: PersonRow | None) -> tuple[Button, ...]:
    several = len(context.texts.languages) > 1
    return (
        *_own(context),
        context.button("privacy.open-button", "privacy"),
        context.button("me.buttons-button", "typed", "no")
        if person is not None and person.typed
        else context.button("me.typed-button", "typed", "yes"),
        *_message_buttons(context, person),
        *([context.button("me.languages-button", "languages")] if several else []),
    )


def _message_buttons(context: Context, person: PersonRow | None) -> tuple[Button, ...]:
    stop = context.button("me.no-messages-button", "messages", "no")
    if person is not None and not person.messages:
        return (context.button("me.messages-button", "messages", "yes"),)
    if person is not None and person.welcomes:
        return (context.button("me.no-welcomes-button", "messages", "yes"), stop)
    return (context.button("me.welcomes-button", "messages", "welcomes"), stop)


def _own(context: Context) -> tuple[Button, ...]:
    return (context.button("mine.show-button", "mine"), context.button("mine.delete-button", "deletemine"))
