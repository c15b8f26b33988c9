"""Suggestions while somebody types a command: topics, rule numbers, open ideas, words of help."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Choices
from bot.contract.events import ChoicesAsked
from bot.features import helping, opening, reminding
from ground_rules.proposal import SetSubject

MOST = 10


async def suggest(event: ChoicesAsked, context: Context) -> Sequence[Action]:
    """What could come next after the words typed so far."""
    typed = event.words.casefold()
    if event.name == "rules":
        items = await _rules(context)
    elif event.name == "agree-rules":
        items = await _ideas(context)
    elif event.name == "signpost":
        return [Choices(items=tuple(_topics(typed, context)[:MOST]))]
    elif event.name == "urgent":
        countries = context.directory.countries.values()
        items = [(country.names[0], context.t.plain(country.key)) for country in countries if country.names]
    elif event.name == "help":
        items = [(word, word) for word in helping.SCREENS]
    elif event.name == "remind":
        slugs = (*reminding.FIRST, *reminding.MORE)
        items = [(slug, context.t.plain(f"reminder.{slug}.label")) for slug in slugs]
    else:
        items = []
    fitting = [item for item in items if typed in item[1].casefold()]
    return [Choices(items=tuple(fitting[:MOST]))]


def _topics(typed: str, context: Context) -> list[tuple[str, str]]:
    """Topics whose name or any other word for them holds what was typed; behind a topic, the countries."""
    words: dict[str, str] = {}
    for alias, topic in context.directory.aliases.items():
        words[topic] = f"{words.get(topic, '')} {alias}"
    shown = [(topic, context.t.plain(f"topic.{topic}.name")) for topic in context.directory.topics]
    found = [item for item in shown if typed in f"{item[1].casefold()} {item[0]}{words.get(item[0], '')}"]
    return found or _with_country(typed, context)


def _with_country(typed: str, context: Context) -> list[tuple[str, str]]:
    """A topic and the countries that begin as was typed: "dka wal"."""
    said, _, begun = typed.partition(" ")
    topic = context.directory.aliases.get(said)
    if topic is None:
        return []
    named = context.t.plain(f"topic.{topic}.name")
    return [
        (f"{topic} {country.names[0]}", f"{named}: {context.t.plain(country.key)}")
        for country in context.directory.countries.values()
        if any(name.startswith(begun) for name in country.names)
    ]


async def _ideas(context: Context) -> list[tuple[str, str]]:
    """The open ideas, each as what shows it or the vote on it; then the way to a new one."""
    community = context.group.community
    votes = {vote.proposal: vote.id for vote in await context.work.votes.open_ones(community)}
    items = []
    for kept in await context.work.proposals.open_ones(community):
        vote, wordings = votes.get(kept.id), kept.proposal.wordings
        shown = opening.thing(context.t, kept.proposal)
        shown = f"{shown}: {wordings[-1].title}" if wordings and wordings[-1].title else shown
        if vote is not None:
            items.append((f"vote {vote}", shown))
        elif not isinstance(kept.proposal.subject, SetSubject):
            items.append((f"idea {kept.id}", shown))
    return [*items, ("suggest", context.t.plain("rules.suggest-button"))]


async def _rules(context: Context) -> list[tuple[str, str]]:
    agreement = await context.work.agreements.current(context.group.community, context.now)
    if agreement is None:
        return []
    return [(str(rule.number), f"{rule.number} {rule.title}") for rule in agreement.rules]
