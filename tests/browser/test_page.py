"""The rehearsal page, as people use it: by mouse, by keyboard, by screen reader, on a phone."""

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from bot.contract.events import CommandGiven
from tests.adapters.rehearsal.conftest import Served, serving
from tests.adapters.rehearsal.small_core import Builder
from tests.browser.conftest import Visit, visiting

pytestmark = [pytest.mark.browser, pytest.mark.asyncio]


async def focused(page: Page) -> str:
    return str(await page.evaluate("document.activeElement.id || document.activeElement.textContent"))


async def assert_accessible(page: Page) -> None:
    found: Any = (await Axe().run(page)).response
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []


async def a_whole_vote(visit: Visit) -> None:
    await visit.speak_as("Mo")
    await visit.type("/desk")
    await visit.sees("Next step: ask the group.")
    await visit.press("Ask the group")
    await visit.sees("The vote is open for seven days.")
    for name in ("Asha", "Ben"):
        await visit.speak_as(name)
        await visit.press("Agree to all")
        await visit.sees("Your vote: agree.")


async def test_a_whole_vote_can_be_run_from_the_page_alone(visit: Visit) -> None:
    await a_whole_vote(visit)
    await visit.page.get_by_role("button", name="To the next thing due").click()
    await visit.sees("The vote is over. 2 took part.")
    await expect(visit.page.get_by_role("button", name="Nothing is due")).to_be_visible()


async def test_private_answers_are_marked_and_only_in_the_page_of_who_asked(visit: Visit) -> None:
    await a_whole_vote(visit)
    answer = visit.log.get_by_role("article", name="Private answer").last
    await expect(answer).to_contain_text("Only you can see this")
    await visit.speak_as("Mo")
    await visit.sees("The vote is open for seven days.")
    assert "Your vote" not in await visit.page.content()


async def test_the_next_screen_replaces_the_old_one_and_takes_the_focus(visit: Visit) -> None:
    await visit.type("/more")
    button = visit.page.get_by_role("button", name="Next page")
    await button.focus()
    await visit.page.keyboard.press("Enter")
    await visit.sees("Page 2")
    await expect(visit.log.get_by_text("Page 1")).to_have_count(0)
    assert "Page 2" in await focused(visit.page)
    await expect(visit.page.locator("#news")).to_contain_text("The answer changed. Page 2")


async def test_a_message_has_a_menu_for_those_who_may_use_it(visit: Visit) -> None:
    await visit.type("How many units for a pizza?")
    await visit.sees("How many units for a pizza?")
    await expect(visit.log.locator("details.menu")).to_have_count(0)
    await visit.speak_as("Mo")
    menu = visit.log.locator("details.menu").last
    await menu.locator("summary").click()
    await assert_accessible(visit.page)
    await menu.get_by_role("button", name="Ask the desk").click()
    await visit.sees("Next step: ask the group.")
    event = visit.served.builder.store.events[-1]
    assert isinstance(event, CommandGiven)
    assert event.said == "How many units for a pizza?"


async def test_what_people_type_never_becomes_markup(visit: Visit) -> None:
    text = "<img src=x onerror=alert(1)> **b** [a](javascript:alert(1)) \u202eabc"
    await visit.type(text)
    await visit.sees(text)
    await visit.type(f"/tell {text}")
    assert await visit.log.locator("img, a, strong").count() == 0


async def test_links_open_elsewhere_without_an_opener_and_lists_are_lists(visit: Visit) -> None:
    await visit.type("/rules")
    link = visit.log.get_by_role("link", name="Diabetes UK")
    await expect(link).to_have_attribute("rel", re.compile("noopener"))
    await expect(visit.log.get_by_role("listitem")).to_have_count(3)
    await expect(visit.log.get_by_role("link", name="About rules")).to_have_attribute(
        "href", "https://example.org/"
    )


async def test_commands_are_suggested_while_typing_and_chosen_by_keyboard(visit: Visit) -> None:
    words, options = visit.words, visit.page.get_by_role("option")
    await words.press_sequentially("/")
    await expect(options).to_have_count(3)
    await expect(words).to_have_attribute("aria-expanded", "true")
    await words.press("ArrowDown")
    chosen = visit.page.get_by_role("option", selected=True)
    await expect(chosen).to_contain_text("/signpost [topic]")
    active = await words.get_attribute("aria-activedescendant")
    assert active == await chosen.get_attribute("id")
    await words.press("Tab")
    await expect(words).to_have_value("/signpost ")
    await expect(options).to_have_count(3)
    await words.press_sequentially("sick")
    await expect(options).to_have_text(["Sick Days"])
    await words.press("Tab")
    await expect(words).to_have_value("/signpost sick days")
    await words.press("Escape")
    await expect(options).to_have_count(0)
    await words.press("Enter")
    await visit.sees("I do not know /signpost.")


