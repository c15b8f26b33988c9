"""``/rules`` and ``/signpost`` with 10,000 groups and 1,000,000 people, beside an empty database."""

import sqlite3
import tempfile
import time
from pathlib import Path

from benchmarks.figure import Figure, percentile
from tests.group import GroupUnderTest

GROUPS = 10_000
PEOPLE = 1_000_000
ASKED = 2_000


async def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        empty = await GroupUnderTest.start(Path(one))
        await empty.set_up()
        full = await GroupUnderTest.start(Path(other))
        await full.set_up()
        await full.close()
        _fill(Path(other) / "test.db")
        await full.wire()
        figures = [await _compared(command, empty, full) for command in ("/rules", "/signpost hypo")]
        await empty.close()
        await full.close()
    return figures


async def _compared(command: str, empty: GroupUnderTest, full: GroupUnderTest) -> Figure:
    """Asked in turn, so that a slow moment of the machine meets both."""
    taken: dict[int, list[float]] = {id(empty): [], id(full): []}
    for _ in range(ASKED):
        for group in (empty, full):
            begun = time.perf_counter()
            assert await group.type("Asha", command)
            taken[id(group)].append(time.perf_counter() - begun)
            group.seen.clear()
    at_scale, alone = percentile(taken[id(full)], 0.99), percentile(taken[id(empty)], 0.99)
    return Figure(
        name=f"{command} p99 with 10,000 groups and 1,000,000 people",
        value=at_scale / alone,
        limit=2,
        unit="times that of an empty database",
        note=f"{at_scale * 1e3:.2f} ms and {alone * 1e3:.2f} ms",
    )


def _fill(path: Path) -> None:
    """Copies of the one community, and people who used the bot in them."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous=OFF")
    connection.executescript(f"""
        WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {GROUPS})
        INSERT INTO communities (id, created_at, version) SELECT i, '2027-01-01 00:00:00.000000', 1 FROM n;
        INSERT INTO places (community_id, platform, grp, channel, thread, added_at)
            SELECT id, 'test', 'g' || id, 'c1', '', created_at FROM communities WHERE id > 1;
        INSERT INTO settings (community_id, name, value)
            SELECT c.id, s.name, s.value FROM communities c, settings s WHERE s.community_id = 1 AND c.id > 1;
        INSERT INTO agreements
            (id, community_id, version, standing, made_at, starts_at, weight, why, announced)
            SELECT c.id, c.id, 1, a.standing, a.made_at, a.starts_at, a.weight, a.why,
                a.announced
            FROM communities c, agreements a WHERE a.community_id = 1 AND c.id > 1;
        INSERT INTO agreement_rules (agreement_id, number, title, text, core, agreed)
            SELECT c.id, r.number, r.title, r.text, r.core, r.agreed
            FROM communities c, agreement_rules r WHERE r.agreement_id = 1 AND c.id > 1;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {PEOPLE})
        INSERT INTO people (person_key, told_at, language, typed, messages)
            SELECT printf('%032x', i), '2027-01-01 00:00:00.000000', '', 0, 0 FROM n;
        INSERT INTO acknowledgements (community_id, person_key, version, at)
            SELECT 1 + rowid % {GROUPS}, person_key, 1, told_at FROM people;
    """)
    connection.commit()
    connection.close()
