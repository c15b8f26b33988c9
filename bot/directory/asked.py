"""What somebody asks of /signpost: a topic, where, and how it should be narrowed. Nothing is kept of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.directory import words

if TYPE_CHECKING:
    from bot.directory.search import Directory

LONGEST = 40  # characters that a button can carry of it
LONGEST_READ = 400  # characters of what is typed
AMBIGUOUS = "us"  # "someone hit us" names no country, "dka us" does
WAYS = ("text", "sign")
WHO = ("adults", "young", "children", "parents", "carers")
OTHERS = ("friend", "partner", "child")
_FOR = {"friend": "carers", "partner": "carers", "child": "parents"}  # who looks for somebody else
_SPOKEN_OF = {
    "friend": ("my friend", "a friend", "my mate", "someone else", "somebody else"),
    "partner": ("my partner", "my husband", "my wife", "my boyfriend", "my girlfriend"),
    "child": ("my child", "my son", "my daughter", "my kid", "my teenager"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """``topic`` is None where none was understood; everything else is "" where nothing was said of it.

    ``text`` is what was typed without the country. ``whom``: they ask for a friend, partner or child.
    """

    topic: str | None
    text: str = ""
    country: str = ""
    audience: str = ""
    language: str = ""
    way: str = ""
    whom: str = ""

    @property
    def wanted(self) -> str:
        """The audience to look for; "" where the group's own decides."""
        return self.audience or _FOR.get(self.whom, "")


def read(directory: "Directory", typed: str) -> Asked:
    """What these words ask. ``written`` gives words that are read as the same."""
    text, country = placed(directory, words.said(typed[:LONGEST_READ]))
    topic, rest = _split(directory, text)
    if topic is None:
        return Asked(topic=directory.topic(text), text=text, country=country, whom=_spoken_of(text))
    return Asked(
        topic=topic,
        text=text,
        country=country,
        audience=next((word for word in rest if word in WHO), ""),
        language=next((word for word in rest if word in directory.languages), ""),
        way=next((word for word in rest if word in WAYS), ""),
        whom=next((word for word in rest if word in OTHERS), "") or _spoken_of(text),
    )


def written(directory: "Directory", asked: Asked) -> str:
    """As a button carries it: the same words with _ between, short enough for every platform."""
    narrowed = (asked.whom or asked.audience, asked.language, asked.way)
    topics = (asked.topic or "", *_short(a for a, name in directory.aliases.items() if name == asked.topic))
    countries = (asked.country, *_short(directory.country(asked.country).names))
    texts = ["_".join(filter(None, (t, *narrowed, c))) for c in countries for t in topics]
    return next((text for text in texts if len(text) <= LONGEST), texts[-1][:LONGEST]).replace("-", "_")


def _short(names: Iterable[str]) -> Iterable[str]:
    """The shortest of these words, if one can be read anywhere in a line."""
    return sorted((name for name in names if len(name) > 2 and name.isalnum()), key=len)[:1]


def placed(directory: "Directory", text: str) -> tuple[str, str]:
    """What was typed without the country it names, and that country's code ("" for none)."""
    for name in sorted(directory.places, key=len, reverse=True):
        if words.within(name, text):
            rest = " ".join(f" {text} ".replace(f" {name} ", " ", 1).split())
            if (
                name != AMBIGUOUS
                or text == name
                or (text.endswith(f" {name}") and _split(directory, rest)[0])
            ):
                return rest, directory.places[name]
    return text, ""


def _split(directory: "Directory", text: str) -> tuple[str | None, list[str]]:
    """A topic's own word in front and words that narrow it behind; (None, []) for anything else."""
    said = text.split()
    known = {*WHO, *WAYS, *OTHERS, *directory.languages}
    for length in range(len(said), 0, -1):
        topic = directory.aliases.get(" ".join(said[:length]))
        if topic is not None and known.issuperset(said[length:]):
            return topic, said[length:]
    return None, []


def _spoken_of(text: str) -> str:
    return next((who for who, ways in _SPOKEN_OF.items() if any(words.within(w, text) for w in ways)), "")
