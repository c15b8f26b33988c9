"""One process of a bot under test, on a database that others use at the same moment.

    python -m tests.processes.worker URL cast MOMENT VOTE FIRST HOW_MANY
    python -m tests.processes.worker URL close MOMENT VOTE

``cast`` says each ballot as soon as it is confirmed; ``close`` looks after what is due until the vote
is closed. MOMENT is the time that it believes it is.
"""

import asyncio
import sys
from datetime import datetime

from bot.contract.actions import Reply
from bot.contract.events import ButtonPressed, Person
from bot.storage.votes import OPEN
from tests.group import LONG_AGO, PLACE, Clock, GroupUnderTest, Platform

AT_ONCE = 10


def person(number: int) -> Person:
    return Person(platform="test", id=f"voter-{number}", joined_at=LONG_AGO)


def press(vote: int, number: int) -> ButtonPressed:
    """A press of somebody who goes on after reading what is kept."""
    return ButtonPressed(
        id=f"press-{number}",
        seq=1_000_000 + number,
        place=PLACE,
        person=person(number),
        is_member=True,
        group_size=400,
        payload=f"1-goon-voteagree-{vote}",
    )


async def cast(group: GroupUnderTest, vote: int, first: int, how_many: int) -> None:
    async def one(number: int) -> None:
        (answer,) = await group.app.receive(press(vote, number))
        said = answer.body[0].plain if isinstance(answer, Reply) else ""
        print("confirmed" if said.startswith("Your vote is") else "refused", number, said[:40], flush=True)

    for start in range(first, first + how_many, AT_ONCE):
        await asyncio.gather(*(one(number) for number in range(start, start + AT_ONCE)))


async def close(group: GroupUnderTest, vote: int) -> None:
    while True:
        await group.settle()
        async with group.database.transaction() as work:
            found = await work.votes.find(1, vote)
        if found is None or found.state != OPEN:
            return
        await asyncio.sleep(0)


async def main(url: str, what: str, moment: str, vote: str, *numbers: str) -> None:
    clock = Clock(datetime.fromisoformat(moment))
    group = GroupUnderTest(url, clock, Platform(clock))
    await group.wire()
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)  # all begin together
    if what == "cast":
        await cast(group, int(vote), *(int(number) for number in numbers))
    else:
        await close(group, int(vote))
    await group.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
