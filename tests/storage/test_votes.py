"""Votes and ballots: guarded writes, nothing left after the close."""

import asyncio

from sqlalchemy import func, select

from bot.storage import tables
from bot.storage.ballots import WHOLE, Standing
from bot.storage.unit_of_work import Database
from tests.storage.about import DAY, ELSEWHERE, HOUR, NOW, community, idea, open_vote

CLOSES = NOW + 7 * DAY


async def test_a_vote_is_found_in_its_own_community_only(database: Database) -> None:
    id, other = await community(database), await community(database, ELSEWHERE)
    async with database.transaction() as work:
        vote = await open_vote(work, id)
        found = await work.votes.find(id, vote)
        assert found is not None
        assert (found.opened_at, found.closes_at, found.nonce) == (NOW, CLOSES, "nonce")
        assert await work.votes.find(other, vote) is None
        assert [each.id for each in await work.votes.open_ones(id)] == [vote]
        assert await work.votes.open_ones(other) == []
        assert [(item.item, item.title, item.outcome) for item in await work.votes.items(vote)] == [
            (1, "Rule 1", None),
            (2, "Rule 2", None),
        ]


async def test_ones_own_ballots_are_found_in_every_community_by_their_keys(database: Database) -> None:
    id, other = await community(database), await community(database, ELSEWHERE)
    many = [f"nobody {number}" for number in range(1200)]
    async with database.transaction() as work:
        votes = [await open_vote(work, id), await open_vote(work, other), await open_vote(work, other)]
        for vote in votes[:2]:
            await work.ballots.cast(vote, f"me in {vote}", WHOLE, "agree", 1)
            await work.ballots.cast(vote, f"me in {vote}", 2, "hold", 1)
        await work.votes.close(votes[0], taken_part=1)
        assert [vote.id for vote in await work.votes.open_everywhere()] == votes[1:]
        assert await work.ballots.which([*many, *(f"me in {vote}" for vote in votes)]) == set(votes[:2])
        assert await work.ballots.which(many) == await work.ballots.which([]) == set()


