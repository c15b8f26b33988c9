"""When a group may be spoken to."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ground_rules.calendar import Calendar

LONDON = Calendar(tz=ZoneInfo("Europe/London"))
AUCKLAND = Calendar(tz=ZoneInfo("Pacific/Auckland"))


def at(text: str, calendar: Calendar = LONDON) -> datetime:
    """A local time of the group, as aware UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=calendar.tz).astimezone(UTC)


@pytest.mark.parametrize(
    ("local", "allowed"),
    [
        ("2026-11-25 07:59:59", False),
        ("2026-11-25 08:00", True),
        ("2026-11-25 20:59:59", True),
        ("2026-11-25 21:00", False),
        ("2026-11-25 00:00", False),
        ("2026-11-27 11:59:59", True),  # a Friday
        ("2026-11-27 12:00", False),
        ("2026-11-28 10:00", False),
        ("2026-11-29 11:59:59", False),
        ("2026-11-29 12:00", True),
    ],
)
def test_nothing_is_due_at_night_nor_from_friday_noon_to_sunday_noon(local: str, allowed: bool) -> None:
    assert LONDON.allowed(at(local)) is allowed


@pytest.mark.parametrize(
    ("local", "moved"),
    [
        ("2026-11-25 15:30", "2026-11-25 15:30"),
        ("2026-11-25 03:00", "2026-11-25 10:00"),
        ("2026-11-25 22:00", "2026-11-26 10:00"),
        ("2026-11-26 22:00", "2026-11-27 10:00"),
        ("2026-11-27 12:00", "2026-11-30 10:00"),
        ("2026-11-29 09:00", "2026-11-30 10:00"),  # Sunday 10:00 is not allowed either
        ("2026-11-29 12:00", "2026-11-29 12:00"),
    ],
)
def test_a_date_that_is_not_allowed_moves_to_the_next_allowed_ten_o_clock(local: str, moved: str) -> None:
    assert LONDON.next_allowed(at(local)) == at(moved)


def test_a_day_on_which_the_bot_already_posts_moves_the_date_on() -> None:
    taken = {date(2026, 11, 25), date(2026, 11, 26)}
    assert LONDON.next_allowed(at("2026-11-25 09:00"), taken.__contains__) == at("2026-11-27 10:00")
    taken.add(date(2026, 11, 27))
    assert LONDON.next_allowed(at("2026-11-25 09:00"), taken.__contains__) == at("2026-11-30 10:00")


def test_where_every_day_is_taken_that_is_a_fault_and_not_an_endless_search() -> None:
    with pytest.raises(ValueError, match="taken"):
        LONDON.next_allowed(at("2026-11-25 09:00"), lambda day: True)


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "moved"),
    [
        (time(21), time(11, 30), "2026-11-25 11:30"),
        (time(9), time(12), "2026-11-25 12:00"),
        (time(9), time(7), "2026-11-26 07:00"),
        (time(21), time(10), "2026-11-25 10:00"),
        (time(9, 30), time(9), "2026-11-26 09:00"),
    ],
)
def test_where_ten_o_clock_is_quiet_the_end_of_the_quiet_hours_stands_for_it(
    quiet_from: time, quiet_until: time, moved: str
) -> None:
    calendar = Calendar(tz=LONDON.tz, quiet_from=quiet_from, quiet_until=quiet_until)
    assert calendar.next_allowed(at("2026-11-25 09:30")) == at(moved)


def test_quiet_hours_within_a_day_include_their_first_moment_and_not_their_last() -> None:
    calendar = Calendar(tz=LONDON.tz, quiet_from=time(13), quiet_until=time(14))
    assert calendar.is_quiet(at("2026-11-25 13:00"))
    assert not calendar.is_quiet(at("2026-11-25 14:00"))
    assert not calendar.is_quiet(at("2026-11-25 12:59"))


def test_equal_times_mean_no_quiet_hours() -> None:
    calendar = Calendar(tz=LONDON.tz, quiet_from=time(0), quiet_until=time(0))
    assert calendar.allowed(at("2026-11-25 03:00"))


def test_a_group_is_asked_in_its_own_time_zone() -> None:
    noon_in_utc = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert LONDON.allowed(noon_in_utc)
    assert not AUCKLAND.allowed(noon_in_utc)
    assert AUCKLAND.next_allowed(noon_in_utc) == at("2026-11-26 10:00", AUCKLAND)
    assert AUCKLAND.day(noon_in_utc) == date(2026, 11, 26)


def test_the_same_time_of_day_is_kept_over_both_clock_changes() -> None:
    assert LONDON.later(at("2026-03-27 10:00"), 3) == datetime(2026, 3, 30, 9, tzinfo=UTC)
    assert LONDON.later(at("2026-10-23 10:00"), 3) == datetime(2026, 10, 26, 10, tzinfo=UTC)


def test_ten_o_clock_is_local_on_the_monday_after_each_clock_change() -> None:
    assert LONDON.next_allowed(at("2026-03-28 23:00")) == datetime(2026, 3, 30, 9, tzinfo=UTC)
    assert LONDON.next_allowed(at("2026-10-24 23:00")) == datetime(2026, 10, 26, 10, tzinfo=UTC)


def test_quiet_hours_that_end_in_the_missing_hour_end_when_the_clock_goes_on() -> None:
    # The night to Sunday 29 March 2026: 01:00 becomes 02:00. Sunday morning is not allowed anyway,
    # so take a zone that changes on a Friday: Jordan's clocks did so on 1 April 2022.
    calendar = Calendar(tz=ZoneInfo("Asia/Amman"), quiet_from=time(9), quiet_until=time(0, 30))
    moved = calendar.next_allowed(at("2022-03-24 09:30", calendar))
    assert calendar.allowed(moved)
    assert calendar.local(moved).date() == date(2022, 3, 25)


def test_the_hour_that_comes_twice_counts_as_its_wall_time_both_times() -> None:
    calendar = Calendar(tz=LONDON.tz, quiet_from=time(1), quiet_until=time(2))
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert calendar.is_quiet(first)
    assert calendar.is_quiet(first + timedelta(hours=1))
    assert not calendar.is_quiet(first + timedelta(hours=2))


def test_a_time_without_a_zone_is_a_fault() -> None:
    with pytest.raises(ValueError, match="zone"):
        LONDON.allowed(datetime(2026, 11, 25, 10))  # noqa: DTZ001


zones = st.sampled_from(["Europe/London", "America/St_Johns", "Asia/Kolkata", "Pacific/Chatham", "UTC"])
moments = st.datetimes(datetime(2020, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
times = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(moments, zones, times, times, st.sets(st.integers(0, 6), max_size=3))
def test_a_moved_date_is_allowed_free_soon_and_never_earlier(
    moment: datetime, zone: str, quiet_from: time, quiet_until: time, taken: set[int]
) -> None:
    calendar = Calendar(tz=ZoneInfo(zone), quiet_from=quiet_from, quiet_until=quiet_until)
    taken -= {0, 1}  # at least Monday or Tuesday stays free

    moved = calendar.next_allowed(moment, lambda day: day.weekday() in taken)

    assert calendar.allowed(moved)
    assert moment <= moved <= moment + timedelta(days=9)
    assert calendar.day(moved).weekday() not in taken
    assert moved.tzinfo is UTC
    if moved == moment:
        return
    assert calendar.local(moved).time() in {time(10), quiet_until}
