"""Each guard is one named reason not to speak up."""

from collections.abc import Callable

import pytest

from bot.noticing import guards
from bot.noticing.lexicon import Lexicon
from bot.noticing.pack import packaged, read
from bot.noticing.reading import read as made_ready
from bot.noticing.tokens import Sentence

LEXICON = Lexicon([read(path) for path in packaged()])
Guard = Callable[[Sentence], bool]


def sentence(text: str) -> Sentence:
    return made_ready(text, LEXICON).sentences[0]


@pytest.mark.parametrize(
    ("guard", "held", "not_held"),
    [
        (guards.asks_the_group, "should I halve it?", "why not halve your dose?"),
        (guards.reports, "my nurse told me to take 2 more", "my nurse said so you should take 2 more"),
        (guards.tells_own_story, "I dropped mine to 14", "I dropped mine so drop yours"),
        (guards.signposts, "ring your nurse before you change it", "take two before you sleep"),
        (guards.urges_help, "call 999 now", "take two now"),
        (guards.follows_their_plan, "use your reliever as your plan says", "use your reliever more"),
        (guards.points_to_help, "get some help from your gp, ring them", "get more insulin in"),
        (guards.passes_on_a_source, "the leaflet says take it with food", "take it with food"),
        (guards.speaks_of_advice, "mods, that post says double it", "double it"),
        (guards.is_about_daily_life, "take a letter to the airport", "take your insulin to the airport"),
    ],
)
def test_a_guard_holds_where_it_should_and_only_there(guard: Guard, held: str, not_held: str) -> None:
    assert guard(sentence(held))
    assert not guard(sentence(not_held))


def test_guards_hold_in_spanish_too() -> None:
    assert guards.reports(sentence("la doctora me ha bajado la dosis"))
    assert guards.signposts(sentence("llama a tu médico antes de bajar la dosis"))
    assert guards.tells_own_story(sentence("yo me puse cuatro"))
