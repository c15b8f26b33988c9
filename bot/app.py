"""The only door: an event comes in, one feature answers it in one transaction, replies go out.

Start reading here. ``App.receive`` finds the row for the event and checks who may use it. ``Runner``
(bot.running) opens a transaction, calls the feature, writes everything that is not a direct answer into
the outbox, commits, and returns the answers. Nothing is said before it is stored.
"""

from collections.abc import Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.buttons import BUTTONS, FORMS
from bot.commands import COMMANDS
from bot.contract.actions import Answer, Reply
from bot.contract.command import Who
from bot.contract.events import (
    ButtonPressed,
    CommandGiven,
    Event,
    FormAnswered,
    Person,
    Place,
    TextPosted,
    ThreadOpened,
    TimeCame,
    UrgentNoticed,
)
from bot.contract.payload import decode
from bot.directory import Directory
from bot.faults import told
from bot.features import answers as fallback
from bot.groups import Group, Groups
from bot.listening import Listener
from bot.own_directory import Directories
from bot.reading import readable
from bot.routes import Route, Router
from bot.running import Clock, Runner
from bot.secrecy import Secrecy
from bot.storage.unit_of_work import Database
from bot.texts import Texts
from ground_rules.refusals import Reason, Refused

log = structlog.get_logger(__name__)

PATIENCE = 0.25  # seconds that help waits for the database, before it goes on without
LONGER = 2.0  # the same where moderators are to be told: a slow database is no broken one


