"""Words that people typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ground_rules.agreement import parse_pasted
from ground_rules.refusals import Reason, Refused
from ground_rules.wording import measured_text, measured_title, measured_why, similar, tidy


def reason_of(refused: pytest.ExceptionInfo[Refused]) -> Reason:
    return refused.value.reason


def test_a_title_of_80_and_a_text_of_280_fit_and_one_more_does_not() -> None:
    assert len(measured_title("x" * 80)) == 80
    assert len(measured_text("x" * 280)) == 280
    with pytest.raises(Refused) as refused:
        measured_title("x" * 81)
    assert reason_of(refused) is Reason.TOO_LONG
    assert dict(refused.value.details) == {"part": "title", "limit": 80, "length": 81}
    with pytest.raises(Refused) as refused:
        measured_text("x" * 281)
    assert refused.value.details["limit"] == 280
    assert len(measured_why("x" * 280)) == 280
    with pytest.raises(Refused):
        measured_why("x" * 281)


@pytest.mark.parametrize("words", ["", "   ", "....", "🙂🙂🙂🙂🙂🙂", "\u202e\u202e", "four"])
def test_empty_and_emoji_only_texts_are_too_short(words: str) -> None:
    with pytest.raises(Refused) as refused:
        measured_text(words)
    assert reason_of(refused) is Reason.TOO_SHORT


def test_five_letters_are_enough_in_any_script() -> None:
    assert measured_text("kind!s") == "kind!s"
    assert measured_text("كونوا لطفاء") == "كونوا لطفاء"


def test_marks_that_turn_the_reading_direction_are_taken_out() -> None:
    assert tidy("a\u202eb\u2066c\x00d\r\ne   f ") == "abcd\ne f"


def test_a_pasted_paragraph_is_a_rule_with_its_first_line_as_title() -> None:
    pasted = "Be kind\nWe are all learning.\nEvery day.\n\n \n2. Private\nWhat is said here stays here.\n"
    assert parse_pasted(pasted) == (
        ("Be kind", "We are all learning.\nEvery day."),
        ("Private", "What is said here stays here."),
    )


def test_a_paragraph_of_one_line_gets_its_first_words_as_title() -> None:
    (rule,) = parse_pasted("Please be kind to all the people here.")
    assert rule == ("Please be kind to all the…", "Please be kind to all the people here.")
    assert parse_pasted("Please be kind.") == (("Please be kind.", "Please be kind."),)


def test_a_list_without_blank_lines_is_one_rule_a_line() -> None:
    rules = parse_pasted("1. Be kind to people\n2) Keep it private\n- No selling here")
    assert [text for _, text in rules] == ["Be kind to people", "Keep it private", "No selling here"]


def test_a_long_first_line_is_text_and_not_a_title() -> None:
    (rule,) = parse_pasted("word " * 20 + "\nand more")
    assert rule[1].endswith("and more")
    assert rule[1].startswith("word word")


def test_pasted_rules_may_have_600_characters_and_the_refusal_names_the_rule() -> None:
    assert len(parse_pasted("Title\n" + "x" * 600)[0][1]) == 600
    with pytest.raises(Refused) as refused:
        parse_pasted("Be kind\nAlways be kind.\n\nTitle\n" + "x" * 601)
    assert dict(refused.value.details) == {"part": "text", "limit": 600, "length": 601, "rule": 2}


def test_nothing_pasted_and_too_much_pasted_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        parse_pasted(" \n\n ")
    assert reason_of(refused) is Reason.TOO_SHORT
    assert len(parse_pasted("\n\n".join(["Please be kind"] * 40))) == 40
    with pytest.raises(Refused) as refused:
        parse_pasted("\n\n".join(["Please be kind"] * 41))
    assert reason_of(refused) is Reason.TOO_MANY_RULES


@given(st.text(max_size=2000))
def test_whatever_is_pasted_gives_rules_within_the_limits_or_a_refusal(text: str) -> None:
    try:
        rules = parse_pasted(text)
    except Refused:
        return
    assert rules
    for title, words in rules:
        assert title
        assert len(title) <= 80
        assert "\n" not in title
        assert len(words) <= 600


def test_the_most_similar_idea_is_pointed_out() -> None:
    others = {"a": "Say when a post may be hard to read", "b": "No photos of other people, please"}
    assert similar("Please no photos of other people", others) == "b"
    assert similar("Of other people: photos no please", others) == "b"
    assert similar("Meet on Tuesdays", others) is None
    assert similar("anything", {}) is None
    assert similar("🙂", {"a": "🙂"}) is None
