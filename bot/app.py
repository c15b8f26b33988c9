"""The only door: an event comes in, one feature answers it in one transaction, replies go out.

Start reading here. ``App.receive`` finds the row for the event, opens a transaction, calls the
feature, writes everything that is not a direct answer into the outbox, commits, and returns the
answers. Nothing is said before it is stored.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.buttons import BUTTONS, FORMS
from bot.commands import COMMANDS
from bot.context import Context
from bot.contract.actions import Answer, Ask, Choices, Reply, Sent, Tell
from bot.contract.command import Who
from bot.contract.events import (
    ButtonPressed,
    CommandGiven,
    Event,
    FormAnswered,
    Person,
    PersonEvent,
    Place,
    TextPosted,
    ThreadOpened,
    TimeCame,
    UrgentNoticed,
)
from bot.contract.payload import at_community, decode
from bot.directory import Directory
from bot.faults import told
from bot.features import answers as fallback
from bot.groups import Group, Groups
from bot.listening import Listener
from bot.outbox import put
from bot.own_directory import Directories
from bot.reading import readable
from bot.routes import Route, Router
from bot.secrecy import Secrecy
from bot.storage.people import PersonRow
from bot.storage.unit_of_work import Database, UnitOfWork
from bot.texts import Texts
from ground_rules.refusals import Reason, Refused

log = structlog.get_logger(__name__)

PATIENCE = 0.25  # seconds that help waits for the database, before it goes on without


class Clock(Protocol):
    def __call__(self) -> datetime:
        """Now, aware UTC."""


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
        self._typed_forms = {kind: press.typed for kind, press in BUTTONS.items()}

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
            return await self._in_transaction(route, group or await self._made_elsewhere(event))
        if group is None and not route.outside:
            return self._problem(event, "problems.no-group")
        route = route.by(group)
        try:
            self._check(route)
            if not route.storage:
                works = not route.always or await self._database.answers(PATIENCE)
                return await self._answer_at_once(route, group, works)
            if route.always:
                return await self._in_time(route, group)
            return await self._in_transaction(route, group)
        except Refused as refused:
            if route.told_now:
                await self._keep_told(event)
            reader = self._texts.reader(event.person.locale)
            return (fallback.refusal(reader, refused, group, event),)

    async def _in_time(self, route: Route, group: Group | None) -> Sequence[Answer]:
        """With storage, if that answers in time. What takes longer is not cut off, but not waited for."""
        answers = await self._database.within(PATIENCE, self._in_transaction(route, group))
        if answers is not None:
            return answers
        return await self._answer_at_once(route, group, works=False)

    async def _without_storage(self, event: Event) -> Sequence[Answer]:
        """Finding help goes on when the database does not."""
        route = self._router.route(event)
        if route is None or not route.always:
            return self._problem(event, "problems.storage")
        return await self._answer_at_once(route, self._group(route.event), works=False)

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

    async def _answer_at_once(self, route: Route, group: Group | None, works: bool) -> Sequence[Answer]:
        context = replace(self._context(route.event, group, None, None), storage_works=works)
        actions = await route.run(route.event, context)
        answers = [action for action in actions if isinstance(action, Reply | Choices | Ask)]
        return [_at_home(answer, context) for answer in answers] if _is_private(route.event) else answers

    async def _in_transaction(self, route: Route, group: Group | None) -> Sequence[Answer]:
        event = route.event
        async with self._database.transaction() as work:
            person = None
            if isinstance(event, TimeCame):
                if not await work.due.claim(event.due, event.kind, event.subject, self._clock()):
                    return ()
                if group is None and event.community is not None:
                    return ()
            else:
                person = await self._know(work, route, event)
                group = await self._counted(work, group, event)
                if route.keeps and person is None:
                    context = self._context(event, group, None, None)
                    notice = fallback.first_notice(event, context)
                    return (_at_home(notice, context) if _is_private(event) else notice,)
            context = self._context(event, group, work, person)
            answers = await self._run(route, context, work)
        await self._follow_up(work)
        if person is not None and person.typed:
            answers = [fallback.with_typed(answer, context.t) for answer in answers]
        return [_at_home(answer, context) for answer in answers] if _is_private(event) else answers

    async def _follow_up(self, work: UnitOfWork) -> None:
        """What a commit brings with it. It is stored by now, so a fault here must not say otherwise."""
        try:
            if work.touched:
                await self._groups.reload(self._database, sorted(work.touched))
            if work.scrub:
                await self._database.scrub()
        except (SQLAlchemyError, OSError) as fault:
            log.error("following up failed", **told(fault))

    async def _keep_told(self, event: PersonEvent) -> None:
        """Who pressed "Go on" was told what is kept, also if what they wished for is refused."""
        async with self._database.transaction() as work:
            await work.people.tell(self._secrecy.person_key(event.person), self._clock())

    async def _know(self, work: UnitOfWork, route: Route, event: PersonEvent) -> PersonRow | None:
        key = self._secrecy.person_key(event.person)
        if route.told_now:
            await work.people.tell(key, self._clock())
        return await work.people.find(key)

    async def _counted(self, work: UnitOfWork, group: Group | None, event: PersonEvent) -> Group | None:
        """The group with the platform's newest count of its people; votes that open later need it."""
        where, size = (event.place.platform, event.place.group), event.group_size
        if group is None or size is None or not event.place.group or group.sizes.get(where) == size:
            return group
        await work.communities.note_size(*where, size)
        await work.touch(group.community)
        return replace(group, sizes={**group.sizes, where: size})

    async def _run(self, route: Route, context: Context, work: UnitOfWork) -> list[Answer]:
        answers: list[Answer] = []
        actions = await route.run(route.event, context)
        community = None if context.known_group is None else context.group.community
        for action in actions:
            if isinstance(action, Reply | Choices | Ask):
                answers.append(action)
            elif not await self._left_alone(work, community, action):
                planned = isinstance(route.event, TimeCame)
                await put(work, action, community, context.now, self._groups, planned=planned)
        return answers

    async def _left_alone(self, work: UnitOfWork, community: int | None, action: Sent) -> bool:
        """Whether this would write to somebody to whom nothing more is sent (bot.features.after_care)."""
        if community is None or not isinstance(action, Tell):
            return False
        return await work.cases.is_left_alone(community, self._secrecy.person_key(action.person))

    def _context(
        self, event: Event, group: Group | None, work: UnitOfWork | None, person: PersonRow | None
    ) -> Context:
        language = None if group is None else group.settings.language
        own = None if isinstance(event, TimeCame) else event.person.locale
        if person is not None and person.language:
            own = person.language
        return Context(
            now=self._clock(),
            t=self._texts.reader(own or language),
            public=self._texts.reader(language),
            texts=self._texts,
            secrecy=self._secrecy,
            directories=self._directories,
            commands=COMMANDS,
            typed_forms=self._typed_forms,
            last_heard=self._listener.last_heard,
            known_group=group,
            open_work=work,
        )

    def _problem(self, event: Event, key: str) -> Sequence[Answer]:
        if isinstance(event, CommandGiven | ButtonPressed | FormAnswered):
            reader = self._texts.reader(event.person.locale)
            return (Reply(body=(*reader.body(key), *fallback.given_back(reader, event))),)
        return ()


def _is_private(event: Event) -> bool:
    return not isinstance(event, TimeCame) and not event.place.group


def _at_home(answer: Answer, context: Context) -> Answer:
    """An answer in a private chat: what it leads to must say which community it is about."""
    if context.known_group is None:
        return answer
    if isinstance(answer, Reply):
        return replace(answer, buttons=context.at_home(answer.buttons))
    if isinstance(answer, Ask):
        return replace(answer, payload=at_community(answer.payload, context.known_group.community))
    return answer
