"""What a sentence may be besides advice: each guard is one named reason not to speak up.

Guards see classes of words and never the words, so they hold in every language that has a pack.
"""

from collections.abc import Callable, Mapping

from bot.noticing.tokens import Sentence

ACTS = frozenset({"take", "up", "down", "stop", "swap", "vague", "ignore"})
_DONE = frozenset({"takeed", "uped", "downed", "stoped", "swaped", "vagueed"})
THINGS = frozenset({"med", "treat", "setting", "device", "diet", "reading"})
_TO_OTHERS = frozenset({"you", "your", "youre", "youd", "youll", "youve"})
ELSEWHERE = frozenset({"admin", "tech", "cook", "feel"})


def asks_the_group(sentence: Sentence) -> bool:
    """A question that wants an answer: "should I halve it?". "Why not halve it?" is no such question."""
    said = _all(sentence)
    if "propose" in said or "asker" not in said:
        return False
    return sentence.asks or "asker" in _marks(sentence, 0)


def reports(sentence: Sentence) -> bool:
    """What somebody's own team said: "the nurse told me to take 2 more"."""
    told = False
    for token in sentence.tokens:
        if told and _TO_OTHERS & set(token.entry.marks):
            return False
        told = told or "said" in token.entry.marks
    return told


def tells_own_story(sentence: Sentence) -> bool:
    """The speaker's own treatment: "I dropped mine to 14", "took two and slept"."""
    said = _all(sentence)
    first = _marks(sentence, 0)
    told = {"i", "my"} & said or first & _DONE or "third" in first
    return bool(told) and not _TO_OTHERS & said and "id" not in said


def signposts(sentence: Sentence) -> bool:
    """Sends somebody to their own team: "ring your nurse before you change it"."""
    said = _all(sentence)
    return "contact" in said and bool({"clin", "help"} & said)


def urges_help(sentence: Sentence) -> bool:
    """Tells somebody to get urgent help: "call 999 now"."""
    return "help" in _all(sentence)


def follows_their_plan(sentence: Sentence) -> bool:
    """Holds somebody to what their own team wrote down: "use your reliever as your plan says"."""
    return "plan" in _all(sentence)


def passes_on_a_source(sentence: Sentence) -> bool:
    """A leaflet, a guideline, a study."""
    said = _all(sentence)
    return "quoty" in said and not _TO_OTHERS & said


def speaks_of_advice(sentence: Sentence) -> bool:
    """About advice rather than giving it: "we don't tell each other what to take"."""
    said = _all(sentence)
    return "meta" in said or "quote" in said


def is_about_daily_life(sentence: Sentence) -> bool:
    """Travel, paperwork, phones, cooking, comfort; nothing of a treatment in it."""
    said = _all(sentence)
    return bool(ELSEWHERE & said) and not THINGS & said


GUARDS: Mapping[str, Callable[[Sentence], bool]] = {
    "asks": asks_the_group,
    "reports": reports,
    "own-story": tells_own_story,
    "signposts": signposts,
    "urges-help": urges_help,
    "their-plan": follows_their_plan,
    "source": passes_on_a_source,
    "about-advice": speaks_of_advice,
    "daily-life": is_about_daily_life,
}


def points_to_help(sentence: Sentence) -> bool:
    """Signposting of any kind. At the quiet level this is never flagged, whatever the model thinks."""
    return signposts(sentence) or urges_help(sentence) or follows_their_plan(sentence)


def names_a_treatment(sentence: Sentence) -> bool:
    """Whether a treatment, a setting, a reading or a dose is named at all."""
    return bool((THINGS | {"unit"}) & _all(sentence))


def _marks(sentence: Sentence, place: int) -> set[str]:
    return set(sentence.tokens[place].entry.marks) if len(sentence.tokens) > place else set()


def _all(sentence: Sentence) -> set[str]:
    return {mark for token in sentence.tokens for mark in token.entry.marks}
