"""Nine prompts that a moderator can choose, edit and post, and answers first. None posts itself."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Field, Post, Reply
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.payload import encode
from bot.features import live_case
from bot.features.pressed import argument

PROMPTS = {
    "hard": ("hard-week", "hard-unseen", "hard-tired"),
    "good": ("good-proud", "good-through", "good-first-month"),
    "ordinary": ("ordinary-loudest", "ordinary-else", "ordinary-give"),
}
ALL = tuple(slug for slugs in PROMPTS.values() for slug in slugs)
LONGEST = 500

ACTIONS = (("prompts.choose-button", "prompts"),)


async def choose(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The three kinds: something hard, something good, something ordinary."""
    buttons = [context.button(f"prompts.kind.{kind}", "promptsof", kind) for kind in PROMPTS]
    back = context.button("desk.open-button", "desk")
    return [Reply(body=context.t.body("prompts.choose"), buttons=(*buttons, back), replaces=True)]


async def of_kind(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The three prompts of a kind, in full."""
    slugs = PROMPTS.get(argument(event))
    if slugs is None:
        return await choose(event, context)
    body = [context.t(f"prompts.{slug}.text") for slug in slugs]
    buttons = [context.button(f"prompts.{slug}.label", "prompt", slug.replace("-", "_")) for slug in slugs]
    back = context.button("prompts.back-button", "prompts")
    return [Reply(body=tuple(body), buttons=(*buttons, back), replaces=True)]


async def preview(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """One prompt as the room would read it: post it, or change its words first."""
    slug = _slug(event)
    if not slug:
        return await choose(event, context)
    buttons = (
        context.button("prompts.post-button", "promptpost", slug.replace("-", "_")),
        context.button("prompts.edit-button", "promptedit", slug.replace("-", "_")),
        context.button("prompts.back-button", "prompts"),
    )
    body = (
        context.t("prompts.preview"),
        context.public(f"prompts.{slug}.text"),
        context.t("prompts.go-first"),
    )
    return [Reply(body=body, buttons=buttons, replaces=True)]


async def post(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Post it as it is."""
    slug = _slug(event)
    if not slug:
        return await choose(event, context)
    return await _posted(event, context, context.public.plain(f"prompts.{slug}.text"))


async def edit(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The words of a prompt, filled in to be changed."""
    slug = _slug(event)
    if not slug:
        return await choose(event, context)
    words = Field(
        name="words",
        label=context.t.plain("prompts.label"),
        value=context.public.plain(f"prompts.{slug}.text"),
        longest=LONGEST,
        lines=5,
    )
    title = context.t.plain("prompts.edit-title")
    return [
        Ask(title=title, payload=encode("promptwords"), fields=(words,), note=context.t.body("prompts.note"))
    ]


async def written(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The changed words came: post them."""
    words = event.values.get("words", "").strip()
    if not words or len(words) > LONGEST:
        key = "prompts.too-long" if words else "prompts.empty"
        return [context.reply(key, context.button("prompts.choose-button", "prompts"), longest=LONGEST)]
    return await _posted(event, context, words)


async def _posted(event: ButtonPressed | FormAnswered, context: Context, words: str) -> Sequence[Action]:
    place = context.here(event.place)
    if refused := await live_case.not_here(context, place):
        return [Reply(body=refused, replaces=True)]
    silent = context.group.settings.calendar.is_quiet(context.now)
    return [
        Post(place=place, body=context.public.body("prompts.post", words=words), silent=silent),
        Reply(body=(context.t("prompts.posted"), context.t("prompts.go-first")), replaces=True),
    ]


def _slug(event: ButtonPressed) -> str:
    named = argument(event).replace("_", "-")
    return named if named in ALL else ""
