"""After a case: it is closed; after a hard one come words for the room, rest for a person, and a talk.

"Send this person nothing more" covers a death: no welcome, no note and no invitation reaches them again.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.contract.actions import Action, Button, Post, Reply
from bot.contract.events import ButtonPressed, TimeCame
from bot.features import case_access, case_clock, case_screen, case_words
from bot.features.pressed import argument
from bot.storage.cases import CLOSED, Case

TALK = "case_talk"
TALK_AFTER = timedelta(days=1)
FOR_THE_ROOM = ("sorry", "care", "thanks", "memories")


async def close(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask again first."""
    case = await case_access.seen(event, context)
    if case is None or not case_access.is_owner(case, event.person) or not case.open:
        return [case_screen.no_such(context)]
    sure = context.button("case.close-sure-button", "caseclosed", case.id)
    back = context.button("case.back-button", "case", case.id)
    body = (*case_words.mark(context.t, case), *context.t.body("case.close"))
    return [Reply(body=body, buttons=(sure, back), replaces=True)]


async def closed(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """It is closed; what is kept goes after 90 days. After a hard one a talk is offered."""
    case = await case_access.seen(event, context)
    if case is None or not case_access.is_owner(case, event.person):
        return [case_screen.no_such(context)]
    if case.open and await context.work.cases.change(
        case, state=CLOSED, closed_at=context.now, offered_key=""
    ):
        await case_clock.stop(context, case)
        context.work.scrub = True  # what passed through the outbox leaves the log of the database too
        if case.level >= case_words.HARD:
            at = context.group.settings.calendar.next_allowed(context.now + TALK_AFTER)
            await context.work.due.put(at, TALK, case.id, case.community)
    return [_care(context, case, "case.closed")]


async def care(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What helps the room, the moderators and a person after a case."""
    case = await _seen(event, context)
    return [case_screen.no_such(context) if case is None else _care(context, case, "care.title")]


async def room(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Words for the room to choose from: none of them says what happened."""
    case = await _seen(event, context)
    if case is None or case.on is None:
        return [case_screen.no_such(context)]
    body = [*context.t.body("care.room")]
    body += [context.public(f"care.room-{which}") for which in FOR_THE_ROOM]
    ways = [
        context.button(f"care.room-{which}-button", "careroompost", case.id, which) for which in FOR_THE_ROOM
    ]
    back = context.button("care.open-button", "care", case.id)
    return [Reply(body=tuple(body), buttons=(*ways, back), replaces=True)]


async def room_post(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The moderator chose words: they are said where it was."""
    case, which = await _seen(event, context), argument(event, 1)
    if case is None or case.on is None or which not in FOR_THE_ROOM:
        return [case_screen.no_such(context)]
    back = context.button("care.open-button", "care", case.id)
    if case.practice:
        return [Reply(body=context.t.body("care.room-practice"), buttons=(back,), replaces=True)]
    silent = context.group.settings.calendar.is_quiet(context.now)
    said = Post(place=case.on.place, body=context.public.body(f"care.room-{which}"), silent=silent)
    return [context.reply("care.room-said", back, replaces=True), said]


async def hush(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Send this person nothing more? Ask again first, and say what it means."""
    case = await _seen(event, context)
    if case is None:
        return [case_screen.no_such(context)]
    back = context.button("care.open-button", "care", case.id)
    if not case.about:
        return [context.reply("care.hush-who", back, replaces=True)]
    if case.about in await context.work.cases.not_written_to(case.community):
        undo = context.button("care.unhush-button", "careunhush", case.id)
        return [context.reply("care.hush-is", undo, back, replaces=True)]
    sure = context.button("care.hush-sure-button", "carehushsure", case.id)
    return [context.reply("care.hush", sure, back, replaces=True)]


async def hush_now(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """From now on nothing is sent to them by the bot itself; what waits is taken back."""
    case = await _seen(event, context)
    if case is None or not case.about or case.practice:
        return [case_screen.no_such(context)]
    await context.work.cases.stop_writing(case.community, case.about, context.now)
    for moderator in await context.work.communities.moderators(case.community):
        if case_access.is_about(case, context.person_key(moderator)):
            await context.work.communities.remove_moderator(case.community, moderator)
    await context.work.outbox.drop(
        [
            row
            for row, action in await context.work.outbox.waiting_tells(case.community)
            if case_access.is_about(case, context.person_key(context.addressee(action)))
        ]
    )
    return [context.reply("care.hushed", context.button("care.open-button", "care", case.id), replaces=True)]


async def unhush(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """It was a mistake, or is over."""
    case = await _seen(event, context)
    if case is None or not case.about:
        return [case_screen.no_such(context)]
    await context.work.cases.write_again(case.community, case.about)
    return [
        context.reply("care.unhushed", context.button("care.open-button", "care", case.id), replaces=True)
    ]


async def talk(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Questions for a talk among those who helped."""
    case = await _seen(event, context)
    if case is None:
        return [case_screen.no_such(context)]
    back = context.button("care.open-button", "care", case.id)
    body = (*case_words.mark(context.t, case), *context.t.body("care.talk"))
    return [Reply(body=body, buttons=(back,), replaces=True)]


async def time_to_talk(event: TimeCame, context: Context) -> Sequence[Action]:
    """A day after a hard case: those who know of it are asked to talk, and how they are."""
    case = await context.work.cases.find(context.group.community, event.subject)
    if case is None:
        return []
    body = (*case_words.mark(context.public, case), *context.public.body("care.talk"))
    return [
        context.tell_moderator(moderator, body) for moderator in await case_access.entitled(context, case)
    ]


async def _seen(event: ButtonPressed, context: Context) -> Case | None:
    return await case_access.seen(event, context)


def _care(context: Context, case: Case, key: str) -> Reply:
    ways: list[Button] = []
    if case.on is not None:
        ways.append(context.button("care.room-button", "careroom", case.id))
    if not case.practice:
        ways.append(context.button("care.hush-button", "carehush", case.id))
    ways.append(context.button("care.talk-button", "caretalk", case.id))
    body = (*case_words.mark(context.t, case), *context.t.body(key))
    return Reply(body=body, buttons=(*ways, context.button("case.list-button", "cases")), replaces=True)
