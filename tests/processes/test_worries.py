"""A worry that was told reaches a moderator, whatever process is killed; and two processes tell it once."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.storage.migrate import migrate
from tests.features.worries import ALL_DAY, hours, pressed, reachable, the_case, worried
from tests.group import Clock, GroupUnderTest, Platform

ROOT = Path(__file__).parents[2]


@pytest_asyncio.fixture
async def group(database_url: str) -> AsyncIterator[GroupUnderTest]:
    """A group whose moderators Mo and Nia can be reached, with somebody on duty all day."""
    await migrate(database_url)
    clock = Clock()
    made = GroupUnderTest(database_url, clock, Platform(clock))
    await made.wire()
    for name in ("Mo", "Asha"):
        made.add_person(name, moderator=name == "Mo")
    await made.set_up()
    await reachable(made, "Mo", "Nia")
    await hours(made, ALL_DAY)
    yield made
    await made.close()


async def killed(group: GroupUnderTest, file: Path, when: str, until: str) -> None:
    """Somebody is worried in another process, which is killed (-9) once it said ``until``."""
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.processes.worry_worker"),
        *(group.url, group.clock().isoformat(), str(file), when),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert worker.stdout is not None
    said = ""
    while said != until:
        said = (await worker.stdout.readline()).decode().strip()
        assert said in ("stored", until)
    worker.send_signal(signal.SIGKILL)
    await worker.wait()


@pytest.mark.slow
async def test_killed_between_the_report_and_the_alert_the_alert_goes_out_after_the_start(
    group: GroupUnderTest, tmp_path: Path
) -> None:
    await group.close()
    await killed(group, tmp_path / "sent", "before", "stored")
    await group.wire()
    assert group.private_texts("Mo") == []
    await group.settle()
    assert len(group.private_texts("Mo")) == 1
    assert (await the_case(group)).told == 2
    assert "I have told 2 moderators." in await group.type(
        "Asha", f"/worried status {(await the_case(group)).id}"
    )


@pytest.mark.slow
async def test_killed_while_an_alert_is_sent_it_is_sent_again_under_the_same_key_within_half_a_minute(
    group: GroupUnderTest, tmp_path: Path
) -> None:
    await group.close()
    await killed(group, tmp_path / "sent", "while", "stuck")
    await group.wire()
    await group.pass_time(timedelta(seconds=30))
    taken = set((tmp_path / "sent").read_text().split())
    assert len(group.private_texts("Mo")) == 1
    assert taken <= set(group.platform.keys), "the platform knows it for the same message"


async def another(group: GroupUnderTest) -> GroupUnderTest:
    """A second bot on the same database and platform."""
    other = GroupUnderTest(group.url, group.clock, group.platform)
    other.people, other.seen, other._events = group.people, group.seen, 500_000
    await other.wire()
    return other


async def test_two_bots_tell_each_moderator_once_and_one_moderator_has_it(group: GroupUnderTest) -> None:
    other = await another(group)
    await worried(group, "Asha")
    await asyncio.gather(group.settle(), other.settle())
    assert [len(group.private_texts(name)) for name in ("Mo", "Nia")] == [1, 1]
    group.clock.at += timedelta(minutes=5)
    await asyncio.gather(*(one.settle() for one in (group, other, group, other)))
    again = [len(group.private_texts(name)) for name in ("Mo", "Nia")]
    assert max(again) <= 2
    id = (await the_case(group)).id
    said = await asyncio.gather(pressed(group, "Mo", "casetake", id), pressed(other, "Nia", "casetake", id))
    assert sum("It is yours" in one for one in said) == 1
    await other.close()


async def test_two_bots_that_hear_the_same_press_make_one_case(group: GroupUnderTest) -> None:
    other = await another(group)
    await asyncio.gather(*(one.type("Asha", "/worried yes") for one in (group, other, group, other)))
    await the_case(group)
    await other.close()
