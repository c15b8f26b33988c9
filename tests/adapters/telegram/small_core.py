"""A core that answers what a test tells it to, and remembers every event."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.contract.actions import Action, Answer, Ask, Button, Field, Reply
from bot.contract.command import Command, Who
from bot.contract.events import Event, GroupMoved, Person
from bot.contract.markup import Body, Markup, Span

Kind = TypeVar("Kind")


def body(*blocks: str) -> Body:
    return tuple(Markup(f"test.{number}", (Span(text),)) for number, text in enumerate(blocks))


def reply(
    text: str, *buttons: Button, private: bool = True, replaces: bool = False, words_suffice: bool = False
) -> Reply:
    return Reply(
        body=body(text), buttons=buttons, private=private, replaces=replaces, words_suffice=words_suffice
    )


def ask(*fields: Field, payload: str = "1-asked", title: str = "Your question") -> Ask:
    return Ask(title=title, payload=payload, fields=fields or (Field(name="words", label="What is it?"),))


async def _never(event: object, context: object) -> Sequence[Action]:
    return ()


def command(name: str, *, who: Who = Who.MEMBERS, private: bool = True, outside: bool = False) -> Command:
    return Command(
        name=name,
        help=f"help of {name}",
        argument=None,
        who=who,
        run=_never,
        private=private,
        outside=outside,
    )


COMMANDS = (
    command("rules"),
    command("agree-rules"),
    command("signpost", outside=True),
    command("help", outside=True),
    command("remind", who=Who.MODERATORS),
)


class SmallCore:
    """``answers`` is called with each event; ``communities`` maps groups to a community."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.answers: Callable[[Event], Sequence[Answer]] = lambda event: ()
        self.communities: dict[str, int] = {}
        self.acquaintances: list[int] = []
        self.wanted: set[type[Event]] = set()

    async def receive(self, event: Event) -> Sequence[Answer]:
        self.events.append(event)
        if isinstance(event, GroupMoved) and event.before.group in self.communities:
            self.communities[event.place.group] = self.communities.pop(event.before.group)
        return self.answers(event)

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [event for event in self.events if isinstance(event, kind)]

    def wants(self, kind: type[Event], platform: str, group: str) -> bool:
        return kind in self.wanted

    def community(self, platform: str, group: str) -> int | None:
        return self.communities.get(group)

    def groups(self, platform: str, community: int) -> Sequence[str]:
        return [group for group, found in self.communities.items() if found == community]

    async def acquainted(self, person: Person, command: str = "") -> Sequence[int]:
        return self.acquaintances


def phrase(key: str, locale: str | None, **values: str | int) -> str:
    """The key itself, with its values: tests compare those."""
    return " ".join([key, *(f"{name}={value}" for name, value in values.items())])
