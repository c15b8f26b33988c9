"""What is wrong with the settings, in one sentence each: where, which key, what is wrong, what to do.

These sentences are for the host at a terminal. No sentence repeats a value: it could be a token.
"""

from collections.abc import Collection, Sequence
from difflib import get_close_matches

from pydantic_core import ErrorDetails

Key = tuple[str, ...]


class ConfigError(Exception):
    """The settings cannot be used. ``messages`` holds one sentence for each thing to mend."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = tuple(messages)


def dotted(key: Key) -> str:
    return ".".join(key)


def variable(key: Key) -> str:
    """The environment variable that sets this key."""
    return "COMMON_GROUND_" + "__".join(key).upper()


def missing_file(path: object) -> str:
    return f"{path}: this file is not there. Check the path, or make one with: common-ground init"


def unreadable(path: object, why: str) -> str:
    return f"{path}: cannot be read ({why}). Check the path, and that this account may read it."


def not_utf8(path: object, line: int) -> str:
    return f"{path}:{line}: holds a character that is not UTF-8. Save the file again as UTF-8."


def not_yaml(where: str, why: str) -> str:
    return (
        f"{where}: cannot be read as YAML ({why}). "
        "Look at this line and the one above it: spaces before the key, the colon, and closing quotes."
    )


def not_keys(where: str) -> str:
    return f"{where}: must be lines such as 'key: value'. Compare with config.example.yaml."


def too_deep(where: str) -> str:
    return f"{where}: is nested too deep. Compare with config.example.yaml."


def repeated(where: str, key: Key, first: str) -> str:
    return f"{where}: {dotted(key)}: is here twice (first at {first}). Keep one of the two lines."


def secret_in_file(where: str, key: Key) -> str:
    return (
        f"{where}: {dotted(key)}: a secret must not stand in this file. "
        f"Delete the line, then set the environment variable {variable(key)} or use a secret file."
    )


def token_in_file(where: str, key: Key) -> str:
    return (
        f"{where}: {dotted(key)}: this looks like a bot token, and tokens must not stand in this file. "
        "Delete it, then set COMMON_GROUND_DISCORD__TOKEN or COMMON_GROUND_TELEGRAM__TOKEN."
    )


def empty_secret(where: str, key: Key) -> str:
    return f"{where}: {dotted(key)}: is empty. Put the secret in, on one line, or take the file away."


def key_missing() -> str:
    return (
        "secret_key: is not set, and votes cannot be kept secret without it. "
        f"Set {variable(('secret_key',))} or secret_key_file, or make a key file with: common-ground init"
    )


def no_token(only: str | None) -> str:
    """There is no platform to connect to. ``only`` is the one that was asked for."""
    wanted = [variable((name, "token")) for name in ([only] if only else ["discord", "telegram"])]
    ways = " or ".join(wanted)
    return f"token: there is none, so there is nothing to connect to. Set {ways} in the environment."


def wrong(error: ErrorDetails, where: str, known: Collection[Key]) -> str:
    """The sentence for one finding of the schema. ``known`` holds every key there is."""
    key = tuple(str(part) for part in error["loc"])
    return f"{where}: {dotted(key)}: {_wrong(error, key, known)}"


def _wrong(error: ErrorDetails, key: Key, known: Collection[Key]) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            return "there is no such key. " + _near(key, known)
        case "literal_error":
            return f"must be one of: {context['expected'].replace(' or ', ', ')}. Choose one of them."
        case "model_type" | "model_attributes_type":
            return f"needs keys of its own below it. Write them indented, such as {_below(key, known)}."
        case "string_type":
            return "must be text. Put it in quotes."
        case "list_type":
            return "must be a list. Write it as [one, two]."
        case "int_type" | "int_parsing" | "int_from_float":
            return "must be a whole number. Write it in digits, without quotes."
        case "greater_than_equal":
            return f"is too small. Choose {context['ge']} or more."
        case "less_than_equal":
            return f"is too large. Choose {context['le']} or less."
        case "value_error":
            return str(context["error"])
    return f"{error['msg']}. Compare with config.example.yaml."


def _near(key: Key, known: Collection[Key]) -> str:
    siblings = [other[-1] for other in known if other[:-1] == key[:-1]]
    if close := get_close_matches(key[-1], siblings, n=1):
        return f"Did you mean {dotted((*key[:-1], close[0]))}?"
    if elsewhere := [dotted(other) for other in sorted(known) if other[-1] == key[-1]]:
        return f"Did you mean {' or '.join(elsewhere)}?"
    if close := get_close_matches(dotted(key), [dotted(other) for other in known], 1, 0.8):
        return f"Did you mean {close[0]}?"
    return f"Use one of these, or delete it: {', '.join(sorted(siblings)) or 'none'}."


def _below(key: Key, known: Collection[Key]) -> str:
    return (
        ", ".join(sorted(other[-1] for other in known if other[:-1] == key)) or "those in config.example.yaml"
    )
