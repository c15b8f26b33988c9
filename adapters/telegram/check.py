"""Whether everything is in place on Telegram's side: the token, the bot's rights, privacy mode."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from telegram import ChatMemberAdministrator
from telegram.error import InvalidToken, TelegramError

from adapters.telegram import errors
from adapters.telegram.connection import Connection
from adapters.telegram.core import Phrase
from adapters.telegram.members import is_present
from adapters.telegram.settings import Settings

_RIGHTS = {
    "can_delete_messages": "telegram.check.no-delete",
    "can_pin_messages": "telegram.check.no-pin",
    "can_invite_users": "telegram.check.no-invite",
    "can_manage_topics": "telegram.check.no-topics",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A sentence of the catalogue and what to fill into it. ``good``: nothing to do."""

    key: str
    good: bool = False
    values: dict[str, str] = field(default_factory=dict)


async def check(settings: Settings, phrase: Phrase, groups: Sequence[str]) -> list[Finding]:
    """Look at the token and at each of these groups. Never raises; sends nothing that people see."""
    connection = Connection(settings, phrase)
    try:
        await connection.bot.initialize()
        return [*_bot(connection), *[one for group in groups for one in await _group(connection, int(group))]]
    except InvalidToken:
        return [Finding(key="telegram.wrong-token")]
    except TelegramError as error:
        return [Finding(key="telegram.check.unreachable", values={"error": errors.kind(error)})]
    finally:
        await connection.close()


def _bot(connection: Connection) -> list[Finding]:
    name = {"bot": f"@{connection.me.username}"}
    found = [Finding(key="telegram.check.token", good=True, values=name)]
    return found if connection.me.can_join_groups else [*found, Finding(key="telegram.check.no-groups")]


async def _group(connection: Connection, chat: int) -> list[Finding]:
    bot = connection.bot
    try:
        info = await bot.get_chat(chat)
        own = await bot.get_chat_member(chat, bot.id)
    except TelegramError:
        return [Finding(key="telegram.check.no-group", values={"group": str(chat)})]
    name = {"group": info.title or str(chat)}
    if not is_present(own):
        return [Finding(key="telegram.check.not-in-group", values=name)]
    if not isinstance(own, ChatMemberAdministrator):
        reads = bool(connection.me.can_read_all_group_messages)
        key = "telegram.check.privacy-off" if reads else "telegram.check.privacy-on"
        return [Finding(key="telegram.check.not-administrator", values=name), Finding(key=key, values=name)]
    lacking = [
        Finding(key=key, values=name)
        for right, key in _RIGHTS.items()
        if not getattr(own, right) and (right != "can_manage_topics" or info.is_forum)
    ]
    return lacking or [Finding(key="telegram.check.group-good", good=True, values=name)]
