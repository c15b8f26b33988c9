"""Interactions: from a question on Discord through the core's one door to its answer."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

import discord

from adapters.discord import inbound, outbound
from adapters.discord.answers import Question, Surroundings, suggest
from adapters.discord.core import Groups
from adapters.discord.members import Members
from bot.contract.actions import Answer, Ask, Button, Choices, Reply
from bot.contract.command import Command
from bot.contract.events import ButtonPressed, CommandGiven, FormAnswered
from bot.contract.markup import Markup, Span
from bot.contract.platform import Receive

_FORMS = 500
_WAITING = "form:"
_EVENTS = 5000
Asked = CommandGiven | ButtonPressed | FormAnswered
Interaction = discord.Interaction[Any]


class Asking:
    def __init__(
        self,
        *,
        receive: Receive,
        groups: Groups,
        members: Members,
        commands: Sequence[Command],
        menus: Mapping[str, str],
        around: Surroundings,
        grace: float,
    ) -> None:
        self._receive = receive
        self._groups = groups
        self._members = members
        self._public = frozenset(command.name for command in commands if not command.private)
        self._menus = menus
        self._around = around
        self._grace = grace
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._forms: OrderedDict[str, Ask] = OrderedDict()

    async def heard(self, interaction: Interaction) -> None:
        """Answer an interaction, once however often it comes."""
        if interaction.id in self._seen:
            return
        _keep(self._seen, interaction.id, None, _EVENTS)
        match interaction.type:
            case discord.InteractionType.application_command:
                command = inbound.command(interaction, self._menus)
                await self._ask(interaction, await self._members.at_home(command))
            case discord.InteractionType.component:
                await self._press(interaction)
            case discord.InteractionType.modal_submit:
                await self._ask(interaction, await self._members.placed(inbound.answer(interaction)))
            case discord.InteractionType.autocomplete:
                await self._suggest(interaction)

    async def _press(self, interaction: Interaction) -> None:
        event = inbound.press(interaction)
        waiting = self._forms.get(event.payload)
        if waiting is None:
            await self._ask(interaction, await self._members.placed(event))
        else:
            await self._question(interaction).open_form(outbound.form(waiting))

    async def _suggest(self, interaction: Interaction) -> None:
        answers = await self._receive(inbound.choices(interaction))
        await suggest(
            interaction, [item for one in answers if isinstance(one, Choices) for item in one.items]
        )

    async def _ask(self, interaction: Interaction, event: Asked) -> None:
        question = self._question(interaction)
        private = not (isinstance(event, CommandGiven) and event.name in self._public)
        if self._groups.at_once(event):
            answers = await self._soon(question, event, private)
        else:
            _, answers = await asyncio.gather(question.defer(private), self._receive(event))
        spoken = [one for one in answers if isinstance(one, Reply | Ask)]
        for one in spoken:
            await self._answer(question, event, one)
        if not spoken:
            await question.leave()

    async def _soon(self, question: Question, event: Asked, private: bool) -> Sequence[Answer]:
        """The answer if it comes quickly, so that it can be a form; deferred while it does not."""
        answering = asyncio.ensure_future(self._receive(event))
        done, _ = await asyncio.wait([answering], timeout=self._grace)
        if not done:
            await question.defer(private)
        return await answering

    async def _answer(self, question: Question, event: Asked, answer: Reply | Ask) -> None:
        if isinstance(answer, Reply):
            await question.say(answer)
        elif question.may_open_form:
            await question.open_form(outbound.form(answer))
        else:
            await question.say(self._form_on_a_button(event, answer))

    def _form_on_a_button(self, event: Asked, ask: Ask) -> Reply:
        """A form cannot follow a form, or come late: a button opens it. What was typed is shown meanwhile."""
        payload = event.payload if isinstance(event, ButtonPressed) else f"{_WAITING}{event.id}"
        if payload.startswith(_WAITING):
            _keep(self._forms, payload, ask, _FORMS)
        typed = tuple(Markup("", (Span(one.value),)) for one in ask.fields if one.value)
        title = Markup("", (Span(ask.title, bold=True),))
        button = Button(label=ask.title, payload=payload)
        return Reply(body=(title, *ask.note, *typed), buttons=(button,))

    def _question(self, interaction: Interaction) -> Question:
        return Question(interaction, self._around)


def _keep(kept: "OrderedDict[Any, Any]", key: object, value: object, most: int) -> None:
    kept[key] = value
    while len(kept) > most:
        kept.popitem(last=False)
