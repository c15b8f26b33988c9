"""Durable ballots through the door, beside raw sqlite3 upserts at the same durability."""

import asyncio
import sqlite3
import tempfile
import time
from pathlib import Path

from benchmarks.figure import Figure
from bot.contract.events import ButtonPressed, Person
from tests.group import LONG_AGO, PLACE, GroupUnderTest

VOTERS = 50
ROUNDS = 20
AT_ONCE = 1_000


async def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        group = await GroupUnderTest.start(Path(folder))
        await group.set_up()
        group.size = 2_000
        await ask(group)
        payload, _, _ = group.find_button("Asha", "Agree to all")
        through = await _through_the_door(group, payload)
        raw = _raw(Path(folder) / "raw.db")
        seconds, lost = await _at_once(group, payload)
        await group.close()
    return [
        Figure(
            name="ballots through the door, as a share of raw sqlite3 upserts",
            value=through / raw,
            limit=0.06,
            unit="",
            at_most=False,
            note=f"{through:.0f} and {raw:.0f} a second, {VOTERS} voters, synchronous=FULL",
        ),
        Figure(name="1,000 presses at once, all confirmed", value=seconds, limit=3, unit="s"),
        Figure(name="of them lost", value=lost, limit=0, unit="ballots"),
    ]


async def ask(group: GroupUnderTest) -> int:
    """Mo asks the group from the desk; returns how many presses that took."""
    presses = 0
    await group.type("Mo", "/desk")
    while not any("shall these be our rules" in post for post in group.posts):
        presses += 1
        await group.press("Mo", "Ask the group")
        await group.settle()
    return presses


def _press(group: GroupUnderTest, payload: str, voter: int, seq: int) -> ButtonPressed:
    person = Person(platform="test", id=f"v{voter}", name=f"v{voter}", joined_at=LONG_AGO)
    return ButtonPressed(
        id=str(seq),
        seq=seq,
        place=PLACE,
        person=person,
        is_member=True,
        group_size=2_000,
        payload=payload,
    )


async def _through_the_door(group: GroupUnderTest, payload: str) -> float:
    """Ballots a second, 50 voters pressing again and again; the first round tells them what is kept."""
    seq = 10_000_000

    async def voter(number: int) -> None:
        nonlocal seq
        for _ in range(ROUNDS):
            seq += 1
            answers = await group.app.receive(_press(group, payload, number, seq))
            assert answers

    go_on = payload.replace("1-", "1-goon-", 1)
    await asyncio.gather(*(group.app.receive(_press(group, go_on, n, n + 1)) for n in range(VOTERS)))
    begun = time.perf_counter()
    await asyncio.gather(*(voter(number) for number in range(VOTERS)))
    return VOTERS * ROUNDS / (time.perf_counter() - begun)


def _raw(path: Path) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    columns = "vote, voter, item, choice, seq, PRIMARY KEY (vote, voter, item)"
    connection.execute(f"CREATE TABLE ballots ({columns})")
    statement = (
        "INSERT INTO ballots VALUES (1, ?, 0, 'agree', ?) ON CONFLICT (vote, voter, item) "
        "DO UPDATE SET choice = excluded.choice, seq = excluded.seq WHERE excluded.seq > seq"
    )
    begun = time.perf_counter()
    for number in range(3_000):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement, (f"voter {number % VOTERS}", number))
        connection.execute("COMMIT")
    taken = time.perf_counter() - begun
    connection.close()
    return 3_000 / taken


async def _at_once(group: GroupUnderTest, payload: str) -> tuple[float, int]:
    """A thousand people who were told before press at the same moment."""
    go_on = payload.replace("1-", "1-goon-", 1)
    first = 100_000
    for number in range(AT_ONCE):
        await group.app.receive(_press(group, go_on, first + number, 20_000_000 + number))
    begun = time.perf_counter()
    answers = await asyncio.gather(
        *(
            group.app.receive(_press(group, payload, first + number, 30_000_000 + number))
            for number in range(AT_ONCE)
        )
    )
    taken = time.perf_counter() - begun
    async with group.database.transaction() as work:
        vote = (await work.votes.open_ones(1))[0]
        kept = len(await work.ballots.all(vote.id)) - VOTERS
    confirmed = sum(bool(answer) for answer in answers)
    return taken, AT_ONCE - min(kept, confirmed)
