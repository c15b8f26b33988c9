"""Every sentence a person reads: gettext catalogues, one folder a language, read by Babel at start."""

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel import Locale, UnknownLocaleError

from bot.texts.catalogue import Catalogue, read
from bot.texts.reader import Reader
from bot.texts.template import TemplateError, Value

__all__ = ["Reader", "TemplateError", "Texts", "Value"]

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Texts:
    """All catalogues, by language ("en", "pt_BR")."""

    catalogues: dict[str, Catalogue]

    @classmethod
    def load(cls, folder: Traversable | None = None) -> "Texts":
        """Every ``<language>/*.po``, of the installed package or of ``folder``."""
        catalogues: dict[str, Catalogue] = {}
        for language in (folder or files(__name__)).iterdir():
            if language.name.startswith(("_", ".")) or not language.is_dir():
                continue
            found = [file for file in language.iterdir() if file.name.endswith(".po")]
            if found:
                found.sort(key=lambda file: file.name)
                catalogues[language.name] = read(language.name, found)
        return cls(catalogues)

    def reader(self, locale: str | None = None) -> Reader:
        """A reader for a platform's locale ("pt-BR"): exact, then the language, then English."""
        wanted = [name for name in _names(locale) if name in self.catalogues]
        chain = dict.fromkeys([*wanted, ENGLISH])
        return Reader([self.catalogues[name] for name in chain])

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted(self.catalogues))

    @property
    def keys(self) -> frozenset[str]:
        """Every key there is; English has them all."""
        return frozenset(self.catalogues[ENGLISH].entries)

    def names(self, key: str) -> frozenset[str]:
        """The names of the values that the English entry needs."""
        catalogue = self.catalogues[ENGLISH]
        forms = range(len(catalogue.entries[key]))
        return frozenset().union(*(catalogue.template(key, form).names for form in forms))


def _names(locale: str | None) -> list[str]:
    for separator in ("-", "_"):
        try:
            parsed = Locale.parse(locale or ENGLISH, sep=separator)
        except (ValueError, UnknownLocaleError):
            continue
        return [str(parsed), f"{parsed.language}_{parsed.territory}", parsed.language]
    return []
