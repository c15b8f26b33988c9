"""Words between a moderator and a reporter: sent by the bot, so that nobody learns who told."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Field
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.payload import encode
from bot.features import case_access, case_screen, case_words, second_card
from bot.storage.cases import Case

LONGEST = 500


async def write(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask for the words of a message to the reporter, if they said yes to that."""
    case = await case_access.seen(event, context)
    if case is None or not case_access.is_owner(case, event.person):
        return [case_screen.no_such(context)]
    if case.wants != second_card.ALL:
        return [case_screen.show(event.person, context, case)]
    label = context.t.plain("case.write-label")
    return [
        Ask(
            title=context.t.plain("case.write-title"),
            payload=encode("casewritten", case.id),
            fields=(Field(name="words", label=label, longest=LONGEST, lines=5),),
            note=context.t.body("case.write-note"),
        )
    ]


async def written(event: FormAnswered, context: Context) -> Sequence[Action]:
    """Send it, with the moderator's name and without the reporter's."""
    case, words = await case_access.seen(event, context), event.values.get("words", "").strip()
    if case is None or not case_access.is_owner(case, event.person):
        return [case_screen.no_such(context)]
    if not words or len(words) > LONGEST:
        again = context.button("case.write-button", "casewrite", case.id)
        key = "worrying.words-too-long" if words else "case.write-empty"
        return [context.reply(key, again, longest=LONGEST)]
    sent = await second_card.letter(context, case, event.person.name, words)
    back = context.button("case.back-button", "case", case.id)
    return [context.reply("case.write-sent" if sent else "case.write-not", back), *sent]


async def news(context: Context, case: Case) -> Sequence[Action]:
    """The reporter wrote more: whoever has the case hears that there is something to read."""
    if case.owner is None:
        return []
    body = (*case_words.mark(context.public, case), *context.public.body("case.news", case=case.id))
    button = context.public_button("case.open-button", "case", case.id, case=case.id)
    return [context.tell_moderator(case.owner, body, button)]
