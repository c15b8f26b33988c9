"""An ordinary message: no database access, and almost no time; also what it costs while the watch is on."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event

from benchmarks.figure import Figure, percentile
from bot.contract.events import MessageRef, TextPosted
from bot.noticing import shared
from bot.noticing.measure import ordinary
from tests.group import PLACE, GroupUnderTest

MESSAGES = 50_000
ROUNDS = 5


async def measure() -> list[Figure]:
    """From what an adapter holds (the wire's fields) to done: ask ``wants``, make the event if so."""
    with tempfile.TemporaryDirectory() as folder:
        group = await GroupUnderTest.start(Path(folder))
        await group.set_up()
        statements = 0

        def counted(*_: object) -> None:
            nonlocal statements
            statements += 1

        event.listen(group.engine.sync_engine, "before_cursor_execute", counted)
        person = group.people["Asha"]
        best = float("inf")
        for _ in range(5):
            begun = time.perf_counter()
            for number in range(MESSAGES):
                if group.app.wants(TextPosted, "test", "g1"):
                    await group.app.receive(_posted(number, person))
            best = min(best, (time.perf_counter() - begun) / MESSAGES)
        pushed = time.perf_counter()
        for number in range(MESSAGES):
            await group.app.receive(_posted(number, person))
        pushed = (time.perf_counter() - pushed) / MESSAGES
        off = statements
        watched, watched_statements = await _watched(group, lambda: statements)
        await group.close()
    return [
        Figure(name="ordinary message, adapter to done", value=best * 1e6, limit=8, unit="µs"),
        Figure(name="the same if an adapter does not ask first", value=pushed * 1e6, limit=8, unit="µs"),
        Figure(name="its database statements", value=off, limit=0, unit="statements"),
        Figure(name="the watch on: half of all within", value=percentile(watched, 0.5), limit=250, unit="µs"),
        Figure(name="the watch on: 95 % within", value=percentile(watched, 0.95), limit=600, unit="µs"),
        Figure(name="its database statements", value=watched_statements, limit=0, unit="statements"),
    ]


async def _watched(group: GroupUnderTest, statements: Callable[[], int]) -> tuple[list[float], int]:
    """Everyday chat that nothing is noticed of, from the adapter to done, with advice and urgent words on."""
    known = group.groups.of(PLACE)
    assert known is not None
    async with group.database.transaction() as work:
        for name, value in {"watch": "room", "urgent_words": "yes", "outside_contact": "-"}.items():
            await work.communities.set(known.community, name, value)
        await work.touch(known.community)
    await group.groups.load(group.database)
    nothing = [text for text in ordinary() if not shared().look(text).rule]
    person, times, before = group.people["Asha"], [], statements()
    for text in nothing:
        best = float("inf")
        for number in range(ROUNDS):
            posted = _posted(number, person, text)
            begun = time.perf_counter()
            if group.app.wants(TextPosted, "test", "g1"):
                await group.app.receive(posted)
            best = min(best, time.perf_counter() - begun)
        times.append(best * 1e6)
    return times, statements() - before


def _posted(number: int, person: object, text: str = "good morning all") -> TextPosted:
    return TextPosted(
        id=str(number),
        seq=number,
        place=PLACE,
        person=person,  # type: ignore[arg-type]
        text=text,
        message=MessageRef(place=PLACE, id=str(number)),
    )
