"""What the watch says of a message, and where it points."""

import pytest

from bot.noticing import Level, Room, Watch, advice, classify, urgent
from bot.noticing.lines import ADVICE
from bot.noticing.own_phrases import own

ORDER = "You should drop your basal by 2 units tonight."


@pytest.mark.parametrize(
    "text",
    [
        ORDER,
        "Honestly just stop taking metformin",
        "If I were you I'd halve the pred",
        "u need to take more novarapid b4 pizza",
        "Your Lantus needs to come down by 10 percent",
        "why don't you just skip the evening tablet",
        "Take two puffs instead of one, whatever the nurse says",
        "Deberías bajar la basal dos unidades",
        "Come off the azathioprine, you don't need it in remission",
        "Double your Keppra and the seizures will stop",
    ],
)
def test_telling_somebody_what_to_do_with_their_treatment_is_noticed(watch: Watch, text: str) -> None:
    verdict = watch.look(text)
    assert verdict.label == ADVICE
    assert verdict.rule
    assert verdict.words


@pytest.mark.parametrize(
    "text",
    [
        "I dropped my basal by 2 units and the lows stopped",
        "My nurse told me to take 2 units more",
        "Should I drop my basal by 2 units?",
        "Please ring your diabetes team before you change anything",
        "Call 999 now, don't wait",
        "The leaflet says to take it with food",
        "Take a letter from your clinic for the airport",
        "People who say just take less insulin have no clue",
        "You should come along on Thursday",
        "we don't tell each other what to take in here",
        "take the second exit and park on the left",
        "",
        "🎂🎉",
    ],
)
def test_experience_questions_signposts_and_chat_are_left_alone(watch: Watch, text: str) -> None:
    assert watch.look(text).label == "none"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I want to kill myself", "self_harm"),
        ("Ketones 5.1 and he keeps vomiting", "medical_emergency"),
        ("I've been skipping my insulin to lose weight", "insulin_omission_ed"),
        ("quiero morir", "self_harm"),
    ],
)
def test_urgent_words_are_noticed(watch: Watch, text: str, label: str) -> None:
    verdict = watch.look(text)
    assert verdict.label == label
    assert verdict.is_urgent


@pytest.mark.parametrize(
    "text",
    [
        "this heat is killing me",
        "I tried to kill myself at 19. I'm 40 now with two kids.",
        "ketones 0.2, all good",
        "if you are suicidal call Samaritans",
        "I'm not suicidal, just sad",
    ],
)
def test_idioms_the_past_and_helplines_are_not_urgent(watch: Watch, text: str) -> None:
    assert watch.look(text).label == "none"


@pytest.mark.parametrize(
    "both",
    [
        f"I want to kill myself. {ORDER}",
        f"{ORDER} I want to kill myself.",
        f"Morning all. {ORDER}\nStop the metformin as well.\nI want to kill myself.\nSee you on Thursday!",
    ],
)
def test_urgent_words_outrank_advice(watch: Watch, both: str) -> None:
    assert watch.look(both).is_urgent
    assert watch.look(both, Room(urgent=False)).label == ADVICE


def test_the_words_are_offsets_in_the_message_itself(watch: Watch) -> None:
    text = "Hiya 💙 x. You should dr\u200bop your basal by 2 units"
    (begin, end), *_ = watch.look(text).words
    assert text[begin:end].startswith("You should dr\u200bop your basal")


def test_a_keener_level_never_notices_less(watch: Watch) -> None:
    for text in (ORDER, "half of that is plenty for you", "maybe try it at night?", "nice weather"):
        flagged = [watch.look(text, Room(level=level)).label == ADVICE for level in Level]
        assert flagged == sorted(flagged)


def test_a_rule_answered_with_not_advice_needs_more_for_a_day(watch: Watch) -> None:
    close = [
        text
        for text in ("maybe try it at night?", "you could take it later", "I'd leave it off", "go lower then")
        if watch.look(text).label == ADVICE
    ]
    for text in [*close, ORDER]:
        rule = watch.look(text).rule
        raised = watch.look(text, Room(raised=frozenset({rule})))
        assert raised.score == watch.look(text).score
    off = Room(off=frozenset({watch.look(ORDER).rule}))
    assert watch.look(ORDER, off).rule != watch.look(ORDER).rule


def test_a_groups_own_phrase_counts_as_advice(watch: Watch) -> None:
    room = Room(own=own(["big pharma"]))
    verdict = watch.look("That is all Big  Pharma talking", room)
    assert (verdict.label, verdict.rule) == (ADVICE, "own-phrase")
    assert watch.look("That is all Big Pharma talking").label == "none"


def test_the_same_answers_come_as_plain_tuples(watch: Watch) -> None:
    verdict = watch.look(ORDER)
    assert classify(ORDER) == (verdict.label, verdict.score, list(verdict.words))
    assert advice("I want to kill myself")[0] == "none"
    assert urgent(ORDER)[0] == "none"


def test_a_verdict_holds_no_words_of_the_message(watch: Watch) -> None:
    shown = repr(watch.look("You should stop the Lantus, Marigold"))
    assert "Lantus" not in shown
    assert "Marigold" not in shown
