"""The command ``common-ground``: the one place that wires real parts together."""

import asyncio
import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from adapters.rehearsal import Build, CommandShown, Rehearsal, RoomClock
    from bot.assembly import Core
    from bot.config import Config
    from bot.settings import GroupSettings
    from bot.texts import Texts

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)

ConfigFile = Annotated[Path | None, typer.Option("--config", help="Your config.yaml.")]


@cli.callback()
def about() -> None:
    """Common Ground helps a peer support group agree its own rules, and find help."""


@cli.command()
def rehearse(
    port: Annotated[int | None, typer.Option(help="Where the page is, on this computer only.")] = None,
    data: Annotated[Path, typer.Option(help="Where the room is kept.")] = Path("rehearsal-room"),
    config: ConfigFile = None,
    script: Annotated[Path | None, typer.Option(help="Play this scenario and print what people see.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the transcript as JSON.")] = False,
) -> None:
    """Open the rehearsal room: a chat in your browser with a clock you can move. No token needed."""
    with _plain_errors():
        settings = _settings(config)
        if script is not None:
            raise typer.Exit(asyncio.run(_play(script, settings, as_json)))
        source = settings.database.url if config is not None else None
        asyncio.run(_serve(_made(data), port or settings.rehearsal.port, settings, source))


@cli.command()
def init(folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path()) -> None:
    """Write a config.yaml and a key file for a host."""
    from bot.init import init as write

    with _plain_errors():
        for line in write(folder):
            typer.echo(line)


def main() -> None:
    """Entry point of the console script."""
    try:
        cli()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Whatever the host can put right ends in sentences and exit status 1, never in a trace."""
    from adapters.rehearsal import RoomProblem
    from bot.borrowing import CannotBorrow
    from bot.config import ConfigError
    from bot.lock import CannotHold
    from bot.storage.migrate import MigrationError

    try:
        yield
    except ConfigError as found:
        lines = [*found.messages]
    except (RoomProblem, CannotBorrow, CannotHold, MigrationError) as problem:
        lines = [str(problem)]
    else:
        return
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(1)


def _settings(path: Path | None) -> "Config":
    from bot.config import load
    from bot.logs import set_up

    settings = load(path, os.environ)
    set_up(settings.log.level, settings.log.format)
    return settings


async def _serve(folder: Path, port: int, settings: "Config", source: str | None) -> None:
    """The room on its page, until it is stopped."""
    from adapters.rehearsal import HOME, serve
    from bot.borrowing import borrow
    from bot.lock import hold
    from bot.texts import Texts

    url = f"sqlite:///{folder / 'group.db'}"
    with hold(url):
        if source is not None:
            await borrow(source, url, HOME)
        texts = Texts.load()
        build = _build(url, _room_key(folder), settings, texts)
        await serve(build, folder=folder, port=port, commands=_commands_shown(texts))


async def _play(script: Path, settings: "Config", as_json: bool) -> int:
    """A scenario in a room that is gone afterwards; returns the exit status."""
    from adapters.rehearsal import play
    from bot.texts import Texts

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'group.db'}"
        build = _build(url, secrets.token_hex(32), settings, Texts.load())
        return await play(script, build, as_json=as_json, announce=typer.echo)


def _build(url: str, key: str, settings: "Config", texts: "Texts") -> "Build":
    from bot.assembly import assembled

    @asynccontextmanager
    async def build(room: "Rehearsal", clock: "RoomClock") -> "AsyncIterator[Core]":
        defaults = _group_defaults(settings)
        async with assembled(
            url=url, secret_key=key, platforms=[room], clock=clock.now, texts=texts, defaults=defaults
        ) as core:
            yield core

    return build


def _group_defaults(settings: "Config") -> "GroupSettings":
    from bot.settings import GroupSettings

    chosen = settings.defaults
    return GroupSettings(
        country=chosen.country,
        language=chosen.language,
        time_zone=chosen.time_zone,
        quiet_from=chosen.quiet_hours.start,
        quiet_until=chosen.quiet_hours.end,
    )


def _made(folder: Path) -> Path:
    """The room's folder, made if it is missing, for this account only."""
    from adapters.rehearsal import RoomProblem

    folder = folder.resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise RoomProblem("room-unusable", path=folder, fault=fault.strerror) from fault
    return folder


def _room_key(folder: Path) -> str:
    """The room's own secret key, made at its first opening."""
    file = folder / "room.key"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return file.read_text().strip()


def _commands_shown(texts: "Texts") -> "list[CommandShown]":
    from adapters.rehearsal import CommandShown
    from bot.commands import COMMANDS
    from bot.contract.command import Who

    t = texts.reader()
    return [
        CommandShown(
            name=command.name,
            help=t.plain(command.help),
            argument=t.plain(command.argument) if command.argument else "",
            moderators_only=command.who is Who.MODERATORS,
        )
        for command in COMMANDS
    ]


if __name__ == "__main__":
    main()
