"""The starter directory: its numbers typed a second time, and how it is searched."""

import re
from importlib.resources import files
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.directory import Directory
from tests.texts.test_catalogues import FORBIDDEN_WORDS, TEXTS

DIRECTORY = Directory.load()
NATIONS = ("england", "scotland", "wales", "northern_ireland")

# Typed again by hand from the source, never copied from the YAML: a typing slip shows as a difference.
COUNTRY_NUMBERS = {
    # code: emergency, urgent, voice, text
    "england": ("999", "111", ["116 123", "111"], [("SHOUT", "85258")]),
    "scotland": ("999", "111", ["116 123", "111"], [("SHOUT", "85258")]),
    "wales": ("999", "111", ["116 123", "111", "0800 132 737"], [("SHOUT", "85258"), ("HELP", "81066")]),
    "northern_ireland": ("999", None, ["0808 808 8000", "116 123"], [("SHOUT", "85258")]),
    "ireland": (
        "112 or 999",
        None,
        ["116 123", "1800 247 247"],
        [("TALK or HELLO", "50808"), ("HELP", "51444")],
    ),
    "us": (None, None, ["988"], [("", "988"), ("HOME", "741741")]),
    "canada": (None, None, ["988"], [("", "988")]),
    "australia": ("000", None, ["13 11 14"], []),
    "new_zealand": ("111", None, ["1737"], [("", "1737")]),
    "india": ("112", None, ["14416", "1800 891 4416"], []),
    "elsewhere": (None, None, [], []),
}
ENTRY_NUMBERS = {
    "emergency-999": ["999", "112", "999"],
    "nhs-111-england": ["111"],
    "nhs-111-mental-health-england": ["111"],
    "nhs-111-press-2-wales": ["111"],
    "nhs-111-wales": ["111"],
    "nhs-24-mental-health-scotland": ["111"],
    "nhs-24-scotland": ["111"],
    "lifeline-northern-ireland": ["0808 808 8000"],
    "breathing-space": ["0800 83 85 87"],
    "call-wales": ["0800 132 737", "81066"],
    "samaritans": ["116 123", "0808 164 0123"],
    "shout": ["85258"],
    "papyrus": ["0800 068 4141"],
    "childline-uk": ["0800 1111"],
    "diabetes-uk-helpline": ["0345 123 2399"],
    "diabetes-uk-scotland": ["0141 212 8710"],
    "breakthrough-t1d-uk": ["020 7713 2030"],
    "beat-england": ["0808 801 0677"],
    "beat-scotland": ["0808 801 0432"],
    "beat-wales": ["0808 801 0433"],
    "beat-northern-ireland": ["0808 801 0434"],
    "cruse": ["0808 808 1677"],
    "cruse-scotland": ["0808 802 6161"],
    "switchboard": ["0800 0119 100"],
    "carers-uk": ["0808 808 7777"],
    "contact": ["0808 808 3555"],
    "citizens-advice-england": ["0800 144 8848"],
    "citizens-advice-wales": ["0800 702 2020"],
    "citizens-advice-scotland": ["0800 028 1456"],
    "scope": ["0808 800 3333"],
    "acas": ["0300 123 1100"],
    "equality-advisory-service": ["0808 800 0082"],
    "drinkline": ["0300 123 1110"],
    "domestic-abuse-england": ["0808 2000 247"],
    "muslim-youth-helpline": ["0808 808 2008"],
    "tommys": ["0800 0147 800"],
    "emergency-prescription": ["111"],
}


def test_the_numbers_of_each_country_match_their_second_typing() -> None:
    found = {
        code: (
            country.emergency,
            country.urgent,
            [line.number for line in country.voice],
            [(line.word, line.number) for line in country.text],
        )
        for code, country in DIRECTORY.countries.items()
    }
    assert found == COUNTRY_NUMBERS


def test_the_numbers_of_each_service_match_their_second_typing() -> None:
    found = {
        entry.id: [route.to for route in entry.routes if route.kind in ("phone", "text")]
        for entry in DIRECTORY.entries
    }
    assert {name: numbers for name, numbers in found.items() if numbers} == ENTRY_NUMBERS


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
    assert DIRECTORY.find("research", "england") == ()


def test_no_other_word_leads_to_two_topics() -> None:
    rows = yaml.safe_load((files("bot.directory") / "topics.yaml").read_text("utf-8"))
    seen: dict[str, str] = {}
    for topic, row in rows.items():
        for alias in [topic, *row["aliases"]]:
            assert seen.setdefault(str(alias), topic) == topic, alias


def test_addresses_are_full_and_secure() -> None:
    for entry in DIRECTORY.entries:
        for route in entry.routes:
            if route.kind in ("web", "webchat"):
                address = urlsplit(route.to)
                assert (address.scheme, "." in address.netloc) == ("https", True), entry.id
            if route.kind == "email":
                assert re.fullmatch(r"[\w.]+@[\w.]+\.\w+", route.to), entry.id


def test_every_entry_is_complete_and_says_that_nobody_checked_it() -> None:
    places = set(DIRECTORY.countries) | {"uk", "anywhere"}
    kinds = {"phone", "text", "webchat", "web", "email", "relay", "sign", "ask"}
    assert len({entry.id for entry in DIRECTORY.entries}) == len(DIRECTORY.entries)
    for entry in DIRECTORY.entries:
        assert entry.status == "unchecked", entry.id
        assert all((entry.source, entry.purpose, entry.routes)), entry.id
        assert set(entry.topics) <= set(DIRECTORY.topics), entry.id
        assert set(entry.countries) <= places, entry.id
        assert {route.kind for route in entry.routes} <= kinds, entry.id
        assert set(entry.audience) <= {"all", "adults", "young", "children", "parents"}, entry.id


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
