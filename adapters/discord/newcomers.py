"""People who come and go. Somebody has come once they have passed Rules Screening, and not before.

Who is still being screened is kept in memory; after a new connection everyone is looked at again, so that
nobody who came meanwhile is missed. The core greets a person once however often it hears of them.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import discord

from adapters.discord import errors, inbound, places
from adapters.discord.core import PLATFORM, Groups
from bot.contract.events import MemberJoined, MemberLeft
from bot.contract.platform import Receive

log = logging.getLogger(__name__)
_TOLD = 20_000
_A_PAGE = 1000  # people that Discord lists in one answer
Known = tuple[int, int]


class Newcomers:
    def __init__(self, receive: Receive, groups: Groups, remembered: timedelta, pause: float) -> None:
        self._receive = receive
        self._groups = groups
        self._remembered = remembered
        self._screened: set[Known] = set()
        self._told: OrderedDict[Known, None] = OrderedDict()
        self._pause = pause
        self._one_by_one = asyncio.Lock()

    async def joined(self, member: discord.Member) -> None:
        """Somebody joined; while they are being screened they are left alone."""
        if member.bot or not self._wanted(member.guild):
            return
        who = (member.guild.id, member.id)
        self._told.pop(who, None)
        if member.pending:
            self._screened.add(who)
        elif member.joined_at is None or self._is_new(member.joined_at):
            await self._tell(member)  # Discord tells of members of long standing too, at times

    async def updated(self, guild: discord.Guild, data: Mapping[str, Any]) -> None:
        """GUILD_MEMBER_UPDATE as the wire has it: without a cache there is no "before" to compare with."""
        who = (guild.id, int(data["user"]["id"]))
        if data.get("pending") or data["user"].get("bot") or not self._wanted(guild):
            return
        joined_at = discord.utils.parse_time(data.get("joined_at"))
        cleared = who in self._screened
        if not cleared and (who in self._told or not self._is_new(joined_at)):
            return
        self._screened.discard(who)
        member = discord.Member(data=data, guild=guild, state=guild._state)  # type: ignore[arg-type]
        await self._tell(member)

    async def left(self, guild: discord.Guild, user: inbound.Someone) -> None:
        self._screened.discard((guild.id, user.id))
        self._told.pop((guild.id, user.id), None)
        if user.bot or not self._groups.wants(MemberLeft, PLATFORM, str(guild.id)):
            return
        where = inbound.place(guild.id, places.home(guild))
        await self._receive(MemberLeft(**inbound.in_guild(guild, inbound.person(user), where, False)))

    async def reconcile(self, guild: discord.Guild, since: datetime) -> None:
        """Everyone who came or was let in while nobody listened.

        A thousand people a request, with a pause after each: many servers come back at the same moment.
        """
        if not self._wanted(guild):
            return
        was_screened = {who for who in self._screened if who[0] == guild.id}
        try:
            async with self._one_by_one:
                await self._look_up(guild, since, was_screened)
        except errors.Failure as fault:
            log.warning("newcomers were not looked up: %s", errors.kind(fault))

    async def _look_up(self, guild: discord.Guild, since: datetime, was_screened: set[Known]) -> None:
        number = 0
        async for member in guild.fetch_members(limit=None):
            number += 1
            if not number % _A_PAGE:
                await asyncio.sleep(self._pause)
            who = (guild.id, member.id)
            if member.bot:
                continue
            if member.pending:
                self._screened.add(who)
            elif who in was_screened or self._since(member, since):
                self._screened.discard(who)
                await self._tell(member)
        await asyncio.sleep(self._pause)

    def forget(self, guild: int) -> None:
        self._screened = {who for who in self._screened if who[0] != guild}

    async def _tell(self, member: discord.Member) -> None:
        who = (member.guild.id, member.id)
        if who in self._told:
            return
        self._told[who] = None
        if len(self._told) > _TOLD:
            self._told.popitem(last=False)
        where = inbound.place(member.guild.id, places.home(member.guild))
        event = MemberJoined(**inbound.in_guild(member.guild, inbound.person(member), where, True))
        await self._receive(event)

    def _is_new(self, joined_at: datetime | None) -> bool:
        return joined_at is not None and joined_at > discord.utils.utcnow() - self._remembered

    @staticmethod
    def _since(member: discord.Member, since: datetime) -> bool:
        return member.joined_at is not None and member.joined_at >= since

    def _wanted(self, guild: discord.Guild) -> bool:
        return self._groups.wants(MemberJoined, PLATFORM, str(guild.id))
