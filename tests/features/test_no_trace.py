"""Someone who never pressed or typed to the bot has no row, whatever happens around them."""

from datetime import timedelta

from sqlalchemy import select

from bot.contract.events import MessageRef, TextPosted
from bot.storage import tables
from tests.features.votes import SEVEN_DAYS, ask_group, choose
from tests.group import PLACE, GroupUnderTest


async def traces(group: GroupUnderTest, name: str) -> dict[str, int]:
    """How many rows of each table hold this person's key, account or name."""
    person = group.people[name]
    looked_for = (group.app._secrecy.person_key(person), person.id, name)
    found = {}
    async with group.database.transaction() as work:
        for table in tables.metadata.sorted_tables:
            rows = [str(tuple(row)) for row in await work.connection.execute(select(table))]
            found[table.name] = sum(any(one in row for one in looked_for) for row in rows)
    return {table: count for table, count in found.items() if count}


async def test_reading_writing_and_leaving_leave_no_row(group: GroupUnderTest) -> None:
    group.add_person("Quiet-Quinn")
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    message = MessageRef(place=PLACE, id="99")
    await group.receive(TextPosted(**group.about("Quiet-Quinn"), text="Hello all", message=message))
    await group.choices("Quiet-Quinn", "/signpost lo")
    await group.pass_time(SEVEN_DAYS)
    await group.leave("Quiet-Quinn")
    await group.settle()
    assert await traces(group, "Quiet-Quinn") == {}


async def test_joining_leaves_one_hash_for_thirty_days(group: GroupUnderTest) -> None:
    await group.join("Quiet-Quinn")
    await group.pass_time(timedelta(hours=1))
    assert await traces(group, "Quiet-Quinn") == {"greeted": 1}
    await group.leave("Quiet-Quinn")
    await group.arrive("Quiet-Quinn")
    await group.pass_time(timedelta(hours=1))
    assert await traces(group, "Quiet-Quinn") == {"greeted": 1}
    await group.pass_time(timedelta(days=31))
    assert await traces(group, "Quiet-Quinn") == {}
