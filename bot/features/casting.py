"""The way into a vote: what is checked at every press, and what the person then holds in hand."""

from dataclasses import dataclass, field

from bot.context import Context
from bot.contract.events import ButtonPressed, FormAnswered
from bot.storage.votes import OPEN, Vote
from ground_rules.ballot import check_may_vote
from ground_rules.refusals import Reason, Refused


@dataclass(frozen=True, kw_only=True, slots=True)
class Booth:
    """A vote, the key of this person's ballot in it, and the order of this press, masked."""

    vote: Vote
    voter: str = field(repr=False)
    seq: int = field(repr=False)


async def enter(event: ButtonPressed | FormAnswered, context: Context, vote: int) -> Booth:
    """Refused unless this person may choose in this vote now. Until we commit it cannot be closed."""
    found = await context.work.votes.enter(context.group.community, vote)
    booth = _booth(event, context, found)
    joined_at = event.person.joined_at
    if joined_at is None:
        key = context.person_key(event.person)
        joined_at = await context.work.people.joined_at(context.group.community, key, event.place.group)
    check_may_vote(joined_at=joined_at, is_member=event.is_member, opened_at=booth.vote.opened_at)
    return booth


async def look(event: ButtonPressed | FormAnswered, context: Context, vote: int) -> Booth:
    """The same for somebody who only looks, also if they joined too late to choose."""
    return _booth(event, context, await context.work.votes.find(context.group.community, vote))


def _booth(event: ButtonPressed | FormAnswered, context: Context, vote: Vote | None) -> Booth:
    if vote is None or vote.state != OPEN or vote.nonce is None or context.now >= vote.closes_at:
        raise Refused(Reason.VOTE_CLOSED)
    if not context.secrecy.fits(vote.nonce, vote.check_value):
        raise Refused(Reason.VOTING_PAUSED)
    voter = context.secrecy.voter_key(vote.nonce, event.person)
    return Booth(vote=vote, voter=voter, seq=context.secrecy.masked(vote.nonce, voter, event.seq))
