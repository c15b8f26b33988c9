"""Communities in memory, so that an ordinary message never touches the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import structlog

from bot import chosen
from bot.contract.events import Place
from bot.settings import POSTS, GroupSettings
from bot.storage.communities import CommunityRow
from bot.storage.directory_changes import NOTHING, Changes, load_changes
from bot.storage.unit_of_work import Database, UnitOfWork

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A community as features see it: its id, its settings, and where it meets (first the oldest)."""

    community: int
    settings: GroupSettings
    places: tuple[Place, ...]  # none while the bot is removed from all of them
    sizes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    changes: Changes = NOTHING  # of its directory

    def places_for(self, about: str) -> tuple[Place, ...]:
        """Where posts of a kind go: the place a group chose for them, else where it meets."""
        pairs = chosen.read(self.settings.at(about))
        spots = (
            chosen.at_spot(place, pairs[key]) if (key := chosen.group_key(place)) in pairs else place
            for place in self.places
        )
        return tuple(dict.fromkeys(spots))

    def speaks_in(self, place: Place) -> bool:
        """Whether the bot speaks here by itself."""
        return any(place in self.places_for(about) for about in ("", *POSTS))

    def speaks_where(self, platform: str, group: str) -> tuple[Place, ...]:
        """Every place in a group of a platform where the bot speaks by itself, forums too."""
        here = [place for about in ("", *POSTS) for place in self.places_for(about)]
        own = next(
            (place for place in self.places if (place.platform, place.group) == (platform, group)), None
        )
        if own is not None:
            forums = [chosen.read(self.settings.votes_forum).get(chosen.group_key(own), "")]
            keys = chosen.of_group(self.settings.first_messages, own)
            forums += [key.removeprefix(f"{chosen.group_key(own)}/") for key in keys]
            here += [replace(own, channel=forum, thread=None) for forum in forums if forum]
        return tuple(dict.fromkeys(p for p in here if (p.platform, p.group) == (platform, group)))

    def instead_of(self, place: Place) -> Place | None:
        """Where the group meets, for a chosen place that cannot be reached."""
        if place in self.places:
            return None
        same = [own for own in self.places if (own.platform, own.group) == (place.platform, place.group)]
        return same[0] if same else None

    @property
    def size(self) -> int | None:
        """People in all its groups, as the platforms counted last. None if no platform told."""
        return sum(self.sizes.values()) if self.sizes else None


class Groups:
    """All communities by the groups they meet in. Reload what a transaction touched after it committed."""

    def __init__(self, defaults: GroupSettings | None = None) -> None:
        self._defaults = defaults or GroupSettings()  # what a group that chose nothing has
        self._by_group: dict[tuple[str, str], Group] = {}
        self._by_community: dict[int, Group] = {}
        self._version = -1

    async def load(self, database: Database) -> None:
        """Read everything that changed since the last load, also by other processes."""
        async with database.transaction() as work:
            rows = await work.communities.load(newer_than=self._version)
            changes = await _changes(work, rows, everything=self._version < 0)
        self._take(rows, changes)
        self._version = max([self._version, *(row.version for row in rows)])

    async def reload(self, database: Database, communities: Sequence[int]) -> None:
        """Read these communities again; one that is gone is dropped.

        What ``load`` has yet to read stays to be read: others may have changed others meanwhile.
        """
        async with database.transaction() as work:
            rows = await work.communities.load(only=communities)
            changes = await _changes(work, rows)
        for gone in set(communities) - {row.id for row in rows}:
            self._drop(gone)
        self._take(rows, changes)

    def of(self, place: Place) -> Group | None:
        """The community that meets in this place's group."""
        return self._by_group.get((place.platform, place.group))

    def on(self, platform: str) -> Sequence[str]:
        """Every group on this platform where a community meets."""
        return [group for found, group in self._by_group if found == platform]

    def meeting_on(self, platform: str) -> list[Group]:
        """Every community that meets on this platform."""
        found = {group.community: group for (on, _), group in self._by_group.items() if on == platform}
        return list(found.values())

    def by_id(self, community: int) -> Group | None:
        return self._by_community.get(community)

    def all(self) -> list[Group]:
        """Every community, the oldest first."""
        return [self._by_community[id] for id in sorted(self._by_community)]

    def any(self) -> Group | None:
        """The oldest community there is: the only one, in a rehearsal room."""
        return self._by_community[min(self._by_community)] if self._by_community else None

    def _take(self, rows: Sequence[CommunityRow], changes: Mapping[int, Changes]) -> None:
        for row in rows:
            self._drop(row.id)
            group = Group(
                community=row.id,
                settings=self._settings(row),
                places=row.places,
                sizes=row.sizes,
                changes=changes.get(row.id, NOTHING),
            )
            self._by_community[row.id] = group
            for place in row.places:
                self._by_group[place.platform, place.group] = group

    def _settings(self, row: CommunityRow) -> GroupSettings:
        """What this community chose. A value that this version cannot read is as if it were not chosen."""
        settings = self._defaults
        for name, value in row.settings.items():
            try:
                settings = settings.changed({name: value})
            except ValueError:
                log.warning("setting left out", community=row.id, setting=name)
        return settings

    def _drop(self, community: int) -> None:
        old = self._by_community.pop(community, None)
        for place in old.places if old else ():
            if self._by_group.get((place.platform, place.group)) is old:
                del self._by_group[place.platform, place.group]


async def _changes(
    work: UnitOfWork, rows: Sequence[CommunityRow], everything: bool = False
) -> Mapping[int, Changes]:
    """What these communities changed in their directory."""
    if not rows:
        return {}
    # As with settings: at the start one scan is cheaper than ten thousand ids in a list.
    return await load_changes(work.connection, None if everything else [row.id for row in rows])
