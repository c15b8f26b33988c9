"""The reporter's own words: up to 500 letters, sealed, for those entitled, deleted with the case."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Button, Field
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.payload import encode
from bot.features import case_access
from bot.features.case_letters import news
from bot.storage.cases import Case

LONGEST = 500


async def ask(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The form. It says where the words pass through, and who reads them."""
    case = await case_access.own(event, context)
    if case is None or not case.open:
        return [context.reply("worrying.gone", replaces=True)]
    before = context.secrecy.unsealed(case.id, case.words) or ""
    label = context.t.plain("worrying.words-label")
    field = Field(name="words", label=label, value=before, longest=LONGEST, lines=5, optional=True)
    return [
        Ask(
            title=context.t.plain("worrying.words-title"),
            payload=encode("worrysaid", case.id),
            fields=(field,),
            note=context.t.body("worrying.words-note"),
        )
    ]


async def said(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The words came: sealed with the case, and whoever has it hears that there is more to read."""
    case = await case_access.own(event, context)
    if case is None or not case.open:
        return [context.reply("worrying.gone")]
    words = event.values.get("words", "").strip()
    if len(words) > LONGEST:
        return [context.reply("worrying.words-too-long", *_again(context, case), longest=LONGEST)]
    before = context.secrecy.unsealed(case.id, case.words)
    await context.work.cases.set(case, words=context.secrecy.sealed(case.id, words))
    if not words:
        return [context.reply("worrying.words-empty", *_again(context, case))]
    reply = context.reply("worrying.words-kept", _status(context, case))
    return [reply, *(await news(context, case) if words != before else ())]


def _again(context: Context, case: Case) -> tuple[Button, Button]:
    return context.button("worrying.words-button", "worrywords", case.id), _status(context, case)


def _status(context: Context, case: Case) -> Button:
    return context.button("worrying.status-button", "worrystatus", case.id)
