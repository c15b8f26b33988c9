"""Every "no" a person can meet, as a value. The words for it stand in the catalogues."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Reason(StrEnum):
    """Why something was refused. Each value is also the last part of a text key."""

    # who asks
    NOT_A_MEMBER = "not_a_member"
    NOT_A_MODERATOR = "not_a_moderator"
    NOT_IN_GROUP_BEFORE = "not_in_group_before"
    NOT_THE_OBJECTOR = "not_the_objector"
    ONLY_THE_PROPOSER = "only_the_proposer"
    PROPOSER_STILL_HERE = "proposer_still_here"
    # what they suggest
    ONE_IDEA_EACH = "one_idea_each"
    THREE_IDEAS_OPEN = "three_ideas_open"
    RULE_RESTS = "rule_rests"
    CORE_RULE_STAYS = "core_rule_stays"
    NO_SUCH_RULE = "no_such_rule"
    NUMBER_IN_USE = "number_in_use"
    NOTHING_CHANGED = "nothing_changed"
    RULE_CHANGED_MEANWHILE = "rule_changed_meanwhile"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_MANY_RULES = "too_many_rules"
    # when they ask
    NOT_OPEN_YET = "not_open_yet"
    NOT_CLOSED_YET = "not_closed_yet"
    VOTE_CLOSED = "vote_closed"
    VOTING_PAUSED = "voting_paused"
    IDEA_CLOSED = "idea_closed"
    WORDING_FIXED = "wording_fixed"
    ANOTHER_VOTE_OPEN = "another_vote_open"
    TOO_FEW_PEOPLE = "too_few_people"
    TRY_AGAIN_LATER = "try_again_later"
    TEMPORARY_TOO_SOON = "temporary_too_soon"
    TYPO_TOO_LATE = "typo_too_late"
    # what can happen only once
    ALREADY_HELD = "already_held"
    NOT_HELD = "not_held"
    EXTENSION_USED = "extension_used"
    MORE_TIME_USED = "more_time_used"
    MENDED_ALREADY = "mended_already"
    NOT_MENDING = "not_mending"


class Refused(Exception):
    """A person asked for something that cannot be done now.

    `reason` says why. `details` holds what a sentence about it may name, such as a limit or a date.
    """

    def __init__(self, reason: Reason, **details: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.details: Mapping[str, object] = MappingProxyType(details)
