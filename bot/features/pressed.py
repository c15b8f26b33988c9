"""What a press or a form is about: the arguments of its payload."""

from bot.context import Context
from bot.contract.events import ButtonPressed, FormAnswered
from bot.contract.payload import decode
from bot.storage.proposals import Kept
from ground_rules.agreement import Agreement
from ground_rules.refusals import Reason, Refused


def argument(event: ButtonPressed | FormAnswered, place: int = 0) -> str:
    """One argument of the payload; empty if it has none there."""
    payload = decode(event.payload)
    arguments = payload.arguments if payload else ()
    return arguments[place] if place < len(arguments) else ""


def number(event: ButtonPressed | FormAnswered, place: int = 0) -> int:
    """An argument as a number, 0 if it is none."""
    text = argument(event, place)
    return int(text) if text.isdecimal() and len(text) < 10 else 0


async def idea(event: ButtonPressed | FormAnswered, context: Context) -> Kept:
    """The idea that the first argument names, once it is before the group. Refused if there is none."""
    kept = await context.work.proposals.find(context.group.community, number(event))
    if kept is None or not kept.proposal.wordings or kept.proposal.state == "draft":
        raise Refused(Reason.IDEA_CLOSED)
    return kept


async def newest(context: Context) -> Agreement:
    """The newest version of the rules, started or not. Refused in a group that has none yet."""
    agreement = await context.work.agreements.newest(context.group.community)
    if agreement is None:
        raise Refused(Reason.NO_SUCH_RULE)
    return agreement
