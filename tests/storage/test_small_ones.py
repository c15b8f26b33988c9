"""Messages to edit, questions to moderators, and when a reminder was posted."""

from dataclasses import replace

from bot.contract.events import MessageRef, Person
from bot.storage.unit_of_work import Database
from tests.storage.about import DAY, ELSEWHERE, HOUR, MO, NOW, PLACE, community

ASHA = Person(platform="test", id="asha", name="Asha")


async def test_a_named_message_is_kept_once_per_place(database: Database) -> None:
    id = await community(database)
    first, second = MessageRef(place=PLACE, id="m1"), MessageRef(place=ELSEWHERE, id="m2")
    async with database.transaction() as work:
        for message in (first, second):
            await work.messages.remember("vote1", id, message)
        await work.messages.remember("vote1", id, replace(first, id="m3"))
        assert set(await work.messages.find("vote1")) == {replace(first, id="m3"), second}
        assert await work.messages.find("vote") == []
        await work.messages.forget("vote1")
        assert await work.messages.find("vote1") == []


async def test_a_question_asked_twice_is_one_until_it_is_answered(database: Database) -> None:
    id = await community(database)
    async with database.transaction() as work:
        asked = await work.questions.add(id, ASHA, "Why?", NOW)
        assert await work.questions.add(id, ASHA, "Why?", NOW + HOUR) == asked
        assert await work.questions.add(id, MO, "Why?", NOW + HOUR) != asked
        assert (await work.questions.waiting(id))[0] == asked
        assert await work.questions.answer(id, asked, "Because.", NOW)
        assert not await work.questions.answer(id, asked, "No!", NOW), "answered already"
        found = await work.questions.find(id, asked)
        assert found is not None
        assert (found.words, found.answer, found.asked_at) == ("Why?", "Because.", NOW)
        assert found.asker == replace(ASHA, name=""), "no name is kept"
        assert asked not in await work.questions.waiting(id)
        assert await work.questions.add(id, ASHA, "Why?", NOW + DAY) != asked


async def test_a_question_is_of_its_community_and_goes_with_its_asker_or_its_age(database: Database) -> None:
    id, other = await community(database), await community(database, ELSEWHERE)
    async with database.transaction() as work:
        asked = await work.questions.add(id, ASHA, "Why?", NOW)
        await work.questions.add(other, ASHA, "How?", NOW)
        kept = await work.questions.add(id, MO, "When?", NOW + DAY)
        assert await work.questions.find(other, asked) is None
        assert not await work.questions.answer(other, asked, "x", NOW)
        assert await work.questions.of(id, ASHA) == [asked]
        await work.questions.forget(ASHA)
        assert await work.questions.waiting(other) == []
        assert await work.questions.waiting(id) == [kept]
        await work.questions.forget_before(NOW + DAY)
        assert await work.questions.waiting(id) == [kept]
        await work.questions.forget_before(NOW + DAY + HOUR)
        assert await work.questions.waiting(id) == []


async def test_the_last_reminder_is_known_by_channel_and_thread(database: Database) -> None:
    id = await community(database)
    thread = replace(PLACE, thread="t1")
    async with database.transaction() as work:
        assert await work.reminders.last(id, PLACE) is None
        for at in (NOW, NOW - HOUR):
            await work.reminders.note(id, PLACE, at)
        assert await work.reminders.last(id, PLACE) == NOW
        assert await work.reminders.last(id, thread) is None
        await work.reminders.forget_before(NOW + HOUR)
        assert await work.reminders.last(id, PLACE) is None
