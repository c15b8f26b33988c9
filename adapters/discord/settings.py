"""How the bot reaches Discord: what the host configured, and how long things may take."""

from dataclasses import dataclass, field

API_BASE = "https://discord.com/api/v10"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """Seconds."""

    grace: float = 1.5  # what may open a form is deferred after this; Discord waits 3
    token_life: float = 15 * 60 - 5  # answers can be given this long after the question
    perform: float = 8.0  # after this long the outbox goes on with others and tries again
    refused: float = 3600.0  # a place that answered 403 is not asked again for this long
    last_words: float = 10.0  # for what is under way when the bot is stopped
    fresh: float = 300.0  # who is a member and a moderator is believed for this long in private chats
    login_again: float = 10.0  # between two tries to reach Discord at the start
    remembered: float = 24 * 3600.0  # newcomers of this long before the start are looked for
    lookup: float = 0.2  # between two requests that look for newcomers after a pause
    identify: float = 5.0  # between the starts of two shards that Discord lets start one by one
    guild_ready: float = 2.0  # after a pause this long between servers, a new session has told them all


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """``members`` and ``message_content`` are the privileged intents that are asked for.

    ``shard_ids`` names the shards of this process and needs ``shard_count``; by default Discord says how
    many there are, and all of them are ours.
    """

    token: str = field(repr=False)
    api_base: str = API_BASE
    members: bool = True
    message_content: bool = False
    shard_count: int | None = None
    shard_ids: tuple[int, ...] | None = None
    pace: Pace = Pace()
