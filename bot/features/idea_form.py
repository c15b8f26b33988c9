"""The form in which the words of an idea and its why are typed."""

from collections.abc import Mapping

from bot.context import Context
from bot.contract.actions import Ask, Field
from bot.contract.markup import Body
from bot.contract.payload import encode
from bot.features import setting_words
from ground_rules.agreement import Kind
from ground_rules.wording import TEXT_LONGEST, TITLE_LONGEST, WHY_LONGEST


def form(
    context: Context, kind: Kind, number: int, values: Mapping[str, str] | None = None, note: Body = ()
) -> Ask:
    """The words and the why, with what is there already. A removal asks only why."""
    given = values or {}
    asked = () if kind is Kind.REMOVE else words(context, given)
    why = Field(
        name="why",
        label=context.t.plain("suggesting.why-label"),
        value=given.get("why", ""),
        longest=WHY_LONGEST,
        lines=3,
    )
    title = context.t.plain(f"suggesting.form-{kind.value}", number=number)
    return Ask(title=title, payload=encode("idea", kind.value, number), fields=(*asked, why), note=note)


def words(context: Context, given: Mapping[str, str]) -> tuple[Field, ...]:
    """The title and the text of a rule. A pasted rule may stay as long as it is."""
    title = Field(
        name="title",
        label=context.t.plain("suggesting.title-label"),
        value=given.get("title", ""),
        longest=TITLE_LONGEST,
    )
    text = Field(
        name="text",
        label=context.t.plain("suggesting.text-label"),
        value=given.get("text", ""),
        longest=max(TEXT_LONGEST, len(given.get("text", ""))),
        lines=4,
    )
    return title, text


def needed(context: Context, values: Mapping[str, str] | None = None) -> Ask:
    """How many people must take part in a vote, and why."""
    given = values or {}
    number = Field(
        name="number",
        label=context.t.plain("needed.number-label"),
        value=given.get("number", ""),
        longest=4,
    )
    why = Field(
        name="why",
        label=context.t.plain("suggesting.why-label"),
        value=given.get("why", ""),
        longest=WHY_LONGEST,
        lines=3,
    )
    return Ask(title=context.t.plain("needed.title"), payload=encode("needed"), fields=(number, why))


def setting(context: Context, name: str, value: str, why: str = "") -> Ask:
    """Why something about the bot should be like this: the rest is chosen already."""
    field = Field(
        name="why", label=context.t.plain("suggesting.why-label"), value=why, longest=WHY_LONGEST, lines=3
    )
    title = setting_words.title(context.t, name)
    return Ask(title=title, payload=encode("settingwhy", name, value), fields=(field,))


def reason(context: Context, title: str, kind: str, *arguments: object) -> Ask:
    """One question: the reason or the reply that everyone will read."""
    field = Field(name="why", label=context.t.plain(f"{title}-label"), longest=WHY_LONGEST, lines=3)
    return Ask(title=context.t.plain(title), payload=encode(kind, *arguments), fields=(field,))
