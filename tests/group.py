"""A group under test: the real core on a real database, a clock to move, and a platform that keeps
what it was asked to do. People type, press what they see by its label, fill forms, join and leave."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.contract.actions import (
    Answer,
    Ask,
    Button,
    Choices,
    DecideJoin,
    Delete,
    Edit,
    GiveRole,
    OpenThread,
    Post,
    Reply,
    Sent,
    Tell,
)
from bot.contract.events import (
    ButtonPressed,
    ChoicesAsked,
    CommandGiven,
    Event,
    FormAnswered,
    GroupAdded,
    GroupMoved,
    GroupRemoved,
    MemberJoined,
    MemberLeft,
    MessageRef,
    Person,
    Place,
    Role,
    TextPosted,
    ThreadOpened,
)
from bot.contract.markup import plain
from bot.contract.platform import Receive, Surface, Unreachable
from bot.directory import Directory
from bot.groups import Groups
from bot.outbox import Outbox
from bot.schedule import Schedule
from bot.secrecy import Secrecy
from bot.storage.engine import make_engine
from bot.storage.migrate import migrate
from bot.storage.unit_of_work import Database
from bot.texts import Texts

TEXTS = Texts.load()
DIRECTORY = Directory.load()
MONDAY = datetime(2027, 1, 11, 10, 0, tzinfo=UTC)  # 10:00 in London, winter time
PLACE = Place(platform="test", group="g1", channel="c1")
LONG_AGO = MONDAY - timedelta(days=400)


class Clock:
    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Shown:
    """One message of the bot in the group."""

    id: str
    place: Place
    text: str
    buttons: tuple[Button, ...]
    at: datetime
    started: bool
    keys: tuple[str, ...]
    edited: int = 0
    silent: bool = False
    pin: bool = False


@dataclass
class Platform:
    """Keeps what it is asked to do; the same key twice is one message, as a platform with a nonce has it."""

    clock: Clock
    name: str = "test"
    surface: Surface = field(
        default_factory=lambda: Surface(max_text=4000, threads=True, dm_needs_hello=False)
    )
    messages: dict[str, Shown] = field(default_factory=dict)
    told: list[tuple[str, Tell, datetime]] = field(default_factory=list)
    keys: dict[str, MessageRef | None] = field(default_factory=dict)
    unreachable: set[str] = field(default_factory=set)
    failures: list[Exception] = field(default_factory=list)
    forums: set[str] = field(default_factory=set)  # channels in which threads can be opened
    opened: list[OpenThread] = field(default_factory=list)
    deeds: list[GiveRole | DecideJoin] = field(default_factory=list)
    gives_new_ids: bool = False  # to what is edited, as for a long post that became a longer one

    async def run(self, receive: Receive) -> None:
        """Nothing arrives by itself here."""

    async def perform(self, action: Sent, key: str) -> MessageRef | None:
        if self.failures:
            raise self.failures.pop(0)
        if key not in self.keys:
            self.keys[key] = self._do(action)
        return self.keys[key]

    def _do(self, action: Sent) -> MessageRef | None:
        match action:
            case Post():
                id = f"m{len(self.keys) + 1}"
                self.messages[id] = Shown(
                    id=id,
                    place=action.place,
                    text=plain(action.body),
                    buttons=action.buttons,
                    at=self.clock(),
                    started=action.started,
                    keys=tuple(block.key for block in action.body),
                    silent=action.silent,
                    pin=action.pin,
                )
                return MessageRef(place=action.place, id=id)
            case Edit():
                shown = self.messages[action.message.id]
                shown.text, shown.buttons = plain(action.body), action.buttons
                shown.edited += 1
                if not self.gives_new_ids:
                    return action.message
                shown.id = f"{shown.id}+"
                self.messages[shown.id] = self.messages.pop(action.message.id)
                return replace(action.message, id=shown.id)
            case Delete():
                del self.messages[action.message.id]
                return None
            case Tell():
                self.told.append((action.person.id, action, self.clock()))
                return None
            case OpenThread():
                return self._open(action)
            case GiveRole() | DecideJoin():
                self.deeds.append(action)
                return None

    def _open(self, thread: OpenThread) -> MessageRef:
        if thread.place.channel not in self.forums:
            raise Unreachable
        self.opened.append(thread)
        where = replace(thread.place, thread=f"t{len(self.opened)}")
        post = Post(place=where, body=thread.body, buttons=thread.buttons, started=thread.started)
        made = self._do(post)
        assert made is not None
        return made


class GroupUnderTest:
    """See the module. ``await GroupUnderTest.start(folder)`` makes one; ``set_up`` does the three answers."""

    def __init__(self, url: str, clock: Clock, platform: Platform) -> None:
        self.url = url
        self.clock = clock
        self.platform = platform
        self.size = 12
        self.people: dict[str, Person] = {}
        self.directory = DIRECTORY  # before wiring
        self.roles: tuple[Role, ...] = ()  # of the platform, in every group there
        self.seen: dict[str, list[Answer]] = {}
        self._events = 1000

    @classmethod
    async def start(cls, folder: Path, *, url: str = "", at: datetime = MONDAY) -> "GroupUnderTest":
        clock = Clock(at)
        group = cls(url or f"sqlite:///{folder / 'test.db'}", clock, Platform(clock))
        await migrate(group.url)
        await group.wire()
        for name in ("Mo", "Asha", "Ben", "Cai", "Dee", "Eli", "Fay", "Gus"):
            group.add_person(name, moderator=name == "Mo")
        return group

    async def wire(self, secret_key: str = "a secret for tests") -> None:
        """Build everything anew from the database, as a restart does."""
        self.engine = make_engine(self.url)
        self.database = Database(self.engine)
        self.groups = Groups()
        await self.groups.load(self.database)
        self.app = App(
            database=self.database,
            groups=self.groups,
            secrecy=Secrecy(secret_key),
            texts=TEXTS,
            directory=self.directory,
            clock=self.clock,
        )
        outbox = Outbox(self.database, self.groups, [self.platform])
        self.schedule = Schedule(
            app=self.app, database=self.database, groups=self.groups, outbox=outbox, clock=self.clock
        )

    async def rebuild(self, secret_key: str = "a secret for tests") -> None:
        await self.close()
        await self.wire(secret_key)

    async def close(self) -> None:
        await self.database.close()

    def add_person(
        self, name: str, *, moderator: bool = False, joined_at: datetime | None = LONG_AGO
    ) -> Person:
        person = Person(
            platform="test", id=f"id-{name}", name=name, is_moderator=moderator, joined_at=joined_at
        )
        self.people[name] = person
        return person

    async def set_up(self) -> None:
        """Added by Mo, who gives the three answers: England, adults, any moderator."""
        await self.add_bot()
        await self.press("Mo", "Set up this group")
        await self.press("Mo", "England")
        await self.press("Mo", "Adults only")
        await self.press("Mo", "Name any moderator")
        await self.settle()

    async def add_bot(self, place: Place = PLACE) -> None:
        await self.receive(GroupAdded(**self.about("Mo", place)))
        await self.settle()

    def about(self, name: str, place: Place = PLACE) -> dict[str, Any]:
        self._events += 1
        return {
            "id": f"e{self._events}",
            "seq": self._events,
            "place": place,
            "person": self.people[name],
            "is_member": True,
            "group_size": self.size,
            "group_roles": self.roles,
        }

    async def receive(self, event: Event) -> Sequence[Answer]:
        """Hand one event to the door, and keep what its person saw."""
        answers = await self.app.receive(event)
        if not isinstance(event, GroupAdded) and answers and hasattr(event, "person"):
            self.seen.setdefault(event.person.name, []).extend(answers)
        return answers

    async def type(self, name: str, text: str, place: Place = PLACE) -> str:
        """Type a command such as ``/rules 4``; returns the text of the answer."""
        command, _, words = text.removeprefix("/").partition(" ")
        return _text(await self.receive(CommandGiven(**self.about(name, place), name=command, words=words)))

    async def say(self, name: str, text: str, place: Place = PLACE, edits: str = "") -> str:
        """Post an ordinary message, as an adapter does it: only if anybody wants it. Returns its id."""
        about = self.about(name, place)
        id = edits or f"s{about['seq']}"
        if self.app.wants(TextPosted, place.platform, place.group):
            message = MessageRef(place=place, id=id)
            posted = TextPosted(
                **about, text=text, message=message, edited=bool(edits), link=f"https://chat.test/{id}"
            )
            assert not await self.app.receive(posted)
            await self.settle()
        return id

    async def ask_why(self, name: str, id: str, text: str, place: Place = PLACE) -> str:
        """Use the menu "Why this reminder?" on a message."""
        on = MessageRef(place=place, id=id)
        event = CommandGiven(**self.about(name, place), name="why", on=on, said=text)
        return _text(await self.receive(event))

    async def press(self, name: str, label: str, place: Place = PLACE) -> str:
        """Press the newest button of this label that the person can see: their own answers first."""
        payload, on, where = self.find_button(name, label, place)
        return await self.press_payload(name, payload, on, where)

    async def press_payload(
        self, name: str, payload: str, on: MessageRef | None = None, place: Place = PLACE
    ) -> str:
        return _text(await self.receive(ButtonPressed(**self.about(name, place), payload=payload, on=on)))

    def find_button(
        self, name: str, label: str, place: Place = PLACE
    ) -> tuple[str, MessageRef | None, Place]:
        for answer in reversed(self.seen.get(name, [])):
            if isinstance(answer, Reply):
                for button in answer.buttons:
                    if button.label == label and button.payload:
                        return button.payload, None, place
        private = Place(platform="test", group="", channel=f"dm-{name}")
        for id, tell, _ in reversed(self.platform.told):
            for button in tell.buttons if id == self.people[name].id else ():
                if button.label == label and button.payload:
                    return button.payload, None, private
        for shown in reversed(self.platform.messages.values()):
            for button in shown.buttons:
                if button.label == label and button.payload:
                    return button.payload, MessageRef(place=shown.place, id=shown.id), place
        raise AssertionError(f"{name} sees no button {label!r}; sees {self.labels(name)}")

    def labels(self, name: str) -> list[str]:
        """The buttons under the last answer this person got."""
        for answer in reversed(self.seen.get(name, [])):
            if isinstance(answer, Reply):
                return [button.label for button in answer.buttons]
        return []

    async def fill(self, name: str, place: Place = PLACE, /, **values: str) -> str:
        """Answer the last form this person was asked."""
        asked = next(answer for answer in reversed(self.seen[name]) if isinstance(answer, Ask))
        form = FormAnswered(**self.about(name, place), payload=asked.payload, values=values)
        return _text(await self.receive(form))

    def asked(self, name: str) -> Ask | None:
        """The form before this person, if their last answer was one."""
        last = self.seen.get(name, [None])[-1]
        return last if isinstance(last, Ask) else None

    async def join(self, name: str, **more: bool) -> None:
        self.size += 1
        self.add_person(name, joined_at=self.clock())
        await self.arrive(name)

    async def arrive(self, name: str, place: Place = PLACE) -> None:
        """Somebody who is known to the test joins the group."""
        await self.receive(MemberJoined(**self.about(name, place)))

    async def choices(self, name: str, text: str) -> list[tuple[str, str]]:
        """What is suggested while somebody types ``/signpost lo``."""
        command, _, words = text.removeprefix("/").partition(" ")
        answers = await self.app.receive(ChoicesAsked(**self.about(name), name=command, words=words))
        return [item for answer in answers if isinstance(answer, Choices) for item in answer.items]

    async def leave(self, name: str) -> None:
        self.size -= 1
        await self.receive(MemberLeft(**{**self.about(name), "is_member": False}))

    async def move(self, before: Place, after: Place) -> None:
        """The group gets a new id on its platform."""
        await self.receive(GroupMoved(**self.about("Mo", after), before=before))

    async def open_thread(self, name: str, place: Place, *tags: str, title: str = "Pumps") -> None:
        await self.receive(ThreadOpened(**self.about(name, place), title=title, tags=tags))
        await self.settle()

    async def remove_bot(self) -> None:
        await self.receive(GroupRemoved(**self.about("Mo")))

    async def settle(self) -> None:
        """Do what is due now."""
        await self.schedule.run_due()

    async def pass_time(self, length: timedelta) -> None:
        """Let time pass, stopping at everything that comes due."""
        end = self.clock.at + length
        while (due := await self.schedule.next_due()) is not None and due <= end:
            if due > self.clock.at:
                self.clock.at = due
            before = (due, len(self.platform.keys))
            await self.settle()
            if await self.schedule.next_due() == due and before == (due, len(self.platform.keys)):
                break
        self.clock.at = end
        await self.settle()

    async def pass_to_next(self) -> datetime:
        """Move to the next thing that is due, and do it."""
        due = await self.schedule.next_due()
        assert due is not None, "nothing is due"
        self.clock.at = max(self.clock.at, due)
        await self.settle()
        return self.clock.at

    @property
    def posts(self) -> list[str]:
        """What stands in the group, oldest first."""
        return [shown.text for shown in self.platform.messages.values()]

    def private_texts(self, name: str) -> list[str]:
        return [plain(tell.body) for id, tell, _ in self.platform.told if id == self.people[name].id]

    def someone_else(self, name: str, **changes: object) -> Person:
        self.people[name] = replace(self.people[name], **changes)  # type: ignore[arg-type]
        return self.people[name]


def _text(answers: Sequence[Answer]) -> str:
    return "\n\n".join(plain(answer.body) for answer in answers if isinstance(answer, Reply))
