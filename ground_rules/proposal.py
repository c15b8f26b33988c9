"""The life of an idea, from the suggestion to its end: everything a caller needs, in one place.

    draft -> talking <-> held
             talking -> voting -> adopted | rejected | not decided
                        voting -> mending -> talking (a new or a second vote) | adopted | not decided
    any open state -> withdrawn; voting -> talking when it is reworded

`idea` holds the value, `suggestion` and `asking` how it comes up, `talk`, `voting` and `mending` the
steps. Each step takes a Proposal and returns a new one, or raises Refused.
"""

from ground_rules.asking import ask_about_temporary, ask_group, check_temporary
from ground_rules.idea import (
    DECIDED_STATES,
    OPEN_STATES,
    Origin,
    Proposal,
    RuleSubject,
    SetSubject,
    SettingSubject,
    State,
    Subject,
    Wording,
    change_of,
    numbered,
)
from ground_rules.mending import answer, mending_over, objection_met, set_aside
from ground_rules.suggestion import check_room, draft, publish, suggest
from ground_rules.talk import extend_talk, hold, release, reword, take_over, withdraw
from ground_rules.timetable import Dates, date_after, plan_dates
from ground_rules.voting import (
    adopt_provisionally,
    another_adopted,
    check_open,
    close,
    close_set,
    more_time,
    open_vote,
    vote_before,
    wait,
    whole,
)
from ground_rules.wording import similar

__all__ = [
    "DECIDED_STATES",
    "OPEN_STATES",
    "Dates",
    "Origin",
    "Proposal",
    "RuleSubject",
    "SetSubject",
    "SettingSubject",
    "State",
    "Subject",
    "Wording",
    "adopt_provisionally",
    "another_adopted",
    "answer",
    "ask_about_temporary",
    "ask_group",
    "change_of",
    "check_open",
    "check_room",
    "check_temporary",
    "close",
    "close_set",
    "date_after",
    "draft",
    "extend_talk",
    "hold",
    "mending_over",
    "more_time",
    "numbered",
    "objection_met",
    "open_vote",
    "plan_dates",
    "publish",
    "release",
    "reword",
    "set_aside",
    "similar",
    "suggest",
    "take_over",
    "vote_before",
    "wait",
    "whole",
    "withdraw",
]
