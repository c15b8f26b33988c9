"""How the bot reaches Telegram: what the host configured, and the paces that Telegram asks for."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Webhook:
    """Telegram calls us at ``url`` (https); we listen on ``host``:``port`` behind a proxy.

    ``secret`` is what Telegram sends along, 1-256 of ``A-Z a-z 0-9 _ -``.
    """

    url: str
    secret: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8443


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """Seconds. Telegram's own limits by default; tests make them shorter."""

    poll: int = 50  # how long one getUpdates waits
    confirm: float = 0.15  # unhandled after this long: written down, so that others go on
    edits: float = 3.0  # between two edits of one message
    per_minute: int = 20  # messages into one group
    per_second: int = 25  # messages altogether; about 30 pass, and what is sent evenly may arrive in a bunch
    perform: float = 2.0  # after this long the outbox goes on with others
    spinner: float = 6.0  # a button press is answered by then, whatever happens
    last_words: float = 10.0  # for what is under way when the bot is stopped
    fresh: float = 600.0  # how long lists of moderators and members are believed
    first_retry: float = 1.0
    longest_retry: float = 30.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """``api_base`` is an address without the ``/bot`` part; the adapter keeps its file in ``folder``."""

    token: str = field(repr=False)
    folder: Path
    api_base: str = "https://api.telegram.org"
    webhook: Webhook | None = None
    pace: Pace = Pace()
