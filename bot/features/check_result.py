"""What comes of a number that somebody read off a page: in words, and in what is shown from now on."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.context import Context
from bot.contract.actions import Action, Button
from bot.contract.events import Person
from bot.contract.markup import Body
from bot.directory import phone
from bot.directory.crisis_numbers import EMERGENCY, URGENT, CrisisNumber
from bot.directory.phone import Difference
from bot.features import check_due, setting_up, starting_rules, where_to_turn
from bot.storage.number_checks import Read

UNREADABLE = {Difference.EMPTY, Difference.LETTERS, Difference.PARTIAL, Difference.LONGER, Difference.FOREIGN}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One number as one person read it. ``button`` lets them say that the page really shows it."""

    words: Body
    read: Read | None = None  # None: it was not taken
    button: Button | None = None


async def note(
    context: Context, person: Person, number: CrisisNumber, words: str, *, sure: bool = False
) -> Reading:
    """Take one reading. What differs from ours is said, and taken only from somebody who is sure.

    It needs no second look by a person who is the second to read the same.
    """
    country, live = context.group.settings.country, context.own_directory.live(number)
    difference = phone.compare(words, live, country)
    given = phone.national(words, country)
    if difference is not Difference.SAME and not await _is_expected(context, person, number, given):
        if difference in UNREADABLE or not phone.valid(words, country):
            return Reading(words=_refused(context, number, words, live, difference))
        if not sure:
            return _differs(context, number, words, live, given)
    typed = phone.national(live, country) if difference is Difference.SAME else given
    read = await context.work.number_checks.note(
        context.group.community,
        number.key,
        typed=typed,
        live=phone.national(live, country),
        by=context.person_key(person),
        first=person.is_moderator,
        today=check_due.today(context),
    )
    new = "" if difference is Difference.SAME else phone.spaced(given, country)
    return Reading(words=_said(context, number, live, read, new), read=read)


async def follow(context: Context, readings: Sequence[Reading]) -> list[Action]:
    """After readings: memory, "Where to turn" and rules follow what two people agree on."""
    if all(reading.read is not Read.CONFIRMED for reading in readings):
        return []
    before, shown = context.numbers(), where_to_turn.body(context)
    await context.directory_changed()
    actions: list[Action] = []
    if where_to_turn.body(context) != shown:
        actions += [*await where_to_turn.refresh(context), *await starting_rules.renumber(context, before)]
        actions += await setting_up.refresh_welcome(context)
    if not check_due.numbers_due(context):
        await check_due.rest(context)
        actions += await thank(context)
    return actions


async def thank(context: Context) -> list[Action]:
    """The post that asked for a second person says that it is done."""
    asked = context.group.settings.check_asked
    if not asked:
        return []
    await context.set("check_asked", "")
    return [*await context.edit(post_name(context, asked), context.public.body("checking.posted-done"))]


def post_name(context: Context, day: str) -> str:
    """The name of the post that asks for a second person."""
    return f"check{context.group.community}_{day}"


def called(context: Context, number: CrisisNumber) -> str:
    """How a number is called."""
    if number.kind in (EMERGENCY, URGENT) or not number.name:
        return context.t.plain(f"checking.called-{number.kind}")
    return context.t.plain(
        "checking.called-sms" if number.kind == "text" else "checking.called-line", name=number.name
    )


async def _is_expected(context: Context, person: Person, number: CrisisNumber, given: str) -> bool:
    """Whether somebody else has read this very number off the page."""
    rows = await context.work.number_checks.of(context.group.community)
    row = rows.get(number.key)
    if row is None or not row.waits(check_due.today(context)):
        return False
    return row.typed == given and row.typed_by != context.person_key(person)


def _refused(context: Context, number: CrisisNumber, words: str, live: str, difference: Difference) -> Body:
    reason = difference if difference in UNREADABLE else "invalid"
    why = context.t.plain(f"checking.why-{reason}", live=live)
    return context.t.body("checking.refused", name=called(context, number), typed=phone.tidy(words), why=why)


def _differs(context: Context, number: CrisisNumber, words: str, live: str, given: str) -> Reading:
    typed, swapped = phone.tidy(words), sorted(given) == sorted(phone.digits(live))
    key = "checking.swapped" if swapped else "checking.differs"
    body = context.t.body(key, name=called(context, number), typed=typed, live=live)
    sure = context.button("checking.sure-button", "numbersay", number.key, given, number=typed)
    return Reading(words=body, button=sure)


def _said(context: Context, number: CrisisNumber, live: str, read: Read, typed: str) -> Body:
    """``typed`` is empty where it is the number that we have."""
    key = f"checking.new-{read}" if typed and read in (Read.FIRST, Read.CONFIRMED) else f"checking.{read}"
    return context.t.body(key, name=called(context, number), live=live, typed=typed)
