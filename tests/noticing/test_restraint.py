"""When the bot holds back by itself: each rule has a name."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.noticing.evidence import Noticed, enough
from bot.noticing.restraint import Moment, held_back, hint_instead
from bot.noticing.watch import Level

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (Moment(now=NOW), ""),
        (Moment(now=NOW, joined=ago(days=6, hours=23)), "newcomer"),
        (Moment(now=NOW, joined=ago(days=7)), ""),
        (Moment(now=NOW, grief=True), "grief-thread"),
        (Moment(now=NOW, moderator_wrote=ago(minutes=9)), "moderator-is-here"),
        (Moment(now=NOW, moderator_wrote=ago(minutes=10)), ""),
        (Moment(now=NOW, reminded_here=ago(hours=5, minutes=59)), "reminded-lately"),
        (Moment(now=NOW, reminded_here=ago(hours=6)), ""),
        (Moment(now=NOW, reminders=[ago(hours=hour) for hour in (1, 2, 3, 23)]), "enough-for-today"),
        (Moment(now=NOW, reminders=[ago(hours=hour) for hour in (1, 2, 3, 24)]), ""),
        (Moment(now=NOW, urgent_here=ago(hours=5)), "somebody-needs-help"),
        (Moment(now=NOW, urgent_here=ago(hours=6)), ""),
        (Moment(now=NOW, listening_only=True), ""),
    ],
)
def test_the_bot_says_nothing_by_itself_for_one_of_these_reasons(moment: Moment, reason: str) -> None:
    assert held_back(moment) == reason


def test_where_people_only_listen_and_at_night_moderators_get_a_hint() -> None:
    assert hint_instead(Moment(now=NOW, listening_only=True)) == "listening-only"
    assert hint_instead(Moment(now=NOW, quiet_hours=True)) == "quiet-hours"
    assert hint_instead(Moment(now=NOW)) == ""


def noticed(message: str, level: Level, **span: float) -> Noticed:
    return Noticed(message=message, at=ago(**span), level=level)


def test_at_the_normal_level_it_takes_a_clear_message_or_two_within_half_an_hour() -> None:
    one = noticed("1", Level.NORMAL, minutes=29)
    assert not enough([one], Level.NORMAL, NOW)
    assert enough([one, noticed("2", Level.NORMAL, minutes=1)], Level.NORMAL, NOW)
    assert enough([noticed("1", Level.QUIET, minutes=1)], Level.NORMAL, NOW)
    assert not enough([one, noticed("1", Level.NORMAL, minutes=1)], Level.NORMAL, NOW)
    assert not enough([noticed("1", Level.NORMAL, minutes=31), one], Level.NORMAL, NOW)


def test_quiet_and_keen_need_one_message() -> None:
    assert enough([noticed("1", Level.KEEN, minutes=1)], Level.KEEN, NOW)
    assert enough([noticed("1", Level.QUIET, minutes=1)], Level.QUIET, NOW)
    assert not enough([noticed("1", Level.NORMAL, minutes=1)], Level.QUIET, NOW)
