"""Every command, one row each. Help texts are at most 100 characters (Discord's limit)."""

from collections.abc import Sequence

from bot.contract.command import Command, Who
from bot.features import agree_rules, desk, helping, me, reminding, rules, signposting, wishing

COMMANDS: Sequence[Command] = (
    Command(
        name="rules",
        help="commands.rules.help",
        argument="commands.rules.argument",
        who=Who.MEMBERS,
        run=rules.rules,
    ),
    Command(
        name="signpost",
        help="commands.signpost.help",
        argument="commands.signpost.argument",
        who=Who.MEMBERS,
        run=signposting.signpost,
        always=True,
        outside=True,
    ),
    Command(
        name="agree-rules",
        help="commands.agree-rules.help",
        argument="commands.agree-rules.argument",
        who=Who.MEMBERS,
        run=agree_rules.agree_rules,
    ),
    Command(
        name="me",
        help="commands.me.help",
        argument="commands.me.argument",
        who=Who.MEMBERS,
        run=me.me,
        outside=True,
    ),
    Command(
        name="privacy",
        help="commands.privacy.help",
        argument="commands.privacy.argument",
        who=Who.MEMBERS,
        run=me.privacy,
        always=True,
        outside=True,
    ),
    Command(
        name="help",
        help="commands.help.help",
        argument="commands.help.argument",
        who=Who.MEMBERS,
        run=helping.help_,
        always=True,
        outside=True,
    ),
    Command(
        name="desk",
        help="commands.desk.help",
        argument="commands.desk.argument",
        who=Who.MODERATORS,
        run=desk.desk,
    ),
    Command(
        name="remind",
        help="commands.remind.help",
        argument="commands.remind.argument",
        who=Who.MEMBERS,
        run=wishing.or_wish(reminding.remind),
        menu="commands.remind.menu",
        discreet=True,
    ),
)
