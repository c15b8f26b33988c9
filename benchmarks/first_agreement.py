"""A simulated group: 60 members, 15 of them active, each voting with chance 0.4."""

import random
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from benchmarks.ballots import ask
from benchmarks.figure import Figure
from tests.group import GroupUnderTest

RUNS = 1_000
ACTIVE = 15
CHANCE = 0.4
DAYS = timedelta(days=15)
VOTE = timedelta(days=7)
SEED = 20261125
HABITS = ("Agree to all", "Agree to all", "Agree to all", "I can live with these")


async def measure() -> list[Figure]:
    """Each run through the door: one moderator press, then only members and time."""
    dice = random.Random(SEED)
    settled, presses, most_posts = 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.db"
        await _set_up(Path(folder), ready)
        for _ in range(RUNS):
            agreed, pressed, posts = await _run(Path(folder), ready, dice)
            settled += agreed
            presses = max(presses, pressed)
            most_posts = max(most_posts, posts)
    return [
        Figure(
            name="first agreement reached or in mending within 15 days",
            value=100 * settled / RUNS,
            limit=75,
            unit=f"% of {RUNS} runs",
            at_most=False,
        ),
        Figure(name="moderator presses for it", value=presses, limit=1, unit="presses"),
        Figure(name="posts of the bot for it", value=most_posts, limit=4, unit="posts"),
    ]


async def _set_up(folder: Path, ready: Path) -> None:
    """One group that was set up, to be copied for every run."""
    group = await GroupUnderTest.start(folder)
    await group.set_up()
    await group.close()
    with closing(sqlite3.connect(folder / "test.db")) as made:
        made.execute("VACUUM INTO ?", (str(ready),))


async def _run(folder: Path, ready: Path, dice: random.Random) -> tuple[bool, int, int]:
    with tempfile.TemporaryDirectory(dir=folder) as one:
        shutil.copy(ready, Path(one) / "test.db")
        group = await GroupUnderTest.start(Path(one))
        try:
            return await _first_weeks(group, dice)
        finally:
            await group.close()


async def _first_weeks(group: GroupUnderTest, dice: random.Random) -> tuple[bool, int, int]:
    group.size = 60
    before = len(group.posts)
    pressed = await ask(group)
    voters = [f"member {number}" for number in range(ACTIVE) if dice.random() < CHANCE]
    moments = sorted((dice.random() * VOTE, name) for name in voters)
    begun = group.clock()
    for after, name in moments:
        await group.pass_time(begun + after - group.clock())
        group.add_person(name)
        await group.press(name, dice.choice(HABITS))
        await group.press(name, "Go on")
    await group.pass_time(begun + DAYS - group.clock())
    async with group.database.transaction() as work:
        agreement = await work.agreements.newest(1)
        open_ideas = await work.proposals.open_ones(1)
    reached = agreement is not None and agreement.version > 1
    in_mending = any(kept.proposal.state.value == "mending" for kept in open_ideas)
    return reached or in_mending, pressed, len(group.posts) - before
