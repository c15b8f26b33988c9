"""What people do in the room, what the bot hears of it, and what each of them sees."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.rehearsal import Rehearsal, Room, RoomClock, RoomProblem
from adapters.rehearsal.clock import working_hours
from adapters.rehearsal.stage import RoomStage
from bot.contract.actions import Delete, Duty, Edit, Post, Sent, Tell
from bot.contract.events import (
    ButtonPressed,
    CommandGiven,
    FormAnswered,
    GroupAdded,
    MemberJoined,
    MemberLeft,
    MessageRef,
    Person,
    Place,
    TextPosted,
)
from bot.contract.platform import TryLater, Unreachable
from tests.adapters.rehearsal.conftest import PEOPLE, START, Staged
from tests.adapters.rehearsal.small_core import Builder, say

pytestmark = pytest.mark.asyncio
GENERAL = Place(platform="rehearsal", group="room", channel="general")


async def texts(stage: RoomStage, who: str) -> list[str]:
    return [seen.text for seen in await stage.seen(who)]


async def test_the_moderator_adds_the_bot_once_and_not_again_after_a_rebuild(staged: Staged) -> None:
    await staged.stage.rebuild()
    added = [event for event in staged.builder.store.events if isinstance(event, GroupAdded)]
    assert [event.person.name for event in added] == ["Mo"]
    assert added[0].place == GENERAL
    assert await texts(staged.stage, "Asha") == ["Hello. I look after the rules."]
    assert await texts(staged.stage, "Mo") == ["Three questions first.", "Hello. I look after the rules."]


async def test_a_command_reaches_the_bot_as_name_and_words(staged: Staged) -> None:
    await staged.stage.type("Asha", "/rules  kind words ", None)
    event = staged.builder.store.events[-1]
    assert isinstance(event, CommandGiven)
    assert (event.name, event.words) == ("rules", "kind words")
    assert event.person.joined_at == START - timedelta(days=120)
    assert (event.is_member, event.group_size) == (True, 3)


async def test_the_menu_of_a_message_hands_over_its_words_and_who_wrote_them(staged: Staged) -> None:
    stage = staged.stage
    await stage.type("Ben", "Good morning", None)
    [said] = [one for one in stage._room.log.since(0, "p1", ["general"]) if one.kind == "said" and one.author]
    asha = stage._room.people.named("Asha")
    await stage._deeds.use(asha.id, said.id, "why")
    event = staged.builder.store.events[-1]
    assert isinstance(event, CommandGiven)
    assert (event.name, event.said, event.on) == (
        "why",
        "Good morning",
        MessageRef(place=GENERAL, id=str(said.id)),
    )
    assert event.wrote is not None
    assert event.wrote.id == stage._room.people.named("Ben").id
    assert event.person.id == asha.id
    for unknown in (said.id + 999, 1):  # nothing, and the bot's own
        with pytest.raises(RoomProblem):
            await stage._deeds.use(asha.id, unknown, "why")


async def test_an_unknown_command_is_passed_on_for_the_bot_to_answer(staged: Staged) -> None:
    await staged.stage.type("Asha", "/weather", None)
    assert "I do not know /weather. Try /rules." in await texts(staged.stage, "Asha")


async def test_a_private_answer_is_seen_by_the_asker_alone(staged: Staged) -> None:
    await staged.stage.seen("Asha")
    await staged.stage.seen("Ben")
    await staged.stage.type("Asha", "/rules", None)
    (answer,) = await staged.stage.seen("Asha")
    assert answer.private
    assert answer.buttons == ["Suggest a change", "About rules"]
    assert await staged.stage.seen("Ben") == []


async def test_text_that_nobody_wants_is_shown_in_the_room_and_not_handed_over(staged: Staged) -> None:
    heard = len(staged.builder.store.events)
    await staged.stage.type("Asha", "Good morning", None)
    assert len(staged.builder.store.events) == heard
    assert "Good morning" in await texts(staged.stage, "Ben")


async def test_wanted_text_reaches_the_bot_with_its_message(staged: Staged) -> None:
    staged.builder.store.wanting = True
    await staged.stage.type("Asha", "shout", "Coffee and carbs: say hello")
    event = staged.builder.store.events[-1]
    assert isinstance(event, TextPosted)
    assert event.place.thread == "1"
    assert event.message.place == event.place
    assert "I heard that." in await texts(staged.stage, "Ben")


async def test_joining_and_leaving_are_honest_about_date_and_size(staged: Staged) -> None:
    await staged.stage.join("Noor")
    joined = staged.builder.store.events[-1]
    assert isinstance(joined, MemberJoined)
    assert (joined.person.joined_at, joined.is_member, joined.group_size) == (START, True, 4)
    assert "You can ask me things here." in await texts(staged.stage, "Noor")
    await staged.stage.leave("Noor")
    left = staged.builder.store.events[-1]
    assert isinstance(left, MemberLeft)
    assert (left.is_member, left.group_size) == (False, 3)
    with pytest.raises(RoomProblem, match="Noor is not in the group"):
        await staged.stage.type("Noor", "hello", None)


async def test_who_has_not_joined_reads_only_their_private_chat(staged: Staged) -> None:
    assert await staged.stage.seen("Noor") == []
    await staged.stage.type("Noor", "/rules", "direct")
    event = staged.builder.store.events[-1]
    assert isinstance(event, CommandGiven)
    assert (event.place.group, event.is_member) == ("", False)
    assert [seen.place for seen in await staged.stage.seen("Noor")] == ["direct"]


async def test_a_private_answer_that_replaces_is_changed_in_place(staged: Staged) -> None:
    await staged.stage.type("Asha", "/more", None)
    first = (await staged.stage.seen("Asha"))[-1]
    await staged.stage.press("Asha", "Next page", None)
    (second,) = await staged.stage.seen("Asha")
    assert (first.text, second.text) == ("Page 1", "Page 2")
    assert first.id.split(".")[0] == second.id.split(".")[0]


async def test_an_answer_never_replaces_a_message_that_others_can_see(staged: Staged) -> None:
    await staged.stage.type("Mo", "/desk", None)
    await staged.stage.press("Mo", "Ask the group", None)
    await staged.stage.press("Asha", "Agree to all", None)
    ballot = [seen for seen in await staged.stage.seen("Ben") if "Shall we" in seen.text]
    assert ballot[0].buttons == ["Agree to all", "Object to a rule", "Skip"]


async def test_a_form_is_answered_with_its_payload_and_every_field(staged: Staged) -> None:
    await staged.stage.type("Asha", "/rules", None)
    await staged.stage.press("Asha", "Suggest a change", None)
    shown = (await staged.stage.seen("Asha"))[-1]
    assert shown.private
    assert "Your idea" in shown.text
    await staged.stage.rebuild()
    await staged.stage.fill("Asha", {"words": "<b>No shaming</b>"})
    event = staged.builder.store.events[-1]
    assert isinstance(event, FormAnswered)
    assert (event.payload, dict(event.values)) == ("1-idea", {"words": "<b>No shaming</b>", "why": ""})
    assert "Your idea is kept:\n\n<b>No shaming</b>" in await texts(staged.stage, "Asha")
    with pytest.raises(RoomProblem, match="No form is open for Asha"):
        await staged.stage.fill("Asha", {})


async def test_event_numbers_grow_also_over_a_rebuild(staged: Staged) -> None:
    await staged.stage.type("Asha", "/rules", None)
    await staged.stage.rebuild()
    await staged.stage.type("Asha", "/rules", None)
    events = staged.builder.store.events
    numbers = [event.seq for event in events if isinstance(event, CommandGiven | ButtonPressed | GroupAdded)]
    assert numbers == sorted(set(numbers))


async def test_time_stops_at_each_thing_due_so_that_it_happens_at_its_own_time(staged: Staged) -> None:
    store = staged.builder.store
    store.due += [(START + timedelta(hours=hour), GENERAL) for hour in (5, 2, 30)]
    await staged.stage.advance(timedelta(days=1))
    assert store.happened_at == [START + timedelta(hours=2), START + timedelta(hours=5)]
    assert staged.stage.now() == START + timedelta(days=1)
    await staged.stage.to_next_due()
    assert staged.stage.now() == START + timedelta(hours=30)
    with pytest.raises(RoomProblem, match="Nothing is waiting"):
        await staged.stage.to_next_due()


async def test_the_clock_is_kept_over_a_restart_and_never_goes_back(tmp_path: Path) -> None:
    room = Room.open(tmp_path)
    clock = RoomClock(room, lambda: START)
    clock.set(START + timedelta(days=2))
    clock.set(START)
    room.close()
    again = Room.open(tmp_path)
    assert RoomClock(again, lambda: START).now() == START + timedelta(days=2)
    again.close()


async def test_the_same_key_twice_makes_one_message_also_after_a_restart(tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        room = Room.open(tmp_path)
        platform = Rehearsal(room, RoomClock(room, lambda: START))
        made += [await platform.perform(Post(place=GENERAL, body=say("Once")), "k1") for _ in range(2)]
        assert len(room.log.visible("general", "p1")) == 1
        room.close()
    assert len(set(made)) == 1


async def test_edits_deletions_and_private_messages_reach_their_target_or_say_unreachable(
    tmp_path: Path,
) -> None:
    room = Room.open(tmp_path)
    room.furnish(START)
    platform = Rehearsal(room, RoomClock(room, lambda: START))
    ref = await platform.perform(Post(place=GENERAL, body=say("One")), "a")
    assert ref is not None
    assert await platform.perform(Edit(message=ref, body=say("Two")), "b") == ref
    (message,) = room.log.visible("general", "p1")
    assert (message.body, message.edited) == ([{"spans": [{"text": "Two"}]}], True)
    told = await platform.perform(Tell(person=Person(platform="rehearsal", id="p1"), body=say("Psst")), "c")
    assert told is not None
    assert told.place.group == ""
    await platform.perform(Delete(message=ref), "d")
    assert room.log.visible("general", "p1") == []
    nowhere = Place(platform="rehearsal", group="room", channel="nowhere")
    lost: tuple[Sent, ...] = (
        Edit(message=ref, body=say("Three")),
        Post(place=nowhere, body=say("Lost")),
        Tell(person=Person(platform="rehearsal", id="p99"), body=say("Lost")),
        Tell(person=Person(platform="rehearsal", id="p1"), body=say("Lost"), duties=(Duty(place=GENERAL),)),
    )
    for number, action in enumerate(lost):
        with pytest.raises(Unreachable):
            await platform.perform(action, f"lost-{number}")
    room.close()


async def test_what_was_done_before_a_kill_is_there_afterwards(tmp_path: Path) -> None:
    child = (
        "import os, sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from adapters.rehearsal import Room\n"
        "room = Room.open(Path(sys.argv[1])); room.furnish(datetime.now(UTC))\n"
        "with room.change(): room.log.add('general', 'p1', datetime.now(UTC), [])\n"
        "print('done', flush=True); os.kill(os.getpid(), 9)\n"
    )
    ended = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", child, str(tmp_path)], capture_output=True, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    room = Room.open(tmp_path)
    assert [one.name for one in room.people.all()] == ["Asha", "Ben", "Mo", "Noor"]
    assert len(room.log.visible("general", "p1")) == 1
    room.close()


async def test_a_room_file_that_cannot_be_used_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "room.db").write_text("this is not a database, it is much too short and made of words" * 20)
    with pytest.raises(RoomProblem, match="another folder with --data"):
        Room.open(tmp_path)
    newer = tmp_path / "newer"
    Room.open(newer).close()
    file = sqlite3.connect(newer / "room.db")
    file.execute("PRAGMA user_version = 99")
    file.close()
    with pytest.raises(RoomProblem, match="newer version"):
        Room.open(newer)


async def test_a_full_disk_loses_nothing_that_was_kept_and_says_so(tmp_path: Path) -> None:
    room = Room.open(tmp_path)
    room.furnish(START)
    room._file.execute("PRAGMA max_page_count = 12")
    with pytest.raises(RoomProblem, match="Free space"), room.change():
        room.log.add("general", "p1", START, [{"spans": [{"text": "x" * 500_000}]}])
    assert room.log.visible("general", "p1") == []
    platform = Rehearsal(room, RoomClock(room, lambda: START))
    with pytest.raises(TryLater):
        await platform.perform(Post(place=GENERAL, body=say("x" * 500_000)), "big")
    room._file.execute("PRAGMA max_page_count = 100000")
    assert await platform.perform(Post(place=GENERAL, body=say("x" * 500_000)), "big")
    with room.change():
        room.log.add("general", "p1", START, [])
    assert len(room.people.all()) == 4
    room.close()


async def test_names_are_unique_and_never_empty_or_endless(staged: Staged, tmp_path: Path) -> None:
    room = Room.open(tmp_path / "other")
    room.furnish(START)
    for name in ("asha", "   ", "x" * 81):
        with pytest.raises(RoomProblem):
            room.people.add(name)
    assert room.people.add("<i>*_[x](y)").name == "<i>*_[x](y)"
    room.close()


async def test_a_stage_can_begin_with_its_own_people(tmp_path: Path) -> None:
    async with RoomStage(Builder(), tmp_path) as stage:
        await stage.begin([PEOPLE[2]], START)
        assert stage.now() == START


@pytest.mark.parametrize(
    ("opened", "begins"),
    [
        ("2026-12-03 11:30", "2026-12-03 11:30"),  # a Thursday
        ("2026-12-03 02:00", "2026-12-03 10:00"),
        ("2026-12-02 22:00", "2026-12-03 10:00"),
        ("2026-12-03 17:00", "2026-12-07 10:00"),
        ("2026-12-06 09:00", "2026-12-07 10:00"),
        ("2026-07-01 01:00", "2026-07-01 09:00"),  # summer: 10:00 in London
    ],
)
async def test_a_new_room_begins_when_a_vote_may_open(opened: str, begins: str) -> None:
    at = datetime.fromisoformat(opened).replace(tzinfo=UTC)
    assert working_hours(at, ZoneInfo("Europe/London")) == datetime.fromisoformat(begins).replace(tzinfo=UTC)
