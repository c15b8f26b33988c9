"""Checking the group's crisis numbers: one card, two people, each reads every number off its own page."""

from collections.abc import Iterable, Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Button, Field, Reply
from bot.contract.events import ButtonPressed, FormAnswered, Person
from bot.contract.markup import Body, Markup
from bot.contract.payload import encode
from bot.directory.crisis_numbers import CrisisNumber
from bot.features import check_due, check_result, pressed
from bot.features.check_result import called
from bot.storage.number_checks import NumberRow

IN_A_FORM = 3
LABEL_LONGEST = 45
NUMBER_LONGEST = 40

Rows = dict[str, NumberRow]


async def card(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The six numbers, how far each is, and what this person can do."""
    return [await shown(context, event.person, context.t.body("checking.how"), replaces=True)]


async def shown(context: Context, person: Person, first: Body, *, replaces: bool = False) -> Reply:
    """The card below some words."""
    numbers = context.own_directory.card
    if not numbers:
        return context.reply("checking.no-numbers", *_way_back(context, person))
    rows = await context.work.number_checks.of(context.group.community)
    lines = tuple(_line(context, number, _row(rows, number)) for number in numbers)
    return Reply(
        body=(*first, *lines, *_done(context, person, rows)),
        buttons=(*_parts(context, person, rows), *_for_moderators(context, person, rows)),
        replaces=replaces,
    )


async def form(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask this person for what they read, three numbers at a time."""
    part = pressed.number(event)
    rows = await context.work.number_checks.of(context.group.community)
    numbers = [
        number
        for number in _in_part(context.own_directory.card, part)
        if _wanted(context, event.person, _row(rows, number))
    ]
    if not numbers:
        return [await shown(context, event.person, context.t.body("checking.nothing-here"))]
    return [_ask(context, numbers, part)]


async def one(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask for one number, at any time."""
    key = pressed.argument(event)
    numbers = [number for number in context.own_directory.numbers if number.key == key]
    if not numbers:
        return [context.reply("checking.gone", *_way_back(context, event.person))]
    return [_ask(context, numbers, 0)]


async def typed(event: FormAnswered, context: Context) -> Sequence[Action]:
    """What somebody read: each number that is right counts, also if another one is not."""
    numbers = context.own_directory.numbers
    given = [(number, event.values[number.key]) for number in numbers if event.values.get(number.key)]
    if not any(words.strip() for _, words in given):
        return [await shown(context, event.person, context.t.body("checking.empty"))]
    readings = [await check_result.note(context, event.person, number, words) for number, words in given]
    return await _answer(context, event.person, readings)


async def insist(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The page really shows another number than we have."""
    key, digits = pressed.argument(event), pressed.argument(event, 1)
    numbers = [number for number in context.own_directory.numbers if number.key == key]
    if not numbers:
        return [context.reply("checking.gone", *_way_back(context, event.person))]
    reading = await check_result.note(context, event.person, numbers[0], digits, sure=True)
    return await _answer(context, event.person, [reading])


async def _answer(
    context: Context, person: Person, readings: Sequence[check_result.Reading]
) -> Sequence[Action]:
    follows = await check_result.follow(context, readings)
    words = tuple(block for reading in readings for block in reading.words)
    reply = await shown(context, person, words)
    sure = [reading.button for reading in readings if reading.button is not None]
    return [Reply(body=reply.body, buttons=(*sure, *reply.buttons)), *follows]


def _line(context: Context, number: CrisisNumber, row: NumberRow) -> Markup:
    zone = context.group.settings.zone
    name = called(context, number)
    if row.broken:
        return context.t("checking.line-broken", name=name)
    if row.differs:
        return context.t("checking.line-differs", name=name)
    if row.waits(check_due.today(context)):
        return context.t("checking.line-second", name=name)
    if check_due.is_fresh(context, row) and row.checked_on is not None:
        return context.t(
            "checking.line-read", name=name, day=context.t.date(check_due.noon(row.checked_on), zone)
        )
    return context.t("checking.line-open", name=name)


def _done(context: Context, person: Person, rows: Rows) -> Body:
    """What comes next, when this person has nothing left to type."""
    if any(_wanted(context, person, _row(rows, number)) for number in context.own_directory.card):
        return ()
    waiting = any(_row(rows, number).waits(check_due.today(context)) for number in context.own_directory.card)
    return context.t.body("checking.your-turn-done" if waiting else "checking.all-read")


def _wanted(context: Context, person: Person, row: NumberRow) -> bool:
    """Whether this person can still bring the check of a number on."""
    if row.waits(check_due.today(context)):
        return row.typed_by != context.person_key(person)
    return person.is_moderator and not check_due.is_fresh(context, row)


def _parts(context: Context, person: Person, rows: Rows) -> Iterable[Button]:
    card = context.own_directory.card
    for part in range(1, 1 + -(-len(card) // IN_A_FORM)):
        numbers = _in_part(card, part)
        if any(_wanted(context, person, _row(rows, number)) for number in numbers):
            first = IN_A_FORM * (part - 1) + 1
            last = first + len(numbers) - 1
            yield context.button("checking.type-button", "typenumbers", part, first=first, last=last)


def _for_moderators(context: Context, person: Person, rows: Rows) -> Iterable[Button]:
    if not person.is_moderator:
        return
    own, today = context.person_key(person), check_due.today(context)
    card = [_row(rows, number) for number in context.own_directory.card]
    if any(row.waits(today) and row.typed_by == own for row in card):
        yield context.button("checking.second-button", "asksecond")
    if check_due.numbers_due(context):
        yield context.button("checking.later-button", "checklater")
    yield context.button("desk.back-button", "desk")


def _way_back(context: Context, person: Person) -> tuple[Button, ...]:
    return (context.button("desk.back-button", "desk"),) if person.is_moderator else ()


def _ask(context: Context, numbers: Sequence[CrisisNumber], part: int) -> Ask:
    pages = [
        context.t("checking.page", name=called(context, number), page=number.page)
        if number.page
        else context.t("checking.no-page", name=called(context, number))
        for number in numbers
    ]
    fields = tuple(
        Field(
            name=number.key,
            label=called(context, number)[:LABEL_LONGEST],
            longest=NUMBER_LONGEST,
            optional=True,
        )
        for number in numbers
    )
    return Ask(
        title=context.t.plain("checking.form-title"),
        payload=encode("numberstyped", part),
        fields=fields,
        note=(*context.t.body("checking.form-note"), *pages),
    )


def _in_part(card: Sequence[CrisisNumber], part: int) -> Sequence[CrisisNumber]:
    return card[IN_A_FORM * (part - 1) : IN_A_FORM * part] if part > 0 else ()


def _row(rows: Rows, number: CrisisNumber) -> NumberRow:
    return rows.get(number.key) or NumberRow(key=number.key)
