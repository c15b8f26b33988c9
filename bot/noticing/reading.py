"""A message made ready for the models: its sentences, the heads found in them, where its words stood."""

from dataclasses import dataclass

from bot.noticing.features import joined
from bot.noticing.guards import names_a_treatment
from bot.noticing.letters import Plain, plain
from bot.noticing.lexicon import Lexicon
from bot.noticing.stripping import strip
from bot.noticing.tokens import Sentence, sentences

_MOST_TOGETHER = 40
UNNAMED = 0.6


@dataclass(frozen=True, slots=True)
class Reading:
    """``sentences`` is empty for a message without a word of its author's."""

    letters: Plain
    sentences: list[Sentence]
    about_treatment: bool

    def units(self) -> list[Sentence]:
        """What the advice model scores: each sentence, and a short message as a whole."""
        if len(self.sentences) < 2:
            return self.sentences
        whole = joined(self.sentences)
        return [whole, *self.sentences] if len(whole.tokens) <= _MOST_TOGETHER else self.sentences

    @property
    def handicap(self) -> float:
        """Everyday talk is full of orders, so a message that names no treatment has to be clearer."""
        return 0.0 if self.about_treatment else UNNAMED

    def windows(self) -> list[Sentence]:
        """What the urgent model scores: the whole, each sentence, and two in a row. The whole comes first.

        A sentence counts by itself, so that nothing said next to it can drown it.
        """
        if len(self.sentences) == 1:
            return self.sentences
        whole = joined(self.sentences)
        if len(self.sentences) == 2:
            return [whole, *self.sentences]
        pairs = [joined(pair) for pair in zip(self.sentences, self.sentences[1:], strict=False)]
        return [whole, *self.sentences, *pairs]


def read(message: str, lexicon: Lexicon) -> Reading:
    """Never raises, whatever the message holds."""
    letters = plain(message)
    found = sentences(strip(letters.text), lexicon)
    return Reading(letters, found, any(names_a_treatment(one) for one in found))


def heads(sentence: Sentence, lexicon: Lexicon) -> dict[str, tuple[int, int]]:
    """The directive heads of a sentence: name -> first and last token of the first place it fits."""
    found = {}
    for name, shape in lexicon.shapes:
        if fits := shape.search(sentence.codes):
            found[name] = fits.span()
    return found
