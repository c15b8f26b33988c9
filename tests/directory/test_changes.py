"""A group's own directory: its entries, what it hides, what is overdue or broken."""

from dataclasses import replace

import pytest

from bot.directory import Directory, Entry, Route

DIRECTORY = Directory.load()
OURS = Entry(
    id="ours",
    name="Our evening line",
    purpose="Talking",
    countries=("wales",),
    topics=("crisis", "work"),
    routes=(Route(kind="phone", to="0808 808 1677"),),
    source="us",
    crisis=True,
)


def ids(directory: Directory, topic: str, country: str = "wales", most: int = 3) -> list[str]:
    return [entry.id for entry in directory.find(topic, country, audience="adults", most=most)]


def test_an_own_entry_comes_first_among_those_of_its_country() -> None:
    group = DIRECTORY.with_changes([OURS], (), {})
    assert ids(group, "crisis") == ["ours", "nhs-111-press-2-wales", "call-wales"]
    assert ids(group, "crisis", "scotland") == ids(DIRECTORY, "crisis", "scotland")
    assert ids(DIRECTORY, "crisis")[0] == "nhs-111-press-2-wales"


def test_an_own_entry_takes_the_place_of_the_one_with_its_id() -> None:
    group = DIRECTORY.with_changes([replace(OURS, id="call-wales")], (), {})
    assert ids(group, "crisis") == ["nhs-111-press-2-wales", "call-wales", "shout"]  # one without speaking
    assert [entry.name for entry in group.entries].count("Our evening line") == 1
    assert len(group.entries) == len(DIRECTORY.entries)


def test_what_is_hidden_or_broken_is_not_found() -> None:
    group = DIRECTORY.with_changes(
        [OURS], {"ours", "no-such-entry"}, {"call-wales": "broken", "nothing": "ok"}
    )
    assert ids(group, "crisis") == ["nhs-111-press-2-wales", "samaritans", "shout"]
    assert group.entry("call-wales") is None


@pytest.mark.parametrize("topic", sorted(DIRECTORY.crisis_topics))
@pytest.mark.parametrize("country", DIRECTORY.countries)
def test_a_crisis_topic_is_answered_whatever_a_group_hides(topic: str, country: str) -> None:
    everything = [entry.id for entry in DIRECTORY.entries]
    for group in (
        DIRECTORY.with_changes((), everything, {}),
        DIRECTORY.with_changes((), (), dict.fromkeys(everything, "broken")),
    ):
        assert ids(group, "work") == []
        assert set(ids(group, topic, country)) <= {"find-a-helpline", "emergency-anywhere"}
        assert ids(group, topic, country)


def test_beside_what_is_overdue_stands_something_that_is_not() -> None:
    overdue = dict.fromkeys(ids(DIRECTORY, "crisis"), "overdue")
    found = DIRECTORY.with_changes((), (), overdue).find("crisis", "wales", audience="adults")
    assert [entry.status for entry in found] == ["overdue"] * 3 + ["unchecked"]
    everything = {entry.id: "overdue" for entry in DIRECTORY.entries}
    found = DIRECTORY.with_changes((), (), everything).find("crisis", "india")
    assert [entry.id for entry in found][-1] == "find-a-helpline"
    assert found[-1].status == "unchecked"


def test_the_packaged_directory_stays_as_it_is() -> None:
    before = DIRECTORY.entries
    DIRECTORY.with_changes([OURS], {"samaritans"}, {"shout": "broken"})
    assert DIRECTORY.entries == before
