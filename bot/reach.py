"""What adapters ask of the core besides its door: who meets where, and their few sentences."""

from collections.abc import Sequence

from bot.assembly import Core
from bot.contract.events import Event, Person, Place
from bot.texts import Texts


class Reach:
    """Answers from memory; a group that is not known belongs to no community."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def wants(self, kind: type[Event], platform: str, group: str) -> bool:
        """See App.wants."""
        return self._core.wants(kind, platform, group)

    def community(self, platform: str, group: str) -> int | None:
        """The community that meets in this group of a platform."""
        found = self._core.groups.of(Place(platform=platform, group=group, channel=group))
        return None if found is None else found.community

    def known(self, platform: str) -> Sequence[str]:
        """Every group on this platform where a community meets."""
        return self._core.groups.on(platform)

    async def acquainted(self, person: Person, command: str = "") -> Sequence[int]:
        """See App.acquainted."""
        return await self._core.acquainted(person, command)

    def at_once(self, event: Event) -> bool:
        """See App.at_once."""
        return self._core.at_once(event)

    def groups(self, platform: str, community: int) -> Sequence[str]:
        """The groups of a platform where this community meets, the oldest first."""
        found = self._core.groups.by_id(community)
        places = found.places if found is not None else ()
        return list(dict.fromkeys(place.group for place in places if place.platform == platform))


class Phrases:
    """The catalogues as adapters read them: one entry, plain, in the nearest language."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __call__(self, key: str, locale: str | None, **values: str | int) -> str:
        return self._texts.reader(locale).plain(key, **values)
