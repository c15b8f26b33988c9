"""Adding a service to the group's list, or changing one: two short forms, and what members then see."""

from collections.abc import Callable, Mapping, Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Field, Reply
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.markup import Body
from bot.contract.payload import encode
from bot.directory import Entry
from bot.directory.own_words import written as kept_words
from bot.features import check_due, entry_ref, entry_screen, entry_words
from bot.features.entry_words import Unclear

MOST_OWN = 300
LONGEST = {
    "name": entry_words.NAME_LONGEST,
    "purpose": entry_words.PURPOSE_LONGEST,
    "topics": entry_words.TOPICS_LONGEST,
    "phone": entry_words.NUMBER_LONGEST,
    "link": entry_words.LINK_LONGEST,
    "hours": 80,
    "cost": 40,
    "text": entry_words.NUMBER_LONGEST,
    "email": 100,
    "languages": 120,
}
OPTIONAL = ("phone", "link", *entry_words.MORE)
NUMBERS = ("phone", "text")


async def add(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask for a new service."""
    own = [row for row in context.own_directory.changes.entries if row.content]
    if len(own) >= MOST_OWN:
        return [context.reply("entries.too-many", entry_screen.back(context), most=MOST_OWN)]
    return [_ask(context, "entryadded", "", entry_words.FIELDS, {})]


async def words(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask for its name, what it is for, its topics, number and link."""
    return _change(event, context, "entrywritten", entry_words.FIELDS)


async def more(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask for its hours, cost, other ways and languages."""
    return _change(event, context, "entrymored", entry_words.MORE)


async def added(event: FormAnswered, context: Context) -> Sequence[Action]:
    """A new service was typed."""
    try:
        entry = entry_words.new(context, event.values)
    except Unclear as unclear:
        return [_unclear(event, context, unclear, "entries.add-button", "entryadd")]
    return await _keep(event, context, entry)


async def written(event: FormAnswered, context: Context) -> Sequence[Action]:
    """Its words were typed."""
    return await _taken(event, context, entry_words.changed, "entries.words-button", "entrywords")


async def mored(event: FormAnswered, context: Context) -> Sequence[Action]:
    """Its hours and further ways were typed."""
    return await _taken(event, context, entry_words.more, "entries.more-button", "entrymore")


async def _taken(
    event: FormAnswered,
    context: Context,
    read: Callable[[Context, Entry, Mapping[str, str]], Entry],
    again: str,
    kind: str,
) -> Sequence[Action]:
    entry = entry_ref.named(event, context)
    if entry is None:
        return [entry_screen.gone(context)]
    try:
        return await _keep(event, context, read(context, entry, event.values))
    except Unclear as unclear:
        return [_unclear(event, context, unclear, again, kind, entry_ref.ref(entry.id))]


async def _keep(event: FormAnswered, context: Context, entry: Entry) -> Sequence[Action]:
    """Store it: whoever typed it has just looked at it. A crisis line still needs its two people."""
    community, directory = context.group.community, context.work.directory
    await directory.put(community, [(entry.id, kept_words(entry))])
    if not entry.crisis:
        await directory.checked(
            community, entry.id, context.person_key(event.person), check_due.today(context)
        )
    await context.directory_changed()
    near, name = entry_words.close_to(context, entry)
    first = context.t.body("entries.saved")
    if near:
        first = (*first, *context.t.body("entries.saved-near", near=near, name=name))
    own = next(each for each in context.own_directory.full.entries if each.id == entry.id)
    return [entry_screen.shown(context, own, first)]


def _change(event: ButtonPressed, context: Context, kind: str, names: Sequence[str]) -> Sequence[Action]:
    entry = entry_ref.named(event, context)
    if entry is None:
        return [entry_screen.gone(context)]
    wanted = [name for name in names if not (entry.crisis and name in NUMBERS)]
    return [_ask(context, kind, entry_ref.ref(entry.id), wanted, entry_words.fields_of(entry))]


def _ask(context: Context, kind: str, ref: str, names: Sequence[str], values: Mapping[str, str]) -> Ask:
    fields = tuple(
        Field(
            name=name,
            label=context.t.plain(f"entries.field-{name}"),
            value=values.get(name, "")[: LONGEST[name]],
            longest=LONGEST[name],
            optional=name in OPTIONAL,
        )
        for name in names
    )
    return Ask(
        title=context.t.plain("entries.form-title"),
        payload=encode(kind, *((ref,) if ref else ())),
        fields=fields,
        note=context.t.body("entries.form-note"),
    )


def _unclear(
    event: FormAnswered, context: Context, unclear: Unclear, label: str, kind: str, *arguments: str
) -> Reply:
    """What is wrong, and what they typed, so that nothing has to be thought of twice."""
    typed = tuple(
        context.t("entries.you-typed", field=context.t.plain(f"entries.field-{name}"), words=said)
        for name, said in event.values.items()
        if said.strip() and name in LONGEST
    )
    body: Body = (*context.t.body("entries.not-saved"), *unclear.words, *typed)
    return Reply(body=body, buttons=(context.button(label, kind, *arguments), entry_screen.back(context)))
