"""The page's own guide, followed word for word in Chromium on the real bot."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from playwright.async_api import Browser, expect

from tests.adapters.rehearsal.conftest import serving
from tests.adapters.rehearsal.small_core import Builder
from tests.browser.conftest import Visit, visiting
from tests.browser.test_page import assert_accessible
from tests.conformance.stages import build

pytestmark = [pytest.mark.browser, pytest.mark.asyncio]

NEXT_DUE = re.compile("To the next thing due")


LATE_ON_SATURDAY = datetime(2026, 12, 5, 23, 30, tzinfo=UTC)


async def follow(visit: Visit) -> None:
    """Every step of the guide, in its order."""
    await visit.speak_as("Mo")
    for label in ("Set up this group", "England", "Adults only", "Name any moderator"):
        await visit.press(label)
    await visit.sees("That is all.")
    await visit.type("/desk")
    await visit.press("Ask the group")
    await visit.sees("The vote is open until")
    for name in ("Asha", "Ben", "Mo"):
        await visit.speak_as(name)
        await visit.press("Agree to all")
        await visit.press("Go on")
        await visit.sees("Your vote is:")
    result = visit.log.get_by_text("The vote on all the rules is over.").last
    for _ in range(4):  # other things may be due first
        await visit.page.get_by_role("button", name=NEXT_DUE).click()
        with suppress(AssertionError):
            await expect(result).to_be_visible(timeout=2_000)
            break
    await expect(result).to_be_visible()
    await visit.type("/rules")
    await visit.sees("We agreed these.")


async def test_a_long_answer_is_read_from_its_beginning(browser: Browser, tmp_path: Path) -> None:
    async with serving(tmp_path / "room", cast(Builder, build(tmp_path))) as served:
        visit = await visiting(browser, served, width=390)
        await visit.type("/signpost low at night")
        await expect(visit.log.get_by_text("Low glucose (hypo)")).to_be_in_viewport()
        await visit.type("/signpost")
        await expect(visit.log.get_by_role("button", name="I ask for someone else")).to_be_in_viewport()
        await visit.page.context.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_the_guide_leads_to_agreed_rules(browser: Browser, tmp_path: Path, dark: bool) -> None:
    def late() -> datetime:
        return LATE_ON_SATURDAY

    async with serving(tmp_path / "room", cast(Builder, build(tmp_path)), real=late) as served:
        visit = await visiting(browser, served, dark=dark)
        guide = await visit.page.locator("#try").text_content()
        assert guide is not None
        for label in ("Set up this group", "/desk", "Ask the group", "Agree to all", "Go on", "/rules"):
            assert label in guide
        await follow(visit)
        await expect(visit.log).to_contain_text("Our rules.")
        await assert_accessible(visit.page)
        assert visit.complaints == []
        await visit.page.context.close()
