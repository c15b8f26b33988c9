"""A group's own directory in memory: the packaged one with its changes."""

from dataclasses import replace
from datetime import date, timedelta

from bot.directory import Directory, Entry, Route
from bot.directory.own_words import read, written
from bot.groups import Group
from bot.own_directory import KEPT_IN_MEMORY, Directories
from bot.settings import GroupSettings
from bot.storage.directory_changes import Changes
from bot.storage.directory_entries import EntryRow
from bot.storage.number_checks import NumberRow

PACKAGED = Directory.load()
TODAY = date(2027, 1, 11)
ENGLAND = GroupSettings(country="england", audience="adults", contact="us")
CAFE = Entry(
    id="own-cafe",
    name="Cafe",
    purpose="Talk",
    countries=("england",),
    topics=("work",),
    routes=(Route(kind="phone", to="0113 496 0000"),),
    source="us",
)


def group(community: int = 1, *entries: EntryRow, numbers: tuple[NumberRow, ...] = ()) -> Group:
    changes = Changes(entries=entries, numbers=numbers)
    return Group(community=community, settings=ENGLAND, places=(), changes=changes)


def test_without_a_group_it_is_as_packaged() -> None:
    own = Directories(PACKAGED).of(None, TODAY)
    assert own.shown is PACKAGED
    assert own.card == ()


def test_own_entries_come_first_and_hidden_and_broken_ones_are_not_shown() -> None:
    rows = (
        EntryRow(id="own-cafe", content=written(CAFE), checked_on=TODAY),
        EntryRow(id="acas", hidden=True),
        EntryRow(id="scope", broken=True),
    )
    own = Directories(PACKAGED).of(group(1, *rows), TODAY)
    found = own.shown.find("work", "england")
    assert found[0] == replace(CAFE, last_checked=TODAY, status="ok")
    assert own.shown.entry("acas") is None
    assert own.shown.entry("scope") is None
    assert own.full.entry("acas") is not None, "moderators see it"


def test_the_same_directory_is_handed_out_until_something_changes_or_a_day_begins() -> None:
    directories, first = Directories(PACKAGED), group()
    own = directories.of(first, TODAY)
    assert directories.of(replace(first, sizes={("test", "g1"): 5}), TODAY) is own
    assert directories.of(first, TODAY + timedelta(days=1)) is not own
    assert directories.of(group(1, EntryRow(id="acas", hidden=True)), TODAY).shown.entry("acas") is None
    ireland = replace(first, settings=replace(ENGLAND, country="ireland"))
    assert directories.of(ireland, TODAY).card[0].number == "112 or 999"


def test_only_so_many_are_kept_in_memory() -> None:
    directories = Directories(PACKAGED)
    for community in range(KEPT_IN_MEMORY + 20):
        directories.of(group(community), TODAY)
    assert len(directories._known) == KEPT_IN_MEMORY


def test_a_number_put_right_is_right_wherever_it_stands() -> None:
    row = NumberRow(key="england_116123", number="116000", checked_on=TODAY)
    own = Directories(PACKAGED).of(group(numbers=(row,)), TODAY)
    samaritans = own.shown.entry("samaritans")
    assert samaritans is not None
    assert samaritans.routes[0].to == "116000"
    assert own.shown.country("england").voice[0].number == "116000"
    assert own.card[1].key == "england_116123", "its key stays"
    assert own.live(own.card[1]) == "116000"
    ireland = own.shown.entry("samaritans-ireland")
    assert ireland is not None
    assert ireland.routes[0].to == "116 123", "that is another country's"


def test_the_emergency_number_stays_whatever_is_stored() -> None:
    rows = tuple(
        NumberRow(key=number.key, broken=True) for number in Directories(PACKAGED).of(group(), TODAY).numbers
    )
    shown = Directories(PACKAGED).of(group(numbers=rows), TODAY).shown
    assert shown.country("england").emergency == "999"
    assert shown.country("england").voice == ()
    assert "find-a-helpline" in [entry.id for entry in shown.find("crisis", "england", most=9)]


def test_what_was_checked_long_ago_is_overdue_by_its_kind() -> None:
    rows = (
        EntryRow(id="acas", checked_on=TODAY - timedelta(days=366)),
        EntryRow(id="scope", checked_on=TODAY),
    )
    number = NumberRow(key="england_85258", checked_on=TODAY - timedelta(days=91))
    shown = Directories(PACKAGED).of(group(1, *rows, numbers=(number,)), TODAY).shown
    states = {entry.id: entry.status for entry in shown.entries}
    assert (states["acas"], states["scope"], states["shout"]) == ("overdue", "ok", "overdue")
    assert states["samaritans"] == "unchecked"


def test_a_crisis_line_beside_the_card_counts_as_looked_at_for_a_year() -> None:
    own = Directories(PACKAGED).of(group(), TODAY)
    beside = own.numbers[6]
    assert beside.name == "Samaritans, Welsh language line"
    wales = replace(ENGLAND, country="wales")
    last = Directories(PACKAGED).of(replace(group(), settings=wales), TODAY).numbers[6]
    row = NumberRow(key=last.key, checked_on=TODAY - timedelta(days=300))
    shown = Directories(PACKAGED).of(replace(group(numbers=(row,)), settings=wales), TODAY).shown
    papyrus = shown.entry("papyrus")
    assert papyrus is not None
    assert (papyrus.last_checked, papyrus.status) == (row.checked_on, "ok")


def test_words_that_are_kept_say_nothing_of_checks() -> None:
    marked = replace(CAFE, last_checked=TODAY, checked_by=("Mo", "Ben"), status="overdue")
    assert read(written(marked)) == CAFE
    assert "Mo" not in written(marked)
    assert read("- id: [") is None
    assert read("") is None
    assert read(written(CAFE) + written(CAFE)) is None
