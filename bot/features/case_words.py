"""What is the same wherever a case is shown: the mark of a practice run, and the way to the place."""

from bot.contract.actions import Button
from bot.contract.markup import Body
from bot.storage.cases import Case
from bot.texts import Reader

LEVELS = (1, 2, 3, 4)
HARD = 3  # from this level on there is after-care
TOPICS = ("me", "someone", "wrong", "part")

# The checklist: what every case asks, then what its level asks.
ALWAYS = ("emergency", "others", "support", "where", "yourself")
BY_LEVEL = {
    0: (),
    1: ("reply", "signpost", "later"),
    2: ("private", "two", "lines"),
    3: ("lead", "directly", "facts", "card"),
    4: ("now", "call", "platform", "wait"),
}


def steps(level: int) -> tuple[str, ...]:
    """The steps of a case of this level, in their order."""
    return (*BY_LEVEL.get(level, ()), *ALWAYS)


def mark(t: Reader, case: Case) -> Body:
    """ "Practice" on everything that belongs to a practice run."""
    return t.body("case.practice-mark") if case.practice else ()


def link(t: Reader, case: Case) -> tuple[Button, ...]:
    """A button that opens the message or place it is about."""
    if case.on is None:
        return ()
    return (Button(label=t.plain("case.link-button"), opens=case.on),)
