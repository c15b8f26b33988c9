"""A real Chromium, a room with a small bot, and a page that looks at it."""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.adapters.rehearsal.conftest import Served, serving
from tests.adapters.rehearsal.small_core import Builder

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
REQUIRED = "COMMON_GROUND_REQUIRE_BROWSER"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the tests are skipped, or fail where it is required."""
    for name in CHROMIUM:
        path = shutil.which(name)
        if path:
            return path
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{REQUIRED} is 1 and there is no chromium")
    pytest.skip("no chromium on this machine")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        # Chromium's sandbox refuses root.
        args = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = await playwright.chromium.launch(executable_path=chromium, args=args)
        yield browser
        await browser.close()


@dataclass
class Visit:
    """A page on the room, with short words for what people do in it."""

    page: Page
    served: Served
    complaints: list[str]

    async def speak_as(self, name: str) -> None:
        await self.page.get_by_role("radio", name=name).check(force=True)
        await expect(self.page.locator("#me-name")).to_have_text(name)

    @property
    def words(self) -> Locator:
        return self.page.get_by_role("combobox")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    async def type(self, text: str) -> None:
        """Type a line and send it with the keyboard alone."""
        await self.words.fill(text)
        await self.words.press("Escape")
        await self.words.press("Enter")

    async def press(self, label: str) -> None:
        await self.page.get_by_role("button", name=label, exact=True).last.click()

    async def sees(self, text: str) -> None:
        await expect(self.log.get_by_text(text).last).to_be_visible()


async def visiting(browser: Browser, served: Served, *, width: int = 1280, dark: bool = False) -> Visit:
    context = await browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        has_touch=width < 500,
    )
    page = await context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("request", lambda asked: complaints.append(asked.url) if _foreign(asked.url, served) else None)
    await page.goto(served.url())
    await page.wait_for_selector("body[data-ready]")
    return Visit(page, served, complaints)


def _foreign(url: str, served: Served) -> bool:
    return not url.startswith((served.url(), f"ws://127.0.0.1:{served.port}/", "data:image/svg+xml"))


@pytest_asyncio.fixture
async def room(tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path / "room", Builder()) as served:
        yield served


@pytest_asyncio.fixture
async def visit(browser: Browser, room: Served) -> AsyncIterator[Visit]:
    """A desktop visit; afterwards the console must be clean and nothing loaded from elsewhere."""
    visit = await visiting(browser, room)
    yield visit
    assert visit.complaints == []
    await visit.page.context.close()
