"""What a feature may touch, and no more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.contract.actions import Button, Buttons, Duty, Edit, OpenThread, Post, Reply, Tell
from bot.contract.command import Command
from bot.contract.events import Person, Place
from bot.contract.markup import Body
from bot.contract.payload import at_community, encode
from bot.directory import Directory
from bot.groups import Group
from bot.own_directory import Directories, OwnDirectory
from bot.packing import addressed, pack, unpack
from bot.secrecy import Secrecy
from bot.settings import GroupSettings
from bot.storage.directory_changes import NOTHING, load_changes
from bot.storage.unit_of_work import UnitOfWork
from bot.texts import Reader, Texts, Value


@dataclass(kw_only=True, slots=True)
class Context:
    """One event's surroundings.

    ``t`` writes in the reader's language (whoever caused the event), ``public`` in the group's.
    ``work`` is the open transaction; features of rows with ``storage=False`` must not use it.
    ``storage_works`` is False while nothing can be stored: moderators cannot be told then.
    """

    now: datetime
    t: Reader
    public: Reader
    texts: Texts
    secrecy: Secrecy
    directories: Directories
    commands: Sequence[Command]
    typed_forms: Mapping[str, str]
    last_heard: Callable[[str, str], datetime | None] = lambda platform, group: None
    last_urgent: Callable[[Place], datetime | None] = lambda place: None
    known_group: Group | None = None
    storage_works: bool = True
    open_work: UnitOfWork | None = field(default=None, repr=False)

    @property
    def group(self) -> Group:
        """The community this happens in. App answers events outside of one before features run."""
        if self.known_group is None:
            raise LookupError("no group here")
        return self.known_group

    @property
    def own_directory(self) -> OwnDirectory:
        """The directory of the group as it made it its own; outside of one, as it is packaged."""
        zone = (self.known_group.settings if self.known_group else GroupSettings()).zone
        return self.directories.of(self.known_group, self.now.astimezone(zone).date())

    @property
    def directory(self) -> Directory:
        """What members of the group are shown."""
        return self.own_directory.shown

    async def directory_changed(self) -> None:
        """After a change of the group's directory: memory follows here and everywhere."""
        community = self.group.community
        await self.work.touch(community)
        changes = await load_changes(self.work.connection, [community])
        self.known_group = replace(self.group, changes=changes.get(community, NOTHING))

    @property
    def work(self) -> UnitOfWork:
        if self.open_work is None:
            raise LookupError("this row says storage=False")
        return self.open_work

    def button(self, label: str, kind: str, *arguments: object, **values: Value) -> Button:
        """A button in the reader's language: ``label`` is a catalogue key, ``kind`` a row of BUTTONS."""
        return self._button(self.t, label, kind, arguments, values)

    def public_button(self, label: str, kind: str, *arguments: object, **values: Value) -> Button:
        """A button in the group's language, for posts."""
        return self._button(self.public, label, kind, arguments, values)

    def button_for(
        self, reader: Reader, label: str, kind: str, *arguments: object, **values: Value
    ) -> Button:
        """A button in the language of somebody else."""
        return self._button(reader, label, kind, arguments, values)

    def _button(
        self,
        reader: Reader,
        label: str,
        kind: str,
        arguments: tuple[object, ...],
        values: Mapping[str, Value],
    ) -> Button:
        words = self.typed_forms[kind].split()
        given = iter(arguments)
        typed = " ".join(str(next(given)) if word.startswith("<") else word for word in words)
        return Button(
            label=reader.plain(label, **values), payload=encode(kind, *arguments), typed=f"/{typed}"
        )

    def reply(self, key: str, *buttons: Button, replaces: bool = False, **values: Value) -> Reply:
        """A private answer of one catalogue entry."""
        return Reply(body=self.t.body(key, **values), buttons=buttons, replaces=replaces)

    def post(
        self,
        body: Body,
        buttons: Buttons = (),
        *,
        name: str = "",
        about: str = "rules",
        started: bool = False,
        pin: bool = False,
        silent: bool = False,
    ) -> list[Post]:
        """The same post for every place where the community wants posts of this kind (bot.settings.POSTS)."""
        return [
            Post(place=place, body=body, buttons=buttons, started=started, silent=silent, pin=pin, name=name)
            for place in self.group.places_for(about)
        ]

    async def edit(self, name: str, body: Body, buttons: Buttons = ()) -> list[Edit]:
        """New words for everything posted under ``name``, also for what still waits to be posted."""
        for row_name, kind, packed in await self.work.outbox.unsaid(f"{name}@"):
            unsaid = unpack(kind, packed)
            if isinstance(unsaid, OpenThread) and unsaid.otherwise is not None:
                otherwise = replace(unsaid.otherwise, body=body, buttons=buttons)
                unsaid = replace(unsaid, otherwise=otherwise)
            if isinstance(unsaid, Post | OpenThread):
                await self.work.outbox.rewrite(row_name, pack(replace(unsaid, body=body, buttons=buttons)))
        return [
            Edit(message=message, body=body, buttons=buttons)
            for message in await self.work.messages.find(name)
        ]

    @staticmethod
    def addressed(kind: str, action: str, before: Place, after: Place) -> str:
        """An action of the outbox, for a group that got a new id."""
        return addressed(kind, action, before, after)

    @staticmethod
    def addressee(tell: str) -> Person:
        """Whom a packed private message of the outbox is for."""
        unpacked = unpack(Tell.__name__, tell)
        if not isinstance(unpacked, Tell):
            raise LookupError("no private message")
        return unpacked.person

    def tell(self, person: Person, body: Body, *buttons: Button, otherwise: Post | None = None) -> Tell:
        """A private message whose buttons know which community they are about."""
        return Tell(person=person, body=body, buttons=self.at_home(buttons), otherwise=otherwise)

    def tell_moderator(self, person: Person, body: Body, *buttons: Button) -> Tell:
        """The same, for as long as they look after this community: who did once may do so no more."""
        return replace(self.tell(person, body, *buttons), duties=self.duties(person.platform))

    def duties(self, platform: str) -> tuple[Duty, ...]:
        """What makes somebody on a platform a moderator of this community now."""
        roles = tuple(sorted(self.group.settings.roles_that_moderate(platform)))
        groups = {place.group: place for place in self.group.places if place.platform == platform}
        return tuple(Duty(place=place, roles=roles) for place in groups.values())

    def at_home(self, buttons: Sequence[Button]) -> Buttons:
        """These buttons with the community in their payload, for places that do not tell it."""
        return tuple(
            replace(button, payload=at_community(button.payload, self.group.community))
            if button.payload
            else button
            for button in buttons
        )

    def enter(self, community: int, place: Place) -> None:
        """The community was made by this very event."""
        if self.known_group is None:
            self.known_group = Group(community=community, settings=GroupSettings(), places=(place,))

    async def at(self, community: int) -> "Context":
        """The same surroundings in another community, as it is stored. LookupError if it is gone."""
        rows = await self.work.communities.load(only=[community])
        if not rows:
            raise LookupError(f"no community {community}")
        settings = GroupSettings().changed(rows[0].settings)
        changes = (await load_changes(self.work.connection, [community])).get(community, NOTHING)
        group = Group(community=community, settings=settings, places=rows[0].places, changes=changes)
        return replace(self, known_group=group, public=self.texts.reader(settings.language))

    async def set(self, name: str, value: str) -> None:
        """Change a setting of the group: stored, and followed by memory everywhere."""
        settings = self.group.settings.changed({name: value})
        await self.work.communities.set(self.group.community, name, value)
        await self.work.touch(self.group.community)
        self.known_group = replace(self.group, settings=settings)

    def numbers(self) -> dict[str, str]:
        """The group's emergency and urgent numbers, or words that say what to look for."""
        country = self.directory.country(self.known_group.settings.country if self.known_group else "")
        return {
            "emergency": country.emergency or self.public.plain("where.emergency-unknown"),
            "urgent": country.urgent or self.public.plain("where.urgent-unknown"),
        }

    def person_key(self, person: Person) -> str:
        return self.secrecy.person_key(person)

    def when(self, at: datetime) -> str:
        """A time in the group's zone, for the reader: "Thursday 3 December, 10am UK time"."""
        return self.t.when(at, self.group.settings.zone)

    def here(self, place: Place, about: str = "reminders") -> Place:
        """Where something for everyone goes that was asked for in ``place``.

        From a private chat that is where the community wants it on the same platform.
        """
        if place.group:
            return place
        own = self.group.places_for(about)
        return next((each for each in own if each.platform == place.platform), own[0])

    def home(self) -> Place:
        """Where the community met first: public news goes there (and to every other place)."""
        return self.group.places[0]
