"""/signpost: two or three ways to find help, private, and nothing noted about who asked."""

import pytest
import structlog
from sqlalchemy import text as sql

from bot.texts import Texts
from tests.group import DIRECTORY, GroupUnderTest

UNCHECKED = "has not checked these links yet"
COUNTRIES = list(DIRECTORY.countries)


async def test_a_topic_gives_two_or_three_options_with_what_for_how_when_and_cost(
    group: GroupUnderTest,
) -> None:
    text = await group.type("Asha", "/signpost hypo")
    assert text.index("999") < text.index("NHS 111") < text.index("low blood sugar")
    for part in ("Life at risk", "Call 999", "Open day and night", "Cost: free"):
        assert part in text
    assert text.endswith("If this does not work, call 999.")


async def test_someone_in_cardiff_gets_wales_first_then_samaritans_with_the_welsh_line(
    bare_group: GroupUnderTest,
) -> None:
    await bare_group.add_bot()
    await bare_group.press("Mo", "Set up this group")
    await bare_group.press("Mo", "Wales")
    text = await bare_group.type("Asha", "/signpost crisis")
    assert (
        text.index("press 2")
        < text.index("C.A.L.L.")
        < text.index("Samaritans")
        < text.index("Welsh language")
    )
    assert "Text HELP to 81066" in text
    assert UNCHECKED not in text


async def test_it_works_before_the_set_up_and_for_anyone(bare_group: GroupUnderTest) -> None:
    assert "findahelpline.com" in await bare_group.type("Asha", "/signpost crisis")
    await bare_group.add_bot()
    assert "findahelpline.com" in await bare_group.type("Asha", "/signpost suicide")
    await bare_group.leave("Asha")
    assert "your local emergency number" in await bare_group.type("Asha", "/signpost hypo")


async def test_an_unknown_topic_is_said_honestly_with_two_near_ones(group: GroupUnderTest) -> None:
    text = await group.type("Asha", "/signpost eczema")
    assert "We have no link for that yet" in text
    assert "eczema" not in text
    assert "If life is at risk, call 999." in text
    assert len(group.labels("Asha")) == 3
    assert await group.press("Asha", group.labels("Asha")[0]) != text


@pytest.mark.parametrize(
    "words", ["overdose", "I want to die", "hurting myself", "hit me", "I took a wrong dose"]
)
async def test_when_life_may_be_at_risk_the_emergency_number_comes_first(
    group: GroupUnderTest, words: str
) -> None:
    _, first, *_ = (await group.type("Asha", f"/signpost {words}")).split("\n\n")
    assert "999" in first


async def test_a_topic_without_a_service_is_said_honestly(group: GroupUnderTest) -> None:
    without = [topic for topic in DIRECTORY.topics if not DIRECTORY.find(topic, "england", audience="adults")]
    assert without
    for topic in without:
        assert "We have no link for" in await group.type("Asha", f"/signpost {topic}")


async def test_no_topic_gives_a_short_list_of_doors_that_all_open(group: GroupUnderTest) -> None:
    await group.type("Asha", "/signpost")
    labels = group.labels("Asha")
    assert 3 <= len(labels) <= 8
    for label in labels:
        await group.type("Asha", "/signpost")
        assert "We have no link" not in await group.press("Asha", label)


@pytest.mark.parametrize("country", COUNTRIES)
async def test_a_crisis_topic_is_answered_in_every_country(bare_group: GroupUnderTest, country: str) -> None:
    await bare_group.add_bot()
    await bare_group.press("Mo", "Set up this group")
    await bare_group.press_payload("Mo", f"1-country-{country}")
    emergency = DIRECTORY.country(country).emergency or "your local emergency number"
    for topic in sorted(DIRECTORY.crisis_topics):
        text = await bare_group.type("Asha", f"/signpost {topic}")
        assert text.endswith(f"If this does not work, call {emergency}."), topic
        assert UNCHECKED not in text, topic
        assert "call" in text.casefold().split("if this does not work")[0] or "https://" in text, topic


async def test_not_yet_checked_is_said_kindly_but_never_beside_a_crisis_number(group: GroupUnderTest) -> None:
    for topic in DIRECTORY.topics:
        text = await group.type("Asha", f"/signpost {topic}")
        entries = DIRECTORY.find(topic, "england", audience="adults")
        if entries:
            crisis = topic in DIRECTORY.crisis_topics or any(entry.crisis for entry in entries)
            assert (UNCHECKED in text) != crisis, topic


async def test_every_topic_and_other_word_finds_its_way(group: GroupUnderTest) -> None:
    for alias in DIRECTORY.aliases:
        assert "I have" not in await group.type("Asha", f"/signpost {alias}")
        assert "Something went wrong" not in await group.type("Asha", f"/signpost {alias}")


@pytest.mark.parametrize(
    "words",
    ["x" * 5000, "😀", "**x** [a](b) {c}", "\u202eabc", "مساعدة", "' OR 1=1 --", "a" * 41, "_", "hypo!!!"],
)
async def test_whatever_is_typed_gets_help_or_a_clear_answer(group: GroupUnderTest, words: str) -> None:
    text = await group.type("Asha", f"/signpost {words}")
    assert "We have no link for that yet" in text or "Low glucose" in text


async def test_nothing_about_who_asked_is_stored_or_logged(group: GroupUnderTest) -> None:
    with structlog.testing.capture_logs() as logged:
        await group.type("Asha", "/signpost suicide")
        await group.press("Asha", "Go back to all topics")
    assert logged == []
    async with group.database.transaction() as work:
        names = (
            await work.connection.execute(sql("select name from sqlite_master where type='table'"))
        ).scalars()
        dump = [
            str(row)
            for name in names
            for row in (await work.connection.execute(sql(f'select * from "{name}"'))).all()
        ]
    assert not [row for row in dump if "id-Asha" in row or "suicide" in row]


async def test_it_answers_when_the_database_is_broken(group: GroupUnderTest) -> None:
    async with group.database.transaction() as work:
        await work.connection.execute(sql("drop table people"))
    assert "Samaritans" in await group.type("Asha", "/signpost crisis")
    assert "What you can expect" in await group.type("Asha", "/help about")
    assert "cannot save anything" in await group.type("Asha", "/me")


async def test_suggestions_come_by_name_and_by_other_words(group: GroupUnderTest) -> None:
    assert ("hypo", "Low glucose (hypo)") in await group.choices("Asha", "/signpost going lo")
    assert ("t1de", "Type 1 and eating (T1DE)") in await group.choices("Asha", "/signpost diabul")
    assert len(await group.choices("Asha", "/signpost ")) <= 10
    assert await group.choices("Asha", "/signpost qqqq") == []
    assert await group.choices("Asha", "/help pri") == [("principles", "principles")]
    assert ("dose-given", "A dose was given") in await group.choices("Mo", "/remind dose")


def test_every_topic_has_a_name() -> None:
    assert all(f"topic.{topic}.name" in Texts.load().keys for topic in DIRECTORY.topics)
