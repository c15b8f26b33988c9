"""Newcomers, roles, and where the bot speaks."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import (
    first_messages,
    forums,
    joining,
    knocking,
    placing,
    refusing,
    roles,
    topic_card,
    welcoming,
)

M = Who.MODERATORS

BUTTONS: Mapping[str, Press] = {
    # welcomes, and other places of this community
    "welcoming": Press(run=welcoming.settings, typed="desk welcomes", who=M),
    "welcomeset": Press(run=welcoming.switch, typed="desk welcomes <answer>", who=M),
    "welcomenames": Press(run=welcoming.switch_names, typed="desk welcomes names <answer>", who=M),
    "knockread": Press(run=knocking.read, typed="rules read-before <request>", anyone=True),
    "knock": Press(run=knocking.ask, typed="rules ask-to-join <request>", anyone=True),
    "knocks": Press(run=knocking.waiting, typed="desk requests", who=M),
    "letin": Press(run=knocking.let_in, typed="desk let-in <request>", who=M),
    "turnaway": Press(run=knocking.turn_away, typed="desk turn-away <request>", who=M),
    "waysin": Press(run=knocking.settings, typed="desk joining", who=M),
    "wayin": Press(run=knocking.choose, typed="desk joining <way>", who=M),
    "voteforum": Press(run=forums.screen, typed="desk vote-forum", who=M),
    "voteforumset": Press(run=forums.choose, typed="desk vote-forum <answer>", who=M),
    "modroles": Press(run=roles.moderators, typed="desk moderator-roles", who=M),
    "modrole": Press(run=roles.let_moderate, typed="desk moderator-role <role>", who=M),
    "modnot": Press(run=roles.not_moderate, typed="desk not-moderator-role <role>", who=M),
    "readroles": Press(run=roles.readers, typed="desk read-role", who=M),
    "readrole": Press(run=roles.give_readers, typed="desk read-role <role>", who=M),
    "namemodrole": Press(run=roles.name_moderators, typed="desk name moderator-role", who=M, storage=False),
    "namereadrole": Press(run=roles.name_readers, typed="desk name read-role", who=M, storage=False),
    "firstmessages": Press(run=first_messages.screen, typed="desk first-messages", who=M),
    "firstmessage": Press(run=first_messages.choose, typed="desk first-message <which>", who=M),
    "firsthere": Press(run=topic_card.pin, typed="desk first-message here", who=M),
    "placing": Press(run=placing.screen, typed="desk places", who=M),
    "posthere": Press(run=placing.here, typed="desk post here <what>", who=M),
    "postnot": Press(run=placing.not_here, typed="desk post not-here <what>", who=M),
    "placesagain": Press(run=refusing.again, typed="desk try again", who=M),
    "givecode": Press(run=joining.give_code, typed="desk code", who=M),
    "joinform": Press(run=joining.ask_code, typed="desk join", who=M, storage=False),
    "jointry": Press(run=joining.code_typed, typed="desk join <code>", who=M),
    "joinsure": Press(run=joining.confirmed, typed="desk join now <code>", who=M),
}

FORMS: Mapping[str, Form] = {
    "modrolenamed": Form(run=roles.moderators_named, who=M),
    "readrolenamed": Form(run=roles.readers_named, who=M),
    "joincode": Form(run=joining.code_written, who=M),
}
