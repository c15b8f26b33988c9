"""Suggestions while somebody types a command: topics, rule numbers, words of help."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Choices
from bot.contract.events import ChoicesAsked

MOST = 10


async def suggest(event: ChoicesAsked, context: Context) -> Sequence[Action]:
    """What could come next after the words typed so far."""
    typed = event.words.casefold()
    if event.name == "rules":
        items = await _rules(context)
    elif event.name == "signpost":
        items = [(topic, topic) for topic in context.directory.topics]
    else:
        items = []
    fitting = [item for item in items if typed in item[1].casefold()]
    return [Choices(items=tuple(fitting[:MOST]))]


async def _rules(context: Context) -> list[tuple[str, str]]:
    agreement = await context.work.agreements.current(context.group.community, context.now)
    if agreement is None:
        return []
    return [(str(rule.number), f"{rule.number} {rule.title}") for rule in agreement.rules]
