"""One contact outside the moderators: for a worry about a moderator, and for when none can be reached."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Field, Reply
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.payload import encode
from bot.features import where_to_turn
from ground_rules.wording import measured

LONGEST = 200


async def ask(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Who is it now, and who should it be?"""
    contact = context.group.settings.outside_contact
    body = context.t.body("outside.is", contact=contact) if contact else context.t.body("outside.none")
    buttons = (
        context.button("outside.write-button", "outsidewrite"),
        context.button("outside.nobody-button", "outsidenobody"),
        context.button("cover.back-button", "cover"),
    )
    return [Reply(body=(*body, *context.t.body("outside.why")), buttons=buttons, replaces=True)]


async def write(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """In words of their own."""
    label = context.t.plain("outside.label")
    return [
        Ask(
            title=context.t.plain("outside.title"),
            payload=encode("outsidewritten"),
            fields=(Field(name="contact", label=label, longest=LONGEST),),
        )
    ]


async def written(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The words came."""
    words = " ".join(event.values.get("contact", "").split())
    if not words:
        return await ask_again(context)
    return await keep(context, measured("contact", words, shortest=2, longest=LONGEST))


async def nobody(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """There is nobody yet: members see that."""
    return await keep(context, "")


async def keep(context: Context, words: str) -> Sequence[Action]:
    """Keep the contact, or that there is none, and show it to members."""
    await context.set("outside_contact", words)
    await context.set("outside_asked", "yes")
    back = context.button("cover.back-button", "cover")
    key = "outside.kept" if words else "outside.kept-none"
    return [context.reply(key, back, replaces=True), *await where_to_turn.refresh(context)]


async def ask_again(context: Context) -> Sequence[Action]:
    """Nothing was written."""
    again = context.button("outside.write-button", "outsidewrite")
    return [context.reply("outside.none", again, replaces=True)]
