"""Who waits for an answer, where it may be given, and the button press that must end in time."""

import asyncio
import logging
from dataclasses import dataclass

from telegram import Bot
from telegram.error import TelegramError

from adapters.telegram import errors
from bot.contract.events import Place

log = logging.getLogger(__name__)
LONGEST_ALERT = 200


class Query:
    """A pressed button turns until it is answered, once; after ``spinner`` seconds that happens by itself."""

    def __init__(self, bot: Bot, id: str, spinner: float) -> None:
        self._bot = bot
        self.id = id
        self.open = True
        self._late: asyncio.Task[bool] | None = None
        self._timer = asyncio.get_running_loop().call_later(spinner, self._end)

    def _end(self) -> None:
        self._late = asyncio.ensure_future(self.answer())

    async def answer(self, text: str | None = None, *, url: str | None = None) -> bool:
        """Answer with a box that only the presser sees, or by opening ``url``; False if that is too late."""
        if not self.open:
            return False
        self.open = False
        self._timer.cancel()
        try:
            await self._bot.answer_callback_query(self.id, text, show_alert=bool(text) or None, url=url)
        except TelegramError as error:
            log.info("a press could not be answered: %s", errors.kind(error))
            return False
        return True


@dataclass(kw_only=True, slots=True)
class Asked:
    """One event's way back.

    ``user`` is None for a moderator who speaks as the group: nothing private can reach them there.
    ``place`` is where the event happened; ``chat`` is where to speak, and ``private`` says that only the
    asker is there. ``message`` is what was typed or pressed; ``ephemeral`` the message whose button was
    pressed, if only this person sees it.
    """

    place: Place
    chat: int
    user: int | None
    locale: str | None
    thread: int | None = None
    message: int | None = None
    ephemeral: int | None = None
    query: Query | None = None
    community: int | None = None
    private: bool = False

    @property
    def asker(self) -> int:
        """The person, where the event can only be a known person's."""
        if self.user is None:
            raise LookupError("nobody known asked this")
        return self.user
