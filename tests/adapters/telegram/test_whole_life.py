"""The whole bot in a Telegram group: topics, join requests, reminders, private chats."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.rehearsal.places import DIRECT
from adapters.rehearsal.scenario import Cast
from tests.adapters.telegram.stage import TelegramStage
from tests.adapters.telegram.stand_in import BOT, Group, Said, Someone
from tests.adapters.telegram.stand_in.world import Topic

START = datetime(2026, 11, 25, 10, tzinfo=UTC)
SETTING_UP = ("Set up this group", "England", "Adults only", "Name any moderator")


class InGroup(TelegramStage):
    """A stage with what only Telegram has."""

    @property
    def group(self) -> Group:
        return self._group

    def somebody(self, name: str) -> Someone:
        return self._named(name)

    def stranger(self, name: str) -> Someone:
        self._cast[name] = self.world.somebody(name)
        return self._cast[name]

    async def open_topic(self, who: str, name: str) -> Topic:
        topic = await self._people.open_topic(self._named(who), self._group, name)
        await self._settle()
        return topic

    async def reopen_topic(self, who: str, topic: Topic) -> None:
        await self._people.reopen_topic(self._named(who), self._group, topic)
        await self._settle()

    async def ask_to_join(self, who: Someone, *, late: bool = False) -> None:
        await self._people.ask_to_join(who, self._group, late=late)
        await self._settle()

    async def say(self, who: str, text: str, topic: Topic | None) -> Said:
        said = await self._people.say(self._named(who), self._group, text, topic=topic)
        await self._settle()
        return said

    async def reply(self, who: str, text: str, to: Said, topic: Topic | None = None) -> None:
        await self._people.say(self._named(who), self._group, text, topic=topic, reply_to=to)
        await self._settle()

    async def set_up(self, name: str) -> None:
        """Mo adds the bot to another group, and Asha is in it."""
        group = self.world.group(name, self._named("Asha"), kind="supergroup")
        group.standing[self._named("Mo").id] = "creator"
        await self._people.add_bot(self._named("Mo"), group)
        await self._settle()

    def said_in(self, topic: Topic | None) -> list[Said]:
        """What the bot said there to everybody, oldest first."""
        where = topic.id if topic else None
        return [
            said
            for said in self.world.said
            if (said.chat, said.thread) == (self._group.id, where)
            and said.by["id"] == BOT["id"]
            and said.only_for is None
            and not said.deleted
        ]

    async def sees(self, who: str) -> str:
        return "\n".join(one.text for one in await self.seen(who))


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[InGroup]:
    people = [Cast("Mo", is_moderator=True), Cast("Asha"), Cast("Ben"), Cast("Cai"), Cast("Dee")]
    async with InGroup(tmp_path) as stage:
        await stage.begin(people, START)
        for label in SETTING_UP:
            await stage.press("Mo", label, None)
        yield stage
        assert stage.stand_in.objections == []


async def test_a_new_topic_gets_its_first_message_once(stage: InGroup) -> None:
    await stage.open_topic("Asha", "Before anybody chose")
    await stage.type("Mo", "/desk first-message treatment", "rules")
    topic = await stage.open_topic("Asha", "Pumps")
    await stage.rebuild()
    await stage.advance(timedelta(minutes=5))
    [said] = stage.said_in(topic)
    assert "doses" in said.text
    wordings = {stage.said_in(await stage.open_topic("Ben", f"Topic {n}"))[0].text for n in range(8)}
    assert len(wordings) > 1


async def test_welcomes_votes_and_reminders_go_to_the_topics_that_were_chosen(stage: InGroup) -> None:
    topic = await stage.open_topic("Mo", "News")
    for what in ("votes", "welcome", "reminders"):
        await stage.type("Mo", f"/desk post here {what}", "News")
    await stage.type("Mo", "/desk", "News")
    await stage.press("Mo", "Ask the group", None)
    assert "shall these be our rules" in stage.said_in(topic)[-1].text
    stage.stranger("Una")
    await stage.join("Una")
    await stage.advance(timedelta(minutes=2))
    assert "Welcome" in stage.said_in(topic)[-1].text


async def test_a_chosen_topic_that_was_deleted_is_left_for_general_and_moderators_see_it(
    stage: InGroup,
) -> None:
    topic = await stage.open_topic("Mo", "News")
    await stage.type("Mo", "/desk post here votes", "News")
    topic.state = "deleted"
    await stage.type("Mo", "/desk", None)
    await stage.press("Mo", "Ask the group", None)
    assert "shall these be our rules" in stage.said_in(None)[-1].text
    assert (seen := await stage.sees("Mo")).count("I cannot write in the topic News") == 1
    assert "open the desk in another topic" in seen
    await stage.rebuild()
    await stage.type("Mo", "/desk", None)
    assert "I cannot write in the topic News" in await stage.sees("Mo")
    await stage.open_topic("Mo", "Newer")
    await stage.type("Mo", "/desk post here votes", "Newer")
    await stage.type("Mo", "/desk", None)
    assert "I cannot write" not in (await stage.sees("Mo")).rpartition("The desk")[2]


async def test_a_chosen_topic_that_is_opened_again_is_used_again(stage: InGroup) -> None:
    topic = await stage.open_topic("Mo", "News")
    await stage.type("Mo", "/desk post here welcome", "News")
    stage.group.rights.discard("can_manage_topics")
    topic.state = "closed"
    for name in ("Una", "Vic"):
        stage.stranger(name)
        await stage.join(name)
        await stage.advance(timedelta(minutes=2))
        where = stage.said_in(None if name == "Una" else topic)
        assert "Welcome" in where[-1].text
        assert ("I cannot write in the topic News" in await stage.sees("Mo")) == (name == "Una")
        await stage.reopen_topic("Mo", topic)
    await stage.type("Mo", "/desk", None)
    assert "I cannot write" not in await stage.sees("Mo")


async def test_a_closed_general_is_on_the_desk_and_what_was_to_be_said_comes_later(stage: InGroup) -> None:
    stage.group.rights.discard("can_manage_topics")
    stage.group.general = "closed"
    stage.stranger("Una")
    before = stage.said_in(None)
    await stage.join("Una")
    await stage.advance(timedelta(minutes=2))
    assert "I cannot write in General" in await stage.sees("Mo")
    assert stage.said_in(None) == before
    stage.group.general = "open"
    await stage.type("Mo", "/desk", "rules")
    await stage.press("Mo", "Try again now", None)
    assert "Welcome" in stage.said_in(None)[-1].text


async def test_a_moderator_is_told_when_telegram_does_not_let_somebody_in(stage: InGroup) -> None:
    una = stage.stranger("Una")
    await stage.ask_to_join(una)
    await stage.press("Una", "I have read the rules", DIRECT)
    await stage.press("Una", "Ask to join", DIRECT)
    stage.group.rights.discard("can_invite_users")
    await stage.press("Mo", "Let Una in", DIRECT)
    assert "Telegram did not take your answer" in await stage.sees("Mo")


async def test_a_vote_gets_a_topic_of_its_own(stage: InGroup) -> None:
    await stage.type("Mo", "/desk vote-forum yes", "rules")
    await stage.type("Mo", "/desk", None)
    await stage.press("Mo", "Ask the group", None)
    topic = next(one for one in stage.group.topics.values() if one.name.startswith("Vote 1"))
    assert "shall these be our rules" in stage.said_in(topic)[-1].text


async def test_without_the_right_to_make_topics_a_vote_stands_in_general(stage: InGroup) -> None:
    stage.group.rights.discard("can_manage_topics")
    await stage.type("Mo", "/desk vote-forum yes", "rules")
    await stage.type("Mo", "/desk", None)
    await stage.press("Mo", "Ask the group", None)
    assert "shall these be our rules" in stage.said_in(None)[-1].text


@pytest.mark.parametrize("automatic", [False, True], ids=["moderators", "automatic"])
async def test_who_asks_to_join_reads_the_rules_and_is_let_in(stage: InGroup, automatic: bool) -> None:
    if automatic:
        await stage.type("Mo", "/desk joining automatic", None)
    una = stage.stranger("Una")
    await stage.ask_to_join(una)
    await stage.rebuild()
    await stage.press("Una", "I have read the rules", DIRECT)
    await stage.rebuild()
    await stage.press("Una", "Ask to join", DIRECT)
    if not automatic:
        assert stage.world.decided == []
        assert "Una asks to join" in await stage.sees("Mo")
        await stage.press("Mo", "Let Una in", DIRECT)
    assert stage.world.decided == [(stage.group.id, una.id, True)]


async def test_who_asked_while_the_bot_was_away_too_long_is_decided_by_moderators(stage: InGroup) -> None:
    await stage.type("Mo", "/desk joining automatic", None)
    una = stage.stranger("Una")
    await stage.ask_to_join(una, late=True)
    assert "I could not show them our rules" in await stage.sees("Mo")
    await stage.rebuild()
    await stage.press("Mo", "Let Una in", DIRECT)
    assert stage.world.decided == [(stage.group.id, una.id, True)]


async def test_who_asked_and_went_silent_is_on_the_desk_after_a_while(stage: InGroup) -> None:
    await stage.ask_to_join(stage.stranger("Una"))
    assert "Una" not in await stage.sees("Mo")
    await stage.advance(timedelta(hours=2))
    await stage.type("Mo", "/desk requests", None)
    assert "Una, who has not said yet that they read our rules" in await stage.sees("Mo")


async def test_who_is_turned_away_hears_it_kindly(stage: InGroup) -> None:
    una = stage.stranger("Una")
    await stage.ask_to_join(una)
    await stage.press("Una", "I have read the rules", DIRECT)
    await stage.press("Una", "Ask to join", DIRECT)
    await stage.press("Mo", 'Say "not now" to Una', DIRECT)
    assert stage.world.decided == [(stage.group.id, una.id, False)]
    assert "You can ask again later" in await stage.sees("Una")


async def test_a_member_asks_for_a_reminder_and_no_trace_stays_in_the_room(stage: InGroup) -> None:
    await stage.type("Asha", "/remind", "rules")
    assert not any(said.text == "/remind" and not said.deleted for said in stage.world.said)
    await stage.press("Asha", "Ask the moderators", DIRECT)
    await stage.press("Asha", "Go on", None)
    assert "Asha" not in (seen := await stage.sees("Mo"))
    assert "Somebody would like a gentle reminder" in seen
    await stage.press("Mo", "Choose a reminder", DIRECT)
    await stage.press("Mo", "Story, not orders", DIRECT)
    topic = next(one for one in stage.group.topics.values() if one.name == "rules")
    assert stage.said_in(topic)[-1].text == "Story, not orders. Tell us what happened for you."


@pytest.mark.parametrize("plain", [False, True])
async def test_a_reminder_typed_as_a_reply_goes_to_the_room(stage: InGroup, plain: bool) -> None:
    topic = None if plain else await stage.open_topic("Ben", "Pumps")
    said = await stage.say("Ben", "Take 4 units, then 2 more", topic)
    await stage.reply("Mo", "/remind story", said, topic)
    assert not any(one.text.startswith("/remind") and not one.deleted for one in stage.world.said)
    await stage.rebuild()
    before = len(stage.said_in(topic))
    await stage.press("Mo", "Post it here", DIRECT)
    assert len(stage.said_in(topic)) == before + 1
    assert stage.said_in(topic)[-1].text == "Story, not orders. Tell us what happened for you."
    assert "reply_parameters" not in stage.stand_in.called("sendMessage")[-2]


async def test_why_typed_as_a_reply_underlines_the_words_for_the_moderator_alone(stage: InGroup) -> None:
    topic = await stage.open_topic("Ben", "Pumps")
    said = await stage.say("Ben", "Hm \U0001f600 you should drop your basal by 2 units tonight", topic)
    before = len(stage.said_in(topic))
    await stage.reply("Mo", "/why", said, topic)
    await stage.reply("Asha", "/why", said, topic)
    [shown] = [one for one in await stage.seen("Mo") if "This looked like advice" in one.text]
    assert shown.private
    assert "This looked like advice" not in await stage.sees("Asha")
    assert len(stage.said_in(topic)) == before
    sent = next(one for one in stage.world.said if "This looked like advice" in one.text)
    [line] = [one for one in sent.entities if one["type"] == "underline"]
    raw = sent.text.encode("utf-16-le")
    words = raw[2 * line["offset"] : 2 * (line["offset"] + line["length"])].decode("utf-16-le")
    assert words.startswith("you should drop your basal")
    for file in (path for path in stage._folder.rglob("*") if path.is_file()):
        assert b"basal" not in file.read_bytes()


async def test_a_worry_typed_as_a_reply_knows_its_message_and_its_topic(stage: InGroup) -> None:
    topic = await stage.open_topic("Ben", "Evenings")
    await stage.type("Mo", "/help", DIRECT)
    await stage.type("Mo", "/desk test alert", None)
    await stage.press("Mo", "Answer the test alert", DIRECT)
    said = await stage.say("Ben", "I cannot do this any more", topic)
    await stage.reply("Asha", "/worried", said, topic)
    assert not any(one.text.startswith("/worried") and not one.deleted for one in stage.world.said)
    await stage.rebuild()
    before = len(stage.said_in(topic))
    await stage.press("Asha", "Not sure", DIRECT)
    alerts = [one for one in stage.world.said if "Someone is worried" in one.text]
    [alert] = alerts
    chat = str(stage.group.id).removeprefix("-100")
    assert f"https://t.me/c/{chat}/{topic.id}/{said.id}" in str(alert.keyboard)
    assert "cannot do this" not in alert.text
    assert len(stage.said_in(topic)) == before, "nothing in public"


@pytest.mark.parametrize("plain", [False, True])
async def test_why_as_a_reply_explains_a_reminder_to_a_moderator(stage: InGroup, plain: bool) -> None:
    topic = None if plain else await stage.open_topic("Ben", "Pumps")
    await stage.type("Mo", "/remind story", "Pumps" if topic else None)
    await stage.press("Mo", "Post it here", DIRECT)
    reminder = stage.said_in(topic)[-1]
    await stage.rebuild()
    await stage.sees("Mo")
    await stage.reply("Mo", "/why", reminder, topic)
    assert "A reminder to everyone here, and to nobody in particular" in await stage.sees("Mo")
    assert stage.said_in(topic)[-1].id == reminder.id
    assert not any(one.text == "/why" and not one.deleted for one in stage.world.said)
    said = await stage.say("Ben", "You should take 4 units now", topic)
    await stage.reply("Mo", "/why", said, topic)
    assert "You should take 4 units now" in await stage.sees("Mo")


async def test_what_a_topic_is_used_for_can_be_chosen_in_the_private_chat_that_it_led_to(
    stage: InGroup,
) -> None:
    topic = await stage.open_topic("Mo", "News")
    await stage.type("Mo", "/desk", "News")
    for label in ("Choose places and roles", "Choose where I post", "Post welcomes here"):
        await stage.press("Mo", label, DIRECT)
    stage.stranger("Una")
    await stage.join("Una")
    await stage.advance(timedelta(minutes=2))
    assert "Welcome" in stage.said_in(topic)[-1].text


async def test_commands_in_a_private_chat_know_the_only_group_of_their_person(stage: InGroup) -> None:
    await stage.type("Asha", "/rules 1", DIRECT)
    assert "Please do not repeat other people's names" in await stage.sees("Asha")
    stage.stranger("Una")
    await stage.type("Una", "/rules 1", DIRECT)
    assert "I do not know which group you mean" in await stage.sees("Una")
    await stage.set_up("Type 1 as well")
    await stage.rebuild()
    await stage.type("Asha", "/rules 1", DIRECT)
    assert "I do not know which group you mean" in await stage.sees("Asha")


async def test_a_vote_typed_in_a_private_chat_counts(stage: InGroup) -> None:
    await stage.type("Mo", "/desk", None)
    await stage.press("Mo", "Ask the group", None)
    await stage.type("Asha", "/agree-rules agree 1", DIRECT)
    await stage.press("Asha", "Go on", DIRECT)
    assert "Your vote is: Agree to all" in await stage.sees("Asha")


async def test_a_vote_typed_in_the_group_counts_nothing_and_says_where_to_go(stage: InGroup) -> None:
    await stage.type("Mo", "/desk", None)
    await stage.press("Mo", "Ask the group", None)
    await stage.sees("Asha")
    before = len(stage.said_in(None))
    await stage.type("Asha", "/agree-rules agree 1", None)
    seen = await stage.sees("Asha")
    assert "Your vote is" not in seen
    assert "private chat" in seen or "press" in seen
    assert len(stage.said_in(None)) == before
    await stage.press("Asha", "Agree to all", None)
    await stage.press("Asha", "Go on", None)
    assert "Your vote is: Agree to all" in await stage.sees("Asha")
