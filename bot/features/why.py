"""``/why``: a moderator sees what the watch took notice of, worked out again from the message itself."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot import noticing
from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import CommandGiven
from bot.contract.markup import Body, Markup, Span, plain
from bot.features import reminding
from bot.features.surroundings import HINT, LEFT, REMINDED, ROOM
from bot.features.watch_room import room
from bot.noticing import Verdict

AROUND = 200  # characters shown before and after what was noticed
LONGEST = 900
CUT = "…"


async def why(event: CommandGiven, context: Context) -> Sequence[Action]:
    """The words underlined: of a message, or typed to be tried. Nothing is kept of them."""
    said = event.said if event.on is not None else event.words
    if not said.strip():
        return [context.reply("why.how" if event.on is None else "why.no-words")]
    if event.on is not None and event.wrote is None and _is_reminder(context, said):
        return [context.reply("why.reminder", context.button("desk.open-button", "desk"))]
    settings = context.group.settings
    watch = await asyncio.to_thread(noticing.shared)
    place = replace(room(settings), advice=True)
    verdict = watch.look(said, place)
    if not verdict.words:
        return [context.reply("why.nothing")]
    return [Reply(body=_explained(context, said, verdict), buttons=await _buttons(event, context))]


def _is_reminder(context: Context, said: str) -> bool:
    """Whether these are the words of one of our reminders, however the platform writes them."""
    known = (reminding.words(context, which) for which in (*reminding.FIRST, *reminding.MORE))
    return _letters(said) in {_letters(plain(body)) for body in known}


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _explained(context: Context, said: str, verdict: Verdict) -> Body:
    t = context.t
    first = t.body("why.urgent") if verdict.is_urgent else t.body("why.advice", rule=verdict.rule)
    return (*first, Markup("why.words", underlined(said, verdict.words)), *t.body("why.not-kept"))


def underlined(said: str, words: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """What stands around these places, with just them underlined."""
    begin = max(0, words[0][0] - AROUND)
    end = min(len(said), words[-1][1] + AROUND, begin + LONGEST)
    spans = [Span(CUT)] if begin else []
    at = begin
    for first, last in words:
        first, last = min(first, end), min(last, end)
        spans += [Span(said[at:first]), Span(said[first:last], underlined=True)]
        at = last
    spans.append(Span(said[at:end] + (CUT if end < len(said) else "")))
    return tuple(span for span in spans if span.text)


async def _buttons(event: CommandGiven, context: Context) -> tuple[Button, ...]:
    if event.on is None:
        return ()
    row = await context.work.watch.of_message(context.group.community, event.on)
    if row is None or row.outcome not in (HINT, LEFT, ROOM, REMINDED):
        return ()
    return (context.button("hints.not-advice-button", "notadvice", row.id),)
