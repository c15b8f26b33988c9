"""What is sent to a reporter who chose that: nobody has it yet, or somebody has."""

from collections.abc import Sequence
from dataclasses import replace
from json import loads

from bot.context import Context
from bot.contract.actions import Tell
from bot.contract.events import Person
from bot.contract.markup import Body
from bot.features import crisis_card
from bot.storage.cases import Case
from bot.texts import Reader

LATE, ALL = "late", "all"  # what a reporter may want


async def nobody_yet(context: Context, case: Case) -> Sequence[Tell]:
    """Nobody picked it up in time: who is there now."""
    if case.wants not in (LATE, ALL):
        return []
    t = await _reader(context, case)
    return _tell(context, case, (*t.body("worrying.nobody-yet"), *crisis_card.numbers(context, t)), t)


async def picked_up(context: Context, case: Case) -> Sequence[Tell]:
    """A moderator has it now."""
    if case.wants not in (LATE, ALL):
        return []
    t = await _reader(context, case)
    return _tell(context, case, t.body("worrying.picked-up-now"), t)


async def letter(context: Context, case: Case, name: str, words: str) -> Sequence[Tell]:
    """What a moderator writes to the reporter, who is known to nobody by it."""
    if case.wants != ALL:
        return []
    t = await _reader(context, case)
    return _tell(context, case, t.body("worrying.letter", name=name, words=words), t)


def account(context: Context, case: Case) -> Person | None:
    """Whom messages about this case go to. None if they want none, or the secret key is another."""
    kept = context.secrecy.unsealed(case.id, case.account)
    if not kept:
        return None
    platform, id = loads(kept)
    return Person(platform=platform, id=id)


async def _reader(context: Context, case: Case) -> Reader:
    row = await context.work.people.find(case.reporter)
    return context.texts.reader((row.language if row else "") or context.group.settings.language)


def _tell(context: Context, case: Case, body: Body, t: Reader) -> Sequence[Tell]:
    person = account(context, case)
    if person is None:
        return []
    status = context.button_for(t, "worrying.status-button", "worrystatus", case.id)
    words = context.button_for(t, "worrying.answer-button", "worrywords", case.id)
    # Somebody may be waiting for it: it goes before other things that wait to be said.
    return [replace(context.tell(person, body, status, words), urgent=True)]
