"""Scenarios: what is played, what is compared, and what is said about a mistake in the file."""

import json
from pathlib import Path

import pytest

from adapters.rehearsal import RoomProblem, play
from adapters.rehearsal.scenario import ACTS, Step, read_scenario
from adapters.rehearsal.script import play_on
from adapters.rehearsal.stage import RoomStage
from adapters.rehearsal.transcript import done
from tests.adapters.rehearsal.small_core import Builder

pytestmark = pytest.mark.asyncio

GOOD = """\
title: A first vote
about: Three people agree their rules.
zone: Europe/London
start: 2026-12-03 10:00
people:
  - Asha
  - Ben
  - Mo: moderator
  - Noor: newcomer
steps:
  - {who: Mo, type: "/desk", sees: ["Next step", "[Ask the group]"]}
  - {who: Mo, press: Ask the group, sees: The vote is open, not: ["The vote is over"]}
  - {who: Asha, sees: ["Shall we use these rules?"], not: ["The vote is open"]}
  - {who: Asha, press: Agree to all, sees: ["Your vote: agree"]}
  - {who: Ben, not: ["Your vote"]}
  - {join: Noor}
  - {who: Noor, sees: ["You can ask me things here."]}
  - {who: Asha, type: "/rules"}
  - {who: Asha, press: Suggest a change, sees: [Your idea]}
  - {who: Asha, fill: {words: No shaming}, sees: [No shaming]}
  - {who: Ben, type: "Hello all", in: "Coffee and carbs: say hello"}
  - {who: Asha, in: "coffee and carbs: say hello", sees: [Hello all]}
  - {pass: 1 day}
  - {leave: Ben}
  - {bot: stops}
  - {bot: starts}
  - {pass: next}
  - {who: Mo, sees: ["The vote is over. 1 took part."]}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    return path


async def test_everything_that_a_step_can_do_has_its_words() -> None:
    for act in ("", *ACTS):
        assert done(Step(line=1, who="Asha", act=act, what="stops"))


async def test_a_scenario_that_goes_as_written_ends_well(tmp_path: Path) -> None:
    said: list[str] = []
    assert await play(written(tmp_path, GOOD), Builder(), announce=said.append) == 0
    (text,) = said
    assert "Thursday 3 December 2026" in text
    assert "10:00  Mo types: /desk" in text
    assert "(only Mo, general)" in text
    assert "(everyone, general)" in text
    assert text.endswith("The scenario went as written.")


async def test_it_goes_the_same_with_the_bot_made_anew_between_any_two_steps(tmp_path: Path) -> None:
    builder = Builder()
    scenario = read_scenario(written(tmp_path, GOOD))
    async with RoomStage(builder, tmp_path / "room") as stage:
        transcript = await play_on(stage, scenario, rebuilding=True)
    assert transcript.problem is None
    assert builder.store.built == len(scenario.steps) + 1


async def test_the_transcript_as_json_marks_what_was_private_and_who_saw_it(tmp_path: Path) -> None:
    said: list[str] = []
    await play(written(tmp_path, GOOD), Builder(), as_json=True, announce=said.append)
    steps = json.loads(said[0])["steps"]
    desk = next(step for step in steps if step["what"] == "/desk")
    assert desk["saw"][0]["private"]
    assert desk["saw"][0]["by"] == ["Mo"]
    ballot = next(saw for step in steps for saw in step["saw"] if "Agree to all" in saw["buttons"])
    assert (ballot["private"], ballot["by"]) == (False, ["Asha", "Ben", "Mo"])


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("Your vote: agree", "Your vote: no", 14, 'Asha should see "Your vote: no"'),
        ('not: ["The vote is over"]', 'not: ["The vote is open"]', 12, "Mo should not see"),
        ("press: Agree to all", "press: Agree to some", 14, "The buttons are: Agree to all, Object"),
        ("fill: {words:", "fill: {idea:", 20, "The form has no field idea. It has: words, why."),
        ('in: "Coffee and carbs: say hello"', "in: kitchen", 21, "no channel or thread called kitchen"),
        ("{who: Ben, type", "{who: Noor, fill: {a: b}}\n  - {who: Ben, type", 21, "No form is open for Noor"),
    ],
)
async def test_an_unmet_step_ends_with_its_line_and_what_was_seen(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    said: list[str] = []
    assert await play(written(tmp_path, GOOD.replace(old, new)), Builder(), announce=said.append) == 1
    end = said[0].split("\n\n")[-1]
    assert f"scenario.yaml, line {line}: " in end
    assert words in end


async def test_an_unmet_expectation_shows_what_was_seen_instead(tmp_path: Path) -> None:
    said: list[str] = []
    text = GOOD.replace("Your vote: agree", "Your vote: no")
    await play(written(tmp_path, text), Builder(), announce=said.append)
    assert said[0].endswith("but saw:\n> Your vote: agree. You can change it until the vote ends.")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  - {join: Noor}", "  - {join: Noor", "scenario.yaml, line 17: this is not valid YAML"),
        ("{join: Noor}", "{joins: Noor}", "line 16: a step cannot have joins. Known are: type, press"),
        ("{join: Noor}", "{join: Zed}", "line 16: nobody here is called Zed. The people are: Asha, Ben"),
        ("{join: Noor}", "{who: Ben}", "line 16: the step says nothing to do"),
        ("{join: Noor}", "{join: Noor, leave: Ben}", "line 16: a step does one thing. This has join, leave."),
        ("{join: Noor}", "{press: Skip}", "line 16: the step does not say who."),
        ("{join: Noor}", "{who: Ben, sees: [[a]]}", "line 16: sees needs words or a list of words."),
        ("{join: Noor}", "{who: Ben, fill: words}", "line 16: fill needs fields with their words."),
        ("{pass: 1 day}", "{pass: a while}", "line 23: pass needs a length such as 3 days"),
        ("2026-12-03 10:00", "Thursday", "line 4: start must look like 2026-12-03 10:00."),
        ("Europe/London", "Europe/Leeds", "line 3: Europe/Leeds is not a time zone."),
        ("- Mo: moderator", "- Mo: boss", "line 8: each person is a name"),
        ("- Mo: moderator", "- Mo", "line 6: one of the people must be a moderator"),
        ("about:", "abuot:", "line 2: abuot is not a setting."),
        ("about:", "title:", "line 2: title is written twice."),
        ("title:", "about2:", "has no title."),
    ],
)
async def test_a_mistake_in_the_file_is_one_sentence_with_its_line(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    with pytest.raises(RoomProblem) as problem:
        await play(written(tmp_path, GOOD.replace(old, new, 1)), Builder())
    assert words in str(problem.value)
    assert "\n" not in str(problem.value)


async def test_an_empty_or_missing_file_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(RoomProblem, match="line 1: a scenario is a list of settings"):
        await play(written(tmp_path, ""), Builder())
    with pytest.raises(RoomProblem, match="cannot be read"):
        await play(tmp_path / "nowhere.yaml", Builder())
