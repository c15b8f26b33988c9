"""A group's own phrases: whole words, any case, any disguise; patterns that could run away are refused."""

import time

import pytest

from bot.noticing.letters import plain
from bot.noticing.own_phrases import LONGEST, MOST, BadPhrase, own


@pytest.mark.parametrize(
    "text", ["Go CARNIVORE now", "carnivore", "(carnivore!)", "c\u200barnivore", "cаrnivоre"]
)
def test_a_phrase_is_found_as_whole_words_in_any_case(text: str) -> None:
    assert own(["carnivore"]).find(plain(text).text)


def test_a_part_of_a_word_is_not_the_phrase() -> None:
    assert own(["carni"]).find("carnivore") is None
    assert own(["été"]).find("répété") is None
    assert own(["été"]).find(plain("un été chaud").text)


def test_a_phrase_means_what_it_says_and_is_no_pattern() -> None:
    assert own(["5.5 (flat)"]).find("keep it at 5.5 (flat) ok")
    assert own(["5.5"]).find("505") is None


def test_an_experts_pattern_is_taken() -> None:
    assert own([], [r"\d+ puffs?"]).find("take 12 puffs")


@pytest.mark.parametrize("pattern", [r"(a)\1", r"(?=a)b", r"(?<!a)b", "a{5000}", "(", "", ".*", "a*"])
def test_an_unsafe_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(BadPhrase) as found:
        own([], [pattern])
    assert found.value.reason == "unsafe"


def test_a_pattern_that_ruins_other_engines_takes_no_time() -> None:
    phrases = own([], [r"(\w+\s?)+x"])
    begun = time.perf_counter()
    phrases.find("a " * 1000)
    assert time.perf_counter() - begun < 0.2


@pytest.mark.parametrize(
    ("phrases", "reason"), [([" "], "empty"), (["\u200b"], "empty"), (["a" * (LONGEST + 1)], "too-long")]
)
def test_an_empty_or_endless_phrase_is_refused(phrases: list[str], reason: str) -> None:
    with pytest.raises(BadPhrase) as found:
        own(phrases)
    assert found.value.reason == reason


def test_there_is_an_end_to_how_many_phrases_a_group_may_have() -> None:
    with pytest.raises(BadPhrase):
        own([f"phrase {number}" for number in range(MOST + 1)])
