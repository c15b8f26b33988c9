"""Alerts reach whose turn it is, leave everyone else in peace, and are known to have arrived or not."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import pytest

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import Place, TimeCame
from bot.contract.platform import TryLater, Unreachable
from bot.features import alerting
from bot.features.alerting import Alert, Outcome, Stage
from bot.happenings import DEADLINES
from tests.features.alerts import answer_test
from tests.group import MONDAY, GroupUnderTest

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NIGHT = MONDAY + 16 * HOUR  # Tuesday, 2am
RAISE, WENT = "test_raise", "test_went"


class Worries:
    """A feature that raises alerts, and what it learned of them."""

    def __init__(self, group: GroupUnderTest) -> None:
        self.group = group
        self.stage = Stage.ON_DUTY
        self.leave_out: Collection[str] = ()
        self.round = 0
        self.raised: list[Alert] = []
        self.outcomes: list[Outcome] = []
        self.nobody = ""

    async def raised_by(self, event: TimeCame, context: Context) -> Sequence[Action]:
        left = {context.person_key(self.group.people[name]) for name in self.leave_out}
        words = context.public.body("desk.note")
        alert = await alerting.alert(
            context, int(event.subject), self.stage, words, leave_out=left, round=self.round, then=WENT
        )
        self.raised.append(alert)
        self.nobody = alerting.nobody_to_tell(context)[0].plain
        return alert.actions

    async def went(self, event: TimeCame, context: Context) -> Sequence[Action]:
        self.outcomes.append(await alerting.went(event, context))
        return []

    async def alert(
        self,
        stage: Stage = Stage.ON_DUTY,
        at: datetime | None = None,
        out: Collection[str] = (),
        round: int = 0,
    ) -> list[str]:
        """Raise an alert now; the moderators who have it then."""
        self.stage, self.leave_out, self.round = stage, out, round
        self.group.clock.at = at or self.group.clock.at + timedelta(seconds=1)
        self.group.platform.told.clear()
        async with self.group.database.transaction() as work:
            await work.due.put(self.group.clock.at, RAISE, 7, 1)
        await self.group.settle()
        return sorted(id.removeprefix("id-") for id, _, _ in self.group.platform.told)


@pytest.fixture
async def worries(group: GroupUnderTest, monkeypatch: pytest.MonkeyPatch) -> Worries:
    """A group with the moderators Mo, Asha and Ben, who all answered a test alert; no rota, no hours."""
    for name in ("Asha", "Ben"):
        group.someone_else(name, is_moderator=True)
    made = Worries(group)
    monkeypatch.setitem(DEADLINES, RAISE, made.raised_by)
    monkeypatch.setitem(DEADLINES, WENT, made.went)
    await answer_test(group, "Mo", "Asha", "Ben")
    return made


# Whose turn it is


async def test_without_a_rota_everyone_is_told_at_once(worries: Worries) -> None:
    assert await worries.alert() == ["Asha", "Ben", "Mo"]
    assert worries.raised[0].stage is Stage.ALL


async def test_on_duty_then_backup_then_all(worries: Worries) -> None:
    await worries.group.type("Asha", "/desk rota take 0 duty")
    await worries.group.type("Ben", "/desk rota take 0 backup")
    assert await worries.alert(Stage.ON_DUTY) == ["Asha"]
    assert await worries.alert(Stage.BACKUP) == ["Ben"]
    assert await worries.alert(Stage.ALL) == ["Asha", "Ben", "Mo"]


async def test_a_stage_that_has_nobody_goes_on_to_the_next(worries: Worries) -> None:
    await worries.group.type("Ben", "/desk rota take 0 backup")
    assert await worries.alert(Stage.ON_DUTY) == ["Ben"]
    assert worries.raised[0].stage is Stage.BACKUP


async def test_off_duty_people_are_left_in_peace_while_somebody_is_on(worries: Worries) -> None:
    await worries.group.type("Mo", "/desk cover add 0")
    await worries.group.type("Asha", "/desk rota take all duty")
    assert await worries.alert(at=MONDAY + 9 * HOUR) == ["Asha"]  # 19:00


async def test_outside_of_cover_hours_nobody_is_on_duty(worries: Worries) -> None:
    await worries.group.type("Mo", "/desk cover add 0")
    await worries.group.type("Asha", "/desk rota take all duty")
    assert await worries.alert(at=MONDAY + 2 * HOUR) == ["Asha", "Ben", "Mo"]  # noon


async def test_cover_that_goes_on_after_midnight_belongs_to_the_day_it_began(worries: Worries) -> None:
    await worries.group.type("Mo", "/desk cover days 0")
    await worries.group.fill("Mo", start="10pm", end="3am")
    await worries.group.type("Ben", "/desk rota take 0 duty")
    assert await worries.alert(at=NIGHT) == ["Ben"], "and who covers the night is there"
    assert not worries.raised[0].silent


async def test_whoever_is_left_out_is_never_told(worries: Worries) -> None:
    await worries.group.type("Asha", "/desk rota take all duty")
    for stage in Stage:
        assert "Asha" not in await worries.alert(stage, out=["Asha"])
    assert await worries.alert(out=["Asha", "Ben", "Mo"]) == []


async def test_somebody_on_duty_who_cannot_be_reached_is_passed_over(worries: Worries) -> None:
    await worries.group.type("Asha", "/desk rota take all duty")
    await worries.group.type("Asha", "/me messages no")
    await worries.group.press("Asha", "Go on")
    assert await worries.alert() == ["Ben", "Mo"]


async def test_a_moderator_who_answered_no_test_is_tried_when_all_are(worries: Worries) -> None:
    worries.group.someone_else("Cai", is_moderator=True)
    await worries.group.type("Cai", "/desk")
    assert "Cai" in await worries.alert(Stage.ALL)


# Nights


async def test_at_night_only_those_are_told_who_chose_to_be_woken(worries: Worries) -> None:
    await worries.group.type("Ben", "/desk night wake")
    assert await worries.alert(at=NIGHT) == ["Ben"]
    assert not worries.raised[0].silent


async def test_if_nobody_can_be_woken_it_comes_without_a_sound(worries: Worries) -> None:
    assert await worries.alert(at=NIGHT) == ["Asha", "Ben", "Mo"]
    assert worries.raised[0].silent
    assert all(tell.silent for _, tell, _ in worries.group.platform.told)


async def test_the_rota_of_a_group_without_hours_wakes_nobody(worries: Worries) -> None:
    await worries.group.type("Asha", "/desk rota take all duty")
    assert await worries.alert(at=NIGHT) == ["Asha", "Ben", "Mo"]
    assert worries.raised[0].silent


# Alerts that are off


async def test_before_anybody_answered_a_test_nobody_is_alerted(
    group: GroupUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    worries = Worries(group)
    monkeypatch.setitem(DEADLINES, RAISE, worries.raised_by)
    await group.type("Mo", "/desk")
    assert await worries.alert() == []
    assert worries.raised == [Alert()]


async def test_where_nobody_can_be_told_there_is_the_contact_outside(worries: Worries) -> None:
    await worries.alert(out=["Asha", "Ben", "Mo"])
    assert "no contact outside of them yet" in worries.nobody
    await worries.group.type("Mo", "/desk outside write")
    await worries.group.fill("Mo", contact="Pat at the hall")
    await worries.alert(out=["Asha", "Ben", "Mo"], round=1)
    assert "Pat at the hall" in worries.nobody


# Delivered or not


async def test_it_is_known_when_each_alert_has_arrived(worries: Worries) -> None:
    await worries.alert()
    await worries.group.settle()
    assert len(worries.outcomes) == 3
    assert all(outcome.delivered and outcome.case == 7 for outcome in worries.outcomes)
    assert len(worries.outcomes[-1].so_far.delivered) == 3


async def test_nothing_has_arrived_while_the_platform_is_away(worries: Worries) -> None:
    worries.group.platform.failures = [TryLater(MINUTE) for _ in range(3)]
    assert await worries.alert() == []
    assert worries.outcomes == []
    await worries.group.pass_time(MINUTE)
    assert [outcome.delivered for outcome in worries.outcomes] == [True] * 3


async def test_an_alert_that_failed_is_known_and_its_moderator_listed(worries: Worries) -> None:
    await worries.group.type("Asha", "/desk rota take all duty")
    worries.group.platform.failures = [Unreachable()]
    assert await worries.alert() == []
    assert [outcome.delivered for outcome in worries.outcomes] == [False]
    page = await worries.group.type("Mo", "/desk cover")
    assert "Asha. My last message did not arrive" in page
    assert {"Ben", "Mo"} <= set(await worries.alert(round=1)), "the next ones are told"


async def test_the_same_alert_is_told_once_and_its_next_round_again(worries: Worries) -> None:
    assert len(await worries.alert()) == 3
    assert await worries.alert() == []
    assert len(await worries.alert(round=1)) == 3


async def test_an_alert_and_its_outcome_outlive_a_restart(worries: Worries) -> None:
    worries.group.platform.failures = [TryLater(MINUTE) for _ in range(3)]
    await worries.alert()
    await worries.group.rebuild()
    await worries.group.pass_time(MINUTE)
    assert len(worries.group.platform.told) == len(worries.outcomes) == 3


async def test_alerts_ignore_quiet_hours_and_budgets(worries: Worries) -> None:
    await worries.group.type("Ben", "/desk night wake")
    await worries.alert(at=NIGHT)
    assert [at for _, _, at in worries.group.platform.told] == [NIGHT]


async def test_a_merged_place_brings_its_moderators_reach_along(worries: Worries) -> None:
    async with worries.group.database.transaction() as work:
        other = await work.communities.create(Place(platform="test", group="g2", channel="c1"), MONDAY)
        await work.communities.merge(1, other)
        await work.cover.merge(1, other)
        assert [guard.reachable for guard in await work.cover.guards(other)] == [True] * 3