async def test_commands_of_moderators_are_suggested_to_moderators_alone(visit: Visit) -> None:
    await visit.words.press_sequentially("/de")
    await expect(visit.page.get_by_role("option")).to_have_count(0)
    await visit.words.fill("")
    await visit.speak_as("Mo")
    await visit.words.press_sequentially("/de")
    await expect(visit.page.get_by_role("option")).to_have_count(1)


async def test_buttons_say_what_to_type_instead(visit: Visit) -> None:
    await visit.type("/rules")
    button = visit.log.get_by_role("button", name="Suggest a change")
    await expect(button).to_have_attribute("aria-description", "Or type /agree-rules suggest")
    await expect(button).to_have_attribute("title", "Or type /agree-rules suggest")


async def test_a_form_keeps_the_focus_inside_and_gives_it_back(visit: Visit) -> None:
    await visit.type("/rules")
    await visit.log.get_by_role("button", name="Suggest a change").focus()
    await visit.page.keyboard.press("Enter")
    dialog = visit.page.get_by_role("dialog", name="Suggest a change")
    await expect(dialog.get_by_label("Your idea")).to_be_focused()
    for _ in range(8):
        await visit.page.keyboard.press("Tab")
        inside = "!document.activeElement.matches('main *, aside *, nav *, header *, .skip')"
        assert await visit.page.evaluate(inside)
    await visit.page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    assert await focused(visit.page) == "Suggest a change"
    await visit.page.keyboard.press("Enter")
    await dialog.get_by_label("Your idea").fill("No shaming")
    await dialog.get_by_role("button", name="Send").press("Enter")
    await visit.sees("No shaming")


async def test_a_form_that_is_open_survives_a_reload_of_the_page(visit: Visit) -> None:
    await visit.type("/rules")
    await visit.press("Suggest a change")
    await expect(visit.page.get_by_role("dialog")).to_be_visible()
    await visit.page.reload()
    await expect(visit.page.get_by_role("dialog")).to_be_visible()


async def test_a_newcomer_joins_and_finds_a_private_message(visit: Visit) -> None:
    await visit.speak_as("Noor")
    await expect(visit.page.get_by_text("Noor has not joined the group yet")).to_be_visible()
    await visit.page.locator("#join-here").click()
    await expect(visit.page.get_by_role("button", name=re.compile("^welcome"))).to_be_visible()
    await visit.page.get_by_role("button", name=re.compile("Common Ground.*1 new")).click()
    await visit.sees("You can ask me things here.")
    await visit.page.get_by_role("button", name="Leave as Noor").click()
    await expect(visit.page.get_by_role("button", name="Join as Noor").last).to_be_visible()


async def test_somebody_new_is_added_with_the_keyboard(visit: Visit) -> None:
    await visit.page.get_by_text("Add a person").focus()
    await visit.page.keyboard.press("Enter")
    await visit.page.get_by_label("A made-up name").fill("Río <b>")
    await visit.page.get_by_label("Is a moderator").press("Space")
    await visit.page.get_by_label("A made-up name").press("Enter")
    await expect(visit.page.get_by_role("radio", name="Río <b>")).to_be_checked()
    await expect(visit.words).to_have_accessible_name("Message as Río <b>")


async def test_a_thread_is_started_and_answered(visit: Visit) -> None:
    await visit.page.get_by_role("button", name="Living with type 1").click()
    await visit.page.get_by_label("Title").fill("Nights")
    await visit.page.get_by_label("First message").fill("How do you sleep?")
    await visit.press("Start the thread")
    await visit.sees("How do you sleep?")
    assert await focused(visit.page) == "place-title"
    await visit.type("Badly!")
    await visit.sees("Badly!")


async def test_unread_places_are_marked_and_the_mark_goes(visit: Visit) -> None:
    await visit.served.act("say", who="p2", place="rules", text="Look here")
    marked = visit.page.get_by_role("button", name=re.compile("rules.*1 new"))
    await marked.click()
    await visit.sees("Look here")
    await expect(marked).to_have_count(0)


async def test_each_day_has_its_own_heading_in_the_log(visit: Visit) -> None:
    for day in range(2):
        await visit.type(f"Message {day}")
        await visit.sees(f"Message {day}")
        await visit.page.get_by_role("button", name="+1 day").click()
    days = visit.log.locator("[data-day]")
    await expect(days).to_have_count(2)
    boxes = [await days.last.bounding_box(), await days.last.locator(".words").bounding_box()]
    assert boxes[0]
    assert boxes[1]
    assert boxes[1]["y"] > boxes[0]["y"] + 20


