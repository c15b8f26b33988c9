"""The command ``common-ground``. bot.rehearsing and bot.wiring put the parts together."""

import asyncio
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.directory_cli import directory
from bot.for_the_host import ConfigFile, plain_errors, settings_of, to_the_host
from bot.watching_cli import watch

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)
cli.add_typer(watch, name="watch")
cli.add_typer(directory, name="directory")


class On(StrEnum):
    """The platforms that the bot can be connected to."""

    DISCORD = "discord"
    TELEGRAM = "telegram"


@cli.callback()
def about() -> None:
    """Common Ground helps a peer support group agree its own rules, and find help."""


@cli.command()
def rehearse(
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Where the page is, on this computer only.")
    ] = None,
    data: Annotated[Path, typer.Option(help="Where the room is kept.")] = Path("rehearsal-room"),
    config: ConfigFile = None,
    script: Annotated[Path | None, typer.Option(help="Play this scenario and print what people see.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the transcript as JSON.")] = False,
) -> None:
    """Open the rehearsal room: a chat in your browser with a clock you can move. No token needed."""
    if as_json and script is None:
        raise typer.BadParameter("it prints a scenario: name one with --script FILE", param_hint="--json")
    with plain_errors():
        from bot import rehearsing

        settings = settings_of(config)
        if script is not None:
            raise typer.Exit(asyncio.run(rehearsing.play(script, settings, as_json, typer.echo)))
        source = settings.database.url if config is not None else None
        port = settings.rehearsal.port if port is None else port
        asyncio.run(rehearsing.serve(rehearsing.made(data), port, settings, source))


@cli.command()
def run(
    config: ConfigFile = None,
    only: Annotated[On | None, typer.Option(help="Connect this platform only.")] = None,
) -> None:
    """Connect the bot to every platform that has a token, until you stop it."""
    with plain_errors():
        from bot import wiring

        asyncio.run(wiring.run(settings_of(config), only, to_the_host))


@cli.command()
def check(config: ConfigFile = None) -> None:
    """Look whether tokens, switches and permissions are right, and say what to change."""
    with plain_errors():
        from bot import wiring

        raise typer.Exit(asyncio.run(wiring.check(settings_of(config), typer.echo)))


@cli.command()
def init(folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path()) -> None:
    """Write a config.yaml and a key file for a host."""
    with plain_errors():
        from bot.init import init as write

        for line in write(folder):
            typer.echo(line)


def main() -> None:
    """Entry point of the console script."""
    try:
        cli()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
