"""Every scenario on Telegram: as written, rebuilt between any two steps, and killed between them."""

from pathlib import Path

import pytest

from adapters.rehearsal.scenario import read_scenario
from adapters.rehearsal.script import play_on
from adapters.telegram import Webhook
from tests.adapters.telegram.stage import KilledTelegramStage, TelegramStage
from tests.conformance.stages import SCENARIOS
from tests.conformance.test_scenarios import KILLED

OWN = sorted(Path(__file__).parent.glob("*.yaml"))
every_scenario = pytest.mark.parametrize("path", [*OWN, *SCENARIOS], ids=lambda path: path.stem)


@every_scenario
@pytest.mark.parametrize("ephemeral", [False, True], ids=["private chats", "ephemeral"])
async def test_a_scenario_plays_on_telegram(path: Path, tmp_path: Path, ephemeral: bool) -> None:
    async with TelegramStage(tmp_path, ephemeral=ephemeral) as stage:
        transcript = await play_on(stage, read_scenario(path))
        assert transcript.ok, transcript.text()
        assert stage.stand_in.objections == []


@every_scenario
async def test_a_scenario_plays_with_the_bot_rebuilt_between_any_two_steps(
    path: Path, tmp_path: Path
) -> None:
    async with TelegramStage(tmp_path) as stage:
        transcript = await play_on(stage, read_scenario(path), rebuilding=True)
    assert transcript.ok, transcript.text()


@every_scenario
async def test_a_scenario_plays_by_webhook_with_the_bot_rebuilt_between_any_two_steps(
    path: Path, tmp_path: Path, unused_port: int
) -> None:
    webhook = Webhook(url="https://bot.example/telegram", secret="a-secret_of_ours", port=unused_port)
    async with TelegramStage(tmp_path, webhook=webhook) as stage:
        transcript = await play_on(stage, read_scenario(path), rebuilding=True)
    assert transcript.ok, transcript.text()


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", [*OWN, *(path for path in SCENARIOS if path.stem in KILLED)], ids=lambda path: path.stem
)
async def test_a_scenario_plays_with_the_process_killed_between_any_two_steps(
    path: Path, tmp_path: Path
) -> None:
    async with KilledTelegramStage(tmp_path) as stage:
        transcript = await play_on(stage, read_scenario(path), rebuilding=True)
    assert transcript.ok, transcript.text()


@pytest.mark.slow
async def test_a_scenario_plays_by_webhook_with_the_process_killed_between_any_two_steps(
    tmp_path: Path, unused_port: int
) -> None:
    webhook = Webhook(url="https://bot.example/telegram", secret="a-secret_of_ours", port=unused_port)
    path = next(path for path in SCENARIOS if path.stem == "too-few-votes")
    async with KilledTelegramStage(tmp_path, webhook=webhook) as stage:
        transcript = await play_on(stage, read_scenario(path), rebuilding=True)
    assert transcript.ok, transcript.text()
