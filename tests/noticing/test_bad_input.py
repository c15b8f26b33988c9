"""Messages that are long, empty, disguised or passed on; nothing raises and nothing takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.noticing import Watch, load
from bot.noticing.letters import LONGEST, plain
from bot.noticing.lines import ADVICE
from bot.noticing.stripping import strip

LOADED = load()


@pytest.mark.parametrize(
    "text",
    [
        "You s\u200bhould dro\u00adp your bas\u200dal by 2 units tonight",
        "Yоu shоuld drор yоur bаsаl by 2 units tоnight",  # Cyrillic letters
        "𝐘𝐨𝐮 𝐬𝐡𝐨𝐮𝐥𝐝 𝐝𝐫𝐨𝐩 𝐲𝐨𝐮𝐫 𝐛𝐚𝐬𝐚𝐥 𝐛𝐲 𝟐 𝐮𝐧𝐢𝐭𝐬 𝐭𝐨𝐧𝐢𝐠𝐡𝐭",
        "Ｙｏｕ ｓｈｏｕｌｄ ｄｒｏｐ ｙｏｕｒ ｂａｓａｌ ｂｙ ２ ｕｎｉｔｓ ｔｏｎｉｇｈｔ",
        "Y̷o̷u̷ ̷s̷h̷o̷u̷l̷d̷ ̷d̷r̷o̷p̷ ̷y̷o̷u̷r̷ ̷b̷a̷s̷a̷l̷ ̷b̷y̷ ̷2̷ ̷u̷n̷i̷t̷s̷ ̷t̷o̷n̷i̷g̷h̷t̷",
        "YOU SHOULD DROP YOUR BASAL BY 2 UNITS TONIGHT",
    ],
)
def test_disguised_letters_are_read_as_meant(watch: Watch, text: str) -> None:
    assert watch.look(text).label == ADVICE


@pytest.mark.parametrize(
    "text",
    [
        "> You should drop your basal by 2 units",
        'She wrote "you should drop your basal by 2 units" and I left',
        "```\nyou should drop your basal by 2 units\n```",
        "Forwarded message: you should drop your basal by 2 units",
        "https://example.org/you-should-drop-your-basal-by-2-units",
    ],
)
def test_what_is_only_passed_on_is_not_the_authors_advice(watch: Watch, text: str) -> None:
    assert watch.look(text).label == "none"


def test_advice_under_a_quote_still_counts(watch: Watch) -> None:
    text = "> my levels won't come down\nYou should inject 15 minutes earlier and add a unit"
    (begin, _), *_ = watch.look(text).words
    assert begin > text.index("\n")


@pytest.mark.parametrize("before", [59, 60, 61, 75])
def test_advice_after_many_very_short_sentences_still_counts(watch: Watch, before: int) -> None:
    chatter = "Ok. " * before
    assert watch.look(f"{chatter}You should drop your basal by 2 units tonight").label == ADVICE
    assert watch.look(f"{chatter}I want to kill myself tonight").is_urgent
    assert watch.look(f"{chatter}That film was good. See you soon?").label == "none"


def test_stripping_keeps_the_length() -> None:
    for text in ('a "b c" d', "> a\nb", "see https://a.b/c now", "```x", "@you #channel hello"):
        assert len(strip(text)) == len(text)


def test_only_the_beginning_of_a_long_message_is_looked_at() -> None:
    assert len(plain("a" * 4000).text) == LONGEST


HOSTILE = [
    "you should " * 400,
    "a" * 4000,
    "1:" * 2000,
    '"' * 4000,
    "> " * 2000,
    "drop " * 800,
    "💉" * 4000,
    "if you , " * 450,
    "take 2 units. kill me! " * 170,
    "ṩ̷" * 2000,
    "`" * 4000,
    "metformni" * 440,
    "метформин " * 400,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_message_takes_long(watch: Watch, text: str) -> None:
    best = min(_seconds(watch, text[:4000]) for _ in range(5))
    assert best < 0.05  # the figure is 5 ms and stands in benchmarks; a busy machine gets ten times that


def _seconds(watch: Watch, text: str) -> float:
    begun = time.perf_counter()
    watch.look(text)
    return time.perf_counter() - begun


@given(st.text(max_size=300))
def test_any_text_gets_a_verdict_with_offsets_inside_it(text: str) -> None:
    verdict = LOADED.look(text)
    assert 0 <= verdict.score <= 1
    assert all(0 <= begin < end <= len(text) for begin, end in verdict.words)
