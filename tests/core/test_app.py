"""The only door: what is unknown, refused, failing or foreign, and what is asked before anything is kept."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
import structlog
from sqlalchemy import event as listening
from sqlalchemy import func, select

from bot.buttons import BUTTONS, FORMS
from bot.context import Context
from bot.contract.actions import Action, Ask, Reply
from bot.contract.events import (
    ButtonPressed,
    CommandGiven,
    FormAnswered,
    GroupAdded,
    MemberJoined,
    MessageRef,
    Place,
    TextPosted,
)
from bot.contract.markup import plain
from bot.contract.payload import decode
from bot.storage import tables
from bot.storage.communities import CommunityRow
from ground_rules.refusals import Reason, Refused
from tests.group import PLACE, TEXTS, GroupUnderTest

SECOND = Place(platform="test", group="g2", channel="c9")
PRIVATE = Place(platform="test", group="", channel="dm-Mo")
WORDS = "I felt so low last night"


def sentence(key: str, **values: Any) -> str:
    return "\n\n".join(block.plain for block in TEXTS.reader("en").body(key, **values))


async def settings_of(group: GroupUnderTest, community: int = 1) -> dict[str, str]:
    return (await rows(group))[community].settings


async def rows(group: GroupUnderTest) -> dict[int, CommunityRow]:
    async with group.database.transaction() as work:
        return {row.id: row for row in await work.communities.load()}


async def people_kept(group: GroupUnderTest) -> int:
    async with group.database.transaction() as work:
        return int(
            (await work.connection.execute(select(func.count()).select_from(tables.people))).scalar_one()
        )


async def second_group(group: GroupUnderTest) -> None:
    """Mo looks after a second group too: community 2."""
    await group.receive(GroupAdded(**group.about("Mo", SECOND)))
    await group.settle()


# What is unknown


async def test_an_unknown_command_is_answered(group: GroupUnderTest) -> None:
    assert await group.type("Asha", "/dance") == sentence("problems.unknown-command")


@pytest.mark.parametrize("typed", ["/hypo", "/suicide", "/999", "/ketones"])
async def test_a_topic_that_may_be_urgent_is_answered_also_without_signpost(
    group: GroupUnderTest, typed: str
) -> None:
    said = await group.type("Asha", typed)
    assert "999" in said
    assert said == await group.type("Asha", f"/signpost {typed[1:]}")


@pytest.mark.parametrize(
    "payload",
    ["0-rules", "2-rules", "1-nosuchkind-4", "1", "", "rules", "1-rules-ä", "1_x-rules", "1-" + "a" * 90],
)
async def test_a_button_of_another_version_is_answered(group: GroupUnderTest, payload: str) -> None:
    assert await group.press_payload("Asha", payload) == sentence("problems.unknown-button")


async def test_a_form_of_another_version_is_answered(group: GroupUnderTest) -> None:
    for payload in ("0-asked", "1-nosuchform", "asked"):
        answers = await group.receive(FormAnswered(**group.about("Asha"), payload=payload, values={}))
        (reply,) = answers
        assert isinstance(reply, Reply)
        assert reply.body[0].key == "problems.unknown-button"


async def test_words_of_a_form_that_nothing_can_be_done_with_are_given_back(group: GroupUnderTest) -> None:
    elsewhere = Place(platform="test", group="unknown", channel="c1")
    for payload, place in (("1-nosuchform", PLACE), ("1-asked", elsewhere)):
        form = FormAnswered(**group.about("Asha", place), payload=payload, values={"words": "My own words"})
        (reply,) = await group.receive(form)
        assert isinstance(reply, Reply)
        assert plain(reply.body).endswith("so that you can copy them:\n\nMy own words")


async def test_a_group_that_the_bot_does_not_know_is_told_so(group: GroupUnderTest) -> None:
    elsewhere = Place(platform="test", group="unknown", channel="c1")
    assert await group.type("Asha", "/rules", elsewhere) == sentence("problems.no-group")
    assert await group.receive(MemberJoined(**group.about("Asha", elsewhere))) == ()


async def test_every_button_survives_arguments_that_make_no_sense(group: GroupUnderTest) -> None:
    for name in ("Mo", "Asha"):
        await group.type(name, "/me typed no")
        await group.press(name, "Go on")
    problems = (sentence("problems.fault"), sentence("problems.storage"))
    odd = ("", "-0", "-99999999999999999999", "-x", "-1-999999999999", "-a-b-c", "-1-1-1")
    stumbled = [
        f"1-{kind}{arguments}"
        for kind in BUTTONS
        for arguments in odd
        for name in ("Mo", "Asha")
        if await group.press_payload(name, f"1-{kind}{arguments}") in problems
    ]
    assert stumbled == []


async def test_every_form_survives_empty_and_odd_words(group: GroupUnderTest) -> None:
    odd = ("", " \n ", "\0\ud800", "x" * 5000, "**[a](b)** <b> {name} %s", "\u202eabc", "😀" * 300)
    for kind in FORMS:
        for arguments in ("", "-1", "-99999999999999999999", "-x-y"):
            for words in odd:
                values = dict.fromkeys(("title", "text", "why", "words", "contact", "reason", "code"), words)
                form = FormAnswered(**group.about("Mo"), payload=f"1-{kind}{arguments}", values=values)
                for answer in await group.receive(form):
                    keys = [block.key for block in answer.body] if isinstance(answer, Reply) else []
                    assert "problems.fault" not in keys, (kind, arguments, words[:20])
                    assert "problems.storage" not in keys, (kind, arguments, words[:20])


@pytest.mark.parametrize("command", ["rules", "signpost", "agree-rules", "me", "help", "desk", "remind"])
async def test_every_command_survives_odd_words(group: GroupUnderTest, command: str) -> None:
    for words in (
        "",
        "x" * 5000,
        "show " + "9" * 5000,
        "\0\ud800",
        "<vote>",
        "💉 💉",
        "\u202e\u2067",
        "{x} %s **",
    ):
        for name in ("Mo", "Asha"):
            said = await group.type(name, f"/{command} {words}")
            assert said not in (sentence("problems.fault"), sentence("problems.storage")), words[:20]


# Other communities


async def test_a_button_of_another_community_does_nothing_here(group: GroupUnderTest) -> None:
    await second_group(group)
    for payload in ("1_2-country-wales", "1_1-country-wales"):
        place = PLACE if payload.startswith("1_2") else SECOND
        assert await group.press_payload("Mo", payload, place=place) == sentence("problems.no-group")
    assert (await settings_of(group, 1))["country"] == "england"
    assert "country" not in await settings_of(group, 2)


async def test_a_form_of_another_community_does_nothing_here(group: GroupUnderTest) -> None:
    await second_group(group)
    await group.receive(
        FormAnswered(**group.about("Mo", PLACE), payload="1_2-contact", values={"contact": "Me"})
    )
    assert "contact" not in await settings_of(group, 2)
    assert (await settings_of(group, 1))["contact"] != "Me"


async def test_in_private_a_button_acts_where_it_says_and_so_do_those_it_leads_to(
    group: GroupUnderTest,
) -> None:
    await second_group(group)
    await group.press_payload("Mo", "1_2-country-wales", place=PRIVATE)
    assert (await settings_of(group, 2))["country"] == "wales"
    assert (await settings_of(group, 1))["country"] == "england"
    await group.press("Mo", "Adults only", PRIVATE)
    assert (await settings_of(group, 2))["audience"] == "adults"


async def test_in_private_a_button_that_names_no_community_does_nothing(group: GroupUnderTest) -> None:
    assert await group.press_payload("Mo", "1-country-wales", place=PRIVATE) == sentence("problems.no-group")
    assert await group.press_payload("Mo", "1_77-country-wales", place=PRIVATE) == sentence(
        "problems.no-group"
    )


async def test_a_form_asked_in_private_knows_its_community(group: GroupUnderTest) -> None:
    await group.press_payload("Mo", "1_1-contactother", place=PRIVATE)
    asked = group.asked("Mo")
    assert isinstance(asked, Ask)
    payload = decode(asked.payload)
    assert payload is not None
    assert payload.community == 1
    await group.fill("Mo", PRIVATE, contact="Ring the bell")
    assert (await settings_of(group))["contact"] == "Ring the bell"


# Who may


async def test_only_moderators_press_what_is_theirs(group: GroupUnderTest) -> None:
    said = await group.press_payload("Asha", "1-country-wales")
    assert said == sentence("refusals.not-a-moderator")
    assert (await settings_of(group))["country"] == "england"


async def test_somebody_who_left_presses_nothing_but_may_read(group: GroupUnderTest) -> None:
    about = {**group.about("Asha"), "is_member": False}
    (reply,) = await group.receive(ButtonPressed(**about, payload="1-suggest"))
    assert isinstance(reply, Reply)
    assert reply.body[0].key == "refusals.not-a-member"
    (reply,) = await group.receive(CommandGiven(**{**about, "seq": 1}, name="rules"))
    assert isinstance(reply, Reply)
    assert reply.body[0].key == "rules.starter-heading"


# Refusals and faults


async def failing(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Writes, and then stumbles over somebody's words."""
    await context.set("country", "wales")
    await context.work.people.tell("k" * 32, context.now)
    raise ValueError(f"cannot read {WORDS}") from KeyError(WORDS)


