"""A catalogue: every entry of one language, read from its ``.po`` files, parsed when first needed."""

import gettext
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

from babel.messages.pofile import read_po

from bot.texts.template import Template, TemplateError, parse


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries of one language: key -> its forms (one, or the plural forms in gettext's order)."""

    language: str
    entries: dict[str, tuple[str, ...]]
    plural: Callable[[int], int]
    _parsed: dict[tuple[str, int], Template] = field(default_factory=dict, repr=False)

    def template(self, key: str, form: int = 0) -> Template:
        """The parsed entry. KeyError if there is none, TemplateError naming the key if it is wrong."""
        found = self._parsed.get((key, form))
        if found is None:
            try:
                found = parse(self.entries[key][form])
            except TemplateError as error:
                raise TemplateError(f"{self.language}, {key}: {error}") from error
            self._parsed[key, form] = found
        return found


def read(language: str, files: Iterable[Traversable]) -> Catalogue:
    """One language from its files. ValueError if a key stands in two of them."""
    entries: dict[str, tuple[str, ...]] = {}
    plural = gettext.c2py("n != 1")
    for file in files:
        with file.open("rb") as opened:
            messages = read_po(opened, locale=language, abort_invalid=True)
        plural = gettext.c2py(messages.plural_expr)
        for message in messages:
            key = str(message.id[0] if isinstance(message.id, list | tuple) else message.id)
            string = message.string
            forms = string if isinstance(string, list | tuple) else (string or "",)
            if not key or message.fuzzy or not all(forms):
                continue
            if key in entries:
                raise ValueError(f"{language}/{file.name}: {key} stands in another file already")
            entries[key] = tuple(str(form) for form in forms)
    return Catalogue(language, entries, plural)
