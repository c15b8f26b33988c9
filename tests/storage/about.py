"""Values that several storage tests use."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.contract.events import Person, Place
from bot.storage.unit_of_work import Database, UnitOfWork
from bot.storage.votes import VoteItem
from ground_rules.agreement import Kind
from ground_rules.proposal import Dates, Proposal, RuleSubject, State, Wording

NOW = datetime(2027, 1, 11, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PLACE = Place(platform="test", group="g1", channel="c1")
ELSEWHERE = Place(platform="other", group="g2", channel="c2", thread="t1")
MO = Person(platform="test", id="mo", name="Mo", is_moderator=True)
KEY = "0123456789abcdef" * 2


async def community(database: Database, place: Place = PLACE) -> int:
    """A new community in ``place``."""
    async with database.transaction() as work:
        made = await work.communities.create(place, NOW)
        await work.touch(made)
    return made


def idea(id: str, **changes: Any) -> Proposal:
    """An idea to change rule 2, in talk."""
    proposal = Proposal(
        id=id,
        subject=RuleSubject(change=Kind.CHANGE, number=2),
        proposer=KEY,
        why="Because of this.",
        wordings=(Wording(number=1, title="A title", text="A text"),),
        state=State.TALKING,
        dates=Dates(opens_at=NOW + 3 * DAY, closes_at=NOW + 7 * DAY),
        builds_on=1,
    )
    return replace(proposal, **changes)


async def open_vote(work: UnitOfWork, community: int, items: int = 2, proposal: int | None = None) -> int:
    """A vote on this many rules."""
    return await work.votes.open(
        community=community,
        kind="set",
        proposal=proposal,
        items=[VoteItem(item=n, title=f"Rule {n}", text=f"Text {n}") for n in range(1, items + 1)],
        now=NOW,
        closes_at=NOW + 7 * DAY,
        group_size=12,
        needed=3,
        nonce="nonce",
        check_value="check",
    )
