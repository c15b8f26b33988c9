"""A group becomes a supergroup in the middle of a vote, and the whole bot goes on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.rehearsal.scenario import Cast
from tests.adapters.telegram.stage import TelegramStage

NAMES = ("Asha", "Ben", "Cai", "Dee")
SETTING_UP = ("Set up this group", "England", "Adults only", "Name any moderator")


async def opened(stage: TelegramStage) -> None:
    """A plain group with a vote on all its rules."""
    people = [Cast("Mo", is_moderator=True), *(Cast(name) for name in NAMES)]
    await stage.begin(people, datetime(2026, 11, 25, 10, tzinfo=UTC))
    for label in SETTING_UP:
        await stage.press("Mo", label, None)
    await stage.type("Mo", "/desk", None)
    await stage.press("Mo", "Ask the group", None)


async def vote(stage: TelegramStage, name: str) -> None:
    await stage.press(name, "Agree to all", None)
    await stage.press(name, "Go on", None)
    assert any("Your vote is: Agree to all" in seen.text for seen in await stage.seen(name))


@pytest.mark.parametrize("order", ["old first", "new first", "none"])
async def test_a_vote_goes_on_when_its_group_becomes_a_supergroup(tmp_path: Path, order: str) -> None:
    async with TelegramStage(tmp_path, plain=True) as stage:
        await opened(stage)
        await vote(stage, "Asha")
        await stage.upgrade(order)
        if order != "none":
            await vote(stage, "Ben")
            await vote(stage, "Cai")
            await stage.type("Dee", "/rules", None)
            assert not any("do not know which group" in seen.text for seen in await stage.seen("Dee"))
        await stage.rebuild()
        await stage.seen("Dee")
        await stage.advance(timedelta(days=13))
        await stage.advance(timedelta(minutes=1))  # whoever learns of it by a failing call tries again
        seen = [one.text for one in await stage.seen("Dee")]
        assert any("is over" in text for text in seen)
        if order != "none":
            assert any("3 people took part" in text for text in seen)
