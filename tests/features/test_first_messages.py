"""New threads get a first message, where the group chose one."""

from datetime import timedelta

from bot.contract.events import Place, ThreadOpened
from tests.group import PLACE, GroupUnderTest

FORUM = "f1"


def thread(id: str, forum: str = FORUM) -> Place:
    return Place(platform="test", group="g1", channel=forum, thread=id)


async def chooses(group: GroupUnderTest, which: str) -> str:
    return await group.type("Mo", f"/desk first-message {which}", thread("t0"))


def said(group: GroupUnderTest, place: Place) -> list[str]:
    return [shown.text for shown in group.platform.messages.values() if shown.place == place]


async def test_nothing_is_said_first_until_a_moderator_chose(group: GroupUnderTest) -> None:
    await group.open_thread("Asha", thread("t0"))
    assert said(group, thread("t0")) == []
    await group.type("Mo", "/desk drawer posts", thread("t0"))
    assert "Now: I say nothing." in await group.press(
        "Mo", "Choose a first message for new threads", thread("t0")
    )
    assert "own stories" in await group.press("Mo", "Ask for own stories first", thread("t0"))
    assert group.app.wants(ThreadOpened, "test", "g1")
    assert not group.app.wants(ThreadOpened, "test", "g")
    await group.press("Mo", "Say nothing first", thread("t0"))
    await group.open_thread("Asha", thread("t1"))
    assert said(group, thread("t1")) == []


async def test_it_is_said_once_in_that_forum_only_also_when_heard_of_twice(group: GroupUnderTest) -> None:
    await chooses(group, "treatment")
    await group.rebuild()
    for _ in range(3):
        await group.open_thread("Asha", thread("t1"))
        await group.open_thread("Asha", thread("t1", "f2"))
    assert len(said(group, thread("t1"))) == 1
    assert said(group, thread("t1", "f2")) == []


async def test_the_wordings_change(group: GroupUnderTest) -> None:
    await chooses(group, "treatment")
    for number in range(12):
        await group.open_thread("Asha", thread(f"t{number}"))
    texts = {text for number in range(12) for text in said(group, thread(f"t{number}"))}
    assert len(texts) == 3
    assert all("doses" in text for text in texts)


async def test_a_tag_for_listening_gets_only_that_once_and_anywhere(group: GroupUnderTest) -> None:
    await chooses(group, "treatment")
    for where in (thread("t1"), thread("t1", "f2")):
        for _ in range(2):
            await group.open_thread("Asha", where, "Pumps", "Listening only")
        [text] = said(group, where)
        assert text.startswith("This person has asked for listening only.")


async def test_a_title_may_ask_for_it_too(group: GroupUnderTest) -> None:
    await group.open_thread("Asha", thread("t1"), title="Listening only: a hard week")
    await group.open_thread("Asha", thread("t2"), title="I was listening to music")
    assert len(said(group, thread("t1"))) == 1
    assert said(group, thread("t2")) == []


async def test_it_may_say_where_the_rules_are(group: GroupUnderTest) -> None:
    await chooses(group, "rules")
    await group.open_thread("Asha", thread("t1"))
    assert "/rules" in said(group, thread("t1"))[0]
    assert "1." in await group.press("Ben", "Read the rules", thread("t1"))


async def test_threads_elsewhere_and_in_unknown_groups_change_nothing(group: GroupUnderTest) -> None:
    await chooses(group, "rules")
    before = len(group.posts)
    await group.open_thread("Asha", PLACE)
    await group.open_thread("Asha", Place(platform="test", group="g9", channel=FORUM, thread="t1"))
    assert len(group.posts) == before


async def test_members_cannot_choose_and_nonsense_is_no_choice(group: GroupUnderTest) -> None:
    assert "That is for moderators" in await group.type("Asha", "/desk first-message rules", thread("t0"))
    assert "Now: I say nothing." in await chooses(group, "nonsense")
    private = Place(platform="test", group="", channel="dm-Mo")
    assert "inside the forum" in await group.press_payload("Mo", "1_1-firstmessages", place=private)


async def test_a_lasting_topic_gets_one_pinned_message_whose_words_change_each_month(
    group: GroupUnderTest,
) -> None:
    pumps, sensors = thread("pumps"), thread("sensors")
    await group.type("Mo", "/desk first-messages", pumps)
    for _ in range(2):
        assert "its words change each month" in await group.press("Mo", "Pin it in this very place", pumps)
    await group.type("Mo", "/desk first-message here", sensors)
    await group.settle()
    [card] = [shown for shown in group.platform.messages.values() if shown.place == pumps]
    assert (card.pin, card.silent, card.started) == (True, True, False)
    texts = {card.text}
    for _ in range(3):
        await group.pass_time(timedelta(days=30))
        assert said(group, pumps) == said(group, sensors)
        texts.add(card.text)
    assert len(texts) == 3
    assert all("doses" in text for text in texts)


async def test_members_cannot_pin_it_and_a_private_chat_is_no_topic(group: GroupUnderTest) -> None:
    assert "That is for moderators" in await group.type("Asha", "/desk first-message here", thread("t0"))
    private = Place(platform="test", group="", channel="dm-Mo")
    assert "inside the forum" in await group.press_payload("Mo", "1_1-firsthere", place=private)
