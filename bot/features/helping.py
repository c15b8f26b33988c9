"""``/help [word]``: everything else, one short screen at a time."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Button, Reply
from bot.contract.command import Who
from bot.contract.events import ButtonPressed, CommandGiven
from bot.contract.markup import Body, plain
from bot.features import signposting, watch_told
from bot.features.pressed import number
from bot.starter import PRINCIPLES

EXAMPLES = (
    "run",
    "pump",
    "dka",
    "consultant",
    "low-carb",
    "driving",
    "graph",
    "therapy",
    "fasting",
    "loop",
)
LEAFLET_WORDS = 150
A_SCREEN = 2  # examples

# Words that people may type after /help, and the screen they mean.
WORDS = {
    "about": ("about", "what", "who", "expect"),
    "principles": ("principles", "principle", "six", "values"),
    "information": ("information", "advice", "info", "dose", "doses", "story", "stories"),
    "typing": ("typing", "type", "buttons", "button", "screen", "reader", "keyboard"),
    "commands": ("commands", "command", "list"),
    "moderators": ("moderators", "moderator", "moderating"),
}


async def help_(event: CommandGiven, context: Context) -> Sequence[Action]:
    """One short screen, or the one that a word names; a topic of /signpost is answered as there."""
    said = event.words.casefold().replace("?", " ").split()
    topic = context.directory.topic(event.words)
    if topic is not None and (len(said) > 1 or context.directory.is_crisis(topic)):
        return [signposting.answer(context, event.words)]
    for name, words in WORDS.items():
        if any(word in words for word in said):
            return await SCREENS[name](event, context)
    if topic is not None:
        return [signposting.answer(context, event.words)]
    body = context.t.body("help.unknown") if said else ()
    return [Reply(body=(*body, *context.t.body("help.start")), buttons=_doors(context))]


async def about(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """What people can and cannot expect here."""
    t = context.t
    numbers = context.numbers()
    body = (
        t("help.about.title"),
        t("help.about.can-title"),
        t("help.about.can"),
        t("help.about.cannot-title"),
        t("help.about.cannot", emergency=numbers["emergency"]),
        *watch_told.in_short(context, event.place),
        t("help.about.disclaimer"),
        *((t("help.about.contact", contact=_contact(context)),) if _contact(context) else ()),
    )
    return [Reply(body=body, buttons=(context.button("help.about.copy-label", "leaflet"),))]


async def leaflet(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """At most 150 words of plain text, to copy. A contact of many words gives way to the moderators."""
    t = context.public
    emergency, anyone = context.numbers()["emergency"], t.plain("setup.contact-moderator")
    body = t.body("help.about.leaflet", contact=_contact(context) or anyone, emergency=emergency)
    if len(plain(body).split()) > LEAFLET_WORDS:
        body = t.body("help.about.leaflet", contact=anyone, emergency=emergency)
    return [Reply(body=body)]


async def principles(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """The six ideas, in plain words."""
    t = context.t
    ideas = [t(f"help.principles.{principle}") for principle in PRINCIPLES]
    return [Reply(body=(t("help.principles.title"), t("help.principles.intro"), *ideas))]


async def information(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """Information or advice: how to tell, at this group's level, with worked examples."""
    t = context.t
    level = context.known_group.settings.advice if context.known_group else "first"
    body = (
        t("help.information.title"),
        t("help.information.intro"),
        t("help.information.kinds"),
        t(f"help.information.level.{level}"),
        t("help.information.red-line"),
        t("help.information.urgent"),
        t("help.information.unique"),
        *_examples(context, 0),
    )
    return [Reply(body=body, buttons=_information_buttons(context, 1))]


async def examples(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The next worked examples; after the last the first ones again."""
    screens = len(EXAMPLES) // A_SCREEN
    shown = number(event) % screens
    buttons = _information_buttons(context, (shown + 1) % screens)
    return [Reply(body=_examples(context, shown), buttons=buttons, replaces=True)]


async def as_story(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ways to say it as one's own story."""
    return [Reply(body=(context.t("help.as-story.title"), *context.t.body("help.as-story.text")))]


async def team_question(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ways to make it a question for one's own team."""
    t = context.t
    return [Reply(body=(t("help.team-question.title"), *t.body("help.team-question.text")))]


async def typing(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """Every button can be typed: how."""
    return [context.reply("help.typing", context.button("me.typed-button", "typed", "yes"))]


async def commands(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """Every command that is on here and that this person may use."""
    rows = [row for row in context.commands if row.who is Who.MEMBERS or event.person.is_moderator]
    lines = [context.t("help.command", name=row.name, help=context.t.plain(row.help)) for row in rows]
    return [Reply(body=(context.t("help.commands-title"), *lines))]


async def moderators(event: CommandGiven | ButtonPressed, context: Context) -> Sequence[Action]:
    """What moderators can do here, and how to reach one."""
    body: Body = context.t.body("help.moderators")
    return [Reply(body=body, buttons=(context.button("questions.ask-button", "ask"),))]


SCREENS = {
    "about": about,
    "principles": principles,
    "information": information,
    "typing": typing,
    "commands": commands,
    "moderators": moderators,
}


def _examples(context: Context, screen: int) -> Body:
    t, numbers = context.t, context.numbers()
    blocks = [t("help.information.examples-title")]
    for slug in EXAMPLES[screen * A_SCREEN : screen * A_SCREEN + A_SCREEN]:
        story = t.plain(f"help.example.{slug}.story", **numbers)
        blocks.append(t("help.information.instead", advice=t.plain(f"help.example.{slug}.advice")))
        blocks.append(t("help.information.try", story=story))
        if t.has(f"help.example.{slug}.note"):
            blocks.append(t(f"help.example.{slug}.note"))
    return tuple(blocks)


def _information_buttons(context: Context, following: int) -> tuple[Button, ...]:
    return (
        context.button("help.as-story.label", "asstory"),
        context.button("help.team-question.label", "teamquestion"),
        context.button("help.information.more-label", "examples", following),
    )


def _doors(context: Context) -> tuple[Button, ...]:
    return (
        context.button("signpost.find-button", "doors"),
        context.button("help.about-button", "about"),
        context.button("help.information-button", "information"),
        context.button("help.commands-button", "commands"),
        context.button("questions.ask-button", "ask"),
    )


def _contact(context: Context) -> str:
    return context.known_group.settings.contact if context.known_group else ""
