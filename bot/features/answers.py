"""What is answered around the features: refusals, the first notice, what is unknown, typed twins."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.context import Context
from bot.contract.actions import Action, Answer, Reply
from bot.contract.events import ButtonPressed, CommandGiven, Event, FormAnswered, PersonEvent
from bot.contract.markup import Body
from bot.contract.payload import decode, encode
from bot.features import signposting
from bot.groups import Group
from bot.keeping import time_kept
from bot.texts import Reader, Value
from ground_rules.refusals import Refused

GO_ON = "goon"  # the button under the first notice; its arguments are the payload that waits


YOUR_WORDS = 600  # characters of each answer that are given back


def refusal(reader: Reader, refused: Refused, group: Group | None, event: Event) -> Reply:
    """A "no", said kindly, with what the person can do next, and what they typed into a form."""
    details: dict[str, Value] = {}
    for name, value in refused.details.items():
        if isinstance(value, datetime):
            details[name] = reader.when(value, group.settings.zone if group else UTC)
        else:
            details[name] = reader.plain(f"refusals.part-{value}") if name == "part" else str(value)
    body = reader.body(f"refusals.{refused.reason.value.replace('_', '-')}", **details)
    return Reply(body=(*body, *given_back(reader, event)))


def given_back(reader: Reader, event: Event) -> Body:
    """What was typed, so that nobody has to write it a second time."""
    typed = [text.strip() for text in event.values.values()] if isinstance(event, FormAnswered) else []
    words = "\n".join(text[:YOUR_WORDS] for text in typed if text)
    return reader.body("problems.your-words", words=words) if words else ()


def first_notice(event: PersonEvent, context: Context) -> Reply:
    """Before anything about a person is stored for the first time: what is kept, and until when."""
    if not isinstance(event, ButtonPressed) or (payload := decode(event.payload)) is None:
        raise TypeError("only buttons and their typed twins keep anything about a person")
    waiting = encode(GO_ON, payload.kind, *payload.arguments, community=payload.community)
    go_on = replace(context.button("privacy.go-on", "told"), payload=waiting)
    not_now = context.button("privacy.not-now", "nottold")
    return context.reply("privacy.first-notice", go_on, not_now, days=time_kept("questions").days)


async def unknown_command(event: CommandGiven, context: Context) -> Sequence[Action]:
    """A command that does not exist here. Whoever types /hypo finds help all the same."""
    topic = context.directory.topic(event.name)
    if topic is not None and context.directory.is_crisis(topic):
        return [signposting.answer(context, event.name)]
    return [context.reply("problems.unknown-command")]


async def overheard(event: Event, context: Context) -> Sequence[Action]:
    """A vote or an objection was typed where others can read it: nothing is recorded."""
    return [context.reply("problems.overheard")]


async def unknown_button(event: Event, context: Context) -> Sequence[Action]:
    """A button or form of another version, or of something that is gone."""
    body = context.t.body("problems.unknown-button")
    return [Reply(body=(*body, *given_back(context.t, event)))]


def with_typed(answer: Answer, reader: Reader) -> Answer:
    """The same reply with its buttons also written out as what to type."""
    if not isinstance(answer, Reply) or not answer.buttons:
        return answer
    typed = [button for button in answer.buttons if button.typed]
    lines = tuple(
        block
        for button in typed
        for block in reader.body("problems.typed-twin", label=button.label, typed=button.typed)
    )
    return replace(answer, body=(*answer.body, *lines))