async def refusing(event: ButtonPressed, context: Context) -> Sequence[Action]:
    await context.set("country", "wales")
    raise Refused(Reason.NOT_A_MEMBER)


async def test_a_refusal_takes_back_what_was_written(
    group: GroupUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BUTTONS, "rules", replace(BUTTONS["rules"], run=refusing))
    assert await group.press_payload("Asha", "1-rules") == sentence("refusals.not-a-member")
    assert (await settings_of(group))["country"] == "england"
    known = group.groups.by_id(1)
    assert known is not None
    assert known.settings.country == "england"


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that is logged, from the lowest level."""
    structlog.configure(
        processors=[structlog.processors.KeyValueRenderer()],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    caplog.set_level(logging.DEBUG)
    for name in ("bot", "sqlalchemy", "aiosqlite", "alembic"):
        caplog.set_level(logging.DEBUG if name == "bot" else logging.INFO, name)
    yield caplog
    structlog.reset_defaults()


async def test_a_fault_is_answered_taken_back_and_logged_without_words(
    group: GroupUnderTest, monkeypatch: pytest.MonkeyPatch, logged: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(BUTTONS, "rules", replace(BUTTONS["rules"], run=failing))
    assert await group.press_payload("Asha", "1-rules") == sentence("problems.fault")
    assert (await settings_of(group))["country"] == "england"
    assert await people_kept(group) == 0
    line = next(record.getMessage() for record in logged.records if "fault" in record.getMessage())
    assert "ValueError from KeyError" in line
    assert "test_app.py" in line, "where it happened"
    assert WORDS not in logged.text


async def test_what_members_write_and_choose_never_reaches_a_log(
    group: GroupUnderTest, logged: pytest.LogCaptureFixture
) -> None:
    secret = "zebra-umbrella"
    await group.type("Asha", f"/rules {secret}")
    await group.type("Asha", f"/{secret} {secret}")
    await group.type("Asha", f"/signpost {secret}")
    await group.press_payload("Asha", "1-ask")
    await group.press("Asha", "Go on")
    await group.fill("Asha", words=f"{secret}?")
    await group.press_payload("Mo", "1-contactother")
    await group.fill("Mo", contact=secret)
    await group.settle()
    await group.press_payload("Asha", f"1-{secret.replace('-', '_')}-voteagree")
    assert secret not in logged.text
    assert secret.replace("-", "_") not in logged.text
    assert "Asha" not in logged.text
    assert secret not in repr(ButtonPressed(**group.about("Asha"), payload=secret))


async def test_words_that_no_database_can_keep_are_cleaned(group: GroupUnderTest) -> None:
    await group.press_payload("Mo", "1-contactother")
    await group.fill("Mo", contact="Ring\0 the \ud800bell")
    assert (await settings_of(group))["contact"] == "Ring the bell"


# Before anything is kept


async def test_the_first_press_that_keeps_anything_says_so_first_and_go_on_goes_on(
    group: GroupUnderTest,
) -> None:
    said = await group.press_payload("Asha", "1-typed-yes")
    assert said.startswith("Before I save anything about you")
    assert group.labels("Asha") == ["Go on", "Not now"]
    assert await people_kept(group) == 0
    await group.press("Asha", "Go on")
    assert await people_kept(group) == 1
    async with group.database.transaction() as work:
        assert (await work.connection.execute(select(tables.people.c.typed))).scalar_one() is True
    assert not (await group.press_payload("Asha", "1-typed-no")).startswith("Before I save")


async def test_not_now_keeps_nothing_and_leaves_reading_as_it_was(group: GroupUnderTest) -> None:
    before = await group.type("Asha", "/rules")
    await group.press_payload("Asha", "1-typed-yes")
    await group.press("Asha", "Not now")
    assert await people_kept(group) == 0
    assert await group.type("Asha", "/rules") == before
    assert (await group.press_payload("Asha", "1-typed-yes")).startswith("Before I save"), "asked again"


async def test_the_typed_twin_of_a_press_asks_first_as_well(group: GroupUnderTest) -> None:
    assert (await group.type("Asha", "/me typed yes")).startswith("Before I save anything about you")
    await group.press("Asha", "Go on")
    assert await people_kept(group) == 1


async def test_in_private_the_first_notice_goes_on_in_its_community(group: GroupUnderTest) -> None:
    await group.press_payload("Asha", "1_1-ask", place=PRIVATE)
    assert group.labels("Asha") == ["Go on", "Not now"]
    await group.press("Asha", "Not now", PRIVATE)
    await group.press_payload("Asha", "1_1-ask", place=PRIVATE)
    await group.press("Asha", "Go on", PRIVATE)
    asked = group.asked("Asha")
    assert asked is not None
    assert asked.payload.startswith("1_1-")


async def test_whoever_wants_it_reads_what_to_type_beside_each_button(group: GroupUnderTest) -> None:
    assert "/rules" not in await group.type("Asha", "/rules kind")
    await group.type("Asha", "/me typed yes")
    await group.press("Asha", "Go on")
    said = await group.type("Asha", "/rules 4")
    assert "Show rule 4 to everyone: type /rules show 4" in said or "/rules show 4" in said
    assert "/rules show 4" not in await group.type("Ben", "/rules 4")


# An ordinary message


async def test_an_ordinary_message_touches_no_database(group: GroupUnderTest) -> None:
    statements: list[str] = []

    @listening.listens_for(group.engine.sync_engine, "begin")
    def begun(connection: object) -> None:
        statements.append("begin")

    @listening.listens_for(group.engine.sync_engine, "before_cursor_execute")
    def executed(connection: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    assert group.app.wants(TextPosted, "test", "g1") is False
    message = MessageRef(place=PLACE, id="m77")
    assert await group.app.receive(TextPosted(**group.about("Asha"), text=WORDS, message=message)) == ()
    assert statements == []
    await group.type("Asha", "/rules")
    assert statements, "the counting works"


async def test_events_that_somebody_needs_are_wanted(group: GroupUnderTest) -> None:
    for kind in (CommandGiven, ButtonPressed, FormAnswered, MemberJoined, GroupAdded):
        assert group.app.wants(kind, "test", "g1")
