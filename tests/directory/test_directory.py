"""The starter directory, and how it is searched."""

import re
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.directory import Directory
from tests.texts.test_catalogues import FORBIDDEN_WORDS, TEXTS

DIRECTORY = Directory.load()
NATIONS = ("england", "scotland", "wales", "northern_ireland")


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("topic", sorted(DIRECTORY.crisis_topics))
def test_every_crisis_topic_has_a_crisis_line_first_in_each_nation(nation: str, topic: str) -> None:
    found = DIRECTORY.find(topic, nation, audience="adults")
    assert found
    assert found[0].crisis


@pytest.mark.parametrize("code", DIRECTORY.countries)
@pytest.mark.parametrize("topic", ["crisis", "self-harm", "abuse", "mental-health", "loneliness"])
def test_someone_in_distress_finds_an_answer_in_every_country(code: str, topic: str) -> None:
    assert DIRECTORY.find(topic, code)


@pytest.mark.parametrize("code", [code for code in DIRECTORY.countries if code in NATIONS])
def test_in_a_crisis_one_of_the_answers_needs_no_speaking(code: str) -> None:
    found = DIRECTORY.find("crisis", code, audience="adults")
    assert any(route.word for entry in found for route in entry.routes)


def test_the_nation_comes_first_then_the_whole_country() -> None:
    found = [entry.id for entry in DIRECTORY.find("crisis", "wales", audience="adults")]
    assert found == ["nhs-111-press-2-wales", "call-wales", "samaritans"]


def test_a_nation_never_sees_what_serves_only_another() -> None:
    for topic in DIRECTORY.topics:
        for nation in NATIONS:
            for entry in DIRECTORY.find(topic, nation):
                assert {nation, "uk", "anywhere"} & set(entry.countries)


def test_at_most_three_are_shown_and_children_are_not_sent_among_adults() -> None:
    for topic in DIRECTORY.topics:
        found = DIRECTORY.find(topic, "england", audience="adults")
        assert len(found) <= 3
        assert all(entry.audience != ("children",) for entry in found)
    assert "childline-uk" in [e.id for e in DIRECTORY.find("crisis", "england", audience="young", most=9)]


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("hypo", "hypo"),
        ("Low", "hypo"),
        ("HYPOS!!", "hypo"),
        ("i'm low and alone", "hypo"),
        ("low mood", "mental-health"),
        ("low mood at night", "mental-health"),
        ("low at night", "hypo"),  # what may be urgent comes before what says more
        ("no insulin and ketones", "dka"),
        ("running low on insulin", "supplies"),
        ("high school", "school"),
        ("I took too much insulin", "hypo"),
        ("can't cope", "mental-health"),
        ("I want to die", "crisis"),
        ("I can’t go on", "crisis"),
        ("ramadam", "ramadan-fasting"),
        ("newly_diagnosed", "newly-diagnosed"),
        ("text only", "text-only"),
        ("menopause", "periods-menopause"),
        ("999", "emergency"),
        ("eczema", None),
        ("", None),
        ("  ", None),
        ("🙂🙂", None),
        ("سكر", None),
        ("x" * 5000, None),
        ("{x.__class__}", None),
        ("lonley", "loneliness"),
        ("anxeity", "mental-health"),
        ("shcool", "school"),
        ("ketons", "dka"),
        ("suicde", "crisis"),
        ("can someone help with my deppression", "mental-health"),
        ("dating", "sex"),  # not eating, and so not an eating disorder
        ("i don't want to live anymore", "crisis"),
        ("dont want to be here", "crisis"),
        ("better off dead", "crisis"),
        ("she passed out", "emergency"),
        ("he is not breathing", "emergency"),
        ("cant wake him up", "emergency"),
        ("unresponsive", "emergency"),
        ("a seizure", "emergency"),
        ("my husband hits me", "abuse"),
        ("he passed away", None),
        ("tattoo", None),
    ],
)
def test_the_words_people_use_lead_to_the_topic(words: str, topic: str | None) -> None:
    assert DIRECTORY.topic(words) == topic


@pytest.mark.parametrize("words", ["eczema", "", "x" * 5000, "🙂"])
def test_an_unknown_topic_has_two_near_ones(words: str) -> None:
    first, second = DIRECTORY.nearest(words)
    assert first != second
    assert {first, second} <= set(DIRECTORY.topics)
    assert DIRECTORY.find(words, "england") == ()


def test_a_known_topic_may_have_no_link_yet() -> None:
    assert DIRECTORY.topic("research") == "research"
    assert DIRECTORY.find("research", "australia") == ()


def test_no_other_word_leads_to_two_topics() -> None:
    rows = yaml.safe_load((files("bot.directory") / "topics.yaml").read_text("utf-8"))
    seen: dict[str, str] = {}
    for topic, row in rows.items():
        for alias in [topic, *row["aliases"]]:
            assert seen.setdefault(str(alias), topic) == topic, alias


def test_every_entry_is_complete_and_says_that_nobody_checked_it() -> None:
    places = set(DIRECTORY.countries) | {"uk", "anywhere"}
    kinds = {"phone", "text", "webchat", "web", "email", "relay", "sign", "ask", "local"}
    assert len({entry.id for entry in DIRECTORY.entries}) == len(DIRECTORY.entries)
    for entry in DIRECTORY.entries:
        assert entry.status == "unchecked", entry.id
        assert all((entry.source, entry.purpose, entry.routes)), entry.id
        assert set(entry.topics) <= set(DIRECTORY.topics), entry.id
        assert set(entry.countries) <= places, entry.id
        assert {route.kind for route in entry.routes} <= kinds, entry.id
        assert set(entry.audience) <= {"all", "adults", "young", "children", "parents", "carers"}, entry.id
        assert (entry.last_checked, entry.checked_by) == (None, ()), entry.id
        assert entry.check_every_days == (90 if entry.crisis else 365), entry.id


def test_the_words_of_the_directory_are_plain() -> None:
    for entry in DIRECTORY.entries:
        said = [entry.name, entry.purpose, entry.not_for, *(r.note + r.hours for r in entry.routes)]
        assert not [text for text in said if FORBIDDEN_WORDS.search(text)], entry.id


def test_every_topic_and_country_has_a_name_and_every_country_a_clock() -> None:
    for topic in DIRECTORY.topics:
        assert f"topic.{topic}.name" in TEXTS.keys
    for country in DIRECTORY.countries.values():
        assert country.key in TEXTS.keys
        assert re.fullmatch(r"[a-z_]+", country.code)
        assert all(ZoneInfo(zone) for zone in country.zones)
    assert DIRECTORY.country("atlantis").code == "elsewhere"
