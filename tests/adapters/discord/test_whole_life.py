"""The whole bot in a Discord server: forums, roles, refused channels, the message menu, private chats."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.rehearsal.places import DIRECT, FORUM, MAIN
from adapters.rehearsal.scenario import Cast
from adapters.rehearsal.words import say
from tests.adapters.discord.stage import DiscordStage, KilledDiscordStage
from tests.adapters.discord.stand_in import BOT, Channel, Guild, Message, Someone
from tests.adapters.discord.stand_in.world import SEND, snowflake

START = datetime(2026, 11, 25, 10, tzinfo=UTC)
SETTING_UP = ("Set up this group", "England", "Adults only", "Name any moderator")
IN_FORUM = say("thread")


class Server(DiscordStage):
    """A stage with what only Discord has."""

    @property
    def guild(self) -> Guild:
        return self._guild

    @property
    def forum(self) -> Channel:
        return next(channel for channel in self._guild.channels if channel.name == FORUM)

    def somebody(self, name: str) -> Someone:
        return self._named(name)

    async def post(self, who: str, title: str, *tags: str) -> Channel:
        thread = await self._people.post(self._named(who), self.forum, title, "Hello", *tags)
        await self._settle()
        return thread

    async def heard_again(self, thread: Channel) -> None:
        gateway = self._people._gateway
        await gateway.tell("THREAD_CREATE", thread.wire() | {"newly_created": True}, self._guild.id)
        await self._settle()

    async def ask_why(self, who: str, message: Message) -> None:
        await self._people.menu(self._named(who), message.channel, "Why this reminder?", message)
        await self._settle()

    async def remind_about(self, who: str, message: Message) -> None:
        await self._people.menu(self._named(who), message.channel, "Gentle reminder", message)
        await self._settle()

    async def deny(self, channel: Channel, permissions: int) -> None:
        channel.denied = permissions
        await self._people.change_channel(channel)
        await self._settle()

    def said_in(self, channel: Channel) -> list[str]:
        """What the bot said there to everybody, oldest first."""
        said = [one for one in self.world.messages.values() if one.channel is channel and one.author is BOT]
        return [one.content for one in said if one.only_for is None]

    async def sees(self, who: str) -> str:
        return "\n".join(one.text for one in await self.seen(who))


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    people = [Cast("Mo", is_moderator=True), Cast("Asha"), Cast("Ben"), Cast("Cai"), Cast("Dee")]
    async with Server(tmp_path) as stage:
        await stage.begin(people, START)
        for label in SETTING_UP:
            await stage.press("Mo", label, None)
        yield stage
        assert stage.stand_in.objections == []


async def test_a_new_forum_post_gets_its_first_message_once(server: Server) -> None:
    emoji = {"emoji_id": None, "emoji_name": None}
    server.forum.tags = [{"id": snowflake(), "name": "Listening only", "moderated": False, **emoji}]
    await server.deny(server.forum, 0)
    await server.type("Mo", "/desk first-message treatment", IN_FORUM)
    post = await server.post("Asha", "My new pump")
    await server.heard_again(post)
    await server.rebuild()
    await server.heard_again(post)
    assert len(server.said_in(post)) == 1
    quiet = await server.post("Ben", "A hard week", "Listening only")
    assert server.said_in(quiet)[0].startswith("This person has asked for listening only")
    await server.type("Mo", "/desk first-message nothing", IN_FORUM)
    assert server.said_in(await server.post("Cai", "Sensors")) == []


async def test_a_vote_is_held_in_a_forum_post_of_its_own(server: Server) -> None:
    await server.type("Mo", "/desk first-message rules", IN_FORUM)
    await server.type("Mo", "/desk vote-forum yes", IN_FORUM)
    await server.type("Mo", "/desk", None)
    await server.press("Mo", "Ask the group", None)
    [vote] = [thread for thread in server.guild.threads if thread.owner is BOT]
    assert vote.name == "Vote 1: all the rules"
    assert len(server.said_in(vote)) == 1, "no first message under the bot's own posts"
    for name in ("Asha", "Ben", "Cai"):
        await server.press(name, "Agree to all", vote.name)
        await server.press(name, "Go on", None)
        assert "Your vote is" in await server.sees(name)
    await server.rebuild()
    await server.advance(timedelta(days=9))
    assert "3 people took part" in "\n".join(server.said_in(vote))


async def test_a_channel_that_refuses_is_told_to_moderators_and_gets_its_post_once_it_may(
    server: Server,
) -> None:
    main = next(channel for channel in server.guild.channels if channel.name == MAIN)
    await server.deny(main, SEND)
    before = len(server.said_in(main))
    await server.type("Mo", "/desk", None)
    await server.press("Mo", "Ask the group", None)
    seen = await server.sees("Mo")
    assert f"I may not write in #{MAIN}" in seen
    assert "allow my role to send messages there" in seen
    await server.advance(timedelta(hours=5))
    assert len(server.said_in(main)) == before
    await server.deny(main, 0)
    await server.advance(timedelta(minutes=1))
    assert "shall these be our rules" in server.said_in(main)[-1]
    assert len(server.said_in(main)) == before + 1


async def test_chosen_roles_moderate_and_who_has_read_the_rules_gets_one(server: Server) -> None:
    helpers, readers = snowflake(), snowflake()
    server.guild.more_roles = {helpers: "Helpers", readers: "Readers"}
    server.guild.members[server.somebody("Mo").id].roles = [helpers, readers]
    server.guild.members[server.somebody("Asha").id].roles = [helpers]
    await server.rebuild()
    await server.type("Mo", "/desk moderator-roles", None)
    await server.press("Mo", "Let Helpers moderate", None)
    await server.type("Mo", "/desk read-role", None)
    await server.press("Mo", "Give Readers", None)
    await server.seen("Asha")
    await server.type("Asha", "/desk", None)
    assert "That is for moderators" not in await server.sees("Asha")
    await server.type("Ben", "/rules read 1", None)
    await server.press("Ben", "Go on", None)
    assert readers in server.guild.members[server.somebody("Ben").id].roles


async def test_the_message_menu_asks_for_members_and_reminds_for_moderators(server: Server) -> None:
    main = next(channel for channel in server.guild.channels if channel.name == MAIN)
    message = await server._people.write(server.somebody("Cai"), main, "Take more of it")
    await server.remind_about("Asha", message)
    await server.press("Asha", "Ask the moderators", None)
    await server.press("Asha", "Go on", None)
    assert "They do not see that it was you" in await server.sees("Asha")
    assert "Asha" not in await server.sees("Mo")
    await server.press("Mo", "Choose a reminder", DIRECT)
    await server.press("Mo", "Story, not orders", DIRECT)
    assert server.said_in(main)[-1] == "Story, not orders. Tell us what happened for you."
    await server.remind_about("Mo", message)
    assert "Which reminder" in await server.sees("Mo")


async def test_the_menu_why_underlines_the_words_for_the_moderator_alone(server: Server) -> None:
    main = next(channel for channel in server.guild.channels if channel.name == MAIN)
    text = "Hello *all*, you should drop your __basal__ by 2 units tonight"
    message = await server._people.write(server.somebody("Cai"), main, text)
    before = server.said_in(main)
    await server.ask_why("Mo", message)
    await server.ask_why("Asha", message)
    [shown] = [one for one in server.world.messages.values() if "This looked like advice" in one.content]
    assert "Hello \\*all\\*, __you should drop your \\_\\_basal\\_\\_ by 2 units" in shown.content
    assert shown.only_for is server.somebody("Mo")
    assert "That is for moderators" in await server.sees("Asha")
    assert server.said_in(main) == before


async def test_the_menu_for_worries_leaves_out_a_moderator_who_wrote_the_message(tmp_path: Path) -> None:
    people = [Cast("Mo", is_moderator=True), Cast("Nia", is_moderator=True), Cast("Asha")]
    async with Server(tmp_path) as server:
        await server.begin(people, START)
        for label in SETTING_UP:
            await server.press("Mo", label, None)
        await server.type("Nia", "/desk", None)
        await server.type("Mo", "/desk test alert", None)
        for moderator in ("Mo", "Nia"):
            await server.press(moderator, "Answer the test alert", DIRECT)
        main = next(channel for channel in server.guild.channels if channel.name == MAIN)
        message = await server._people.write(server.somebody("Nia"), main, "Nobody would miss you")
        await server._people.menu(server.somebody("Asha"), main, "I'm worried", message)
        await server._settle()
        await server.seen("Nia")
        await server.seen("Mo")
        await server.press("Asha", "Not sure", None)
        [alert] = [one for one in await server.seen("Mo") if "Someone is worried" in one.text]
        assert "Nobody would miss you" not in alert.text
        assert "Show where it is about" in alert.buttons
        wire = [one for one in server.world.messages.values() if "Someone is worried" in one.content]
        assert f"/{server.guild.id}/{main.id}/{message.id}" in str(wire[0].components)
        assert await server.seen("Nia") == []
        assert server.stand_in.objections == []


async def test_commands_in_a_private_chat_know_the_group_of_their_person(server: Server) -> None:
    await server.type("Asha", "/rules 1", DIRECT)
    assert "Please do not repeat other people's names" in await server.sees("Asha")
    await server.leave("Asha")
    await server.rebuild()
    await server.seen("Asha")
    await server.type("Asha", "/rules 1", DIRECT)
    assert "I do not know which group you mean" in await server.sees("Asha")


@pytest.fixture
async def killed(tmp_path: Path) -> AsyncIterator[KilledDiscordStage]:
    """The bot is a process of its own, and a vote is open."""
    people = [Cast("Mo", is_moderator=True), Cast("Asha"), Cast("Ben")]
    async with KilledDiscordStage(tmp_path) as stage:
        await stage.begin(people, START)
        for label in SETTING_UP:
            await stage.press("Mo", label, None)
        yield stage
        assert stage.stand_in.objections == []


async def asks(stage: DiscordStage, who: str) -> None:
    """Open the form for a question."""
    await stage.type(who, "/help ask", None)
    await stage.press(who, "Ask a question", None)
    if who not in {"Mo"} and stage._named(who).id not in stage.stand_in.questions.forms:
        await stage.press(who, "Go on", None)


async def sees(stage: DiscordStage, who: str) -> str:
    return "\n".join(one.text for one in await stage.seen(who))


@pytest.mark.slow
async def test_words_typed_into_a_form_while_the_bot_was_killed_are_kept(killed: KilledDiscordStage) -> None:
    await asks(killed, "Asha")
    await killed.rebuild()
    await killed.fill("Asha", {"words": "How do you sleep?"})
    assert "The moderators have your question" in await sees(killed, "Asha")
    await killed.type("Asha", "/me questions", None)
    assert "How do you sleep?" in await sees(killed, "Asha")


@pytest.mark.slow
async def test_words_sent_while_the_bot_was_dead_stay_with_their_author_and_can_be_sent_again(
    killed: KilledDiscordStage,
) -> None:
    await asks(killed, "Asha")
    await killed._disconnect()
    await killed._people.fill(killed._named("Asha"), {"words": "How do you sleep?"})
    assert killed._people.failed == ["Asha: 1-asked"], "Discord says so, and leaves the form open"
    killed._people.failed.clear()
    await killed._connect()
    await killed.fill("Asha", {"words": "How do you sleep?"})
    assert "The moderators have your question" in await sees(killed, "Asha")


@pytest.mark.slow
async def test_words_that_came_too_late_are_given_back(killed: KilledDiscordStage) -> None:
    await killed.type("Mo", "/desk", None)
    await killed.press("Mo", "Ask the group", None)
    for label in ("Object to a rule", "Object to rule 4", "I would rather not", "Go on", "Add a few words"):
        await killed.press("Asha", label, None)
    await killed._disconnect()
    killed._now += timedelta(days=30)  # the vote is over when the bot is back
    await killed._connect()
    await killed.advance(timedelta(days=20))
    await killed.seen("Asha")
    await killed.fill("Asha", {"words": "I worry that questions get no answers"})
    said = await sees(killed, "Asha")
    assert "so that you can copy them:" in said
    assert "I worry that questions get no answers" in said
