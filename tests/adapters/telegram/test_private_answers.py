"""Private answers: only the asker sees them, on every kind of server, or nobody does."""

import pytest

from bot.contract.actions import Button
from bot.contract.events import ButtonPressed, CommandGiven, Event
from tests.adapters.telegram.conftest import Bench
from tests.adapters.telegram.small_core import reply
from tests.adapters.telegram.stand_in import Fault, Group, Someone

SECRET = "Only Asha may read this."


@pytest.fixture
async def ben(bench: Bench, group: Group) -> Someone:
    """A member who sees what everyone sees."""
    ben = bench.world.somebody("Ben", chat="started")
    group.standing[ben.id] = "member"
    return ben


def fact(bench: Bench) -> str:
    return f"ephemeral at {bench.stand_in.address}"


async def reconnected(bench: Bench, ephemeral: str) -> None:
    bench.world.ephemeral = ephemeral
    bench.telegram.state.file.execute("DELETE FROM facts")
    await bench.restart()


@pytest.mark.parametrize("server", ["none", "ten_two", "full"])
@pytest.mark.parametrize("chat", ["new", "met", "started", "blocked"])
async def test_a_private_answer_is_never_seen_by_others(
    bench: Bench, asha: Someone, ben: Someone, group: Group, server: str, chat: str
) -> None:
    await reconnected(bench, server)
    asha.chat = chat
    bench.core.answers = lambda event: [reply(SECRET)]
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    assert SECRET not in bench.texts(ben)
    asha.chat = "started"
    links = [button["url"] for said in bench.sees(asha) for button in said.buttons if "url" in button]
    for url in links:
        await bench.people.follow(asha, url)
    await bench.settle()
    assert bench.texts(asha).count(SECRET) == 1
    assert SECRET not in bench.texts(ben)


async def test_with_ephemeral_messages_the_answer_is_in_the_group_and_the_server_is_asked_once(
    bench: Bench, asha: Someone, ben: Someone, group: Group
) -> None:
    await reconnected(bench, "full")
    probed = len(bench.stand_in.called("deleteEphemeralMessage"))
    bench.core.answers = lambda event: [reply(SECRET)]
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    assert [said.chat for said in bench.sees(asha)] == [group.id] * 3
    assert bench.texts(asha) == ["telegram.only-you", SECRET, SECRET]
    assert bench.sees(ben) == []
    await bench.restart()
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    assert bench.texts(asha)[-1] == SECRET
    assert len(bench.stand_in.called("deleteEphemeralMessage")) == probed


async def test_the_next_screen_replaces_an_ephemeral_message(
    bench: Bench, asha: Someone, group: Group
) -> None:
    await reconnected(bench, "full")
    button = Button(label="More", payload="1-more")

    def answer(event: Event) -> list[object]:
        first = isinstance(event, CommandGiven)
        return [reply("First", button) if first else reply("Second", replaces=True)]

    bench.core.answers = answer  # type: ignore[assignment]
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    query = await bench.people.press(asha, bench.sees(asha)[-1], "More")
    await bench.settle()
    assert bench.texts(asha) == ["telegram.only-you", "Second"]
    assert bench.world.queries[query][1]


async def test_a_short_answer_to_a_press_is_a_box_over_the_button(
    bench: Bench, asha: Someone, ben: Someone, group: Group
) -> None:
    bench.core.answers = lambda event: [
        reply(SECRET)
        if isinstance(event, ButtonPressed)
        else reply("Vote", Button(label="Agree", payload="1-agree-3"), private=False)
    ]
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    await bench.people.press(asha, bench.sees(asha)[-1], "Agree")
    await bench.settle()
    assert bench.world.alerts == [(asha.id, SECRET, None)]
    assert bench.texts(ben) == ["Vote"]


@pytest.mark.parametrize("chat", ["started", "met"])
async def test_a_long_answer_to_a_press_goes_to_the_private_chat(
    bench: Bench, asha: Someone, ben: Someone, group: Group, chat: str
) -> None:
    long = SECRET * 20
    bench.core.answers = lambda event: [
        reply(long, Button(label="Go on", payload="1-told"))
        if isinstance(event, ButtonPressed)
        else reply("Vote", Button(label="Agree", payload="1-agree-3"), private=False)
    ]
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    asha.chat = chat
    await bench.people.press(asha, bench.sees(asha)[-1], "Agree")
    await bench.settle()
    _, words, url = bench.world.alerts[0]
    if chat == "met":
        assert url is not None
        assert url.startswith("https://t.me/CommonGroundBot?start=")
        await bench.people.follow(asha, url)
        await bench.settle()
    else:
        assert words == "telegram.see-private"
    last = bench.sees(asha)[-1]
    assert (last.chat, last.text) == (asha.id, long)
    assert last.buttons[0]["callback_data"].startswith("1_7-told@")
    assert long not in bench.texts(ben)


