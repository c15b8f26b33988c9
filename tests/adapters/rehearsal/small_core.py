"""A small honest bot for the room: a few commands, buttons, a form, a vote that ends after seven days."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from adapters.rehearsal import CommandShown, Rehearsal, RoomClock
from bot.contract.actions import Answer, Ask, Button, Choices, Edit, Field, Post, Reply, Sent, Tell
from bot.contract.events import (
    ButtonPressed,
    ChoicesAsked,
    CommandGiven,
    Event,
    FormAnswered,
    GroupAdded,
    MemberJoined,
    MessageRef,
    Person,
    Place,
    TextPosted,
)
from bot.contract.markup import Body, Markup, Span

COMMANDS = (
    CommandShown(name="rules", help="Read the rules we use", argument="number or word"),
    CommandShown(name="signpost", help="Find help", argument="topic"),
    CommandShown(name="agree-rules", help="What we are deciding, and my vote"),
    CommandShown(name="desk", help="What needs you next", moderators_only=True, menu="Ask the desk"),
)
TOPICS = ("hypos", "sick days", "talking to someone")


def say(*paragraphs: str) -> Body:
    return tuple(Markup("test", (Span(text),)) for text in paragraphs)


RULES: Body = (
    Markup("rules.title", (Span("Starter rules", bold=True), Span(". We have not agreed these yet."))),
    Markup(
        "rules.list",
        (
            Span("1. Be kind.", item=True),
            Span("2. What is said here stays here.", item=True),
            Span("3. Your own story, not instructions. Read more at ", item=True),
            Span("Diabetes UK", url="https://www.diabetes.org.uk/"),
        ),
    ),
)


@dataclass
class Store:
    """What the bot stored; it outlives the bot."""

    events: list[Event] = field(default_factory=list)
    outbox: list[Sent] = field(default_factory=list)
    delivered: int = 0
    ballots: dict[str, str] = field(default_factory=dict)
    due: list[tuple[datetime, Place]] = field(default_factory=list)
    happened_at: list[datetime] = field(default_factory=list)
    built: int = 0
    wanting: bool = False
    ballot: MessageRef | None = None


class SmallCore:
    zone: tzinfo = ZoneInfo("Europe/London")

    def __init__(self, platform: Rehearsal, clock: RoomClock, store: Store) -> None:
        self._platform = platform
        self._clock = clock
        self.store = store

    def wants(self, kind: type[Event], platform: str, group: str) -> bool:
        return self.store.wanting

    async def acquainted(self, person: Person, command: str = "") -> Sequence[int]:
        return []

    def waits_for_nobody(self, event: Event) -> bool:
        return False

    async def next_due(self) -> datetime | None:
        return min((due for due, _ in self.store.due), default=None)

    async def run_due(self) -> None:
        for row in [row for row in self.store.due if row[0] <= self._clock.now()]:
            self.store.due.remove(row)
            self.store.happened_at.append(self._clock.now())
            many = len(self.store.ballots)
            self.store.outbox.append(
                Post(place=row[1], body=say(f"The vote is over. {many} took part."), started=True)
            )
        while self.store.delivered < len(self.store.outbox):
            action = self.store.outbox[self.store.delivered]
            key = f"out-{self.store.delivered}"
            made = await self._platform.perform(action, key)
            assert await self._platform.perform(action, key) == made
            if isinstance(action, Post) and action.name == "ballot":
                self.store.ballot = made
            self.store.delivered += 1

    async def receive(self, event: Event) -> Sequence[Answer]:
        self.store.events.append(event)
        match event:
            case CommandGiven():
                return self._command(event)
            case ButtonPressed():
                return self._button(event)
            case ChoicesAsked(words=words):
                return [Choices(items=tuple((one, one.title()) for one in TOPICS if words in one))]
            case FormAnswered(values=values):
                return [Reply(body=say("Your idea is kept:", values["words"]), replaces=True)]
            case GroupAdded(place=place):
                hello = Post(place=place, body=say("Hello. I look after the rules."), pin=True)
                self.store.outbox.append(hello)
                return [Reply(body=say("Three questions first."))]
            case MemberJoined(place=place, person=person):
                welcome = Place(platform=place.platform, group=place.group, channel="welcome")
                self.store.outbox.append(
                    Post(place=welcome, body=say("Welcome. Reading counts as being here."))
                )
                self.store.outbox.append(Tell(person=person, body=say("You can ask me things here.")))
            case TextPosted(text="shout"):
                return [Reply(body=say("I heard that."), private=False)]
        return []

    def _command(self, event: CommandGiven) -> Sequence[Answer]:
        match event.name:
            case "rules":
                suggest = Button(label="Suggest a change", payload="1-suggest", typed="/agree-rules suggest")
                about = Button(label="About rules", url="https://example.org/")
                return [Reply(body=RULES, buttons=(suggest, about))]
            case "desk" if event.person.is_moderator:
                ask = Button(label="Ask the group", payload="1-ask", typed="/desk ask")
                return [Reply(body=say("Next step: ask the group."), buttons=(ask,))]
            case "desk":
                return [Reply(body=say("That is for moderators."))]
            case "more":
                buttons = (Button(label="Next page", payload="1-next", typed="/more 2"),)
                return [Reply(body=say("Page 1"), buttons=buttons)]
            case "tell":
                return [Reply(body=say(event.words), private=False)]
            case "break":
                raise RuntimeError("broken on purpose")
        return [Reply(body=say(f"I do not know /{event.name}. Try /rules."))]

    def _button(self, event: ButtonPressed) -> Sequence[Answer]:
        match event.payload:
            case "1-ask":
                self._open(event.place)
                return [Reply(body=say("The vote is open for seven days."), replaces=True)]
            case "1-agree":
                self.store.ballots[event.person.id] = "agree"
                confirmed = say("Your vote: agree. You can change it until the vote ends.")
                return [Reply(body=confirmed, replaces=True)]
            case "1-suggest":
                words = Field(name="words", label="Your idea", lines=3, longest=280)
                why = Field(name="why", label="Why", optional=True, longest=140)
                note = say("One idea in your own words.")
                return [Ask(title="Suggest a change", payload="1-idea", fields=(words, why), note=note)]
            case "1-next":
                return [Reply(body=say("Page 2"), replaces=True)]
            case "1-edit" if event.on:
                self.store.outbox.append(Edit(message=event.on, body=say("Edited.")))
        return []

    def _open(self, place: Place) -> None:
        labels = (("Agree to all", "1-agree"), ("Object to a rule", "1-object"), ("Skip", "1-skip"))
        buttons = tuple(
            Button(label=label, payload=payload, typed=f"/agree-rules {label.lower()}")
            for label, payload in labels
        )
        self.store.outbox.append(
            Post(place=place, body=say("Shall we use these rules?"), buttons=buttons, name="ballot")
        )
        self.store.due.append((self._clock.now() + timedelta(days=7), place))


class Builder:
    """Builds small bots on one store; hand it to ``serve``, ``play`` or a RoomStage."""

    def __init__(self) -> None:
        self.store = Store()

    @asynccontextmanager
    async def __call__(self, platform: Rehearsal, clock: RoomClock) -> AsyncIterator[SmallCore]:
        self.store.built += 1
        yield SmallCore(platform, clock, self.store)