async def test_a_person_who_is_not_in_this_room_is_forgotten(visit: Visit) -> None:
    await visit.page.evaluate("sessionStorage.setItem('who', 'p99')")
    await visit.page.reload()
    await expect(visit.page.get_by_role("radio", name="Asha")).to_be_checked()
    await visit.type("Here I am")
    await visit.sees("Here I am")


async def test_time_moves_are_shown_and_announced(visit: Visit) -> None:
    before = await visit.page.locator("#now").text_content()
    await visit.page.get_by_role("button", name="+1 day").click()
    await expect(visit.page.locator("#now")).not_to_have_text(before or "")
    await expect(visit.page.locator("#news")).to_have_text(
        re.compile(r"It is \w+ \d+ \w+, \d\d:\d\d in the room")
    )
    assert await focused(visit.page) == "+1 day"


async def test_the_first_stop_of_the_keyboard_skips_to_writing(visit: Visit) -> None:
    await visit.page.keyboard.press("Tab")
    await expect(visit.page.get_by_role("link", name="Skip to writing a message")).to_be_focused()
    await visit.page.keyboard.press("Enter")
    await expect(visit.words).to_be_focused()


async def test_people_are_chosen_with_the_arrow_keys_and_keep_the_focus(visit: Visit) -> None:
    await visit.page.get_by_role("radio", name="Asha").focus()
    for name in ("Ben", "Mo"):
        await visit.page.keyboard.press("ArrowDown")
        await expect(visit.page.get_by_role("radio", name=name)).to_be_focused()
        await expect(visit.words).to_have_accessible_name(f"Message as {name}")


async def test_a_problem_is_said_in_an_alert(visit: Visit) -> None:
    await visit.page.get_by_text("Add a person").click()
    await visit.page.get_by_label("A made-up name").fill("asha")
    await visit.press("Add and join")
    await expect(visit.page.get_by_role("alert")).to_contain_text("already somebody called")
    visit.complaints[:] = [one for one in visit.complaints if "409" not in one]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390], ids=["desktop", "phone"])
async def test_an_automated_check_finds_no_barrier(
    browser: Browser, room: Served, width: int, dark: bool
) -> None:
    wide = await visiting(browser, room)
    await a_whole_vote(wide)
    await wide.type("Some words of my own")
    await wide.type("/rules")
    await wide.sees("Be kind.")
    await wide.page.context.close()
    visit = await visiting(browser, room, width=width, dark=dark)
    await expect(visit.page.get_by_text("Do not use real names or messages here.")).to_be_visible()
    await visit.page.evaluate("sessionStorage.setItem('who', 'p2')")
    await visit.page.reload()
    await visit.sees("Be kind.")
    await assert_accessible(visit.page)
    await visit.words.press_sequentially("/")
    await expect(visit.page.get_by_role("option")).to_have_count(3)
    await assert_accessible(visit.page)
    await visit.words.press("Escape")
    await visit.press("Suggest a change")
    await expect(visit.page.get_by_role("dialog")).to_be_visible()
    await assert_accessible(visit.page)
    await visit.page.context.close()


async def test_on_a_phone_nothing_is_cut_off_and_the_sides_are_drawers(
    browser: Browser, room: Served
) -> None:
    visit = await visiting(browser, room, width=390)
    page = visit.page
    await page.get_by_role("button", name="People, time and guide").click()
    await expect(page.get_by_role("button", name="+1 hour")).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("radio", name="Mo").check(force=True)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="+1 hour")).to_be_hidden()
    await expect(page.get_by_role("button", name="People, time and guide")).to_be_focused()
    await page.get_by_role("button", name="Channels").click()
    await page.get_by_role("button", name="rules", exact=True).click()
    await visit.type("/desk")
    await visit.sees("Next step: ask the group.")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await page.context.close()


async def test_the_page_says_when_the_room_is_gone_and_goes_on_by_itself(
    browser: Browser, tmp_path: Path
) -> None:
    builder = Builder()
    async with serving(tmp_path, builder) as first:
        visit = await visiting(browser, first)
        await visit.type("Before")
        await visit.sees("Before")
    await expect(visit.page.get_by_text("The room is not running any more.")).to_be_visible()
    async with serving(tmp_path, builder, port=first.port):
        await expect(visit.page.get_by_text("The room is not running any more.")).to_be_hidden()
        await visit.sees("Before")
        await visit.type("After")
        await visit.sees("After")
        await visit.page.context.close()
