"""What cover keeps of a moderator, for Show mine. It goes with the moderator (Delete mine, leaving)."""

from zoneinfo import ZoneInfo

from bot.context import Context
from bot.contract.events import Person
from bot.contract.markup import Body
from bot.features import cover_words

UTC = ZoneInfo("UTC")


async def own(context: Context, person: Person) -> Body:
    """Whether alerts reach them, what they chose for the night, and their days in each community's rota."""
    t, here = context.t, (person.platform, person.id)
    body: list[Body] = []
    for community in await context.work.communities.moderates(person):
        for guard in await context.work.cover.guards(community):
            if (guard.person.platform, guard.person.id) == here:
                body.append(t.body("mine.alerts-wake" if guard.wake else "mine.alerts-quiet"))
                if guard.asked_at is not None:
                    answered = "mine.alerts-answered" if guard.answered_at else "mine.alerts-asked"
                    body.append(
                        t.body(answered, date=t.date(guard.answered_at or guard.asked_at, _zone(context)))
                    )
        duty = await context.work.cover.duty(community)
        days = sorted({day for (day, _), one in duty.items() if (one.platform, one.id) == here})
        if days:
            body.append(t.body("mine.duty", days=cover_words.days(t, days)))
    return tuple(block for blocks in body for block in blocks)


def _zone(context: Context) -> ZoneInfo:
    return context.group.settings.zone if context.known_group else UTC
