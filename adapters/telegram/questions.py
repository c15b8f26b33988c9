"""Open forms: asked in the private chat only, one field after the other, and kept over restarts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from telegram import ForceReply
from telegram.error import TelegramError

from adapters.telegram import errors, outbound, text
from adapters.telegram.asked import Asked
from adapters.telegram.connection import Connection
from adapters.telegram.core import Phrase
from adapters.telegram.state import KeptQuestion, State
from bot.contract.actions import Ask, Field
from bot.contract.events import Place
from bot.contract.markup import Markup, Span
from bot.contract.payload import at_community

PREFIX = "q_"
_SKIP, _KEEP, _STOP = "/skip", "/keep", "/stop"
WORDS = ("skip", "keep", "stop")
_PLACEHOLDER = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """A whole form: its number, where it was opened, and what it brings back."""

    number: int
    place: Place
    payload: str = field(repr=False)
    values: Mapping[str, str] = field(repr=False)
    community: int | None


class Questions:
    def __init__(self, connection: Connection, state: State, phrase: Phrase) -> None:
        self._connection = connection
        self._state = state
        self._phrase = phrase

    def keep(self, asked: Asked, ask: Ask) -> str:
        """Keep a form for the asker in place of an older one; returns the payload of the link to it."""
        kept = {
            "place": asdict(asked.place),
            "community": asked.community,
            "locale": asked.locale,
            "payload": ask.payload,
            "title": ask.title,
            "note": [asdict(block) for block in ask.note],
            "fields": [asdict(one) for one in ask.fields],
        }
        return f"{PREFIX}{self._state.ask(asked.asker, kept)}"

    async def begin(self, user: int, number: int | None = None) -> bool:
        """Put the open form to ``user`` in their private chat; False if there is none (of that number).

        TelegramError if the private chat cannot be reached.
        """
        question = self._state.question(user)
        if question is None or (number is not None and question.id != number):
            return False
        title = Markup("", (Span(question.asked["title"], bold=True),))
        for shown in outbound.messages((title, *_body(question.asked["note"]))):
            await self._connection.send(user, shown)
        await self._prompt(question)
        return True

    def waits(self, user: int) -> bool:
        return self._state.question(user) is not None

    async def take(self, user: int, message: int, words: str, on: int | None) -> Filled | None:
        """Words in the private chat as the answer to what was asked last; None while something is missing.

        An answer to another message than the prompt (``on``) is not taken for an answer to this question.
        """
        question = self._state.question(user)
        if question is None or (on is not None and on != question.prompt):
            return None
        twice = question.taken is not None and message <= question.taken
        if twice or not words.strip():  # or a picture, for example
            await self._prompt(question)
            return None
        if words.strip().lower() == _STOP:
            self._state.answered(question.id)
            await self._say(user, "telegram.stopped", question)
            return None
        return await self._taken(question, message, words)

    async def _taken(self, question: KeptQuestion, message: int, words: str) -> Filled | None:
        field_ = _field(question)
        value = _value(field_, words)
        if len(value) > field_.longest:
            room = {"longest": field_.longest, "given": len(value)}
            await self._say(question.person, "telegram.too-long", question, **room)
            return None
        given = {**question.given, field_.name: value}
        if question.step + 1 < len(question.asked["fields"]):
            await self._prompt(replace(question, step=question.step + 1, given=given, taken=message))
            return None
        return Filled(
            number=question.id,
            place=Place(**question.asked["place"]),
            payload=_payload(question),
            values=given,
            community=question.asked["community"],
        )

    def done(self, filled: Filled) -> None:
        """The core has taken the answers."""
        self._state.answered(filled.number)

    async def _prompt(self, question: KeptQuestion) -> None:
        field_ = _field(question)
        locale = question.asked["locale"]
        lines = [field_.label]
        if field_.value:
            lines.append(self._phrase("telegram.keep", locale, value=field_.value, word=_KEEP))
        if field_.optional:
            lines.append(self._phrase("telegram.skip", locale, word=_SKIP))
        lines.append(self._phrase("telegram.stop", locale, word=_STOP))
        shown = text.plain("\n\n".join(lines))
        placeholder = field_.label[:_PLACEHOLDER] or None
        # Kept before it is asked: what was answered already is never asked twice.
        self._state.go_on(replace(question, prompt=None))
        sent = await self._connection.send(
            question.person,
            outbound.Shown(shown),
            reply_markup=ForceReply(input_field_placeholder=placeholder),
        )
        self._state.go_on(replace(question, prompt=sent.message_id))

    async def _say(self, user: int, key: str, question: KeptQuestion, **values: int) -> None:
        shown = text.plain(self._phrase(key, question.asked["locale"], **values))
        try:
            await self._connection.send(user, outbound.Shown(shown))
        except TelegramError as error:
            errors.kind(error)


def _field(question: KeptQuestion) -> Field:
    return Field(**question.asked["fields"][question.step])


def _value(field_: Field, words: str) -> str:
    """What the words mean for this field."""
    typed = words.strip()
    if typed.lower() == _KEEP and field_.value:
        return field_.value
    if typed.lower() == _SKIP and field_.optional:
        return ""
    return typed


def _payload(question: KeptQuestion) -> str:
    payload, community = str(question.asked["payload"]), question.asked["community"]
    if question.asked["place"]["group"] or community is None:
        return payload
    return at_community(payload, community)


def _body(note: list[dict[str, Any]]) -> tuple[Markup, ...]:
    return tuple(Markup(block["key"], tuple(Span(**span) for span in block["spans"])) for block in note)
