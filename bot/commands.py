"""Every command, one row each. Help texts are at most 100 characters (Discord's limit)."""

from collections.abc import Sequence

from bot.contract.command import Command, Who
from bot.features import desk, rules

COMMANDS: Sequence[Command] = (
    Command(
        name="rules",
        help="commands.rules.help",
        argument="commands.rules.argument",
        who=Who.MEMBERS,
        run=rules.rules,
    ),
    Command(
        name="desk",
        help="commands.desk.help",
        argument="commands.desk.argument",
        who=Who.MODERATORS,
        run=desk.desk,
    ),
)
