"""Nothing of a message is stored, logged or sent: files and logs are searched for its words."""

import logging
from pathlib import Path

import pytest
import structlog
from sqlalchemy import event

from bot.contract.events import MessageNoticed, MessageRef, TextPosted
from bot.listening import Listener
from bot.noticing import Watch, load
from bot.noticing.pack import packaged
from bot.packing import pack
from tests.features.test_hints import CLEAR, MILD, OTHER, THREAD, URGENT, hints, urgent_on, watching
from tests.features.test_secrecy import found
from tests.group import PLACE, GroupUnderTest

WORDS = ("basal", "marigold", "kill myself", "evening dose", "tonight", "taking it in the morning")
TALK = (
    (f"{CLEAR}, said the marigold", THREAD),
    (MILD, OTHER),
    (f"{MILD} with your evening dose", OTHER),
    (f"{URGENT} under the marigold", PLACE),
    ("the marigold is in flower", PLACE),
)


async def talk(group: GroupUnderTest) -> None:
    await watching(group, "hint")
    await urgent_on(group)
    for text, place in TALK:
        id = await group.say("Asha", text, place)
        await group.say("Asha", text, place, edits=id)
        await group.ask_why("Mo", id, text, place)
    await group.press("Mo", "Remind the room")
    await group.settle()


async def test_no_file_no_log_and_no_message_of_the_bot_holds_a_word(
    group: GroupUnderTest,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    await talk(group)
    assert len(hints(group)) == 2
    assert found(tmp_path, "you-should")  # the search finds what is there: the rule's name
    assert found(tmp_path, *WORDS) == []
    out = capfd.readouterr()
    said = [*group.private_texts("Mo"), *group.posts]
    kept = "\n".join([*said, caplog.text, out.out, out.err])
    assert [word for word in WORDS if word in kept] == []
    packed = "\n".join(pack(tell) for _, tell, _ in group.platform.told)
    assert [word for word in WORDS if word in packed] == []


async def test_nobody_who_wrote_has_a_row(group: GroupUnderTest, tmp_path: Path) -> None:
    group.add_person("Quiet-Quinn")
    await watching(group, "room")
    await urgent_on(group)
    await group.say("Quiet-Quinn", CLEAR, THREAD)
    await group.say("Quiet-Quinn", URGENT, OTHER)
    key = group.app._secrecy.person_key(group.people["Quiet-Quinn"])
    assert found(tmp_path, key, "Quiet-Quinn") == []


async def test_a_fault_on_the_way_tells_no_words_either(
    group: GroupUnderTest, capfd: pytest.CaptureFixture[str]
) -> None:
    await watching(group)

    def fails(*_: object) -> None:
        raise RuntimeError("the database fell over")

    event.listen(group.engine.sync_engine, "before_cursor_execute", fails)
    message = MessageRef(place=THREAD, id="s1")
    with structlog.testing.capture_logs() as logs:
        answers = await group.app.receive(
            TextPosted(**group.about("Asha", THREAD), text=f"{CLEAR} marigold", message=message)
        )
    event.remove(group.engine.sync_engine, "before_cursor_execute", fails)
    assert not answers
    assert [line["kind"] for line in logs] == ["TextPosted"]
    assert "marigold" not in f"{logs}{capfd.readouterr()}"


async def test_what_goes_on_from_a_message_has_no_words_and_shows_none(group: GroupUnderTest) -> None:
    await watching(group)
    message = MessageRef(place=THREAD, id="s1")
    posted = TextPosted(**group.about("Asha", THREAD), text=CLEAR, message=message)
    heard = await Listener().hear(posted, group.groups.of(PLACE), group.clock.at)
    assert isinstance(heard, MessageNoticed)
    for shown in (repr(heard), repr(posted), str(posted)):
        assert "basal" not in shown


async def test_a_pack_that_is_broken_is_named_with_its_line_and_the_others_work(
    group: GroupUnderTest, tmp_path: Path
) -> None:
    broken, missing = tmp_path / "broken.yaml", tmp_path / "missing.yaml"
    broken.write_text("language: en\nwords:\n  med: [a, b\n", encoding="utf-8")

    def some() -> Watch:
        return load([broken, missing, *packaged()])

    await watching(group)
    posted = TextPosted(**group.about("Asha", THREAD), text=CLEAR, message=MessageRef(place=THREAD, id="s1"))
    with structlog.testing.capture_logs() as logs:
        heard = await Listener(some).hear(posted, group.groups.of(PLACE), group.clock.at)
    assert isinstance(heard, MessageNoticed)
    problems = [line["problem"] for line in logs]
    assert len(problems) == 2
    assert problems[0].startswith("broken.yaml, line ")
    assert problems[1].startswith("missing.yaml, line 1: the file cannot be read")


async def test_an_ordinary_message_touches_no_database_while_the_watch_is_on(group: GroupUnderTest) -> None:
    await watching(group, "room")
    await urgent_on(group)
    await group.say("Asha", "good morning all", THREAD)
    statements: list[str] = []
    event.listen(
        group.engine.sync_engine,
        "before_cursor_execute",
        lambda connection, cursor, statement, *_: statements.append(statement),
    )
    for number in range(20):
        message = MessageRef(place=THREAD, id=f"s{number}")
        text = "the kettle is on, who wants tea?"
        posted = TextPosted(**group.about("Asha", THREAD), text=text, message=message)
        assert not await group.app.receive(posted)
    assert statements == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\U0001f389" * 500,
        "\u200b\u200d\ufeff" * 100,
        "\x00 you should\x00 drop your basal by 2",
        "\ud800 you should drop \udfff your basal",
        "y\u03bfu sh\u03bfuld dr\u03bfp y\u03bfur basal by 2",
        "ṩ̷" * 2000,
        "you should " * 400,
        "```" * 1300,
        '"' * 4000,
        "deberías bajar la basal, you should drop it, aap basal kam karo",
        "\u202eyou should drop your basal by 2\u202c",
    ],
)
async def test_no_message_is_too_odd_to_look_at(group: GroupUnderTest, text: str) -> None:
    await watching(group, "room", watch_level="keen")
    await urgent_on(group)
    with structlog.testing.capture_logs() as logs:
        id = await group.say("Asha", text, THREAD)
        await group.say("Asha", text, THREAD, edits=id)
        assert await group.ask_why("Mo", id, text, THREAD)
    assert logs == []
