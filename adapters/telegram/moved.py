"""Groups that became supergroups, between the event about it and the core's having followed.

As long as the core knows a group by its old id only, everything that happens there is told under that id.
"""

from collections.abc import Sequence
from dataclasses import replace

from adapters.telegram.core import PLATFORM, Groups
from adapters.telegram.state import State
from bot.contract import events
from bot.contract.actions import Answer
from bot.contract.events import Event, Place
from bot.contract.platform import Receive


class MovedGroups:
    """``Groups`` in which a group is known by its old id and its new one alike."""

    def __init__(self, groups: Groups, state: State) -> None:
        self._groups = groups
        self._state = state

    def wants(self, kind: type[Event], platform: str, group: str) -> bool:
        """See Groups."""
        return self._groups.wants(kind, platform, group)

    def community(self, platform: str, group: str) -> int | None:
        """See Groups."""
        return self._groups.community(platform, self._known(group))

    def groups(self, platform: str, community: int) -> Sequence[str]:
        """See Groups; the ids are those that Telegram answers to now."""
        found = self._groups.groups(platform, community)
        return [str(self._state.moved(int(group))) for group in found]

    async def acquainted(self, person: events.Person, command: str = "") -> Sequence[int]:
        """See Groups."""
        return await self._groups.acquainted(person, command)

    def is_behind(self, old: int, new: int) -> bool:
        """Whether the core still knows this group by its old id only."""
        known = [self._groups.community(PLATFORM, str(id)) for id in (old, new)]
        return known[0] is not None and known[1] is None

    def receiving(self, receive: Receive) -> Receive:
        """``receive``, told of every group under the id that it knows."""

        async def received(event: Event) -> Sequence[Answer]:
            return await receive(self._told(event))

        return received

    def _told(self, event: Event) -> Event:
        if isinstance(event, events.TimeCame | events.GroupMoved):
            return event
        place = self._place(event.place)
        if place == event.place:
            return event
        if isinstance(event, events.CommandGiven | events.ButtonPressed) and event.on is not None:
            return replace(event, place=place, on=replace(event.on, place=self._place(event.on.place)))
        if isinstance(event, events.TextPosted):
            return replace(event, place=place, message=replace(event.message, place=place))
        return replace(event, place=place)

    def _place(self, place: Place) -> Place:
        known = self._known(place.group)
        return place if known == place.group else replace(place, group=known, channel=known)

    def _known(self, group: str) -> str:
        """The id under which the core knows this group: the new one, as soon as it does."""
        if not group or self._groups.community(PLATFORM, group) is not None:
            return group
        old = self._state.before(int(group))
        if old is None or self._groups.community(PLATFORM, str(old)) is None:
            return group
        return str(old)
