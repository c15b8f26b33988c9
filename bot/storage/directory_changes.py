"""Everything that groups changed in their directory, as memory keeps it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.directory_entries import DirectoryEntries, EntryRow
from bot.storage.number_checks import NumberChecks, NumberRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What one group did about entries, and the numbers that its people read or put right."""

    entries: tuple[EntryRow, ...] = ()
    numbers: tuple[NumberRow, ...] = ()

    def entry(self, id: str) -> EntryRow:
        """What it did about this entry; an empty row for nothing."""
        return next((row for row in self.entries if row.id == id), EntryRow(id=id))

    def number(self, key: str) -> NumberRow:
        """What is known of this number; an empty row for nothing."""
        return next((row for row in self.numbers if row.key == key), NumberRow(key=key))


NOTHING = Changes()


async def load_changes(
    connection: AsyncConnection, only: Collection[int] | None = None
) -> dict[int, Changes]:
    """What every community, or each of those named, changed; those that changed nothing are left out."""
    entries = await DirectoryEntries(connection).load(only)
    numbers = await NumberChecks(connection).load(only)
    return {
        community: Changes(
            entries=tuple(entries.get(community, ())), numbers=tuple(numbers.get(community, ()))
        )
        for community in entries.keys() | numbers.keys()
    }
