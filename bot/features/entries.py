"""The group's own list of services: to look through, to find one in, and what is due for a look."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Button, Field, Reply
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.payload import encode
from bot.directory import Entry
from bot.features import check_due, entry_ref, reports
from bot.features.desk_step import DeskStep
from bot.features.pressed import argument, number

ACTIONS = (("entries.open-button", "entries"),)
LISTED = 8
WORDS_LONGEST = 60
ALL, OWN, HIDDEN, REPORTED, DUE = "all", "own", "hidden", "reported", "due"


async def screen(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What a moderator can do with the list."""
    buttons = (
        context.button("entries.add-button", "entryadd"),
        context.button("entries.find-button", "entryfind"),
        context.button("entries.own-button", "entrylist", OWN, 1),
        context.button("entries.hidden-button", "entrylist", HIDDEN, 1),
        context.button("entries.reported-button", "entrylist", REPORTED, 1),
        context.button("entries.all-button", "entrylist", ALL, 1),
        context.button("desk.back-button", "desk"),
    )
    return [Reply(body=context.t.body("entries.screen"), buttons=buttons, replaces=True)]


async def listed(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """One of the lists, a few at a time."""
    which, page = argument(event), max(number(event, 1), 1)
    entries = await _of(context, which)
    start = LISTED * (page - 1)
    more = (which, page + 1) if len(entries) > start + LISTED else None
    return [_list(context, entries[start : start + LISTED], more)]


async def find(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask for a name or topic."""
    field = Field(name="words", label=context.t.plain("entries.find-label"), longest=WORDS_LONGEST)
    return [Ask(title=context.t.plain("entries.find-title"), payload=encode("entryfound"), fields=(field,))]


async def found(event: FormAnswered, context: Context) -> Sequence[Action]:
    """Services whose name has these words, then those for the topic that they mean."""
    words = " ".join(event.values.get("words", "").casefold().split())
    entries, full = _here(context), context.own_directory.full
    named = [entry for entry in entries if words and words in entry.name.casefold()]
    topic = full.topic(words) if words else None
    meant = [entry for entry in entries if topic in entry.topics and entry not in named]
    return [_list(context, [*named, *meant][:LISTED], None)]


async def next_step(context: Context) -> DeskStep | None:
    """Links that nobody looked at for a year, a few at a time, if nothing was asked this week."""
    if not context.group.settings.answered or check_due.rests(context) or check_due.numbers_due(context):
        return None
    due = await check_due.entries_due(context)
    if not due:
        return None
    names = ", ".join(entry.name for entry in due[: check_due.AT_ONCE])
    button = context.button("entries.due-button", "entrylist", DUE, 1)
    return DeskStep(text=context.t.body("entries.step", names=names), button=button)


async def _of(context: Context, which: str) -> Sequence[Entry]:
    own = context.own_directory
    match which:
        case "due":
            return (await check_due.entries_due(context))[: check_due.AT_ONCE]
        case "reported":
            return reports.waiting(context)
        case "own":
            ids = {row.id for row in own.changes.entries if row.content}
        case "hidden":
            ids = {row.id for row in own.changes.entries if row.hidden or row.broken}
        case _:
            return _here(context)
    return [entry for entry in own.full.entries if entry.id in ids]


def _here(context: Context) -> list[Entry]:
    """What there is for people of the group's country, nearest first."""
    full, country = context.own_directory.full, context.group.settings.country
    order = [country, full.country(country).nation_of, "anywhere"]
    near = [
        (min(order.index(place) for place in entry.countries if place in order), entry)
        for entry in full.entries
        if not set(order).isdisjoint(entry.countries)
    ]
    return [entry for _, entry in sorted(near, key=lambda row: row[0])]


def _list(context: Context, entries: Sequence[Entry], more: tuple[str, int] | None) -> Reply:
    back = context.button("entries.back-button", "entries")
    if not entries:
        return context.reply("entries.none", back, replaces=True)
    buttons: list[Button] = [
        context.button("entries.entry-button", "entry", entry_ref.ref(entry.id), name=entry.name)
        for entry in entries
    ]
    if more is not None:
        buttons.append(context.button("entries.next-button", "entrylist", *more))
    return Reply(body=context.t.body("entries.list"), buttons=(*buttons, back), replaces=True)