class App:
    """The core, wired to a database and a clock; knows no platform."""

    def __init__(
        self,
        *,
        database: Database,
        groups: Groups,
        secrecy: Secrecy,
        texts: Texts,
        directory: Directory,
        clock: Clock,
        listener: Listener | None = None,
    ) -> None:
        self._database = database
        self._groups = groups
        self._secrecy = secrecy
        self._texts = texts
        self._directories = Directories(directory)
        self._clock = clock
        self._listener = listener or Listener()
        self._router = Router(commands=COMMANDS, buttons=BUTTONS, forms=FORMS)
        self._runner = Runner(
            database=database,
            groups=groups,
            secrecy=secrecy,
            texts=texts,
            directories=self._directories,
            clock=clock,
            listener=self._listener,
        )

    def wants(self, kind: type[Event], platform: str, group: str) -> bool:
        """Whether events of this kind are of any use in this group. No database, no waiting."""
        if kind not in (TextPosted, ThreadOpened):
            return True
        known = self._groups.of(Place(platform=platform, group=group, channel=""))
        return known is not None and (
            kind is ThreadOpened or known.settings.for_group(platform, group).reads_messages
        )

    def at_once(self, event: Event) -> bool:
        """Whether what answers this event may open a form, or needs no storage. No database, no waiting."""
        route = self._router.route(event)
        return route is None or not route.storage or isinstance(route.event, ButtonPressed)

    def waits_for_nobody(self, event: Event) -> bool:
        """Whether this asks for urgent help: it is answered beside everything else, never behind it."""
        route = self._router.route(event)
        return route is not None and route.always and not route.storage

    async def acquainted(self, person: Person, command: str = "") -> Sequence[int]:
        """Communities that this person may be a member of: adapters ask their platform whether they are.

        The only one on their platform, or those that keep something about them. Empty if storage fails,
        or takes its time while ``command`` waits for nobody.
        """
        here = {found.community for found in self._groups.meeting_on(person.platform)}
        if len(here) <= 1:
            return sorted(here)
        hurried = any(row.name == command and row.waits_for_nobody for row in COMMANDS)
        if hurried and not await self._database.answers(PATIENCE):
            return ()
        try:
            async with self._database.transaction() as work:
                known = await work.people.known_in(self._secrecy.person_key(person))
                known += await work.communities.moderates(person)
        except (SQLAlchemyError, OSError) as fault:
            log.error("storage failed", kind="acquainted", **told(fault))
            return ()
        return sorted(here.intersection(known))

    async def receive(self, event: Event) -> Sequence[Answer]:
        """Handle one event. Never raises: a fault is logged and answered with a sentence."""
        try:
            if isinstance(event, TextPosted):
                return await self._listen(event)
            return await self._receive(readable(event))
        except (SQLAlchemyError, OSError) as fault:  # a server that cannot be reached is an OSError
            log.error("storage failed", kind=type(event).__name__, **told(fault))
            return await self._without_storage(event)
        except Exception as fault:
            log.error("fault", kind=type(event).__name__, **told(fault))
            return self._problem(event, "problems.fault")

    async def _listen(self, event: TextPosted) -> Sequence[Answer]:
        """Look at a message in memory; only what is noticed goes further, and without its words."""
        group = self._groups.of(event.place)
        if group is None or not group.settings.reads_messages:
            return ()
        now = self._clock()
        heard = await self._listener.hear(event, group, now)
        if heard is None:
            return ()
        answers = await self._receive(heard)
        if isinstance(heard, UrgentNoticed):
            self._listener.told(heard, now)
        return answers

    async def _receive(self, event: Event) -> Sequence[Answer]:
        route = self._router.route(event)
        if route is None:
            return ()
        group = self._group(route.event)
        if isinstance(event, TimeCame):
            return await self._runner.stored(route, group or await self._made_elsewhere(event))
        if group is None and not route.outside:
            return self._problem(event, "problems.no-group")
        route = route.by(group)
        try:
            self._check(route)
            if not route.storage:
                patience = LONGER if route.patient else PATIENCE
                works = not route.always or await self._database.answers(patience)
                return await self._runner.at_once(route, group, works)
            if route.always and not route.patient:
                return await self._in_time(route, group)
            return await self._runner.stored(route, group)
        except Refused as refused:
            if route.told_now:
                await self._runner.keep_told(event)
            reader = self._texts.reader(event.person.locale)
            return (fallback.refusal(reader, refused, group, event),)

    async def _in_time(self, route: Route, group: Group | None) -> Sequence[Answer]:
        """With storage, if that answers in time. What takes longer is not cut off, but not waited for."""
        answers = await self._database.within(PATIENCE, self._runner.stored(route, group))
        if answers is not None:
            return answers
        return await self._runner.at_once(route, group, works=False)

    async def _without_storage(self, event: Event) -> Sequence[Answer]:
        """Finding help goes on when the database does not."""
        route = self._router.route(event)
        if route is None or not route.always:
            return self._problem(event, "problems.storage")
        return await self._runner.at_once(route, self._group(route.event), works=False)

    def _group(self, event: Event) -> Group | None:
        if isinstance(event, TimeCame):
            return None if event.community is None else self._groups.by_id(event.community)
        if isinstance(event, CommandGiven) and event.community is not None and not event.place.group:
            return self._groups.by_id(event.community)
        group = self._groups.of(event.place)
        payload = decode(event.payload) if isinstance(event, ButtonPressed | FormAnswered) else None
        if payload is None or payload.community is None:
            return group
        if not event.place.group:
            return self._groups.by_id(payload.community)
        # A button of another community does nothing here, whatever its arguments mean there.
        return group if group is not None and group.community == payload.community else None

    async def _made_elsewhere(self, event: TimeCame) -> Group | None:
        """The community of a due row, if another process made it a moment ago."""
        if event.community is None:
            return None
        await self._groups.reload(self._database, [event.community])
        return self._groups.by_id(event.community)

    @staticmethod
    def _check(route: Route) -> None:
        event = route.event
        if isinstance(event, TimeCame):
            return
        if route.who is Who.MODERATORS and not event.person.is_moderator:
            raise Refused(Reason.NOT_A_MODERATOR)
        if event.is_member is False and not route.anyone:
            raise Refused(Reason.NOT_A_MEMBER)

    def _problem(self, event: Event, key: str) -> Sequence[Answer]:
        if isinstance(event, CommandGiven | ButtonPressed | FormAnswered):
            reader = self._texts.reader(event.person.locale)
            return (Reply(body=(*reader.body(key), *fallback.given_back(reader, event))),)
        return ()
