"""What the bot says by itself: limits, faults, lost answers, gathered edits."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.telegram.limiter import Limiter
from adapters.telegram.settings import Pace
from bot.contract.actions import Button, DecideJoin, Delete, Duty, Edit, Post, Tell
from bot.contract.events import MessageRef, Person, Place
from bot.contract.platform import TryLater, Unreachable
from tests.adapters.telegram.conftest import Bench
from tests.adapters.telegram.small_core import body
from tests.adapters.telegram.stand_in import Fault, Group, Someone


def place(group: Group, thread: int | None = None) -> Place:
    topic = str(thread) if thread else None
    return Place(platform="telegram", group=str(group.id), channel=str(group.id), thread=topic)


def post(group: Group, text: str = "A vote", *, thread: int | None = None, pin: bool = False) -> Post:
    button = Button(label="Agree", payload="1-agree-3")
    return Post(place=place(group, thread), body=body(text), buttons=(button,), pin=pin)


def tell(person: Someone) -> Tell:
    return Tell(person=Person(platform="telegram", id=str(person.id)), body=body("Hello"))


async def test_a_post_is_said_pinned_and_known_by_its_key(bench: Bench, asha: Someone, group: Group) -> None:
    made = await bench.telegram.perform(post(group, pin=True), "cg1")
    again = await bench.telegram.perform(post(group, pin=True), "cg1")
    assert made == again
    assert [said.text for said in bench.sees(asha)] == ["A vote"]
    assert bench.sees(asha)[0].pinned
    assert made is not None
    assert made.id == str(bench.sees(asha)[0].id)
    assert bench.stand_in.called("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}


async def test_without_the_right_to_pin_a_post_stands_unpinned(
    bench: Bench, asha: Someone, group: Group
) -> None:
    group.rights.discard("can_pin_messages")
    await bench.telegram.perform(post(group, pin=True), "cg1")
    assert [(said.text, said.pinned) for said in bench.sees(asha)] == [("A vote", False)]


@pytest.mark.parametrize(
    "fault",
    [Fault(kind="reset", done=True), Fault(kind="page", done=True), Fault(kind="page", code=200, done=True)],
)
async def test_a_lost_answer_does_not_double_a_post(
    bench: Bench, asha: Someone, group: Group, fault: Fault
) -> None:
    await bench.people.say(asha, group, "good morning")
    await bench.settle()
    bench.stand_in.fail("sendMessage", fault)
    with pytest.raises(TryLater):
        await bench.telegram.perform(post(group), "cg1")
    await bench.people.say(asha, group, "and how are you")
    await bench.restart()
    made = await bench.telegram.perform(post(group), "cg1")
    assert bench.texts(asha) == ["A vote"]
    assert made is not None
    assert made.id == str(bench.sees(asha)[0].id)
    assert bench.sees(asha)[0].edits == 0


@pytest.mark.parametrize("fault", [Fault(kind="reset"), Fault(kind="page"), Fault(code=500, text="Internal")])
async def test_a_post_that_was_not_sent_is_sent_later(
    bench: Bench, asha: Someone, group: Group, fault: Fault
) -> None:
    await bench.people.say(asha, group, "good morning")
    await bench.settle()
    bench.stand_in.fail("sendMessage", fault)
    with pytest.raises(TryLater):
        await bench.telegram.perform(post(group), "cg1")
    await bench.telegram.perform(post(group), "cg1")
    assert bench.texts(asha) == ["A vote"]


@pytest.mark.parametrize("seconds", [1, 60, 3600])
async def test_a_flood_wait_is_kept_to_its_end_and_stops_only_that_chat(
    bench: Bench, asha: Someone, group: Group, seconds: int
) -> None:
    bench.stand_in.fail("sendMessage", Fault.flood(seconds))
    with pytest.raises(TryLater) as later:
        await bench.telegram.perform(post(group), "cg1")
    assert later.value.after >= timedelta(seconds=seconds)
    with pytest.raises(TryLater) as later:
        await bench.telegram.perform(post(group, "Another"), "cg2")
    assert later.value.after > timedelta(seconds=seconds - 1)
    await bench.telegram.perform(tell(asha), "cg3")
    assert bench.texts(asha) == ["Hello"]
    assert len(bench.stand_in.called("sendMessage")) == 2


@pytest.mark.parametrize("chat", ["new", "met", "blocked", "gone"])
async def test_who_cannot_be_reached_is_unreachable(bench: Bench, asha: Someone, chat: str) -> None:
    asha.chat = chat
    with pytest.raises(Unreachable):
        await bench.telegram.perform(tell(asha), "cg1")


async def test_an_alert_reaches_who_looks_after_the_group_now_and_nobody_who_did_once(
    bench: Bench, asha: Someone, mo: Someone, group: Group
) -> None:
    def alert(person: Someone) -> Tell:
        return replace(tell(person), duties=(Duty(place=place(group)),))

    for person in (asha, mo):
        await bench.people.start(person)
    with pytest.raises(Unreachable):
        await bench.telegram.perform(alert(asha), "cg1")
    assert await bench.telegram.perform(alert(mo), "cg2")
    await bench.people.promote(mo, group, mo, "member")
    with pytest.raises(Unreachable):
        await bench.telegram.perform(alert(mo), "cg3")
    await bench.people.leave(group, mo)
    with pytest.raises(Unreachable):
        await bench.telegram.perform(alert(mo), "cg4")


async def test_an_anonymous_moderator_cannot_be_told_anything(bench: Bench) -> None:
    person = Person(platform="telegram", id="anonymous-100")
    with pytest.raises(Unreachable):
        await bench.telegram.perform(Tell(person=person, body=body("Hello")), "cg1")


async def test_a_group_without_the_bot_is_unreachable(bench: Bench, mo: Someone, group: Group) -> None:
    group.bot_status = "kicked"
    with pytest.raises(Unreachable):
        await bench.telegram.perform(post(group), "cg1")


@pytest.mark.parametrize("state", ["closed", "deleted"])
async def test_what_cannot_be_said_in_its_topic_is_said_in_general(
    bench: Bench, asha: Someone, group: Group, state: str
) -> None:
    topic = await bench.people.open_topic(asha, group, "Votes")
    topic.state = state
    group.rights.discard("can_manage_topics")
    made = await bench.telegram.perform(post(group, thread=topic.id), "cg1")
    assert made is not None
    assert bench.sees(asha)[0].thread is None


async def test_edits_are_gathered_and_the_newest_wins(bench: Bench, asha: Someone, group: Group) -> None:
    made = await bench.telegram.perform(post(group), "cg1")
    assert made is not None
    for number in range(30):
        edit = Edit(message=made, body=body(f"{number} have voted"))
        await bench.telegram.perform(edit, f"cg{number + 2}")
    await bench.telegram.perform(Edit(message=made, body=body("an old one, tried again")), "cg3")
    await bench.telegram.show_edits()
    await bench.telegram.show_edits()
    assert bench.texts(asha) == ["29 have voted"]
    assert bench.sees(asha)[0].edits < 15, "no gap between edits here, and yet far fewer than were asked for"


async def test_between_two_edits_of_a_message_there_are_seconds(unconnected: Bench) -> None:
    bench = unconnected
    bench.quicker(edits=3600.0)
    asha = bench.world.somebody("Asha")
    group = bench.world.group("Type 1", asha)
    group.bot_status = "administrator"
    await bench.connect()
    made = await bench.telegram.perform(post(group), "cg1")
    assert made is not None
    for number in (2, 3):
        await bench.telegram.perform(Edit(message=made, body=body(f"edit {number}")), f"cg{number}")
        await bench.telegram.show_edits()
    assert bench.texts(asha) == ["edit 2"]
    assert len(bench.stand_in.called("editMessageText")) == 1


async def test_an_edit_that_is_waiting_survives_a_restart(bench: Bench, asha: Someone, group: Group) -> None:
    made = await bench.telegram.perform(post(group), "cg1")
    assert made is not None
    bench.stand_in.fail("editMessageText", *[Fault(kind="page")] * 3)
    await bench.telegram.perform(Edit(message=made, body=body("Closed")), "cg2")
    await bench.telegram.show_edits()
    await bench.restart()
    await bench.stand_in.happens(lambda: bench.texts(asha) == ["Closed"])


async def test_an_edit_to_the_same_words_is_no_fault(bench: Bench, group: Group) -> None:
    made = await bench.telegram.perform(post(group), "cg1")
    assert made is not None
    same = post(group)
    await bench.telegram.perform(Edit(message=made, body=same.body, buttons=same.buttons), "cg2")
    await bench.telegram.show_edits()
    gone = MessageRef(place=place(group), id="999")
    await bench.telegram.perform(Edit(message=gone, body=same.body), "cg3")
    await bench.telegram.show_edits()
    assert bench.telegram.state.file.execute("SELECT 1 FROM edits WHERE shown IS NOT NULL").fetchall() == []


async def test_deleting_what_is_gone_is_done(bench: Bench, asha: Someone, group: Group) -> None:
    made = await bench.telegram.perform(post(group), "cg1")
    assert made is not None
    await bench.telegram.perform(Delete(message=made), "cg2")
    await bench.telegram.perform(Delete(message=made), "cg3")
    assert bench.sees(asha) == []


async def test_join_requests_are_decided_also_when_somebody_else_was_first(
    bench: Bench, group: Group
) -> None:
    ben = bench.world.somebody("Ben")
    group.requests.add(ben.id)
    person = Person(platform="telegram", id=str(ben.id))
    let_in = DecideJoin(place=place(group), person=person, let_in=True)
    await bench.telegram.perform(let_in, "cg1")
    await bench.telegram.perform(let_in, "cg2")
    await bench.telegram.perform(DecideJoin(place=place(group), person=person, let_in=False), "cg3")
    assert bench.world.decided == [(group.id, ben.id, True)]
    group.rights.discard("can_invite_users")
    with pytest.raises(Unreachable):
        await bench.telegram.perform(let_in, "cg4")


async def test_before_it_is_connected_everything_waits(unconnected: Bench) -> None:
    unconnected.make()
    group = unconnected.world.group("Type 1")
    with pytest.raises(TryLater):
        await unconnected.telegram.perform(post(group), "cg1")
    await unconnected.telegram.close()


def test_the_limiter_counts_messages_by_group_and_altogether() -> None:
    now = [0.0]
    limiter = Limiter(Pace(per_minute=2, per_second=3), now=lambda: now[0])
    for _ in range(2):
        assert limiter.wait(-1) == 0
        limiter.took(-1)
    assert limiter.wait(-1) == 60
    assert limiter.wait(-2) == 0
    limiter.took(-2)
    assert 0 < limiter.wait(-3) <= 1
    now[0] = 1.0
    assert limiter.wait(-3) == 0
    assert limiter.wait(-1) == 59
    limiter.flooded(-3, 30)
    limiter.flooded(-3, 2)
    assert limiter.wait(-3) == 30
    assert limiter.wait(5) == 0


async def test_reads_are_never_throttled(bench: Bench, group: Group) -> None:
    for number in range(40):
        await asyncio.wait_for(bench.telegram.members.is_member(group.id, 50_000 + number), 5)
    assert len(bench.stand_in.called("getChatMember")) == 40


async def test_a_slow_chat_keeps_no_other_waiting_and_says_it_once(unconnected: Bench) -> None:
    bench = unconnected
    bench.quicker(perform=0.05)
    asha = bench.world.somebody("Asha", chat="started")
    group = bench.world.group("Type 1", asha)
    group.bot_status = "administrator"
    await bench.connect()
    bench.stand_in.hang(group.id)
    for _ in range(3):
        with pytest.raises(TryLater):
            await bench.telegram.perform(post(group), "cg1")
    await bench.telegram.perform(tell(asha), "cg2")
    assert bench.texts(asha) == ["Hello"]
    bench.stand_in.go_on()
    await bench.stand_in.happens(lambda: "A vote" in bench.texts(asha))
    made = await bench.telegram.perform(post(group), "cg1")
    assert made is not None
    assert len(bench.stand_in.called("sendMessage")) == 2


async def test_an_alert_rings_unless_it_is_to_be_silent(bench: Bench, asha: Someone) -> None:
    asha.chat = "started"
    await bench.telegram.perform(replace(tell(asha), urgent=True), "cg1")
    await bench.telegram.perform(replace(tell(asha), urgent=True, silent=True), "cg2")
    assert [said.silent for said in bench.sees(asha)] == [False, True]
