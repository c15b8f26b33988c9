"""Ask a question: private to the moderators, answered by one of them, and always to be found again."""

from collections.abc import Sequence

from bot.context import Context
from bot.contract.actions import Action, Ask, Button, Field, Reply, Tell
from bot.contract.events import ButtonPressed, FormAnswered, Person
from bot.contract.markup import Body
from bot.contract.payload import encode
from bot.features.desk_step import DeskStep
from bot.features.pressed import number
from bot.texts import Reader

LONGEST = 500
LISTED = 5

ACTIONS = (("questions.list-button", "questions"),)


async def ask(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask for the words of a question."""
    label = context.t.plain("questions.label")
    return [
        Ask(
            title=context.t.plain("questions.ask-title"),
            payload=encode("asked"),
            fields=(Field(name="words", label=label, longest=LONGEST, lines=5),),
            note=context.t.body("questions.note"),
        )
    ]


async def asked(event: FormAnswered, context: Context) -> Sequence[Action]:
    """The words came: keep them, and tell every moderator who can be told."""
    words = event.values.get("words", "").strip()
    again = context.button("questions.ask-button", "ask")
    if not words or len(words) > LONGEST:
        return [context.reply("questions.too-long" if words else "questions.empty", again, longest=LONGEST)]
    community = context.group.community
    before = await context.work.questions.of(community, event.person)
    id = await context.work.questions.add(community, event.person, words, context.now)
    reply = context.reply("questions.asked", context.button("questions.mine-button", "myquestions"))
    if id in before:
        return [reply]
    body = context.public.body("questions.for-moderator", words=words)
    button = context.public_button("questions.answer-button", "answerquestion", id, number=id)
    return [reply, *await tell_moderators(context, body, button, but=event.person)]


async def tell_moderators(context: Context, body: Body, *buttons: Button, but: Person) -> list[Tell]:
    """A private message to each moderator who opened the desk and takes private messages."""
    known = await context.work.communities.moderators(context.group.community)
    others = [person for person in known if (person.platform, person.id) != (but.platform, but.id)]
    return [
        context.tell_moderator(person, body, *buttons) for person in others if await may_tell(context, person)
    ]


async def may_tell(context: Context, person: Person) -> bool:
    """Whether this person takes private messages (everyone does until they say no under /me).

    Not those to whom nothing more is sent after a hard case: a message to them would never go out.
    """
    key = context.person_key(person)
    if context.known_group and await context.work.cases.is_left_alone(context.group.community, key):
        return False
    row = await context.work.people.find(key)
    return row is None or row.messages


async def waiting(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """The questions that nobody answered yet, oldest first."""
    ids = await context.work.questions.waiting(context.group.community)
    back = context.button("desk.open-button", "desk")
    if not ids:
        return [context.reply("questions.none-waiting", back, replaces=True)]
    blocks: list[Body] = []
    for id in ids[:LISTED]:
        question = await context.work.questions.find(context.group.community, id)
        if question is not None:
            blocks.append(context.t.body("questions.waiting", number=id, words=question.words))
    buttons = [
        context.button("questions.answer-button", "answerquestion", id, number=id) for id in ids[:LISTED]
    ]
    body = (*context.t.body("questions.waiting-title"), *(block for body in blocks for block in body))
    return [Reply(body=body, buttons=(*buttons, back), replaces=True)]


async def answer(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Ask a moderator for the words of an answer."""
    id = number(event)
    question = await context.work.questions.find(context.group.community, id)
    if question is None or question.answer:
        return [_too_late(context, question is not None)]
    return [
        Ask(
            title=context.t.plain("questions.answer-title"),
            payload=encode("answered", id),
            fields=(
                Field(
                    name="words", label=context.t.plain("questions.answer-label"), longest=LONGEST, lines=5
                ),
            ),
            note=context.t.body("questions.answer-note", words=question.words),
        )
    ]


async def answered(event: FormAnswered, context: Context) -> Sequence[Action]:
    """A moderator answered: the first answer counts, and the asker is told."""
    id, words = number(event), event.values.get("words", "").strip()
    again = context.button("questions.answer-button", "answerquestion", id, number=id)
    if not words or len(words) > LONGEST:
        return [context.reply("questions.too-long" if words else "questions.empty", again, longest=LONGEST)]
    question = await context.work.questions.find(context.group.community, id)
    if question is None or not await context.work.questions.answer(
        context.group.community, id, words, context.now
    ):
        return [_too_late(context, question is not None)]
    reply = context.reply("questions.answer-sent", context.button("desk.open-button", "desk"))
    return [reply, *await _tell_asker(context, question.asker, question.words, words)]


async def _tell_asker(context: Context, asker: Person, words: str, answer: str) -> list[Tell]:
    if not await may_tell(context, asker):
        return []
    row = await context.work.people.find(context.person_key(asker))
    language = row.language if row is not None else ""
    t = context.texts.reader(language or context.group.settings.language)
    return [context.tell(asker, t.body("questions.answered", words=words, answer=answer))]


async def mine(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """What this person asked, and the answers."""
    body = await own(context, event.person, context.t)
    ask = context.button("questions.ask-button", "ask")
    if not body:
        return [context.reply("questions.none-asked", ask)]
    return [Reply(body=body, buttons=(ask,))]


async def own(context: Context, person: Person, t: Reader) -> Body:
    """Everything a person asked that is still kept, with its answer."""
    blocks: list[Body] = []
    for question in await context.work.questions.by(person):
        if question.answer:
            blocks.append(t.body("questions.mine-answered", words=question.words, answer=question.answer))
        else:
            blocks.append(t.body("questions.mine-waiting", words=question.words))
    return tuple(block for body in blocks for block in body)


async def next_step(context: Context) -> DeskStep | None:
    """A question waits for an answer."""
    ids = await context.work.questions.waiting(context.group.community)
    if not ids:
        return None
    return DeskStep(
        text=(context.t.many("questions.step", len(ids)),),
        button=context.button("questions.list-button", "questions"),
    )


def _too_late(context: Context, known: bool) -> Reply:
    key = "questions.answered-already" if known else "questions.gone"
    return context.reply(key, context.button("desk.open-button", "desk"), replaces=True)
