"""What happens without anybody asking: people and groups come and go, and times come."""

from collections.abc import Mapping

from bot.contract.command import Run
from bot.contract.events import (
    Event,
    GroupAdded,
    GroupMoved,
    GroupRemoved,
    JoinRequested,
    MemberJoined,
    MemberLeft,
    PlaceOpened,
    PlaceRefused,
    ThreadOpened,
)
from bot.features import (
    adopting,
    closing,
    coming_and_going,
    desk,
    drafting,
    first_messages,
    holding,
    ideas,
    keeping,
    knocking,
    mending,
    moving,
    refusing,
    reviewing,
    setting_up,
    temporary,
    watch_trial,
    welcoming,
)

HAPPENINGS: Mapping[type[Event], Run] = {
    GroupAdded: setting_up.added,
    GroupMoved: moving.moved,
    GroupRemoved: setting_up.removed,
    MemberJoined: coming_and_going.joined,
    MemberLeft: coming_and_going.left,
    PlaceRefused: refusing.refused,
    JoinRequested: knocking.knocked,
    PlaceOpened: refusing.works,
    ThreadOpened: first_messages.opened,
}

DEADLINES: Mapping[str, Run] = {
    "desk_note": desk.note,
    "agreement_starts": adopting.starts,
    "close_planned": ideas.nothing_yet,
    "draft_ends": drafting.draft_ends,
    "hold_ends": holding.hold_ends,
    "mending_ends": mending.ends,
    "review": reviewing.opens,
    "temporary_ends": temporary.ends,
    "vote_closes": closing.vote_closes,
    "vote_opens": ideas.opens,
    "forget_group": setting_up.forget,
    "housekeeping": keeping.keep_house,
    "watch_trial_ends": watch_trial.ends,
    "welcome": welcoming.welcome,
}
