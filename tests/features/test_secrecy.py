"""What a vote keeps secret, tried against: files and logs are searched byte by byte."""

import asyncio
import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.contract.actions import Reply
from bot.contract.events import ButtonPressed, TimeCame
from bot.secrecy import Secrecy
from bot.storage import tables
from bot.storage.votes import Vote
from tests.features.test_objecting import object_to_it
from tests.features.test_voting import ballots
from tests.features.votes import (
    HURTS,
    RATHER_NOT,
    SEVEN_DAYS,
    ask_group,
    choose,
    object_to_rule,
    open_vote,
    vote_on_rule_4,
)
from tests.group import GroupUnderTest

SECRECY = Secrecy("a secret for tests")
VOTERS = ("Asha", "Ben", "Cai", "Dee")


def hashes(group: GroupUnderTest, vote: Vote, *names: str) -> list[str]:
    """The keys of these people's ballots, which only somebody with key and nonce can work out."""
    return [SECRECY.voter_key(vote.nonce or "", group.people[name]) for name in names]


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Database, write-ahead log and shared memory: everything on the disk."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield path.name, path.read_bytes()


def found(folder: Path, *secrets: str) -> list[str]:
    return [
        f"{name} holds {secret[:12]}"
        for name, data in files(folder)
        for secret in secrets
        if secret.encode() in data or (len(secret) == 64 and bytes.fromhex(secret) in data)
    ]


async def rows(group: GroupUnderTest) -> list[list[tuple[object, ...]]]:
    """Everything that could tell about a press besides the ballot itself."""
    watched = (tables.outbox, tables.due, tables.messages, tables.proposals, tables.votes, tables.asks)
    async with group.database.transaction() as work:
        return [
            [tuple(row) for row in (await work.connection.execute(select(table))).all()] for table in watched
        ]


