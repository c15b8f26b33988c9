"""The doors of /signpost: five to choose from, and the topics behind each."""

from collections.abc import Iterable, Mapping, Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.events import ButtonPressed
from bot.contract.markup import Body
from bot.features import signpost_lines, where_to_turn
from bot.features.pressed import argument

DOORS = ("urgent", "diabetes", "low", "life", "other")
# What stands behind a door, and the door that goes on from there.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "urgent": ("crisis", "hypo", "dka", "self-harm", "abuse", "emergency"),
    "diabetes": (
        "newly-diagnosed",
        "supplies",
        "sick-days",
        "hospital",
        "technology",
        "t1de",
        "other-groups",
    ),
    "diabetes2": (
        "exercise",
        "driving",
        "travel",
        "pregnancy",
        "periods-menopause",
        "ramadan-fasting",
        "research",
    ),
    "low": ("mental-health", "burnout", "loneliness", "night", "self-harm", "bereavement"),
    "low2": ("alcohol-drugs", "t1de", "abuse", "lgbtq", "faith"),
    "life": ("work", "benefits", "school", "university", "carers", "parents"),
    "life2": ("driving", "travel", "sex", "lgbtq", "ethnicity-culture", "faith"),
    "ways": ("text-only", "bsl-relay", "easy-read", "languages"),
    "other": ("crisis", "hypo", "dka", "self-harm", "t1de", "mental-health", "abuse"),
}
NEXT = {
    "diabetes": "diabetes2",
    "low": "low2",
    "life": "life2",
    "diabetes2": "ways",
    "low2": "ways",
    "life2": "ways",
}
OTHERS = ("friend", "partner", "child")
INSTEAD = ("mental-health", "text-only", "other-groups")  # what may help where there is no link


async def doors(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The five doors."""
    return [first(context)]


def first(context: Context) -> Reply:
    """The five doors."""
    body = context.t.body("signpost.doors", emergency=context.numbers()["emergency"])
    return Reply(
        body=body, buttons=tuple(context.button(f"signpost.door-{door}", "door", door) for door in DOORS)
    )


async def door(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The topics behind one door."""
    which = argument(event)
    if which == "other":
        return [_whom(context)]
    if which not in TOPICS:
        return [first(context)]
    topics = topic_buttons(context, TOPICS[which])
    more = [context.button("signpost.next-button", "door", NEXT[which])] if which in NEXT else []
    back = context.button("signpost.more-button", "doors")
    return [Reply(body=_said(context, which), buttons=(*topics, *more, back), replaces=True)]


async def for_other(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What it is about, for somebody who asks for a friend, their partner or their child."""
    whom = argument(event)
    if whom not in OTHERS:
        return [_whom(context)]
    topics = topic_buttons(context, TOPICS["other"], also=whom)
    back = context.button("signpost.back-button", "door", "other")
    body = context.t.body("signpost.other-topics", emergency=context.numbers()["emergency"])
    return [Reply(body=body, buttons=(*topics, back), replaces=True)]


def topic_buttons(context: Context, topics: Iterable[str], *, also: str = "") -> tuple[Button, ...]:
    """One button for each topic; ``also``: words that narrow them all."""
    return tuple(
        context.button(
            "signpost.topic-button",
            "topic",
            "_".join(filter(None, (topic.replace("-", "_"), also))),
            topic=signpost_lines.name(context.t, topic),
        )
        for topic in topics
    )


def _whom(context: Context) -> Reply:
    buttons = [context.button(f"signpost.for-{whom}", "forother", whom) for whom in OTHERS]
    back = context.button("signpost.more-button", "doors")
    body = context.t.body("signpost.whom", emergency=context.numbers()["emergency"])
    return Reply(body=body, buttons=(*buttons, back), replaces=True)


def _said(context: Context, which: str) -> Body:
    """Above the topics: behind the urgent door the numbers themselves."""
    emergency = context.numbers()["emergency"]
    if which != "urgent":
        return context.t.body("signpost.door", emergency=emergency)
    country = context.directory.country(context.known_group.settings.country if context.known_group else "")
    life = context.t("where.emergency", emergency=emergency)
    return (life, *where_to_turn.lines(context.t, country), *context.t.body("signpost.urgent-topics"))
