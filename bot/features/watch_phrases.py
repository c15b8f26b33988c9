"""The group's own phrases for the message watch: plain words, and patterns for experts."""

from collections.abc import Mapping, Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Button, Field, Reply
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.markup import Markup
from bot.contract.payload import encode
from bot.features.pressed import argument, number
from bot.noticing.own_phrases import LONGEST, BadPhrase, own

KINDS: Mapping[str, str] = {"phrases": "watch_phrases", "patterns": "watch_patterns"}  # kind -> setting
SHORTEST = 3  # letters
A_SCREEN = 10
AT_ONCE = 5  # lines of a form


async def screen(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The phrases and patterns there are."""
    return [_screen(context)]


async def ask(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The form for new ones: one a line."""
    kind = argument(event)
    if kind not in KINDS:
        return [_screen(context)]
    field = Field(
        name="lines",
        label=context.t.plain(f"watching.new-{kind}-label"),
        longest=AT_ONCE * (LONGEST + 1),
        lines=AT_ONCE,
    )
    title = context.t.plain(f"watching.add-{kind}-button")
    return [Ask(title=title, payload=encode("watchlines", kind), fields=(field,))]


async def written(event: FormAnswered, context: Context) -> Sequence[Action]:
    """They came: all of them are taken, or none with the reason."""
    kind = argument(event)
    if kind not in KINDS:
        return [_screen(context)]
    new = [line for line in map(_tidy, event.values.get("lines", "").splitlines()) if line]
    lines = {each: _lines(context, each) for each in KINDS}
    lines[kind] = list(dict.fromkeys([*lines[kind], *new]))
    if (wrong := _wrong(kind, new, lines)) is not None:
        phrase, reason = wrong
        again = context.button(f"watching.add-{kind}-button", "watchnew", kind)
        back = context.button("watching.phrases-button", "watchphrases")
        return [context.reply(f"watching.phrase-{reason}", again, back, phrase=phrase, most=LONGEST)]
    await _store(context, kind, lines[kind])
    return [_screen(context)]


async def choose(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Which one to remove."""
    kind = argument(event)
    first = number(event, 1)
    lines = _lines(context, kind) if kind in KINDS else []
    if not lines:
        return [_screen(context)]
    shown = list(enumerate(lines, 1))[first : first + A_SCREEN]
    buttons = [context.button("watching.remove-button", "watchgone", kind, n, number=n) for n, _ in shown]
    if len(lines) > first + A_SCREEN:
        buttons.append(context.button("watching.more-button", "watchremove", kind, first + A_SCREEN))
    back = context.button("watching.phrases-button", "watchphrases")
    body = (context.t("watching.which-remove"), *_listed(context, shown))
    return [Reply(body=body, buttons=(*buttons, back), replaces=True)]


async def remove(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """This one is gone."""
    kind, place = argument(event), number(event, 1)
    lines = _lines(context, kind) if kind in KINDS else []
    if 1 <= place <= len(lines):
        await _store(context, kind, [*lines[: place - 1], *lines[place:]])
    return [_screen(context)]


def _wrong(kind: str, new: Sequence[str], lines: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    """The first line that cannot be used, and why."""
    if not new:
        return "", "empty"
    for line in new if kind == "phrases" else ():
        if sum(letter.isalnum() for letter in line) < SHORTEST:
            return line, "too-short"
    try:
        own(lines["phrases"], lines["patterns"])
    except BadPhrase as bad:
        return bad.phrase, bad.reason
    return None


def _screen(context: Context) -> Reply:
    body = list(context.t.body("watching.phrases"))
    buttons: list[Button] = []
    for kind in KINDS:
        lines = _lines(context, kind)
        if lines:
            body.append(context.t.many(f"watching.has-{kind}", len(lines)))
            body.extend(_listed(context, list(enumerate(lines, 1))[:A_SCREEN]))
        buttons.append(context.button(f"watching.add-{kind}-button", "watchnew", kind))
        if lines:
            buttons.append(context.button(f"watching.remove-{kind}-button", "watchremove", kind, 0))
    back = context.button("watching.back-button", "watchpage")
    return Reply(body=tuple(body), buttons=(*buttons, back), replaces=True)


def _listed(context: Context, lines: Sequence[tuple[int, str]]) -> Sequence[Markup]:
    return [context.t("watching.phrase-line", number=place, phrase=line) for place, line in lines]


def _lines(context: Context, kind: str) -> list[str]:
    return context.group.settings.watch_lines(KINDS[kind])


async def _store(context: Context, kind: str, lines: Sequence[str]) -> None:
    await context.set(KINDS[kind], "\n".join(lines))


def _tidy(line: str) -> str:
    return " ".join(line.split())
