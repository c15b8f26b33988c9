"""Votes in a forum, where the group chose one: each idea is a post of its own, with the talk beneath."""

from collections.abc import Sequence
from dataclasses import replace

from bot import chosen
from bot.context import Context
from bot.contract.actions import Action, OpenThread, Post
from bot.contract.events import ButtonPressed, Place
from bot.features.pressed import argument

ACTIONS = (("forums.open-button", "voteforum"),)


async def screen(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """Whether votes are held in the forum where the desk was opened."""
    back = context.button("desk.open-button", "desk")
    if not event.place.group or event.place.thread is None:
        return [context.reply("forums.in-post", back, replaces=True)]
    is_here = _forum(context, event.place) == event.place.channel
    change = (
        context.button("forums.not-here-button", "voteforumset", "no")
        if is_here
        else context.button("forums.here-button", "voteforumset", "yes")
    )
    return [context.reply("forums.is-here" if is_here else "forums.not-here", change, back, replaces=True)]


async def choose(event: ButtonPressed, context: Context) -> Sequence[Action]:
    """From now on ideas and votes are posts in this forum, or not."""
    if argument(event) in ("yes", "no") and event.place.group and event.place.thread is not None:
        pairs = chosen.read(context.group.settings.votes_forum)
        here = event.place.channel if argument(event) == "yes" else ""
        pairs[chosen.group_key(event.place)] = here
        await context.set("votes_forum", chosen.written(pairs))
    return await screen(event, context)


def opened(context: Context, title: str, posts: Sequence[Post]) -> list[Post | OpenThread]:
    """These posts, in a group with a forum for votes as a thread of its own there. Titles differ."""
    return [_opened(context, title, post) for post in posts]


async def beneath(
    context: Context, earlier: str, title: str, posts: Sequence[Post]
) -> list[Post | OpenThread]:
    """The same, but in the thread where the post named ``earlier`` stands, if it stands in one."""
    threads = await _threads(context, earlier)
    return [
        replace(post, place=threads[key])
        if (key := chosen.group_key(post.place)) in threads
        else _opened(context, title, post)
        for post in posts
    ]


async def also_beneath(context: Context, earlier: str, posts: Sequence[Post]) -> list[Post]:
    """These posts, and each once more in the thread where the post named ``earlier`` stands."""
    threads = await _threads(context, earlier)
    more = {
        key: replace(post, place=threads[key])
        for post in posts
        if (key := chosen.group_key(post.place)) in threads
    }
    return [*posts, *(post for post in more.values() if post.place not in {each.place for each in posts})]


def _opened(context: Context, title: str, post: Post) -> Post | OpenThread:
    forum = _forum(context, post.place)
    if not forum:
        return post
    return OpenThread(
        place=replace(post.place, channel=forum, thread=None),
        title=title,
        body=post.body,
        buttons=post.buttons,
        started=post.started,
        name=post.name,
        otherwise=post,
    )


async def _threads(context: Context, name: str) -> dict[str, Place]:
    """By group, the thread in the forum for votes that a post of this name stands in."""
    return {
        chosen.group_key(ref.place): ref.place
        for ref in await context.work.messages.find(name)
        if ref.place.thread is not None and _forum(context, ref.place) == ref.place.channel
    }


def _forum(context: Context, place: Place) -> str:
    return chosen.read(context.group.settings.votes_forum).get(chosen.group_key(place), "")
