"""A core that answers what a test tells it to, and remembers every event."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.contract.actions import Action, Answer, Ask, Button, Field, Reply
from bot.contract.command import Command, Who
from bot.contract.events import Event, Person
from bot.contract.markup import Body, Markup, Span

Kind = TypeVar("Kind")


def body(*blocks: str) -> Body:
    return tuple(Markup(f"test.{number}", (Span(text),)) for number, text in enumerate(blocks))


def reply(text: str, *buttons: Button, private: bool = True, replaces: bool = False) -> Reply:
    return Reply(body=body(text), buttons=buttons, private=private, replaces=replaces)


def ask(*fields: Field, payload: str = "1-asked", title: str = "Your question", note: Body = ()) -> Ask:
    fields = fields or (Field(name="words", label="What is it?"),)
    return Ask(title=title, payload=payload, fields=fields, note=note)


async def _never(event: object, context: object) -> Sequence[Action]:
    return ()


def command(
    name: str,
    *,
    who: Who = Who.MEMBERS,
    private: bool = True,
    outside: bool = False,
    argument: str | None = None,
    menu: str = "",
) -> Command:
    return Command(
        name=name,
        help=f"help of {name}",
        argument=argument,
        who=who,
        run=_never,
        private=private,
        outside=outside,
        menu=menu,
    )


COMMANDS = (
    command("rules", argument="number or word"),
    command("agree-rules", argument="vote"),
    command("signpost", outside=True, argument="topic"),
    command("post", private=False),
    command("remind", menu="Gentle reminder"),
    command("desk", who=Who.MODERATORS),
    command("why", who=Who.MODERATORS, menu="Why this reminder?"),
)


class SmallCore:
    """``answers`` is called with each event; ``communities`` maps groups to a community."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.answers: Callable[[Event], Sequence[Answer]] = lambda event: (reply("Here you are."),)
        self.communities: dict[str, int] = {}
        self.acquaintances: list[int] = []
        self.unwanted: set[type[Event]] = set()
        self.quick = True
        self.gate: asyncio.Event | None = None

    async def receive(self, event: Event) -> Sequence[Answer]:
        self.events.append(event)
        if self.gate is not None:
            await self.gate.wait()
        return self.answers(event)

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [event for event in self.events if isinstance(event, kind)]

    def wants(self, kind: type[Event], platform: str, group: str) -> bool:
        return kind not in self.unwanted

    def community(self, platform: str, group: str) -> int | None:
        return self.communities.get(group)

    def groups(self, platform: str, community: int) -> Sequence[str]:
        return [group for group, found in self.communities.items() if found == community]

    async def acquainted(self, person: Person, command: str = "") -> Sequence[int]:
        return self.acquaintances

    def known(self, platform: str) -> Sequence[str]:
        return list(self.communities)

    def at_once(self, event: Event) -> bool:
        return self.quick


GERMAN = {"help of rules": "Unsere Regeln", "commands.rules.name": "Regeln", "commands.words": "Worte"}


def phrase(key: str, locale: str | None, **values: str | int) -> str:
    """The key itself, with its values: tests compare those. A few German entries, to see translations."""
    if locale == "de" and key in GERMAN:
        return GERMAN[key]
    return " ".join([key, *(f"{name}={value}" for name, value in values.items())])
