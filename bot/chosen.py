"""What a group chose for each of its places, as the text of one setting: "key=value key=value".

Keys and values are places or ids of a platform; none of them holds a space or an equals sign.
"""

from collections.abc import Mapping

from bot.contract.events import Place


def read(text: str) -> dict[str, str]:
    """The pairs of a setting. What is no pair is left out."""
    pairs = (pair.partition("=") for pair in text.split())
    return {key: value for key, equals, value in pairs if key and equals and value}


def written(pairs: Mapping[str, str]) -> str:
    """The text that ``read`` reads."""
    return " ".join(f"{key}={value}" for key, value in pairs.items() if value)


def group_key(place: Place) -> str:
    """A group of a platform."""
    return f"{place.platform}/{place.group}"


def channel_key(place: Place) -> str:
    """A channel or forum in a group, whatever thread is meant."""
    return f"{group_key(place)}/{place.channel}"


def spot(place: Place) -> str:
    """A channel and perhaps a thread, inside a group that is known."""
    return f"{place.channel}/{place.thread or ''}"


def at_spot(group: Place, text: str) -> Place:
    """The place that ``spot`` wrote, in that group."""
    channel, _, thread = text.partition("/")
    return Place(platform=group.platform, group=group.group, channel=channel, thread=thread or None)


def of_group(text: str, group: Place) -> dict[str, str]:
    """The pairs that are about this group or a channel in it."""
    key = group_key(group)
    return {name: value for name, value in read(text).items() if f"{name}/".startswith(f"{key}/")}


def moved(text: str, before: Place, after: Place) -> str:
    """The same choices after a group got a new id."""
    old, new = group_key(before), group_key(after)
    pairs: dict[str, str] = {}
    for key, value in read(text).items():
        begin, _, channel = key.removeprefix(old).partition("/")
        if not key.startswith(old) or begin:
            pairs[key] = value
            continue
        channel = after.channel if channel == before.channel else channel
        at, slash, thread = value.partition("/")
        at = after.channel if slash and at == before.channel else at
        pairs[f"{new}/{channel}" if channel else new] = f"{at}{slash}{thread}"
    return written(pairs)
