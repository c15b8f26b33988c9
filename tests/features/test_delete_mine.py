"""Delete mine, looked at from the database: nothing there leads to the person any more."""

from sqlalchemy import select

from bot.storage import tables
from tests.features.test_questions import asks
from tests.features.votes import SEVEN_DAYS, agree_first, choose, vote_on_rule_4
from tests.group import GroupUnderTest


async def dump(group: GroupUnderTest) -> dict[str, str]:
    """Every row of every table, as text."""
    async with group.database.transaction() as work:
        return {
            table.name: str([tuple(row) for row in await work.connection.execute(select(table))])
            for table in tables.metadata.sorted_tables
        }


async def where(group: GroupUnderTest, *traces: str) -> set[str]:
    """The tables that hold any of these."""
    return {name for name, rows in (await dump(group)).items() if any(trace in rows for trace in traces)}


async def test_after_delete_mine_no_table_knows_the_person(group: GroupUnderTest) -> None:
    asha = group.someone_else("Asha", is_moderator=True)
    key = group.app._secrecy.person_key(asha)
    await vote_on_rule_4(group)
    await choose(group, "Agree to rule 4", "Asha")
    await group.type("Asha", "/desk")
    await group.type("Asha", "/rules read 2")
    await group.type("Asha", "/agree-rules review")
    await asks(group, "Asha", "When do we meet?")
    await group.settle()
    traces = (key, asha.id, "Asha")
    everywhere = {"people", "acknowledgements", "asks", "questions", "moderators", "proposals"}
    assert await where(group, *traces) >= everywhere
    await group.type("Asha", "/me delete now")
    await group.settle()
    assert await where(group, *traces) == set()
    assert not [post for post in group.posts if "Asha" in post]


async def test_the_words_and_the_counts_stay_with_the_group(group: GroupUnderTest) -> None:
    await agree_first(group)
    await group.type("Asha", "/me delete now")
    await group.settle()
    rules = await group.type("Ben", "/rules")
    assert "We agreed these" in rules
    await vote_on_rule_4_by_ben(group)
    await choose(group, "Agree to rule 4", "Ben", "Cai", "Dee")
    await group.type("Ben", "/me delete now")
    await group.pass_time(SEVEN_DAYS)
    assert "Tell your story" in await group.type("Cai", "/rules 4")


async def vote_on_rule_4_by_ben(group: GroupUnderTest) -> None:
    await group.type("Ben", "/agree-rules suggest change 4")
    if "Go on" in group.labels("Ben"):
        await group.press("Ben", "Go on")
    text = "Say what happened to you, and ask before you give ideas."
    await group.fill("Ben", title="Tell your story", text=text, why="It is clearer.")
    await group.press("Ben", "Post it: it changes the meaning")
    await group.pass_time(SEVEN_DAYS / 2)
