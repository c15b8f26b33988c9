"""Interactions as the stand-in keeps them: first word within 3 seconds, the rest within 15 minutes."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.adapters.discord.stand_in.world import BOT, EPHEMERAL, Channel, Message, Someone, World, snowflake

FIRST_WORD, LIFE = 3.0, 15 * 60.0


class Refusal(Exception):
    """An answer other than 2xx: status and Discord's code."""

    def __init__(self, status: int, code: int) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code = status, code


@dataclass
class Question:
    """``response``: the type of the first word. ``original``: the message that is its original response."""

    id: str
    token: str
    who: Someone
    channel: Channel
    pressed: Message | None
    is_form: bool = False
    asked_at: float = 0.0
    response: int | None = None
    private: bool = False
    waiting: bool = False  # deferred, and not filled
    original: Message | None = None
    choices: list[dict[str, Any]] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class Questions:
    def __init__(self, world: World) -> None:
        self._world = world
        self.by_token: dict[str, Question] = {}
        self.forms: dict[str, tuple[Question, dict[str, Any]]] = {}
        self.opened: dict[str, int] = {}  # how many forms each person ever saw
        self._moved = 0.0

    def move_clock(self, seconds: float) -> None:
        """Time passes."""
        self._moved += seconds

    def now(self) -> datetime:
        """What a clock that is moved along says."""
        return datetime.now(UTC) + timedelta(seconds=self._moved)

    def new_id(self) -> str:
        """An id of that clock's now."""
        return snowflake(self._moved)

    def _age(self, question: Question) -> float:
        return time.monotonic() + self._moved - question.asked_at

    def ask(self, question: Question) -> Question:
        question.asked_at = time.monotonic() + self._moved
        self.by_token[question.token] = question
        return question

    def first_word(self, token: str, said: dict[str, Any]) -> dict[str, Any]:
        """POST callback."""
        question = self.by_token.get(token)
        if question is None or self._age(question) > FIRST_WORD:
            raise Refusal(404, 10062)
        if question.response is not None:
            raise Refusal(400, 40060)
        kind, data = said["type"], said.get("data") or {}
        if (kind == 9 and question.is_form) or (kind in (6, 7) and question.pressed is None):
            raise Refusal(400, 50035)
        question.response = kind
        self._take(question, kind, data)
        question.answered.set()
        made: dict[str, Any] = {"interaction": {"id": question.id, "type": 2}}
        if question.original is not None and kind in (4, 7):
            made["resource"] = {"type": kind, "message": question.original.wire()}
            made["interaction"]["response_message_id"] = question.original.id
        return made

    def _take(self, question: Question, kind: int, data: dict[str, Any]) -> None:
        match kind:
            case 4:
                question.original = self._say(question, data, data.get("flags", 0))
            case 5:
                question.waiting, question.private = True, bool(data.get("flags", 0) & EPHEMERAL)
            case 6:
                question.original = question.pressed
            case 7 if question.pressed is not None:
                question.original = self._change(question.pressed, data)
            case 8:
                question.choices = data["choices"]
            case 9:
                self.forms[question.who.id] = (question, data)
                self.opened[question.who.id] = self.opened.get(question.who.id, 0) + 1

    def follow(self, token: str, data: dict[str, Any]) -> Message:
        """POST webhook: the first one after a deferral fills it, with the deferral's visibility."""
        question = self._alive(token)
        if question.waiting:
            return self._fill(question, data)
        return self._say(question, data, data.get("flags", 0))

    def edit_original(self, token: str, data: dict[str, Any]) -> Message:
        question = self._alive(token)
        if question.waiting:
            return self._fill(question, data)
        if question.original is None:
            raise Refusal(404, 10008)
        return self._change(question.original, data)

    def delete_original(self, token: str) -> None:
        question = self._alive(token)
        if question.waiting:
            question.waiting = False
        elif question.original is not None and question.response != 6:
            question.original.deleted = True
            self._world.changed(question.original)
        else:
            raise Refusal(404, 10008)

    def _alive(self, token: str) -> Question:
        question = self.by_token.get(token)
        if question is None or question.response is None:
            raise Refusal(404, 10015)
        if self._age(question) > LIFE:
            raise Refusal(401, 50027)
        return question

    def _fill(self, question: Question, data: dict[str, Any]) -> Message:
        question.waiting = False
        question.original = self._say(question, data, EPHEMERAL if question.private else 0)
        return question.original

    def _say(self, question: Question, data: dict[str, Any], flags: int) -> Message:
        if not data.get("content") and not data.get("components"):
            raise Refusal(400, 50006)
        private = bool(flags & EPHEMERAL)
        return self._world.say(
            Message(
                question.channel,
                BOT,
                data.get("content") or "",
                data.get("components") or [],
                flags=flags,
                only_for=question.who if private else None,
                webhook=BOT.id,
            )
        )

    def _change(self, message: Message, data: dict[str, Any]) -> Message:
        if "content" in data:
            message.content = data["content"] or ""
        if "components" in data:
            message.components = data["components"] or []
        return self._world.changed(message)
