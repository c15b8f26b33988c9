"""Every scenario on Discord: as written, rebuilt between any two steps, and killed between them."""

from pathlib import Path

import pytest

from adapters.rehearsal.scenario import read_scenario
from adapters.rehearsal.script import play_on
from tests.adapters.discord.stage import DiscordStage, KilledDiscordStage
from tests.conformance.stages import SCENARIOS
from tests.conformance.test_scenarios import KILLED

OWN = sorted(Path(__file__).parent.glob("*.yaml"))
every_scenario = pytest.mark.parametrize("path", [*OWN, *SCENARIOS], ids=lambda path: path.stem)


@every_scenario
async def test_a_scenario_plays_on_discord(path: Path, tmp_path: Path) -> None:
    async with DiscordStage(tmp_path) as stage:
        transcript = await play_on(stage, read_scenario(path))
        assert transcript.ok, transcript.text()
        assert stage.stand_in.objections == []


@every_scenario
async def test_a_scenario_plays_with_the_bot_rebuilt_between_any_two_steps(
    path: Path, tmp_path: Path
) -> None:
    async with DiscordStage(tmp_path) as stage:
        transcript = await play_on(stage, read_scenario(path), rebuilding=True)
        assert transcript.ok, transcript.text()
        assert stage.stand_in.objections == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", [*OWN, *(path for path in SCENARIOS if path.stem in KILLED)], ids=lambda path: path.stem
)
async def test_a_scenario_plays_with_the_process_killed_between_any_two_steps(
    path: Path, tmp_path: Path
) -> None:
    async with KilledDiscordStage(tmp_path) as stage:
        transcript = await play_on(stage, read_scenario(path), rebuilding=True)
        assert transcript.ok, transcript.text()
        assert stage.stand_in.objections == []
