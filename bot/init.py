"""`common-ground init`: a config.yaml and a key file for a new host, apart from the data."""

import os
import secrets
from pathlib import Path

from bot.config_errors import ConfigError

CONFIG_NAME = "config.yaml"
KEY_NAME = "common-ground.key"

CONFIG_TEXT = f"""\
# Settings of this bot. config.example.yaml shows every key with its default.
# Tokens do not belong here. Set COMMON_GROUND_DISCORD__TOKEN or COMMON_GROUND_TELEGRAM__TOKEN instead.

# Keeps votes secret. Keep a copy of this file in a safe place, but never together with a copy of the data.
secret_key_file: {KEY_NAME}

database:
  url: sqlite:///data/common-ground.db
"""


def init(folder: Path) -> list[str]:
    """Write both files, readable by this account only, and return the lines to show.

    Never overwrites: when either file is there already nothing changes and ConfigError says so.
    """
    config, key = folder / CONFIG_NAME, folder / KEY_NAME
    there = [path for path in (config, key) if path.exists() or path.is_symlink()]
    if there:
        raise ConfigError([_already_there(path) for path in there])
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_new(key, secrets.token_hex(32) + "\n")
        _write_new(config, CONFIG_TEXT)
    except OSError as why:
        raise ConfigError([_cannot_write(folder, why)]) from why
    return [
        f"Made {config} and {key}. Only this account can read them.",
        f"Keep a copy of {key} in a safe place, apart from the data: a lost key pauses every open vote.",
        "Next: look around in the rehearsal room: common-ground rehearse",
        f"Then set a token, as {CONFIG_NAME} says, and try it: common-ground check --config {config}",
    ]


def _write_new(path: Path, text: str) -> None:
    """A new file that no other account can open, not even between making and filling it."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _already_there(path: Path) -> str:
    return f"{path}: is there already, and nothing was changed. Use it, or name another folder."


def _cannot_write(folder: Path, why: OSError) -> str:
    return f"{folder}: cannot be written ({why.strerror}). Name a folder that this account may write to."
