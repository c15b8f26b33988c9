"""The life of one question: acknowledged in time, answered, and private as long as it lives.

Discord waits three seconds for a first word and fifteen minutes for the rest. How a first word looks to
others is fixed by it; so what cannot be said in the right way is taken back before anything is sent.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

import aiohttp
import discord

from adapters.discord import errors, outbound
from adapters.discord.no_repeats import Repeated
from adapters.discord.outbound import Shown
from bot.contract.actions import Reply

log = logging.getLogger(__name__)
Interaction = discord.Interaction[Any]


class Said(Enum):
    """What Discord has heard from us about a question."""

    NOTHING = auto()
    THINKING = auto()  # a message that waits to be filled
    TAKEN = auto()  # a press that was taken note of; nothing shows
    ELSEWHERE = auto()  # another program with our token answers


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """``token_life``: seconds. ``another`` is called when another program has answered a question of ours."""

    now: Callable[[], datetime]
    token_life: float
    repeated: Repeated
    another: Callable[[], None]


class Question:
    """An interaction and how far its answer has come."""

    def __init__(self, interaction: Interaction, around: Surroundings) -> None:
        self._interaction = interaction
        self._around = around
        self._said = Said.NOTHING
        self._hidden = True  # whether what waits to be filled is for the asker only

    @property
    def may_open_form(self) -> bool:
        is_form = self._interaction.type is discord.InteractionType.modal_submit
        return self._said is Said.NOTHING and not is_form

    @property
    def expired(self) -> bool:
        age = self._around.now() - self._interaction.created_at
        return age.total_seconds() > self._around.token_life

    async def defer(self, private: bool) -> None:
        """Take note of the question; the answer follows."""
        if self._said is not Said.NOTHING:
            return
        response = self._interaction.response
        thinking = self._interaction.message is None
        if await self._first_word(lambda: response.defer(ephemeral=private, thinking=thinking)):
            self._said = Said.THINKING if thinking else Said.TAKEN
            self._hidden = private

    async def open_form(self, form: discord.ui.Modal) -> None:
        await self._first_word(lambda: self._interaction.response.send_modal(form))

    async def say(self, reply: Reply) -> None:
        """Show a reply, all of it or its beginning; never to more people than it is for."""
        if self._said is Said.ELSEWHERE:
            return
        if self.expired:
            log.warning("an answer came too late to be shown")
            return
        first, *rest = outbound.messages(reply.body, reply.buttons)
        shown = await self._first(first, reply)
        for more in rest:
            shown = shown and await self._follow(more, reply.private)

    async def leave(self) -> None:
        """There is nothing to say: nothing keeps waiting."""
        if self._said is Said.NOTHING:
            await self.defer(True)
        if self._said is Said.THINKING:
            await self._take_back()

    async def _first(self, shown: Shown, reply: Reply) -> bool:
        replaces = reply.replaces and reply.private and self._own_message()
        response = self._interaction.response
        if self._said is Said.NOTHING and not response.is_done():
            self._said = Said.TAKEN
            if replaces:
                return await self._first_word(
                    lambda: response.edit_message(content=shown.text, view=shown.view)
                )
            return await self._first_word(
                lambda: response.send_message(
                    shown.text,
                    view=shown.view or discord.utils.MISSING,
                    ephemeral=self._hides(reply.private),
                    suppress_embeds=True,
                )
            )
        if replaces and self._said is Said.TAKEN:
            return await self._edit(shown)
        if self._said is Said.THINKING:
            self._said = Said.TAKEN
            if self._hidden == reply.private:
                return await self._edit(shown)
            if not await self._take_back():
                return False
        return await self._follow(shown, reply.private)

    async def _edit(self, shown: Shown) -> bool:
        edit = self._interaction.edit_original_response
        return await self._sent(edit(content=shown.text, view=shown.view))

    async def _follow(self, shown: Shown, private: bool) -> bool:
        return await self._sent(
            self._interaction.followup.send(
                shown.text,
                view=shown.view or discord.utils.MISSING,
                ephemeral=self._hides(private),
                suppress_embeds=True,
            )
        )

    async def _take_back(self) -> bool:
        self._said = Said.TAKEN
        return await self._sent(self._interaction.delete_original_response())

    def _hides(self, private: bool) -> bool:
        """In a chat of two, a private answer may stay; elsewhere only the asker sees it."""
        return private and self._interaction.guild_id is not None

    def _own_message(self) -> bool:
        """Whether the pressed button is on something that only the asker sees."""
        message = self._interaction.message
        return message is not None and (message.flags.ephemeral or self._interaction.guild_id is None)

    async def _first_word(self, say: Callable[[], Awaitable[Any]]) -> bool:
        """Whether our first word arrived; it is said again if the connection broke before an answer.

        Discord calls it a repeat (40060) if it did arrive before that, or if another program was quicker.
        """
        broke = False
        while True:
            try:
                await say()
            except (aiohttp.ClientError, OSError) as fault:
                if broke:
                    return _failed(fault)
                broke = True
                continue
            except errors.Failure as fault:
                if not isinstance(fault, discord.HTTPException) or fault.code != errors.ALREADY_ACKNOWLEDGED:
                    return _failed(fault)
                if broke or self._interaction.id in self._around.repeated:
                    return True
                self._said = Said.ELSEWHERE
                self._around.another()
                return False
            return True

    async def _sent(self, saying: Awaitable[Any]) -> bool:
        """Whether it arrived."""
        try:
            await saying
        except errors.Failure as fault:
            return _failed(fault)
        return True


def _failed(fault: BaseException) -> bool:
    log.warning("an answer could not be shown: %s", errors.kind(fault))
    return False


async def suggest(interaction: Interaction, items: Sequence[tuple[str, str]]) -> None:
    """What could be typed next: at most 25, each at most 100 characters."""
    choices = [
        discord.app_commands.Choice(name=shown[:100] or inserted[:100], value=inserted)
        for inserted, shown in items
        if 0 < len(inserted) <= 100
    ]
    try:
        await interaction.response.autocomplete(choices[:25])
    except errors.Failure as fault:
        log.info("suggestions came too late: %s", errors.kind(fault))
