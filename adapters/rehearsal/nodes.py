"""YAML read as text with line numbers: every value a string, a list or a table of named values."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from adapters.rehearsal.words import RoomProblem


@dataclass(frozen=True, slots=True)
class Read:
    """A value and the line it starts on (from 1)."""

    line: int
    value: "str | tuple[Read, ...] | Mapping[str, Read]"


def read_yaml(path: Path) -> Read:
    """The file as nested ``Read``; RoomProblem for anything unreadable, doubled or not YAML."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise RoomProblem("script-unreadable", file=path, fault=fault) from fault
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = str(getattr(fault, "problem", None) or "").capitalize()
        raise RoomProblem("script-syntax", file=path.name, line=line, fault=said) from fault
    if node is None:
        return Read(1, "")
    return _read(node, path.name)


def _read(node: yaml.Node, file: str) -> Read:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Read(line, tuple(_read(one, file) for one in node.value))
    if not isinstance(node, yaml.MappingNode):
        return Read(line, str(node.value))
    table: dict[str, Read] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in table:
            raise RoomProblem("script-twice", file=file, line=key.start_mark.line + 1, name=name)
        table[name] = _read(value, file)
    return Read(line, table)
