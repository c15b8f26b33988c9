"""Labelled lines: the training folder's text files, and JSON-lines files."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NONE = "none"
ADVICE = "directive_medical_advice"
URGENT = ("self_harm", "medical_emergency", "insulin_omission_ed")
_HEADING = re.compile(r"\[(\w+) ([\w-]+)\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """``spans`` are the directive words, where the file says so."""

    text: str
    label: str
    language: str
    tags: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


def training(folder: Path) -> list[Line]:
    """Headings "[label language]", then one message a line; "\\n" in a line stands for a new line."""
    found: list[Line] = []
    for path in sorted(folder.glob("*.txt")):
        label = language = ""
        for text in path.read_text(encoding="utf-8").splitlines():
            if heading := _HEADING.fullmatch(text):
                label, language = heading[1], heading[2]
            elif text:
                found.append(Line(text=text.replace("\\n", "\n"), label=label, language=language))
    return found


def labelled(path: Path) -> Iterator[Line]:
    """A JSON-lines file with text, label, lang, tags and spans. Raises ValueError naming the line."""
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not row.strip():
            continue
        try:
            fields = json.loads(row)
            yield Line(
                text=fields["text"],
                label=fields["label"],
                language=fields.get("lang", "?"),
                tags=tuple(fields.get("tags", ())),
                spans=tuple((span[0], span[1]) for span in fields.get("spans", ())),
            )
        except (ValueError, KeyError, TypeError, IndexError) as wrong:
            raise ValueError(f"{path.name}, line {number}: {wrong!r}") from wrong
