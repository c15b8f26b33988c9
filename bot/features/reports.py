"""Somebody says that a number or link is wrong: moderators hear of it, and never who said so."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed
from bot.directory import Entry
from bot.features import entry_ref, finding, questions
from bot.features.desk_step import DeskStep
from bot.features.pressed import argument

TOLD_EVERY = timedelta(days=1)  # private messages about crisis lines; the desk shows every report
TOLD = "report"


async def which(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Which of the services of an answer is it?"""
    found = finding.look(context, argument(event))
    if not found.entries:
        return [context.reply("reports.gone")]
    buttons = [
        context.button("reports.entry-button", "wrongentry", entry_ref.ref(entry.id), name=entry.name)
        for entry in found.entries
    ]
    return [Reply(body=context.t.body("reports.which"), buttons=tuple(buttons))]


async def report(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Keep that it may be wrong, and nothing of who said so."""
    entry = entry_ref.named(event, context)
    if entry is None:
        return [context.reply("reports.gone", replaces=True)]
    new = await context.work.directory.report(context.group.community, entry.id, context.now)
    if new:
        await context.directory_changed()
    emergency = context.numbers()["emergency"]
    thanks = context.reply("reports.thanks", replaces=True, name=entry.name, emergency=emergency)
    return [thanks, *(await _tell(event, context, entry) if new and entry.crisis else ())]


async def next_step(context: Context) -> DeskStep | None:
    """The longest waiting report."""
    reported = waiting(context)
    if not reported:
        return None
    button = context.button("reports.look-button", "entry", entry_ref.ref(reported[0].id))
    return DeskStep(text=context.t.body("reports.step", name=reported[0].name), button=button)


def waiting(context: Context) -> list[Entry]:
    """Entries that somebody says are wrong, the longest waiting first."""
    own = context.own_directory
    known = {entry.id: entry for entry in own.full.entries}
    rows = [row for row in own.changes.entries if row.reported_at is not None and row.id in known]
    return [known[row.id] for row in sorted(rows, key=lambda row: (row.reported_at or context.now, row.id))]


async def _tell(event: ButtonPressed, context: Context, entry: Entry) -> Sequence[Action]:
    """A wrong crisis line cannot wait for the desk. Once a day, whatever is pressed."""
    community, people = context.group.community, context.work.people
    last = await people.asked_at(community, TOLD, TOLD)
    if last is not None and context.now - last < TOLD_EVERY:
        return []
    await people.ask(community, TOLD, TOLD, context.now)
    look = context.public_button("reports.look-button", "entry", entry_ref.ref(entry.id))
    body = context.public.body("reports.step", name=entry.name)
    return await questions.tell_moderators(context, body, look, but=event.person)
