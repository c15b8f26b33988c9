"""A reader: the texts as one person reads them, in their language or the nearest one there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.contract.markup import Body, Markup, Span
from bot.texts.catalogue import Catalogue
from bot.texts.dates import Dates
from bot.texts.direction import is_rtl
from bot.texts.template import Value


@dataclass(frozen=True, slots=True)
class Reader:
    """Renders entries from the first of ``catalogues`` that has them; the last one is English.

    Values go in by bare name, always as plain text; a ``Markup`` keeps its spans. An unknown key or a
    missing value is a KeyError.
    """

    catalogues: Sequence[Catalogue]

    @property
    def language(self) -> str:
        return self.catalogues[0].language

    @property
    def rtl(self) -> bool:
        return is_rtl(self.language.partition("_")[0])

    def __call__(self, key: str, /, **values: Value) -> Markup:
        """The entry as one block; several paragraphs stay apart by an empty line."""
        return _one(key, self._filled(self._holding(key), key, 0, values))

    def body(self, key: str, /, **values: Value) -> Body:
        """The entry as blocks, one a paragraph, all with the same key."""
        return self._filled(self._holding(key), key, 0, values)

    def plain(self, key: str, /, **values: Value) -> str:
        """The entry as plain text, for labels."""
        return self(key, **values).plain

    def many(self, key: str, n: int, /, **values: Value) -> Markup:
        """The plural form for ``n``, which the entry may name as ``{n}``."""
        catalogue = self._holding(key)
        form = min(catalogue.plural(n), len(catalogue.entries[key]) - 1)
        return _one(key, self._filled(catalogue, key, form, {"n": n, **values}))

    def has(self, key: str) -> bool:
        """Whether there is such an entry, in any of this reader's languages."""
        return any(key in catalogue.entries for catalogue in self.catalogues)

    def when(self, at: datetime, tz: tzinfo) -> str:
        """A moment in words: "Thursday 3 December, 10am UK time"."""
        return Dates(self).when(at, tz)

    def day(self, at: datetime, tz: tzinfo) -> str:
        """The day of a moment: "Thursday 3 December"."""
        return Dates(self).day(at, tz)

    def date(self, at: datetime, tz: tzinfo) -> str:
        """The day with its year, for dates far off: "3 December 2026"."""
        return Dates(self).date(at, tz)

    def month(self, at: datetime, tz: tzinfo) -> str:
        """The month of a moment: "December 2026"."""
        return Dates(self).month(at, tz)

    def time(self, at: datetime, tz: tzinfo) -> str:
        """The time of day: "10am", "10:30am", "midday"."""
        return Dates(self).time(at, tz)

    def _holding(self, key: str) -> Catalogue:
        for catalogue in self.catalogues:
            if key in catalogue.entries:
                return catalogue
        raise KeyError(key)

    def _filled(
        self, catalogue: Catalogue, key: str, form: int, values: dict[str, Value]
    ) -> tuple[Markup, ...]:
        try:
            return catalogue.template(key, form).fill(key, values, self.rtl)
        except KeyError as missing:
            raise KeyError(f"{key} needs the value {missing.args[0]}") from missing


def _one(key: str, blocks: tuple[Markup, ...]) -> Markup:
    if len(blocks) == 1:
        return blocks[0]
    spans: list[Span] = []
    for block in blocks:
        if spans:  # a list item brings a line break of its own
            spans.append(Span("\n" if block.spans[:1] and block.spans[0].item else "\n\n"))
        spans += block.spans
    return Markup(key, tuple(spans))
