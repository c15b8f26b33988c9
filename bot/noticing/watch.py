"""The message watch: which message tells somebody what to do with their treatment, or needs a person soon.

Nothing of a message is kept, logged or sent: a Verdict holds numbers and offsets only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from bot.noticing.alarm import alarm
from bot.noticing.features import advice_features, ordered, urgent_features
from bot.noticing.guards import points_to_help
from bot.noticing.lexicon import Lexicon
from bot.noticing.linear import Linear, load, squeezed
from bot.noticing.lines import ADVICE, NONE, URGENT
from bot.noticing.own_phrases import OwnPhrases
from bot.noticing.pack import Pack, PackError
from bot.noticing.reading import Reading, heads, read
from bot.noticing.tokens import Sentence

WEIGHTS = Path(__file__).parent / "weights" / "watch.json"
URGENT_RULE = "urgent-words"
_RAISED = 2.0


class Level(Enum):
    """How readily the watch speaks. The group chooses."""

    QUIET = "quiet"
    NORMAL = "normal"
    KEEN = "keen"


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """What a group chose for the place a message stands in. ``raised``: rules answered "not advice"."""

    level: Level = Level.NORMAL
    raised: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    own: OwnPhrases = field(default_factory=OwnPhrases)
    advice: bool = True
    urgent: bool = True


ANYWHERE = Room()


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """``label`` is "none", "directive_medical_advice" or an urgent label. ``score`` is 0.5 at the normal bar.

    ``rule`` names the directive head or the group's own phrase; ``words`` are offsets in the message.
    """

    label: str
    score: float
    rule: str = ""
    words: tuple[tuple[int, int], ...] = ()

    @property
    def is_urgent(self) -> bool:
        return self.label in URGENT


class Watch:
    """Reads its packs and weights once; looking changes nothing. ``problems``: packs of no use."""

    def __init__(
        self,
        packs: Iterable[Pack],
        problems: Iterable[PackError] = (),
        weights: Path = WEIGHTS,
    ) -> None:
        kept = list(packs)
        self.problems = tuple(problems)
        self.languages = frozenset(pack.language for pack in kept)
        self._lexicon = Lexicon(kept)
        self._models, self._numbers = load(weights)
        self._bars = {level: self._numbers[level.value] for level in Level}

    def look(self, text: str, place: Room = ANYWHERE) -> Verdict:
        """Urgent words first; then the group's own phrases; then advice. Never raises."""
        reading = read(text, self._lexicon)
        if not reading.sentences:
            return Verdict(label=NONE, score=0.0)
        if place.urgent and (urgent := self._urgent(reading)):
            return urgent
        if not place.advice:
            return Verdict(label=NONE, score=0.0)
        if own := place.own.find(reading.letters.text):
            return Verdict(label=ADVICE, score=1.0, rule="own-phrase", words=(reading.letters.span(*own),))
        return self._advice(reading, place)

    def _urgent(self, reading: Reading) -> Verdict | None:
        windows = reading.windows()
        heard = [
            (*alarm(self._models, urgent_features(window)), place) for place, window in enumerate(windows)
        ]
        margin, label, place = max(heard)
        margin -= self._numbers["urgent"]
        if margin < 0:
            return None
        whole = windows[place]
        words = _strongest(self._models[label], whole)
        return Verdict(
            label=label, score=squeezed(margin), rule=URGENT_RULE, words=_spans(reading, whole, words)
        )

    def _advice(self, reading: Reading, place: Room) -> Verdict:
        told = [one for unit in reading.units() if (one := self._told(unit, reading, place))]
        if not told:
            return Verdict(label=NONE, score=0.0)
        margin = max(one.margin for one in told)
        alone = {id(sentence) for sentence in reading.sentences}
        single = [one for one in told if id(one.sentence) in alone] or told
        clearest = max(single, key=lambda one: one.margin)
        bar = self._bars[place.level] + (_RAISED if clearest.rule in place.raised else 0.0)
        score = squeezed(margin - self._bars[Level.NORMAL])
        if margin < bar:
            return Verdict(label=NONE, score=score)
        return Verdict(label=ADVICE, score=score, rule=clearest.rule, words=clearest.words(reading))

    def _told(self, unit: Sentence, reading: Reading, place: Room) -> "_Told | None":
        fits = heads(unit, self._lexicon)
        allowed = [name for name in fits if name not in place.off]
        if not allowed or (place.level is Level.QUIET and points_to_help(unit)):
            return None
        features = advice_features(unit, fits, reading.about_treatment)
        margin = self._models[ADVICE].margin(features) - reading.handicap
        rule = max(allowed, key=lambda name: len(ordered(unit.tokens, fits[name])))
        return _Told(unit, margin, rule, fits[rule])


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence with a head: the clearest head's name, and its first and last word."""

    sentence: Sentence
    margin: float
    rule: str
    head: tuple[int, int]

    def words(self, reading: Reading) -> tuple[tuple[int, int], ...]:
        """From the head to the end of what it orders: at most eight words on."""
        last = min(len(self.sentence.tokens), self.head[1] + 8)
        return _spans(reading, self.sentence, range(self.head[0], last))


def _strongest(model: Linear, sentence: Sentence) -> list[int]:
    """The places of up to three words that weigh most by themselves."""
    weighed = [
        (sum([model.weights.get("u:" + one, 0) for one in token.entry.alarms]), place)
        for place, token in enumerate(sentence.tokens)
    ]
    return sorted(place for weight, place in sorted(weighed, reverse=True)[:3] if weight > 0)


def _spans(reading: Reading, sentence: Sentence, places: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Offsets in the message, neighbours joined."""
    spans: list[tuple[int, int]] = []
    last = -2
    for place in places:
        token = sentence.tokens[place]
        begin, end = reading.letters.span(token.begin, token.end)
        if place == last + 1 and spans:
            begin = spans.pop()[0]
        spans.append((begin, end))
        last = place
    return tuple(spans)
