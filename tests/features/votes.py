"""Steps that tests of votes share."""

from datetime import timedelta

from bot.storage.votes import Vote
from tests.group import GroupUnderTest

SEVEN_DAYS = timedelta(days=8)


async def ask_group(group: GroupUnderTest) -> int:
    """Mo puts the whole set to the vote; returns its number."""
    await group.type("Mo", "/desk ask group")
    await group.press("Mo", "Ask the group")
    await group.settle()
    return (await open_vote(group)).id


async def open_vote(group: GroupUnderTest) -> Vote:
    """The newest vote that is open."""
    async with group.database.transaction() as work:
        return (await work.votes.open_ones(1))[-1]


async def choose(group: GroupUnderTest, label: str, *names: str) -> str:
    """These people press a choice on the newest ballot; whoever is told first what is kept goes on."""
    said = ""
    for name in names:
        group.seen[name] = []
        said = await group.press(name, label)
        if "Go on" in group.labels(name):
            said = await group.press(name, "Go on")
    return said


async def object_to_rule(group: GroupUnderTest, name: str, number: int, kind: str) -> str:
    """Somebody objects to one rule of the set, of this kind."""
    group.seen[name] = []
    await group.press(name, "Object to a rule")
    await group.press(name, f"Object to rule {number}")
    said = await group.press(name, kind)
    return await group.press(name, "Go on") if "Go on" in group.labels(name) else said


HURTS = "It could hurt or shut someone out, or break a law or our principles"
RATHER_NOT = "I would rather not"


async def agree_first(group: GroupUnderTest) -> None:
    """The group's first agreement, so that its rules can be changed."""
    await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    await group.pass_time(SEVEN_DAYS)


async def vote_on_rule_4(group: GroupUnderTest) -> int:
    """Asha's idea to change rule 4, talked about for three days; returns the number of its open vote."""
    await agree_first(group)
    await group.type("Asha", "/agree-rules suggest")
    await group.press("Asha", "Change a rule")
    await group.press("Asha", next(label for label in group.labels("Asha") if "rule 4" in label))
    text = "Say what happened to you, and ask before you give ideas."
    await group.fill("Asha", title="Tell your story", text=text, why="It is clearer.")
    await group.press("Asha", "Post it: it changes the meaning")
    await group.pass_time(timedelta(days=4))
    return (await open_vote(group)).id
