"""Topics for which there was no link: a count by the month, for moderators. Never who asked, or their words.

What people type may tell of themselves. So only the names of our own topics are counted: the topic that
has no link, or the one whose words look most like what nothing fits.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

from bot.context import Context
from bot.contract.actions import Action, Reply
from bot.contract.events import ButtonPressed
from bot.contract.markup import Body, Markup
from bot.features import signpost_lines
from bot.features.finding import Found
from bot.storage.signposts import Gap

ACTIONS = (("gaps.open-button", "gaps"),)
MONTHS_SHOWN = 3
TOPICS_SHOWN = 5
OTHER = "-"  # something that is near no topic


async def count(context: Context, found: Found) -> None:
    """Count it if there was no link, in a community and with a database that can be written."""
    if context.open_work is None or context.known_group is None:
        return
    if found.topic is None:
        near = context.directory.near(found.asked.text) or OTHER
        await context.work.signposts.count_gap(context.group.community, near, near=True, now=context.now)
    elif not found.entries:
        await context.work.signposts.count_gap(
            context.group.community, found.topic, near=False, now=context.now
        )


async def show(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What people looked for here and did not find."""
    counted = await context.work.signposts.gaps(context.group.community)
    months = [list(gaps) for _, gaps in groupby(counted, key=lambda gap: gap.month)][:MONTHS_SHOWN]
    lines = [line for month in months for line in _month(context, month)]
    body = (*context.t.body("gaps.title"), *(lines or context.t.body("gaps.none")))
    return [Reply(body=body, buttons=(context.button("desk.back-button", "drawer", "help"),), replaces=True)]


def _month(context: Context, gaps: Sequence[Gap]) -> Body:
    begun = datetime.strptime(gaps[0].month, "%Y-%m").replace(tzinfo=UTC)
    title = context.t("gaps.month", month=context.t.month(begun, UTC))
    return (title, *(_line(context, gap) for gap in gaps[:TOPICS_SHOWN]))


def _line(context: Context, gap: Gap) -> Markup:
    if gap.topic == OTHER:
        return context.t.many("gaps.other", gap.asked)
    key = "gaps.near" if gap.near else "gaps.topic"
    return context.t.many(key, gap.asked, topic=signpost_lines.name(context.t, gap.topic))
