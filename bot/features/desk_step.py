"""What a feature may put before a moderator: one thing to do, and the button that does it."""

from dataclasses import dataclass

from bot.contract.actions import Button
from bot.contract.markup import Body


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskStep:
    """The next step: in a sentence or two, with one button."""

    text: Body
    button: Button
