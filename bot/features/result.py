"""The result of a vote in words: the outcome, the counts only where they hide who chose what."""

from collections.abc import Mapping

from bot.context import Context
from bot.contract.actions import Action, Post
from bot.contract.markup import Body, Markup
from bot.features import forums, opening
from bot.storage.ballots import WHOLE
from bot.storage.votes import SET, Vote
from ground_rules.ballot import Choice, Outcome, Tally, counts_may_be_shown
from ground_rules.proposal import Origin, Proposal


async def posts(
    context: Context,
    vote: Vote,
    idea: Proposal,
    tallies: Mapping[int, Tally],
    outcomes: Mapping[int, Outcome],
    taken_part: int,
) -> list[Action]:
    """The result for every place, and the ballot post without its buttons."""
    t, thing = context.public, opening.thing(context.public, idea)
    asked = await opening.asked(context, t, vote, idea)
    closed = (*t.body("result.ballot-closed"), *asked)
    body = (
        *t.body("result.title", thing=thing),
        *await _outcome(context, vote, idea, tallies, outcomes),
        *_numbers(context, vote, tallies, taken_part),
        *await _words(context, vote, outcomes),
    )
    said = context.post(body, name=f"result{vote.id}", about="votes", started=True)
    return [
        *await forums.also_beneath(context, opening.post_name(vote.id), said),
        *await context.edit(opening.post_name(vote.id), closed),
        *await context.edit(_extended_name(vote), t.body("result.extended-over", thing=thing)),
    ]


def extended(context: Context, vote: Vote, idea: Proposal) -> list[Post]:
    """Too few took part: the vote goes on, once. How many there are so far is not said."""
    t = context.public
    when = t.when(idea.closes_at, context.group.settings.zone)
    body = t.body("result.extended", thing=opening.thing(t, idea), when=when, needed=vote.needed)
    see = context.public_button("result.vote-button", "myvote", vote.id)
    return context.post(body, (see,), name=_extended_name(vote), about="votes", started=True)


def _extended_name(vote: Vote) -> str:
    return f"vote{vote.id}extended"


async def _outcome(
    context: Context,
    vote: Vote,
    idea: Proposal,
    tallies: Mapping[int, Tally],
    outcomes: Mapping[int, Outcome],
) -> Body:
    t = context.public
    if vote.kind != SET:
        outcome = next(iter(outcomes.values()))
        if outcome is Outcome.REJECTED and idea.origin is Origin.TEMPORARY:
            return t.body("result.rejected-temporary")
        return t.body(f"result.{outcome.replace('_', '-')}")
    if set(outcomes.values()) == {Outcome.TOO_FEW}:
        return t.body("result.set-too-few")
    lines: list[Markup] = []
    for each in await context.work.votes.items(vote.id):
        key = f"result.rule-{outcomes[each.item].replace('_', '-')}"
        lines += t.body(key, number=each.item, title=each.title)
        if counts_may_be_shown(tallies[each.item]) and len(set(tallies.values())) > 1:
            lines += _count(context, tallies[each.item])
    return tuple(lines)


def _numbers(context: Context, vote: Vote, tallies: Mapping[int, Tally], taken_part: int) -> Body:
    t, different = context.public, set(tallies.values())
    groups = {(place.platform, place.group) for place in context.group.places}
    shown: Body = ()
    if len(different) == 1:
        tally = different.pop()
        shown = _count(context, tally) if counts_may_be_shown(tally) else ()
    places = t.body("result.two-places") if len(groups) > 1 else ()
    return (t.many("result.taken-part", taken_part), *shown, *places)


def _count(context: Context, tally: Tally) -> Body:
    return context.public.body(
        "result.counts",
        agree=tally.agree,
        worries=tally.worries,
        hold=tally.hold,
        against=tally.against,
        skip=tally.skip,
    )


async def _words(context: Context, vote: Vote, outcomes: Mapping[int, Outcome]) -> Body:
    """What objectors let the room read, in no order that tells anything.

    What holds an idea back is left out: it is shown where the idea is mended.
    """
    t, found, ballots = context.public, list[Markup](), context.work.ballots
    for each, outcome in outcomes.items():
        item = each if vote.kind == SET else WHOLE
        choices = [Choice.AGAINST] if outcome is Outcome.HELD else [Choice.AGAINST, Choice.HOLD]
        for words in await ballots.approved_words(vote.id, item, choices):
            key = "result.words" if item == WHOLE else "result.words-rule"
            found += t.body(key, words=words) if item == WHOLE else t.body(key, words=words, number=item)
    return (*t.body("result.words-title"), *found) if found else ()
