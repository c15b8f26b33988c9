"""``/rules`` and ``/signpost`` with 10,000 groups and 1,000,000 people, beside an empty database."""

import sqlite3
import tempfile
import time
from pathlib import Path

from benchmarks.figure import Figure, percentile
from tests.group import GroupUnderTest

GROUPS = 10_000
PEOPLE = 1_000_000
ASKED = 400


async def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.db"
        group = await GroupUnderTest.start(Path(folder))
        await group.set_up()
        empty = {command: await _p99(group, command) for command in ("/rules", "/signpost hypo")}
        await group.close()
        _fill(path)
        await group.wire()
        full = {command: await _p99(group, command) for command in empty}
        await group.close()
    return [
        Figure(
            name=f"{command} p99 with 10,000 groups and 1,000,000 people",
            value=full[command] / empty[command],
            limit=2,
            unit="times that of an empty database",
            note=f"{full[command] * 1e3:.2f} ms and {empty[command] * 1e3:.2f} ms",
        )
        for command in empty
    ]


async def _p99(group: GroupUnderTest, command: str) -> float:
    taken = []
    for _ in range(ASKED):
        begun = time.perf_counter()
        assert await group.type("Asha", command)
        taken.append(time.perf_counter() - begun)
    return percentile(taken, 0.99)


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
