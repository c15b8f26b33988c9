"""Ideas: drafts, and ideas before the group."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import at_peace, bot_ideas, drafting, holding, mending, needed, rewording, suggesting

M = Who.MODERATORS

BUTTONS: Mapping[str, Press] = {
    # ideas: drafts
    "suggest": Press(run=suggesting.suggest, typed="agree-rules suggest"),
    "suggestadd": Press(run=suggesting.add, typed="agree-rules suggest add", keeps=True),
    "suggestchange": Press(run=suggesting.choose_changed, typed="agree-rules suggest change"),
    "suggestrule": Press(run=suggesting.change, typed="agree-rules suggest change <rule>", keeps=True),
    "suggestremove": Press(run=suggesting.choose_removed, typed="agree-rules suggest remove"),
    "suggestgone": Press(run=suggesting.remove, typed="agree-rules suggest remove <rule>", keeps=True),
    "suggestneeded": Press(run=needed.ask, typed="agree-rules suggest people", keeps=True),
    "suggestbot": Press(run=bot_ideas.choose, typed="agree-rules suggest bot"),
    "suggestadvice": Press(run=bot_ideas.advice, typed="agree-rules suggest bot advice"),
    "suggestwatch": Press(run=bot_ideas.watch, typed="agree-rules suggest bot watch"),
    "suggestreadily": Press(run=bot_ideas.how_readily, typed="agree-rules suggest bot watch <way>"),
    "suggesturgent": Press(run=bot_ideas.urgent, typed="agree-rules suggest bot urgent-words"),
    "suggestset": Press(run=bot_ideas.ask, typed="agree-rules suggest bot set <what> <value>", keeps=True),
    "draft": Press(run=drafting.see_draft, typed="agree-rules draft"),
    "draftwords": Press(run=drafting.change_words, typed="agree-rules draft words"),
    "draftdrop": Press(run=drafting.throw_away, typed="agree-rules draft drop"),
    "postmeaning": Press(run=drafting.post_meaning, typed="agree-rules post meaning"),
    "postwording": Press(run=drafting.post_wording, typed="agree-rules post wording"),
    # ideas before the group
    "idea": Press(run=rewording.see, typed="agree-rules idea <idea>"),
    "reword": Press(run=rewording.ask_words, typed="agree-rules reword <idea>"),
    "rewordyes": Press(run=rewording.ask_words, typed="agree-rules reword <idea> <yes>"),
    "withdraw": Press(run=rewording.ask_withdraw, typed="agree-rules withdraw <idea>"),
    "withdrawyes": Press(run=rewording.withdrawn, typed="agree-rules withdraw <idea> yes"),
    "takeover": Press(run=rewording.taken_over, typed="agree-rules take-over <idea>", keeps=True),
    "hold": Press(run=holding.ask_reason, typed="desk hold <idea>", who=M),
    "letgo": Press(run=holding.let_go_on, typed="desk go-on <idea>", who=M),
    "moretalk": Press(run=holding.more_talk, typed="desk more-talk <idea>", who=M),
    "answerobjection": Press(run=mending.ask_answer, typed="agree-rules answer <idea>"),
    "fine": Press(run=at_peace.ask, typed="agree-rules fine <idea>", secret=True),
    "fineyes": Press(run=at_peace.said, typed="agree-rules fine <idea> yes", secret=True),
}

FORMS: Mapping[str, Form] = {
    "idea": Form(run=drafting.written, keeps=True),
    "needed": Form(run=needed.written, keeps=True),
    "settingwhy": Form(run=bot_ideas.written, keeps=True),
    "reworded": Form(run=rewording.reworded),
    "holdwhy": Form(run=holding.held, who=M),
    "replied": Form(run=mending.answered),
}
