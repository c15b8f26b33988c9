"""Every button and form: kind -> who may use it, the feature function, and how to type it instead.

A typed form is a command with words; ``<name>`` stands for an argument of the payload. Typing it is
the same as pressing: there is no second way to do a thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.contract.command import Run, Who
from bot.features import (
    adopting,
    agree_rules,
    asking,
    at_peace,
    changes,
    checking,
    desk,
    drafting,
    first_messages,
    forums,
    helping,
    holding,
    joining,
    knocking,
    me,
    mending,
    mine,
    needed,
    objecting,
    objection_words,
    offering,
    opinions,
    pasting,
    placing,
    prompts,
    questions,
    refusing,
    reminding,
    reviewing,
    rewording,
    roles,
    rules,
    setting_up,
    signposting,
    suggesting,
    temporary,
    typos,
    voting,
    welcoming,
    wishing,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """One kind of button.

    ``secret``: typed where others can read it, it records nothing and says where to go.
    ``keeps``: pressing it stores something about the person, so they are told first, once.
    ``anyone``: also for people who left, or are not known to be members.
    ``outside``: also where no community is known, as in a private chat.
    ``always``: answers without the database too, when that fails.
    """

    run: Run
    typed: str
    who: Who = Who.MEMBERS
    keeps: bool = False
    storage: bool = True
    anyone: bool = False
    outside: bool = False
    always: bool = False
    secret: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One kind of typed answer, by the payload kind of its ``Ask``."""

    run: Run
    who: Who = Who.MEMBERS
    keeps: bool = False


M = Who.MODERATORS

