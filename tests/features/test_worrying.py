"""``/worried``: one question, the numbers first, and moderators are told: truly, and never who told."""

from datetime import timedelta

import pytest

from tests.features.worries import (
    ALL_DAY,
    EVERY_EVENING,
    THREAD,
    at_hour,
    hours,
    on_duty,
    reachable,
    the_case,
    worried,
)
from tests.group import GroupUnderTest


async def test_the_numbers_come_first_on_yes_and_not_sure_and_never_before_a_person(
    group: GroupUnderTest,
) -> None:
    await reachable(group, "Mo")
    for answer in ("Yes", "Not sure"):
        said = await worried(group, "Asha", answer)
        assert said.index("999") < said.index("Thank you for telling us.")
        assert "You do not have to carry this alone." in said
    assert "Please reach a person now" not in await worried(group, "Ben", "No")


async def test_i_have_told_is_said_only_once_a_message_arrived(group: GroupUnderTest) -> None:
    await reachable(group, "Mo")
    group.platform.failures = [OSError("no network")] * 3
    said = await worried(group, "Asha")
    assert "on its way" in said
    assert "I have told" not in said
    assert "still on its way" in await group.press("Asha", "See if someone has it")
    group.platform.failures.clear()
    await group.pass_time(timedelta(minutes=2))
    assert "I have told one moderator." in await group.press("Asha", "See if someone has it")
    [alert] = group.private_texts("Mo")
    assert "Asha" not in alert
