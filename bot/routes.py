"""From an event to the row that answers it, whichever table holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.buttons import Form, Press
from bot.contract.command import Command, Run, Who
from bot.contract.events import (
    ButtonPressed,
    ChoicesAsked,
    CommandGiven,
    Event,
    FormAnswered,
    GroupAdded,
    GroupMoved,
    TimeCame,
)
from bot.contract.payload import at_community, decode, encode
from bot.features import answers, choices
from bot.groups import Group
from bot.happenings import DEADLINES, HAPPENINGS
from bot.typed_forms import TypedForms


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """Where an event goes, whatever table named it."""

    run: Run
    event: Event
    who: Who = Who.MEMBERS
    keeps: bool = False
    storage: bool = True
    anyone: bool = False
    outside: bool = False  # works without a community
    always: bool = False  # answers without the database too
    patient: bool = False  # but waits for it as long as it takes
    told_now: bool = False  # the person has just pressed "Go on"

    def by(self, group: Group | None) -> "Route":
        """The same way, its person a moderator if the group says that one of their roles is."""
        event = self.event
        if group is None or isinstance(event, TimeCame) or event.person.is_moderator:
            return self
        if not group.settings.moderates(event.person.platform, event.person.roles):
            return self
        return replace(self, event=replace(event, person=replace(event.person, is_moderator=True)))


class Router:
    """Looks events up in the tables."""

    def __init__(
        self, *, commands: Sequence[Command], buttons: Mapping[str, Press], forms: Mapping[str, Form]
    ) -> None:
        self._commands = {command.name: command for command in commands}
        self._buttons = buttons
        self._forms = forms
        self._typed = TypedForms(buttons)

    def route(self, event: Event) -> Route | None:
        match event:
            case TimeCame():
                return Route(run=DEADLINES[event.kind], event=event)
            case CommandGiven():
                return self._command(event)
            case ButtonPressed():
                return self._press(event)
            case FormAnswered():
                return self._form(event)
            case ChoicesAsked():
                return Route(run=choices.suggest, event=event, anyone=True)
            case _:
                run = HAPPENINGS.get(type(event))
                outside = isinstance(event, GroupAdded | GroupMoved)
                return None if run is None else Route(run=run, event=event, anyone=True, outside=outside)

    def _command(self, event: CommandGiven) -> Route:
        payload = self._typed_payload(event)
        if payload is not None and event.overheard and self._secret(payload):
            return Route(run=answers.overheard, event=event, storage=False, anyone=True, outside=True)
        if payload is not None:
            if event.community is not None and not event.place.group:
                payload = at_community(payload, event.community)
            pressed = ButtonPressed(
                id=event.id,
                seq=event.seq,
                place=event.place,
                person=event.person,
                is_member=event.is_member,
                group_size=event.group_size,
                group_roles=event.group_roles,
                payload=payload,
                on=event.on,
            )
            return self._press(pressed)
        row = self._commands.get(event.name)
        if row is None:
            return Route(run=answers.unknown_command, event=event, storage=False, anyone=True, outside=True)
        return Route(
            run=row.run,
            event=event,
            who=row.who,
            storage=row.storage,
            anyone=True,
            outside=row.outside,
            always=row.always,
            patient=row.patient,
        )

    def _typed_payload(self, event: CommandGiven) -> str | None:
        try:
            return self._typed.payload(event.name, event.words)
        except ValueError:  # words that no button could carry
            return None

    def _secret(self, text: str) -> bool:
        """Whether this is a vote, or anything else that others must not read."""
        payload = decode(text)
        row = None if payload is None else self._buttons.get(payload.kind)
        return row is not None and row.secret

    def _press(self, event: ButtonPressed, told_now: bool = False) -> Route:
        payload = decode(event.payload)
        if payload is not None and payload.kind == answers.GO_ON and payload.arguments:
            inner = encode(*payload.arguments, community=payload.community)
            return self._press(replace(event, payload=inner), told_now=True)
        row = None if payload is None else self._buttons.get(payload.kind)
        if row is None:
            return Route(run=answers.unknown_button, event=event, storage=False, anyone=True, outside=True)
        return Route(
            run=row.run,
            event=event,
            who=row.who,
            keeps=row.keeps,
            storage=row.storage,
            anyone=row.anyone,
            outside=row.outside,
            always=row.always,
            patient=row.patient,
            told_now=told_now,
        )

    def _form(self, event: FormAnswered) -> Route:
        payload = decode(event.payload)
        row = None if payload is None else self._forms.get(payload.kind)
        if row is None:
            return Route(run=answers.unknown_button, event=event, storage=False, anyone=True, outside=True)
        return Route(
            run=row.run, event=event, who=row.who, keeps=row.keeps, anyone=row.anyone, told_now=row.keeps
        )
