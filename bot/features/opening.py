"""A vote opens: it is stored, its close is due, and the ballot stands in every place of the group."""

from collections.abc import Sequence
from datetime import datetime

from bot.context import Context
from bot.contract.actions import Action, Button, Buttons, Edit
from bot.contract.markup import Body
from bot.features import forums, idea_card, pressed
from bot.storage.proposals import Kept
from bot.storage.votes import SECOND, SET, Vote, VoteItem
from bot.texts import Reader
from ground_rules.agreement import Agreement, Kind
from ground_rules.ballot import needed_ballots
from ground_rules.proposal import Origin, Proposal, RuleSubject, SetSubject


def post_name(vote: int) -> str:
    """What the ballot post is called, so that it can be edited."""
    return f"vote{vote}"


async def open_vote(
    context: Context,
    kept: Kept,
    *,
    kind: str,
    items: Sequence[VoteItem] | None = None,
    started: bool = True,
) -> list[Action]:
    """Open the vote on an idea that is stored as open for voting, and post its ballot.

    ``items``: what is asked, by default the idea's wording or the rules of its set. ``started``: the
    bot opens it by itself, because its time came.
    """
    idea = kept.proposal
    items = await items_of(context, idea) if items is None else items
    id = await _store(context, kind, idea, items)
    await context.work.due.put(idea.closes_at, "vote_closes", id, context.group.community, posts=True)
    vote = await context.work.votes.find(context.group.community, id)
    if vote is None:
        raise LookupError("the vote was stored just now")
    body = (*await asked(context, context.public, vote, idea), *terms(context, context.public, vote))
    posts = context.post(
        body, buttons(context, vote, idea), name=post_name(id), about="votes", started=started
    )
    what = thing(context.public, idea)
    title = context.public.plain("forums.vote-title", number=id, thing=what)
    return list(await forums.beneath(context, idea_card.name(idea), title, posts))


async def refresh(context: Context, vote: Vote, idea: Proposal) -> list[Edit]:
    """The ballot post again, after its close was moved."""
    body = (*await asked(context, context.public, vote, idea), *terms(context, context.public, vote))
    return await context.edit(post_name(vote.id), body, buttons(context, vote, idea))


async def items_of(context: Context, idea: Proposal) -> list[VoteItem]:
    """What a vote on this idea asks: one item for each rule of a set, else the newest wording."""
    if not isinstance(idea.subject, SetSubject):
        return [VoteItem(item=1, title=idea.wording.title, text=idea.wording.text)]
    agreement = await pressed.newest(context)
    rules = [rule for rule in agreement.rules if rule.number in idea.subject.numbers]
    return [VoteItem(item=rule.number, title=rule.title, text=rule.text) for rule in rules]


async def asked(context: Context, t: Reader, vote: Vote, idea: Proposal) -> Body:
    """What is asked, in full: rules of a set, or the wording before and after, and why."""
    if vote.kind == SET:
        items = await context.work.votes.items(vote.id)
        shown = [t.body("rules.rule", number=each.item, title=each.title, text=each.text) for each in items]
        return (*t.body("opening.set-title"), *(block for body in shown for block in body))
    agreement: Agreement = await pressed.newest(context)
    title = t.body("opening.second-title" if vote.kind == SECOND else "opening.title", thing=thing(t, idea))
    return (*title, *idea_card.now_and_then(t, idea, agreement), *idea_card.why(t, idea))


def terms(context: Context, t: Reader, vote: Vote) -> Body:
    """Until when, that it is secret, and what is needed, in plain words."""
    groups = {(place.platform, place.group) for place in context.group.places}
    needs = {SET: "opening.needs-set", SECOND: "opening.needs-second"}.get(vote.kind, "opening.needs")
    return (
        *t.body("opening.closes", when=t.when(vote.closes_at, context.group.settings.zone)),
        *t.body("opening.secret"),
        *(t.body("opening.two-places") if len(groups) > 1 else ()),
        *t.body(needs, needed=vote.needed),
    )


def buttons(context: Context, vote: Vote, idea: Proposal, *, private: bool = False) -> Buttons:
    """The four choices. On a private screen they are in the reader's language."""
    make = context.button if private else context.public_button
    what = thing(context.t if private else context.public, idea)
    labels = "set-" if vote.kind == SET else ""
    kinds = ("agree", "voteagree"), ("worries", "voteworries"), ("object", "voteobject"), ("skip", "voteskip")

    def button(choice: str, kind: str) -> Button:
        label = f"opening.{labels}{choice}-button"
        return make(label, kind, vote.id) if labels else make(label, kind, vote.id, thing=what)

    return tuple(button(choice, kind) for choice, kind in kinds)


def thing(t: Reader, idea: Proposal) -> str:
    """What a choice is about, in two or three words: "rule 4"."""
    subject = idea.subject
    if isinstance(subject, SetSubject):
        return t.plain("opening.thing-set")
    if not isinstance(subject, RuleSubject):
        return t.plain("opening.thing-setting")
    if subject.number is None or (subject.change is Kind.ADD and idea.origin is not Origin.SET):
        return t.plain("opening.thing-new-rule")
    if subject.change is Kind.REMOVE:
        return t.plain("opening.thing-remove", number=subject.number)
    if idea.origin is Origin.TEMPORARY:
        return t.plain("opening.thing-keep", number=subject.number)
    return t.plain("opening.thing-rule", number=subject.number)


async def _store(context: Context, kind: str, idea: Proposal, items: Sequence[VoteItem]) -> int:
    nonce = context.secrecy.new_nonce()
    size, raised = context.group.size, context.group.settings.needed_votes
    opened_at: datetime = idea.opened_at or context.now
    return await context.work.votes.open(
        community=context.group.community,
        kind=kind,
        proposal=int(idea.id),
        items=items,
        now=opened_at,
        closes_at=idea.closes_at,
        group_size=size,
        needed=needed_ballots(size, raised or None),
        nonce=nonce,
        check_value=context.secrecy.check_value(nonce),
    )
