"""Where the bot may speak, as far as is known without asking; and where it was refused."""

import time

import discord

_SPEAK = ("view_channel", "send_messages")
_SPEAK_IN_THREAD = ("view_channel", "send_messages_in_threads")
Channel = discord.abc.GuildChannel | discord.Thread


class Refused:
    """Places that answered 403. They are not asked again for a while, or until something changed there."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: dict[int, tuple[float, int]] = {}

    def note(self, channel: int, guild: int) -> None:
        self._until[channel] = (time.monotonic() + self._seconds, guild)

    def holds(self, channel: int) -> bool:
        until, _ = self._until.get(channel, (0.0, 0))
        return time.monotonic() < until

    def forget(self, guild: int) -> list[int]:
        """Permissions changed somewhere in this server; returns the channels that had refused."""
        freed = [one for one, kept in self._until.items() if kept[1] == guild]
        self._until = {one: kept for one, kept in self._until.items() if kept[1] != guild}
        return freed


def missing(channel: Channel) -> tuple[str, ...]:
    """The permissions to speak that the bot lacks there, by their names in discord.py."""
    me = channel.guild.me
    if me is None:
        return ()
    if isinstance(channel, discord.Thread):
        if channel.parent is None:
            return ()
        allowed, needed = channel.parent.permissions_for(me), _SPEAK_IN_THREAD
    else:
        allowed, needed = channel.permissions_for(me), _SPEAK
    return tuple(name for name in needed if not getattr(allowed, name))


def called(channel: Channel | None) -> str:
    """A channel as people know it."""
    return "" if channel is None else f"#{channel.name}"


def home(guild: discord.Guild) -> int:
    """Where the bot speaks first: where Discord greets, else the first channel it can write in."""
    channels: list[discord.TextChannel] = sorted(guild.text_channels, key=lambda one: one.position)
    if guild.system_channel is not None:
        channels.insert(0, guild.system_channel)
    return next((one.id for one in channels if not missing(one)), channels[0].id if channels else guild.id)
