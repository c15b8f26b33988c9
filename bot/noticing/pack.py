"""Packs: the words of a language or a condition, and the shapes of a directive, read from YAML files.

A pack that cannot be used raises ``PackError`` with the file and the line; nobody has to read a trace.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PARTS = ("language", "needs", "words", "endings", "alias", "heads")


class PackError(Exception):
    """``str()`` is "FILE, line N: what is wrong"."""

    def __init__(self, file: str, line: int, wrong: str) -> None:
        super().__init__(f"{file}, line {line}: {wrong}")
        self.file, self.line = file, line


@dataclass(frozen=True, slots=True)
class Head:
    """A shape of words that tells somebody to do something: classes in a row, with a name that is shown."""

    name: str
    pattern: str
    file: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Pack:
    """``words``, ``endings`` and ``alias`` map a class (or the plain spelling) to the words listed for it."""

    file: str
    language: str
    words: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, tuple[str, ...]]
    alias: Mapping[str, tuple[str, ...]]
    heads: tuple[Head, ...]


def read_all(paths: Iterable[Path]) -> tuple[list[Pack], list[PackError]]:
    """The packs that can be used, and what is wrong with the others."""
    packs, problems = [], []
    for path in paths:
        try:
            packs.append(read(path))
        except PackError as problem:
            problems.append(problem)
    return packs, problems


def packaged() -> list[Path]:
    """The packs that come with the bot."""
    return sorted((Path(__file__).parent / "packs").glob("*.yaml"))


def read(path: Path) -> Pack:
    """One pack. Raises PackError."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as fault:
        raise PackError(path.name, 1, f"the file cannot be read: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise PackError(path.name, 1, "the file is not UTF-8 text") from None
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise PackError(path.name, line, wrong.problem or "not YAML") from None
    except yaml.YAMLError as wrong:
        raise PackError(path.name, 1, str(wrong)) from None
    if root is None:
        raise PackError(path.name, 1, "the pack is empty")
    return _pack(path.name, root)


def _pack(file: str, root: yaml.Node) -> Pack:
    parts = dict(_entries(file, root))
    for key, node in parts.items():
        if key not in _PARTS:
            raise PackError(file, _line(node), f"no part is called {key!r}; there are {', '.join(_PARTS)}")
    if "language" not in parts:
        raise PackError(file, 1, "the pack does not say its language")
    heads = _entries(file, parts["heads"]) if "heads" in parts else ()
    return Pack(
        file=file,
        language=_text(file, parts["language"]),
        words=_lists(file, parts.get("words")),
        endings=_lists(file, parts.get("endings")),
        alias=_lists(file, parts.get("alias")),
        heads=tuple(Head(name, _text(file, node), file, _line(node)) for name, node in heads),
    )


def _entries(file: str, node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise PackError(file, _line(node), "here a list of names with values is needed")
    seen: set[str] = set()
    for key, value in node.value:
        name = _text(file, key)
        if name in seen:
            raise PackError(file, _line(key), f"{name!r} stands here twice")
        seen.add(name)
        yield name, value


def _lists(file: str, node: yaml.Node | None) -> dict[str, tuple[str, ...]]:
    if node is None:
        return {}
    return {name: _words(file, value) for name, value in _entries(file, node)}


def _words(file: str, node: yaml.Node) -> tuple[str, ...]:
    words = tuple(" ".join(word.split()) for word in _text(file, node).split(","))
    if "" in words:
        raise PackError(file, _line(node), "a word is missing between two commas")
    return tuple(word.lower() for word in words)


def _text(file: str, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise PackError(file, _line(node), "here plain text is needed")
    return str(node.value)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
