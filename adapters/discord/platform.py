"""Discord as a platform of the bot: everything wired together."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import discord

from adapters.discord import address, commands, errors, starts
from adapters.discord.answers import Surroundings
from adapters.discord.asking import Asking
from adapters.discord.client import Client, intents
from adapters.discord.core import PLATFORM, DiscordProblem, Groups, Nothing, Phrase
from adapters.discord.markdown import LONGEST
from adapters.discord.members import Members
from adapters.discord.newcomers import Newcomers
from adapters.discord.no_repeats import Repeated
from adapters.discord.performing import Action, Performer
from adapters.discord.places import Refused
from adapters.discord.servers import Servers
from adapters.discord.settings import Settings
from bot.contract.command import Command
from bot.contract.events import MessageRef, Place
from bot.contract.platform import Receive, Surface, TryLater

log = logging.getLogger(__name__)
_SENTENCES: Mapping[type[Exception], str] = {
    discord.LoginFailure: "discord.wrong-token",
    discord.PrivilegedIntentsRequired: "discord.intent-refused",
    errors.NotDiscord: "discord.not-discord",
}
# Codes with which the gateway closes for good.
_CLOSED = {4004: "discord.wrong-token", 4013: "discord.intent-refused", 4014: "discord.intent-refused"}
_NOT_CONNECTED = timedelta(seconds=2)
# At their finest level these write down what people say.
_TALKATIVE = ("discord.http", "discord.webhook.async_", "discord.gateway", "discord.state")


class Discord:
    """``bot.contract.platform.Platform`` for Discord."""

    name = PLATFORM
    surface = Surface(max_text=LONGEST, threads=True, dm_needs_hello=False)

    def __init__(
        self,
        settings: Settings,
        table: Sequence[Command],
        phrase: Phrase,
        languages: Sequence[str],
        say: Callable[[str], None] | None = None,
        now: Callable[[], datetime] = discord.utils.utcnow,
    ) -> None:
        self._settings = settings
        self._commands = table
        self._phrase = phrase
        self._languages = languages
        self._say = say or log.warning
        self._now = now
        self._refused = Refused(settings.pace.refused)
        self._repeated = Repeated()
        self._is_alone = True
        self._performer: Performer | None = None
        self.client: Client | None = None
        self.ready = asyncio.Event()

    async def run(self, receive: Receive, groups: Groups | None = None) -> None:
        """Connect and hand every event to ``receive`` until cancelled.

        DiscordProblem is one sentence about what the host has to put right.
        """
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.INFO)
        address.use(self._settings.api_base)
        while True:
            try:
                return await self._connected(receive, groups or Nothing())
            except (discord.LoginFailure, discord.PrivilegedIntentsRequired, errors.NotDiscord) as fault:
                raise DiscordProblem(self._phrase(_SENTENCES[type(fault)], None)) from None
            except discord.ConnectionClosed as closed:
                key = _CLOSED.get(closed.code, "discord.closed")
                raise DiscordProblem(self._phrase(key, None, code=closed.code)) from None
            except errors.Failure as fault:
                self._say(self._phrase("discord.unreachable", None, error=errors.kind(fault)))
                await asyncio.sleep(self._settings.pace.login_again)

    async def perform(self, action: Action, key: str) -> MessageRef | None:
        """Do ``action`` once; raises only ``Unreachable`` or ``TryLater``."""
        if self._performer is None or not self.ready.is_set():
            raise TryLater(_NOT_CONNECTED)
        return await self._performer.perform(action, key)

    async def close(self) -> None:
        """Nothing is open any more once ``run`` has ended."""

    async def settled(self) -> None:
        """Wait until everything that was heard is handled and every answer is out."""
        if self.client is not None:
            await self.client.under_way.settled()

    async def _connected(self, receive: Receive, groups: Groups) -> None:
        """One connection, for as long as it holds; discord.py mends it by itself."""
        listening = await self._listening()
        async with Client(self._settings, listening, self._repeated) as client:
            self.client = client
            self._wire(client, receive, groups)
            await client.login(self._settings.token)
            await self._may_start(client)
            await self._register(client)
            self.ready.set()
            try:
                await client.connect()
            finally:
                self.ready.clear()
                self._performer = None
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(client.under_way.settled(), self._settings.pace.last_words)

    async def _register(self, client: Client) -> None:
        """Commands of an older start still work, so nothing waits for this."""
        wanted = commands.registered(self._commands, self._phrase, self._languages)
        try:
            await commands.register(client, wanted)
        except errors.Failure as fault:
            self._say(self._phrase("discord.not-registered", None, error=errors.kind(fault)))

    async def _may_start(self, client: Client) -> None:
        """Wait until Discord allows another session; it takes the token from who starts too often."""
        while not (found := await starts.allowed(client)).left:
            minutes = int(found.pause.total_seconds() // 60) + 1
            self._say(self._phrase("discord.no-starts-left", None, minutes=minutes))
            await asyncio.sleep(found.pause.total_seconds())
        address.use_gateway(found.gateway)
        client.starts.at_once = found.at_once

    async def _listening(self) -> discord.Intents:
        """The intents that are wanted and switched on; a sentence for each that is not."""
        settings = self._settings
        async with discord.Client(intents=discord.Intents(guilds=True)) as probe:
            await errors.understood(probe.login(settings.token))
            flags = probe.application_flags
        members = flags.gateway_guild_members or flags.gateway_guild_members_limited
        content = flags.gateway_message_content or flags.gateway_message_content_limited
        if settings.members and not members:
            self._say(self._phrase("discord.no-members-intent", None))
        if settings.message_content and not content:
            self._say(self._phrase("discord.no-message-content-intent", None))
        return intents(
            members=settings.members and members, message_content=settings.message_content and content
        )

    def _wire(self, client: Client, receive: Receive, groups: Groups) -> None:
        pace = self._settings.pace
        servers = Servers(receive, groups)

        async def refused(place: Place, missing: tuple[str, ...]) -> None:
            guild = client.get_guild(int(place.group)) if place.group.isdecimal() else None
            await servers.refused(guild, place, missing)

        self._performer = Performer(client, self._refused, refused, pace)
        client.wire(
            receive=receive,
            groups=groups,
            asking=Asking(
                receive=receive,
                groups=groups,
                members=Members(client, groups, pace.fresh),
                commands=self._commands,
                menus=commands.menu_names(self._commands, self._phrase),
                around=Surroundings(
                    now=self._now,
                    token_life=pace.token_life,
                    repeated=self._repeated,
                    another=self._not_alone,
                ),
                grace=pace.grace,
            ),
            newcomers=Newcomers(receive, groups, timedelta(seconds=pace.remembered), pace.lookup),
            servers=servers,
            refused=self._refused,
            since=discord.utils.utcnow() - timedelta(seconds=pace.remembered),
        )

    def _not_alone(self) -> None:
        """Another program answers with this token; the host is told once."""
        if self._is_alone:
            self._is_alone = False
            self._say(self._phrase("discord.another-bot", None))
