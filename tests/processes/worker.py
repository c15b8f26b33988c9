"""One process of a bot under test, on a database that others use at the same moment.

    python -m tests.processes.worker URL cast MOMENT VOTE FIRST HOW_MANY
    python -m tests.processes.worker URL close MOMENT VOTE

    python -m tests.processes.worker URL talk MOMENT 0 FIRST HOW_MANY

``cast`` says each ballot as soon as it is confirmed; ``close`` looks after what is due until the vote
is closed; ``talk`` hears messages that look like advice, half of them in one thread. MOMENT is the time
that it believes it is.
"""

import asyncio
import sys
from dataclasses import replace
from datetime import datetime

from bot.contract.actions import Reply
from bot.contract.events import ButtonPressed, MessageRef, Person, TextPosted
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


def talk(number: int) -> TextPosted:
    """A message that looks like advice: every second one in the same thread."""
    where = replace(PLACE, thread="busy" if number % 2 else f"thread{number}")
    return TextPosted(
        id=f"talk-{number}",
        seq=2_000_000 + number,
        place=where,
        person=person(number),
        is_member=True,
        text="You should drop your basal by 2 units tonight, says the marigold",
        message=MessageRef(place=where, id=f"s{number}"),
    )


async def hear(group: GroupUnderTest, first: int, how_many: int) -> None:
    for start in range(first, first + how_many, AT_ONCE):
        await asyncio.gather(*(group.app.receive(talk(number)) for number in range(start, start + AT_ONCE)))
        print("heard", start, flush=True)


async def main(url: str, what: str, moment: str, vote: str, *numbers: str) -> None:
    clock = Clock(datetime.fromisoformat(moment))
    group = GroupUnderTest(url, clock, Platform(clock))
    await group.wire()
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)  # all begin together
    if what == "cast":
        await cast(group, int(vote), *(int(number) for number in numbers))
    elif what == "talk":
        await hear(group, *(int(number) for number in numbers))
    else:
        await close(group, int(vote))
    await group.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
