"""``common-ground check``: the token, the intents, and each channel that the bot speaks in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.discord import Expected, Settings, check
from adapters.rehearsal.scenario import Cast
from adapters.rehearsal.words import say
from bot import wiring
from bot.config import load
from bot.contract.events import Place
from bot.lock import hold
from bot.texts import Texts
from tests.adapters.discord.conftest import Bench
from tests.adapters.discord.stage import DiscordStage
from tests.adapters.discord.stand_in.world import (
    AUDIT,
    BOT_NEEDS,
    FORUM,
    HISTORY,
    IN_THREADS,
    MANAGE_ROLES,
    MODERATE,
    PIN,
    SEND,
    VIEW,
    Channel,
    snowflake,
)

TEXTS = Texts.load().reader()


def settings(bench: Bench) -> Settings:
    return replace(bench.settings, api_base=bench.stand_in.address)


def place(channel: Channel, thread: str | None = None) -> Place:
    assert channel.guild is not None
    return Place(platform="discord", group=channel.guild.id, channel=channel.id, thread=thread)


async def bad(bench: Bench, *places: Place, role: str = "") -> list[tuple[str, Mapping[str, str]]]:
    """What is to be changed in the server, by the end of its key; every sentence can be read."""
    found = await check(settings(bench), [Expected(group=bench.guild.id, places=places, role=role)])
    assert all(TEXTS.plain(one.key, **one.values) for one in found)
    wrong = [one for one in found if not one.good]
    assert all(one.values["group"] == "Type 1" for one in wrong)
    return [(one.key.removeprefix("discord.check."), one.values) for one in wrong]


async def test_it_is_content_when_everything_is_in_place(unconnected: Bench) -> None:
    bench = unconnected
    server = Expected(group=bench.guild.id, places=(place(bench.general),))
    found = await check(settings(bench), [server])
    keys = ["token", "intents", "group-good"]
    assert [one.key for one in found] == [f"discord.check.{key}" for key in keys]
    assert all(one.good for one in found)


async def test_it_says_which_intents_are_off_and_where_the_bot_is_not(without_intents: Bench) -> None:
    bench = without_intents
    bench.set(message_content=True)
    found = await check(settings(bench), [Expected(group="1")])
    assert [one.key for one in found if not one.good] == [
        "discord.no-members-intent",
        "discord.no-message-content-intent",
        "discord.check.no-group",
    ]


@pytest.mark.parametrize(
    ("denied", "key"),
    [
        (SEND, "no-send-messages"),
        (HISTORY, "no-read-message-history"),
        (PIN, "no-pin-messages"),
    ],
)
async def test_each_channel_is_looked_at_by_itself(unconnected: Bench, denied: int, key: str) -> None:
    bench = unconnected
    rules = bench.guild.channel("rules", denied=denied)
    bench.guild.channel("elsewhere", denied=denied)
    assert await bad(bench, place(bench.general), place(rules)) == [
        (key, {"group": "Type 1", "channel": "#rules"})
    ]


async def test_a_channel_that_the_bot_does_not_see(unconnected: Bench) -> None:
    rules = unconnected.guild.channel("rules", denied=VIEW)
    assert ("no-view-channel", {"group": "Type 1", "channel": "#rules"}) in await bad(
        unconnected, place(rules)
    )


async def test_threads_and_forums_need_what_they_need(unconnected: Bench) -> None:
    bench = unconnected
    forum = bench.guild.channel("ideas", FORUM)
    assert await bad(bench, place(forum), place(forum, thread="9")) == []
    forum.denied = IN_THREADS
    assert [key for key, _ in await bad(bench, place(forum))] == ["no-send-messages-in-threads"]
    assert [key for key, _ in await bad(bench, place(forum, thread="9"))] == ["no-send-messages-in-threads"]
    forum.denied = SEND
    assert [key for key, _ in await bad(bench, place(forum))] == ["no-send-messages"]
    assert await bad(bench, place(forum, thread="9")) == []


async def test_a_channel_that_is_gone(unconnected: Bench) -> None:
    gone = replace(place(unconnected.general), channel=snowflake())
    assert [key for key, _ in await bad(unconnected, gone)] == ["no-channel"]


async def test_what_the_whole_server_lacks(unconnected: Bench) -> None:
    unconnected.guild.bot_permissions = BOT_NEEDS & ~AUDIT
    assert await bad(unconnected) == [("no-view-audit-log", {"group": "Type 1"})]


async def test_whether_the_chosen_role_can_be_given(unconnected: Bench) -> None:
    bench, readers, owners = unconnected, snowflake(), snowflake()
    bench.guild.more_roles = {readers: "Readers", owners: "Owners"}
    bench.guild.powers = {owners: MODERATE}
    assert await bad(bench, role=readers) == []
    assert await bad(bench, role=owners) == [("role-powerful", {"group": "Type 1", "role": "Owners"})]
    assert [key for key, _ in await bad(bench, role=snowflake())] == ["role-gone"]
    bench.guild.bot_permissions, bench.guild.bot_position = BOT_NEEDS & ~MANAGE_ROLES, 1
    assert [key for key, _ in await bad(bench, role=readers)] == ["manage-roles", "role-above"]


async def test_check_never_raises(unconnected: Bench) -> None:
    unconnected.stand_in.faults.on("GET /users/@me", 503)
    assert [one.key for one in await check(settings(unconnected), [])] == ["discord.check.unreachable"]
    unconnected.set(token="wrong")
    assert [one.key for one in await check(settings(unconnected), [])] == ["discord.wrong-token"]


async def test_the_command_looks_at_every_place_that_a_group_chose(tmp_path: Path) -> None:
    people = [Cast("Mo", is_moderator=True), Cast("Asha")]
    async with DiscordStage(tmp_path) as stage:
        await stage.begin(people, datetime(2026, 11, 25, 10, tzinfo=UTC))
        for label in ("Set up this group", "England", "Adults only", "Name any moderator"):
            await stage.press("Mo", label, None)
        await stage.type("Mo", "/desk vote-forum yes", say("thread"))
        forum = next(one for one in stage.world.channels() if one.type == FORUM)
        forum.denied = SEND
        await stage._disconnect()
        config = load(
            None,
            {
                "COMMON_GROUND_DATABASE__URL": f"sqlite:///{tmp_path / 'group.db'}",
                "COMMON_GROUND_SECRET_KEY": "a-secret-for-tests-that-is-long-enough",
                "COMMON_GROUND_DISCORD__TOKEN": stage.stand_in.token,
                "COMMON_GROUND_DISCORD__API_BASE": stage.stand_in.address,
            },
        )
        lines: list[str] = []
        assert await wiring.check(config, lines.append) == 1
        assert lines[:2] == [
            "ok The token works. The bot is user4242.",
            "ok The intents that the bot needs are on.",
        ]
        (last,) = lines[2:]
        assert last.startswith(f"-> In Type 1, #{forum.name}: allow the bot's role to")
        forum.denied = 0
        assert await wiring.check(config, lines.append) == 0
        forum.denied = SEND
        with hold(config.database.url):  # as a running bot does
            lines.clear()
            assert await wiring.check(config, lines.append) == 0
        assert lines[0].startswith("-- The bot is running and has its database to itself.")
        assert lines[-1].startswith("ok In Type 1 the bot may do everything")


async def test_before_a_group_is_known_every_server_that_the_bot_is_in_is_looked_at(
    unconnected: Bench,
) -> None:
    bench = unconnected
    other = bench.world.guild("Another", bench.mo)
    other.system = None
    other.channels[0].denied = SEND
    found = await check(settings(bench), None)
    assert [(one.key.removeprefix("discord.check."), one.good) for one in found[2:]] == [
        ("group-good", True),
        ("no-send-messages", False),
    ]
