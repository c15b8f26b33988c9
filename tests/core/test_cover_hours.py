"""Cover hours: wall time in the group's own zone, over midnight and over both clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.cover_hours import (
    EVERY_DAY,
    WEEKEND,
    WORKING_DAYS,
    CoverHours,
    Window,
    read_days,
    read_time,
    whole_week,
)

LONDON = ZoneInfo("Europe/London")
EVENINGS = CoverHours((Window(EVERY_DAY, time(18), time(22)),))
MONDAY = date(2027, 1, 11)


def at(day: date, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    """A moment by London's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "on"), [(17, 59, False), (18, 0, True), (21, 59, True), (22, 0, False)]
)
def test_a_window_holds_its_beginning_and_not_its_end(hour: int, minute: int, on: bool) -> None:
    assert (EVENINGS.day(at(MONDAY, hour, minute), LONDON) is not None) is on


def test_the_night_belongs_to_the_day_it_began() -> None:
    nights = CoverHours((Window((0,), time(22), time(3)),))
    tuesday = MONDAY + timedelta(days=1)
    assert nights.day(at(tuesday, 2), LONDON) == MONDAY
    assert nights.day(at(tuesday, 3), LONDON) is None
    assert nights.day(at(MONDAY, 2), LONDON) is None, "Sunday's night has no cover"
    assert nights.ends(at(MONDAY, 23), LONDON) == at(tuesday, 3)


def test_what_begins_as_it_ends_is_a_whole_day() -> None:
    always = CoverHours((Window(EVERY_DAY, time(0), time(0)),))
    for hour in range(24):
        assert always.day(at(MONDAY, hour), LONDON) == MONDAY


def test_the_next_cover_is_told_whether_it_is_on_now_or_not() -> None:
    weekend = CoverHours((Window(WEEKEND, time(10), time(16)),))
    saturday = MONDAY + timedelta(days=5)
    assert weekend.next(at(MONDAY, 9), LONDON) == at(saturday, 10)
    assert weekend.next(at(saturday, 11), LONDON) == at(saturday + timedelta(days=1), 10)
    assert weekend.next(at(saturday + timedelta(days=1), 11), LONDON) == at(saturday + timedelta(days=7), 10)
    assert CoverHours().next(at(MONDAY, 9), LONDON) is None


def test_windows_that_touch_end_together() -> None:
    two = CoverHours((Window((0,), time(9), time(12)), Window((0,), time(12), time(15))))
    assert two.ends(at(MONDAY, 10), LONDON) == at(MONDAY, 15)
    assert two.ends(at(MONDAY, 16), LONDON) is None


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_hours_stay_by_the_clock_on_the_wall_when_clocks_change(day: date) -> None:
    for changed in (day - timedelta(days=1), day, day + timedelta(days=1)):
        assert EVENINGS.day(at(changed, 18), LONDON) == changed
        assert EVENINGS.day(at(changed, 17, 59), LONDON) is None
        assert EVENINGS.next(at(changed, 12), LONDON) == at(changed, 18)


def test_a_night_in_which_clocks_change_is_covered_to_its_end() -> None:
    nights = CoverHours((Window(EVERY_DAY, time(22), time(3)),))
    for day in (date(2027, 3, 28), date(2027, 10, 31)):
        moment = at(day - timedelta(days=1), 22)
        while moment < at(day, 3):
            assert nights.day(moment, LONDON) == day - timedelta(days=1)
            moment += timedelta(minutes=15)
        assert nights.day(at(day, 3), LONDON) is None


def test_what_is_kept_is_read_again() -> None:
    hours = EVENINGS.adding(Window(WORKING_DAYS, time(9, 30), time(0))).adding(
        Window((5,), time(10), time(12))
    )
    assert CoverHours.read(hours.text) == hours
    assert hours.adding(Window((5,), time(10), time(12))) == hours, "each only once"
    assert CoverHours.read("") == CoverHours()
    assert whole_week(CoverHours((Window((5, 6), time(1), time(2)),)).windows) == (5, 6)


@pytest.mark.parametrize("text", ["x", "7 10:00-12:00", "0 25:00-26:00", "0", "0 10:00", ";;0 a-b"])
def test_what_is_no_hours_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        CoverHours.read(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:00", time(18)),
        ("18", time(18)),
        ("6pm", time(18)),
        (" 6 PM ", time(18)),
        ("6.30 pm", time(18, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("24", time(0)),
        ("0", time(0)),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "six", "25", "18:60", "13pm", "0am", "24:30", "1e1", "6pm 7pm"])
def test_other_times_are_an_error(typed: str) -> None:
    with pytest.raises(ValueError):
        read_time(typed)


def test_days_are_read_once_each_and_in_order() -> None:
    assert read_days("6,0,0") == (0, 6)
