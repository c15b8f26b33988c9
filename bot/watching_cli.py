"""``common-ground watch``: how good the message watch is, and why it says what it says."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.noticing import Watch
    from bot.noticing.measure import Report
    from bot.noticing.tally import Count

watch = typer.Typer(no_args_is_help=True, help="Try and measure the message watch. Nothing is stored.")


@watch.command("test")
def test(
    file: Annotated[Path, typer.Argument(help="JSON lines with text, label, lang, tags, spans.")],
) -> None:
    """Score the watch on labelled lines. No line is printed, only numbers."""
    from bot.noticing.lines import labelled
    from bot.noticing.measure import measure, tasks

    try:
        lines = list(labelled(file))
    except (OSError, ValueError) as wrong:
        typer.echo(f"These lines cannot be read: {wrong}", err=True)
        raise typer.Exit(1) from None
    found = tasks(lines)
    if not found:
        typer.echo("None of these lines carries a label that the watch looks for.", err=True)
        raise typer.Exit(1)
    loaded = _loaded()
    for task in found:
        for row in rows(measure(loaded, lines, task)):
            typer.echo(row)


@watch.command("try")
def try_() -> None:
    """Type messages, one a line; each verdict is explained. Ends with an empty line."""
    from bot.noticing.measure import explained

    loaded = _loaded()
    for line in sys.stdin:
        text = line.rstrip("\n")
        if not text:
            break
        verdict = loaded.look(text)
        rule = f", {verdict.rule}" if verdict.rule else ""
        typer.echo(f"{verdict.label} ({verdict.score:.2f}{rule}): {explained(text, verdict)}")


def rows(report: "Report") -> list[str]:
    """The report as a person reads it."""
    low, high = report.f1
    lines = [
        f"{report.task}: {report.lines} lines",
        f"  precision {_shown(report.tally.precision)}",
        f"  recall    {_shown(report.tally.recall)}",
        f"  F1        {report.tally.f1:.3f} (95 % interval {low:.2f} to {high:.2f})",
    ]
    lines += [f"  recall, {group}: {_shown(count)}" for group, count in report.recall.items()]
    lines += [f"  flagged, {label}: {count.hit} of {count.all}" for label, count in report.flagged.items()]
    if report.overlap.all:
        lines.append(f"  trigger words touch the marked ones: {report.overlap.hit} of {report.overlap.all}")
    per_thousand = 1000 * report.ordinary.share
    lines.append(
        f"  false alarms on everyday chat: {report.ordinary.hit} of {report.ordinary.all} "
        f"({per_thousand:.1f} per 1,000)"
    )
    lines.append(
        f"  time per message: half within {report.time(0.5):.0f} µs, 95 % within {report.time(0.95):.0f} µs"
    )
    return lines


def _shown(count: "Count") -> str:
    low, high = count.interval
    return f"{count.share:.3f} ({count.hit} of {count.all}; 95 % interval {low:.2f} to {high:.2f})"


def _loaded() -> "Watch":
    from bot.noticing import load

    loaded = load()
    for problem in loaded.problems:
        typer.echo(str(problem), err=True)
    return loaded
