"""How an idea looks: the post that the room sees, and its parts in private screens."""

from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Buttons, Edit, OpenThread, Post
from bot.contract.markup import Body
from bot.features import forums, setting_words
from bot.features.names import can_be_repeated
from bot.storage.proposals import Kept
from bot.texts import Reader
from ground_rules.agreement import Agreement, Kind
from ground_rules.proposal import Proposal, RuleSubject, SettingSubject, State
from ground_rules.timetable import REST_DAYS


def name(idea: Proposal) -> str:
    """What the post of an idea is called, so that it can be edited."""
    return f"idea{idea.id}"


def posts(context: Context, kept: Kept, agreement: Agreement) -> list[Post | OpenThread]:
    """The idea, put before the room."""
    idea, body = kept.proposal, card(context, context.public, kept, agreement)
    return forums.opened(
        context, title(context, idea), context.post(body, buttons(context, idea), name=name(idea))
    )


def title(context: Context, idea: Proposal) -> str:
    """What the thread of an idea is called, where ideas have threads."""
    return context.public.plain("forums.idea-title", number=int(idea.id), called=called(context.public, idea))


async def refresh(context: Context, kept: Kept) -> list[Edit]:
    """The idea's post as it stands now."""
    agreement = await context.work.agreements.newest(context.group.community)
    if agreement is None:
        return []
    body = card(context, context.public, kept, agreement)
    return await context.edit(name(kept.proposal), body, buttons(context, kept.proposal))


def buttons(context: Context, idea: Proposal) -> Buttons:
    """What stands under the post: the rest is behind it, for each person their own."""
    return (context.public_button("ideas.see-button", "idea", idea.id),)


def card(context: Context, t: Reader, kept: Kept, agreement: Agreement) -> Body:
    """All of it: whose idea, what would change, why, and what comes when."""
    idea = kept.proposal
    return (
        *t.body(f"ideas.title-{_change(idea)}", **_about(t, kept)),
        *now_and_then(t, idea, agreement),
        *why(t, idea),
        *stands(context, t, kept),
    )


def now_and_then(t: Reader, idea: Proposal, agreement: Agreement) -> Body:
    """The rule as it is now, and the newest wording of the idea with what it means for privacy."""
    subject = idea.subject
    now: Body = ()
    if isinstance(subject, RuleSubject) and subject.change is Kind.CHANGE and agreement.has(idea.number):
        rule = agreement.rule(idea.number or 0)
        now = t.body("ideas.now", title=rule.title, text=rule.text)
    if isinstance(subject, RuleSubject) and subject.change is Kind.REMOVE:
        return t.body("ideas.now", title=idea.wording.title, text=idea.wording.text)
    latest = idea.wording
    wording = t.body("ideas.wording", number=latest.number, title=latest.title, text=latest.text)
    return (*now, *wording, *setting_words.notice(t, subject))


def why(t: Reader, idea: Proposal) -> Body:
    """The proposer's reason and what kind of change it is."""
    reason = t.body("ideas.why", why=idea.why) if idea.why else ()
    reply = t.body("ideas.reply", reply=idea.reply) if idea.reply else ()
    if not isinstance(idea.subject, RuleSubject) or idea.subject.change is not Kind.CHANGE:
        return (*reason, *reply)
    return (*reason, *reply, *t.body(f"ideas.weight-{idea.subject.weight.value}"))


def dates(context: Context, t: Reader, idea: Proposal) -> Body:
    """The dates of an idea that is talked about, and who may vote."""
    zone = context.group.settings.zone
    opens, closes = t.when(idea.opens_at, zone), t.when(idea.closes_at, zone)
    return (*t.body("ideas.dates", opens=opens, closes=closes), *t.body("ideas.who"))


def stands(context: Context, t: Reader, kept: Kept) -> Body:
    """Where an idea stands and what comes next."""
    idea = kept.proposal
    zone = context.group.settings.zone
    left = t.body("ideas.proposer-left") if kept.proposer_left and idea.is_open else ()
    match idea.state:
        case State.DRAFT | State.TALKING:
            return (*left, *dates(context, t, idea))
        case State.HELD:
            until = t.when(idea.held_until or context.now, zone)
            return (*left, *t.body("ideas.held", reason=idea.hold_reason or "", until=until))
        case State.VOTING:
            return (*left, *t.body("ideas.voting", closes=t.when(idea.closes_at, zone)))
        case State.MENDING:
            return (*left, *t.body("ideas.mending", until=t.when(idea.mend_until or context.now, zone)))
        case State.ADOPTED if isinstance(idea.subject, SettingSubject):
            return t.body("ideas.adopted-setting")
        case State.REJECTED:
            again = (idea.ended_at or context.now) + timedelta(days=REST_DAYS)
            return t.body("ideas.rejected", again=t.day(again, zone))
        case _:
            return t.body(f"ideas.{idea.state.value.replace('_', '-')}")


def called(t: Reader, idea: Proposal) -> str:
    """An idea in a few words: "change rule 4"."""
    if idea.number is None or _change(idea) == "add":
        return t.plain(f"ideas.called-{_change(idea)}", title=idea.wording.title)
    return t.plain(f"ideas.called-{_change(idea)}", number=idea.number)


def _about(t: Reader, kept: Kept) -> dict[str, str | int]:
    alive = kept.proposal.is_open or kept.proposal.state is State.DRAFT
    shown = kept.name if alive and can_be_repeated(kept.name) else ""
    return {"name": shown or t.plain("ideas.someone"), "number": kept.proposal.number or 0}


def _change(idea: Proposal) -> str:
    subject = idea.subject
    return subject.change.value if isinstance(subject, RuleSubject) else "setting"
