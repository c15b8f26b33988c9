"""``/desk``: the moderator's next step first, with one button, then everything they can do."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action
from bot.contract.events import ButtonPressed, CommandGiven


async def desk(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """The desk of this moderator."""
    await context.work.communities.add_moderator(context.group.community, event.person, context.now)
    return [context.reply("desk.nothing")]
