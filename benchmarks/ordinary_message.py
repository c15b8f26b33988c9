"""An ordinary message: no database access, and almost no time."""

import tempfile
import time
from pathlib import Path

from sqlalchemy import event

from benchmarks.figure import Figure
from bot.contract.events import MessageRef, TextPosted
from tests.group import PLACE, GroupUnderTest

MESSAGES = 50_000


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
        await group.close()
    return [
        Figure(name="ordinary message, adapter to done", value=best * 1e6, limit=8, unit="µs"),
        Figure(name="the same if an adapter does not ask first", value=pushed * 1e6, limit=8, unit="µs"),
        Figure(name="its database statements", value=statements, limit=0, unit="statements"),
    ]


def _posted(number: int, person: object) -> TextPosted:
    return TextPosted(
        id=str(number),
        seq=number,
        place=PLACE,
        person=person,  # type: ignore[arg-type]
        text="good morning all",
        message=MessageRef(place=PLACE, id=str(number)),
    )
