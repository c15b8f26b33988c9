"""Every scenario on every stage: as it is, rebuilt between any two steps, and killed between them."""

from pathlib import Path

import pytest

from adapters.rehearsal.scenario import read_scenario
from adapters.rehearsal.script import play_on
from tests.conformance.stages import SCENARIOS, KilledStage, RoomStage, build

KILLED = ("first-agreement", "rule-change", "too-few-votes")
every_scenario = pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)


@every_scenario
async def test_a_scenario_plays_as_written(path: Path, tmp_path: Path) -> None:
    async with RoomStage(build(tmp_path), tmp_path / "room") as stage:
        transcript = await play_on(stage, read_scenario(path))
    assert transcript.ok, transcript.text()


@every_scenario
async def test_a_scenario_plays_with_the_bot_rebuilt_between_any_two_steps(
    path: Path, tmp_path: Path
) -> None:
    async with RoomStage(build(tmp_path), tmp_path / "room") as stage:
        transcript = await play_on(stage, read_scenario(path), rebuilding=True)
    assert transcript.ok, transcript.text()


@pytest.mark.slow
@pytest.mark.parametrize("name", KILLED)
async def test_a_scenario_plays_with_the_process_killed_between_any_two_steps(
    name: str, tmp_path: Path
) -> None:
    stage = KilledStage(tmp_path)
    try:
        path = next(path for path in SCENARIOS if path.stem == name)
        transcript = await play_on(stage, read_scenario(path), rebuilding=True)
    finally:
        stage.kill()
    assert transcript.ok, transcript.text()