async def test_a_link_shows_its_answer_to_nobody_else(
    bench: Bench, asha: Someone, ben: Someone, group: Group
) -> None:
    asha.chat = "new"
    bench.core.answers = lambda event: [reply(SECRET)]
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    url = bench.sees(asha)[-1].buttons[0]["url"]
    await bench.people.follow(ben, url)
    await bench.settle()
    assert bench.texts(ben)[-1] == "telegram.link-of-another"


async def test_who_left_the_group_is_shown_nothing_of_it(bench: Bench, asha: Someone, group: Group) -> None:
    asha.chat = "new"
    bench.core.answers = lambda event: [reply(SECRET)]
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    url = bench.sees(asha)[-1].buttons[0]["url"]
    await bench.people.leave(group, asha)
    bench.core.answers = lambda event: ()
    await bench.people.follow(asha, url)
    await bench.settle()
    assert SECRET not in bench.texts(asha)


@pytest.mark.parametrize("payload", ["", "garbage", "a_garbage", "q_99", "1-agree-3", "1_7-agree-3"])
async def test_a_link_never_does_anything(bench: Bench, asha: Someone, group: Group, payload: str) -> None:
    await bench.people.start(asha, payload)
    await bench.settle()
    assert bench.core.of(ButtonPressed) == []
    assert [one.name for one in bench.core.of(CommandGiven)] in ([], ["help"])


async def test_an_anonymous_moderator_gets_private_answers_by_a_link_for_moderators(
    bench: Bench, asha: Someone, mo: Someone, group: Group
) -> None:
    bench.core.answers = lambda event: [reply(SECRET)]
    group.anonymous.add(mo.id)
    await bench.people.say(mo, group, "/remind", anonymous=True)
    await bench.settle()
    given = bench.core.of(CommandGiven)[0]
    assert given.person.is_moderator
    assert str(mo.id) not in given.person.id
    url = next(button["url"] for said in bench.sees(mo) for button in said.buttons)
    await bench.people.follow(asha, url)
    await bench.people.follow(mo, url)
    await bench.settle()
    assert SECRET not in bench.texts(asha)
    assert bench.texts(mo)[-1] == SECRET


async def test_a_server_that_is_down_while_it_is_probed_is_probed_again(
    unconnected: Bench,
) -> None:
    unconnected.stand_in.fail("deleteEphemeralMessage", Fault(kind="page"))
    await unconnected.connect()
    assert unconnected.telegram.state.fact(fact(unconnected)) is None
    await unconnected.restart()
    assert unconnected.telegram.state.fact(fact(unconnected)) == "no"


async def test_a_moderators_command_is_removed_where_the_bot_may(
    bench: Bench, mo: Someone, asha: Someone, group: Group
) -> None:
    await bench.people.say(mo, group, "/remind")
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    assert [said.text for said in bench.world.visible(asha)] == ["/rules"]
    group.rights.discard("can_delete_messages")
    await bench.people.promote(mo, group, asha, "member")
    await bench.people.say(mo, group, "/remind")
    await bench.settle()
    assert [said.text for said in bench.world.visible(asha)] == ["/rules", "/remind"]


@pytest.mark.parametrize("server", ["none", "full"])
async def test_in_a_crowded_group_a_private_answer_does_not_wait_for_a_turn_there(
    bench: Bench, asha: Someone, group: Group, server: str
) -> None:
    await reconnected(bench, server)
    bench.telegram.connection.limiter.flooded(group.id, 3600)
    bench.core.answers = lambda event: [reply(SECRET)]
    await bench.people.say(asha, group, "/signpost hypo")
    await bench.settle()
    assert [(said.chat, said.text) for said in bench.sees(asha)] == [(asha.id, SECRET)]


async def test_what_one_server_can_do_is_not_believed_of_another(
    bench: Bench, asha: Someone, ben: Someone, group: Group
) -> None:
    await reconnected(bench, "full")
    bench.core.answers = lambda event: [reply(SECRET)]
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    assert bench.telegram.state.fact(fact(bench)) == "yes"
    await bench.disconnect()
    await bench.stand_in.stop()
    bench.world.ephemeral = "none"
    await bench.stand_in.start()  # at another address
    await bench.connect()
    await bench.people.say(asha, group, "/rules")
    await bench.settle()
    assert SECRET not in bench.texts(ben)
    assert bench.texts(asha).count(SECRET) == 2
