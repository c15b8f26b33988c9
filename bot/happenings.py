"""What happens without anybody asking: people and groups come and go, and times come."""

from collections.abc import Mapping

from bot.contract.command import Run
from bot.contract.events import Event, GroupAdded, GroupRemoved
from bot.features import setting_up

HAPPENINGS: Mapping[type[Event], Run] = {
    GroupAdded: setting_up.added,
    GroupRemoved: setting_up.removed,
}

DEADLINES: Mapping[str, Run] = {
    "forget_group": setting_up.forget,
}
