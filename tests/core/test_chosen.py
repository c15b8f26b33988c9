"""What a group chose for its places, as one setting's text."""

import pytest

from bot import chosen
from bot.contract.events import Place

OLD = Place(platform="telegram", group="-5", channel="-5")
NEW = Place(platform="telegram", group="-1005", channel="-1005")


def test_pairs_are_read_as_they_were_written() -> None:
    pairs = {"discord/1": "2/", "telegram/-5": "-5/7"}
    assert chosen.read(chosen.written(pairs)) == pairs
    assert chosen.written({**pairs, "discord/1": ""}) == "telegram/-5=-5/7"


@pytest.mark.parametrize("text", ["", "  ", "=", "a=", "=b", "nonsense"])
def test_what_is_no_pair_is_left_out(text: str) -> None:
    assert chosen.read(text) == {}


def test_a_spot_leads_back_to_its_place() -> None:
    for thread in (None, "7"):
        place = Place(platform="discord", group="1", channel="2", thread=thread)
        assert chosen.at_spot(Place(platform="discord", group="1", channel="9"), chosen.spot(place)) == place


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("telegram/-5=-5/", "telegram/-1005=-1005/"),
        ("telegram/-5=-5/7", "telegram/-1005=-1005/7"),
        ("telegram/-5/-5=rules", "telegram/-1005/-1005=rules"),
        ("telegram/-5=88,99", "telegram/-1005=88,99"),
        ("telegram/-55=-55/", "telegram/-55=-55/"),
        ("discord/1=2/ telegram/-5=-5/", "discord/1=2/ telegram/-1005=-1005/"),
    ],
)
def test_choices_follow_a_group_to_its_new_id(before: str, after: str) -> None:
    assert chosen.moved(before, OLD, NEW) == after
    assert chosen.moved(after, OLD, NEW) == after
