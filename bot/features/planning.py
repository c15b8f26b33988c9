"""On which days the bot already speaks by itself, so that planned dates are kept apart."""

from collections import Counter
from datetime import date, timedelta

from bot.context import Context
from ground_rules.calendar import Taken

MOST_A_WEEK = 4
WEEK = 7


async def taken(context: Context) -> Taken:
    """Says of a local day whether one more post of the bot would be too many: one a day, four a week."""
    zone = context.group.settings.zone
    posts = Counter(await context.work.due.days_taken(context.group.community, zone, context.now))

    def is_taken(day: date) -> bool:
        if posts[day]:
            return True
        return any(_week(posts, day - timedelta(days=back)) >= MOST_A_WEEK for back in range(WEEK))

    return is_taken


def every_day_is_free(day: date) -> bool:
    """For what says nothing on its day."""
    return False


def _week(posts: Counter[date], first: date) -> int:
    return sum(posts[first + timedelta(days=days)] for days in range(WEEK))
