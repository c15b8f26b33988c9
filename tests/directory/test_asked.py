"""What somebody asks of /signpost: the same typed and pressed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory import Asked, Directory
from bot.directory.asked import LONGEST, OTHERS, WAYS, WHO

DIRECTORY = Directory.load()


@pytest.mark.parametrize(
    ("typed", "topic", "country"),
    [
        ("dka wales", "dka", "wales"),
        ("wales dka", "dka", "wales"),
        ("Crisis Northern Ireland", "crisis", "northern_ireland"),
        ("crisis ireland", "crisis", "ireland"),
        ("crisis_new_zealand", "crisis", "new_zealand"),
        ("supplies USA", "supplies", "us"),
        ("hypo us", "hypo", "us"),
        ("someone hit us", None, ""),
        ("he hit me", "abuse", ""),
        ("I live in wales and feel alone", "loneliness", "wales"),
        ("insulin in canada", None, "canada"),
        ("wales", None, "wales"),
        ("eczema scotland", None, "scotland"),
        ("anxeity england", "mental-health", "england"),
    ],
)
def test_a_country_may_stand_with_the_topic(typed: str, topic: str | None, country: str) -> None:
    asked = DIRECTORY.asked(typed)
    assert (asked.topic, asked.country) == (topic, country)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            "crisis text children welsh",
            Asked(topic="crisis", way="text", audience="children", language="welsh"),
        ),
        ("text only", Asked(topic="text-only")),
        ("text children", Asked(topic="text-only", audience="children")),
        ("sign", Asked(topic="bsl-relay")),
        ("low mood text", Asked(topic="mental-health", way="text")),
        ("crisis friend", Asked(topic="crisis", whom="friend")),
        ("my friend wants to die", Asked(topic="crisis", whom="friend")),
        ("my daughter is hurting herself", Asked(topic="self-harm", whom="child")),
        ("my husband has ketones", Asked(topic="dka", whom="partner")),
        ("carers", Asked(topic="carers")),
    ],
)
def test_words_behind_a_topic_narrow_it(typed: str, expected: Asked) -> None:
    asked = DIRECTORY.asked(typed)
    for name in ("topic", "audience", "language", "way", "whom"):
        assert getattr(asked, name) == getattr(expected, name), name


@given(
    topic=st.sampled_from(DIRECTORY.topics),
    country=st.sampled_from(["", *(code for code in DIRECTORY.countries if code != "elsewhere")]),
    who=st.sampled_from(["", *WHO, *OTHERS]),
    way=st.sampled_from(["", *WAYS]),
    language=st.sampled_from(["", *sorted(DIRECTORY.languages - {"english"})]),
)
def test_a_button_carries_the_whole_question(
    topic: str, country: str, who: str, way: str, language: str
) -> None:
    whom, audience = (who, "") if who in OTHERS else ("", who)
    asked = Asked(topic=topic, country=country, audience=audience, whom=whom, way=way, language=language)
    written = DIRECTORY.written(asked)
    read = DIRECTORY.asked(written)
    assert len(written) <= LONGEST
    for name in ("topic", "country", "audience", "language", "way", "whom"):
        assert getattr(read, name) == getattr(asked, name), (name, written)


@given(st.text(max_size=500))
def test_anything_can_be_asked(typed: str) -> None:
    asked = DIRECTORY.asked(typed)
    assert asked.topic is None or asked.topic in DIRECTORY.topics
    assert asked.country == "" or asked.country in DIRECTORY.countries