async def test_a_vote_closes_once_and_its_nonce_goes(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        vote = await open_vote(work, id)

    async def close() -> bool:
        async with database.transaction() as work:
            return await work.votes.close(vote, taken_part=5)

    assert sorted(await asyncio.gather(close(), close(), close())) == [False, False, True]
    async with database.transaction() as work:
        found = await work.votes.find(id, vote)
        assert found is not None
        assert (found.state, found.nonce, found.taken_part) == ("closed", None, 5)
        assert not await work.votes.move_close(vote, CLOSES, CLOSES + DAY), "it is closed"
        assert await work.votes.open_ones(id) == []


async def test_a_close_is_moved_by_whoever_saw_the_newest_date(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        vote = await open_vote(work, id)
        assert await work.votes.move_close(vote, CLOSES, CLOSES + DAY)
        assert not await work.votes.move_close(vote, CLOSES, CLOSES + 3 * DAY)
        found = await work.votes.find(id, vote)
        assert found is not None
        assert found.closes_at == CLOSES + DAY


async def test_what_an_item_came_to_is_kept(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        vote = await open_vote(work, id)
        await work.votes.record(vote, 2, "passed", {"agree": 7, "skip": 3})
        first, second = await work.votes.items(vote)
        assert (first.outcome, second.outcome, second.counts) == (None, "passed", {"agree": 7, "skip": 3})


async def test_votes_of_an_idea_and_the_last_of_a_kind(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        first, second = [await open_vote(work, id, proposal=9) for _ in range(2)]
        assert [vote.id for vote in await work.votes.of_proposal(9)] == [first, second]
        last = await work.votes.last_of(id, "set")
        assert last is not None
        assert last.id == second
        assert await work.votes.last_of(id, "review") is None


async def test_only_a_newer_press_replaces_a_ballot(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        vote = await open_vote(work, id)
        assert await work.ballots.cast(vote, "v1", WHOLE, "agree", 10)
        assert not await work.ballots.cast(vote, "v1", WHOLE, "skip", 9), "a late packet"
        assert not await work.ballots.cast(vote, "v1", WHOLE, "skip", 10), "the same press again"
        assert await work.ballots.of(vote, "v1") == {WHOLE: "agree"}
        assert await work.ballots.cast(vote, "v1", WHOLE, "skip", 11)
        assert await work.ballots.of(vote, "v1") == {WHOLE: "skip"}
        assert await work.ballots.of(vote, "v2") == {}


async def test_the_largest_number_of_a_press_is_kept_exactly(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        vote = await open_vote(work, id)
        assert await work.ballots.cast(vote, "v1", WHOLE, "agree", 2**63 - 3)
        assert not await work.ballots.cast(vote, "v1", WHOLE, "skip", 2**63 - 3)
        assert await work.ballots.cast(vote, "v1", WHOLE, "skip", 2**63 - 2)


async def test_presses_of_one_person_at_once_leave_the_newest(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        vote = await open_vote(work, id)

    async def cast(seq: int) -> None:
        async with database.transaction() as work:
            await work.ballots.cast(vote, "v1", WHOLE, f"c{seq}", seq)

    await asyncio.gather(*(cast(seq) for seq in (3, 9, 1, 7, 5, 8)))
    async with database.transaction() as work:
        assert await work.ballots.of(vote, "v1") == {WHOLE: "c9"}


async def test_a_choice_for_all_takes_back_older_words_about_single_rules_only(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        vote = await open_vote(work, id, items=3)
        for item, seq in ((1, 5), (2, 20)):
            await work.ballots.cast(vote, "v1", item, "hold", seq)
            await work.ballots.write(vote, "v1", item, f"words {item}")
        await work.ballots.cast(vote, "v2", 1, "hold", 5)
        await work.ballots.write(vote, "v2", 1, "others' words")
        await work.ballots.cast(vote, "v1", WHOLE, "agree", 10)
        await work.ballots.clear_items(vote, "v1", 10)
        assert await work.ballots.of(vote, "v1") == {WHOLE: "agree", 2: "hold"}
        assert await work.ballots.words_of(vote, "v1", 1) is None
        assert await work.ballots.words_of(vote, "v1", 2) is not None
        assert await work.ballots.words_of(vote, "v2", 1) is not None


async def test_words_are_shown_only_as_their_author_approved_them(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        vote = await open_vote(work, id)
        assert not await work.ballots.approve(vote, "v1", 1), "there are none"
        for voter, words in (("v1", "B words"), ("v2", "A words"), ("v3", "not approved")):
            await work.ballots.cast(vote, voter, 1, "hold", 1)
            await work.ballots.write(vote, voter, 1, words)
        assert await work.ballots.approved_words(vote, 1, ["hold"]) == []
        assert await work.ballots.approve(vote, "v1", 1)
        assert await work.ballots.approve(vote, "v2", 1)
        assert await work.ballots.approved_words(vote, 1, ["hold"]) == ["A words", "B words"], (
            "no order to read"
        )
        await work.ballots.write(vote, "v1", 1, "changed")
        assert await work.ballots.approved_words(vote, 1, ["hold"]) == ["A words"], "new words need a new yes"
        assert await work.ballots.approved_words(vote, 1, ["against"]) == [], "their choice was another"
        await work.ballots.drop_words(vote, "v2", 1)
        assert await work.ballots.approved_words(vote, 1, ["hold"]) == []


async def test_all_ballots_come_in_an_order_that_tells_nothing(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        vote = await open_vote(work, id)
        for voter, choice in (("c", "agree"), ("a", "skip"), ("b", "hold")):
            await work.ballots.cast(vote, voter, WHOLE, choice, 1)
        await work.ballots.cast(vote, "b", 2, "hold", 1)
        assert await work.ballots.all(vote) == [{0: "skip"}, {0: "hold", 2: "hold"}, {0: "agree"}]


async def test_after_the_close_only_standing_objections_are_left_until_mending_ends(
    database: Database,
) -> None:
    id = await community(database)
    async with database.transaction() as work:
        vote = await open_vote(work, id)
        proposal = await work.proposals.add(id, idea("1"), NOW)
        for voter, choice in (("v1", "hold"), ("v2", "hold"), ("v3", "against")):
            await work.ballots.cast(vote, voter, 1, choice, 1)
            await work.ballots.write(vote, voter, 1, f"words of {voter}")
        await work.ballots.approve(vote, "v1", 1)
        await work.ballots.keep_standing(vote, 1, proposal, "nonce", "hold")
        await work.ballots.destroy(vote)
    async with database.transaction() as work:
        for table in (tables.ballots, tables.objections):
            assert (await work.connection.execute(select(func.count()).select_from(table))).scalar_one() == 0
        assert await work.ballots.standing(proposal) == [
            Standing(voter="v1", nonce="nonce", words="words of v1", met=False),
            Standing(voter="v2", nonce="nonce", words="", met=False),
        ], "only approved words"
        assert await work.ballots.meet(proposal, "v1")
        assert not await work.ballots.meet(proposal, "v1"), "it is met already"
        assert not await work.ballots.meet(proposal, "v3"), "it is not theirs"
        assert [each.met for each in await work.ballots.standing(proposal)] == [True, False]
        await work.ballots.end_standing(proposal)
        assert await work.ballots.standing(proposal) == []


async def test_scrubbing_leaves_the_database_usable(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        vote = await open_vote(work, id)
        await work.ballots.cast(vote, "v1", WHOLE, "agree", 1)
        await work.ballots.destroy(vote)
    for _ in range(2):
        await database.scrub()
        async with database.transaction() as work:
            assert await work.votes.move_close(vote, CLOSES, CLOSES + HOUR)
            await work.votes.move_close(vote, CLOSES + HOUR, CLOSES)


async def test_nothing_is_found_by_a_number_that_no_row_can_have(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        for number in (0, -1, 2**31, 2**63, 10**40):
            assert await work.votes.find(id, number) is None
            assert await work.votes.enter(id, number) is None
            assert await work.proposals.find(id, number) is None
            assert await work.questions.find(id, number) is None
            assert await work.agreements.version(id, number) is None


async def test_a_ballot_on_its_way_and_a_close_keep_apart(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        vote = await open_vote(work, id)
    order: list[str] = []

    async def cast(go: asyncio.Event) -> None:
        async with database.transaction() as work:
            assert await work.votes.enter(id, vote) is not None
            go.set()
            await work.ballots.cast(vote, "v1", WHOLE, "agree", 1)
            order.append("cast")

    async def close(go: asyncio.Event) -> None:
        await go.wait()
        async with database.transaction() as work:
            assert await work.votes.take(id, vote) is not None
            assert await work.ballots.all(vote) == [{WHOLE: "agree"}]
            order.append("closed")

    go = asyncio.Event()
    await asyncio.gather(cast(go), close(go))
    assert order == ["cast", "closed"]
