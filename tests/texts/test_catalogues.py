"""What every English entry keeps to: it parses, and it is kind, short and plain.

One test looks at one thing and names every entry that breaks it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import pytest

from bot.starter import PRINCIPLES, STARTERS, Starter
from bot.texts import Texts
from bot.texts.template import parse

TEXTS = Texts.load()
ENTRIES = TEXTS.catalogues["en"].entries
SHOWN_AS_WRONG = re.compile(r"help\.example\.[a-z-]+\.advice")  # what we ask people not to say
NOT_WORDS = re.compile(r"dates\..*pattern")

# domain.md section 8, "Stop", and the words of the workshop that members never meet.
FORBIDDEN = [
    r"nhs[- ](approved|endorsed|recommended)",
    r"approved by",
    r"endors\w*",
    r"accredit\w*",
    r"certif\w*",
    r"official\w*",
    r"recommended by",
    r"partners? of",
    r"meets the principles",
    r"monitored",
    r"always here",
    r"keep you safe",
    r"guarantee\w*",
    r"safe space",
    r"cures?",
    r"cured",
    r"revers(e|es|ed|ing)",
    r"miracles?",
    r"(increase|cut|raise|lower|double) your",
    r"\d+ ?(units?|iu|mmol|mg)",
    r"facilitat\w*",
    r"admins?",
    r"administrators?",
    r"quorum",
    r"block(s|ed|ing)?",
    r"veto\w*",
    r"(major|minor) (version|change)s?",
    r"patients?",
    r"users?",
    r"diabetics?",
    r"suffer\w*",
    r"victims?",
    r"(non-)?complian\w*",
    r"adherence",
    r"(well|poor|good|bad) control(led)?",
    r"commit suicide",
    r"attention seeking",
    r"mentally ill",
    r"handicapped",
    r"wheelchair-bound",
    r"brittle",
    r"obese",
    r"lazy",
    r"naughty",
    r"simply",
    r"obviously",
    r"don't worry",
    r"ban(s|ned)?",
    r"strikes?",
    r"offen[cs]es?",
]
FORBIDDEN_WORDS = re.compile(rf"\b({'|'.join(FORBIDDEN)})\b", re.IGNORECASE)
KNOWN = {  # long words that people here know
    "diabetes",
    "insulin",
    "moderator",
    "moderators",
    "medicine",
    "medicines",
    "emergency",
    "agreement",
    "anyone",
    "everyone",
    "someone",
    "everything",
    "idea",
    "ideas",
    "another",
    "privacy",
    "objection",
    "december",
    "england",
}


def shown() -> Iterator[tuple[str, str]]:
    """Every form of every entry as people read it, with X for a value."""
    for key, forms in ENTRIES.items():
        if NOT_WORDS.fullmatch(key):
            continue
        for form in forms:
            template = parse(form)
            blocks = template.fill(key, dict.fromkeys(template.names, "X"))
            yield key, "\n\n".join(block.plain for block in blocks)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?…])[\"')]*\s+|\n+", text) if part.strip()]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)


def syllables(word: str) -> int:
    """A fair guess; words that everyone here knows count as two at most."""
    word = word.casefold().rstrip("'’")
    groups = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    return min(max(groups, 1), 2 if word in KNOWN else 9)


def grade(text: str) -> float:
    """Flesch-Kincaid grade, offline: the length of sentences and of words."""
    said = words(text)
    if not said:
        return 0.0
    per_sentence = len(said) / max(len([part for part in sentences(text) if words(part)]), 1)
    per_word = sum(map(syllables, said)) / len(said)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def listed(found: list[str]) -> str:
    return "\n" + "\n".join(found)


def test_every_entry_parses_and_its_plural_forms_name_the_same_values() -> None:
    for key, forms in ENTRIES.items():
        named = [parse(form).names for form in forms]
        assert all(names - {"n"} == named[-1] - {"n"} for names in named), key


def test_no_key_stands_twice() -> None:
    found: Counter[str] = Counter()
    for file in (files("bot.texts") / "en").iterdir():
        found.update(re.findall(r'^msgid "(.+)"', file.read_text("utf-8"), re.MULTILINE))
    assert [key for key, times in found.items() if times > 1] == []


def test_every_entry_that_a_file_holds_can_be_read() -> None:
    for file in (files("bot.texts") / "en").iterdir():
        for key in re.findall(r'^msgid "(.+)"', file.read_text("utf-8"), re.MULTILINE):
            assert key in ENTRIES, f"{file.name}: {key} is empty or marked fuzzy"


def test_no_forbidden_words() -> None:
    found = [
        f"{key}: {match.group()!r}"
        for key, text in shown()
        if not SHOWN_AS_WRONG.fullmatch(key) and (match := FORBIDDEN_WORDS.search(text))
    ]
    assert not found, listed(found)


def test_sentences_have_at_most_twenty_words() -> None:
    found = [
        f"{key} ({len(words(part))}): {part}"
        for key, text in shown()
        for part in sentences(text)
        if len(words(part)) > 20
    ]
    assert not found, listed(found)


def test_nothing_shouts() -> None:
    found = [key for key, text in shown() if text.count("!") > 1 or "&" in text]
    assert not found, listed(found)


def test_no_emoji_and_no_fancy_letters() -> None:
    fancy = re.compile("[\u2190-\u2bff\ufe0f\U0001d400-\U0001d7ff\U0001f000-\U0001faff]")
    found = [key for key, text in shown() if fancy.search(text)]
    assert not found, listed(found)


def test_texts_read_at_an_easy_grade() -> None:
    found = [
        f"{key}: grade {grade(text):.1f}"
        for key, text in shown()
        if len(words(text)) >= 25 and grade(text) > (6 if key.startswith(("starter.", "reminder.")) else 7)
    ]
    assert not found, listed(found)


def test_lists_have_at_most_five_items() -> None:
    found = [
        key
        for key, forms in ENTRIES.items()
        for paragraph in parse(forms[0]).paragraphs
        if sum(piece.item for piece in paragraph) > 5
    ]
    assert not found, listed(found)


def test_command_texts_fit_discord() -> None:
    found = [key for key, text in shown() if key.startswith("commands.") and len(text) > 100]
    assert not found, listed(found)


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.slug)
def test_a_starter_rule_is_short_and_serves_a_principle(starter: Starter) -> None:
    reader = TEXTS.reader()
    numbers = {"emergency": "your local emergency number", "urgent": "your local urgent care line"}
    assert len(reader.plain(starter.title)) <= 60
    assert len(reader.plain(starter.text, **numbers)) <= 280
    assert starter.principle in PRINCIPLES
    assert TEXTS.names(starter.text) <= set(numbers)


def test_the_core_and_day_one_rules_are_those_that_were_agreed_for_the_start() -> None:
    assert [s.slug for s in STARTERS if s.core] == ["privacy-limit", "urgent-help"]
    assert [n for n, s in enumerate(STARTERS, 1) if s.day_one] == [1, 2, 3, 4, 6, 10, 12]
    assert all(s.day_one for s in STARTERS if s.core)


def test_reminders_are_under_two_hundred_characters() -> None:
    reader = TEXTS.reader()
    for key in TEXTS.keys:
        if key.startswith("reminder.") and key.endswith(".text"):
            assert len(reader.plain(key, emergency="999", urgent="111")) <= 200, key


def test_the_dose_reminder_is_worded_as_decided() -> None:
    said = TEXTS.reader().plain("reminder.dose-given.text", urgent="111", emergency="999")
    assert said == (
        "Please do not act on a dose or setting from this chat. Your own team or 111 can help. "
        "If you already have and feel unwell, call 111 or 999 now."
    )


def test_the_leaflet_has_at_most_150_words() -> None:
    values = {"group": "Type 1 Together in York", "contact": "hello@a.example", "emergency": "999"}
    assert len(words(TEXTS.reader().plain("help.about.leaflet", **values))) <= 150


def test_there_are_nine_prompts_three_of_each_kind() -> None:
    slugs = [key.split(".")[1] for key in TEXTS.keys if re.fullmatch(r"prompts\.[a-z-]+\.text", key)]
    assert Counter(slug.split("-")[0] for slug in slugs) == {"hard": 3, "good": 3, "ordinary": 3}
    assert all(f"prompts.{slug}.label" in TEXTS.keys for slug in slugs)


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("We are NHS approved.", True),
        ("An admin will look.", True),
        ("The vote reached quorum.", True),
        ("Take 4 units now.", True),
        ("Thank you for being patient.", True),
        ("Two blocks of text", True),
        ("A moderator will look.", False),
        ("Someone at the office", False),
        ("It banks on trust", False),
    ],
)
def test_the_word_check_itself(text: str, caught: bool) -> None:
    assert bool(FORBIDDEN_WORDS.search(text)) is caught


def test_the_grade_rises_with_long_words_and_sentences() -> None:
    plain = "Say what happened for you. Ask before you offer ideas."
    stiff = "Participants are encouraged to communicate experiential information considerately throughout."
    assert grade(plain) < 6 < 12 < grade(stiff)
