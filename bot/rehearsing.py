"""The rehearsal room put together: on its page, or for one scenario."""

import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.rehearsal import HOME, Build, CommandShown, Rehearsal, RoomClock, RoomProblem
from adapters.rehearsal import play as play_scenario
from adapters.rehearsal import serve as serve_room
from bot.assembly import Core, assembled
from bot.borrowing import borrow
from bot.commands import COMMANDS
from bot.config import Config
from bot.contract.command import Who
from bot.lock import hold
from bot.texts import Texts
from bot.wiring import group_defaults


async def serve(folder: Path, port: int, settings: Config, source: str | None) -> None:
    """The room on its page, until it is stopped."""

    url = f"sqlite:///{folder / 'group.db'}"
    with hold(url):
        if source is not None:
            await borrow(source, url, HOME)
        texts = Texts.load()
        build = _build(url, _room_key(folder), settings, texts)
        await serve_room(build, folder=folder, port=port, commands=_commands_shown(texts))


async def play(script: Path, settings: Config, as_json: bool, announce: Callable[[str], None]) -> int:
    """A scenario in a room that is gone afterwards; returns the exit status."""

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'group.db'}"
        build = _build(url, secrets.token_hex(32), settings, Texts.load())
        return await play_scenario(script, build, as_json=as_json, announce=announce)


def _build(url: str, key: str, settings: Config, texts: Texts) -> Build:

    @asynccontextmanager
    async def build(room: Rehearsal, clock: RoomClock) -> AsyncIterator[Core]:
        defaults = group_defaults(settings)
        async with assembled(
            url=url, secret_key=key, platforms=[room], clock=clock.now, texts=texts, defaults=defaults
        ) as core:
            yield core

    return build


def made(folder: Path) -> Path:
    """The room's folder, made if it is missing, for this account only."""

    folder = folder.resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise RoomProblem("room-unusable", path=folder, fault=fault.strerror) from fault
    return folder


def _room_key(folder: Path) -> str:
    """The room's own secret key, made at its first opening. An empty file, left by a kill, is no key."""
    file = folder / "room.key"
    if not file.exists() or not file.read_text().strip():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as new:
            new.write(secrets.token_hex(32))
    return file.read_text().strip()


def _commands_shown(texts: Texts) -> list[CommandShown]:

    t = texts.reader()
    return [
        CommandShown(
            name=command.name,
            help=t.plain(command.help),
            argument=t.plain(command.argument) if command.argument else "",
            moderators_only=command.who is Who.MODERATORS,
            menu=t.plain(command.menu) if command.menu else "",
        )
        for command in COMMANDS
    ]
