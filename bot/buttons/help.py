"""Finding help, and asking moderators."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import gaps, helping, narrowing, questions, showing, signpost_doors, signposting

M = Who.MODERATORS

BUTTONS: Mapping[str, Press] = {
    # finding help, and everything else
    "topic": Press(run=signposting.topic, typed="signpost <topic>", always=True, anyone=True, outside=True),
    "doors": Press(run=signpost_doors.doors, typed="signpost topics", always=True, anyone=True, outside=True),
    "door": Press(
        run=signpost_doors.door, typed="signpost door <door>", always=True, anyone=True, outside=True
    ),
    "forother": Press(
        run=signpost_doors.for_other, typed="signpost for <whom>", always=True, anyone=True, outside=True
    ),
    "narrow": Press(
        run=narrowing.narrow, typed="signpost narrow <topic>", always=True, anyone=True, outside=True
    ),
    "narrowby": Press(
        run=narrowing.narrow_by, typed="signpost narrow <topic> <by>", always=True, anyone=True, outside=True
    ),
    "showhere": Press(run=showing.show, typed="signpost show <topic>"),
    "gaps": Press(run=gaps.show, typed="desk gaps", who=M),
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
}

FORMS: Mapping[str, Form] = {
    "asked": Form(run=questions.asked, keeps=True),
    "answered": Form(run=questions.answered, who=M),
}
