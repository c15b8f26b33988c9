"""What ``common-ground check`` says about the message watch: useless packs, a Discord it cannot read."""

from dataclasses import dataclass, field

from bot.groups import Groups
from bot.noticing import Watch

DISCORD = "discord"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A sentence of the catalogue and what to fill into it. ``good``: nothing to do."""

    key: str
    good: bool = False
    values: dict[str, str] = field(default_factory=dict)


def check(watch: Watch, groups: Groups, *, reads_discord: bool) -> list[Finding]:
    """Nothing where all is well. ``reads_discord``: the host lets the bot read messages there."""
    found = [
        Finding(key="watching.check-pack", values={"problem": str(problem)}) for problem in watch.problems
    ]
    wanted = any(group.settings.reads_messages for group in groups.meeting_on(DISCORD))
    if wanted and not reads_discord:
        found.append(Finding(key="watching.check-discord"))
    return found
