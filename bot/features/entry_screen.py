"""One service of the group's directory as moderators see it: as members do, and what can be done."""

from collections.abc import Iterator, Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed
from bot.contract.markup import Body
from bot.directory import Entry
from bot.directory.crisis_numbers import key_of
from bot.features import check_due, entry_ref, signpost_lines, where_to_turn
from bot.storage.directory_entries import EntryRow


async def screen(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The entry, how it stands, and its buttons."""
    entry = entry_ref.named(event, context)
    return [gone(context)] if entry is None else [shown(context, entry)]


def shown(context: Context, entry: Entry, first: Body = ()) -> Reply:
    """The screen of an entry below some words."""
    body = (
        *first,
        *signpost_lines.entry_lines(context.t, _as_shown(context, entry)),
        *_standing(context, entry),
    )
    return Reply(body=body, buttons=(*_buttons(context, entry), back(context)), replaces=True)


async def right(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """A moderator looked at its own page, and it is right. Crisis numbers are read by two people instead."""
    entry = entry_ref.named(event, context)
    if entry is None:
        return [gone(context)]
    if numbers_of(context, entry):
        return [shown(context, entry, context.t.body("entries.two-people"))]
    key, today = context.person_key(event.person), check_due.today(context)
    await context.work.directory.checked(context.group.community, entry.id, key, today)
    await context.directory_changed()
    looked = [row for row in context.own_directory.changes.entries if row.checked_on == today]
    if len(looked) >= check_due.AT_ONCE or not await check_due.entries_due(context):
        await check_due.rest(context)
    return [await _changed(context, entry, "entries.right")]


async def hide(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Not shown to this group."""
    return await _set(event, context, "entries.hidden", hidden=True)


async def show(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Shown again."""
    return await _set(event, context, "entries.shown", hidden=False)


async def broken(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """It does not work: hidden until it is put right."""
    return await _set(event, context, "entries.broken", hidden=None)


async def leave(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What was reported is not so."""
    entry = entry_ref.named(event, context)
    if entry is None:
        return [gone(context)]
    await context.work.directory.settle(context.group.community, entry.id)
    await context.directory_changed()
    return [await _changed(context, entry, "entries.left")]


async def take_back(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """As it is packaged; an entry of the group's own is deleted."""
    entry = entry_ref.named(event, context)
    if entry is None or not await context.work.directory.take_back(context.group.community, entry.id):
        return [gone(context)]
    await context.directory_changed()
    known = entry_ref.named(event, context)
    if known is None:
        return [context.reply("entries.deleted", back(context), replaces=True, name=entry.name)]
    return [
        shown(context, known, context.t.body("entries.taken-back")),
        *await where_to_turn.refresh(context),
    ]


def numbers_of(context: Context, entry: Entry) -> list[str]:
    """The keys of its numbers that two people read together."""
    if not entry.crisis:
        return []
    country = context.group.settings.country
    keys = [key_of(country, route.to) for route in entry.routes]
    known = {number.key for number in context.own_directory.numbers}
    return [key for key in dict.fromkeys(keys) if key in known]


def is_emergency(context: Context, entry: Entry) -> bool:
    """Whether it is what is shown whatever happens."""
    return entry.crisis and "emergency" in entry.topics


def back(context: Context) -> Button:
    return context.button("entries.back-button", "entries")


def gone(context: Context) -> Reply:
    return context.reply("entries.gone", back(context), replaces=True)


async def _set(event: ButtonPressed, context: Context, said: str, *, hidden: bool | None) -> Sequence[Action]:
    entry = entry_ref.named(event, context)
    if entry is None:
        return [gone(context)]
    if hidden is not False and is_emergency(context, entry):
        return [shown(context, entry, context.t.body("entries.always-shown"))]
    if hidden is None:
        await context.work.directory.breaks(context.group.community, entry.id)
    else:
        await context.work.directory.hide(context.group.community, entry.id, hidden)
    await context.directory_changed()
    return [await _changed(context, entry, said)]


async def _changed(context: Context, entry: Entry, said: str) -> Reply:
    own = next(each for each in context.own_directory.full.entries if each.id == entry.id)
    return shown(context, own, context.t.body(said, name=own.name))


def _as_shown(context: Context, entry: Entry) -> Entry:
    """With the numbers that two people put right, if it is shown at all."""
    return context.directory.entry(entry.id) or entry


def _standing(context: Context, entry: Entry) -> Body:
    row = context.own_directory.changes.entry(entry.id)
    topics = ", ".join(signpost_lines.name(context.t, topic) for topic in entry.topics)
    lines = [context.t("entries.topics", topics=topics)]
    lines += [context.t(f"entries.is-{each}") for each in _states(entry, row)]
    return tuple(lines)


def _states(entry: Entry, row: EntryRow) -> Iterator[str]:
    if row.content:
        yield "own"
    if row.hidden:
        yield "hidden"
    if row.broken:
        yield "broken"
    if row.reported_at is not None:
        yield "reported"
    if entry.last_checked is None:
        yield "unchecked"


def _buttons(context: Context, entry: Entry) -> Iterator[Button]:
    row, ref = context.own_directory.changes.entry(entry.id), entry_ref.ref(entry.id)
    numbers = numbers_of(context, entry)
    for key in numbers[:2]:
        yield context.button("checking.read-button", "typenumber", key)
    if not numbers:
        yield context.button("entries.right-button", "entryright", ref)
    yield context.button("entries.words-button", "entrywords", ref)
    yield context.button("entries.more-button", "entrymore", ref)
    if row.reported_at is not None:
        yield context.button("entries.leave-button", "entryleave", ref)
    if row.hidden or row.broken:
        yield context.button("entries.show-button", "entryshow", ref)
    elif not is_emergency(context, entry):
        yield context.button("entries.hide-button", "entryhide", ref)
        yield context.button("entries.broken-button", "entrybroken", ref)
    if row.content:
        yield context.button("entries.take-back-button", "entrytakeback", ref)
