"""``common-ground directory``: a group's services in files."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.for_the_host import ConfigFile, plain_errors, settings_of

if TYPE_CHECKING:
    from bot.directory import Directory, Entry, Problem
    from bot.link_hints import Hint
    from bot.texts import Reader

directory = typer.Typer(no_args_is_help=True, help="Check and move the services that /signpost finds.")

Files = Annotated[
    list[Path] | None, typer.Argument(help="YAML or CSV. Without one: what comes with the bot.")
]


@directory.command("check")
def check(files: Files = None) -> None:
    """Look for mistakes: file, line and reason. Nothing of a file with a mistake would be taken."""
    from bot.directory import Directory
    from bot.texts import Texts

    packaged, t = Directory.load(), Texts.load().reader()
    wrong = [line for file in files or [] for line in _of_file(file, packaged, t)]
    if not files:
        wrong = _of_packs(packaged, t)
    for line in wrong:
        typer.echo(line, err=True)
    if wrong:
        raise typer.Exit(1)
    typer.echo(t.plain("directory.all-right"))


@directory.command("verify")
def verify(
    files: Files = None,
    links: Annotated[
        bool, typer.Option("--links", help="Ask each web address once whether it answers.")
    ] = False,
) -> None:
    """A hint about links that no longer work. It never counts as a check: people read the page for that."""
    from bot.link_hints import MOST, look
    from bot.texts import Texts

    t = Texts.load().reader()
    if not links:
        raise typer.BadParameter(t.plain("directory.say-links"), param_hint="--links")
    addresses = sorted({address for entry in _entries(files, t) for address in _addresses(entry)})
    for hint in asyncio.run(look(addresses)):
        typer.echo(hinted(t, hint))
    if len(addresses) > MOST:
        typer.echo(t.plain("directory.more-links", most=str(MOST)))
    typer.echo(t.plain("directory.only-a-hint"))


Community = Annotated[
    int | None, typer.Option(help="Which community, by its number. Needed only if there are several.")
]


@directory.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(help="YAML or CSV.")],
    community: Community = None,
    config: ConfigFile = None,
) -> None:
    """Take a file into a group's own list. One mistake in it, and nothing of it is taken."""
    from bot.directory import BadEntries
    from bot.directory_moving import bring_in

    with plain_errors(), _named_groups() as t:
        try:
            moved = asyncio.run(bring_in(settings_of(config).database.url, file, community))
        except BadEntries as bad:
            _give_up([*(said(t, file, problem) for problem in bad.problems), t.plain("directory.none-taken")])
        except OSError as fault:
            _give_up([t.plain("directory.problem-not-opened", value=f"{file} ({fault.strerror})")])
        else:
            typer.echo(t.plain("directory.taken", entries=moved.entries, own=moved.own))


@directory.command("export")
def take_out(
    file: Annotated[Path, typer.Argument(help="Where to write: a name that ends in .yaml or .csv.")],
    everything: Annotated[bool, typer.Option("--all", help="Also what the group left as it came.")] = False,
    community: Community = None,
    config: ConfigFile = None,
) -> None:
    """Write a group's own list into a file."""
    from bot.directory_moving import take_out

    with plain_errors(), _named_groups() as t:
        if file.suffix.casefold() not in (".yaml", ".yml", ".csv"):
            _give_up([t.plain("directory.problem-suffix", value=file.suffix)])
        try:
            url = settings_of(config).database.url
            moved = asyncio.run(take_out(url, file, community, everything=everything))
        except OSError as fault:
            _give_up([t.plain("directory.problem-not-written", value=f"{file} ({fault.strerror})")])
        else:
            typer.echo(t.plain("directory.written", entries=moved.entries))


@contextmanager
def _named_groups() -> Iterator["Reader"]:
    """Which communities there are, where one has to be named."""
    from bot.directory_moving import NoSuchGroup
    from bot.texts import Texts

    t = Texts.load().reader()
    try:
        yield t
    except NoSuchGroup as missing:
        places = [
            t.plain("directory.community", number=group.community, where=where)
            for group in missing.known
            for where in [", ".join(f"{place.platform} {place.group}" for place in group.places)]
        ]
        _give_up([t.plain("directory.which-community" if places else "directory.no-community"), *places])


def _give_up(lines: list[str]) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(1)


def said(t: "Reader", file: Path | None, problem: "Problem") -> str:
    """One mistake as a line: file, line, entry, reason."""
    where = "" if file is None else f"{file}:{problem.line}: " if problem.line else f"{file}: "
    entry = f"{problem.entry}: " if problem.entry else ""
    return where + entry + t.plain(f"directory.problem-{problem.reason}", value=problem.value)


def hinted(t: "Reader", hint: "Hint") -> str:
    """What was seen at an address, as a line."""
    if hint.status == 0:
        return t.plain("directory.hint-silent", address=hint.address)
    if hint.fine:
        return t.plain("directory.hint-fine", address=hint.address)
    if hint.moved_to:
        return t.plain("directory.hint-moved", address=hint.address, to=hint.moved_to)
    return t.plain("directory.hint-status", address=hint.address, status=str(hint.status))


def _of_packs(packaged: "Directory", t: "Reader") -> list[str]:
    from bot.directory.self_check import problems

    return [said(t, None, problem) for problem in problems(packaged, datetime.now(UTC).date())]


def _of_file(file: Path, packaged: "Directory", t: "Reader") -> list[str]:
    from bot.directory import BadEntries
    from bot.directory.check import checked_entries

    try:
        checked_entries(file, packaged, datetime.now(UTC).date())
    except BadEntries as bad:
        return [said(t, file, problem) for problem in bad.problems]
    except OSError as fault:
        return [t.plain("directory.problem-not-opened", value=f"{file} ({fault.strerror})")]
    return []


def _entries(files: list[Path] | None, t: "Reader") -> list["Entry"]:
    from bot.directory import Directory

    packaged = Directory.load()
    if not files:
        return [*packaged.entries]
    wrong = [line for file in files for line in _of_file(file, packaged, t)]
    if wrong:
        for line in wrong:
            typer.echo(line, err=True)
        raise typer.Exit(1)
    from bot.directory.files import read_entries

    return [entry for file in files for entry in read_entries(file)]


def _addresses(entry: "Entry") -> list[str]:
    routes = [route.to for route in entry.routes if route.kind in ("web", "webchat")]
    return [address for address in (entry.page, *routes) if address]
