"""Where settings are written: the YAML file, the environment, folders of secret files.

Each is read into a Layer, which remembers where every key was written, so that an error can say so.
"""

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
import yamlcore

from bot import config_errors as errors
from bot.config_errors import ConfigError, Key

PREFIX = "COMMON_GROUND_"
# Names with our prefix that are no settings: they steer the tests.
NOT_SETTINGS = {"COMMON_GROUND_REQUIRE_BROWSER"}
TOKEN = re.compile(r"\d{8,12}:[A-Za-z0-9_-]{30,}|[A-Za-z0-9_-]{23,30}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}")


@dataclass(frozen=True, kw_only=True)
class Layer:
    """Settings from one origin: values by key, where each was written, and what is wrong already."""

    values: Mapping[Key, Any] = field(default_factory=dict, repr=False)
    sources: Mapping[Key, str] = field(default_factory=dict)
    problems: Sequence[str] = ()

    def over(self, other: "Layer") -> "Layer":
        """Both together; where both set a key, this one wins."""
        return Layer(
            values={**other.values, **self.values},
            sources={**other.sources, **self.sources},
            problems=[*other.problems, *self.problems],
        )

    def nested(self) -> dict[str, Any]:
        """The values as dictionaries in dictionaries."""
        result: dict[str, Any] = {}
        for key, value in sorted(self.values.items(), key=lambda item: len(item[0])):
            inner = result
            for part in key[:-1]:
                if not isinstance(inner.get(part), dict):
                    inner[part] = {}
                inner = inner[part]
            inner[key[-1]] = value
        return result

    def where(self, key: Key) -> str:
        """Where this key, or the nearest one around it, was written."""
        while key and key not in self.sources:
            key = key[:-1]
        return self.sources.get(key, "the settings")


def read_file(path: Path, secrets: Collection[Key]) -> Layer:
    """The YAML file (version 1.2). ConfigError when it cannot be read at all."""
    node = _composed(_text(path), path)
    if node is None:
        return Layer()
    reading = _Reading(path, secrets)
    if not isinstance(node, yaml.MappingNode):
        raise ConfigError([errors.not_keys(reading.at(node))])
    try:
        reading.take(node, ())
    except RecursionError:
        raise ConfigError([errors.too_deep(str(path))]) from None
    return Layer(values=reading.values, sources=reading.sources, problems=reading.problems)


def read_environment(environ: Mapping[str, str]) -> Layer:
    """COMMON_GROUND_LOG__LEVEL sets log.level. An empty variable counts as not set."""
    found = {
        tuple(name[len(PREFIX) :].lower().split("__")): name
        for name, text in environ.items()
        if name.upper().startswith(PREFIX) and name not in NOT_SETTINGS and text.strip()
    }
    return Layer(values={key: environ[name].strip() for key, name in found.items()}, sources=found)


def read_folders(folders: Sequence[Path], secrets: Collection[Key]) -> Layer:
    """Files named after a secret's key: discord__token, discord.token, COMMON_GROUND_DISCORD__TOKEN.

    Other files are left alone: such folders often hold the secrets of other programs too.
    """
    layer = Layer()
    for folder in reversed(folders):
        try:
            paths = sorted(folder.iterdir())
        except OSError as why:
            raise ConfigError([errors.unreadable(folder, why.strerror or str(why))]) from why
        for path in paths:
            key = _key_of(path.name)
            if key in secrets:
                value = read_secret(path, key)
                layer = Layer(values={key: value}, sources={key: str(path)}).over(layer)
    return layer


def read_secret(path: Path, key: Key) -> str:
    """A secret file's one value, without the line end."""
    text = _text(path).strip()
    if not text:
        raise ConfigError([errors.empty_secret(str(path), key)])
    return text


def _key_of(name: str) -> Key:
    return tuple(name.lower().removeprefix(PREFIX.lower()).replace(".", "__").split("__"))


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError([errors.missing_file(path)]) from None
    except OSError as why:
        raise ConfigError([errors.unreadable(path, why.strerror or str(why))]) from why
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise ConfigError([errors.not_utf8(path, raw.count(b"\n", 0, why.start) + 1)]) from None


def _composed(text: str, path: Path) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yamlcore.CoreLoader)
    except yaml.MarkedYAMLError as why:
        line = why.problem_mark.line + 1 if why.problem_mark else 1
        raise ConfigError([errors.not_yaml(f"{path}:{line}", why.problem or "")]) from None
    except yaml.reader.ReaderError as why:
        line = text.count("\n", 0, why.position) + 1
        raise ConfigError([errors.not_yaml(f"{path}:{line}", why.reason)]) from None
    except RecursionError:
        raise ConfigError([errors.too_deep(str(path))]) from None
    return node


class _Reading:
    """One walk over the nodes of a file. A key without a value counts as not set."""

    def __init__(self, path: Path, secrets: Collection[Key]) -> None:
        self.path, self.secrets = path, secrets
        self.values: dict[Key, Any] = {}
        self.sources: dict[Key, str] = {}
        self.problems: list[str] = []

    def at(self, node: yaml.Node) -> str:
        return f"{self.path}:{node.start_mark.line + 1}"

    def take(self, mapping: yaml.MappingNode, above: Key) -> None:
        for name, node in mapping.value:
            key = (*above, str(name.value) if isinstance(name, yaml.ScalarNode) else "?")
            if key in self.sources:
                self.problems.append(errors.repeated(self.at(name), key, self.sources[key]))
                continue
            self.sources[key] = self.at(name)
            if key in self.secrets:
                self.problems.append(errors.secret_in_file(self.at(name), key))
            elif isinstance(node, yaml.MappingNode):
                self.take(node, key)
            else:
                self._keep(key, node)

    def _keep(self, key: Key, node: yaml.Node) -> None:
        if any(TOKEN.search(scalar.value) for scalar in _scalars(node)):
            self.problems.append(errors.token_in_file(self.at(node), key))
            return
        value = _plain(node)
        if value is not None:
            self.values[key] = value


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)


def _plain(node: yaml.Node) -> Any:
    """The value of a scalar or a list, by YAML 1.2: 22:30 and "no" are text."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(name.value): _plain(item) for name, item in node.value}
    return yamlcore.CoreLoader("").construct_object(node)


def folders_of(names: Sequence[str], base: Path, environ: Mapping[str, str]) -> list[Path]:
    """The configured folders, and the one that systemd hands over (LoadCredential), which is asked first."""
    handed = environ.get("CREDENTIALS_DIRECTORY", "")
    return [*([Path(handed)] if os.path.isdir(handed) else []), *(base / name for name in names)]
