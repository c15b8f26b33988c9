"""Who may see a case, and who never learns that there is one."""

import secrets

from bot.context import Context
from bot.contract.events import ButtonPressed, FormAnswered, Person
from bot.features.pressed import argument
from bot.storage.cases import Case

SHORT = 16  # of a person key: enough to know somebody again, and short enough for a button
DIGITS = 8


def new_id() -> str:
    """Eight digits by chance: from one case nobody can tell another, or how many there are."""
    return str(10 ** (DIGITS - 1) + secrets.randbelow(9 * 10 ** (DIGITS - 1)))


def short_key(context: Context, person: Person) -> str:
    """The beginning of a person key."""
    return context.person_key(person)[:SHORT]


async def seen(event: ButtonPressed | FormAnswered, context: Context) -> Case | None:
    """The case that a moderator's press names. None if there is none, or none for them: it looks the same."""
    case = await context.work.cases.find(context.group.community, argument(event))
    return case if case is not None and await may_see(context, case, event.person) else None


async def may_see(context: Context, case: Case, person: Person) -> bool:
    """Whether this moderator is one of those whom the case is for."""
    key = context.person_key(person)
    if key in case.left_out or is_about(case, key):
        return False
    if key == case.reporter:
        return case.practice or case.topic != "me"
    if not case.left_out and not case.listed_only:
        return True
    # Somebody was to be left out: who was no known moderator then may be them, under another account.
    since = await context.work.communities.moderator_since(case.community, person)
    known = since is not None and since <= case.made_at
    return known or case.offered == key or is_owner(case, person)


def is_about(case: Case, key: str) -> bool:
    return bool(case.about) and key.startswith(case.about)


async def keeps_out(context: Context, case: Case, *beginnings: str) -> bool:
    """Whether no moderator whose person key begins like one of these may see it. Empty: nobody."""
    for moderator in await context.work.communities.moderators(case.community):
        key = context.person_key(moderator)
        meant = any(begins and key.startswith(begins) for begins in beginnings)
        if meant and key not in case.left_out and not is_about(case, key):
            return False
    return True


def is_owner(case: Case, person: Person) -> bool:
    owner = case.owner
    return owner is not None and (owner.platform, owner.id) == (person.platform, person.id)


async def not_to_tell(context: Context, case: Case) -> set[str]:
    """The person keys of moderators who get no message about this case."""
    keys = {case.reporter, *case.left_out}
    for moderator in await context.work.communities.moderators(case.community):
        if not await may_see(context, case, moderator):
            keys.add(context.person_key(moderator))
    return keys - {case.offered}


async def entitled(context: Context, case: Case) -> list[Person]:
    """The known moderators who may see it, longest known first."""
    known = await context.work.communities.moderators(case.community)
    return [one for one in known if await may_see(context, case, one)]


async def own(event: ButtonPressed | FormAnswered, context: Context) -> Case | None:
    """The case that its reporter's press names, for nobody else."""
    case = await context.work.cases.find(context.group.community, argument(event))
    key = context.person_key(event.person)
    return case if case is not None and case.reporter == key and not case.practice else None
