"""What every command of the host shares: its settings, and errors in plain sentences."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.config import Config

ConfigFile = Annotated[Path | None, typer.Option("--config", help="Your config.yaml.")]


@contextmanager
def plain_errors() -> Iterator[None]:
    """Whatever the host can put right ends in sentences and exit status 1, never in a trace."""
    from bot.config import ConfigError
    from bot.contract.platform import HostProblem

    try:
        yield
    except ConfigError as found:
        lines = [*found.messages]
    except HostProblem as problem:
        lines = [str(problem)]
    else:
        return
    for line in lines:
        to_the_host(line)
    raise typer.Exit(1)


def to_the_host(line: str) -> None:
    typer.echo(line, err=True)


def settings_of(path: Path | None) -> "Config":
    """The settings, and from now on the log as they say. ConfigError if one of them is wrong."""
    from bot.config import load
    from bot.logs import set_up

    settings = load(path, os.environ)
    secrets = [settings.secret_key, settings.discord.token, settings.telegram.token]
    set_up(settings.log.level, settings.log.format, [one.get_secret_value() for one in secrets if one])
    return settings
