"""``/signpost`` in a directory of 2,000 entries, through the door: CPU of the whole process."""

import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.figure import Figure, percentile
from bot.directory import Directory
from tests.group import DIRECTORY, GroupUnderTest

ENTRIES = 2_000
ASKED = 2_000
# As people ask: a topic, another word for it, a mistake, a sentence, a country, something we do not have.
WORDS = (
    "hypo",
    "crisis wales",
    "low mood",
    "anxeity",
    "my friend wants to die",
    "help with insullin supplys please",
    "work text adults new zealand",
    "I do not know what to do any more since the clinic closed and my mum moved away",
    "eczema",
    "xqzwv",
    "",
)


async def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        group = await GroupUnderTest.start(Path(folder))
        await group.set_up()
        group.directory = _large(DIRECTORY)
        await group.rebuild()
        taken = [await _asked(group, WORDS[number % len(WORDS)]) for number in range(ASKED)]
        await group.close()
    note = f"half within {percentile(taken, 0.5):.2f} ms"
    name = f"/signpost in {ENTRIES:,} entries, CPU, p99"
    return [Figure(name=name, value=percentile(taken, 0.99), limit=5, unit="ms", note=note)]


async def _asked(group: GroupUnderTest, words: str) -> float:
    begun = time.process_time()
    assert await group.type("Asha", f"/signpost {words}")
    taken = time.process_time() - begun
    group.seen.clear()
    return taken * 1e3


def _large(directory: Directory) -> Directory:
    """The packs, and copies of their entries that belong to groups."""
    dice = random.Random(6)
    more = ENTRIES - len(directory.entries)
    copies = [
        replace(dice.choice(directory.entries), id=f"copy-{number}", topics=(dice.choice(directory.topics),))
        for number in range(more)
    ]
    large = directory.with_changes(copies, (), {})
    assert len(large.entries) == ENTRIES
    return large
