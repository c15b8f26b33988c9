"""Real parts put together for a running bot: platforms from settings, and what is checked of them."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot import chosen, noticing, watch_check
from bot.commands import COMMANDS
from bot.config import Config, ConfigError
from bot.config_errors import no_token
from bot.connecting import Connected, connect
from bot.contract.events import Place
from bot.groups import Groups
from bot.lock import InUse, hold
from bot.reach import Phrases
from bot.settings import GroupSettings
from bot.storage.engine import make_engine
from bot.storage.migrate import migrate
from bot.storage.unit_of_work import Database
from bot.texts import Texts

if TYPE_CHECKING:
    from adapters.discord import Expected
    from adapters.discord import Settings as DiscordSettings
    from adapters.telegram import Settings as TelegramSettings

Say = Callable[[str], None]
DISCORD, TELEGRAM = "discord", "telegram"


class Finding(Protocol):
    """What a platform's check found: a sentence of the catalogue, and whether all is well."""

    @property
    def key(self) -> str: ...

    @property
    def good(self) -> bool: ...

    @property
    def values(self) -> dict[str, str]: ...


async def run(settings: Config, only: str | None, say: Say) -> None:
    """The bot on its platforms, until it is stopped."""

    key, texts = settings.key(), Texts.load()
    with hold(settings.database.url):
        connected = platforms(settings, texts, only, say)
        defaults = group_defaults(settings)
        await connect(
            url=settings.database.url, secret_key=key, platforms=connected, texts=texts, defaults=defaults
        )


def platforms(settings: Config, texts: Texts, only: str | None, say: Say) -> list[Connected]:
    """Every platform that has a token, or the one that was asked for. ConfigError if there is none."""

    found: list[Connected] = []
    if settings.discord.token is not None and only in (None, DISCORD):
        from adapters import discord

        found.append(
            discord.build(
                settings=_discord_settings(settings),
                commands=COMMANDS,
                phrase=Phrases(texts),
                languages=texts.languages,
                say=say,
            )
        )
    if settings.telegram.token is not None and only in (None, TELEGRAM):
        from adapters import telegram

        found.append(
            telegram.build(
                settings=_telegram_settings(settings),
                commands=COMMANDS,
                phrase=Phrases(texts),
                languages=texts.languages,
            )
        )
    if not found:
        raise ConfigError([no_token(only)])
    return found


def _discord_settings(settings: Config) -> "DiscordSettings":
    from adapters.discord import Settings

    chosen = settings.discord
    return Settings(
        token=chosen.token.get_secret_value() if chosen.token else "",
        api_base=chosen.api_base,
        members=chosen.members,
        message_content=chosen.message_content,
        shard_count=chosen.shards or None,
    )


def _telegram_settings(settings: Config) -> "TelegramSettings":
    from adapters.telegram import Settings, Webhook

    chosen, webhook = settings.telegram, None
    if chosen.webhook_url:
        # Telegram sends it along with every call; anybody who knows the key could make it again.
        secret = hashlib.sha256(f"webhook:{settings.key()}".encode()).hexdigest()
        webhook = Webhook(
            url=chosen.webhook_url, secret=secret, host=chosen.webhook_host, port=chosen.webhook_port
        )
    folder = Path(chosen.folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    token = chosen.token.get_secret_value() if chosen.token else ""
    return Settings(token=token, folder=folder, api_base=chosen.api_base, webhook=webhook)


async def check(settings: Config, say: Say) -> int:
    """Print what was found, a line each; the exit status is 1 if something is to be changed."""

    settings.key()
    phrase = Phrases(Texts.load())
    known, found = await _groups_known(settings.database.url), list[Finding]()
    if known is None:
        say(f"-- {phrase('check.running', None)}")
    if settings.discord.token is not None:
        from adapters import discord

        found += await discord.check(_discord_settings(settings), _servers(known) or None)
    if settings.telegram.token is not None:
        from adapters import telegram

        found += await telegram.check(
            _telegram_settings(settings), phrase, known.on(TELEGRAM) if known is not None else ()
        )
    if not found:
        raise ConfigError([no_token(None)])
    if known is not None:
        found += watch_check.check(noticing.shared(), known, reads_discord=_reads_discord(settings))
    for finding in found:
        say(f"{'ok' if finding.good else '->'} {phrase(finding.key, None, **finding.values)}")
    return 0 if all(finding.good for finding in found) else 1


def _reads_discord(settings: Config) -> bool:
    return settings.discord.token is None or settings.discord.message_content


def group_defaults(settings: Config) -> GroupSettings:

    chosen = settings.defaults
    return GroupSettings(
        country=chosen.country,
        language=chosen.language,
        time_zone=chosen.time_zone,
        quiet_from=chosen.quiet_hours.start,
        quiet_until=chosen.quiet_hours.end,
    )


async def _groups_known(url: str) -> Groups | None:
    """Where communities meet. None if a running bot has the database to itself."""
    groups = Groups()
    try:
        with hold(url):
            await migrate(url)
            database = Database(make_engine(url))
            try:
                await groups.load(database)
            finally:
                await database.close()
    except InUse:
        return None
    return groups


def _servers(groups: Groups | None) -> "list[Expected]":
    """The servers on Discord where communities meet, and what the bot does there, as far as is known."""
    from adapters.discord import Expected

    found: list[Expected] = []
    for id in groups.on(DISCORD) if groups is not None else ():
        place = Place(platform=DISCORD, group=id, channel="")
        group = groups.of(place) if groups is not None else None
        if group is not None:
            role = chosen.read(group.settings.read_role).get(chosen.group_key(place), "")
            found.append(Expected(group=id, places=group.speaks_where(DISCORD, id), role=role))
    return found
