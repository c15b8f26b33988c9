"""A private answer never becomes a public one, also when something fails half-way."""

import asyncio
import logging
from collections.abc import Sequence

import pytest

from bot.contract.actions import Answer, Button
from bot.contract.events import CommandGiven, Event
from tests.adapters.discord.conftest import Bench
from tests.adapters.discord.small_core import reply

SECRET = "For you alone."


async def test_a_private_answer_to_a_public_command_takes_the_public_word_back(bench: Bench) -> None:
    bench.core.answers, bench.core.quick = (lambda event: (reply(SECRET),)), False
    await bench.people.command(bench.asha, bench.general, "post")
    await bench.settle()
    assert bench.texts(bench.asha) == [SECRET]
    assert bench.texts(bench.mo) == []


async def test_if_the_public_word_cannot_be_taken_back_nothing_is_said(bench: Bench) -> None:
    bench.core.answers, bench.core.quick = (lambda event: (reply(SECRET),)), False
    bench.stand_in.faults.on("DELETE /webhooks", 403)
    await bench.people.command(bench.asha, bench.general, "post")
    await bench.settle()
    assert bench.texts(bench.asha) == bench.texts(bench.mo) == []


async def test_a_public_answer_to_a_private_command_is_public(bench: Bench) -> None:
    bench.core.answers, bench.core.quick = (lambda event: (reply("All.", private=False),)), False
    await bench.people.command(bench.asha, bench.general, "rules")
    await bench.settle()
    assert bench.texts(bench.mo) == ["All."]


@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize("what", ["POST /interactions", "PATCH /webhooks", "POST /webhooks"])
@pytest.mark.parametrize("status", [400, 403, 404])
async def test_a_failure_anywhere_shows_nothing_to_others(
    bench: Bench, what: str, status: int, quick: bool
) -> None:
    bench.core.quick = quick
    words = ("word " * 1200).strip()
    bench.core.answers = lambda event: (reply(words), reply(SECRET, Button(label="Go on", payload="1-x")))
    bench.stand_in.faults.on(what, status)
    asking = asyncio.ensure_future(bench.people.command(bench.asha, bench.general, "rules"))
    await bench.settle()
    asking.cancel()
    assert bench.texts(bench.mo) == []


async def test_a_first_word_that_took_effect_before_a_500_counts_as_said(bench: Bench) -> None:
    bench.stand_in.faults.on("POST /interactions", 500, after=True)
    await bench.people.command(bench.asha, bench.general, "rules")
    await bench.settle()
    assert bench.texts(bench.asha) == ["Here you are."]
    assert len(bench.core.of(CommandGiven)) == 1


async def test_a_deferral_that_took_effect_before_a_500_is_filled(bench: Bench) -> None:
    bench.core.quick = False
    bench.stand_in.faults.on("POST /interactions", 500, after=True)
    await bench.people.command(bench.asha, bench.general, "rules")
    await bench.settle()
    assert bench.texts(bench.asha) == ["Here you are."]
    assert bench.texts(bench.mo) == []


@pytest.mark.parametrize(("minutes", "shown"), [(14, ["Here you are."]), (16, [])])
async def test_an_answer_after_fifteen_minutes_is_shown_to_nobody(
    bench: Bench, minutes: int, shown: list[str]
) -> None:
    bench.core.quick, bench.core.gate = False, asyncio.Event()
    await bench.people.command(bench.asha, bench.general, "rules")
    bench.stand_in.questions.move_clock(minutes * 60)
    bench.core.gate.set()
    await bench.settle()
    assert (bench.texts(bench.asha), bench.texts(bench.mo)) == (shown, [])
    await bench.people.command(bench.asha, bench.general, "rules")
    await bench.settle()
    assert bench.texts(bench.asha) == [*shown, "Here you are."]


async def test_what_discord_calls_too_late_is_shown_to_nobody(unconnected: Bench) -> None:
    bench = unconnected
    bench.pace(token_life=1e9)
    await bench.connect()
    bench.core.quick, bench.core.gate = False, asyncio.Event()
    await bench.people.command(bench.asha, bench.general, "rules")
    bench.stand_in.questions.move_clock(16 * 60)
    bench.core.gate.set()
    await bench.settle()
    assert bench.texts(bench.asha) == bench.texts(bench.mo) == []


async def test_no_log_holds_what_somebody_says(unconnected: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench = unconnected
    caplog.set_level(logging.DEBUG)
    bench.set(message_content=True)
    await bench.connect()
    await bench.people.write(bench.asha, bench.general, "my sugar was 3.1")
    bench.stand_in.faults.on("PATCH /webhooks", 400)
    bench.core.quick = False
    bench.core.answers = _broken
    await bench.people.command(bench.asha, bench.general, "rules", "a private word")
    bench.core.answers = lambda event: (reply(SECRET, Button(label="Agree", payload="1-agree-7")),)
    await bench.people.command(bench.asha, bench.general, "rules", "a private word")
    await bench.settle()
    for words in ("3.1", "private word", SECRET, "1-agree-7", bench.stand_in.token):
        assert words not in caplog.text


def _broken(event: Event) -> Sequence[Answer]:
    raise RuntimeError("a private word")


@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("quick", [True, False])
async def test_a_first_word_on_a_broken_connection_is_said_once(
    bench: Bench, quick: bool, after: bool
) -> None:
    bench.core.quick = quick
    bench.stand_in.faults.on("POST /interactions", cut=True, after=after)
    await bench.people.command(bench.asha, bench.general, "rules")
    await bench.settle()
    assert (bench.texts(bench.asha), bench.said) == (["Here you are."], [])
