"""Runs the feature that a route names: in one transaction, or without storage.

What it does goes into the outbox in the same transaction; nothing is answered before that is committed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.buttons import BUTTONS
from bot.commands import COMMANDS
from bot.context import Context
from bot.contract.actions import Answer, Ask, Choices, Reply, Sent, Tell
from bot.contract.events import Event, PersonEvent, TimeCame
from bot.contract.payload import at_community
from bot.faults import told
from bot.features import answers as fallback
from bot.groups import Group, Groups
from bot.listening import Listener
from bot.outbox import put
from bot.own_directory import Directories
from bot.routes import Route
from bot.secrecy import Secrecy
from bot.storage.people import PersonRow
from bot.storage.unit_of_work import Database, UnitOfWork
from bot.texts import Texts

log = structlog.get_logger(__name__)


class Clock(Protocol):
    def __call__(self) -> datetime:
        """Now, aware UTC."""


class Runner:
    """Knows everything that a feature may touch, and hands it out as a Context."""

    def __init__(
        self,
        *,
        database: Database,
        groups: Groups,
        secrecy: Secrecy,
        texts: Texts,
        directories: Directories,
        clock: Clock,
        listener: Listener,
    ) -> None:
        self._database = database
        self._groups = groups
        self._secrecy = secrecy
        self._texts = texts
        self._directories = directories
        self._clock = clock
        self._listener = listener
        self._typed_forms = {kind: press.typed for kind, press in BUTTONS.items()}

    async def at_once(self, route: Route, group: Group | None, works: bool) -> Sequence[Answer]:
        """The answers of a feature that opens no transaction. ``works``: whether the database does."""
        context = replace(self._context(route.event, group, None, None), storage_works=works)
        actions = await route.run(route.event, context)
        answers = [action for action in actions if isinstance(action, Reply | Choices | Ask)]
        return [_at_home(answer, context) for answer in answers] if _is_private(route.event) else answers

    async def stored(self, route: Route, group: Group | None) -> Sequence[Answer]:
        """The answers of a feature, once everything it did is committed."""
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

    async def keep_told(self, event: PersonEvent) -> None:
        """Who pressed "Go on" was told what is kept, also if what they wished for is refused."""
        async with self._database.transaction() as work:
            await work.people.tell(self._secrecy.person_key(event.person), self._clock())

    async def _follow_up(self, work: UnitOfWork) -> None:
        """What a commit brings with it. It is stored by now, so a fault here must not say otherwise."""
        try:
            if work.touched:
                await self._groups.reload(self._database, sorted(work.touched))
            if work.scrub:
                await self._database.scrub()
        except (SQLAlchemyError, OSError) as fault:
            log.error("following up failed", **told(fault))

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
            last_urgent=self._listener.last_urgent,
            known_group=group,
            open_work=work,
        )


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
