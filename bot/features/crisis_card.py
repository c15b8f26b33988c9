"""The crisis card: numbers first, and that nobody should wait for us."""

from bot.context import Context
from bot.contract.markup import Body
from bot.features import where_to_turn
from bot.texts import Reader


def numbers(context: Context, t: Reader) -> Body:
    """The emergency number of the group's country, then its crisis lines by voice and by text."""
    country = context.directory.country(context.known_group.settings.country if context.known_group else "")
    emergency = country.emergency or t.plain("where.emergency-unknown")
    return (t("where.emergency", emergency=emergency), *where_to_turn.lines(t, country))
