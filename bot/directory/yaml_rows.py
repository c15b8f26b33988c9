"""Entries as YAML. Every value is read as the words that stand there: 0800 stays a number to dial."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from bot.directory.problem import BadEntries, Problem
from bot.directory.rows import Row, Words

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_NOTHING = ("", "~", "null", "Null", "NULL")


def read(text: str) -> list[Row]:
    """The rows of a YAML list of entries. BadEntries if it is not one."""
    try:
        root = yaml.compose(text, _LOADER)
    except yaml.MarkedYAMLError as found:
        line = found.problem_mark.line + 1 if found.problem_mark else 0
        raise BadEntries([Problem(reason="not-yaml", line=line)]) from None
    except (yaml.YAMLError, RecursionError):
        raise BadEntries([Problem(reason="not-yaml")]) from None
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise BadEntries([Problem(reason="not-a-list", line=_line(root))])
    seen: set[int] = set()
    return [_row(node, seen) for node in root.value]


def write(rows: Sequence[Mapping[str, Words]]) -> str:
    """The YAML of these rows."""
    text: str = yaml.dump(
        [dict(row) for row in rows],
        Dumper=_DUMPER,
        sort_keys=False,
        allow_unicode=True,
        width=1000,
    )
    return text


def _row(node: Any, seen: set[int]) -> Row:
    if not isinstance(node, yaml.MappingNode):
        raise BadEntries([Problem(reason="not-an-entry", line=_line(node))])
    values: dict[str, Words] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        name = _scalar(key)
        if name in values:
            raise BadEntries([Problem(reason="field-twice", value=name, line=_line(key), field=name)])
        values[name], lines[name] = _words(value, seen), _line(key)
    return Row(line=_line(node), values=values, lines=lines)


def _words(node: Any, seen: set[int]) -> Words:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if not isinstance(node, yaml.SequenceNode) or id(node) in seen:
        raise BadEntries([Problem(reason="not-readable-here", line=_line(node))])
    seen.add(id(node))  # what is repeated by an anchor could be repeated without end
    if node.value and all(isinstance(each, yaml.MappingNode) for each in node.value):
        return [{_scalar(key): _scalar(value) for key, value in each.value} for each in node.value]
    return [_scalar(each) for each in node.value]


def _scalar(node: Any) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise BadEntries([Problem(reason="not-readable-here", line=_line(node))])
    said = str(node.value)
    return "" if node.style is None and said in _NOTHING else said


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1