async def test_after_a_close_no_file_and_no_log_holds_a_ballot(
    group: GroupUnderTest, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    await ask_group(group)
    vote = await open_vote(group)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai", "Dee")
    await object_to_rule(group, "Dee", 4, RATHER_NOT)
    await group.press("Dee", "Add a few words")
    await group.fill("Dee", words="Nobody must ever read this sentence.")
    secrets = (*hashes(group, vote, *VOTERS), vote.nonce or "", "Nobody must ever read this sentence.")
    assert len(found(tmp_path, *secrets)) >= len(secrets)  # the search finds what is there
    await group.pass_time(SEVEN_DAYS)
    assert "We agreed these" in await group.type("Asha", "/rules")
    assert found(tmp_path, *secrets) == []
    wal = tmp_path / "test.db-wal"
    assert not wal.exists() or b"Nobody must" not in wal.read_bytes()
    said = "".join(capfd.readouterr())
    assert not any(secret in said for secret in secrets)


async def test_people_who_voted_are_nowhere_by_id_or_name(
    group: GroupUnderTest, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    await ask_group(group)
    await choose(group, "Agree to all", *VOTERS)
    people = [text for name in VOTERS for text in (f"id-{name}", name)]
    assert found(tmp_path, *people) == []
    await group.pass_time(SEVEN_DAYS)
    assert found(tmp_path, *people) == []
    said = "".join(capfd.readouterr())
    assert not any(f"id-{name}" in said for name in VOTERS)


async def test_what_holds_a_change_back_stays_until_mending_ends_and_nothing_else(
    group: GroupUnderTest, tmp_path: Path
) -> None:
    await vote_on_rule_4(group)
    vote = await open_vote(group)
    await choose(group, "Agree to rule 4", "Asha", "Cai", "Dee")
    await object_to_it(group, "Ben", HURTS)
    await group.press("Ben", "Add a few words")
    await group.fill("Ben", words="Kept to myself in the end.")
    await group.pass_time(timedelta(days=4, hours=1))
    (objector,) = hashes(group, vote, "Ben")
    assert found(tmp_path, *hashes(group, vote, "Asha", "Cai", "Dee"), "Kept to myself in the end.") == []
    assert found(tmp_path, objector) != []
    await group.pass_time(timedelta(days=14))
    assert found(tmp_path, objector, vote.nonce or "") == []


async def test_a_vote_that_is_stopped_leaves_nothing(group: GroupUnderTest, tmp_path: Path) -> None:
    await vote_on_rule_4(group)
    vote = await open_vote(group)
    await choose(group, "Agree to rule 4", "Ben", "Cai")
    await group.type("Asha", f"/agree-rules reword {vote.proposal}")
    await group.press("Asha", "Change it and end this vote")
    await group.fill("Asha", title="Tell a story", text="Say what happened to you, always.", why="Better.")
    await group.settle()
    async with group.database.transaction() as work:
        assert await work.votes.open_ones(1) == []
    assert found(tmp_path, *hashes(group, vote, "Ben", "Cai"), vote.nonce or "") == []


async def test_a_press_writes_its_ballot_and_nothing_else(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await choose(group, "Agree to all", "Ben")
    before = await rows(group)
    await choose(group, "Skip this vote", "Ben")
    await object_to_rule(group, "Ben", 4, HURTS)
    await group.type("Ben", f"/agree-rules vote {vote}")
    assert await rows(group) == before


async def test_a_ballot_has_no_time_and_the_order_of_presses_cannot_be_read(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await choose(group, "Agree to all", *VOTERS)
    assert {column.name for column in tables.ballots.columns} == {"vote_id", "voter", "item", "choice", "seq"}
    async with group.database.transaction() as work:
        query = select(tables.ballots).where(tables.ballots.c.vote_id == vote)
        stored = (await work.connection.execute(query)).all()
    assert [row.voter for row in stored] == sorted(row.voter for row in stored)
    assert all(row.seq > 10_000 for row in stored)  # the platform's own ids here are near 1000
    gaps = sorted(row.seq for row in stored)
    assert all(later - earlier > 1000 for earlier, later in itertools.pairwise(gaps))


async def test_no_running_totals_are_told_to_anybody(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await choose(group, "Agree to all", *VOTERS)
    for name in ("Ben", "Mo"):
        said = await group.type(name, f"/agree-rules vote {vote}") + await group.type(name, "/agree-rules")
        assert "took part" not in said
        assert "4 people" not in said
    assert "took part" not in await group.type("Mo", "/desk")


async def test_with_a_changed_key_voting_pauses_and_no_second_ballot_is_made(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    await group.rebuild("another secret")
    for name in ("Ben", "Dee"):
        said = await choose(group, "Skip this vote", name)
        assert "Voting is paused" in said
        assert "Your vote is kept" in said
    assert len(await ballots(group, vote)) == 3
    await group.pass_time(SEVEN_DAYS)  # nothing is decided while people are turned away
    assert (await open_vote(group)).id == vote
    await group.rebuild()
    assert "Your vote is: Skip" in await choose(group, "Skip this vote", "Ben")
    assert len(await ballots(group, vote)) == 3
    await group.pass_time(timedelta(days=2))
    assert "We agreed these" in await group.type("Asha", "/rules")


async def test_a_vote_that_a_changed_key_keeps_open_says_its_new_date(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    closes = (await open_vote(group)).closes_at
    await group.rebuild("another secret")
    await group.pass_time(closes - group.clock.at)
    await group.rebuild()
    (ballot,) = [post for post in group.posts if "Vote: shall these be our rules?" in post]
    assert "Open until Tuesday 19 January" in ballot
    await choose(group, "Agree to all", "Asha")
    assert "now open until" in await group.type("Asha", f"/agree-rules more-time {vote}")


async def test_everything_may_restart_between_any_two_steps(group: GroupUnderTest) -> None:
    await group.type("Mo", "/desk ask group")
    await group.rebuild()
    await group.press("Mo", "Ask the group")
    await group.rebuild()
    await group.settle()
    for name in ("Asha", "Ben", "Cai"):
        await group.rebuild()
        await group.press(name, "Agree to all")
        await group.rebuild()
        await group.press(name, "Go on")
    await object_to_rule(group, "Cai", 4, HURTS)
    await group.rebuild()
    await group.press("Cai", "Add a few words")
    await group.rebuild()
    await group.fill("Cai", words="It could shut someone out.")
    await group.rebuild()
    await group.press("Cai", "Show these words")
    vote = (await open_vote(group)).id
    assert len(await ballots(group, vote)) == 3
    while "is over" not in " ".join(group.posts):
        await group.rebuild()
        await group.pass_to_next()
    await group.rebuild()
    assert "We agreed these" in await group.type("Asha", "/rules")
    assert sum("is over" in post for post in group.posts) == 1
    assert sum("It could shut someone out." in post for post in group.posts) == 1


async def test_a_close_that_comes_twice_happens_once(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    async with group.database.transaction() as work:
        due = next(row for row in await work.due.upcoming(1) if row.kind == "vote_closes")
    await group.pass_time(SEVEN_DAYS)
    posts = len(group.posts)
    again = TimeCame(due=due.id, kind=due.kind, subject=due.subject, community=due.community)
    await group.receive(again)  # another process read the same row
    async with group.database.transaction() as work:
        await work.due.put(group.clock(), "vote_closes", vote, 1)
    await group.settle()
    assert len(group.posts) == posts
    async with group.database.transaction() as work:
        assert await work.agreements.versions(1) == [2, 1]


async def test_a_close_too_early_waits(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    async with group.database.transaction() as work:
        await work.due.put(group.clock(), "vote_closes", vote, 1, posts=True)
    await group.settle()
    assert (await open_vote(group)).id == vote
    await choose(group, "Agree to all", "Asha", "Ben", "Cai")
    await group.pass_time(SEVEN_DAYS)
    assert "We agreed these" in await group.type("Asha", "/rules")


async def test_a_thousand_presses_at_once_are_all_confirmed_and_none_is_lost(group: GroupUnderTest) -> None:
    vote = await ask_group(group)
    names = [f"Person {number}" for number in range(1000)]
    async with group.database.transaction() as work:
        for name in names:
            person = group.add_person(name)
            await work.people.tell(SECRECY.person_key(person), group.clock())
    choices = ("voteagree", "voteworries", "voteskip")
    presses = [
        ButtonPressed(**group.about(name), payload=f"1-{choices[place % 3]}-{vote}")
        for place, name in enumerate(names)
    ]
    answers = await asyncio.gather(*(group.app.receive(press) for press in presses))
    confirmed = [
        answer
        for (answer,) in answers
        if isinstance(answer, Reply) and answer.body[0].plain.startswith("Your vote is")
    ]
    assert len(confirmed) == 1000
    assert len(await ballots(group, vote)) == 1000


async def test_sqlite_overwrites_what_it_deletes(group: GroupUnderTest) -> None:
    async with group.database.transaction() as work:
        found = await work.connection.exec_driver_sql("PRAGMA secure_delete")
        assert found.scalar_one() == 1
