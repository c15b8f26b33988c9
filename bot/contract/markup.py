"""Text that is ready to show, free of any platform's syntax.

A ``Markup`` is one paragraph or list, rendered from a catalogue entry. What people typed enters as
plain text spans, so an adapter that escapes every span cannot be tricked into formatting it.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. ``item`` marks the first span of a list item; ``url`` makes a link.

    ``underlined`` points at words that a person wrote; texts of the bot are never underlined.
    """

    text: str
    bold: bool = False
    url: str | None = None
    item: bool = False
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Markup:
    """One block of text: ``key`` is the catalogue entry it came from (tests compare it)."""

    key: str
    spans: tuple[Span, ...]

    @property
    def plain(self) -> str:
        """The block as plain text: list items on lines of their own, links as "label (address)"."""
        parts: list[str] = []
        for span in self.spans:
            if span.item:
                parts.append("\n- " if parts else "- ")
            shown = span.text
            if span.url and span.url != span.text:
                shown = f"{span.text} ({span.url})"
            parts.append(shown)
        return "".join(parts)


Body = tuple[Markup, ...]


def plain(body: Iterable[Markup]) -> str:
    """A whole body as plain text, blocks separated by an empty line."""
    return "\n\n".join(block.plain for block in body)