BUTTONS: Mapping[str, Press] = {
    # set-up
    "setup": Press(run=setting_up.begin, typed="desk set-up", who=M),
    "countries": Press(run=setting_up.more_countries, typed="desk countries", who=M, storage=False),
    "country": Press(run=setting_up.country, typed="desk country <code>", who=M),
    "audience": Press(run=setting_up.audience, typed="desk for <who>", who=M),
    "contactmods": Press(run=setting_up.contact_moderators, typed="desk contact moderators", who=M),
    "contactother": Press(run=setting_up.contact_other, typed="desk contact other", who=M, storage=False),
    "contactnone": Press(run=setting_up.contact_none, typed="desk contact nobody", who=M),
    "askcountry": Press(run=setting_up.ask_country, typed="desk change country", who=M),
    "askaudience": Press(run=setting_up.ask_audience, typed="desk change audience", who=M),
    "askcontact": Press(run=setting_up.ask_contact, typed="desk change contact", who=M),
    # the desk
    "desk": Press(run=desk.desk, typed="desk open", who=M),
    "drawer": Press(run=desk.drawer, typed="desk drawer <name>", who=M),
    "deskshare": Press(run=desk.share, typed="desk share", who=M),
    "numbers": Press(run=checking.numbers, typed="desk numbers", who=M),
    "numberschecked": Press(run=checking.checked, typed="desk numbers checked", who=M),
    # rules
    "history": Press(run=changes.history, typed="rules history"),
    "version": Press(run=changes.version, typed="rules version <version>"),
    "haveread": Press(run=adopting.read, typed="rules read <version>", keeps=True),
    "rules": Press(run=rules.read_all, typed="rules all"),
    "showrule": Press(run=rules.show, typed="rules show <number>"),
    # voting
    "deciding": Press(run=agree_rules.deciding, typed="agree-rules all"),
    "myvote": Press(run=agree_rules.see, typed="agree-rules vote <vote>"),
    "votemoretime": Press(run=agree_rules.give_more_time, typed="agree-rules more-time <vote>", secret=True),
    "voteagree": Press(run=voting.agree, typed="agree-rules agree <vote>", keeps=True, secret=True),
    "voteworries": Press(run=voting.worries, typed="agree-rules worries <vote>", keeps=True, secret=True),
    "voteskip": Press(run=voting.skip, typed="agree-rules skip <vote>", keeps=True, secret=True),
    "voteobject": Press(run=objecting.begin, typed="agree-rules object <vote>", secret=True),
    "voteobjectto": Press(run=objecting.to_rule, typed="agree-rules object <vote> <rule>", secret=True),
    "votehold": Press(
        run=objecting.hold, typed="agree-rules could-hurt <vote> <rule>", keeps=True, secret=True
    ),
    "voteagainst": Press(
        run=objecting.against, typed="agree-rules rather-not <vote> <rule>", keeps=True, secret=True
    ),
    "voteagreeto": Press(
        run=voting.agree_to_one, typed="agree-rules agree <vote> <rule>", keeps=True, secret=True
    ),
    "votewords": Press(
        run=objection_words.ask, typed="agree-rules words <vote> <rule>", keeps=True, secret=True
    ),
    "voteshow": Press(run=objection_words.show, typed="agree-rules show <vote> <rule>", secret=True),
    "votedrop": Press(run=objection_words.drop, typed="agree-rules leave-out <vote> <rule>", secret=True),
    # asking the group
    "askgroup": Press(run=asking.screen, typed="desk ask group", who=M),
    "askgrouplater": Press(run=asking.screen, typed="desk ask group <weeks>", who=M),
    "askgroupnow": Press(run=asking.ask, typed="desk ask group now <weeks>", who=M),
    "askforless": Press(run=asking.provisional, typed="desk ask nobody", who=M),
    # ideas: drafts
    "suggest": Press(run=suggesting.suggest, typed="agree-rules suggest"),
    "suggestadd": Press(run=suggesting.add, typed="agree-rules suggest add", keeps=True),
    "suggestchange": Press(run=suggesting.choose_changed, typed="agree-rules suggest change"),
    "suggestrule": Press(run=suggesting.change, typed="agree-rules suggest change <rule>", keeps=True),
    "suggestremove": Press(run=suggesting.choose_removed, typed="agree-rules suggest remove"),
    "suggestgone": Press(run=suggesting.remove, typed="agree-rules suggest remove <rule>", keeps=True),
    "suggestneeded": Press(run=needed.ask, typed="agree-rules suggest people", keeps=True),
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
    # rules, by moderators
    "typo": Press(run=typos.choose, typed="desk typo", who=M),
    "typorule": Press(run=typos.form, typed="desk typo <rule>", who=M),
    "typomeaning": Press(run=typos.changes_meaning, typed="rules typo <version>"),
    "temporary": Press(run=temporary.form, typed="desk temporary", who=M, keeps=True),
    "paste": Press(run=pasting.form, typed="desk paste", who=M),
    "addcore": Press(run=pasting.add_core, typed="desk add core <which>", who=M),
    "offer": Press(run=offering.offer, typed="desk offer", who=M),
    "offernext": Press(run=offering.offer, typed="desk offer <place>", who=M),
    "offersuggest": Press(run=offering.suggest, typed="desk offer suggest <place>", who=M, keeps=True),
    # looking at the rules again
    "askreview": Press(run=reviewing.asked, typed="agree-rules review", keeps=True, secret=True),
    "look": Press(run=opinions.look, typed="agree-rules look <review>"),
    "lookat": Press(run=opinions.look, typed="agree-rules look <review> <rule>"),
    "opinion": Press(
        run=opinions.said, typed="agree-rules say <review> <rule> <choice>", keeps=True, secret=True
    ),
    "laterreview": Press(run=reviewing.later, typed="desk later-review", who=M),
    # finding help, and everything else
    "topic": Press(run=signposting.topic, typed="signpost <topic>", always=True, anyone=True, outside=True),
    "doors": Press(run=signposting.doors, typed="signpost topics", always=True, anyone=True, outside=True),
    "about": Press(run=helping.about, typed="help about", always=True, anyone=True, outside=True),
    "leaflet": Press(run=helping.leaflet, typed="help leaflet", always=True, anyone=True, outside=True),
    "information": Press(
        run=helping.information,
        typed="help information or advice",
        always=True,
        anyone=True,
        outside=True,
    ),
    "examples": Press(
        run=helping.examples, typed="help examples <number>", always=True, anyone=True, outside=True
    ),
    "asstory": Press(run=helping.as_story, typed="help my story", always=True, anyone=True, outside=True),
    "teamquestion": Press(
        run=helping.team_question, typed="help my team", always=True, anyone=True, outside=True
    ),
    "commands": Press(run=helping.commands, typed="help commands", always=True, anyone=True, outside=True),
    # questions to moderators
    "ask": Press(run=questions.ask, typed="help ask", keeps=True),
    "myquestions": Press(run=questions.mine, typed="me questions", anyone=True),
    "questions": Press(run=questions.waiting, typed="desk questions", who=M),
    "answerquestion": Press(run=questions.answer, typed="desk answer <number>", who=M),
    # what is kept about me
    "told": Press(run=me.told, typed="me go-on", anyone=True, outside=True),
    "nottold": Press(run=me.not_told, typed="me not-now", always=True, anyone=True, outside=True),
    "me": Press(run=me.me, typed="me settings", anyone=True, outside=True),
    "privacy": Press(run=me.privacy, typed="me privacy", always=True, anyone=True, outside=True),
    "typed": Press(run=me.set_typed, typed="me typed <answer>", keeps=True, anyone=True, outside=True),
    "messages": Press(
        run=me.set_messages, typed="me messages <answer>", keeps=True, anyone=True, outside=True
    ),
    "languages": Press(run=me.languages, typed="me languages", always=True, anyone=True, outside=True),
    "language": Press(run=me.set_language, typed="me language <code>", keeps=True, anyone=True, outside=True),
    "mine": Press(run=mine.show, typed="me show", anyone=True, outside=True),
    "deletemine": Press(run=mine.delete, typed="me delete", always=True, anyone=True, outside=True),
    "deletesure": Press(run=mine.delete_now, typed="me delete now", anyone=True, outside=True),
    # reminders and prompts
    "reminders": Press(run=wishing.or_wish(reminding.remind), typed="remind choose"),
    "remindmore": Press(run=wishing.or_wish(reminding.more), typed="remind more"),
    "remindwith": Press(run=wishing.or_wish(reminding.preview), typed="remind <which>"),
    "remindpost": Press(run=wishing.or_wish(reminding.post), typed="remind post <which>"),
    "remindanyway": Press(run=wishing.or_wish(reminding.post_anyway), typed="remind anyway <which>"),
    "remindask": Press(run=wishing.ask, typed="remind ask <wish>", keeps=True),
    "remindthere": Press(run=wishing.there, typed="remind there <wish>", who=M),
    "remindhere": Press(run=wishing.here, typed="remind here <wish> <which>", who=M),
    "remindleave": Press(run=wishing.leave, typed="remind leave <wish>", who=M),
    "prompts": Press(run=prompts.choose, typed="desk prompts", who=M),
    "promptsof": Press(run=prompts.of_kind, typed="desk prompts <kind>", who=M),
    "prompt": Press(run=prompts.preview, typed="desk prompt <which>", who=M),
    "promptpost": Press(run=prompts.post, typed="desk prompt post <which>", who=M),
    "promptedit": Press(run=prompts.edit, typed="desk prompt edit <which>", who=M, storage=False),
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
    "firstmessages": Press(run=first_messages.screen, typed="desk first-messages", who=M),
    "firstmessage": Press(run=first_messages.choose, typed="desk first-message <which>", who=M),
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
    "idea": Form(run=drafting.written, keeps=True),
    "needed": Form(run=needed.written, keeps=True),
    "reworded": Form(run=rewording.reworded),
    "holdwhy": Form(run=holding.held, who=M),
    "replied": Form(run=mending.answered),
    "typofix": Form(run=typos.fixed, who=M),
    "temporaryset": Form(run=temporary.set_rule, who=M, keeps=True),
    "pasted": Form(run=pasting.pasted, who=M),
    "votewords": Form(run=objection_words.written),
    "contact": Form(run=setting_up.contact_written, who=M),
    "asked": Form(run=questions.asked, keeps=True),
    "answered": Form(run=questions.answered, who=M),
    "promptwords": Form(run=prompts.written, who=M),
    "joincode": Form(run=joining.code_written, who=M),
}
